"""What kind of work a range is, where, and how much of it is noise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from posixpath import dirname

from diffinsight.engines.clauses import TEXT, rank
from diffinsight.engines.contrasting import contrast
from diffinsight.engines.insights.scope import Scope
from diffinsight.engines.themes import Theme
from diffinsight.engines.urgency import urgency
from diffinsight.languages import Markdown
from diffinsight.matching.weight import Weight
from diffinsight.models import FileAnalysis, Finding

MOST_KINDS = 3  # of work, named
_FEW = 3  # files that need no themes
_MOST_IN_WORDS = 10  # files whose folders are told: those of more are shown in a chart
_MOSTLY = 0.5
_GROWTH = 40  # lines more or less that are worth a word
_LONGEST_TERM = 60  # characters
_EXCHANGES = frozenset({"term-replaced", "edit-replaced", "version-changed"})

_IMAGES = "images"
_CONTENT = "page|heading|table|table-column|code|option|toc-entry|step|include|tab|zone"
# What kind of work a finding speaks of.
_WORK = {
    "content": rf"({_CONTENT})-added",
    "removal": rf"({_CONTENT})-removed",
    "structure": r"(page|asset|file|section|heading|content|toc-entry)-moved|heading-\w+.*"
    r"|(toc-entry|redirect|anchor|include|tab|zone)-\w+|steps-reordered",
    "code": r"(option|code)-\w+",
    "figures": r"(version|value|table-row|table-column)-\w+",
    "names": r"term-replaced",
    "support": r"(availability|deprecation)-\w+",
    "links": r"link-\w+(-\w+)?",
    "wording": r"(paragraph|list-item|step|note|section)-\w+",
    _IMAGES: r"(asset|image)-\w+|alt-text-changed",
    "metadata": r"front-matter-changed|setting-\w+",
}


def character(scope: Scope) -> Iterator[Markdown]:
    say, total = scope.phrases.say, len(scope.files)
    if len(scope.told) > _FEW:
        yield from _work(scope)
        if total <= _MOST_IN_WORDS:
            yield from _folders(scope)
    yield from _one_way(scope)
    if scope.noise and scope.told:
        yield say("insights.noise", count=len(scope.noise), files=total)
    elif scope.noise and not scope.unseen:
        yield say("insights.only_noise", count=total)
    if scope.unseen and scope.told:
        names = scope.named(scope.unseen)
        yield say("insights.unseen", count=len(scope.unseen), files=total, names=names)
    added = sum(file.change.additions for file in scope.files)
    removed = sum(file.change.deletions for file in scope.files)
    if abs(added - removed) >= _GROWTH and len(scope.told) > 1:
        yield say("insights.size", added=added, removed=removed)


def _work(scope: Scope) -> Iterator[Markdown]:
    kinds = Counter(kind for file in scope.told if (kind := _kind_of_work(file)))
    if not kinds:
        return
    (kind, count), *others = kinds.most_common()
    say = scope.phrases.say
    theme = _main_theme(scope)
    if theme:
        before, after = contrast(theme.before, theme.after, _LONGEST_TERM)
        files, total = len(theme.paths), len(scope.told)
        yield say("insights.one_change", before=before, after=after, count=files, files=total)
    elif kind == _IMAGES:
        return  # many as they are, what the pages say is the news
    elif count > _MOSTLY * len(scope.told):
        yield say(f"insights.work.{kind}", count=count, files=len(scope.told))
    elif others and count > 1:
        del kinds[_IMAGES]
        parts = tuple(
            say(f"insights.share.{name}", count=number)
            for name, number in kinds.most_common(MOST_KINDS)
        )
        yield say("insights.mixed", parts=parts)


def _main_theme(scope: Scope) -> Theme | None:
    """The one exchange of words that most of the files are about."""
    themes = (topic.theme for topic in scope.topics)
    return next(
        (
            theme
            for theme in themes
            if theme and theme.kind in _EXCHANGES and len(theme.paths) >= _MOSTLY * len(scope.told)
        ),
        None,
    )


def _kind_of_work(file: FileAnalysis) -> str | None:
    """That of the file's most important finding."""
    told = [finding for finding in file.findings if finding.impact != "noise"]
    first = min(told, key=rank, default=None)
    if first is None:
        return None
    if _is_rule(first):
        return "rules"
    return next((work for work, kinds in _WORK.items() if re.fullmatch(kinds, first.kind)), None)


def _is_rule(finding: Finding) -> bool:
    """Whether a text says otherwise what holds, or what one can, must or must not do."""
    texts = finding.kind in TEXT or finding.kind.startswith(("note-", "step-"))
    return texts and urgency(finding) >= Weight.RULE


def _folders(scope: Scope) -> Iterator[Markdown]:
    folders = [dirname(file.change.path) for file in scope.told]
    folder = Counter(folders).most_common(1)[0][0]
    count = sum(f"{other}/".startswith(f"{folder}/") for other in folders)
    if folder and _MOSTLY * len(folders) <= count < len(folders):
        yield scope.phrases.say(
            "insights.folder", folder=folder, count=count, files=len(scope.told)
        )


def _one_way(scope: Scope) -> Iterator[Markdown]:
    """Where files only came or only went."""
    statuses = {file.change.status for file in scope.files}
    for status in ("added", "removed"):
        if statuses == {status}:
            yield scope.phrases.say(f"insights.only_{status}", count=len(scope.files))

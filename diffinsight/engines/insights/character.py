"""What kind of work a range is, where, and how much of it is noise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from diffinsight.engines.choosing.clauses import gather
from diffinsight.engines.insights.growth import growth
from diffinsight.engines.insights.scope import Scope
from diffinsight.engines.insights.work import kind_of_work
from diffinsight.engines.overview.themes import Theme
from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.values import integer
from diffinsight.languages import Markdown
from diffinsight.models import TEXT_CHANGED, FileAnalysis
from diffinsight.outline import file_kind

_FEW = 3  # files that need no themes
_MOSTLY = 0.5
_WELL_OVER_HALF = 2 / 3
_NEARLY_ALL = 0.75
_MANY_CHANGES = 8
_MANY_LINES = 30
_MOST_FIELDS = 3  # of metadata, by name
_TOLD = 0.7  # of the words of a page: they are told with what came or went in it
_LONGEST_TERM = 60  # characters
_REWORDED = frozenset({*TEXT_CHANGED, "heading-renamed", "term-replaced", "link-text-changed"})
# Themes of files that came, went or moved, whose contents differ.
_WHOLE_FILES = ("page-", "asset-", "moved", "renamed")
# Told with the number of their words.
_SECTIONS = frozenset({"page-added", "page-removed", "heading-added", "heading-removed"})
# Which theme is told how.
_THEMES = {
    "term-replaced": "exchanged",
    "edit-replaced": "exchanged",
    "version-changed": "exchanged",
    "heading-renamed": "exchanged",
    "text-added": "came",
    "text-removed": "went",
    "edit-made": "made",
    "front-matter-changed": "field",
    "link-added": "links_came",
    "link-removed": "links_went",
}


def character(scope: Scope) -> Iterator[Markdown]:
    one_way = tuple(_one_way(scope))
    yield from one_way
    if not one_way:
        many = len(scope.told) > _FEW
        theme = _main_theme(scope) if many else None
        work = tuple(_work(scope, theme)) if many else ()
        yield from work
        yield from _skipped(scope, theme, alone=not work)
        yield from () if theme else _revision(scope)
        yield from _largest(scope)
    yield from _growth(scope)


def _work(scope: Scope, theme: Theme | None) -> Iterator[Markdown]:
    if theme:
        yield _one_change(scope, theme)
        return
    works = {file.change.path: kind_of_work(file) for file in scope.told}
    work, _ = Counter(works.values()).most_common(1)[0]
    files = [file for file in scope.told if work and works[file.change.path] == work]
    if _is_most(files, scope.told):
        share = _share(scope, len(files))
        yield scope.phrases.say(f"insights.work.{work}", share=share)


def _is_most(files: Sequence[FileAnalysis], told: Sequence[FileAnalysis]) -> bool:
    """Whether they are well over half, by number, and over half by changed lines."""
    lines = sum(map(_size, files)), sum(map(_size, told))
    return len(files) > _WELL_OVER_HALF * len(told) and lines[0] > _MOSTLY * lines[1]


def _main_theme(scope: Scope) -> Theme | None:
    """The edit that is all, or all but other shared ones, that changed in most of the files."""
    alike = {file.change.path for file in _shared(scope)}
    themes = (topic.theme for topic in scope.topics)
    known = [theme for theme in themes if theme and theme.kind in _THEMES and not theme.versions]
    widest = max(known, key=lambda theme: len(alike.intersection(theme.paths)), default=None)
    wide = widest and len(alike.intersection(widest.paths)) > _MOSTLY * len(scope.told)
    return widest if wide else None


def _one_change(scope: Scope, theme: Theme) -> Markdown:
    told = {file.change.path for file in scope.told}
    before, after = contrast(theme.before, theme.after, _LONGEST_TERM)
    way = _THEMES[theme.kind]
    if way == "made":
        way = "came" if theme.after else "went"
    return scope.phrases.say(
        f"insights.one_change.{way}",
        before=before,
        after=after,
        count=len(theme.findings),
        buttons=theme.buttons,
        share=_share(scope, len(told.intersection(theme.paths))),
    )


def _share(scope: Scope, count: int) -> Markdown:
    """How many of the files with changes for readers."""
    total = len(scope.told)
    whole = count == total
    return scope.phrases.say("insights.share", count=count, files=total, all=whole)


def _revision(scope: Scope) -> Iterator[Markdown]:
    """That next to nothing is new or gone, where much changed."""
    changes = [f.kind for file in scope.told for f in file.findings if f.impact != "noise"]
    if _SECTIONS.intersection(changes):
        return  # by its size, that may be most of it
    count = sum(kind in _REWORDED for kind in changes)
    if len(changes) >= _MANY_CHANGES and count >= _NEARLY_ALL * len(changes):
        whole = count == len(changes)
        yield scope.phrases.say("insights.revision", count=count, changes=len(changes), all=whole)


def _largest(scope: Scope) -> Iterator[Markdown]:
    """The file that has most of what changed."""
    largest = max(scope.told, key=_size, default=None)
    if largest and largest.change.status == "added":
        return  # of what is new, all lines are
    lines = sum(map(_size, scope.told))
    much = lines >= _MANY_LINES and len(scope.told) > _FEW
    if much and largest and _size(largest) > _MOSTLY * lines:
        (name,) = scope.named([largest])
        yield scope.phrases.say(
            "insights.largest",
            file=name,
            count=_size(largest),
            lines=lines,
            part=len(scope.told) < len(scope.files),
        )


def _one_way(scope: Scope) -> Iterator[Markdown]:
    """Where files only came or only went."""
    statuses = {file.change.status for file in scope.files}
    for status in ("added", "removed"):
        if statuses == {status}:
            yield scope.phrases.say(f"insights.only_{status}", count=len(scope.files))


def _skipped(scope: Scope, theme: Theme | None, *, alone: bool) -> Iterator[Markdown]:
    """What need not be read, and what is left then; ``alone``: nothing was said before."""
    say, total = scope.phrases.say, len(scope.files)
    if not scope.told and not scope.unseen:
        mended = scope.mended or scope.having(lambda finding: finding.kind in _MENDS)
        pages = all(file_kind(file.change.path) == "page" for file in mended)
        if total and pages:  # in other files, a comma may be all the difference
            yield say(f"insights.only_{'mended' if mended else 'noise'}", count=total)
        return
    if scope.noise:
        yield say("insights.noise", count=len(scope.noise), files=total, fields=_fields(scope))
    if scope.mended:
        yield say("insights.mended", count=len(scope.mended), files=scope.named(scope.mended))
    if scope.unseen and scope.told:
        names = scope.named(scope.unseen)
        yield say("insights.unseen", count=len(scope.unseen), files=total, names=names)
    yield from _left(scope, theme, alone=alone)


def _fields(scope: Scope) -> tuple[str, ...] | None:
    """The few metadata fields that are all that changed where readers see nothing of it."""
    found = [finding for file in scope.noise for finding in file.findings]
    fields = tuple(dict.fromkeys(finding.subject for finding in found))
    data = all(finding.kind == "front-matter-changed" for finding in found)
    return fields if data and len(fields) <= _MOST_FIELDS else None


_MENDS = frozenset({"typo-fixed", "case-changed", "punctuation-changed", "formatting-changed"})


def _left(scope: Scope, theme: Theme | None, *, alone: bool) -> Iterator[Markdown]:
    """What has more than ``theme``, or changes that other files have, too, where that is little."""
    own = {id(finding) for it in _alike(scope, theme) for finding in it.findings}
    shared = [file for file in scope.told if _is_all(file, own)] if theme else _shared(scope)
    if len(shared) <= _MOSTLY * len(scope.told):
        shared = []
    left = [file for file in scope.told if file not in shared]
    if shared and len(scope.told) > _FEW and alone:
        yield scope.phrases.say("insights.shared", share=_share(scope, len(shared)))
    total = len(scope.noise) + len(scope.mended) + len(scope.told)
    if left and total > _FEW and len(left) <= _MOSTLY * total:
        names = scope.named(sorted(left, key=_size, reverse=True))
        skipped = scope.noise or scope.mended or scope.unseen
        way = "remains" if skipped and alone and not shared else "left"
        yield scope.phrases.say(f"insights.{way}", files=names)


def _alike(scope: Scope, theme: Theme | None) -> list[Theme]:
    """``theme`` and those about the same words, such as a name that became a longer one, too."""
    themes = (topic.theme for topic in scope.topics)
    kind, before = (theme.kind, theme.before) if theme else ("", "")
    alike = [it for it in themes if it and it.kind == kind and before and it.before == before]
    return alike or ([theme] if theme else [])


def _shared(scope: Scope) -> list[FileAnalysis]:
    """Files in which nothing changed but what changed alike in others."""
    themed = {
        id(finding)
        for topic in scope.topics
        if topic.theme and not topic.theme.kind.startswith(_WHOLE_FILES)
        for finding in topic.theme.findings
    }
    twins = {
        path
        for group in scope.analysis.groups
        if group.reason == "same-change"
        for path in group.paths
    }
    return [
        file
        for file in scope.told
        if _is_all(file, themed) or (file.change.path in twins and file.change.patch)
    ]


def _is_all(file: FileAnalysis, themed: set[int]) -> bool:
    """Whether nothing but ``themed`` findings has anything to tell."""
    seen = [finding for finding in file.findings if finding.impact != "noise"]
    return not gather(seen, but=themed)


def _size(file: FileAnalysis) -> int:
    return file.change.additions + file.change.deletions


def _growth(scope: Scope) -> Iterator[Markdown]:
    """Pages whose length changed much, unless their own sentences say with what."""
    grown = [
        it for it in growth(scope.told) if _told_words(it.file) < _TOLD * abs(it.after - it.before)
    ]
    items = tuple(
        scope.phrases.say(
            "insights.length",
            file=scope.names[it.file.change.path],
            before=it.before,
            after=it.after,
        )
        for it in grown
    )
    if items:
        yield scope.phrases.say("insights.lengths", count=len(items), items=items)


def _told_words(file: FileAnalysis) -> int:
    """How many words its own sentences say came or went."""
    seen = [item for item in file.findings if item.impact != "noise" and item.kind in _SECTIONS]
    return sum(integer(item.values.get("words")) for item in seen)

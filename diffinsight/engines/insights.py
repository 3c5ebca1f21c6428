"""What the range means as a whole, in prose; silent where there is nothing to say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from posixpath import dirname

from diffinsight.engines.audience import is_noise, is_unseen
from diffinsight.engines.clauses import rank
from diffinsight.engines.cutting import contrast
from diffinsight.engines.passages import places_of
from diffinsight.engines.themes import Theme
from diffinsight.engines.topics import Topic, short_names
from diffinsight.engines.urgency import is_slight
from diffinsight.engines.values import is_included
from diffinsight.languages import Markdown, Phrases
from diffinsight.models import Analysis, FileAnalysis, Finding

MOST_FILES = 3  # named in a sentence
_FEW = 3  # files that need no themes
_MOST_IN_WORDS = 10  # files whose folders are told: those of more are shown in a chart
_MOSTLY = 0.5
_GROWTH = 40  # lines more or less that are worth a word
_NEAR = 12  # lines around a changed step in which an image may show it

# What kind of work a finding speaks of.
_WORK = {
    "content": r"(page|heading|table|table-column|code|option|asset|toc-entry|step)-added",
    "removal": r"(page|heading|table|table-column|code|option|asset|toc-entry|step)-removed",
    "structure": r"(page|asset|file|section|heading|content|toc-entry)-moved|heading-\w+.*"
    r"|toc-entry-\w+|steps-reordered|redirect-\w+|anchor-\w+",
    "code": r"(option|code)-\w+",
    "figures": r"(version|value|table-row|table-column)-\w+",
    "names": r"term-replaced",
    "support": r"(availability|deprecation)-\w+",
    "links": r"link-\w+(-\w+)?",
    "wording": r"(paragraph|list-item|step|note|section)-\w+",
    "media": r"(asset|image)-\w+|alt-text-changed",
    "metadata": r"front-matter-changed|setting-\w+",
}
# Everything but other words in text that was there before.
_MORE_THAN_WORDS = re.compile(
    r"(?!(paragraph|list-item)-changed|term-replaced|typo-fixed|case-changed|punctuation-changed"
    r"|formatting-changed|reflowed|whitespace-changed|comment-changed)"
)
_NOT_COPIED = frozenset({None, "", "output", "text", "txt", "plaintext"})  # languages of fences
_STEPS = frozenset({"step-added", "step-removed"})
_EXCHANGES = frozenset({"term-replaced", "edit-replaced", "version-changed"})
_LONGEST_TERM = 60  # characters
_LOCALE = re.compile(r"(?:^|(?<=/))(?:[a-z]{2}(?:[-_][A-Za-z]{2,4})?)(?=/)")


def write_insights(analysis: Analysis, topics: Sequence[Topic], phrases: Phrases) -> str:
    """Paragraphs in Markdown; empty where the files say everything themselves."""
    parts: tuple[Callable[[_Range], Iterator[Markdown]], ...] = (_character, _readers, _checks)
    scope = _Range(analysis, topics, phrases)
    paragraphs = (phrases.join(part(scope)) for part in parts)
    return "\n\n".join(filter(None, paragraphs))


class _Range:
    """The files with what is asked of them more than once."""

    def __init__(self, analysis: Analysis, topics: Sequence[Topic], phrases: Phrases) -> None:
        self.analysis = analysis
        self.topics = topics
        self.phrases = phrases
        self.files = analysis.files
        self.noise = [file for file in self.files if is_noise(file)]
        behind = [file for file in self.files if not is_noise(file)]
        self.unseen = [file for file in behind if is_unseen(file)]
        self.told = [file for file in behind if not is_unseen(file)]
        self.names = short_names([file.change.path for file in self.files])

    def named(self, files: Sequence[FileAnalysis]) -> tuple[str, ...]:
        return tuple(self.names[file.change.path] for file in files)

    def having(self, fits: Callable[[Finding], bool]) -> list[FileAnalysis]:
        return [file for file in self.files if any(map(fits, file.findings))]


def _character(scope: _Range) -> Iterator[Markdown]:
    """What kind of work it is, where, and how much of it is noise."""
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
    grown = sum(file.change.additions - file.change.deletions for file in scope.files)
    if abs(grown) >= _GROWTH and len(scope.told) > 1:
        yield say("insights.grows" if grown > 0 else "insights.shrinks", lines=abs(grown))


def _work(scope: _Range) -> Iterator[Markdown]:
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
        return
    if count >= _MOSTLY * len(scope.told):
        yield say(f"insights.work.{kind}", count=count, files=len(scope.told))
    elif others and count > 1:
        parts = tuple(
            say(f"insights.share.{name}", count=number)
            for name, number in kinds.most_common(MOST_FILES)
        )
        yield say("insights.mixed", parts=parts)


def _main_theme(scope: _Range) -> Theme | None:
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
    return next((work for work, kinds in _WORK.items() if re.fullmatch(kinds, first.kind)), None)


def _folders(scope: _Range) -> Iterator[Markdown]:
    folders = [dirname(file.change.path) for file in scope.told]
    folder = Counter(folders).most_common(1)[0][0]
    count = sum(f"{other}/".startswith(f"{folder}/") for other in folders)
    if folder and _MOSTLY * len(folders) <= count < len(folders):
        yield scope.phrases.say(
            "insights.folder", folder=folder, count=count, files=len(scope.told)
        )


def _readers(scope: _Range) -> Iterator[Markdown]:
    """What a reader will notice."""
    say = scope.phrases.say
    if scope.told and not scope.having(_is_more_than_words):
        yield say("insights.only_words")
    linked = scope.having(_breaks_links)
    if linked:
        yield say("insights.broken_places", count=len(linked), files=scope.named(linked))
    steps = [file for file in scope.files if _changes_known_steps(file)]
    if steps:
        kinds = {finding.kind for file in steps for finding in file.findings} & _STEPS
        only = {kind.removeprefix("step-"): kinds == {kind} for kind in sorted(_STEPS)}
        yield say("insights.steps", count=len(steps), files=scope.named(steps), **only)
    code = scope.having(_is_copied)
    if code:
        yield say("insights.code", count=len(code), files=scope.named(code))
    unlinked = [file for file in scope.files if _leaves_no_links(file)]
    if unlinked:
        yield say("insights.no_links", count=len(unlinked), files=scope.named(unlinked))


def _changes_known_steps(file: FileAnalysis) -> bool:
    """Whether steps came into a procedure that was there, or left one that is still there."""
    kinds = {finding.kind for finding in file.findings}
    starts = any(finding.values.get("number") == 1 for finding in _steps(file, "added"))
    return "step-removed" in kinds or ("step-added" in kinds and not starts)


def _steps(file: FileAnalysis, change: str) -> Iterator[Finding]:
    return (finding for finding in file.findings if finding.kind == f"step-{change}")


def _is_copied(finding: Finding) -> bool:
    """Whether it is about something that readers run or paste."""
    if finding.kind in {"code-changed", "code-removed"} and finding.values.get("commands"):
        return True
    code = finding.kind == "code-changed" and finding.impact == "notable"
    known = finding.values.get("language") not in _NOT_COPIED
    return (code and known and not is_slight(finding)) or finding.kind == "option-renamed"


def _breaks_links(finding: Finding) -> bool:
    return finding.impact == "breaking" and bool(finding.values.get("links"))


def _is_more_than_words(finding: Finding) -> bool:
    dates = finding.kind == "front-matter-changed" and finding.impact == "noise"
    return not dates and bool(_MORE_THAN_WORDS.match(finding.kind))


def _leaves_no_links(file: FileAnalysis) -> bool:
    """Whether things are gone that no page links to, none of them."""
    gone = {
        "page-removed",
        "page-moved",
        "heading-removed",
        "heading-demoted",
        "heading-renamed",
        "asset-removed",
    }
    links = [finding.values.get("links") for finding in file.findings if finding.kind in gone]
    return set(links) == {0}


def _one_way(scope: _Range) -> Iterator[Markdown]:
    """Where files only came or only went."""
    statuses = {file.change.status for file in scope.files}
    for status in ("added", "removed"):
        if statuses == {status}:
            yield scope.phrases.say(f"insights.only_{status}", count=len(scope.files))


def _checks(scope: _Range) -> Iterator[Markdown]:
    """What the author should look at next."""
    say = scope.phrases.say
    checks = (
        ("unlisted", scope.having(lambda finding: finding.values.get("in_toc") is False)),
        ("no_redirect", [file for file in scope.files if _lacks_redirect(file)]),
        ("broken", scope.having(lambda finding: finding.kind == "link-broken")),
        ("screenshots", [file for file in scope.told if _shows_changed_steps(file)]),
    )
    for name, files in checks:
        if files:
            yield say(f"insights.check.{name}", count=len(files), files=scope.named(files))
    old, places = scope.having(_is_still_elsewhere), _still_in(scope)
    if old and places:
        yield say("insights.check.old_wording", files=scope.named(old), places=places)
    translations = tuple(_untouched_translations(scope))
    if translations:
        yield say("insights.check.translations", count=len(translations), files=translations)


def _lacks_redirect(file: FileAnalysis) -> bool:
    return not is_included(file.change.path) and any(
        finding.kind in {"page-removed", "page-moved"}
        and finding.impact == "breaking"
        and not finding.values.get("redirect")
        for finding in file.findings
    )


def _shows_changed_steps(file: FileAnalysis) -> bool:
    """Whether an image stands beside a step that changed, and did not change itself."""
    kinds = {finding.kind for finding in file.findings}
    if file.change.after is None or kinds & {"image-changed", "image-added"}:
        return False
    lines = file.change.after.splitlines()
    return any(
        any(
            re.search(r"!\[|:::image|<img\b", line)
            for line in lines[finding.after_lines[0] - 1 : finding.after_lines[1] + _NEAR]
        )
        for finding in file.findings
        if finding.kind == "step-changed" and finding.after_lines
    )


def _is_still_elsewhere(finding: Finding) -> bool:
    return bool(finding.values.get("still_in"))


def _still_in(scope: _Range) -> tuple[str, ...]:
    """Pages that have what other pages said before they changed."""
    listed = (finding.values.get("still_in") for file in scope.files for finding in file.findings)
    return tuple(dict.fromkeys(path for places in listed for path, _ in places_of(places)))


def _untouched_translations(scope: _Range) -> Iterator[str]:
    """Pages of the same name under another language's folder that the range leaves alone."""
    tree = scope.analysis.change_set.head_tree
    paths = tree.paths() if tree else frozenset()
    changed = {file.change.path for file in scope.files}
    originals = {_without_locale(file.change.path) for file in scope.told} - {None}
    if not originals:
        return
    for path in sorted(paths - changed):
        if _without_locale(path) in originals:
            yield path


def _without_locale(path: str) -> str | None:
    found = _LOCALE.search(path)
    return path[: found.start()] + "*" + path[found.end() :] if found else None

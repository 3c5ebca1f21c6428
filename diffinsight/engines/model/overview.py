"""The words over all files by a model: from the analyses and facts, not from the diff again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from diffinsight.change_types import BREAKING_CHANGE, NEW_FEATURE
from diffinsight.conversation import NoAnswerError, Reason
from diffinsight.engines.checking import (
    Ground,
    check,
    check_language,
    is_prose,
    merged,
    sentences,
)
from diffinsight.engines.checking.folding import contains, fold
from diffinsight.engines.checking.lexicon import lexicon
from diffinsight.engines.model import cleaning
from diffinsight.engines.model.asking import Line
from diffinsight.engines.model.memory import Memory
from diffinsight.engines.model.planning import RANKS, impact_of
from diffinsight.engines.model.prompting import (
    facts,
    one_line,
    prompt_text,
    request_for_overview,
    tokens_in,
    told_again,
)
from diffinsight.engines.model.reading import DraftOverview, DraftPoint, read_overview
from diffinsight.engines.model.verdict import Grounds, is_known
from diffinsight.languages import Phrases
from diffinsight.models import Analysis, FileAnalysis, Overview, Point

LONGEST_LIST = 9_000  # tokens: leaves room for instructions and answer in a context of 16,000
_FACTS_EACH = 3
_PATHS_EACH = 4
_MOST_POINTS = 7
_ANSWERS = 4  # files' worth
_COST = 1_800  # tokens of the answer, and what the listing may grow by


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Files that are told together, as the list names them."""

    files: tuple[FileAnalysis, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(file.change.path for file in self.files)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What the model is shown: changes that fit, and the rest in numbers."""

    text: str
    changes: tuple[Change, ...]


def listing_of(analysis: Analysis, longest: int = LONGEST_LIST) -> Listing:
    """The weightiest changes in a list of at most ``longest`` tokens."""
    ranked = sorted(_changes(analysis), key=_weight)
    head = "\n".join(_counted(analysis))
    room = longest - tokens_in(head) - 200
    lines: list[str] = []
    for number, change in enumerate(ranked, start=1):
        line = "\n".join(_described(number, change))
        room -= tokens_in(line)
        if room < 0:
            break
        lines.append(line)
    shown, rest = ranked[: len(lines)], ranked[len(lines) :]
    tail = "\n".join(_uncounted(rest))
    text = "\n".join(filter(None, (head, "changes:", *lines, tail)))
    return Listing(text=text, changes=tuple(shown))


def _changes(analysis: Analysis) -> Iterator[Change]:
    grouped: dict[str, list[FileAnalysis]] = {}
    same = {group.id for group in analysis.groups if group.reason == "same-change"}
    for file in analysis.files:
        if impact_of(file) != "noise":
            key = file.group if file.group in same else f"/{file.change.path}"
            grouped.setdefault(str(key), []).append(file)
    yield from (Change(files=tuple(files)) for files in grouped.values())


def _weight(change: Change) -> tuple[int, int]:
    lines = sum(file.change.additions + file.change.deletions for file in change.files)
    return RANKS[impact_of(change.files[0])], -lines


def _counted(analysis: Analysis) -> Iterator[str]:
    changes = [file.change for file in analysis.files]
    statuses = Counter(str(change.status) for change in changes)
    types = Counter(file.type for file in analysis.files)
    added, removed = sum(c.additions for c in changes), sum(c.deletions for c in changes)
    yield f"files: {len(changes)} ({_listed(statuses)}), {added} lines added, {removed} removed"
    yield f"types: {_listed(types)}"
    noise = sum(impact_of(file) == "noise" for file in analysis.files)
    if noise:
        yield f"files where nothing changed for a reader: {noise}"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))


def _described(number: int, change: Change) -> Iterator[str]:
    first = change.files[0]
    paths = ", ".join(one_line(path) for path in change.paths[:_PATHS_EACH])
    more = len(change.files) - _PATHS_EACH
    yield f"{number}. [{first.type}] {first.title}"
    yield f"   {first.change.status}: {paths}" + (f" and {more} more" if more > 0 else "")
    explained = sentences(first.explanation)[:2]
    if first.engine == "model" and explained:
        yield "   " + " ".join(" ".join(explained).split())[:400]
    else:
        yield from (f"   {line}" for line in facts(first.findings, _FACTS_EACH))


def _uncounted(rest: Sequence[Change]) -> Iterator[str]:
    if rest:
        files = [file for change in rest for file in change.files]
        folders = Counter(file.change.path.rpartition("/")[0] or "." for file in files)
        most = ", ".join(f"{count} in {name}" for name, count in folders.most_common(10))
        types = Counter(file.type for file in files)
        yield f"not in this list: {len(files)} files ({_listed(types)}; {most})"


def expected_tokens(analysis: Analysis) -> int:
    """What the overview of an analysis is about to cost, its answer included."""
    return tokens_in(prompt_text("overview.md")) + tokens_in(listing_of(analysis).text) + _COST


class OverviewWriter:
    """Writes over the files of one run."""

    def __init__(self, *, line: Line, memory: Memory, phrases: Phrases, grounds: Grounds) -> None:
        self._grounds = grounds
        self._line = line
        self._memory = memory
        self._code = phrases.code
        self._language = f"{phrases.say_plain('name')} ({phrases.code})"

    def write(self, analysis: Analysis, offline: Overview) -> tuple[Overview, Reason | None]:
        """The overview in the model's words, or ``offline`` and why."""
        listing = listing_of(analysis)
        grounds = tuple(_ground(change, self._grounds) for change in listing.changes)
        editor = Editor(
            analysis=analysis, listing=listing, offline=offline, code=self._code, grounds=grounds
        )
        kept = self._memory.recall_text(listing.text)
        draft = read_overview(kept) if kept else None
        if draft:
            self._memory.used += 1
            return editor.edited(draft), None
        try:
            text, draft = self._ask(listing, editor)
        except NoAnswerError as error:
            return offline, error.reason
        if draft is None:
            return offline, "malformed"
        self._memory.keep_text(listing.text, text)
        return editor.edited(draft), None

    def _ask(self, listing: Listing, editor: Editor) -> tuple[str, DraftOverview | None]:
        """The better of at most two answers."""
        request = request_for_overview(listing.text, self._language)
        text = self._line.ask(request, _ANSWERS)
        draft = read_overview(text)
        faults = editor.faults(draft) if draft else ("the answer was not the JSON asked for",)
        if not faults:
            return text, draft
        request = request_for_overview(listing.text, self._language, told_again(faults))
        try:
            second = self._line.ask(request, _ANSWERS)
        except NoAnswerError:
            return text, draft
        redone = read_overview(second)
        if redone and len(editor.faults(redone)) <= len(faults):
            return second, redone
        return text, draft


class Editor:
    """Holds a draft against the files, and leaves of it what is so."""

    def __init__(
        self,
        *,
        analysis: Analysis,
        listing: Listing,
        offline: Overview,
        code: str,
        grounds: Sequence[Ground],
    ) -> None:
        self._offline = offline
        self._code = code
        self._listing = listing
        self._grounds = grounds
        counts = (len(analysis.files), len(listing.changes))
        ways = Counter(file.change.status for file in analysis.files)
        types = Counter(file.type for file in analysis.files)
        self._all = replace(
            merged(
                self._grounds, facts=listing.text, counts=(*counts, *ways.values(), *types.values())
            ),
            additions=sum(file.change.additions for file in analysis.files),
            deletions=sum(file.change.deletions for file in analysis.files),
            breaking=any(file.type == BREAKING_CHANGE for file in analysis.files),
        )

    def faults(self, draft: DraftOverview) -> tuple[str, ...]:
        """What is wrong, a line each."""
        prose = (draft.summary, draft.highlights, draft.insights)
        found = [fault for text in prose for fault in check(_bare(text), self._all, self._code)]
        listed = (*draft.new_features, *draft.breaking_changes, *draft.other_updates)
        for point in self._backed(listed):
            found += check(_bare(point.text), self._ground(point), self._code)
        lines = [f"{f.fault}: {f.what} (in: {f.sentence.strip()})" for f in found]
        lines += [f"language: {text[:80]}" for text in prose if self._is_foreign(text)]
        return tuple(lines)

    def edited(self, draft: DraftOverview) -> Overview:
        """The draft without what is not so; where nothing is left, the offline words."""
        offline = self._offline
        return Overview(
            summary=cleaning.paragraph(self._kept(draft.summary, self._all)) or offline.summary,
            highlights=self._markdown(draft.highlights) or offline.highlights,
            insights=self._markdown(draft.insights) or offline.insights,
            **self._sorted(draft),
        )

    def _sorted(self, draft: DraftOverview) -> dict[str, tuple[Point, ...]]:
        """Points in the list the model put them in, if their files are of that type."""
        offline = self._offline
        told = self._told(draft.breaking_changes, BREAKING_CHANGE)
        breaking = [point for point in told if self._says_what_broke(point)]
        new = self._told(draft.new_features, NEW_FEATURE)
        listed = (*draft.new_features, *draft.breaking_changes, *draft.other_updates)
        kept = {point.text for point in (*breaking, *new)}
        told = self._told(listed, None)
        others = {point.text: point for point in told if point.text not in kept}
        named = {path for point in breaking for path in point.paths}
        # Nothing that breaks readers goes unsaid.
        unsaid = (p for p in offline.breaking_changes if not set(p.paths) <= named)
        return {
            "new_features": tuple(new) or offline.new_features,
            "breaking_changes": (*breaking, *unsaid),
            "other_updates": tuple(others.values()) or offline.other_updates,
        }

    def _told(self, points: Sequence[DraftPoint], type_: str | None) -> list[Point]:
        """What is left of points; with a type, of those that have a file of it."""
        told = []
        for point in self._backed(points):
            changes = [self._listing.changes[number - 1] for number in point.changes]
            types = {file.type for change in changes for file in change.files}
            text = self._kept(point.text, self._ground(point)) if type_ in (*types, None) else ""
            shown = cleaning.point(text, self._knows)
            paths = (path for change in changes for path in change.paths)
            if shown:
                told.append(Point(text=shown, paths=tuple(dict.fromkeys(paths))))
        return told

    def _says_what_broke(self, point: Point) -> bool:
        """Whether it names what is gone: "the page changed" hides it."""
        said = fold(point.text)
        words = lexicon().directions
        if any(
            words[way].words.search(said) for way in ("removed", "renamed", "moved", "deprecated")
        ):
            return True
        files = [f for change in self._listing.changes for f in change.files]
        subjects = (
            fold(finding.subject)
            for file in files
            if file.change.path in point.paths
            for finding in file.findings
            if finding.impact == "breaking"
        )
        return any(contains(said, subject) for subject in subjects)

    def _backed(self, points: Sequence[DraftPoint]) -> Iterator[DraftPoint]:
        """Points that name changes of the list."""
        last = len(self._listing.changes)
        for point in points[: 3 * _MOST_POINTS]:
            if point.changes and all(1 <= number <= last for number in point.changes):
                yield point

    def _ground(self, point: DraftPoint) -> Ground:
        return merged(self._grounds[number - 1] for number in dict.fromkeys(point.changes))

    def _kept(self, text: str, ground: Ground) -> str:
        bare = _bare(text)
        wrong = {fault.sentence for fault in check(bare, ground, self._code)}
        kept = "".join(piece for piece in sentences(bare) if piece not in wrong).strip()
        return kept if is_prose(kept) and not self._is_foreign(kept) else ""

    def _markdown(self, text: str) -> str:
        return cleaning.markdown(self._kept(text, self._all), self._knows)

    def _is_foreign(self, text: str) -> bool:
        return check_language(text, self._code, lone=True)

    def _knows(self, address: str) -> bool:
        return is_known(address, self._all)


def _ground(change: Change, grounds: Grounds) -> Ground:
    """What is known of a change: of its first file in full, of its twins their paths."""
    ground = grounds.of(change.files[0])
    names = (*change.paths, *(path.rpartition("/")[2] for path in change.paths))
    ground = replace(ground, shown="\n".join((ground.shown, *map(fold, names))))
    count = len(change.files)
    counts = {name: ground.counts.get(name, frozenset()) | {count} for name in ("files", "page")}
    return replace(
        ground, counts={**ground.counts, **counts}, numbers=ground.numbers | {str(count)}
    )


_bare: Callable[[str], str] = cleaning.strip_markup

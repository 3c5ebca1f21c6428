"""Words and links that came with a change and look like slips: a second look for its author."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from diffinsight.detectors.across import mislinked
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import MOST_LISTED, add_values
from diffinsight.matching.slips import WORD, Vocabulary, misspelt, mistyped
from diffinsight.models import FileAnalysis, Finding, Json, Values


def mark(
    comparisons: Sequence[Comparison], files: Sequence[FileAnalysis]
) -> tuple[FileAnalysis, ...]:
    """``files`` with `slips` on the findings whose new lines seem to have them."""
    texts = [file for file in comparisons if file.added]
    before = _counted(part.text for file in texts for part in file.before_text)
    after = _counted(part.text for file in texts for part in file.after_text)
    known = Vocabulary(after)
    return tuple(
        _marked(file, islice(found, MOST_LISTED))
        for comparison, file in zip(comparisons, files, strict=True)
        for found in (chain(mislinked.slips(comparison), _slips(comparison, before, known)),)
    )


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(word.casefold() for text in texts for word in WORD.findall(text))


def _slips(
    file: Comparison, before: Mapping[str, int], known: Vocabulary
) -> Iterator[dict[str, Json]]:
    """Each with the line it stands in, and whether its word stood in the text that went."""
    found: dict[str, Values] = {}
    less = _counted(file.removed.values()) - _counted(file.added.values())
    for line, text in file.added.items():
        for written in dict.fromkeys(WORD.findall(text)):
            word = written.casefold()
            if word in before:
                continue
            if word not in found:
                found[word] = _slip_for(word, known, less)
            if found[word]:
                other = str(found[word]["meant"])
                right = other.capitalize() if written[0].isupper() else other
                yield {**found[word], "written": written, "meant": right, "line": line}


def _slip_for(word: str, known: Vocabulary, less: Mapping[str, int]) -> Values:
    """What a new word was to be, and whether it took that one's place; nothing: it is no slip.

    Whoever takes a word out for one that is nearly the same mends it, save where the new one can
    be no word.
    """
    other = mistyped(word)
    if other and less.get(other):
        return {"meant": other, "replaced": True}
    other = misspelt().get(word, "")
    if other:
        return {"meant": other, "replaced": bool(less.get(other)), "no_word": True}
    other = known.meant(word)
    return {"meant": other, "replaced": False} if other and not less.get(other) else {}


def _marked(file: FileAnalysis, slips: Iterable[dict[str, Json]]) -> FileAnalysis:
    found: defaultdict[int, list[Json]] = defaultdict(list)
    for slip in slips:
        at = (index for index, told in enumerate(file.findings) if _has(told, slip["line"]))
        found[next(at, -1)].append(slip)
    return add_values(file, {index: {"slips": tuple(listed)} for index, listed in found.items()})


def _has(finding: Finding, line: Json) -> bool:
    """Whether a line of the new version is told by ``finding``; a new page is told as a whole."""
    if finding.after_lines is None:
        return finding.kind == "page-added"
    return isinstance(line, int) and finding.after_lines[0] <= line <= finding.after_lines[1]

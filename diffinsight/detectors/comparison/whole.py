"""The range as a whole: what one file's findings need to know of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.models import ChangeSet, Json
from diffinsight.outline.model import Section


MOST_TYPOS = 3  # in one block; more is rewriting


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Links to something: where they stand, or that nobody could look."""

    count: int = 0
    places: tuple[Json, ...] = ()
    looked: bool = True

    def values(self) -> Mapping[str, Json]:
        if not self.looked:
            return {}
        return {"links": self.count, "places": self.places} if self.count else {"links": 0}


@dataclass(frozen=True, kw_only=True, slots=True)
class Moves:
    """Sections that left one file for another."""

    def came(self, file: Comparison, section: Section) -> bool:
        return False

    def left(self, file: Comparison, section: Section) -> bool:
        return False


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """All comparisons of a range, and the repository around them."""

    change_set: ChangeSet
    files: Sequence[Comparison] = ()
    moves: Moves = field(default_factory=Moves)

    @property
    def no_links(self) -> Places:
        return Places()

    def links_to_anchor(self, file: Comparison, section: Section) -> Places:
        return Places(looked=False)

    def anchors_at_head(self, file: Comparison) -> frozenset[str]:
        return frozenset(s.anchor for s in file.after.headings)

    def links_to_file(self, path: str) -> Places:
        return Places(looked=False)

    def redirect_of(self, path: str) -> str | None:
        return None

    def says_more(self, file: Comparison, pair: Pair) -> bool:
        """Whether the words of a block changed in a way that no narrower finding tells."""
        typos = sum(edit.kind == "typo" for edit in pair.edits)
        return typos > MOST_TYPOS or any(edit.kind == "words" for edit in pair.edits)

"""Signs in cells of tables that say yes or no."""

from __future__ import annotations

from collections.abc import Sequence

YES = frozenset("✅✓✔☑")
NO = frozenset({"", "-", "–", "—", "❌", "✗", "✘", "✖", "☒", "×"})  # noqa: RUF001 - dashes that stand for no
_PICTURE = "\ufe0f"  # after a sign that is to be shown as a picture


def sign(cell: str) -> str:
    """A cell that is one sign, as it is compared."""
    return cell.strip("` ").removesuffix(_PICTURE)


def is_yes(cell: str) -> bool:
    return sign(cell) in YES


def is_no(cell: str) -> bool:
    return sign(cell) in NO


def ticked(cells: Sequence[str]) -> tuple[int, ...]:
    """The cells of a row that say yes, where all but its name say yes or no; the first has 0."""
    if not all(is_yes(cell) or is_no(cell) for cell in cells[1:]):
        return ()
    return tuple(place for place, cell in enumerate(cells) if place and is_yes(cell))

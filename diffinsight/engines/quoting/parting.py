"""A long cell of a table row whose text changed in several places, as the places that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from diffinsight.engines.choosing.passages import Edit, Passage, edits_of
from diffinsight.engines.choosing.urgency import exchanges_name
from diffinsight.matching.edits import edits
from diffinsight.matching.phrases import Phrase, phrases
from diffinsight.matching.sentences import LEAST_ALIKE, alike, changed_sentences
from diffinsight.matching.weight import weigh
from diffinsight.models import Finding, Json

_LONG = 80  # characters of a cell that is not told whole
_LEAST = 3  # characters of a difference that a title can name
_BRIEF = 24  # characters of one that a title can name
_MOST = 3  # places; more, and the cell is another one
_JOINED = tuple(",.;:)")  # marks that follow a word without a space


def with_parted_cells(row: Finding) -> Finding:
    """``row`` with one cell for each place that changed, where a cut would hide some of them."""
    cells = row.values.get("cells")
    if row.kind != "table-row-changed" or not isinstance(cells, tuple | list):
        return row
    parted = tuple(part for cell in cells for part in _parts(cell))
    return replace(row, values={**row.values, "cells": parted}) if len(parted) > len(cells) else row


def narrowed(passage: Passage) -> Passage:
    """What a title can name: of a changed row the words that differ alone.

    Of code, what it calls otherwise or runs instead.
    Of a text in which links alone came or went, their words: a title does not tell of links.
    """
    if passage.carried and not passage.edits:
        return replace(passage, edits=edits_of(passage.finding.values), carried=())
    if passage.finding.kind == "code-changed":
        only = _of_code(passage.edits)
        return replace(passage, edits=only, more_edits=0) if only else passage
    if passage.finding.kind != "table-row-changed" or not passage.edits:
        return passage
    before, after = max(passage.edits, key=lambda pair: weigh(*pair))
    found = edits(before, after) if alike(before, after) >= LEAST_ALIKE else ()
    figures = [edit for edit in found if edit.kind in {"number", "version"}]
    lone = found[0] if len(found) == 1 else None
    told = next((edit for edit in figures or found if edit.before and edit.after), lone)
    if len(before) <= _BRIEF or told is None:
        return replace(passage, edits=((before, after),))
    # A figure or two say nothing without the word before them.
    bare = told.before and told.after and len(told.before) < _LEAST
    word = told.left.rpartition(" ")[2] if bare else ""
    sides = (f"{word} {side}".strip() for side in (told.before, told.after))
    return replace(passage, edits=(tuple(sides),))  # type: ignore[arg-type]  # two in, two out


def _of_code(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The one difference of many that tells most; none: no other than the others."""
    named = dict.fromkeys(filter(exchanges_name, edits))
    if len(named) == 1:
        return tuple(named)
    came = tuple(edit for edit in edits if not edit[0])
    instead = all(bool(before) != bool(after) for before, after in edits)
    return came if len(came) == 1 < len(edits) and instead else ()


def _parts(cell: Json) -> Iterator[Json]:
    if not isinstance(cell, Mapping):
        yield cell
        return
    before, after = str(cell.get("before") or ""), str(cell.get("after") or "")
    found = _places(before, after) if max(map(len, (before, after))) > _LONG else []
    if 1 < len(found) <= _MOST:
        yield from ({**cell, "before": old, "after": new} for old, new in found)
    else:
        yield cell


def _places(before: str, after: str) -> list[tuple[str, str]]:
    pairs = [(old, new) for old, new in changed_sentences(before, after) if old != new]
    if not all(old and new for old, new in pairs):
        return []
    return [_around(phrase, old, new) for old, new in pairs for phrase in phrases(old, new)]


def _around(phrase: Phrase, before: str, after: str) -> tuple[str, str]:
    """What differs, with the words beside it where they stand so in both texts."""
    if len(phrase.edits) != 1:
        return phrase.before, phrase.after
    (edit,) = phrase.edits
    left = f"{edit.left} " if edit.left else ""
    right = edit.right if edit.right.startswith(_JOINED) else f" {edit.right}"
    wider = tuple(f"{left}{side}{right.rstrip(' ;,.')}" for side in (edit.before, edit.after))
    stand = wider[0] in before and wider[1] in after
    return (wider[0], wider[1]) if stand else (phrase.before, phrase.after)

"""Versions, and numbers with their units: limits, quotas, prices, sizes, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import tell
from diffinsight.detectors.packages import releases, tells
from diffinsight.detectors.reading.labels import label
from diffinsight.detectors.reading.rows import Rows
from diffinsight.matching.edits import Edit
from diffinsight.matching.figures import NUMBER, UNIT, is_date
from diffinsight.matching.words import first_words
from diffinsight.models import Finding
from diffinsight.outline.model import PROSE, Block, Outline

DIGITS = re.compile(r"\d[\d,. ]*")
NAME = re.compile(r"[^\s.,;:()|]+(?:\.\w+)*")
# What comes before one of these belongs to another figure.
PARTS = re.compile(r"(?i)v?\d[\d.]*|and|or|from")
CURRENCY = re.compile(r"[$€£¥]")
DECIMAL = r"\d+\.\d+"
VERSION_KEY = r"(?i)(?:version|release|build|tag|[=>~]=|@|image)\W*$"
PARAMETER = re.compile(r"(?<=[?&])([\w-]*version)=([\w.-]*\d[\w.-]*)")
# Blocks of which a figure is told; in code, most figures are no news.
WORDED = PROSE | {"row", "heading", "table"}
LISTED = frozenset({"item", "step"})


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    """Figures; a version that changed at several places says at how many."""
    found = list(_figures(file))
    versions: dict[tuple[str, str | None, str | None], list[Finding]] = {}
    for finding in found:
        if finding.kind == "version-changed":
            versions.setdefault(_exchange(finding), []).append(finding)
    for finding in found:
        same = versions.get(_exchange(finding), ()) if finding.kind == "version-changed" else ()
        yield _in_places(finding, same) if len(same) > 1 else finding


def _in_places(finding: Finding, same: Sequence[Finding]) -> Finding:
    """One of several alike, which all tell in how many places they are, and in which section."""
    values = {**finding.values, "count": len(same), "several": True}
    if len({other.values.get("section") for other in same}) > 1:
        values.pop("section", None)
    return replace(finding, values=values)


def _exchange(finding: Finding) -> tuple[str, str | None, str | None]:
    return finding.subject, finding.before, finding.after


def _figures(file: Comparison) -> Iterator[Finding]:
    rows = Rows(file.after)
    for pair in file.pairs:
        row = rows.title(pair.after, pair.before) if pair.after else ""
        packages = releases(pair)
        for edit in pair.edits:
            if tells(packages, edit):
                continue
            if edit.kind == "version" and (pair.block.kind in WORDED or _is_named(pair, edit)):
                if not _stands_elsewhere(file, pair, edit):
                    yield _version(pair, edit, row)
            elif edit.kind == "number" and pair.block.kind in WORDED:
                yield _value(pair, edit, row)
        yield from _parameters(pair)


def _parameters(pair: Pair) -> Iterator[Finding]:
    """Versions that a query in code asks for, where more of it changed than they."""
    if pair.both is None or {block.kind for block in pair.both} != {"code"}:
        return
    old, new = (PARAMETER.findall(block.text) for block in pair.both)
    told = {(edit.before, edit.after) for edit in pair.edits if edit.kind == "version"}
    for name in dict.fromkeys(name for name, _ in old):
        was, now = ({version for key, version in side if key == name} for side in (old, new))
        if len(was) == len(now) == 1 and was != now:
            before, after = was.pop(), now.pop()
            if (before, after) not in told:
                values = {"what": name}
                yield tell(
                    "version-changed",
                    pair,
                    "notable",
                    subject=name,
                    before=before,
                    after=after,
                    values=values,
                )


def _is_named(pair: Pair, edit: Edit) -> bool:
    """In code, a number with a point is a version only where its name says so."""
    if pair.block.kind != "code":
        return False
    return not re.fullmatch(DECIMAL, edit.after) or bool(re.search(VERSION_KEY, edit.left))


def _stands_elsewhere(file: Comparison, pair: Pair, edit: Edit) -> bool:
    """Whether the name with the old version is still listed, or was with the new one.

    A list of releases then has one more or one less; none became another.
    """
    name = _label(edit, pair)
    if pair.block.kind not in LISTED or not name:
        return False
    sides = (f"{name} {edit.before}", file.after), (f"{name} {edit.after}", file.before)
    return any(_lists(outline, release) for release, outline in sides)


def _lists(outline: Outline, release: str) -> bool:
    pattern = re.compile(rf"{re.escape(release)}(?![\w.])")
    return any(pattern.search(block.text) for block in outline.blocks if block.kind in LISTED)


def _version(pair: Pair, edit: Edit, row: str) -> Finding:
    what = _code_label(edit.left) if pair.block.kind == "code" else _label(edit, pair, row)
    before, after = edit.before.strip("`"), edit.after.strip("`")
    return tell(
        "version-changed",
        pair,
        "notable",
        subject=what or after,
        before=before,
        after=after,
        values={"what": what},
    )


def _code_label(left: str) -> str:
    """The key or parameter that a figure in code is the value of."""
    names = re.findall(r"[\w@.-]*[A-Za-z][\w@.-]*", left)
    return names[-1].strip(".-") if names else ""


def _label(edit: Edit, pair: Pair, row: str = "") -> str:
    """The words before a figure that name it, or what its row is told by."""
    key = pair.block.cells[0] if pair.block.kind == "row" and pair.block.cells else ""
    left = edit.left
    if key and not (left and left in key and edit.before in _key_before(pair)):
        return row or first_words(key)
    return label(left) or ("" if any(map(str.isdigit, key)) else row)


def _key_before(pair: Pair) -> str:
    """The first cell of the old version of a row."""
    return pair.before.cells[0] if pair.before and pair.before.cells else ""


def _value(pair: Pair, edit: Edit, row: str) -> Finding:
    unit = _unit(edit)
    name = _label(edit, pair, row)
    numbers = [
        m.group().strip() if (m := DIGITS.search(side)) else None
        for side in (edit.before, edit.after)
    ]
    dated = is_date(edit.before) and not re.fullmatch(NUMBER, edit.before)
    return tell(
        "value-changed",
        pair,
        "notable",
        subject=name or unit or edit.after,
        before=edit.before,
        after=edit.after,
        values={
            "label": name,
            "unit": unit,
            "number_before": None if dated else numbers[0],
            "number_after": None if dated else numbers[1],
            "quantity_before": _quantity(pair.before, edit.before, unit),
            "quantity_after": _quantity(pair.after, edit.after, unit),
        },
    )


def _quantity(block: Block | None, number: str, unit: str) -> str | None:
    """A number as the block has it, with its unit beside it; none where the unit is in it."""
    if block is None or not unit or unit in number:
        return None
    amount, mark = re.escape(number), re.escape(unit)
    found = re.search(
        rf"(?<![\w.,]){amount} ?{mark}(?![A-Za-z])|{mark} ?{amount}(?![\w.,]\d)", block.text
    )
    return found.group() if found else None


def _unit(edit: Edit) -> str:
    """The unit written with the number, after it, or the currency before it."""
    inside = re.search(UNIT, edit.after)
    if inside:
        return inside.group()
    currency = CURRENCY.search(edit.after) or CURRENCY.search(edit.left[-1:])
    if currency:
        return currency.group()
    following = re.match(UNIT, edit.right)
    return following.group() if following else ""

"""How many times as large or as small as before a quantity is."""

from __future__ import annotations

import re

_QUANTITY = re.compile(r"(?<![\w.-])(\d+(?:,\d{3})*(?:\.\d+)?)\s?([KMBTkmbt](?![\w]))?")
_POWERS = {"": 1.0, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}


def ratio(before: str, after: str) -> float:
    """The larger quantity by the smaller one, each the only one of its text; else 1."""
    sides = [_QUANTITY.findall(side) for side in (before, after)]
    if any(len(found) != 1 for found in sides):
        return 1.0
    old, new = (_value(*found[0]) for found in sides)
    return max(old, new) / min(old, new) if old and new else 1.0


def _value(digits: str, unit: str) -> float:
    return float(digits.replace(",", "")) * _POWERS[unit.upper()]

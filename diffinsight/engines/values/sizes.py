"""How much findings are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.models import FileChange, Finding, Json

COUNTED = (
    "paragraphs",
    "notes",
    "items",
    "steps",
    "code_blocks",
    "tables",
    "images",
    "diagrams",
    "entries",
)


def contents(speaker: Speaker, findings: Sequence[Finding]) -> Spoken:
    """What all of them hold together."""
    sums = {
        name: sum(integer(finding.values.get(name)) for finding in findings)
        for name in (*COUNTED, "words")
    }
    said: Spoken = {"parts": tuple(parts(speaker, sums)), "words": sums["words"] or None}
    return said | _longest(findings)


def _longest(findings: Sequence[Finding]) -> Spoken:
    """How many members the longest of some lists has and had, and what all of them list."""
    if findings[0].kind != "listing-extended":
        return {}
    longest = max(findings, key=lambda finding: integer(finding.values.get("members_after")))
    labels = {finding.subject for finding in findings}
    return {
        "members_before": integer(longest.values.get("members_before")),
        "members_after": integer(longest.values.get("members_after")),
        "label": labels.pop() if len(labels) == 1 else None,
    }


def parts(speaker: Speaker, values: Mapping[str, Json]) -> Iterator[Markdown]:
    yield from _counted(speaker, values, COUNTED)


def _counted(
    speaker: Speaker, values: Mapping[str, Json], names: Iterable[str]
) -> Iterator[Markdown]:
    for name in names:
        count = integer(values.get(name))
        if count:
            yield speaker.voice.say(f"counted.{name}", count=count)


def measure(speaker: Speaker, values: Mapping[str, Json]) -> tuple[Markdown, ...]:
    """How many words a text has that is quoted, and what else is in it: none of that is quoted."""
    words = {"words": values.get("words")}
    beside = {name: count for name, count in values.items() if name != "paragraphs"}
    return tuple(chain(_counted(speaker, words, ("words",)), parts(speaker, beside)))


def totals(change: FileChange, findings: Sequence[Finding]) -> Spoken:
    """Lines that findings tell, and those of the whole file as its row in the table has them."""
    told: Spoken = {
        f"{name}_total": sum(integer(finding.values.get(name)) for finding in findings) or None
        for name in ("added", "removed")
    }
    rows = sum(integer(finding.values.get("rows")) for finding in findings)
    told |= {"rows_total": rows or None}
    return told | {"file_added": change.additions, "file_removed": change.deletions}


def changed_size(finding: Finding) -> int:
    """Lines of code that came or went."""
    return sum(integer(finding.values.get(name)) for name in ("lines_added", "lines_removed"))


def integer(value: Json) -> int:
    return value if isinstance(value, int) else 0

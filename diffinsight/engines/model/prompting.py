"""What a model is asked: fixed instructions first, then the data, marked as data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from string import Template

from diffinsight.change_types import TYPES
from diffinsight.conversation import Request
from diffinsight.engines.model.excerpts import Excerpt, excerpt_of
from diffinsight.engines.model.masking import mask
from diffinsight.models import FileAnalysis, Finding, Json

_TEXTS = ("files.md", "overview.md", "again.md", "files.schema.json", "overview.schema.json")
_ASCII_PER_TOKEN = 4  # about, in all current vocabularies; other scripts take about one each
_MOST_FACTS = 40
_LONGEST_FACT = 160
# Their words stand in the patch, which is shown as well.
_IN_PATCH = (
    "paragraph-", "list-item-", "step-", "code-", "html-", "table-row-", "note-", "text-",
)  # fmt: skip
_TOLD = (
    "section", "anchor", "links", "count", "number", "redirect", "path", "rule", "reason",
    "direction", "rows", "words", "column", "steps", "code_blocks", "images", "tables",
    "diagrams",
)  # fmt: skip
_ANSWER_TOKENS = 350  # of one file, about
_SPARE_TOKENS = 4_000  # reasoning models think within the same limit


def prompt_text(name: str) -> str:
    return resources.files("diffinsight").joinpath("prompts", name).read_text(encoding="utf-8")


@cache
def prompt_version() -> str:
    """Changes with any word of the prompts."""
    return hashlib.sha256("\0".join(map(prompt_text, _TEXTS)).encode()).hexdigest()[:16]


def tokens_in(text: str) -> int:
    """About how many tokens a text is, on the high side."""
    ascii_length = len(text.encode("ascii", "ignore"))
    return ascii_length // _ASCII_PER_TOKEN + (len(text) - ascii_length) + 1


def question_about(analysis: FileAnalysis, twins: int = 0) -> str:
    """A file as it is put to a model. ``twins``: how many others were changed in the same way."""
    excerpt = excerpt_of(analysis.change.patch or "", analysis.findings)
    return mask(delimited("\n".join(_described(analysis, excerpt, twins))))


def _described(analysis: FileAnalysis, excerpt: Excerpt, twins: int) -> Iterator[str]:
    change = analysis.change
    yield f"path: {one_line(change.path)}"
    if change.previous_path:
        yield f"path before: {one_line(change.previous_path)}"
    yield f"status: {change.status}, {change.additions} lines added, {change.deletions} removed"
    yield f"type by the facts: {analysis.type}"
    if twins:
        yield f"the same change was made in {twins} other files"
    yield "facts:"
    yield from facts(analysis.findings)
    yield "patch:"
    yield excerpt.text
    if excerpt.left_out:
        yield f"not shown of the patch: {', '.join(map(one_line, excerpt.left_out))}"


def facts(findings: Sequence[Finding], most: int = _MOST_FACTS) -> Iterator[str]:
    """A line for each finding, the weightiest first."""
    ranks = {"breaking": 0, "notable": 1, "minor": 2, "noise": 3}
    ranked = sorted(findings, key=lambda finding: ranks[finding.impact])
    for finding in ranked[:most]:
        yield f"- {fact(finding)}"
    if len(ranked) > most:
        yield f"- and {len(ranked) - most} smaller ones"


def fact(finding: Finding) -> str:
    """A finding in one line."""
    parts = [finding.kind, f'"{one_line(finding.subject)}"']
    if not finding.kind.startswith(_IN_PATCH):
        sides = [one_line(side) if side else "-" for side in (finding.before, finding.after)]
        if sides != ["-", "-"] and sides[1] != one_line(finding.subject):
            parts.append(" -> ".join(sides))
    told = [
        f"{key}: {one_line(str(finding.values[key]))}"
        for key in _TOLD
        if _says(finding.values, key)
    ]
    told += [finding.impact] if finding.impact in ("breaking", "noise") else []
    return " ".join(parts) + (f" ({'; '.join(told)})" if told else "")


def _says(values: Mapping[str, Json], key: str) -> bool:
    return isinstance(values.get(key), str | int) and values[key] not in ("", 0, False)


def one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_FACT else line[: _LONGEST_FACT - 1] + "…"


def delimited(text: str) -> str:
    """Data between marks that it cannot hold: they carry a digest of it."""
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]
    return f"<<<{digest}\n{text}\n{digest}>>>"


def request_for_files(questions: Sequence[str], language: str, again: str = "") -> Request:
    """One request about one file or several; ``again``: what was wrong with the first answer."""
    numbered = (f"file {n}\n{text}" for n, text in enumerate(questions, start=1))
    return Request(
        system=system("files.md", language),
        user="\n\n".join((*numbered, again) if again else numbered),
        schema_name="files",
        schema=prompt_text("files.schema.json"),
        max_output_tokens=_SPARE_TOKENS + 2 * _ANSWER_TOKENS * len(questions),
    )


def request_for_overview(text: str, language: str, again: str = "") -> Request:
    return Request(
        system=system("overview.md", language),
        user="\n\n".join(filter(None, (mask(delimited(text)), again))),
        schema_name="overview",
        schema=prompt_text("overview.schema.json"),
        max_output_tokens=_SPARE_TOKENS + 8 * _ANSWER_TOKENS,
    )


def system(name: str, language: str) -> str:
    """The instructions: the same text for all questions of a run."""
    types = ", ".join(f'"{type_}"' for type_ in TYPES)
    return Template(prompt_text(name)).substitute(language=language, types=types)


def told_again(faults: Iterable[str]) -> str:
    listed = "\n".join(f"- {fault}" for fault in faults)
    return Template(prompt_text("again.md")).substitute(faults=mask(delimited(listed)))


def key_of(*parts: str) -> str:
    """A name for an answer: everything it depends on, digested."""
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()

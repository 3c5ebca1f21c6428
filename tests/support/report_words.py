"""Numbers, quotations and code in a report's words, and the findings they have to come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from diffinsight.languages import Phrases
from diffinsight.markdown_text import as_shown, one_line
from diffinsight.models import FileAnalysis, Json

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def _plain(markdown: str) -> str:
    """Words without the escapes and invisible marks that keep them words."""
    text = _LINK.sub(r"\1", markdown.replace("\u200b", ""))
    return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


def code_in(markdown: str) -> list[str]:
    return [found[2].strip() for found in _CODE.finditer(markdown.replace("\u200b", ""))]


def quotations_in(markdown: str, phrases: Phrases) -> list[str]:
    start, end = phrases.quote("\0").split("\0")
    return re.findall(f"{start}([^{start}{end}]*){end}", _plain(markdown))


def numbers_in(markdown: str, phrases: Phrases) -> list[int]:
    """Numbers of the sentences themselves: not those in quotations, code or names."""
    start, end = phrases.quote("\0").split("\0")
    text = re.sub(f"{start}[^{start}{end}]*{end}", " ", _plain(_CODE.sub(" ", markdown)))
    found = re.findall(r"(?<![\w.,/#-])\d[\d,]*(?![\w./-]*[A-Za-z_/-])", text)
    return [int(number.replace(",", "")) for number in found]


def _strings(value: Json) -> Iterator[str]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _strings(item)
    elif value is not None:
        yield str(value)


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What may be named: the findings' texts and numbers, and the counts of things found."""

    text: str
    numbers: frozenset[int]
    most: int  # things that can be counted

    @staticmethod
    def of(files: Iterable[FileAnalysis], phrases: Phrases) -> Grounds:
        listed = tuple(files)
        parts = [part for file in listed for part in _parts(file)]
        names = (
            str(phrases.say(key))
            for part in parts
            for key in (f"code_languages.{part.lower()}", f"note_kinds.{part}")
            if phrases.has(key)
        )
        told = [*parts, *names]
        text = "\n".join(
            _folded(shape) for part in told for shape in (one_line(part), as_shown(part))
        )
        shapes = re.findall(r"\d{1,9}", text) + re.findall(r"\d{1,3}(?:,\d{3})+", text)
        numbers = {int(found.replace(",", "")) for found in shapes}
        findings = [finding for file in listed for finding in file.findings]
        counts = [value for finding in findings for value in finding.values.values()
                  if isinstance(value, int)]  # fmt: skip
        return Grounds(
            text=text,
            numbers=frozenset(numbers),
            most=max(len(findings) + sum(counts), len(listed)),
        )

    def have(self, quotation: str) -> bool:
        """Whether all parts of a quotation that is cut at ``…`` are there."""
        return all(_folded(part) in self.text for part in quotation.split("…"))

    def count(self, number: int) -> bool:
        return number in self.numbers or number <= self.most


def _parts(file: FileAnalysis) -> Iterator[str]:
    change = file.change
    yield from (change.path, change.previous_path or "", str(change.additions))
    yield from (str(change.deletions), change.patch or "")
    yield from re.findall(r"[-+ ](.*)", change.patch or "")
    yield from change.path.split("/")
    for finding in file.findings:
        yield from (finding.kind, finding.subject, finding.before or "", finding.after or "")
        yield from _strings(finding.values)
        for lines, text in (
            (finding.before_lines, change.before),
            (finding.after_lines, change.after),
        ):
            yield from map(str, lines or ())
            yield from _written(lines, text or "") if lines else ()


def _written(lines: tuple[int, int], text: str) -> Iterator[str]:
    """The first and the last of some lines that are not blank."""
    numbered = enumerate(text.splitlines(), 1)
    said = [n for n, line in numbered if lines[0] <= n <= lines[1] and line.strip(" \t>")]
    yield from map(str, (said[:1] + said[-1:]))


def _folded(text: str) -> str:
    return re.sub(r"[\s`*\\]+", "", text).lower()

"""The parts of a sentence that name something: code, quotations, addresses, paths, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diffinsight.engines.checking.lexicon import lexicon

AnchorKind = Literal["code", "quotation", "url", "path", "identifier", "name"]
ASIAN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f"

_URL = r"(?:https?|ftp)://[^\s<>`\"'「」『』（）()、。，\u3040-\u30ff\u4e00-\u9fff]+|mailto:\S+"  # noqa: RUF001
_QUOTATION = r"""
    “(?P<q1>[^”\n]+)” | 「(?P<q2>(?:[^「」\n]|「[^」\n]*」)+)」 | 『(?P<q3>[^』\n]+)』
  | (?<!\w)\"(?P<q4>[^\"\n]+)\" | «\s*(?P<q5>[^»\n]+?)\s*» | „(?P<q6>[^“”\n]+)[“”]
  | (?<!\w)‘(?P<q7>[^’\n]{2,})’(?!\w) | (?<!\w)'(?P<q8>[^'\n]{2,})'(?!\w)    # no apostrophes
  | 《(?P<q9>[^》\n]+)》
"""  # noqa: RUF001 - quotation marks are meant
_PATH = r"""(?P<path>
    (?<![\w/.])(?:[\w.@-]+/)+[\w.@-]*\w             # a/b
  | (?<![\w/])/(?:[\w.-]+/)+[\w.-]*\w               # /a/b
  | (?<![\w/])[\w-]+(?:\.[\w-]+)*\.                 # a file alone, by its ending
    (?:md|mdx|ya?ml|json|png|jpe?g|svg|gif|html?|txt|py|ts|js
      |toml|ipynb|cs|java|go|sh|ps1|rst|csv|xml|ini|cfg|webp|pdf)\b
)"""
_IDENTIFIER = r"""(?P<id>
    (?<![\w-])--?[A-Za-z][\w-]+                     # --option
  | \b[A-Za-z]+(?:_[A-Za-z0-9]+)+\b                 # snake_case
  | \b[a-z]+(?:[A-Z][a-z0-9]*)+\b                   # camelCase
  | \b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+\b           # PascalCase
  | \b(?=[\w.-]*[A-Za-z])(?=[\w.-]*\d)              # letters and digits: gpt-4.1
    [A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*\b
  | \b[a-z][\w-]*(?:\.[a-z_][\w-]*)+\b              # dotted.name
  | \bv?\d+(?:\.\d+){2,}\b                          # 1.2.3
  | \b\d{4}-\d{2}-\d{2}(?:-[a-z]+)?\b               # 2025-06-03-preview
)"""
_PATTERNS: tuple[tuple[AnchorKind, str], ...] = (
    ("code", r"(?P<tick>`+)(?P<code>[^`\n]+?)(?P=tick)"),
    ("url", rf"(?P<url>{_URL})"),
    ("quotation", _QUOTATION),
    ("path", _PATH),
    ("identifier", _IDENTIFIER),
)
_ANCHOR = re.compile("|".join(pattern for _, pattern in _PATTERNS), re.ASCII | re.VERBOSE)
_GROUPS: dict[str, AnchorKind] = {
    "code": "code",
    "url": "url",
    "path": "path",
    "id": "identifier",
    **dict.fromkeys((f"q{number}" for number in range(1, 10)), "quotation"),
}
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’]*[A-Za-z]|[A-Z]")  # noqa: RUF001
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•■]|^\s*[-*]|\d[.)])[\s*_“\"'(]*$")
# Ordinals and sizes: 1st, 3x, 10th.
_COUNTED = re.compile(r"\d+(?:st|nd|rd|th|x|s)", re.IGNORECASE)
BLANK = "\u25a0"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something named, where it stands."""

    kind: AnchorKind
    text: str
    start: int
    end: int

    @property
    def marked(self) -> bool:
        """Set off from the prose by its own marks."""
        return self.kind in ("code", "quotation")


def anchors(text: str) -> tuple[Anchor, ...]:
    """All but plain names, in order."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Anchor]:
    for found in _ANCHOR.finditer(text):
        group = next(name for name in _GROUPS if found[name] is not None)
        said = found[group]
        if group == "url":
            said = said.rstrip(".,;:!?*_")
        if group == "id" and _COUNTED.fullmatch(said):
            continue
        yield Anchor(_GROUPS[group], said, found.start(), found.start() + len(found[0]))


def blanked(text: str, known: tuple[Anchor, ...]) -> str:
    """``text`` with what is named blanked out, at the same length."""
    for anchor in known:
        text = text[: anchor.start] + BLANK * (anchor.end - anchor.start) + text[anchor.end :]
    return text


def names(blank: str, *, latin: bool) -> Iterator[Anchor]:
    """Names in prose: every Latin word where prose is in another script, else capitalised ones.

    ``latin``: whether the prose itself is in Latin letters.
    """
    trade = lexicon().trade
    for found in _LATIN.finditer(blank):
        word = found[0].removesuffix("'s").removesuffix("’s")  # noqa: RUF001
        if word.lower() in trade or (latin and not word[0].isupper()):
            continue
        if latin and _SENTENCE_START.search(blank[: found.start()]) and _may_start(word):
            continue
        yield Anchor("name", word, found.start(), found.end())


def _may_start(word: str) -> bool:
    """Whether a capitalised word may be there because a sentence begins with it."""
    words = lexicon()
    plain = word.lower()
    return bool(words.inflected.search(plain)) or plain in words.starters

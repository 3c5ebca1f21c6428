"""One of two texts that are told beside each other, in words and with marks for what is cut."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diffinsight.engines.quoting.cutting import ELLIPSIS, cut
from diffinsight.engines.quoting.endings import promises_more

BESIDE = 3  # words after what differs
MOST_BESIDE = 6  # ... until one says something, or a bracket closes
LITTLE = 0.5  # of a quotation: there is room for more
# A word with its marks; East Asian text has no spaces: a run of one class of characters.
_CHUNK = re.compile(
    r"[\u3400-\u9fff々]+[、。，；：）」]*"  # noqa: RUF001 - East Asian marks are meant
    r"|[\u3041-\u309f]+[、。，；：）」]*"  # noqa: RUF001 - East Asian marks are meant
    r"|[\u30a0-\u30ff]+[、。，；：）」]*"  # noqa: RUF001 - East Asian marks are meant
    r"|[^\s\u3041-\u30ff\u3400-\u9fff々]+"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    text: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> Side:
        return cls(text=text, spans=tuple(found.span() for found in _CHUNK.finditer(text)))

    @property
    def words(self) -> list[str]:
        return [self.text[start:end] for start, end in self.spans]

    def slice(self, first: int, end: int) -> str:
        return self.text[self.spans[first][0] : self.spans[end - 1][1]] if first < end else ""

    def shown(self, first: int, end: int) -> str:
        """The words from ``first`` up to ``end``, with marks for what is left out."""
        text = self.slice(first, end)
        opened, closed = first > 0, end < len(self.spans)
        head = self.text[: self.spans[first][0]] if first < len(self.spans) else self.text
        if head.count("`") % 2 and text:  # code begins before it
            text = f"`{text}"
        if closed:
            text = text.rstrip(" ,.;:、。")
        if text.count("`") % 2 and closed:
            text += "`"
        return (ELLIPSIS if opened else "") + text + (ELLIPSIS if closed else "")

    def cut(self, first: int, end: int, limit: int) -> str:
        """From ``first`` on: all the rest, a few words more than up to ``end``, or what fits."""
        first = min(first, len(self.spans) - 1)
        whole = self.shown(first, len(self.spans))
        if len(whole) <= limit and len(self.spans) - end <= MOST_BESIDE:
            return whole
        least = max(end, first + 1)
        most = min(end + BESIDE, len(self.spans))
        while most < len(self.spans) and len(self.shown(first, most)) < limit * LITTLE:
            most += 1
        for last in range(most, least - 1, -1):
            text = self.shown(first, last)
            ahead = self.words[last] if last < len(self.words) else ""
            leads = promises_more(self.words[:last], ahead)
            if len(text) <= limit and (last == least or not leads):
                return text
        return self.rest(first, limit)

    def rest(self, first: int, limit: int) -> str:
        """From ``first`` on, as much as fits."""
        first = min(first, len(self.spans) - 1)
        return cut((ELLIPSIS if first else "") + self.text[self.spans[first][0] :], limit)

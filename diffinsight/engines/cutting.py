"""Quotations cut to a length, so that what matters in them is left."""

from __future__ import annotations

from posixpath import commonprefix

from diffinsight.markdown_text import as_shown, one_line

ELLIPSIS = "…"
_WORDS_AFTER = 3  # a difference
_WORTH_CUTTING = 12  # characters
_SEEN_FROM_START = 0.5  # of a quotation: a difference up to here shows without cutting its start


def shorten(text: str, limit: int) -> str:
    """``text`` as a reader sees it, on one line of at most ``limit`` characters."""
    return cut(as_shown(text), limit)


def cut(line: str, limit: int) -> str:
    """``line`` cut at a word; a path loses its start."""
    if len(line) <= limit:
        return line
    if "/" in line and " " not in line:
        tail = line[len(line) - limit + 1 :]
        return ELLIPSIS + (tail[tail.index("/") :] if "/" in tail.rstrip("/") else tail)
    return _cut_end(line, limit)


def _cut_end(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    at_word = head if line[limit - 1] == " " else head.rpartition(" ")[0]
    kept = (at_word if len(at_word) * 2 > len(head) else head).rstrip(" ,.;:、。")
    # Code that was cut open is closed, or its backtick would be shown.
    return kept + ("`" if kept.count("`") % 2 > line.count("`") % 2 else "") + ELLIPSIS


def around(line: str, word: str, limit: int) -> str:
    """``line`` cut so that ``word`` shows, when it stands in it."""
    position = line.lower().find(word.lower())
    if len(line) <= limit or position + len(word) < limit:
        return cut(line, limit)
    start = line.rfind(" ", 0, max(position - limit // 2, 0)) + 1
    return _cut_end(ELLIPSIS + line[start:], limit)


def contrast(before: str, after: str, limit: int, *, source: bool = False) -> tuple[str, str]:
    """Two texts cut so that their difference shows; ``source``: as written, not as shown."""
    old, new = (
        (one_line(before), one_line(after)) if source else (as_shown(before), as_shown(after))
    )
    if old == new:
        old, new = one_line(before), one_line(after)
    if max(len(old), len(new)) <= limit:
        return old, new
    start = _word_before(old, len(commonprefix([old, new])))
    old, new = _without_common_end(old, new)
    if start <= limit * _SEEN_FROM_START:
        whole = cut(old, limit), cut(new, limit)
        if whole[0] != whole[1]:
            return whole
    mark = ELLIPSIS if start > 0 else ""  # paths lose their start, where they may differ
    told = [_cut_end(mark + text[max(start, 0) :].lstrip(), limit) for text in (old, new)]
    return (told[0], told[1]) if told[0] != told[1] else _around_place(old, new, limit)


def _around_place(old: str, new: str, limit: int) -> tuple[str, str]:
    """Two addresses from shortly before what differs on."""
    start = max(len(commonprefix([old, new])) - limit // 2, 0)
    return tuple(_cut_end((ELLIPSIS if start else "") + text[start:], limit) for text in (old, new))  # type: ignore[return-value]  # two in, two out


def _without_common_end(old: str, new: str) -> tuple[str, str]:
    """Two sentences without what both end in, but for the words after what differs."""
    if " " not in old or " " not in new:
        return old, new
    start = len(commonprefix([old, new]))
    same = min(len(commonprefix([old[::-1], new[::-1]])), len(old) - start, len(new) - start)
    end = old[len(old) - same :]
    kept = " ".join(end.split(" ")[: _WORDS_AFTER + 1])
    if len(end) - len(kept) < _WORTH_CUTTING:
        return old, new
    left = len(end) - len(kept)
    return tuple(text[: len(text) - left].rstrip(" ,.;:") + ELLIPSIS for text in (old, new))  # type: ignore[return-value]  # two in, two out


def _word_before(text: str, position: int) -> int:
    """Where the word before the one at ``position`` starts; in an address, its own segment."""
    if " " not in text:
        return max(text.rfind(mark, 0, position) for mark in "/#?&") if position else 0
    for _ in range(2):
        position = max(text.rfind(" ", 0, position), 0)
    return position


def difference(before: str, after: str) -> tuple[str, str]:
    """The path segments that differ between two targets."""
    old, new = before.split("/"), after.split("/")
    start = len(commonprefix([old, new]))
    end = len(commonprefix([old[start:][::-1], new[start:][::-1]]))
    return "/".join(old[start : len(old) - end]), "/".join(new[start : len(new) - end])

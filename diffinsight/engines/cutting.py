"""Quotations cut to a length, so that what matters in them is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import commonprefix

from diffinsight.markdown_text import as_shown, one_line
from diffinsight.matching.sentences import sentences

ELLIPSIS = "…"
_WORDS_AFTER = 3  # a difference
_WORTH_CUTTING = 12  # characters
_DOTS = 2  # in an identifier, such as build.metadata.name: its last part is what it names
_PARTS = "/-_.#?&="  # marks between the parts of an address
_SUBJECT = 0.4  # of a cut sentence: its start, which says what it is about
_BEFORE_WORD = 12  # characters before a word that has to show
_NAME_END = 0.35  # of a cut name
_LEAST_NAME = 36  # characters of a name that can lose its middle
_SEEN_FROM_START = 0.5  # of a quotation: a difference up to here shows without cutting its start


def shorten(text: str, limit: int) -> str:
    """``text`` as a reader sees it, on one line of at most ``limit`` characters."""
    return cut(as_shown(text), limit)


def cut(line: str, limit: int) -> str:
    """``line`` cut at a word; a path loses its start."""
    if len(line) <= limit:
        return line
    if "/" in line and " " not in line:
        page, asked, _ = line.partition("?")
        if asked:  # the page is what it leads to
            return cut(page, limit - 2) + asked + ELLIPSIS
        return ELLIPSIS + _end_of_address(line[len(line) - limit + 1 :])
    return _cut_end(line, limit)


def _cut_end(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    if " " not in line:
        last = line.rpartition(".")[2]
        if line.count(".") >= _DOTS and len(last) + 2 <= limit and last.isidentifier():
            return f"{ELLIPSIS}.{last}"
        return _cut_address(head, line[limit - 1]) + ELLIPSIS
    at_word, _, word = (head, "", "") if line[limit - 1] == " " else head.rpartition(" ")
    whole = len(at_word) * 2 > len(head) or (at_word and word.isalpha())
    kept = _before_open_code(_before_open_name(at_word if whole else head), line)
    return (
        kept.rstrip(" ,.;:、。(")
        + ("`" if kept.count("`") % 2 > line.count("`") % 2 else "")
        + ELLIPSIS
    )


def _end_of_address(tail: str) -> str:
    """``tail`` from the first mark that parts it on, where one is not near its end."""
    for marks in ("/", "#?&", "-_."):
        places = [at for at in (tail.find(mark) for mark in marks) if at >= 0]
        if places and min(places) * 2 < len(tail) + (len(tail) if marks == "/" else 0) - 2:
            return tail[min(places) :]
    return tail


def _cut_address(head: str, following: str) -> str:
    """The start of an address or a name, up to a mark that parts it, where that is not near."""
    if following in _PARTS:
        return head
    marks = [found.start() for found in re.finditer(f"[{re.escape(_PARTS)}]", head)]
    fitting = [at for at in marks if at * 2 > len(head)]
    return head[: fitting[-1]] if fitting else head


def _before_open_name(head: str) -> str:
    """``head`` without a placeholder such as <user name> that was cut open."""
    before, opened, name = head.rpartition("<")
    return before if opened and ">" not in name and name[:1].isalpha() and before else head


def _before_open_code(head: str, line: str) -> str:
    """``head`` without code that was cut open, unless that is most of it."""
    if (line.startswith(ELLIPSIS) and line.count("`") % 2) or not head.count("`") % 2:
        return head
    before = head[: head.rindex("`")]
    return before if len(before) * 2 > len(head) else head


def around(line: str, word: str, limit: int) -> str:
    """``line`` cut so that its start and ``word`` show, when the word stands in it."""
    position = line.lower().find(word.lower())
    if len(line) <= limit or position < 0:
        return cut(line, limit)
    sentence = next(part for part in _sentences_at(line, position) if part)
    if len(sentence) <= limit:
        return sentence
    position = sentence.lower().find(word.lower())
    if position + len(word) < limit:
        return cut(sentence, limit)
    subject = _cut_end(sentence, int(limit * _SUBJECT))
    start = sentence.rfind(" ", 0, max(position - _BEFORE_WORD, 0)) + 1
    if position + len(word) - start >= limit - len(subject) - 1:  # the word would be cut off
        return ELLIPSIS + _cut_end(sentence[start:], limit - 1)
    return f"{subject} {_cut_end(sentence[start:], limit - len(subject) - 1)}"


def _sentences_at(line: str, position: int) -> Iterator[str]:
    """The sentence of ``line`` that holds ``position``, or else all of it."""
    end = 0
    for sentence in sentences(line):
        start = line.index(sentence, end)
        end = start + len(sentence)
        if start <= position < end:
            yield sentence
    yield line


def cut_name(text: str, limit: int) -> str:
    """The name of a page or section on one line; one too long loses its middle.

    The words that tell it from others often are its last ones.
    """
    line = as_shown(text)
    if len(line) <= limit or limit < _LEAST_NAME or " " not in line:
        return cut(line, limit)
    words = line.split(" ")
    tail = words[-1]
    for word in reversed(words[:-1]):
        if len(tail) + len(word) + 1 > limit * _NAME_END:
            break
        tail = f"{word} {tail}"
    if len(tail) > limit // 2 or "`" in tail:
        return cut(line, limit)
    return f"{_cut_end(line, limit - len(tail) - 1)} {tail}"


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
    if told[0] == told[1] and " " in old:  # what stands before it leaves no room for it
        start = old.rfind(" ", 0, len(commonprefix([old, new]))) + 1
        told = [_cut_end(ELLIPSIS + text[start:], limit) for text in (old, new)]
    return (told[0], told[1]) if told[0] != told[1] else _around_place(old, new, limit)


def _around_place(old: str, new: str, limit: int) -> tuple[str, str]:
    """Two addresses from shortly before what differs on."""
    start = len(commonprefix([old, new]))
    for _ in range(2):
        start = max(old.rfind(mark, 0, start) for mark in _PARTS) if start > 0 else 0
    start = max(start, 0)
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
    told = (_without_open_code(text[: len(text) - left], text, start) for text in (old, new))
    return tuple(text.rstrip(" ,.;:") + ELLIPSIS for text in told)  # type: ignore[return-value]  # two in, two out


def _without_open_code(kept: str, text: str, start: int) -> str:
    """``kept`` of ``text`` without code that was cut open behind what differs, at ``start``."""
    last = kept.rfind("`")
    opened = kept.count("`") % 2 and not text.count("`") % 2
    return kept[:last] if opened and last > start else kept


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

"""Quotations cut to a length, so that what matters in them is left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.engines.quoting.endings import closed, holds_anyway, main_clause, promises_more
from diffinsight.engines.quoting.turning import turn, verb_before, verb_behind
from diffinsight.markdown_text import as_shown
from diffinsight.matching.sentences import sentences

ELLIPSIS = "…"
# Without it, the rest of a name says the contrary.
_NEGATION = re.compile(
    r"(?i)\b(?:not|no|never|without|cannot)\b|n['\u2019]t\b|ない|ません|[不没未无]"
)
_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]$")  # noqa: RUF001 - East Asian brackets are meant
# In brackets, an address or a few words.
_BESIDE = re.compile(r"\((?:<?https?://[^\s()]+>?|(?:[^\s()`]+ ){2,20}[^\s()`]+)\)")
_SPELT_OUT = re.compile(r"^(\S+(?: [^\s()]+)+) \(([A-Z]{2,6})\)(?= )")  # before what it means
_CODE = re.compile(r"`[^`]*`")
_DOTS = 2  # in an identifier, such as build.metadata.name: its last part is what it names
_PARTS = "/-_.#?&="  # marks between the parts of an address
_SUBJECT = 0.4  # of a cut sentence: its start, which says what it is about
_SUBJECT_WITH_NAME = 0.6  # ... where a name stands in it
_LEAST_SUBJECT = 0.2  # ... where all the rest of it is told
_UNDER = 0.45  # of a cut sentence: the condition that it opens with
_LEAST_SAID = 16  # characters of what is said under a condition
_LEAST_ALONE = 30  # ... that is cut as well, and told without its condition
_ROOM_FOR_NOUN = 24  # ... for what a pronoun behind a condition stands for
_LEAST_UNDER = 28  # ... of a quotation that can do without the condition
_BEFORE_WORD = 12  # characters before a word that has to show
_NAME_END = 0.35  # of a cut name
_WHOLE_NAME_END = 0.5  # ... where it begins within another one
_LEAST_NAME = 42  # characters of a name that can lose its middle
_FEW_LETTERS = 12  # of the middle of a name: not worth cutting out
_ROOM = 0.3  # of a quotation: so much longer it may be where that brings it to a good end
_MOST_ROOM = 30  # characters
_TURNED = 0.2  # of a quotation: so much longer it may be to show that it denies something
_PRONOUN = re.compile(r"(?:it|they|he|she)\b")
_FEW = 4  # words: not worth cutting off
_LEAST_CUT = 2  # characters: one and the mark that it goes on
_AHEAD = 40  # characters that show whether a sentence ends there
_LEAST_SENTENCE = 0.6  # of a quotation that can as well end with a sentence


def longest(limit: int) -> int:
    """How many characters a quotation of ``limit`` may have to reach the end of a sentence."""
    return limit + min(int(limit * _ROOM), _MOST_ROOM)


def shorten(text: str, limit: int) -> str:
    """``text`` as a reader sees it, on one line of about ``limit`` characters."""
    return cut_text(as_shown(text), limit)


def cut_text(line: str, limit: int) -> str:
    """As `cut`, but so that no denial is lost, nor what is said beside a condition or brackets."""
    if line.startswith("(") and line.count("(") > line.count(")"):
        line = line[1:]  # it closes in a sentence that is not told
    if len(line) > longest(limit):
        line = _BESIDE.sub(f"({ELLIPSIS})", line)
    told = cut(line, limit)
    sentence = next(iter(sentences(line)), "")
    if told == line:
        return told
    led = "" if turn(sentence, 0) >= 0 else _led(line, sentence)
    if led and (len(led) < limit or len(told) - len(line) + len(led) < _LEAST_ALONE):
        return ELLIPSIS + cut_text(led, limit)
    kept = len(told.removesuffix(ELLIPSIS))
    turned = turn(sentence, kept) if " " in sentence else -1
    if turned > 0 and sentence.startswith(told[:kept]):
        return _with_turn(sentence, turned, limit)
    seen = limit >= _LEAST_NAME and sentence.startswith(told[:kept])
    verb = verb_behind(sentence, kept) if seen else -1
    with_verb = _with_turn(sentence, verb, limit, _LEAST_ALONE) if verb > _LEAST_ALONE else ""
    if with_verb and not promises_more(with_verb.removesuffix(ELLIPSIS).split(" ")):
        return with_verb
    at = main_clause(sentence)
    if at and _PRONOUN.match(sentence, at) and len(told) - at < _LEAST_ALONE:
        under = _with_noun(sentence, at, limit)
    else:
        under = _under_condition(sentence, at, told, limit)
    if under.endswith(ELLIPSIS) or sentence == line or not under:
        return under or told
    return under.rstrip(".") + ELLIPSIS


def _under_condition(sentence: str, at: int, told: str, limit: int) -> str:
    """What is said at ``at`` and as much of the condition as fits; empty: ``told`` says it."""
    anyway = holds_anyway(sentence) and len(sentence) - at < longest(limit)
    if not at or limit < _LEAST_UNDER or (len(told) - at > _LEAST_SAID and not anyway):
        return ""
    most = int(limit * _UNDER)
    opening = "" if holds_anyway(sentence) else _cut_end(sentence[: at - 2], most, most)
    if limit - len(opening) < _LEAST_NAME - _LEAST_SAID or opening.count(" ") < _FEW - 2:
        opening = ""  # a word or two are no condition
    room = limit - len(opening) - len(ELLIPSIS)
    said = cut(sentence[at:], room)
    least = _LEAST_SAID if opening or not said.endswith(ELLIPSIS) else _LEAST_ALONE
    if min(len(said), room) < least:
        return ""
    room = longest(limit) - len(said) - len(f"{ELLIPSIS}, ")
    if opening and room > most:
        opening = _cut_end(sentence[: at - 2], room, room)
    return (f"{opening}, " if opening else ELLIPSIS) + said


def _with_noun(sentence: str, at: int, limit: int) -> str:
    """What is said at ``at``, behind the last words of the condition: a pronoun stands for them."""
    said = cut(sentence[at:], max(limit - _ROOM_FOR_NOUN, min(limit, _LEAST_NAME)))
    room = longest(limit) - len(said) - len(f"{ELLIPSIS}, ")
    condition = sentence[: at - 2]
    if len(said) < _LEAST_ALONE:
        return ""
    if room < _LEAST_SAID:
        return ELLIPSIS + said
    named = condition[condition.find(" ", max(len(condition) - room - 1, 0)) + 1 :]
    opening = condition if len(condition) <= room else ELLIPSIS + named
    return f"{opening}, {said}"


def _led(line: str, sentence: str) -> str:
    """What the first words of ``line``, in its first ``sentence``, lead up to with a colon."""
    leads, _, led = line.partition(": ")
    whole = len(leads) < len(sentence) and not leads.count("`") % 2 and led[:1].isupper()
    return led if whole and len(leads.split()) > _FEW else ""


def _with_turn(sentence: str, at: int, limit: int, least: int = _LEAST_SAID) -> str:
    """A sentence cut so that the verb at ``at`` shows, with ``least`` characters before it."""
    most = limit + int(limit * _TURNED)
    head, tail = sentence[:at], sentence[at:].rstrip(".")
    if len(tail) > most - (len(ELLIPSIS) + 1 if least == _LEAST_SAID else least):
        tail = _cut_end(tail, most - least, most - least)
    room = most - len(tail) - len(ELLIPSIS)
    if len(head) <= room:
        return head + tail
    subject = "" if ", " in head else _ended(_cut_end(head, int(room * _SUBJECT)))[:-1]
    if subject.count('"') % 2:
        subject = _to_end_of_name(head, len(subject), room)
    if not subject.count(" ") or any(subject.count(mark) % 2 for mark in "'\""):
        subject = ""  # a word or a half of a name says nothing
    start = head.find(" ", max(at - room + len(subject), len(subject))) + 1 or at
    clause = head.find(", ", start - 1) + 2
    start = clause if 1 < clause < len(head) else start
    return f"{subject}{ELLIPSIS}{' ' if subject else ''}{_from_closed(head[start:])}{tail}"


def _to_end_of_name(head: str, at: int, room: int) -> str:
    """``head`` to the word behind the name in quotation marks that is open at ``at``."""
    end = head.find('"', at) + 1
    word = head.find(" ", end + 1)
    return head[: word if 0 < word <= room * _SUBJECT_WITH_NAME else end] if end else ""


def _from_closed(text: str) -> str:
    """``text`` from where code and a bracket end that were cut open."""
    if text.count("`") % 2:
        text = text.partition("`")[2]
    return (text.partition(")")[2] if text.count(")") > text.count("(") else text).lstrip()


def cut(line: str, limit: int) -> str:
    """``line`` cut where a sentence ends near, else at a word; a path loses its start."""
    if line.endswith(ELLIPSIS) and " " in line:  # it was cut before
        line = closed(line.removesuffix(ELLIPSIS).rstrip(), "").rstrip(" ,.;:") + ELLIPSIS
    if len(line) <= limit:
        return line
    if "/" in line and " " not in line:
        page, asked, _ = line.partition("?")
        if asked:  # the page is what it leads to
            return cut(page, limit - 2) + asked + ELLIPSIS
        return ELLIPSIS + _end_of_address(line[len(line) - limit + 1 :])
    if len(line) <= longest(limit) and len(line[limit - 1 :].split()) <= _FEW:
        return line
    end = _sentence_end(line, int(limit * _LEAST_SENTENCE), longest(limit))
    if end:
        return line[:end].rstrip(".。") + ELLIPSIS if end < len(line) else line
    return _cut_end(line, limit, longest(limit))


def _sentence_end(line: str, least: int, most: int) -> int:
    """Where the last of the sentences ends that end between ``least`` and ``most``; else 0."""
    found = end = 0
    for sentence in sentences(line[: most + _AHEAD]):
        end = line.index(sentence, end) + len(sentence)
        if least <= end <= most:
            found = end
    return found


def _cut_end(line: str, limit: int, most: int = 0) -> str:
    """``most`` characters may bring it to a good end; 0: any word will do."""
    if len(line) <= limit:
        return line
    if limit < _LEAST_CUT:
        return ELLIPSIS
    head = line[: limit - 1]
    if " " not in line:
        last = line.rpartition(".")[2]
        if line.count(".") >= _DOTS and len(last) + 2 <= limit and last.isidentifier():
            return f"{ELLIPSIS}.{last}"
        return _cut_address(head, line[limit - 1]) + ELLIPSIS
    at_word, _, word = (head, "", "") if line[limit - 1] == " " else head.rpartition(" ")
    whole = len(at_word) * 2 > len(head) or (at_word and word.isascii())
    kept = _before_open_name(at_word if whole else head)
    kept = _before_open_bracket(_before_open_code(kept, line))
    if most and " " in kept and line.startswith(kept):
        kept = closed(kept.rstrip(), line[len(kept) :], most - 1)
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


def _before_open_bracket(head: str) -> str:
    """``head`` without what stands in a bracket that was cut open, unless that is most of it."""
    before, opened, _ = head.rpartition(" (")
    open_one = opened and head.count("(") > head.count(")") and len(before) * 2 > len(head)
    return before if open_one else head


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
    if len(sentence) <= longest(limit):
        return sentence
    position = sentence.lower().find(word.lower())
    opening, _, said = sentence.partition(", ")
    if len(opening) < min(position, limit * _UNDER) and len(said) < limit and _is_aside(opening):
        return ELLIPSIS + said
    return _with_word(sentence, position, len(word), limit)


def _with_word(sentence: str, position: int, length: int, limit: int) -> str:
    """A sentence cut so that its start shows, and a word at ``position`` with its verb."""
    verb = verb_before(sentence, position)
    start = verb or sentence.rfind(" ", 0, max(position - _BEFORE_WORD, 0)) + 1
    left = limit - len(sentence) + start - 1
    if left >= limit * _LEAST_SUBJECT:
        return f"{_ended(_cut_end(sentence, left))} {sentence[start:]}"
    if position + length < limit:
        return cut(sentence, limit)
    subject = _ended(_cut_end(sentence, int(limit * _SUBJECT)))
    if position + length - start >= limit - len(subject) - 1:  # the word would be cut off
        return ELLIPSIS + _cut_end(sentence[start:], limit - 1)
    room = limit - len(subject) - 1
    return f"{subject} {_ended(_cut_end(sentence[start:], room, longest(room)))}"


def _is_aside(opening: str) -> bool:
    """Whether the words before a comma neither date what follows nor limit it."""
    return not any(map(str.isdigit, opening)) and not main_clause(f"{opening}, all of this is so.")


def _ended(text: str) -> str:
    """``text``, if it was cut, without the last words that lead up to something."""
    kept = text.removesuffix(ELLIPSIS)
    return text if kept == text else closed(kept, "").rstrip(" ,") + ELLIPSIS


def _sentences_at(line: str, position: int) -> Iterator[str]:
    """The sentence of ``line`` that holds ``position``, or else all of it."""
    end = 0
    for sentence in sentences(line):
        start = line.index(sentence, end)
        end = start + len(sentence)
        if start <= position < end:
            yield sentence
    yield line


def cut_lead(text: str, limit: int) -> str:
    """What leads into a list, by its end: there it says of what the members are a list."""
    line = as_shown(text)
    if len(line) <= longest(limit):
        return line
    return ELLIPSIS + _from_closed(line[line.find(" ", len(line) - limit) + 1 :])


def _without_words(found: re.Match[str]) -> str:
    """An abbreviation without the words before it that begin with its letters."""
    words = found[1].split()
    initials = "".join(word[0] for word in words[-len(found[2]) :])
    before = " ".join(words[: -len(found[2])])
    return f"{before}{ELLIPSIS} ({found[2]})" if initials == found[2] and before else found[0]


def cut_name(text: str, limit: int) -> str:
    """The name of a page or section on one line; one too long loses its middle.

    The words that tell it from others often are its last ones.
    """
    line = as_shown(text)
    if len(line) > limit:
        line = _SPELT_OUT.sub(_without_words, line)
    if len(line) <= limit or limit < _LEAST_NAME or " " not in line or line.endswith("?"):
        return cut(line, limit)
    bare = _ASIDE.sub("", line)
    if bare != line:
        return (
            bare if len(bare) < limit else cut_name(bare, limit - 1).rstrip(ELLIPSIS)
        ) + ELLIPSIS
    words = line.split(" ")
    tail = words[-1]
    for word in reversed(words[:-1]):
        inside = word[:1].isupper() and tail[:1].isupper()  # of a name with several words
        if len(tail) + len(word) + 1 > limit * (_WHOLE_NAME_END if inside else _NAME_END):
            break
        tail = f"{word} {tail}"
    head = _cut_end(line, limit - len(tail) - 1)
    middle = line[len(head) - len(ELLIPSIS) : -len(tail)]
    if len(tail) > limit // 2 or "`" in tail or _NEGATION.search(middle):
        return cut(line, limit)
    return f"{head} {tail}" if len(middle) > _FEW_LETTERS else line


def cut_start(text: str, limit: int) -> str:
    """The last words of a name, where others begin as it does; empty: there is no room for two."""
    line = as_shown(text)
    tail = line[len(line) - limit + len(ELLIPSIS) :].partition(" ")[2]
    tail = tail.partition("`")[2].lstrip() if tail.count("`") % 2 else tail
    return ELLIPSIS + tail if " " in tail else ""

"""What changed between two versions of code: whole lines, strings, options with their values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from diffinsight.matching.edits import Edit, edits
from diffinsight.matching.kinds import EditKind, classify
from diffinsight.matching.likeness import best_pairs
from diffinsight.matching.sequences import Change, changes
from diffinsight.matching.words import LONGEST_TEXT

COMMENT = re.compile(r"\s*(?:#|//|--(?![a-zA-Z])|;|/\*|\*(?!\*)|<!--|(?:rem|REM)\s)")
# A setting that is not in force, and nothing else: `# size = 4`.
COMMENTED_SETTING = re.compile(r"\s*(?:#|;|//)\s*([A-Za-z][\w.-]*)\s*[=:]\s*\S*\s*$")
_COMMENT_MARKS = re.compile(
    r"^\s*(?:#+|//+|--+|;+|/\*+|\*+|<!--+|rem\b|REM\b)|(?:\*/|(?<!-)--+>)\s*$"
)
# What has an end is looked for within a limit, or time would grow with the square of a line.
_TOKEN = re.compile(
    r'"(?:\\.|[^"\\\n]){0,1000}"'
    r"|(?<![\w'])'(?:\\.|[^'\\\n]){0,1000}'(?!\w)"
    r"|`[^`\n]{0,1000}`"
    r"|</?[A-Za-z_][\w .|:-]{0,200}>"
    r"|\{\{[^{}\n]{0,200}\}\}"
    r"|[^\s\"'`()\[\]{}<>,;=|&:]+(?::+[^\s\"'`()\[\]{}<>,;=|&:]+)*"
    r"|\S"
)
_KEY = re.compile(r"""\s*(?:[-*]\s+)?["']?([\w.$@-]+)["']?\s*[:=]""")
_FLAG = re.compile(r"--?[A-Za-z][\w-]*")
_QUOTED = re.compile(r"([\"'`]).*\1", re.DOTALL)
_LETTERS = re.compile(r"-\w{1,2}")  # of options: each program has its own
_CONTINUES = re.compile(r"(?:\\|(?<=\s)`|\^)\s*$")
_MEMBER = re.compile(r"""\s*["'][^"'\n]+["']\s*:\s*[{\[]?\s*$""")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_SEPARATORS = frozenset(":=")
_CONSTANTS = frozenset({"true", "false", "null", "none", "yes", "no", "on", "off"})
_MOST_SCORES = 2_500
_ALIKE = 0.34  # of the tokens of two lines: one is the other's new version
_SAME_KEY = 0.4  # how much more alike lines are that set the same
_LONGEST_STRING = 60  # characters of a string that is told whole
_LEAST_WORDS = 4  # of a longer one whose words are told; a path is none
_MOST_IN_STRING = 3  # differences in a longer one
_LONGEST_UNIT = 6  # lines of a value in brackets
_LONGEST_MEMBER = 60  # ... that has a name
_MOST_BETWEEN = 3  # marks between two differences that are told as one
_LEAST_LETTERS = 3  # fewer say nothing without the name that they are given to
_MOSTLY = 0.6  # of the tokens of a line: it is told whole


def code_edits(before: str, after: str) -> tuple[Edit, ...]:
    """Differences in order, none of them cut inside a token; white space counts for nothing."""
    if before == after or max(len(before), len(after)) > LONGEST_TEXT:
        return edits(before, after)
    old, new = ([line for line in text.split("\n") if line.strip()] for text in (before, after))
    # A comma at the end of a line comes and goes with the line after it.
    found = tuple(_compare(old, new, _loosely)) or tuple(_compare(old, new, _strictly))
    return found or (Edit(before="", after="", kind="spacing"),)


# A comment behind code, but no address or colour in it.
_TRAILING = re.compile(r"(?<=[;,)\]}\w])[ \t]+(?://|#)[ \t].*$")


def is_comment(text: str) -> bool:
    """Whether all lines say something to readers of the code only."""
    return all(COMMENT.match(line) for line in text.split("\n"))


def as_prose(comment: str) -> str:
    """What a comment says, on one line and without its marks."""
    lines = (_COMMENT_MARKS.sub("", line).strip() for line in comment.split("\n"))
    return " ".join(filter(None, lines))


def _strictly(line: str) -> str:
    return " ".join(line.split())


def _loosely(line: str) -> str:
    return " ".join(line.split()).rstrip(", ")


def _compare(old: Sequence[str], new: Sequence[str], key: Callable[[str], str]) -> Iterator[Edit]:
    for change in changes([key(line) for line in old], [key(line) for line in new]):
        yield from _hunk(old[slice(*change.before)], new[slice(*change.after)], key)


def _hunk(old: Sequence[str], new: Sequence[str], key: Callable[[str], str]) -> Iterator[Edit]:
    if "".join(map(_squeezed, old)) == "".join(map(_squeezed, new)):
        return
    same = _with_other_comments(old, new)
    for was, now in same:
        yield from _in_line(was.strip(), now.strip())
    old = [line for line in old if line not in {was for was, _ in same}]
    new = [line for line in new if line not in {now for _, now in same}]
    a = b = 0
    for next_a, next_b in [*_paired(old, new), (len(old), len(new))]:
        yield from (Edit(before=unit, after="", kind="words") for unit in units(old[a:next_a]))
        yield from (Edit(before="", after=unit, kind="words") for unit in units(new[b:next_b]))
        if next_a < len(old) and next_b < len(new):
            was, now = old[next_a].strip(), new[next_b].strip()
            if key is _loosely:
                was, now = was.rstrip(", "), now.rstrip(", ")
            yield from _in_line(was, now)
        a, b = next_a + 1, next_b + 1


def _with_other_comments(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Lines whose code is in both, each with another comment behind it."""
    there = {_TRAILING.sub("", line).strip(): line for line in new if _TRAILING.search(line)}
    here = {_TRAILING.sub("", line).strip(): line for line in old if _TRAILING.search(line)}
    return [(line, there[code]) for code, line in here.items() if code and code in there]


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Lines of which one is the other's new version, in order."""
    if len(old) == len(new) == 1:
        return [(0, 0)] if bool(COMMENT.match(old[0])) == bool(COMMENT.match(new[0])) else []
    if len(old) * len(new) > _MOST_SCORES:
        return []
    left, right = ([_Line.of(line) for line in side] for side in (old, new))
    return best_pairs([[_alike(one, other) for other in right] for one in left], _ALIKE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line made ready to be compared with many others."""

    words: Counter[str]
    key: str
    comment: bool

    @classmethod
    def of(cls, line: str) -> _Line:
        key = _KEY.match(line)
        words = (token for token in _TOKEN.findall(line) if any(map(str.isalnum, token)))
        return cls(Counter(words), key[1] if key else "", bool(COMMENT.match(line)))


def _alike(one: _Line, other: _Line) -> float:
    if one.comment != other.comment:
        return 0.0
    total = one.words.total() + other.words.total()
    same = 2 * (one.words & other.words).total() / total if total else 0.0
    return same + (_SAME_KEY if one.key and one.key == other.key else 0.0)


def units(lines: Sequence[str]) -> list[str]:
    """Lines that came or went, those of one bracketed value or one command as one.

    Marks that only close something are left out where something else is there to tell.
    """
    found: list[str] = []
    place = 0
    while place < len(lines):
        end = _end_of(lines, place)
        found.append("\n".join(lines[place:end]).strip().rstrip(",; "))
        place = end
    return [unit for unit in found if any(map(str.isalnum, unit))] or found[:1]


def _end_of(lines: Sequence[str], first: int) -> int:
    """The index after the last line of what begins at ``first``; the next one's if it is long."""
    depth = 0
    longest = _LONGEST_MEMBER if _MEMBER.match(lines[first]) else _LONGEST_UNIT
    for place in range(first, min(first + longest, len(lines))):
        depth += _depth(lines[place])
        opens = _CONTINUES.search(lines[place]) or lines[place].rstrip().endswith('":')
        if depth <= 0 and not opens:
            return place + 1
    return first + 1


def _depth(text: str) -> int:
    """How many brackets are open at its end; those in strings do not count."""
    marks = Counter(_TOKEN.findall(text))
    return sum(marks[mark] for mark in "([{") - sum(marks[mark] for mark in ")]}")


@dataclass(frozen=True, slots=True)
class _Code:
    """A line in tokens."""

    text: str
    tokens: tuple[re.Match[str], ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Code:
        tokens = tuple(_TOKEN.finditer(text))
        return cls(text, tokens, tuple(token[0] for token in tokens))

    def piece(self, run: tuple[int, int]) -> str:
        first, end = run
        return (
            self.text[self.tokens[first].start() : self.tokens[end - 1].end()]
            if first < end
            else ""
        )

    def left(self, first: int) -> str:
        end = self.tokens[first].start() if first < len(self.tokens) else len(self.text)
        return self.text[:end]

    def right(self, end: int) -> str:
        return self.text[self.tokens[end].start() :] if end < len(self.tokens) else ""


def _in_line(was: str, now: str) -> Iterator[Edit]:
    if COMMENT.match(was) and COMMENT.match(now):
        if not any(edit.kind in _sorts_told(was, now) for edit in edits(was, now)):
            yield Edit(before=was, after=now, kind="words")
            return
    elif any(map(_trails, (was, now))):
        yield from _with_comments_behind(was, now)
        return
    old, new = _Code.of(was), _Code.of(now)
    runs = list(_joined(list(changes(old.words, new.words)), old))
    touched = sum(run.before[1] - run.before[0] + run.after[1] - run.after[0] for run in runs)
    mostly = len(runs) > 1 and touched > _MOSTLY * (len(old.tokens) + len(new.tokens))
    if mostly or _shifted(runs, old, new):
        yield Edit(before=was, after=now, kind="words")
        return
    for run in runs:
        widened = _with_its_name(run, old, new)
        if not _stands_alone(widened, old, new):
            yield Edit(before=was, after=now, kind="words")
            return
        yield from _edits_of(widened, old, new)


def _shifted(runs: Sequence[Change], old: _Code, new: _Code) -> bool:
    """Whether words went in one place of a line and came in another: of a series, no one did."""
    gone = (old.words[slice(*run.before)] for run in runs if run.after[0] == run.after[1])
    came = (new.words[slice(*run.after)] for run in runs if run.before[0] == run.before[1])
    shared = {word for words in gone for word in words} & {word for words in came for word in words}
    return any(map(str.isalnum, "".join(shared)))


def _sorts_told(was: str, now: str) -> frozenset[str]:
    """The sorts of figures in a comment that are told without it; of a setting in it, all."""
    settings = all(map(COMMENTED_SETTING.match, (was, now)))
    return frozenset({"version", "number"} if settings else {"version"})


def _trails(line: str) -> bool:
    """Whether a comment stands behind code."""
    return bool(_TRAILING.search(line)) and not _is_open(_TRAILING.sub("", line))


def _with_comments_behind(was: str, now: str) -> Iterator[Edit]:
    """What differs in the code of two lines, then in the comments behind it."""
    lines = was, now
    old, new = (_TRAILING.sub("", line) if _trails(line) else line for line in lines)
    if old != new:
        yield from _in_line(old, new)
    notes = was.removeprefix(old).strip(), now.removeprefix(new).strip()
    if notes[0] != notes[1]:
        yield Edit(before=notes[0], after=notes[1], kind="words", left=new)


def _joined(runs: Sequence[Change], old: _Code) -> Iterator[Change]:
    """Differences with nothing but marks between them are one."""
    current: Change | None = None
    for run in runs:
        between = old.words[current.before[1] : run.before[0]] if current else []
        if (
            current
            and len(between) <= _MOST_BETWEEN
            and not any(map(str.isalnum, "".join(between)))
        ):
            current = Change(
                before=(current.before[0], run.before[1]), after=(current.after[0], run.after[1])
            )
        else:
            if current:
                yield current
            current = run
    if current:
        yield current


def _with_its_name(run: Change, old: _Code, new: _Code) -> Change:
    """A value with its option; one that says nothing alone with the key it is given to."""
    first = run.before[0]
    before = old.words[slice(*run.before)]
    after = new.words[slice(*run.after)]
    if first and _FLAG.fullmatch(old.words[first - 1]) and not _are_versions(before, after):
        named = not all(side and _FLAG.fullmatch(side[0]) for side in (before, after) if side)
        return _wider(run, 1) if named else run
    if not _tells_alone(before, after) and not _are_versions(before, after):
        names = old.words[:first]
        if len(names) > 1 and names[-1] in _SEPARATORS:
            return _wider(run, 2)
    if _is_bare_value(old, run.before) and _is_bare_value(new, run.after):
        return _wider(run, 2)
    return run


def _is_bare_value(code: _Code, run: tuple[int, int]) -> bool:
    """Whether it is one word without quotes that a key is set to; which one, the key says."""
    first, end = run
    return (
        end - first == 1
        and first > 1
        and code.words[first].isalpha()
        and code.words[first - 1] == "="
        and code.words[first - 2].isidentifier()
    )


def _tells_alone(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether values can be told without their name; `10` and `true` cannot."""
    bare = [_unquoted("".join(side)).lower() for side in (before, after)]
    letters = max(sum(map(str.isalpha, side)) for side in bare)
    return letters >= _LEAST_LETTERS and bare[0] != bare[1] and not _CONSTANTS.issuperset(bare)


def _are_versions(before: Sequence[str], after: Sequence[str]) -> bool:
    return len(before) == len(after) == 1 and (
        classify(_unquoted(before[0]), _unquoted(after[0])) == "version"
    )


def _wider(run: Change, tokens: int) -> Change:
    return Change(
        before=(run.before[0] - tokens, run.before[1]), after=(run.after[0] - tokens, run.after[1])
    )


def _stands_alone(run: Change, old: _Code, new: _Code) -> bool:
    """Whether both sides say something and close the brackets that they open."""
    sides = (old.piece(run.before), new.piece(run.after))
    if any(_LETTERS.fullmatch(side) for side in sides):
        return False
    open_ends = any(_is_open(side) for side in sides)
    return any(map(str.isalnum, "".join(sides))) and not open_ends


def _is_open(text: str) -> bool:
    stack: list[str] = []
    for token in _TOKEN.findall(text):
        if token in _BRACKETS.values():
            stack.append(token)
        elif token in _BRACKETS and (not stack or stack.pop() != _BRACKETS[token]):
            return True
    return bool(stack) or any(text.count(mark) % 2 for mark in '"`')


def _edits_of(run: Change, old: _Code, new: _Code) -> Iterator[Edit]:
    was, now = old.piece(run.before), new.piece(run.after)
    left, right = new.left(run.after[0])[-_LONGEST_STRING:], new.right(run.after[1])
    strings = len(old.words[slice(*run.before)]) == len(new.words[slice(*run.after)]) == 1
    if strings and was[0] == now[0] and all(map(_QUOTED.fullmatch, (was, now))):
        yield from _in_string(was, now, left, right)
        return
    if not (was and now):  # what came or went needs no comma beside it
        was, now = was.strip(", "), now.strip(", ")
    yield Edit(
        before=was, after=now, kind=_kind(was, now), left=left, right=right[:_LONGEST_STRING]
    )


def _in_string(was: str, now: str, left: str, right: str) -> Iterator[Edit]:
    """Two strings: whole, or the words that differ in long ones."""
    inner = _unquoted(was), _unquoted(now)
    kind = _kind(*inner)
    if kind == "version" or (all(inner) and max(map(len, inner)) <= _LONGEST_STRING):
        yield Edit(before=inner[0], after=inner[1], kind=kind, left=left + was[0], right=right)
        return
    prose = min(len(side.split()) for side in inner) >= _LEAST_WORDS
    found = edits(*inner) if prose else ()
    if not found or len(found) > _MOST_IN_STRING or not all(map(_tells, found)):
        whole = inner if all(inner) else (was, now)
        yield Edit(before=whole[0], after=whole[1], kind="words", left=left, right=right)
    else:
        yield from found


def _tells(edit: Edit) -> bool:
    """Whether words out of a string say something without those around them."""
    return all(
        not side or sum(map(str.isalnum, side)) >= _LEAST_LETTERS
        for side in (edit.before, edit.after)
    )


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and _QUOTED.fullmatch(text) else text


def _kind(was: str, now: str) -> EditKind:
    """In code, only figures are of a sort; nothing else counts as little."""
    found = classify(was, now) if was and now else "words"
    return found if found in {"version", "number"} else "words"

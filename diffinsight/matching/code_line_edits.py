"""What changed in a line of code: strings, options with their values, the comment behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diffinsight.matching.code_comments import COMMENT, COMMENTED_SETTING, trails, without_comment
from diffinsight.matching.code_tokens import QUOTED, Code, is_open, unquoted
from diffinsight.matching.edits import Edit, edits
from diffinsight.matching.kinds import EditKind, classify
from diffinsight.matching.sequences import Change, changes

_FLAG = re.compile(r"--?[A-Za-z][\w-]*")
_LETTERS = re.compile(r"-\w{1,2}")  # of options: each program has its own
_SEPARATORS = frozenset(":=")
_CONSTANTS = frozenset({"true", "false", "null", "none", "yes", "no", "on", "off"})
_LONGEST_STRING = 60  # characters of a string that is told whole
_LEAST_WORDS = 4  # of a longer one whose words are told; a path is none
_MOST_IN_STRING = 3  # differences in a longer one
_MOST_BETWEEN = 3  # marks between two differences that are told as one
_LEAST_LETTERS = 3  # fewer say nothing without the name that they are given to
_MOSTLY = 0.6  # of the tokens of a line: it is told whole


def edits_in_line(was: str, now: str) -> Iterator[Edit]:
    """Differences in order, none of them cut inside a token; the whole line where they say less."""
    if COMMENT.match(was) and COMMENT.match(now):
        if not any(edit.kind in _sorts_told(was, now) for edit in edits(was, now)):
            yield Edit(before=was, after=now, kind="words")
            return
    elif any(map(trails, (was, now))):
        yield from _with_comments_behind(was, now)
        return
    old, new = Code.of(was), Code.of(now)
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


def _shifted(runs: Sequence[Change], old: Code, new: Code) -> bool:
    """Whether words went in one place of a line and came in another: of a series, no one did."""
    gone = (old.words[slice(*run.before)] for run in runs if run.after[0] == run.after[1])
    came = (new.words[slice(*run.after)] for run in runs if run.before[0] == run.before[1])
    shared = {word for words in gone for word in words} & {word for words in came for word in words}
    return any(map(str.isalnum, "".join(shared)))


def _sorts_told(was: str, now: str) -> frozenset[str]:
    """The sorts of figures in a comment that are told without it; of a setting in it, all."""
    settings = all(map(COMMENTED_SETTING.match, (was, now)))
    return frozenset({"version", "number"} if settings else {"version"})


def _with_comments_behind(was: str, now: str) -> Iterator[Edit]:
    """What differs in the code of two lines, then in the comments behind it."""
    lines = was, now
    old, new = (without_comment(line) if trails(line) else line for line in lines)
    if old != new:
        yield from edits_in_line(old, new)
    notes = was.removeprefix(old).strip(), now.removeprefix(new).strip()
    if notes[0] != notes[1]:
        yield Edit(before=notes[0], after=notes[1], kind="words", left=new)


def _joined(runs: Sequence[Change], old: Code) -> Iterator[Change]:
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


def _with_its_name(run: Change, old: Code, new: Code) -> Change:
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


def _is_bare_value(code: Code, run: tuple[int, int]) -> bool:
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
    bare = [unquoted("".join(side)).lower() for side in (before, after)]
    letters = max(sum(map(str.isalpha, side)) for side in bare)
    return letters >= _LEAST_LETTERS and bare[0] != bare[1] and not _CONSTANTS.issuperset(bare)


def _are_versions(before: Sequence[str], after: Sequence[str]) -> bool:
    return len(before) == len(after) == 1 and (
        classify(unquoted(before[0]), unquoted(after[0])) == "version"
    )


def _wider(run: Change, tokens: int) -> Change:
    return Change(
        before=(run.before[0] - tokens, run.before[1]), after=(run.after[0] - tokens, run.after[1])
    )


def _stands_alone(run: Change, old: Code, new: Code) -> bool:
    """Whether both sides say something and close the brackets that they open."""
    sides = (old.piece(run.before), new.piece(run.after))
    if any(_LETTERS.fullmatch(side) for side in sides):
        return False
    open_ends = any(is_open(side) for side in sides)
    return any(map(str.isalnum, "".join(sides))) and not open_ends


def _edits_of(run: Change, old: Code, new: Code) -> Iterator[Edit]:
    was, now = old.piece(run.before), new.piece(run.after)
    left, right = new.left(run.after[0])[-_LONGEST_STRING:], new.right(run.after[1])
    strings = len(old.words[slice(*run.before)]) == len(new.words[slice(*run.after)]) == 1
    if strings and was[0] == now[0] and all(map(QUOTED.fullmatch, (was, now))):
        yield from _in_string(was, now, left, right)
        return
    if not (was and now):  # what came or went needs no comma beside it
        was, now = was.strip(", "), now.strip(", ")
    yield Edit(
        before=was, after=now, kind=_kind(was, now), left=left, right=right[:_LONGEST_STRING]
    )


def _in_string(was: str, now: str, left: str, right: str) -> Iterator[Edit]:
    """Two strings: whole, or the words that differ in long ones."""
    inner = unquoted(was), unquoted(now)
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


def _kind(was: str, now: str) -> EditKind:
    """In code, only figures are of a sort; nothing else counts as little."""
    found = classify(was, now) if was and now else "words"
    return found if found in {"version", "number"} else "words"

"""What is told of code that changed, came or went: its differences, or the names in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from diffinsight.engines.choosing.passages import Edit, Passage, edits_of
from diffinsight.engines.quoting.code_differences import (
    CodeEdit,
    Sort,
    as_code,
    brief,
    code_edits_of,
    differing,
    follows,
    other_values,
    worth_telling,
)
from diffinsight.engines.quoting.code_lines import (
    added_lines,
    changed_lines,
    changed_places,
    removed_lines,
)
from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.quoting.cutting import cut
from diffinsight.engines.quoting.differences import weightiest
from diffinsight.engines.quoting.voice import Voice
from diffinsight.engines.values.exchanges import said_exchange
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.matching.code_comments import as_prose
from diffinsight.matching.marks import adds_lone_mark, differ_in_ids
from diffinsight.matching.requests import request_of
from diffinsight.models import Finding

IMPORT = "import"  # what names that a line imports belong to
MOST_EDITS = 4  # more differences than these are told by the names in them, or by examples
MOST_SAMPLES = 3
MOST_BRIEF = 2  # differences that all can be told where code is counted
MOST_SWAPPED = 2  # differences of which one undoes the other
LEAST_EDIT = 3  # characters of a difference that a title can name
LONGEST_SAMPLE = 60  # characters
LONGEST_SIDES = 44  # ... of both sides of a comment in a title
LONGEST_ADDRESS = 160  # ... of an address, which is cut

_LONE_FLAG = re.compile(r"\S+ -\w")  # what it does is in the rest of the command
_SAYING = re.compile(r" .*[.!?]$")
_NOTE = re.compile(
    r"\s*(?:#(?!!)|//|--|;|/\*|<!--|rem\s|REM\s)"
)  # no item of a list, no first line


def code_of(speaker: Speaker, passages: Sequence[Passage]) -> Spoken:
    """Values for the phrases about ``passages``, which are all of one kind."""
    passages = sorted(passages, key=_first_line)
    findings = [passage.finding for passage in passages]
    if findings[0].kind != "code-changed":
        return _examples(findings)
    counted = any(passage.more_edits for passage in passages)
    edits = code_edits_of(passages)
    if counted:
        edits = Counter(dict.fromkeys(edits, 1))  # how many there are of each is not known
    places = _places(speaker, passages)
    found: Spoken = {"count": places} if speaker.source.in_hunks else {}
    told = worth_telling(edits, [passage.edits for passage in passages])
    along = [edit for edit in told if follows(edit, told)]
    if 0 < len(along) < len(told):  # told after the use of the name
        told = [edit for edit in told if edit not in along]
        found["code_along"] = _enumerate(
            speaker, {edit: edits[edit] or 1 for edit in along[:MOST_EDITS]}
        )
    titled = _titled(speaker, told, edits)
    titled["edit_instead"] = len(passages) == 1 and _gave_way(speaker, findings[0])
    if told and len(told) <= MOST_EDITS and not counted:
        shown = _in_lines(speaker, passages, told) or told
        said = {"code_edits": _enumerate(speaker, {edit: edits[edit] or 1 for edit in shown})}
        if len(shown) <= MOST_BRIEF:  # where code is counted
            key = "code_only" if places <= edits.total() else "code_sample"
            return said | found | titled | {key: said["code_edits"]}
        return said | found | titled | _brief(speaker, told)
    samples = _most_telling(told, edits)
    named = _names(findings)
    values = other_values(findings)[:MOST_SAMPLES] if named else []
    if values:
        found["code_values"] = _enumerate(speaker, dict.fromkeys(values, 1))
    named = named or _samples(speaker, samples, edits)
    return found | named | titled | _brief(speaker, samples)


def _gave_way(speaker: Speaker, finding: Finding) -> bool:
    """Whether lines of code went where others came, and none became another one."""
    change = speaker.source.change
    went, came = (
        {"", *(text.strip() for _, text in lines)}
        for lines in (removed_lines(change), added_lines(change))
    )
    edits = edits_of(finding.values)
    whole = all(
        before in went and after in came and "" in (before, after) for before, after in edits
    )
    return whole and any(before and not _NOTE.match(before) for before, _ in edits)


def _examples(findings: Sequence[Finding]) -> Spoken:
    """Of code that came or went."""
    commands, names = (_each(findings, name) or None for name in ("commands", "names"))
    commands = tuple(each for each in commands or () if not _LONE_FLAG.fullmatch(each)) or None
    having = sum(bool(_listed([finding], "commands")) for finding in findings)
    only = commands if having == 1 < len(findings) else None
    every = None if only else commands
    said: Spoken = {"commands": every, "one_runs": only, "uses": names}
    telling = [name for name in names or () if not (name.isalpha() and name.islower())]
    said["first_use"] = telling[0] if telling and not commands else None
    used = commands or names or ()
    # Only a list of as many as there are examples stands for them.
    return said | {"used" if len(used) == len(findings) else "used_some": used or None}


def _in_lines(
    speaker: Speaker, passages: Sequence[Passage], told: Sequence[CodeEdit]
) -> list[CodeEdit]:
    """A lone block's few lines that changed, where one of the differences says too little alone."""
    if len(passages) > 1 or all(edit.of for edit in told):
        return []
    lines = changed_lines(passages[0].finding, speaker.source.change)
    return worth_telling(CodeEdit(before=before, after=after) for before, after in lines)


def _first_line(passage: Passage) -> int:
    lines = passage.finding.after_lines or passage.finding.before_lines
    return lines[0] if lines else 0


def _places(speaker: Speaker, passages: Sequence[Passage]) -> int:
    """In how many places code changed, as far as it is known which examples they are in."""
    if not speaker.source.in_hunks:
        return len(passages)
    change = speaker.source.change
    return sum(changed_places(passage.finding, change) or 1 for passage in passages)


def _names(findings: Sequence[Finding]) -> Spoken:
    """Names that only the new or only the old code has."""
    came, gone = _listed(findings, "names_added"), _listed(findings, "names_removed")
    names = {
        "came": tuple(name for name in came if name not in gone),
        "gone": tuple(name for name in gone if name not in came),
    }
    found: Spoken = {name: listed for name, listed in names.items() if listed}
    return found | ({"first_came": names["came"][0]} if names["came"] else {})


def _samples(speaker: Speaker, edits: Sequence[CodeEdit], times: Counter[CodeEdit]) -> Spoken:
    """Some of many differences."""
    shown = {edit: times[edit] for edit in edits}
    return {"code_samples": _enumerate(speaker, shown)} if shown else {}


def _brief(speaker: Speaker, edits: Sequence[CodeEdit]) -> Spoken:
    """The most telling difference, for where there is room for one only."""
    limit = speaker.voice.limit
    told = [edit for edit in edits if all(map(_is_sample, edit.sides))]
    told = sorted(told, key=lambda edit: max(map(len, edit.sides)) > limit)
    return {"code_sample": _edit(speaker, told[0])} if told else {}


def _enumerate(speaker: Speaker, edits: Mapping[CodeEdit, int]) -> Markdown:
    """Differences in one list; several that all came, or all went, as one item."""
    if _are_swapped(tuple(edits)):
        before, after = map(as_code, next(iter(edits)).sides)
        before, after = contrast(before, after, speaker.voice.limit, source=True)
        return speaker.voice.say("code_edit.swapped", before=before, after=after)
    kinds = {edit.kind for edit in edits}
    alike = len(kinds) == 1 and sum(edits.values()) == len(edits) > 1
    owners = {edit.of for edit in edits}
    one = len(owners) == 1 and not any(" " in of or of == IMPORT for of in owners)
    plain = one and not any("`" in "".join(edit.sides) for edit in edits)
    if alike and plain and kinds != {"replaced"}:
        return _together(speaker, tuple(edits))
    if (
        plain
        and kinds == {"deleted", "inserted"}
        and sum(edits.values()) == len(edits) > len(kinds)
    ):
        sorts = (tuple(edit for edit in edits if edit.kind == kind) for kind in sorted(kinds))
        return speaker.voice.enumerate(
            _together(speaker, sort) if len(sort) > 1 else _edit(speaker, *sort) for sort in sorts
        )
    values = _of_one_key(speaker, edits)
    if values:
        return values
    said: Counter[Markdown] = Counter()
    for edit, times in edits.items():
        said[_edit(speaker, edit)] += times
    return speaker.voice.enumerate(
        speaker.voice.say("code_edit.places", edit=told, count=times) if times > 1 else told
        for told, times in said.items()
    )


def _of_one_key(speaker: Speaker, edits: Mapping[CodeEdit, int]) -> Markdown | None:
    """Several values of one key, all of them exchanged; None: they are something else."""
    owners = {edit.of for edit in edits}
    of = owners.pop()
    if len(edits) == 1 or owners or not all(map(_is_value, edits)):
        return None
    if not of or of == IMPORT or " " in of:
        return None
    pairs = []
    for edit, times in edits.items():
        old, new = map(as_code, edit.sides)
        before, after = contrast(old, new, speaker.voice.limit, source=True)
        marked = "pair" if "`" in before + after else "code_pair"
        pair = speaker.voice.say(marked, before=before, after=after)
        several = speaker.voice.say("code_edit.places", edit=pair, count=times)
        pairs.append(several if times > 1 else pair)
    return speaker.voice.say("code_edit.all_replaced", of=of, pairs=tuple(pairs))


def _is_value(edit: CodeEdit) -> bool:
    """Whether one value took another's place; an option of a command is none."""
    option = any(side.startswith("-") for side in edit.sides)
    return edit.kind == "replaced" and not edit.is_comment and not option


def _are_swapped(edits: Sequence[CodeEdit]) -> bool:
    return len(edits) == MOST_SWAPPED and edits[0].sides == edits[1].undone


def _together(speaker: Speaker, edits: Sequence[CodeEdit]) -> Markdown:
    texts = tuple(cut(as_code("".join(edit.sides)), speaker.voice.limit) for edit in edits)
    of = edits[0].of or None
    return speaker.voice.say(f"code_edit.all_{edits[0].kind}", texts=texts, of=of)


def _listed(findings: Iterable[Finding], name: str) -> tuple[str, ...]:
    """The distinct texts that the findings list under ``name``."""
    lists = (finding.values.get(name) for finding in findings)
    found = (str(item) for listed in lists if isinstance(listed, tuple | list) for item in listed)
    return tuple(dict.fromkeys(found))


def _each(findings: Sequence[Finding], name: str) -> tuple[str, ...]:
    """What the findings list under ``name``; one of each as often as there are findings."""
    each = [_listed([finding], name) for finding in findings]
    if all(len(listed) == 1 for listed in each):
        return tuple(listed[0] for listed in each)
    return _listed(findings, name)


def _most_telling(told: Sequence[CodeEdit], edits: Counter[CodeEdit]) -> list[CodeEdit]:
    """A few that matter most, of those alike the ones in many places; no samples beside names."""
    best = [edit for edit in told if all(map(_is_sample, edit.sides))]
    best = [edit for edit in best if edit.sort < Sort.SAMPLE] or best
    return sorted(best, key=lambda edit: (edit.sort, -edits[edit]))[:MOST_SAMPLES]


def _is_sample(side: str) -> bool:
    """Short, and no sentence of what a program says."""
    shown = as_code(side)
    address = " " not in shown and ("://" in shown or request_of(shown))
    most = LONGEST_ADDRESS if address else LONGEST_SAMPLE
    return len(shown) <= most and not _SAYING.search(shown)


def _titled(speaker: Speaker, told: Sequence[CodeEdit], edits: Iterable[CodeEdit]) -> Spoken:
    """What a title can name: the difference that matters most, if it is no sample among others."""
    own = [edit for edit in told if not follows(edit, told)]
    own = [edit for edit in own if not _is_new_comment(edit)] or own
    own = _as_one(own) or own
    if any(other.sides == first.undone for first in own[:1] for other in edits):
        return _swapped(own, speaker.voice.limit)
    leading = own if len(own) == 1 else [edit for edit in own if _leads(edit)]
    if not leading:
        return {}
    first, limit = leading[0], speaker.voice.limit
    if first.is_comment:
        return _titled_comment(first, limit)
    if differ_in_ids(*first.sides):
        return {"edit_ids": True}
    mark = _lone_mark(first)
    return {mark[0]: True} if mark else _titled_sides(first, limit)


def _as_one(edits: Sequence[CodeEdit]) -> list[CodeEdit]:
    """The words that became others in all of several commands, where those are the same."""
    sides = {differing(edit.before.split(), edit.after.split()) for edit in edits}
    same = len(edits) > 1 == len(sides) and all(next(iter(sides)))
    return [CodeEdit(before=before, after=after) for before, after in sides] if same else []


def _is_new_comment(edit: CodeEdit) -> bool:
    """Whether a comment came, such as with new code."""
    return edit.is_comment and not edit.before


def _leads(edit: CodeEdit) -> bool:
    """Whether it can be named for several differences: what only went says least."""
    return edit.kind != "deleted" and (edit.sort == Sort.NAME or bool(edit.of))


def _titled_comment(edit: CodeEdit, limit: int) -> Spoken:
    kind, (before, after) = _comment(edit, limit)
    if len(before) + len(after) > LONGEST_SIDES:
        before, after = differing(before.split(), after.split())
    told = kind == "replaced" and before and after
    sides = {"comment_before": before, "comment_after": after} if told else {}
    return {**sides, "comment_of": (edit.before and edit.of) or None}


def _titled_sides(edit: CodeEdit, limit: int) -> Spoken:
    sides = brief(edit, limit)
    named = edit.of != IMPORT and len(edit.of) <= limit
    found: Spoken = {"edit_of": edit.of if named else None}
    if sides and max(map(len, sides)) >= LEAST_EDIT:
        before, after = sides
        names = ("edit_before", "edit_after") if all(sides) else ("edit_gone", "edit_came")
        found |= {name: side or None for name, side in zip(names, (before, after), strict=True)}
    after = as_code(edit.after)
    if named and edit.of and all(edit.sides) and len(after) <= limit:
        found["edit_now"] = after
    return found


def _swapped(own: Sequence[CodeEdit], limit: int) -> Spoken:
    if not _are_swapped(own):
        return {}
    sides = brief(own[0], limit)
    before, after = sides or (None, None)
    return {"swapped": True, "swapped_before": before, "swapped_after": after}


def _lone_mark(edit: CodeEdit) -> tuple[str, str] | None:
    """Whether a backtick that no other one pairs with came or went, and the code without it."""
    if adds_lone_mark(*edit.sides):
        return "lone_mark", edit.before
    return ("no_lone_mark", edit.after) if adds_lone_mark(*edit.undone) else None


def _edit(speaker: Speaker, edit: CodeEdit) -> Markdown:
    """One difference; text with code in it is quoted."""
    if edit.is_comment and all(_NOTE.match(side) for side in edit.sides if side):
        said = _of_comments(speaker.voice, edit)
        if said is not None:
            return said
    mark = _lone_mark(edit)
    if mark:
        return speaker.voice.say(f"code_edit.{mark[0]}", code=cut(mark[1], LONGEST_SAMPLE))
    return said_exchange(speaker, *edit.sides) or say_code_edit(speaker.voice, edit)


def say_code_edit(voice: Voice, edit: CodeEdit) -> Markdown:
    """One difference, with what it belongs to."""
    before, after = as_code(edit.before), as_code(edit.after)
    before, after = contrast(before, after, voice.limit, source=True)
    # In plain text, code of several words is quoted as it is: then both sides are quoted.
    worded = {" " in side for side in (before, after) if side}
    quoted = "`" in before + after or (voice.plain and len(worded) > 1)
    if edit.of == IMPORT:
        return voice.say(f"imported.{edit.kind}", before=before, after=after)
    if not edit.of:
        family = "edit" if quoted else "code_edit"
        commented = edit.commented and not edit.after
        return voice.say(f"{family}.{edit.kind}", before=before, after=after, commented=commented)
    mark = "quote" if quoted else "code"
    told = {
        name: voice.say(f"code_edit.as_{mark}", text=side)
        for name, side in (("before", before), ("after", after))
        if side
    }
    option = any(side.startswith("-") for side in edit.sides)
    command = option or " " in edit.of  # a key is one word
    return voice.say(
        f"code_edit.{edit.kind}_in", **told, of=edit.of, command=command, commented=edit.commented
    )


def _of_comments(voice: Voice, edit: CodeEdit) -> Markdown | None:
    """A difference between comments, which are prose; None: it says nothing."""
    if not any(map(str.isalnum, "".join(map(as_prose, edit.sides)))):
        return None
    kind, (before, after) = _comment(edit, voice.limit)
    return voice.say(f"code_comment.{kind}", before=before, after=after, of=edit.of or None)


def _comment(edit: CodeEdit, limit: int) -> tuple[str, Edit]:
    """What sort of difference it is, and the piece that differs."""
    before, after = map(as_prose, edit.sides)
    piece = weightiest(before, after)
    kind = "replaced" if all(piece) else "inserted" if piece[1] else "deleted"
    if before and after and kind != "replaced":
        kind = "extended" if piece[1] else "shortened"
    return kind, contrast(*piece, limit)

"""Differences of code in the order in which they matter, and shown by names where room is short."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import takewhile

from diffinsight.engines.choosing.passages import Edit, Passage
from diffinsight.engines.quoting.addresses import addresses
from diffinsight.markdown_text import bare_code, is_code, one_line
from diffinsight.matching.code_comments import as_prose, is_comment
from diffinsight.matching.code_edits import code_edits
from diffinsight.matching.code_names import imported_names, is_named, names_in
from diffinsight.matching.marks import differ_in_ids
from diffinsight.matching.requests import GAP, request_of
from diffinsight.matching.weight import weigh, without_samples
from diffinsight.models import Finding, Json

_LONGEST_SAMPLE = 60  # characters
_LEAST_NOTED = 6  # ... of code that a comment has
_ENDS = "\\;, "  # what a line can end in, and another one follows
_MOST_COMPARED = 100  # each with each
_MEMBER = re.compile(r"""(["'][^"'\n]+["'])\s*:\s*[{\[]""")
_DOTTED = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+")
_NAME = re.compile(r"(?<![\w$./\\-])[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?![\w$/\\-])(?:\(\))?")
_OPTION = re.compile(r"--?[A-Za-z]")
_ASSIGNED = re.compile(r"(\w+)\s*=\s*(\S.*)")
_METHOD = re.compile(r"\.[A-Za-z_]\w*\(")
_PLACEHOLDER = re.compile(
    r"<>|(?i:place-?holder[-_ ]|your[-_ ]|my[-_ ])[\w -]*|(?:Your|My)[A-Z]\w*"
)
_BRACKETS = "[](){},;"
_LITERAL = re.compile(r"[\s\"'(){}]|\[")  # of several tokens


class Sort(IntEnum):
    """What a difference is about; lower matters more."""

    NAME = 0  # what is called, imported, asked for by an option or an address
    VALUE = 1
    SAMPLE = 2  # what readers put their own for
    COMMENT = 3
    MARKS = 4  # at the end of a line


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeEdit:
    """A difference; one side is empty where something came or went."""

    before: str
    after: str
    of: str = ""  # the key, the setting or the command that it belongs to
    commented: bool = False  # what went is a comment now

    @property
    def sides(self) -> Edit:
        return self.before, self.after

    @property
    def kind(self) -> str:
        return "replaced" if all(self.sides) else "inserted" if self.after else "deleted"

    @property
    def sort(self) -> Sort:
        return _sort(self.sides)

    @property
    def is_comment(self) -> bool:
        return all(is_comment(side) for side in self.sides if side)

    @property
    def undone(self) -> Edit:
        return self.after, self.before


def code_edits_of(passages: Sequence[Passage]) -> Counter[CodeEdit]:
    """How often each difference is there; what it belongs to only where that is the same."""
    owners: dict[Edit, set[str]] = {}
    for passage in passages:
        for edit in _listed(passage.finding):
            owners.setdefault(edit.sides, set()).add(edit.of)
    found: Counter[CodeEdit] = Counter()
    for before, after in (edit for passage in passages for edit in passage.edits):
        of = owners.get((before, after), set())
        found[CodeEdit(before=before, after=after, of=next(iter(of)) if len(of) == 1 else "")] += 1
    return _resolved(found)


def _resolved(edits: Counter[CodeEdit]) -> Counter[CodeEdit]:
    """``edits``, a variable that has the name of what it is the value of by what was put in it.

    Each knows whether what went is a comment now.
    """
    lines = [edit.after for edit in edits if edit.kind == "inserted"]
    put = {found[1]: found[2] for line in lines if (found := _ASSIGNED.fullmatch(line))}
    notes = "\n".join(_unspaced(as_prose(line)) for line in lines if is_comment(line))
    told: Counter[CodeEdit] = Counter()
    for edit, times in edits.items():
        name = edit.after if edit.of == edit.after else ""
        now = put[name] if edit.before and name in put else edit.after
        noted = len(edit.before) >= _LEAST_NOTED and _unspaced(edit.before) in notes
        told[replace(edit, after=now, commented=noted and not edit.is_comment)] += times
    return told


def _unspaced(code: str) -> str:
    return "".join(code.split())


def owner_in(findings: Iterable[Finding]) -> str:
    """What all differences of the findings belong to; empty: not all to the same."""
    found = {edit.of for finding in findings for edit in _listed(finding)}
    return found.pop() if len(found) == 1 else ""


def other_option(before: str, after: str) -> CodeEdit | None:
    """The option that became another one, where nothing else of a command but its value did."""
    old, new = as_code(before), as_code(after)
    found = code_edits(old, new)
    if len(found) != 1 or not all(map(_OPTION.match, (found[0].before, found[0].after))):
        return None
    options = found[0].before.split()[0], found[0].after.split()[0]
    if options[0] == options[1] or old.split()[0] != new.split()[0]:
        return None
    values = [side.split()[1:] for side in (found[0].before, found[0].after)]
    if values[0] != values[1] and not all(map(_is_value, values)):
        return None
    return CodeEdit(before=options[0], after=options[1], of=new.split()[0])


def _is_value(words: Sequence[str]) -> bool:
    """Whether what follows an option is no more than its value."""
    return len(words) == 1 and not words[0].startswith("-")


def other_values(findings: Iterable[Finding]) -> list[CodeEdit]:
    """What has another value under the same name, but for what readers put their own for."""
    found = (edit for finding in findings for edit in _listed(finding, "values_changed"))
    return [edit for edit in dict.fromkeys(found) if edit.sort < Sort.SAMPLE]


def _listed(finding: Finding, name: str = "edits") -> list[CodeEdit]:
    edits = finding.values.get(name)
    return [
        CodeEdit(before=_text(item, "before"), after=_text(item, "after"), of=_text(item, "of"))
        for item in (edits if isinstance(edits, tuple | list) else ())
        if isinstance(item, Mapping)
    ]


def _text(item: Mapping[str, Json], name: str) -> str:
    return str(item.get(name) or "")


def worth_telling(
    edits: Iterable[CodeEdit], blocks: Sequence[Collection[Edit]] = ()
) -> list[CodeEdit]:
    """Differences that say something, none that is a part of another one; the first matter most.

    Comments are told of settings, or where nothing else changed. ``blocks`` have the differences
    of each block of code: what stands in a block without the other one is no part of it.
    """
    listed = [edit for edit in edits if any(map(str.isalnum, "".join(edit.sides)))]
    code = [edit for edit in listed if not edit.is_comment or edit.of]
    code = [edit for edit in code if edit.sort < Sort.MARKS] or code
    told = code or listed
    if len(told) <= _MOST_COMPARED:
        told = [
            edit
            for edit in told
            if not _is_part(edit, listed, blocks)
            and not any(_undoes(other, edit) for other in listed)
        ]
    return sorted(told, key=lambda edit: _place(edit, told))


def _is_part(
    edit: CodeEdit, listed: Sequence[CodeEdit], blocks: Sequence[Collection[Edit]]
) -> bool:
    wholes = {other.sides for other in listed if _implies(other, edit)}
    around = [block for block in blocks if edit.sides in block]
    return bool(wholes) and all(not wholes.isdisjoint(block) for block in around)


def _implies(whole: CodeEdit, part: CodeEdit) -> bool:
    replaced = part.before and whole.before.replace(*part.sides)
    return whole != part and bool(part.before) and replaced == whole.after != whole.before


def _undoes(other: CodeEdit, lone: CodeEdit) -> bool:
    """Whether what only came, or went, is what an exchange in another place took away, or added."""
    if lone.kind == "replaced" or other.kind != "replaced":
        return False
    went, came = other.sides if lone.after else (other.after, other.before)
    part = lone.after or lone.before
    return is_named(part, went) and not is_named(part, came)


def _place(edit: CodeEdit, told: Sequence[CodeEdit]) -> tuple[Sort, bool, int]:
    weight = -weigh(*map(as_prose, edit.sides)) if edit.is_comment else 0
    return edit.sort, follows(edit, told), weight


def follows(edit: CodeEdit, others: Collection[CodeEdit]) -> bool:
    """Whether it only has another name where one of ``others`` tells what the name is used for."""
    own = [set(_names(side)) for side in edit.sides]
    if not any(own) or not all(
        side == "" or names for side, names in zip(edit.sides, own, strict=True)
    ):
        return False
    return any(
        other.sides != edit.sides
        and all(
            not names or any(is_named(name, side) for name in names)
            for names, side in zip(own, other.sides, strict=True)
        )
        for other in others
    )


def _names(side: str) -> tuple[str, ...]:
    """The name that a side is, or those that it imports and nothing else."""
    return (side,) if side.isidentifier() else imported_names(side)


def _sort(sides: Edit) -> Sort:
    before, after = sides
    if all(is_comment(side) for side in sides if side):
        return Sort.COMMENT
    if before.rstrip(_ENDS) == after.rstrip(_ENDS):
        return Sort.MARKS
    if before and after and _is_made_up(before, after):
        return Sort.SAMPLE
    return Sort.NAME if any(map(_is_called, sides)) else Sort.VALUE


def _is_made_up(before: str, after: str) -> bool:
    """Whether only what an example makes up differs, or readers put their own for."""
    if differ_in_ids(before, after) or without_samples(before) == without_samples(after):
        return True
    request = request_of(before)
    if request and request == request_of(after):
        return True
    bare = GAP.sub("<>", before), GAP.sub("<>", after)
    return bare[0] == bare[1] or any(map(_PLACEHOLDER.fullmatch, bare))


def _is_called(side: str) -> bool:
    text = side.strip()
    found = _OPTION.match(text) or _METHOD.match(text) or _DOTTED.fullmatch(text)
    return bool(found or "://" in text or request_of(text) or names_in(text))


def as_code(side: str) -> str:
    """One side on one line: code without its marks, a long member of an object by its key."""
    shown = one_line(bare_code(side) if is_code(side) else side)
    member = _MEMBER.match(shown) if "\n" in side and len(shown) > _LONGEST_SAMPLE else None
    return member[1] if member else shown


def brief(edit: CodeEdit, limit: int) -> Edit | None:
    """Both sides where there is room for ``limit`` characters: whole, or by what only they have.

    None: what differs cannot be shown without cutting a name or a literal.
    """
    before, after = map(as_code, edit.sides)
    if max(len(before), len(after)) <= limit:
        return before, after
    if not _LITERAL.search(f"{before}{after}".replace("\\ ", "")):
        return addresses(before, after, limit) if before and after else None
    words = differing(before.split(), after.split())
    bare = words[0].strip(_BRACKETS), words[1].strip(_BRACKETS)
    words = bare if all(map(_OPTION.match, bare)) else _option_alone(words)
    if all(len(side) <= limit and _is_whole(side) for side in words):
        return words
    names = _own_name(before, after), _own_name(after, before)
    fit = all(names) and names[0] != names[1] and max(map(len, names)) <= limit
    return names if fit else None


def _option_alone(sides: Edit) -> Edit:
    """``sides``, or the option that came where other words stayed between it and what went."""
    old, new = (side.split() for side in sides)
    came = " ".join(word for word in new if word not in old)
    return ("", came) if len(came.split()) < len(new) and _OPTION.match(came) else sides


def differing(before: Sequence[str], after: Sequence[str]) -> Edit:
    """The words between those that both sides begin and end with."""
    first = sum(1 for _ in takewhile(_are_same, zip(before, after, strict=False)))
    rest = list(zip(reversed(before[first:]), reversed(after[first:]), strict=False))
    last = sum(1 for _ in takewhile(_are_same, rest))
    old, new = (" ".join(side[first : len(side) - last]) for side in (before, after))
    return old, new


def _are_same(words: Edit) -> bool:
    return words[0] == words[1]


def _is_whole(side: str) -> bool:
    """Whether no literal or bracket is cut."""
    pairs = all(side.count(a) == side.count(b) for a, b in ("()", "[]", "{}"))
    return pairs and not any(side.count(mark) % 2 for mark in "\"'`")


def _own_name(side: str, other: str) -> str:
    """The longest name that the other side does not have."""
    found = [name for name in _NAME.findall(side) if not is_named(name.removesuffix("()"), other)]
    return max(found, key=len, default="")

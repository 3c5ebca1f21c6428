"""What is told of code that changed, came or went: its differences, or the names in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from diffinsight.engines.code_lines import changed_lines, changed_places
from diffinsight.engines.contrasting import contrast
from diffinsight.engines.cutting import cut
from diffinsight.engines.differences import weightiest
from diffinsight.engines.passages import Edit, Passage
from diffinsight.engines.values.exchanges import said_exchange
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.markdown_text import bare_code, is_code, one_line
from diffinsight.matching.code_edits import as_prose, is_comment
from diffinsight.matching.code_names import names_in
from diffinsight.models import Finding

MOST_EDITS = 4  # more differences than these are told by the names in them, or by examples
MOST_SAMPLES = 3
MOST_SWAPPED = 2  # differences of which one undoes the other
MOST_COMPARED = 100  # each with each
LEAST_EDIT = 3  # characters of a difference that a title can name
LONGEST_SAMPLE = 60  # characters

_SAYING = re.compile(r" .*[.!?]$")
_NOTE = re.compile(
    r"\s*(?:#(?!!)|//|--|;|/\*|<!--|rem\s|REM\s)"
)  # no item of a list, no first line
_MEMBER = re.compile(r"""(["'][^"'\n]+["'])\s*:\s*[{\[]""")


def code_of(speaker: Speaker, passages: Sequence[Passage]) -> Spoken:
    """Values for the phrases about ``passages``, which are all of one kind."""
    passages = sorted(passages, key=_first_line)
    findings = [passage.finding for passage in passages]
    if findings[0].kind != "code-changed":
        commands, names = (_each(findings, name) or None for name in ("commands", "names"))
        having = sum(bool(_listed([finding], "commands")) for finding in findings)
        only = commands if having == 1 < len(findings) else None
        every = None if only else commands
        said: Spoken = {"commands": every, "one_runs": only, "uses": names}
        used = commands or names or ()
        # Only a list of as many as there are examples stands for them.
        return said | {"used" if len(used) == len(findings) else "used_some": used or None}
    counted = any(passage.more_edits for passage in passages)
    edits = Counter(edit for passage in passages for edit in passage.edits)
    if counted:
        edits = Counter(dict.fromkeys(edits, 1))  # how many there are of each is not known
    found = _places(speaker, passages)
    told = _told(edits)
    if told and len(told) <= MOST_EDITS and not counted:
        lines = changed_lines(findings[0], speaker.source.change) if len(passages) == 1 else ()
        shown = Counter({edit: edits[edit] or 1 for edit in lines or told})
        said = {"code_edits": _enumerate(speaker, shown)} | found
        if edits.total() == 1:
            return said | _only_edit(speaker, told, edits) | {"code_only": said["code_edits"]}
        return said | _only_edit(speaker, told, edits) | _brief(speaker, edits)
    return found | (_names(findings) or _samples(speaker, edits)) | _brief(speaker, edits)


def _first_line(passage: Passage) -> int:
    lines = passage.finding.after_lines or passage.finding.before_lines
    return lines[0] if lines else 0


def _places(speaker: Speaker, passages: Sequence[Passage]) -> Spoken:
    """In how many places code changed where it is not known which examples they are in."""
    if not speaker.source.in_hunks:
        return {}
    change = speaker.source.change
    return {"count": sum(changed_places(passage.finding, change) or 1 for passage in passages)}


def _names(findings: Sequence[Finding]) -> Spoken:
    """Names that only the new or only the old code has."""
    came, gone = _listed(findings, "names_added"), _listed(findings, "names_removed")
    names = {
        "came": tuple(name for name in came if name not in gone),
        "gone": tuple(name for name in gone if name not in came),
    }
    found: Spoken = {name: listed for name, listed in names.items() if listed}
    return found | ({"first_came": names["came"][0]} if names["came"] else {})


def _samples(speaker: Speaker, edits: Counter[Edit]) -> Spoken:
    """Some of many differences."""
    shown = Counter({edit: edits[edit] for edit in _most_telling(edits)})
    return {"code_samples": _enumerate(speaker, shown)} if shown else {}


def _brief(speaker: Speaker, edits: Counter[Edit]) -> Spoken:
    """The most telling difference, for where there is room for one only."""
    limit = speaker.voice.limit
    told = sorted(_most_telling(edits), key=lambda edit: (max(map(len, edit)) > limit, _rank(edit)))
    return {"code_sample": _edit(speaker, told[0], 1)} if told else {}


def _enumerate(speaker: Speaker, edits: Counter[Edit]) -> Markdown:
    """Differences in one list; several that all came, or all went, as one item."""
    if len(edits) == MOST_SWAPPED and len({frozenset(edit) for edit in edits}) == 1:
        before, after = (_shown(side) for side in next(iter(edits)))
        before, after = contrast(before, after, speaker.voice.limit, source=True)
        return speaker.voice.say("code_edit.swapped", before=before, after=after)
    alike = len({_kind(edit) for edit in edits}) == 1 and edits.total() == len(edits) > 1
    if alike and not any(all(edit) or "`" in "".join(edit) for edit in edits):
        return _together(speaker, tuple(edits))
    said: Counter[Markdown | Edit] = Counter()
    for edit, times in edits.items():
        said[_told_alike(speaker, edit) or edit] += times
    return speaker.voice.enumerate(
        _edit(speaker, told, times) if isinstance(told, tuple) else _times(speaker, told, times)
        for told, times in said.items()
    )


def _told_alike(speaker: Speaker, edit: Edit) -> Markdown | None:
    """What is said of a difference without its sides, and so the same of others."""
    return said_exchange(speaker, *edit) or _of_comments(speaker, edit)


def _times(speaker: Speaker, said: Markdown, times: int) -> Markdown:
    return speaker.voice.say("code_edit.places", edit=said, count=times) if times > 1 else said


def _together(speaker: Speaker, edits: Sequence[Edit]) -> Markdown:
    texts = tuple(cut(_shown("".join(edit)), speaker.voice.limit) for edit in edits)
    return speaker.voice.say(f"code_edit.all_{_kind(edits[0])}", texts=texts)


def _kind(edit: Edit) -> str:
    return "replaced" if all(edit) else "inserted" if edit[1] else "deleted"


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


def _told(edits: Iterable[Edit]) -> list[Edit]:
    """Differences that say something, none that is a part of another one."""
    listed = [edit for edit in edits if any(map(str.isalnum, "".join(edit)))]
    code = [edit for edit in listed if not all(is_comment(side) for side in edit if side)]
    told = code or listed
    if len(told) > MOST_COMPARED:
        return told
    return [edit for edit in told if not any(_implies(other, edit) for other in listed)]


def _implies(whole: Edit, part: Edit) -> bool:
    return whole != part and part[0] != "" and whole[0].replace(*part) == whole[1] != whole[0]


def _most_telling(edits: Counter[Edit]) -> list[Edit]:
    """Those that name something, then those in many places; in the order of the page."""
    told = [edit for edit in _told(edits) if all(map(_is_sample, edit))]
    best = sorted(told, key=lambda edit: (_rank(edit), -edits[edit]))
    return [edit for edit in told if edit in best[:MOST_SAMPLES]]


def _rank(edit: Edit) -> int:
    """What names something before what does not, figures last."""
    text = "\n".join(edit)
    return 0 if names_in(text) else 1 if sum(map(str.isalpha, text)) > LEAST_EDIT else 2


def _is_sample(side: str) -> bool:
    """Short, and no sentence of what a program says."""
    shown = _shown(side)
    return len(shown) <= LONGEST_SAMPLE and not _SAYING.search(shown)


def _only_edit(speaker: Speaker, told: Sequence[Edit], edits: Collection[Edit]) -> Spoken:
    """What a title can name: the one difference there is, unless lines only changed places."""
    if len(told) > 1 or told[0][::-1] in edits:
        return {}
    before, after = map(_shown, told[0])
    if before and after and max(len(before), len(after)) <= LONGEST_SAMPLE:
        before, after = contrast(before, after, speaker.voice.limit, source=True)
    if not LEAST_EDIT <= max(len(before), len(after)) <= speaker.voice.limit:
        return {}
    names = ("edit_before", "edit_after") if before and after else ("edit_gone", "edit_came")
    return {name: side or None for name, side in zip(names, (before, after), strict=True)}


def _shown(side: str) -> str:
    """One side on one line: code without its marks, a long member of an object by its key."""
    shown = one_line(bare_code(side) if is_code(side) else side)
    member = _MEMBER.match(shown) if "\n" in side and len(shown) > LONGEST_SAMPLE else None
    return member[1] if member else shown


def _edit(speaker: Speaker, edit: Edit, times: int) -> Markdown:
    """One difference, and in how many places it is; text with code in it is quoted."""
    said = _told_alike(speaker, edit)
    if said is not None:
        return _times(speaker, said, times)
    before, after = (_shown(side) for side in edit)
    before, after = contrast(before, after, speaker.voice.limit, source=True)
    # In plain text, code of several words is quoted: then both sides are.
    quoted = "`" in before + after or (speaker.voice.plain and " " in before + after)
    family = "edit" if quoted else "code_edit"
    said = speaker.voice.say(f"{family}.{_kind(edit)}", before=before, after=after)
    return _times(speaker, said, times)


def _of_comments(speaker: Speaker, edit: Edit) -> Markdown | None:
    """A difference between comments, which are prose; None: it is none."""
    if not all(is_comment(side) and _NOTE.match(side) for side in edit if side):
        return None
    before, after = (as_prose(side) for side in edit)
    if not any(map(str.isalnum, before + after)):
        return None
    piece = weightiest(before, after)
    kind = _kind(piece)
    if before and after and not all(piece):
        kind = "extended" if piece[1] else "shortened"
    before, after = contrast(*piece, speaker.voice.limit)
    return speaker.voice.say(f"code_comment.{kind}", before=before, after=after)

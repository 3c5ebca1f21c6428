"""What a clause's findings offer to the phrases about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from diffinsight.engines.choosing.audience import is_included
from diffinsight.engines.choosing.clauses import Clause
from diffinsight.engines.choosing.passages import Edit, Passage
from diffinsight.engines.gists.sayings import tells
from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.quoting.cutting import shorten
from diffinsight.engines.quoting.voice import Source, Voice
from diffinsight.engines.values.beside import Beside, beside
from diffinsight.engines.values.cells import (
    NUMBER,
    cells,
    filled,
    grouped,
    holds,
    noted,
    only_column,
    same_cells,
    supported,
)
from diffinsight.engines.values.code import code_of
from diffinsight.engines.values.edits import common, edits_of, is_repair, same_exchange
from diffinsight.engines.values.gists import gist, said_each, shared_name, told_sections
from diffinsight.engines.values.lists import Said
from diffinsight.engines.values.names import labels, language, names, other_files
from diffinsight.engines.values.places import place, place_of, places, sections
from diffinsight.engines.values.second_look import looked_at
from diffinsight.engines.values.sizes import changed_size, contents, integer, measure, parts, totals
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.engines.values.texts import flags, shown, texts
from diffinsight.languages import Markdown
from diffinsight.markdown_text import bare_code, is_code
from diffinsight.models import ChangeSet, Finding

__all__ = ["Spoken", "grouped", "integer", "values_of"]

# Lists that the phrases about several findings may name, and the phrase of an item.
LISTS = {
    "pairs": "pair",
    "code_pairs": "code_pair",
    "redirects": "item.redirect",
    "placed": "item.placed",
    "numbered": "item.numbered",
    "broken": "item.broken",
    "fields": "item.field",
    "row_cells": "item.row",
    "moved_rows": "item.moved_rows",
    "settings": "item.setting",
    "entry_fields": "item.field_of",
    "releases": "item.release",
    "options": "item.option",
    "zones": "item.zone",
}
MOST_EXCHANGES = 3  # whole sentences with what they became, in one sentence of the report
LEAST_SAME = 6  # characters that say what the same change of several steps is
_LEAST_QUOTED = 10  # characters of a link's text that stand for all of it
MOST_HELD = 2  # options whose meaning the words over all files have room for
# Their sentences about several name no place for each.
SCATTERED = ("code-", "step-", "table-row-", "option-")

# What is told once of several that are alike in it.
_NAMED_BY_ALL = (
    *("path", "other_name", "list", "entry", "text", "instead", "section_after", "led_by"),
    *("section_before", "partly_in", "goal", "leads_to", "date"),
)


def values_of(clause: Clause, *, voice: Voice, source: Source, change_set: ChangeSet) -> Spoken:
    """Everything the phrases of the clause's kind may name."""
    speaker = Speaker(voice=voice, source=source, change_set=change_set)
    if len(clause.passages) == 1:
        return _one(speaker, clause.passages[0])
    return _several(speaker, clause)


def _one(speaker: Speaker, passage: Passage) -> Spoken:
    finding = passage.finding
    spoken: Spoken = {"count": 1, "kind": finding.kind}
    spoken["included"] = is_included(speaker.source.change.path)
    spoken |= shown(speaker, finding.values)
    spoken |= flags(speaker, finding.values)
    if NUMBER.fullmatch(str(spoken.get("what"))):
        spoken["what"] = None  # a version is no name for another one
    spoken |= texts(speaker, finding)
    spoken |= names(speaker, finding)
    spoken |= place(speaker, finding)
    repaired = is_repair(passage)
    carried = [part for item in passage.carried for part in _part(speaker, item, repaired, passage)]
    spoken |= edits_of(speaker, passage, carried)
    if finding.kind == "table-row-changed" and carried:  # its cells are told, not its edits
        spoken["carried"] = speaker.voice.enumerate(carried)
    if finding.kind.startswith("code-"):
        spoken |= {"edit_before": None, "edit_after": None} | code_of(speaker, [passage])
    spoken |= labels(speaker, finding)
    for name in ("language", "language_before"):
        spoken |= language(speaker, name, finding.values.get(name))
    spoken |= gist(speaker, finding)
    spoken["retold"] = "language_before" in spoken and not changed_size(finding)
    spoken |= totals(speaker.source.change, [finding])
    spoken["places"] = tuple(places(speaker, finding.values.get("places")))
    spoken["still_in"] = tuple(places(speaker, finding.values.get("still_in"))) or None
    spoken |= looked_at(speaker, [finding])
    spoken |= holds(speaker, finding) | filled(speaker, [finding])
    spoken |= cells(speaker, finding) | supported(speaker, finding)
    spoken |= only_column(speaker, finding)
    spoken["parts"] = tuple(parts(speaker, finding.values))
    spoken["measure"] = measure(speaker, finding.values)
    return spoken


def _ones(speaker: Speaker, clause: Clause) -> list[Spoken]:
    """What there is to say of each, as far as there is room for it beside the others."""
    ones = [_one(speaker, _without_notes(passage)) for passage in clause.passages]
    ones = [_without_sentences(one, len(ones)) for one in ones]
    if speaker.voice.files is not None:  # named once, for all
        ones = [one | _unplaced(clause) for one in ones]
    return ones


def _without_notes(passage: Passage) -> Passage:
    """``passage`` without the footnotes of a row, which are told once of all rows."""
    finding = passage.finding
    if "footnotes" not in finding.values:
        return passage
    return replace(passage, finding=replace(finding, values={**finding.values, "footnotes": ()}))


def _several(speaker: Speaker, clause: Clause) -> Spoken:
    findings = clause.findings
    ones = _ones(speaker, clause)
    spoken: Spoken = {"count": len(findings), "kind": clause.kind}
    spoken["spots"] = sum(integer(finding.values.get("count")) or 1 for finding in findings)
    spoken |= _same_edit(speaker, clause)
    spoken["hunks"] = speaker.source.in_hunks
    carried = dict.fromkeys(Markdown(one["carried"]) for one in ones if one.get("carried"))
    spoken["carried_parts"] = tuple(carried) or None
    first = findings[0]
    for name, text in (
        ("subject", first.subject),
        ("before", first.before),
        ("after", first.after),
    ):
        spoken[f"first_{name}"] = shorten(text, speaker.voice.limit) if text else None
    terms = _terms(findings)
    spoken |= {"terms": terms or None, "terms_count": len(terms)}
    spoken |= _named(ones, clause.kind)
    spoken |= _shared(ones) | _alike(findings) | _shown_in_tabs(speaker, ones)
    spoken |= totals(speaker.source.change, findings)
    spoken |= contents(speaker, findings)
    told = told_sections(findings, ones)
    spoken |= _lists(speaker, told) | said_each(speaker, told)
    spoken["shared"] = shared_name(speaker, findings)
    spoken |= common(speaker, findings)
    spoken |= other_files(speaker, findings)
    spoken |= same_exchange(ones) | same_cells(speaker, findings)
    spoken |= filled(speaker, findings) | noted(speaker, findings)
    if clause.kind.startswith("code-"):
        spoken |= code_of(speaker, clause.passages)
    still = (spot for item in findings for spot in places(speaker, item.values.get("still_in")))
    spoken["still_in"] = tuple(dict.fromkeys(still)) or None
    spoken |= looked_at(speaker, findings)
    counted = f"findings.{clause.kind}.rest"
    if speaker.voice.phrases.has(counted):
        things = {str(finding.values.get("thing")).replace("-", "_") for finding in findings}
        thing = {things.pop(): True} if len(things) == 1 else {}
        spoken["what"] = speaker.voice.say(counted, count=len(findings), **thing)
    spoken["section"] = speaker.voice.quoted(clause.section) if clause.section else None
    spot = place_of(speaker, clause.section, Markdown())
    if clause.kind.startswith(SCATTERED) and not spot["where"] and not speaker.voice.plain:
        spot["where"] = sections(speaker, findings)
    return spoken | spot | {"at": Markdown()}


def _named(ones: Sequence[Spoken], kind: str) -> Spoken:
    """What each of several is called, in lists."""
    listed: Spoken = {
        plural: tuple(str(one[name]) for one in ones if one.get(name))
        for name, plural in (("subject", "subjects"), ("text", "texts"), ("name", "names"))
    }
    if all(one.get("entry") for one in ones):
        listed["entries"] = tuple(str(one["entry"]) for one in ones)
    languages = dict.fromkeys(one.get("language") for one in ones)
    listed["languages"] = tuple(map(str, languages)) if all(languages) else None
    members = [str(one.get("called") or one["subject"]) for one in ones]
    listed["members"] = tuple(bare_code(name) if is_code(name) else name for name in members)
    if kind.startswith("setting-"):
        listed["subjects"] = tuple(str(_setting(one)) for one in ones)
        items = tuple(str(one.get("item") or "") for one in ones)
        listed["items"] = items if all(items) else None
    return listed


def _terms(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What is set as code in several texts, or no longer, each once."""
    listed = (finding.values.get("terms") for finding in findings)
    terms = (str(term) for some in listed if isinstance(some, tuple | list) for term in some)
    return tuple(dict.fromkeys(terms))


def _same_edit(speaker: Speaker, clause: Clause) -> Spoken:
    """What changed in each of several steps, where it is the same words."""
    found = {passage.edits for passage in clause.passages}
    edits = next(iter(found)) if len(found) == 1 else ()
    if clause.kind != "step-changed" or len(edits) != 1:
        return {}
    before, after = (side.strip(" ,;:") for side in edits[0])
    if len(before + after) < LEAST_SAME or any(passage.more_edits for passage in clause.passages):
        return {}
    old, new = contrast(before, after, speaker.voice.limit)
    kind = "replaced" if old and new else "inserted" if new else "deleted"
    texts = [getattr(finding, "after" if after else "before") for finding in clause.findings]
    around = {Beside() if old and new else beside(str(text), after or before) for text in texts}
    where = around.pop() if len(around) == 1 else Beside()
    both = bool(old and new)
    return {
        "same_edits": speaker.voice.say(
            f"edit.{kind}", before=old, after=new, left=where.lead, right=where.tail
        ),
        "edit_before": old if both else None,
        "edit_after": new if both else None,
        "edit_added": new if not both else None,
        "edit_removed": old if not both else None,
    }


def _unplaced(clause: Clause) -> Spoken:
    """What is not said of each of several things in the words over all files."""
    unsaid: Spoken = {"at": Markdown(), "edits": None, "cells": None, "gist": None, "lost": None}
    many = clause.kind == "option-added" and len(clause.passages) > MOST_HELD
    return unsaid | {"holds": None} if many else unsaid


def _without_sentences(one: Spoken, count: int) -> Spoken:
    """Quoted sentences stand for what they are in where there are few, and for nothing else."""
    if not one.get("sentences"):
        return one
    return one | {"edits": None, "exchange": one["edits"] if count <= MOST_EXCHANGES else None}


def _shared(ones: Sequence[Spoken]) -> Spoken:
    """What all of them are alike, and the one file that all of them name."""
    first, *others = ones
    shared: Spoken = {
        name: True
        for name, value in first.items()
        if value is True and all(other.get(name) is True for other in others)
    }
    for name in _NAMED_BY_ALL:
        if first.get(name) and all(other.get(name) == first[name] for other in others):
            shared[name] = first[name]
    return shared


def _setting(one: Spoken) -> object:
    """What a setting among others is called."""
    return one.get("item") or one.get("own") or one.get("list") or one["subject"]


def _alike(findings: Sequence[Finding]) -> Spoken:
    """What all of them are called, where that is the same, or as many times each."""
    subjects = Counter(finding.subject for finding in findings)
    times = set(subjects.values())
    sets = tuple(subjects) if len(subjects) > 1 and len(times) == 1 and 1 not in times else None
    return {
        "same_subject": next(iter(subjects)) if len(subjects) == 1 else None,
        "sets": sets,
        "different": len(subjects),
        "times": max(times),
    }


def _shown_in_tabs(speaker: Speaker, ones: Sequence[Spoken]) -> Spoken:
    """What several new tabs begin with, each once; those around text that was there have none."""
    if ones[0]["kind"] != "tab-added" or speaker.voice.files is not None:
        return {}
    said = (
        speaker.voice.say("item.tab", **one) for one in ones if tells(str(one.get("text") or ":"))
    )
    return {"tab_texts": tuple(dict.fromkeys(said)) or None}


def _lists(speaker: Speaker, ones: Sequence[Spoken]) -> Spoken:
    """Lists of phrases about each finding, where all of them have what the phrase needs."""
    lists: Spoken = {}
    for name, key in LISTS.items():
        if all(speaker.voice.phrases.can_say(key, **one) for one in ones):
            together = grouped(ones) if name == "row_cells" else ones
            lists[name] = Said(voice=speaker.voice, key=key, ones=together)
    return lists


def _quotes(side: str, text: str) -> bool:
    """Whether one side of a difference has the text of a link, or is a part of it."""
    return bool(text) and (text in side or (len(side) >= _LEAST_QUOTED and side in text))


def _part(
    speaker: Speaker,
    finding: Finding,
    repaired: bool,  # noqa: FBT001 - handed on
    within: Passage,
) -> Iterator[Markdown]:
    """``within``: the text that it stands in, of which a link's own text is quoted at times."""
    mended = repaired and finding.kind == "link-added"
    key = "part.link-repaired" if mended else f"part.{finding.kind}"
    if speaker.voice.phrases.has(key):
        values = _one(speaker, Passage(finding=finding))
        side = {"link-added": 1, "link-removed": 0}.get(finding.kind)
        text = str(finding.values.get("text") or "")
        around = [edit for edit in within.edits if side is not None and _quotes(edit[side], text)]
        quoted = bool(around) and not mended
        # The words are there, and an address says little over all files, or of new words.
        new = quoted and not all(around[0]) and text in around[0][side or 0]
        if new or (quoted and speaker.voice.files is not None):
            return
        if quoted and _went_with_words(around[0], text):
            return
        if quoted:
            values |= {"text": None, "unlinked": _unlinked(around[0], text, within)}
        if within.finding.kind == "table-row-changed":
            values["row"] = speaker.voice.quoted(within.finding.subject)
        yield speaker.voice.say(key, **values)


def _went_with_words(edit: Edit, text: str) -> bool:
    """Whether other words stand where a link was nothing but words; a value is looked up by it."""
    before, after = (side.strip("`") for side in edit)
    return bool(after) and before == text.strip("`") and " " in before.strip()


def _unlinked(edit: Edit, text: str, within: Passage) -> str | None:
    """The value that stands, without a link, where a link called ``text`` stood."""
    before, after = edit
    new = (told for told in within.carried if told.kind == "link-added")
    linked = any(str(link.values.get("text")) in after for link in new)
    return after if after and before.strip("`") == text.strip("`") and not linked else None

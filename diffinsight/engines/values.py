"""What a clause's findings offer to the phrases about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, dirname

from diffinsight.engines.clauses import Clause
from diffinsight.engines.code_lines import changed_lines
from diffinsight.engines.cutting import around, contrast, cut, difference, shorten
from diffinsight.engines.differences import MOST_EDITS, quotable
from diffinsight.engines.gist import gist_of
from diffinsight.engines.passages import Edit, Passage, places_of
from diffinsight.engines.voice import Source, Voice, blob_url, link
from diffinsight.languages import Markdown, Value
from diffinsight.markdown_text import as_shown, one_line
from diffinsight.models import ChangeSet, Finding, Json

LONGEST_GIST = 150  # characters
ADDRESSED = frozenset({"link-retargeted", "image-changed", "redirect-changed"})
LONGEST_ADDRESS = 130  # characters: an address is followed, not read
LEAST_EDIT = 3  # characters of a difference that a title can name
LONGEST_SENTENCE = 110  # characters of a changed sentence
LONGEST_TEXT = 140  # characters of a text that came or went
PROSE = ("paragraph-", "list-item-", "note-", "step-")
SIZES = frozenset(
    {"words", "lines", "links", "rows", "images", "code_blocks", "added", "removed"}
)  # 0 says nothing
COUNTED = ("paragraphs", "items", "steps", "code_blocks", "tables", "images")
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
    "settings": "item.setting",
}

INCLUDE_FOLDERS = frozenset({"includes", "include", "partials", "snippets", "reusables"})
# Their texts are no prose: shown as they are written.
SOURCE = (
    "directive-",
    "include-",
    "setting-",
    "redirect-",
    "toc-",
    "code-",
    "option-",
    "version-",
    "html-",
)

# Their sentences about several name no place for each.
SCATTERED = ("code-", "step-", "table-row-", "option-")
_SPOTS = ("at", "where", "lead")

_NUMBER = re.compile(r"[vV]?[\d.\-/]+")

Spoken = dict[str, Value]


def values_of(clause: Clause, *, voice: Voice, source: Source, change_set: ChangeSet) -> Spoken:
    """Everything the phrases of the clause's kind may name."""
    speaker = _Speaker(voice, source, change_set)
    if len(clause.passages) == 1:
        return speaker.one(clause.passages[0])
    return speaker.several(clause)


class _Speaker:
    def __init__(self, voice: Voice, source: Source, change_set: ChangeSet) -> None:
        self.voice = voice
        self.source = source
        self.change_set = change_set

    @property
    def _in_full(self) -> bool:
        """Whether a file's own explanation is written, which has room."""
        return not self.voice.plain and self.voice.files is None

    def one(self, passage: Passage) -> Spoken:
        finding = passage.finding
        spoken: Spoken = {"count": 1, "kind": finding.kind}
        spoken["included"] = is_included(self.source.change.path)
        spoken |= self._shown(finding.values)
        spoken |= self._flags(finding.values)
        if _NUMBER.fullmatch(str(spoken.get("what"))):
            spoken["what"] = None  # a version is no name for another one
        spoken |= self._texts(finding)
        spoken |= self._entry(finding)
        spoken |= self._names(finding)
        spoken |= self._place(finding)
        spoken |= self._edits(passage)
        spoken |= self._labels(finding)
        for name in ("language", "language_before"):
            spoken |= self._language(name, finding.values.get(name))
        spoken["gist"] = self._gist(finding)
        spoken["retold"] = "language_before" in spoken and not changed_size(finding)
        spoken |= _totals([finding])
        spoken["places"] = tuple(self._places(finding.values.get("places")))
        spoken["still_in"] = tuple(self._places(finding.values.get("still_in"))) or None
        spoken["cells"] = self._cells(finding) or None
        spoken["parts"] = tuple(self._parts(finding.values))
        return spoken

    def several(self, clause: Clause) -> Spoken:
        findings = clause.findings
        ones = [self.one(passage) for passage in clause.passages]
        ones = [one | {"edits": None} if one.get("sentences") else one for one in ones]
        if self.voice.files is not None:  # named once, for all
            ones = [one | {"at": Markdown(), "edits": None, "cells": None} for one in ones]
        spoken: Spoken = {"count": len(findings), "kind": clause.kind}
        spoken["hunks"] = self.source.in_hunks
        first = findings[0]
        for name, text in (
            ("subject", first.subject),
            ("before", first.before),
            ("after", first.after),
        ):
            spoken[f"first_{name}"] = shorten(text, self.voice.limit) if text else None
        if all(one.get("entry") for one in ones):
            spoken["entries"] = tuple(str(one["entry"]) for one in ones)
        for name, plural in (("subject", "subjects"), ("text", "texts"), ("name", "names")):
            spoken[plural] = tuple(str(one[name]) for one in ones if one.get(name))
        spoken |= _totals(findings)
        spoken |= self._contents(findings)
        spoken |= self._lists(ones)
        spoken |= self._common(findings)
        spoken |= self._same_exchange(ones)
        spoken |= self._all_edits(clause)
        places = (
            place for finding in findings for place in self._places(finding.values.get("still_in"))
        )
        spoken["still_in"] = tuple(dict.fromkeys(places)) or None
        counted = f"findings.{clause.kind}.rest"
        if self.voice.phrases.has(counted):
            spoken["what"] = self.voice.say(counted, count=len(findings))
        spoken["section"] = self.voice.quoted(clause.section) if clause.section else None
        place = self._place_of(clause.section, Markdown())
        if clause.kind.startswith(SCATTERED) and not place["where"] and not self.voice.plain:
            place["where"] = self._sections(findings)
        return spoken | place | {"at": Markdown()}

    def _sections(self, findings: Sequence[Finding]) -> Markdown:
        """Where findings are that stand in several sections."""
        sections = [finding.values.get("section") for finding in findings]
        if None in sections or len(set(sections)) == 1:
            return Markdown()
        named = tuple(dict.fromkeys(self.voice.quoted(str(section)) for section in sections))
        return self.voice.say("place.where_sections", sections=named)

    def _contents(self, findings: Sequence[Finding]) -> Spoken:
        """What all of them hold together."""
        sums = {
            name: sum(integer(finding.values.get(name)) for finding in findings)
            for name in (*COUNTED, "words")
        }
        return {"parts": tuple(self._parts(sums)), "words": sums["words"] or None}

    def _lists(self, ones: Sequence[Spoken]) -> Spoken:
        """Lists of phrases about each finding, where all of them have what the phrase needs."""
        lists: Spoken = {}
        for name, key in LISTS.items():
            if all(self.voice.phrases.can_say(key, **one) for one in ones):
                lists[name] = tuple(self.voice.say(key, **one) for one in ones)
        return lists

    def _shown(self, values: Mapping[str, Json]) -> Spoken:
        spoken: Spoken = {}
        for name, value in values.items():
            if isinstance(value, str):
                text = self.voice.phrases.date(value) if name == "date" else value
                spoken[name] = self.voice.quoted(text)
            elif isinstance(value, bool):
                spoken[name] = value
            elif isinstance(value, int):
                spoken[name] = None if value == 0 and name in SIZES else value
            elif name == "headings" and isinstance(value, Sequence):
                # The first heading of a page is its title.
                titles = (values.get("title"),)
                rest = tuple(str(item) for item in value if item not in titles)
                spoken |= {name: tuple(map(self.voice.quoted, rest)), "headings_count": len(rest)}
            elif isinstance(value, Sequence) and all(isinstance(item, str) for item in value):
                spoken[name] = tuple(self.voice.quoted(str(item)) for item in value)
                spoken[f"{name}_count"] = len(value)
        return spoken

    def _gist(self, finding: Finding) -> str:
        """What a new page or section says of itself."""
        if self.voice.plain or finding.kind not in {"page-added", "heading-added"}:
            return ""
        lines = finding.after_lines if finding.kind == "heading-added" else None
        return shorten(gist_of(self.source.change, lines), LONGEST_GIST)

    def _flags(self, values: Mapping[str, Json]) -> Spoken:
        flags: Spoken = {}
        for name in ("reason", "change"):
            value = values.get(name)
            if isinstance(value, str):
                flags[value.replace("-", "_")] = True
        flags["unused"] = values.get("links") == 0 and bool(values.get("image"))
        flags["not_in_toc"] = values.get("in_toc") is False
        flags["hunks"] = self.source.in_hunks
        flags["page_title"] = values.get("level") == 1
        flags["moved_to"] = values.get("direction") == "to"
        return flags

    def _texts(self, finding: Finding) -> Spoken:
        source = finding.kind.startswith(SOURCE)
        limit = self.voice.limit
        before, after = finding.before, finding.after
        subject = cut(one_line(finding.subject), limit)
        spoken: Spoken = {"subject": subject if source else shorten(finding.subject, limit)}
        if before is not None and after is not None:
            if finding.kind in ADDRESSED and not self.voice.plain and self.voice.files is None:
                limit = LONGEST_ADDRESS
            old, new = contrast(before, after, limit, source=source)
            # Cut to the same words, they would say that nothing changed.
            return spoken | {"before": old if old != new else None, "after": new}
        if finding.kind.startswith(PROSE) and self._in_full:
            limit = LONGEST_TEXT
        word = str(finding.values.get("word") or "")
        for name, text in (("before", before), ("after", after)):
            if text is not None and word:
                spoken[name] = around(as_shown(text), word, limit)
            elif text is not None:
                spoken[name] = cut(one_line(text), limit) if source else shorten(text, limit)
        return spoken

    def _entry(self, finding: Finding) -> Spoken:
        """The named entry that a setting belongs to, such as a question of a FAQ, and its field."""
        found = re.fullmatch(r".*\[([^\]]+)\]\.?([\w.-]*)", finding.subject)
        if finding.kind != "setting-changed" or found is None:
            return {}
        return {"entry": self.voice.quoted(found[1]), "field": found[2] or None}

    def _names(self, finding: Finding) -> Spoken:
        own = "/" in finding.subject or finding.kind.startswith("redirect-")
        path = finding.subject if own else self.source.change.path
        old = finding.before or ""
        other = finding.values.get("path")
        names: Spoken = {"name": basename(path.partition("?")[0].rstrip("/")) or path}
        if finding.kind.endswith("-moved") and finding.before not in {None, finding.subject}:
            names["previous_name"] = basename(old)
            names["renamed"] = dirname(old) == dirname(finding.subject)
            names["folder"] = (
                (dirname(finding.subject) or "/") if basename(old) == names["name"] else None
            )
        if isinstance(other, str):
            names["other_name"] = basename(other)
        return names

    def _place(self, finding: Finding) -> Spoken:
        line = self.source.line(self.voice, finding.before_lines, finding.after_lines)
        section = finding.values.get("section")
        return self._place_of(section if isinstance(section, str) else None, line)

    def _place_of(self, section: str | None, line: Markdown) -> Spoken:
        """Where something is, for each spot in a sentence at which that is said."""
        voice = self.voice
        if voice.files is not None:
            said = {name: voice.place_in(voice.files, name) for name in _SPOTS}
            return {"line": Markdown(), **said}
        if section == self.source.title:
            section = None  # everything on the page is under its title
        known = section is not None and section == voice.under
        quoted = None if section is None or known else voice.quoted(section)
        silent = voice.plain or not (quoted or line)
        values: Spoken = {"section": quoted, "line": line or None, "same": known}
        return {
            "line": line,
            "at": voice.say("place.at", line=line) if line else Markdown(),
            "where": Markdown() if silent else voice.say("place.where", **values),
            "lead": voice.say("place.lead", **values),
        }

    def _edits(self, passage: Passage) -> Spoken:
        """The differences and what is told along with them, unless they are too many to quote."""
        carried = [part for item in passage.carried for part in self._part(item)]
        spoken: Spoken = {"carried": self.voice.enumerate(carried) if carried else None}
        edits = quotable(passage)
        whole = edits != passage.edits
        lines = changed_lines(passage.finding, self.source.change)
        if lines:
            told = [self._edit(edit, "code_edit") for edit in lines]
            spoken["code_edits"] = self.voice.enumerate(told)
        elif _say_something(edits, passage.finding.kind):
            for name, family in (("edits", "edit"), ("code_edits", "code_edit")):
                told = list(dict.fromkeys(self._edit(edit, family, whole=whole) for edit in edits))
                spoken[name] = self.voice.enumerate([*told, *carried])
            spoken |= {"carried": None, "sentences": whole}
            spoken |= {} if whole else self._only_edit(edits)
        elif carried and not passage.edits:
            spoken |= {"edits": spoken["carried"], "carried": None}
        return spoken

    def _only_edit(self, edits: Sequence[Edit]) -> Spoken:
        before, after = edits[0]
        if len(edits) > 1 or not (before and after):
            return {}
        old, new = contrast(before, after, self.voice.limit)
        if len(old) < LEAST_EDIT:
            return {}  # a letter or two say nothing without what is around them
        return {"edit_before": old, "edit_after": new}

    def _all_edits(self, clause: Clause) -> Spoken:
        """The distinct differences of all passages, where they are few."""
        edits = tuple(dict.fromkeys(edit for item in clause.passages for edit in item.edits))
        if not edits or len(edits) > MOST_EDITS or any(p.more_edits for p in clause.passages):
            return {}
        if not _say_something(edits) or any(len(max(edit, key=len)) < LEAST_EDIT for edit in edits):
            return {}
        told = [self._edit(edit, "code_edit") for edit in edits]
        return {"code_edits": self.voice.enumerate(told)}

    def _same_exchange(self, ones: Sequence[Spoken]) -> Spoken:
        """What was exchanged for what, when it is the same everywhere."""
        pairs = {(one.get("before"), one.get("after")) for one in ones}
        before, after = pairs.pop()
        return {} if pairs else {"same_before": before, "same_after": after}

    def _edit(self, edit: Edit, family: str, *, whole: bool = False) -> Markdown:
        """``whole``: the sides are sentences, which may be longer."""
        in_full = whole and self._in_full
        if family == "code_edit":  # shown as code whatever marks it had
            edit = edit[0].strip("`"), edit[1].strip("`")
        before, after = contrast(*edit, LONGEST_SENTENCE if in_full else self.voice.limit)
        kind = "replaced" if before and after else "inserted" if after else "deleted"
        return self.voice.say(f"{family}.{kind}", before=before, after=after)

    def _part(self, finding: Finding) -> Iterator[Markdown]:
        key = f"part.{finding.kind}"
        if self.voice.phrases.has(key):
            yield self.voice.say(key, **self.one(Passage(finding=finding)))

    def _labels(self, finding: Finding) -> Spoken:
        labels: Spoken = {}
        for name, kind in (("kind_label", finding.subject), ("kind_label_before", finding.before)):
            key = f"note_kinds.{kind}"
            known = kind is not None and self.voice.phrases.has(key)
            labels[name] = self.voice.say(key) if known else kind
        return labels

    def _language(self, name: str, code: Json) -> Spoken:
        """A programming language by its proper name."""
        key = f"code_languages.{str(code).lower()}"
        known = isinstance(code, str) and self.voice.phrases.has(key)
        return {name: self.voice.say(key)} if known else {}

    def _places(self, places: Json) -> Iterator[Markdown]:
        for path, line in places_of(places):
            url = blob_url(self.change_set, self.change_set.head, path)
            text = link(self.voice.say("place.line", line=line), url, (line, line))
            yield self.voice.say("place.linked_from", path=path, line=text)

    def _cells(self, finding: Finding) -> Markdown:
        cells = finding.values.get("cells")
        told = [
            self.voice.say("item.cell", **self._cell(cell))
            for cell in (cells if isinstance(cells, tuple | list) else ())
            if isinstance(cell, Mapping)
        ]
        return self.voice.enumerate(told, 3)

    def _cell(self, cell: Mapping[str, Json]) -> Spoken:
        before, after = (str(cell.get(name) or "") for name in ("before", "after"))
        old, new = contrast(before, after, self.voice.limit)
        column = str(cell.get("column") or "")
        # A column without a heading has only its number.
        named = None if column.startswith("#") else self.voice.quoted(column)
        return {"column": named, "before": old, "after": new}

    def _parts(self, values: Mapping[str, Json]) -> Iterator[Markdown]:
        for name in COUNTED:
            count = integer(values.get(name))
            if count:
                yield self.voice.say(f"counted.{name}", count=count)

    def _common(self, findings: Sequence[Finding]) -> Spoken:
        """What all changed targets have in common: the part that went, the part that came."""
        parts = {difference(finding.before or "", finding.after or "") for finding in findings}
        before, after = parts.pop()
        if parts or not (before and after):
            return {}
        old, new = contrast(before, after, self.voice.limit)
        return {"common_before": old, "common_after": new}


def _say_something(edits: Sequence[Edit], kind: str = "code-changed") -> bool:
    """Whether there are differences to quote; in code, marks say nothing without their line."""
    letters = all(any(map(str.isalnum, "".join(edit))) for edit in edits)
    return bool(edits) and (letters or kind != "code-changed")


def _totals(findings: Sequence[Finding]) -> Spoken:
    return {
        f"{name}_total": sum(integer(finding.values.get(name)) for finding in findings)
        for name in ("added", "removed")
    }


def is_included(path: str) -> bool:
    """Whether a file is only shown as part of pages and has no address of its own."""
    folders = path.split("/")[:-1]
    return any(name.strip("_") in INCLUDE_FOLDERS for name in folders)


def changed_size(finding: Finding) -> int:
    """Lines of code that came or went."""
    return sum(integer(finding.values.get(name)) for name in ("lines_added", "lines_removed"))


def integer(value: Json) -> int:
    return value if isinstance(value, int) else 0

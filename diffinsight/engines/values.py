"""What a clause's findings offer to the phrases about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, commonprefix, dirname

from diffinsight.engines.clauses import Clause
from diffinsight.engines.voice import Source, Voice, blob_url, link
from diffinsight.languages import Markdown, Value
from diffinsight.models import ChangeSet, Finding, Json

MOST_EDITS = 4  # more differences than these are counted instead of quoted
LONGEST_EDIT = 40  # words changed in a text whose differences are still worth quoting
SIZES = frozenset({"words", "lines", "links", "rows", "images", "code_blocks"})  # 0 says nothing
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
}

Spoken = dict[str, Value]


def values_of(clause: Clause, *, voice: Voice, source: Source, change_set: ChangeSet) -> Spoken:
    """Everything the phrases of the clause's kind may name."""
    speaker = _Speaker(voice, source, change_set)
    if len(clause.findings) == 1:
        return speaker.one(clause.findings[0])
    return speaker.several(clause)


class _Speaker:
    def __init__(self, voice: Voice, source: Source, change_set: ChangeSet) -> None:
        self.voice = voice
        self.source = source
        self.change_set = change_set

    def one(self, finding: Finding) -> Spoken:
        spoken: Spoken = {"count": 1, "kind": finding.kind}
        spoken |= self._shown(finding.values)
        spoken |= self._flags(finding.values)
        spoken |= self._text("subject", finding.subject)
        spoken |= self._text("before", finding.before)
        spoken |= self._text("after", finding.after)
        spoken |= self._names(finding)
        spoken |= self._place(finding)
        spoken |= self._edits(finding)
        spoken |= self._labels(finding)
        spoken |= _totals([finding])
        spoken["places"] = tuple(self._places(finding.values.get("places")))
        spoken["cells"] = self._cells(finding) or None
        spoken["parts"] = tuple(self._parts(finding.values))
        return spoken

    def several(self, clause: Clause) -> Spoken:
        findings = clause.findings
        ones = [self.one(finding) for finding in findings]
        spoken: Spoken = {"count": len(findings), "kind": clause.kind}
        spoken |= {f"first_{name}": ones[0].get(name) for name in ("subject", "before", "after")}
        for name, plural in (("subject", "subjects"), ("text", "texts"), ("name", "names")):
            spoken[plural] = tuple(dict.fromkeys(str(one[name]) for one in ones if one.get(name)))
        spoken |= _totals(findings)
        spoken |= self._lists(ones)
        spoken |= self._common(findings)
        counted = f"findings.{clause.kind}.rest"
        if self.voice.phrases.has(counted):
            spoken["what"] = self.voice.say(counted, count=len(findings))
        spoken["section"] = self.voice.quoted(clause.section) if clause.section else None
        spoken["where"] = self._where(spoken["section"], Markdown())
        spoken["at"] = Markdown()
        return spoken

    def _lists(self, ones: Sequence[Spoken]) -> Spoken:
        """Lists of phrases about each finding, where all of them have what the phrase needs."""
        lists: Spoken = {}
        for name, key in LISTS.items():
            if all(self.voice.phrases.can_say(key, **one) for one in ones):
                lists[name] = tuple(dict.fromkeys(self.voice.say(key, **one) for one in ones))
        return lists

    def _shown(self, values: Mapping[str, Json]) -> Spoken:
        spoken: Spoken = {}
        for name, value in values.items():
            if isinstance(value, str):
                spoken[name] = self.voice.quoted(value)
            elif isinstance(value, bool):
                spoken[name] = value
            elif isinstance(value, int):
                spoken[name] = None if value == 0 and name in SIZES else value
            elif isinstance(value, Sequence) and all(isinstance(item, str) for item in value):
                spoken[name] = tuple(self.voice.quoted(str(item)) for item in value)
                spoken[f"{name}_count"] = len(value)
        return spoken

    def _flags(self, values: Mapping[str, Json]) -> Spoken:
        flags: Spoken = {}
        for name in ("reason", "change"):
            value = values.get(name)
            if isinstance(value, str):
                flags[value.replace("-", "_")] = True
        flags["moved_to"] = values.get("direction") == "to"
        return flags

    def _text(self, name: str, text: str | None) -> Spoken:
        return {name: self.voice.quoted(text) if text is not None else None}

    def _names(self, finding: Finding) -> Spoken:
        path = finding.subject if "/" in finding.subject else self.source.change.path
        old = finding.before or ""
        other = finding.values.get("path")
        names: Spoken = {"name": basename(path.partition("?")[0].rstrip("/")) or path}
        if finding.kind.endswith("-moved") and finding.before:
            names["previous_name"] = basename(old)
            names["renamed"] = dirname(old) == dirname(finding.subject)
            names["folder"] = (
                (dirname(finding.subject) or ".") if basename(old) == names["name"] else None
            )
        if isinstance(other, str):
            names["other_name"] = basename(other)
        return names

    def _place(self, finding: Finding) -> Spoken:
        line = self.source.line(self.voice, finding.before_lines, finding.after_lines)
        section = finding.values.get("section")
        quoted = self.voice.quoted(section) if isinstance(section, str) else None
        return {
            "line": line,
            "at": self.voice.say("place.at", line=line) if line else Markdown(),
            "where": self._where(quoted, line),
            "lead": self.voice.say("place.lead", section=quoted, line=line or None),
        }

    def _where(self, section: Value, line: Markdown) -> Markdown:
        if self.voice.plain or not (section or line):
            return Markdown()
        return self.voice.say("place.where", section=section, line=line or None)

    def _edits(self, finding: Finding) -> Spoken:
        edits = tuple(_pairs(finding.values.get("edits")))
        more = integer(finding.values.get("more_edits"))
        changed = integer(finding.values.get("words_added")) + integer(
            finding.values.get("words_removed")
        )
        if not edits or more or len(edits) > MOST_EDITS or changed > LONGEST_EDIT:
            return {}
        told = self.voice.enumerate(self._edit(edit, "edit") for edit in edits)
        coded = self.voice.enumerate(self._edit(edit, "code_edit") for edit in edits)
        spoken: Spoken = {"edits": told, "code_edits": coded}
        before, after = edits[0]
        if len(edits) == 1 and before and after:
            spoken["edit_before"] = self.voice.quoted(before)
            spoken["edit_after"] = self.voice.quoted(after)
        return spoken

    def _edit(self, edit: tuple[str, str], family: str) -> Markdown:
        before, after = (self.voice.quoted(text) for text in edit)
        kind = "replaced" if before and after else "inserted" if after else "deleted"
        return self.voice.say(f"{family}.{kind}", before=before, after=after)

    def _labels(self, finding: Finding) -> Spoken:
        labels: Spoken = {}
        for name, kind in (("kind_label", finding.subject), ("kind_label_before", finding.before)):
            key = f"note_kinds.{kind}"
            known = kind is not None and self.voice.phrases.has(key)
            labels[name] = self.voice.say(key) if known else kind
        return labels

    def _places(self, places: Json) -> Iterator[Markdown]:
        for place in places if isinstance(places, tuple | list) else ():
            if isinstance(place, Mapping):
                path, line = str(place.get("path")), integer(place.get("line"))
                url = blob_url(self.change_set, self.change_set.head, path)
                text = link(self.voice.say("place.line", line=line), url, (line, line))
                yield self.voice.say("place.linked_from", path=path, line=text)

    def _cells(self, finding: Finding) -> Markdown:
        cells = finding.values.get("cells")
        told = [
            self.voice.say(
                "item.cell",
                **{name: self.voice.quoted(str(text)) for name, text in cell.items()},
            )
            for cell in (cells if isinstance(cells, tuple | list) else ())
            if isinstance(cell, Mapping)
        ]
        return self.voice.enumerate(told, 3)

    def _parts(self, values: Mapping[str, Json]) -> Iterator[Markdown]:
        for name in COUNTED:
            count = integer(values.get(name))
            if count:
                yield self.voice.say(f"counted.{name}", count=count)

    def _common(self, findings: Sequence[Finding]) -> Spoken:
        """What all changed targets have in common: the part that went, the part that came."""
        parts = {_difference(finding.before or "", finding.after or "") for finding in findings}
        before, after = parts.pop()
        if parts or not (before and after):
            return {}
        return {
            "common_before": self.voice.quoted(before),
            "common_after": self.voice.quoted(after),
        }


def _totals(findings: Sequence[Finding]) -> Spoken:
    return {
        f"{name}_total": sum(integer(finding.values.get(name)) for finding in findings)
        for name in ("added", "removed")
    }


def _pairs(edits: Json) -> Iterator[tuple[str, str]]:
    for edit in edits if isinstance(edits, tuple | list) else ():
        if isinstance(edit, Mapping):
            yield str(edit.get("before") or ""), str(edit.get("after") or "")


def integer(value: Json) -> int:
    return value if isinstance(value, int) else 0


def _difference(before: str, after: str) -> tuple[str, str]:
    """The path segments that differ between two targets."""
    old, new = before.split("/"), after.split("/")
    start = len(commonprefix([old, new]))
    end = len(commonprefix([old[start:][::-1], new[start:][::-1]]))
    return "/".join(old[start : len(old) - end]), "/".join(new[start : len(new) - end])

"""Says clauses of one file: as a title, as a sentence, as a count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest

from diffinsight.engines.clauses import Clause, is_kept, leads_there_still
from diffinsight.engines.cutting import ELLIPSIS, shorten
from diffinsight.engines.parting import narrowed, with_parted_cells
from diffinsight.engines.passages import Edit, Passage
from diffinsight.engines.ranking import TEXT, is_page_title, size
from diffinsight.engines.urgency import is_rewritten, urgency
from diffinsight.engines.values import Spoken, grouped, integer, values_of
from diffinsight.engines.values.exchanges import are_quotes
from diffinsight.engines.values.sizes import totals
from diffinsight.engines.voice import Source, Voice, source_of
from diffinsight.languages import Markdown, Phrases
from diffinsight.matching.spellings import is_variant
from diffinsight.matching.weight import Weight
from diffinsight.models import ChangeSet, FileChange, Finding

LONGEST_TITLE = 80  # characters
_MOST_EXAMPLES = 2
_MOST_LEFT = 3  # texts that are told of those that would only be counted
_SAMPLE = 40  # characters of each example
_SAID = 100  # ... that came or went: how it begins rarely tells what it says
_BRIEF = 70  # ... of a change among others
_QUOTATIONS = (70, 54, 44, 36, 28)  # characters; tried in turn until a title fits
_SHORT_QUOTATIONS = (22, 16, 10)  # say little: a shorter title without them is better
_EDITED = ("edit_added", "edit_removed")  # what came or went in texts
_TOLD = ("subject", "text", *_EDITED)  # ... and texts that came or went
_SIZES = (
    *("words", "parts", "rows", "columns", "lines", "lines_added", "lines_removed"),
    *("commands", "code_edits", "gist"),
)
# Kinds of which the weightiest is told rather than how many there are.
_LED = ("step-", "note-")
_LED_TITLES = ("table-row-changed", "code-changed")  # ... in titles, which have no room for all
# Kinds that are counted by what they are about.
_OTHERS_STAY = ("copy", "namesake")  # of what went
_DETAILED = ("code-", "list-level-", "note-", "table-added", "table-removed", "table-replaced")
_ONE_SIDED = ("added", "removed")  # of what would have changed, had it been there before and after
_EXTRAS = (
    *("gist", "table_columns", "table_rows", "lost", "list_items", "noted"),
    *("copied_from", "in_toc", "not_in_toc", "unused"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """What is needed to speak of one file."""

    phrases: Phrases
    change_set: ChangeSet
    source: Source

    def title(self, clause: Clause) -> str:
        """Plain text of at most LONGEST_TITLE characters."""
        rows = len(clause.passages) if clause.kind == "table-row-changed" else 1
        clause = self._told(clause)
        sums = totals(self.source.change, clause.findings) | {"led": rows if rows > 1 else None}
        if _is_one(clause):
            clause = Clause(passages=clause.passages[:1])
        whats = ("titles", "title") if len(clause.passages) > 1 else ("title",)
        text = ""
        for limits in (_QUOTATIONS, _SHORT_QUOTATIONS):
            fitting: list[tuple[bool, int, str]] = []
            for limit in limits:
                titles = list(self._titles(clause, whats, limit, sums))
                fitting += [title for title in titles if len(title[-1]) <= LONGEST_TITLE]
                text = titles[-1][-1]
                if titles[0] in fitting:
                    break
            if fitting:
                return min(fitting, key=lambda title: title[:2])[-1]
        return text[: LONGEST_TITLE - 1].rstrip() + "…"

    def _titles(
        self, clause: Clause, whats: tuple[str, ...], limit: int, sums: Spoken
    ) -> Iterator[tuple[bool, int, str]]:
        """The titles there are with quotations of at most ``limit``, the best with the number 0.

        Text that is quoted whole is better than a part of it and the section it stands in.
        """
        values = self._values(clause, Voice(phrases=self.phrases, plain=True, limit=limit)) | sums
        names = _TOLD if clause.kind.endswith(_ONE_SIDED) else _EDITED
        told = [str(values.get(name) or "") for name in names if clause.kind in TEXT]
        whole = [text.replace("`", "") for text in told if text and not text.endswith(ELLIPSIS)]
        for number, title in self.phrases.say_each(self._key(clause, whats, values), **values):
            yield not any(text in title for text in whole), number, title

    def _told(self, clause: Clause) -> Clause:
        """What a title is about: the weightiest passage, where it says what that became."""
        led = _led(clause, (*_LED, *_LED_TITLES), Weight.RULE)
        if len(led.passages) > 1:
            return clause
        led = Clause(passages=(narrowed(led.passages[0]),))
        voice = Voice(phrases=self.phrases, plain=True)
        named = self._values(led, voice).keys() & {"edit_before", "edit_added", "edit_removed"}
        return led if named or len(clause.passages) == 1 else clause

    def corrections(self, edits: Sequence[Edit]) -> str:
        """The title of a file in which nothing but ``edits`` of spelling changed."""
        pairs = tuple(self.phrases.say_plain("pair", before=a, after=b) for a, b in edits)
        before, after = edits[0]
        what = "titles" if len(edits) > 1 else "title"
        values: Spoken = {"count": len(edits), "before": before, "after": after}
        values["variant"] = len(edits) == 1 and is_variant(before, after)
        values["pairs"] = tuple(map(Markdown, pairs))
        titles = [t for _, t in self.phrases.say_each(f"findings.typo-fixed.{what}", **values)]
        return next((title for title in titles if len(title) <= LONGEST_TITLE), titles[-1])

    def statement(self, clause: Clause, voice: Voice, *, bare: bool = False) -> Markdown:
        """One sentence for readers who see no other words about the files that ``voice`` names.

        ``bare``: without sizes, which differ from file to file.
        """
        clause = in_page_order(_led(clause, _LED, Weight.LISTED))
        values = self._values(clause, voice) | {"headings": None} | self._rows(clause, voice)
        if bare:
            values |= dict.fromkeys(_SIZES)
        what = "sentences" if len(clause.findings) > 1 else "sentence"
        return voice.say(self._key(clause, (what,), values), **values)

    def sentence(self, clause: Clause, under: str | None = None) -> Markdown:
        """``under``: the section that the sentence before has named."""
        clause = in_page_order(clause)
        voice = Voice(phrases=self.phrases, under=under)
        values = self._values(clause, voice)
        what = "sentences" if len(clause.findings) > 1 else "sentence"
        sentence = voice.say(self._key(clause, (what,), values), **values)
        extras = (f"findings.{clause.kind}.extras.{name}" for name in _EXTRAS)
        keys = ("file.carried", *extras, "file.still_in")
        said = (voice.say(key, **values) for key in keys if self._can_say(key, values))
        return self.phrases.join((sentence, *said))

    def again(self, passage: Passage, under: str | None) -> Markdown:
        """That a text changed in the same way as the one that the sentence before is about."""
        voice = Voice(phrases=self.phrases, under=under)
        return voice.say("file.again", **self._values(Clause(passages=(passage,)), voice))

    def action(self, clause: Clause) -> Markdown:
        """What somebody has to do because of a breaking change; empty where it is plain."""
        key = f"findings.{clause.kind}.action"
        if clause.impact != "breaking" or not self.phrases.has(key):
            return Markdown()
        worst = max(clause.passages, key=_links)
        voice = Voice(phrases=self.phrases)
        values = self._values(Clause(passages=(worst,)), voice) | {"count": _links(worst)}
        return voice.say(key, **values) if self._can_say(key, values) else Markdown()

    def count(self, clause: Clause, *, done: bool = False) -> Markdown:
        """Such as "3 links added"; ``done``: in a sentence, where some languages want a verb."""
        # Another syntax highlighting is told apart from code that changed.
        counted = [f for f in clause.findings if f.values.get("aspects") != ("language",)]
        counted = counted or list(clause.findings)
        total = sum(integer(finding.values.get("count")) or 1 for finding in counted)
        values: Spoken = {"count": total, "hunks": self.source.in_hunks, "done": done}
        values["quotes"] = are_quotes(clause.findings)
        values["text_stays"] = is_kept(clause.findings)
        values |= {name: all(f.values.get(name) for f in clause.findings) for name in _OTHERS_STAY}
        values["same_place"] = leads_there_still(clause.findings)
        values |= {name: _all(clause.findings, "change", name) for name in _ONE_SIDED}
        values["column_order"] = _all(clause.findings, "block", "table-column")
        things = {str(finding.values.get("thing")) for finding in clause.findings}
        values |= {things.pop().replace("-", "_"): True} if len(things) == 1 else {}
        values["page_title"] = all(map(is_page_title, clause.findings))
        values["data"] = all(finding.values.get("data") for finding in clause.findings)
        if done and clause.kind.startswith(_DETAILED):
            told = self._values(clause, Voice(phrases=self.phrases, limit=_SAMPLE))
            values |= told | values | ({"count": told["count"]} if self.source.in_hunks else {})
            return self.phrases.say(self._key(clause, ("rest",), values), **values)
        key = self._key(clause, ("rest",), values)
        return Markdown(self.phrases.say_plain(key, **values))

    def can_count_more(self, passages: Sequence[Passage]) -> bool:
        return self.phrases.has(f"findings.{passages[0].finding.kind}.more")

    def count_more(self, passages: Sequence[Passage]) -> Markdown:
        """How many there are beside those of the kind that are told."""
        key = f"findings.{passages[0].finding.kind}.more"
        question = all(p.finding.values.get("thing") == "question" for p in passages)
        hunks = self.source.in_hunks
        retold = all(p.finding.values.get("aspects") == ("language",) for p in passages)
        values = {"question": question, "hunks": hunks, "retold": retold}
        return self.phrases.say(key, count=len(passages), **values)

    def named(self, clause: Clause) -> Markdown:
        """What is counted, by its name where there is only one that has a short one."""
        key = f"findings.{clause.kind}.named"
        name = self._values(clause, Voice(phrases=self.phrases, plain=True, limit=_SAMPLE))
        finding = clause.findings[0]
        long = len(finding.before or finding.subject) > _SAMPLE and not is_page_title(finding)
        if len(clause.passages) > 1 or long or not self._can_say(key, name):
            return self.count(clause)
        return Markdown(self.phrases.say_plain(key, **name | {"before": finding.before}))

    def sample(self, clause: Clause) -> Markdown:
        """The count of texts and a few of them, of those that came or went the weightiest."""
        voice = Voice(phrases=self.phrases)
        subjects = tuple(self._named(passage) for passage in sampled(clause.passages))
        leads = {finding.values.get("led_by") for finding in clause.findings}
        lead = str(leads.pop() or "") if len(leads) == 1 else ""
        key = f"findings.{clause.kind}.sampled"
        return voice.say(key, count=len(subjects), subjects=subjects, led_by=lead or None)

    def _named(self, passage: Passage) -> str:
        """A text by how it begins; what came or went by what it says, a rule as a whole."""
        finding = passage.finding
        side = {"added": "after", "removed": "before"}.get(finding.kind.rpartition("-")[2])
        if side:
            voice = Voice(phrases=self.phrases)
            said = self._values(Clause(passages=(passage,)), voice).get(side)
            if isinstance(said, str):
                return said if urgency(finding) >= Weight.RULE else shorten(said, _SAID)
        return shorten(finding.subject, _SAMPLE)

    def changes(self, clause: Clause) -> tuple[Markdown, ...]:
        """What a lone text became, came or went, quoted; empty where only a count can be told."""
        passage, count = clause.passages[0], len(clause.passages)
        alike = {(finding.before, finding.after) for finding in clause.findings}
        if count > 1 and (len(alike) > 1 or not clause.kind.endswith("-changed")):
            return ()
        brief = urgency(passage.finding) < Weight.RULE
        limit = _BRIEF if clause.kind.endswith("-changed") else _SAID
        voice = Voice(phrases=self.phrases, limit=limit) if brief else Voice(phrases=self.phrases)
        told = tuple(self._quoted(passage, voice, Weight.NOTHING))
        return tuple(self._in_places(edit, count) for edit in told) if count > 1 else told

    def exchange(self, removed: Clause, added: Clause) -> Markdown:
        """One text that took the place of another one everywhere; empty where that is not so."""
        texts = [{finding.subject for finding in each.findings} for each in (removed, added)]
        count = len(added.passages)
        if count != len(removed.passages) or count == 1 or any(len(said) > 1 for said in texts):
            return Markdown()
        before, after = (
            self._values(each, Voice(phrases=self.phrases)) for each in (removed, added)
        )
        edit = self.phrases.say(
            "edit.replaced", before=before["first_subject"], after=after["first_subject"]
        )
        return self._in_places(edit, count)

    def _in_places(self, edit: Markdown, count: int) -> Markdown:
        return self.phrases.say("file.in_places", edit=edit, count=count)

    def most_urgent(self, passages: Iterable[Passage]) -> tuple[Passage, ...]:
        """The few that a reader must act on, or reads first, of those only counted otherwise."""
        urgent = [
            one
            for one in passages
            if urgency(one.finding) >= Weight.RULE or self._introduces(one.finding)
        ]
        return tuple(sorted(urgent, key=_importance, reverse=True)[:_MOST_LEFT])

    def _introduces(self, finding: Finding) -> bool:
        """Whether a text right under the title of the page, of which every page has few, is new."""
        opens = self.source.title and finding.values.get("section") == self.source.title
        whole = not finding.kind.endswith("-changed")
        return bool(opens) and finding.kind in TEXT and (whole or is_rewritten(finding))

    def brief(self, passage: Passage) -> tuple[Markdown, ...]:
        """The first difference of a text, in few words; empty where none can be quoted.

        Two where more than a few words changed.
        """
        voice = Voice(phrases=self.phrases, limit=_BRIEF)
        most = 1 + is_rewritten(passage.finding)
        return tuple(islice(self._quoted(passage, voice), most))

    def urgent(self, passages: Iterable[Passage], said: str) -> Markdown:
        """The changes that a reader must act on, of those that are only named; empty: none is."""
        return self.example((p for p in passages if urgency(p.finding) >= Weight.RULE), said)

    def example(self, passages: Iterable[Passage], said: str = "") -> Markdown:
        """The most urgent change that can be quoted, and one of another text that says as much.

        What the sentence before has ``said`` is no example; empty: there is none.
        """
        voice = Voice(phrases=self.phrases)
        told: list[list[Markdown]] = []
        for passage in sorted(passages, key=_importance, reverse=True):
            says_much = urgency(passage.finding) >= Weight.LISTED or is_rewritten(passage.finding)
            if told and not says_much:
                break
            edits = [edit for edit in self._quoted(passage, voice) if edit not in said]
            told += [edits] if edits else []
            if len(told) >= _MOST_EXAMPLES:
                break
        in_turn = filter(None, chain.from_iterable(zip_longest(*told, fillvalue=Markdown())))
        listed = voice.enumerate(islice(dict.fromkeys(in_turn), _MOST_EXAMPLES))
        return voice.say("file.example", edits=listed) if told else Markdown()

    def _quoted(
        self, passage: Passage, voice: Voice, least: Weight = Weight.RULE
    ) -> Iterator[Markdown]:
        """The differences of a changed text; one that came or went if it weighs ``least``."""
        values = self._values(Clause(passages=(passage,)), voice)
        if passage.finding.kind.startswith("table-row-"):
            if urgency(passage.finding) >= least and self._can_say("item.row", values):
                yield voice.say("item.row", **values)
        elif passage.finding.kind.endswith("-changed"):
            edits = values.get("edit_list")
            yield from map(Markdown, edits if isinstance(edits, tuple) else ())
        elif urgency(passage.finding) >= least:
            kind = "inserted" if passage.finding.kind.endswith("-added") else "deleted"
            yield voice.say(f"edit.{kind}", **values)

    def _key(self, clause: Clause, whats: tuple[str, ...], values: Spoken) -> str:
        """The first of the kind's phrases that can be said; else what can be said of any kind."""
        own = (f"findings.{clause.kind}.{what}" for what in whats)
        common = f"findings.several.{whats[0]}"
        for key in (*own, common):
            if self._can_say(key, values):
                return key
        return f"findings.generic.{whats[0]}"

    def _can_say(self, key: str, values: Spoken) -> bool:
        return self.phrases.has(key) and self.phrases.can_say(key, **values)

    def _values(self, clause: Clause, voice: Voice) -> Spoken:
        told = Clause(
            passages=tuple(
                replace(passage, finding=with_parted_cells(passage.finding))
                for passage in clause.passages
            )
        )
        return values_of(told, voice=voice, source=self.source, change_set=self.change_set)

    def _rows(self, clause: Clause, voice: Voice) -> Spoken:
        """What each of several rows of a table became."""
        if clause.kind != "table-row-changed" or len(clause.passages) == 1:
            return {}
        ones = [self._values(Clause(passages=(passage,)), voice) for passage in clause.passages]
        if not all(self._can_say("item.row", one) for one in ones):
            return {}
        return {"row_cells": tuple(voice.say("item.row", **one) for one in grouped(ones))}


def teller_of(change: FileChange, *, phrases: Phrases, change_set: ChangeSet) -> Teller:
    return Teller(phrases=phrases, change_set=change_set, source=source_of(change, change_set))


def _all(findings: Iterable[Finding], name: str, value: str) -> bool:
    return all(finding.values.get(name) == value for finding in findings)


def _led(clause: Clause, kinds: tuple[str, ...], least: Weight) -> Clause:
    """The weightiest passage alone, where one of several of ``kinds`` weighs ``least``."""
    if len(clause.passages) == 1 or is_same(clause) or not clause.kind.startswith(kinds):
        return clause
    first = max(clause.passages, key=lambda passage: urgency(passage.finding))
    heavy = urgency(first.finding) >= least or bool(first.finding.values.get("commands"))
    return Clause(passages=(first,)) if heavy else clause


def sampled(passages: Sequence[Passage]) -> Sequence[Passage]:
    """Texts in the order in which a few stand for all: rules that came or went come first."""
    return sorted(passages, key=lambda passage: not _is_rule(passage))


def _is_rule(passage: Passage) -> bool:
    changed = passage.finding.kind.endswith("-changed")
    return not changed and urgency(passage.finding) >= Weight.RULE


def quotes_value(sentence: str, value: Finding) -> bool:
    """Whether a sentence says what a value became, and of what."""
    sides = (value.before, value.after, str(value.values.get("label") or value.after))
    return all(
        side and re.search(rf"(?<!\w){re.escape(side)}(?!\w)", sentence) is not None
        for side in sides
    )


def is_same(clause: Clause) -> bool:
    """Whether all that is told of several passages is the same."""
    told = clause.kind in {"table-row-changed", "step-changed"}
    return told and len({passage.edits for passage in clause.passages}) == 1


def _is_one(clause: Clause) -> bool:
    """Whether a title that names one of the passages is true of all of them."""
    alike = {(passage.finding.subject, passage.edits) for passage in clause.passages}
    return len(alike) == 1 and not clause.kind.startswith("table-column-")


def in_page_order(clause: Clause) -> Clause:
    """Steps as readers take them."""
    if not clause.kind.startswith("step-"):
        return clause
    return Clause(passages=tuple(sorted(clause.passages, key=_first_line)))


def _first_line(passage: Passage) -> int:
    lines = passage.finding.after_lines or passage.finding.before_lines
    return lines[0] if lines else 0


def _importance(passage: Passage) -> tuple[int, int]:
    return urgency(passage.finding), size((passage.finding,))


def _links(passage: Passage) -> int:
    return integer(passage.finding.values.get("links"))

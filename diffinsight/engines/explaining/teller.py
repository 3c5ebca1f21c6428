"""Says clauses of one file in sentences, with the words and values of a language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from diffinsight.engines.choosing.below import with_those_below
from diffinsight.engines.choosing.clauses import Clause
from diffinsight.engines.choosing.passages import Passage
from diffinsight.engines.choosing.urgency import urgency
from diffinsight.engines.quoting.parting import with_parted_cells
from diffinsight.engines.quoting.voice import QUOTATION, Source, Voice, source_of
from diffinsight.engines.values import Spoken, grouped, integer, values_of
from diffinsight.languages import Markdown, Phrases
from diffinsight.matching.sentences import alike
from diffinsight.matching.weight import Weight
from diffinsight.models import ChangeSet, FileChange, Finding

_SIZES = (
    *("words", "parts", "rows", "columns", "lines", "lines_added", "lines_removed"),
    *("commands", "code_edits", "gist"),
)
# Kinds of which the weightiest is told rather than how many there are.
LED = ("step-", "note-")
# What differs from file to file is not said of several.
_OF_ONE_FILE: Spoken = {"headings": None, "shows": None, "zones": None}
_LEAST_ALIKE = 0.7  # of two texts of which readers see the same words
_EXTRAS = (
    *("gist", "table_columns", "table_rows", "row_tables", "row_cells", "lost"),
    *("list_items", "noted", "holds"),
    *("code_values", "copied_from", "in_toc", "not_in_toc", "unused"),
)
_BESIDE = ("file.now_in", "file.still_in", "file.slips", "file.old_names", "file.still_says")


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """What is needed to speak of one file.

    `clause_titles`, `clause_counts` and `examples` say the rest with it.
    """

    phrases: Phrases
    change_set: ChangeSet
    source: Source
    room: float = 1.0  # how much longer quotations may be than usual

    def voice(self, under: str | None = None, limit: int = QUOTATION) -> Voice:
        """How an explanation speaks; ``limit``: characters of a quotation, as a rule."""
        return Voice(phrases=self.phrases, limit=int(limit * self.room), under=under)

    def statement(self, clause: Clause, voice: Voice, *, bare: bool = False) -> Markdown:
        """One sentence for readers who see no other words about the files that ``voice`` names.

        ``bare``: without sizes, which differ from file to file.
        """
        clause = with_those_below(in_page_order(led(clause, LED, Weight.LISTED)))
        values = self.values(clause, voice) | _OF_ONE_FILE | self._rows(clause, voice)
        if bare:
            values |= dict.fromkeys(_SIZES)
        what = "sentences" if len(clause.findings) > 1 else "sentence"
        return voice.say(self.key(clause, (what,), values), **values)

    def sentence(self, clause: Clause, under: str | None = None) -> Markdown:
        """``under``: the section that the sentence before has named."""
        clause = in_page_order(clause)
        voice = self.voice(under)
        values = self.values(clause, voice)
        what = "sentences" if len(clause.findings) > 1 else "sentence"
        sentence = voice.say(self.key(clause, (what,), values), **values)
        extras = (f"findings.{clause.kind}.extras.{name}" for name in _EXTRAS)
        keys = ("file.carried", *extras, *_BESIDE)
        said = (voice.say(key, **values) for key in keys if self.can_say(key, values))
        return self.phrases.join((sentence, *said))

    def again(self, passage: Passage, under: str | None) -> Markdown:
        """That a text changed in the same way as the one that the sentence before is about."""
        voice = self.voice(under)
        return voice.say("file.again", **self.values(Clause(passages=(passage,)), voice))

    def action(self, clause: Clause) -> Markdown:
        """What somebody has to do because of a breaking change; empty where it is plain."""
        key = f"findings.{clause.kind}.action"
        if clause.impact != "breaking" or not self.phrases.has(key):
            return Markdown()
        worst = max(clause.passages, key=_links)
        voice = self.voice()
        values = self.values(Clause(passages=(worst,)), voice) | {"count": _links(worst)}
        return voice.say(key, **values) if self.can_say(key, values) else Markdown()

    def key(self, clause: Clause, whats: tuple[str, ...], values: Spoken) -> str:
        """The first of the kind's phrases that can be said; else what can be said of any kind."""
        own = (f"findings.{clause.kind}.{what}" for what in whats)
        common = f"findings.several.{whats[0]}"
        for key in (*own, common):
            if self.can_say(key, values):
                return key
        return f"findings.generic.{whats[0]}"

    def can_say(self, key: str, values: Spoken) -> bool:
        """Whether the language has such a phrase, and all that it needs is there."""
        return self.phrases.has(key) and self.phrases.can_say(key, **values)

    def values(self, clause: Clause, voice: Voice) -> Spoken:
        """What phrases about a clause may use."""
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
        ones = [self.values(Clause(passages=(passage,)), voice) for passage in clause.passages]
        if not all(self.can_say("item.row", one) for one in ones):
            return {}
        return {"row_cells": tuple(voice.say("item.row", **one) for one in grouped(ones))}


def teller_of(change: FileChange, *, phrases: Phrases, change_set: ChangeSet) -> Teller:
    return Teller(phrases=phrases, change_set=change_set, source=source_of(change, change_set))


def led(clause: Clause, kinds: tuple[str, ...], least: Weight) -> Clause:
    """The weightiest passage, and others much like it, where one of ``kinds`` weighs ``least``."""
    if len(clause.passages) == 1 or is_same(clause) or not clause.kind.startswith(kinds):
        return clause
    first = max(clause.passages, key=lambda passage: urgency(passage.finding))
    heavy = urgency(first.finding) >= least or bool(first.finding.values.get("commands"))
    near = (p for p in clause.passages if p is first or _is_like(p.finding, first.finding))
    return Clause(passages=tuple(near)) if heavy else clause


def _is_like(one: Finding, other: Finding) -> bool:
    """Whether two texts came or went that read alike: told alone, one would stand for both."""
    texts = [finding.before or finding.after or "" for finding in (one, other)]
    whole = not any(finding.before and finding.after for finding in (one, other))
    return whole and all(texts) and alike(*texts) >= _LEAST_ALIKE


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


def in_page_order(clause: Clause) -> Clause:
    """Steps as readers take them."""
    if not clause.kind.startswith("step-"):
        return clause
    return Clause(passages=tuple(sorted(clause.passages, key=_first_line)))


def _first_line(passage: Passage) -> int:
    lines = passage.finding.after_lines or passage.finding.before_lines
    return lines[0] if lines else 0


def _links(passage: Passage) -> int:
    return integer(passage.finding.values.get("links"))

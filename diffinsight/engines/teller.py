"""Says clauses of one file: as a title, as a sentence, as a count."""

from __future__ import annotations

from dataclasses import dataclass

from diffinsight.engines.clauses import Clause
from diffinsight.engines.values import Spoken, integer, values_of
from diffinsight.engines.voice import Source, Voice, source_of
from diffinsight.languages import Markdown, Phrases
from diffinsight.models import ChangeSet, FileChange

LONGEST_TITLE = 80  # characters
_QUOTATIONS = (70, 54, 44, 36, 28, 22, 16, 10)  # tried in turn until a title fits


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """What is needed to speak of one file."""

    phrases: Phrases
    change_set: ChangeSet
    source: Source

    def title(self, clause: Clause) -> str:
        """Plain text of at most LONGEST_TITLE characters."""
        whats = ("titles", "title") if len(clause.findings) > 1 else ("title",)
        text = ""
        for limit in _QUOTATIONS:
            voice = Voice(phrases=self.phrases, plain=True, limit=limit)
            values = self._values(clause, voice)
            text = voice.say(self._key(clause, whats, values), **values)
            if len(text) <= LONGEST_TITLE:
                return text
        return text[: LONGEST_TITLE - 1].rstrip() + "…"

    def sentence(self, clause: Clause) -> Markdown:
        voice = Voice(phrases=self.phrases)
        values = self._values(clause, voice)
        what = "sentences" if len(clause.findings) > 1 else "sentence"
        return voice.say(self._key(clause, (what,), values), **values)

    def action(self, clause: Clause) -> Markdown:
        """What somebody has to do because of a breaking change; empty where it is plain."""
        key = f"findings.{clause.kind}.action"
        if clause.impact != "breaking" or not self.phrases.has(key):
            return Markdown()
        worst = max(clause.findings, key=lambda finding: integer(finding.values.get("links")))
        voice = Voice(phrases=self.phrases)
        return voice.say(key, **self._values(Clause(findings=(worst,)), voice))

    def count(self, clause: Clause) -> Markdown:
        """Such as "3 links added"."""
        total = sum(integer(finding.values.get("count")) or 1 for finding in clause.findings)
        key = self._key(clause, ("rest",), {"count": total})
        return Markdown(self.phrases.say_plain(key, count=total))

    def _key(self, clause: Clause, whats: tuple[str, ...], values: Spoken) -> str:
        """The first of the kind's phrases that can be said; else what can be said of any kind."""
        own = (f"findings.{clause.kind}.{what}" for what in whats)
        common = f"findings.several.{whats[0]}"
        for key in (*own, common):
            if self.phrases.has(key) and self.phrases.can_say(key, **values):
                return key
        return f"findings.generic.{whats[0]}"

    def _values(self, clause: Clause, voice: Voice) -> Spoken:
        return values_of(clause, voice=voice, source=self.source, change_set=self.change_set)


def teller_of(change: FileChange, *, phrases: Phrases, change_set: ChangeSet) -> Teller:
    return Teller(phrases=phrases, change_set=change_set, source=source_of(change, change_set))

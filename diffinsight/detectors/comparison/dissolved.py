"""What became of the text of a section whose heading went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from diffinsight.detectors.comparison import Comparison
from diffinsight.matching.sentences import is_said, sentences
from diffinsight.matching.words import STOP_WORDS, bag, count
from diffinsight.models import Json
from diffinsight.outline.model import PROSE, Block, Section

SAID = frozenset({"paragraph", "item", "step", "table", "row", "code"})
LEAST_COPIED = 8  # words; less is said twice by chance
PART = 0.3  # of the words of a section: less is a phrase that two texts share
MOST = 10_000  # sentences that went with a section times those that came, all of a page

Said = tuple[str, str]  # heading, sentence under it


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What a page says, and where: read once, and asked for each heading that went."""

    file: Comparison
    names: frozenset[str]  # of sections, case folded
    texts: Counter[str]  # of blocks of the old version
    texts_now: Mapping[str, Sequence[str]]  # of blocks → the headings that they stand under
    sentences: Counter[str]  # of the old version
    came: Sequence[Said]
    untouched: frozenset[int]  # where blocks of the old version begin that no change touches
    places: Mapping[int, int]  # id of a section of the old version → its place
    pairs: Mapping[int, Section]  # ... → the section that it is now

    @classmethod
    def of(cls, file: Comparison) -> Standing:
        before, after = file.before, file.after
        texts_now: defaultdict[str, list[str]] = defaultdict(list)
        for section in after.sections:
            for block in section.blocks:
                if block.kind in SAID:
                    texts_now[block.text].append(section.heading.text if section.heading else "")
        return cls(
            file=file,
            names=frozenset(s.heading.text.casefold() for s in after.headings if s.heading),
            texts=Counter(block.text for s in before.sections for block in s.blocks),
            texts_now=texts_now,
            sentences=Counter(_sayings(b for s in before.sections for b in s.blocks)),
            came=[
                (section.heading.text, said)
                for section in after.headings
                if section.heading
                for said in _sayings(b for b in section.blocks if b.first in file.added)
            ],
            untouched=frozenset(
                block.first
                for block in before.blocks
                if not any(line in file.removed for line in range(block.first, block.last + 1))
            ),
            places={id(section): place for place, section in enumerate(before.sections)},
            pairs={id(p.before): p.after for p in file.sections if p.before and p.after},
        )

    def what_became(self, section: Section, heading: Block) -> dict[str, Json]:
        """Where all that a section said stands now, what took its place, or where a part stands."""
        elsewhere = self._elsewhere(section)
        if not section.blocks and self._heads_others(section, heading):
            return {"text_stays": True}
        old, into = self._merged_into(section, heading) or ("", "")
        part = "" if elsewhere or into else self._partly_in(section)
        return {
            **elsewhere,
            "into": into or None,
            "merged_with": old or None,
            "partly_in": part or None,
            "namesake": heading.text.casefold() in self.names or None,
        }

    def _heads_others(self, section: Section, heading: Block) -> bool:
        """Whether the section that follows is a part of it, and still there."""
        (below,) = self.file.before.sections[self.places[id(section)] + 1 :][:1] or (section,)
        part = bool(below.heading and below.heading.level > heading.level)
        return part and id(below) in self.pairs

    def _partly_in(self, section: Section) -> str:
        """The heading above new sentences that say most of what the section says elsewhere now."""
        gone = list(_sayings(section.blocks))
        if len(gone) * len(self.came) > MOST:
            return ""
        mine = Counter(gone)
        came = [(name, said) for name, said in self.came if self.sentences[said] <= mine[said]]
        words: Counter[str] = Counter()
        for sentence in gone:
            place = next((name for name, other in came if is_said(sentence, other)), None)
            if place:
                words[place] += count(sentence)
        (held,) = words.most_common(1) or [("", 0)]
        enough = max(LEAST_COPIED, PART * sum(map(count, gone)))
        return held[0] if held[1] >= enough else ""

    def _merged_into(self, section: Section, heading: Block) -> tuple[str, str] | None:
        """The old and the new name of a section beside it that took a word of its name."""
        place = self.places[id(section)]
        for beside in self.file.before.sections[max(place - 1, 0) : place + 2]:
            now = self.pairs.get(id(beside))
            old, new = beside.heading, now.heading if now else None
            if not (old and new and old.level == new.level == heading.level):
                continue
            if (bag(new.text) - bag(old.text) - STOP_WORDS) & bag(heading.text):
                return old.text, new.text
        return None

    def _elsewhere(self, section: Section) -> dict[str, Json]:
        """Whether all that went with a heading stands word for word in the new version as well.

        It is a copy of what stood there before, or the name of the section that has it now.
        """
        here = [block for block in section.blocks if block.kind != "directive" or block.included]
        stays = all(block.kind in SAID and block.text in self.texts_now for block in here)
        if not stays or sum(count(block.text) for block in here) < LEAST_COPIED:
            return {}
        went = {block.text for block in here if block.first not in self.untouched}
        if not went:
            return {"text_stays": True}
        mine = Counter(block.text for block in section.blocks)
        if all(self.texts[text] > mine[text] for text in went):
            return {"copy": True, "text_stays": True}
        return {"text_stays": True, "holder": self._holder(went)}

    def _holder(self, texts: AbstractSet[str]) -> str | None:
        """The heading above all of ``texts``."""
        first, *others = (self.texts_now[text] for text in texts)
        return next((name for name in first if name and all(name in o for o in others)), None)


def _sayings(blocks: Iterable[Block]) -> Iterator[str]:
    return (said for block in blocks if block.kind in PROSE for said in sentences(block.text))

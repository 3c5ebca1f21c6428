"""Words replaced by the same words again and again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.matching.edits import Edit
from diffinsight.matching.words import STOP_WORDS, count

MOST_WORDS = 5  # a longer replacement is a sentence, not a term
# Words that join or point: what holds one of them is a piece of a sentence, not a name.
JOINING = STOP_WORDS - {"of", "and", "the", "for"} | frozenset(
    "they he she i there here how what where who why because while although but so yet once after "  # noqa: SIM905 - a list of words
    "before one now just only prior true false yes no none done don't doesn't isn't aren't can't "
    "won't didn't they're you're it's that's let's".split()
)
ARTICLES = frozenset({"a", "an", "the", "and", "of", "for"})
# A mark that ends or joins clauses: within a side, it belongs to the sentence around the words.
CLAUSE = re.compile(r"(?:^|\s)[.,;:!?+](?:\s|$)|[.,;:!?]$|[,;:!?]\s|\.\s|^[,;:!?]")
Term = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """Replacements that happened twice or more in the range."""

    total: Counter[Term] = field(default_factory=Counter)
    in_file: dict[str, Counter[Term]] = field(default_factory=dict)
    files: Counter[Term] = field(default_factory=Counter)

    def repeated(self, edit: Edit) -> bool:
        return self.total[(edit.before, edit.after)] > 1


def find_terms(files: Iterable[Comparison]) -> Terms:
    """Count the replacements of all files, one for each block that has it."""
    in_file: dict[str, Counter[Term]] = defaultdict(Counter)
    for file in files:
        for pair in file.pairs:
            in_file[file.path].update(terms_of(pair))
    total: Counter[Term] = Counter()
    per_files: Counter[Term] = Counter()
    for counted in in_file.values():
        total.update(counted)
        per_files.update(counted.keys())
    return Terms(total=total, in_file=dict(in_file), files=per_files)


def terms_of(pair: Pair) -> set[Term]:
    if pair.block.kind in {"code", "meta", "html", "directive"}:
        return set()
    return {(edit.before, edit.after) for edit in pair.edits if is_term(edit)}


def is_term(edit: Edit) -> bool:
    """A name exchanged for a name: a few words each, more than little words."""
    if edit.kind != "words" or not edit.before or not edit.after:
        return False
    sides = (edit.before, edit.after)
    if any(count(side) > MOST_WORDS or not count(side) for side in sides):
        return False
    return all(_is_name(side) for side in sides)


def _is_name(side: str) -> bool:
    """Words that stand for something, without those that make a sentence of them."""
    if CLAUSE.search(side):
        return False
    words = [_bare(word) for word in side.split()]
    tells = any(len(word) > 1 and word not in STOP_WORDS for word in words)
    return tells and words[0] not in ARTICLES and JOINING.isdisjoint(words)


def _bare(word: str) -> str:
    return word.strip("`*_.,:;()\"'").casefold().replace("\u2019", "'")

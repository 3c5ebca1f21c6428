"""Words replaced by the same words again and again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.matching.edits import Edit
from diffinsight.matching.words import JOINING as PROMISING
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
_DIGIT = re.compile(r"\d")
_FIRST_WORD = re.compile(r"[^\W\d_][\w-]*(?=\W|$)")
_CAPITALISED = re.compile(r"[A-Z][\w-]*")
_LAST_OF_NAME = re.compile(r"[.,;:!?)\]\"'”’*_]+$")  # noqa: RUF001 - typographic marks are meant
Term = tuple[str, str]  # in small letters, unless only the case of letters changed
Names = tuple[str, str]  # capitalised words before and after


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """Replacements that happened twice or more in the range, by the words that differ."""

    total: Counter[Term] = field(default_factory=Counter)
    in_file: dict[str, Counter[Term]] = field(default_factory=dict)
    files: Counter[Term] = field(default_factory=Counter)
    names: dict[Term, Names] = field(default_factory=dict)  # what stands around it everywhere
    spelt: dict[tuple[str, Term], Counter[Term]] = field(default_factory=dict)  # in each file

    def repeated(self, edit: Edit) -> bool:
        term = term_of(edit)
        return term is not None and self.total[folded(term)] > 1

    def in_full(self, term: Term, path: str) -> Term:
        """With the words of its name around it: "Azure AI Studio" and not "Studio" or "AI"."""
        left, right = self.names.get(term, ("", ""))
        ((written, _),) = self.spelt[path, term].most_common(1)
        old, new = (" ".join(filter(None, (left, side, right))) for side in written)
        return old, new


def find_terms(files: Iterable[Comparison]) -> Terms:
    """Count the replacements: of a file each one, of the range one for each block that has it."""
    in_file: dict[str, Counter[Term]] = defaultdict(Counter)
    names: dict[Term, Names] = {}
    spelt: dict[tuple[str, Term], Counter[Term]] = defaultdict(Counter)
    total: Counter[Term] = Counter()
    for file in files:
        for pair in file.pairs:
            total.update(terms_of(pair))
            for edit in _told(pair):
                written = term_of(edit)
                if written:
                    term = folded(written)
                    spelt[file.path, term][written] += 1
                    in_file[file.path][term] += 1
                    around = _around(edit, written)
                    names[term] = _common(names[term], around) if term in names else around
    per_files: Counter[Term] = Counter()
    for counted in in_file.values():
        per_files.update(counted.keys())
    return Terms(
        total=total, in_file=dict(in_file), files=per_files, names=names, spelt=dict(spelt)
    )


def terms_of(pair: Pair) -> set[Term]:
    return {folded(term) for edit in _told(pair) if (term := term_of(edit))}


def folded(term: Term) -> Term:
    """A name is one however it is capitalised, unless that is what changed."""
    old, new = (side.casefold() for side in term)
    return (old, new) if old != new else term


def _told(pair: Pair) -> tuple[Edit, ...]:
    return () if pair.block.kind in {"code", "meta", "html", "directive"} else pair.edits


def term_of(edit: Edit) -> Term | None:
    """A name exchanged for a name: a few words each, more than little words."""
    if edit.kind != "words":
        return None
    before, after = _without_article(edit.before, edit.after)
    if bool(before) != bool(after):
        before, after = _with_next(before, after, edit.right)
    if not before or not after:
        return None
    if any(count(side) > MOST_WORDS or not count(side) for side in (before, after)):
        return None
    before, after = _with_name(edit, before, after)
    return (before, after) if _is_name(before) and _is_name(after) else None


def _with_name(edit: Edit, before: str, after: str) -> Term:
    """A number that tells nothing alone, with the last word of the name it stands after."""
    name = _name_before(edit).rpartition(" ")[2]
    if name and any(map(_DIGIT.fullmatch, (before, after))):
        return f"{name} {before}", f"{name} {after}"
    return before, after


def _without_article(before: str, after: str) -> Term:
    """Both without the same first article, which only changes its case at a sentence's start."""
    old, new = before.split(), after.split()
    if old and new and old[0].casefold() == new[0].casefold() in ARTICLES:
        return " ".join(old[1:]), " ".join(new[1:])
    return before, after


def _with_next(before: str, after: str, right: str) -> Term:
    """A name that came or went, with the word it stands before: "portal", "Azure portal"."""
    name, following = before or after, _FIRST_WORD.match(right)
    if following is None or not all(word[:1].isupper() for word in name.split()):
        return before, after
    word = following[0]
    if word in STOP_WORDS or word[:1].isupper():
        return before, after
    return (f"{name} {word}", word) if before else (word, f"{name} {word}")


def _around(edit: Edit, term: Term) -> Names:
    """The words of a name that stand around what was exchanged in it."""
    before, after = _name_before(edit), _name_after(edit)
    if _with_name(edit, edit.before, edit.after) == term != (edit.before, edit.after):
        before = before.rpartition(" ")[0]
    return before, after


def _name_before(edit: Edit) -> str:
    """The capitalised words right before an edit."""
    if not (edit.before and edit.after):
        return ""
    found: list[str] = []
    for word in reversed(edit.left.split()):
        name = word.lstrip("([\"'“‘*_")  # noqa: RUF001 - typographic marks are meant
        if not _CAPITALISED.fullmatch(name) or name.casefold() in JOINING | ARTICLES:
            break
        found.insert(0, name)
        if name != word:
            break
    return " ".join(found)


def _name_after(edit: Edit) -> str:
    """The capitalised words right after one that was exchanged for a capitalised one."""
    if not (edit.before and edit.after):
        return ""
    if not all(_CAPITALISED.fullmatch(side.split()[-1]) for side in (edit.before, edit.after)):
        return ""
    found: list[str] = []
    for word in edit.right.split():
        name = _LAST_OF_NAME.sub("", word)
        if not _CAPITALISED.fullmatch(name) or name.casefold() in JOINING | ARTICLES:
            break
        found.append(name)
        if name != word:
            break
    return " ".join(found)


def _common(one: Names, other: Names) -> Names:
    """What two places have in common of the words before and after."""
    left = _same(reversed(one[0].split()), reversed(other[0].split()))
    right = _same(one[1].split(), other[1].split())
    return " ".join(reversed(left)), " ".join(right)


def _same(one: Iterable[str], other: Iterable[str]) -> list[str]:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return [word for word, _ in pairs]


def _is_name(side: str) -> bool:
    """Words that stand for something, without those that make a sentence of them."""
    if CLAUSE.search(side):
        return False
    words = [_bare(word) for word in side.split()]
    tells = any(len(word) > 1 and word not in STOP_WORDS for word in words)
    ends = words[-1] not in PROMISING
    return tells and ends and words[0] not in ARTICLES and JOINING.isdisjoint(words)


def _bare(word: str) -> str:
    return word.strip("`*_.,:;()\"'").casefold().replace("\u2019", "'")

"""The same replacement in many places: renamed products, new names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.detectors.across.terms import Term, folded, terms_of
from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import tell
from diffinsight.models import Finding
from diffinsight.outline.model import Block


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    terms = whole.terms
    places: dict[Term, int] = {}
    for pair in file.pairs:
        for term in sorted(terms_of(pair)):
            if terms.total[term] > 1:
                before, after = terms.in_full(term, file.path)
                if term not in places:
                    known = terms.in_file[file.path][term]
                    places[term] = max(known, _places(file, before, after))
                here = places[term]
                yield tell(
                    "term-replaced",
                    pair,
                    "minor",
                    subject=f"{before} → {after}",
                    before=before,
                    after=after,
                    values={
                        "count": here,
                        "files": terms.files[term],
                        "total": terms.total[term] - terms.in_file[file.path][term] + here,
                        "rule": "repeated-in-file" if here > 1 else "repeated-in-range",
                    },
                )


def _places(file: Comparison, before: str, after: str) -> int:
    """How many times a term went and the other one came in texts that changed otherwise, too."""
    found = 0
    old, new = folded((before, after))
    for pair in file.pairs:
        if pair.both and (pair.block.has_words or pair.block.links):
            texts = [_read(block) for block in pair.both]
            texts = texts if (old, new) == (before, after) else [text.casefold() for text in texts]
            gone, came = (
                _times(term, texts[side], but) - _times(term, texts[not side], but)
                for term, but, side in ((old, new, False), (new, old, True))
            )
            found += max(min(gone, came), 0)
    return found


def _read(block: Block) -> str:
    """The words of a block with those that stand for its images, once each."""
    alone = (link.text for link in block.links if link.image and link.text not in block.text)
    return " ".join((block.text if block.has_words else "", *alone))


def _times(term: str, text: str, but: str) -> int:
    """How often a text has a term by itself, and not as a part of ``but``, where it is one."""
    text = text.replace(but, "") if term in but else text
    return len(re.findall(rf"(?<![\w-]){re.escape(term)}(?![\w-])", text))

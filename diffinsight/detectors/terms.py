"""The same replacement in many places: renamed products, new names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import tell
from diffinsight.detectors.comparison.terms import Term, terms_of
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.models import Finding


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    terms = whole.terms
    places: dict[Term, int] = {}
    for pair in file.pairs:
        for term in sorted(terms_of(pair)):
            if terms.total[term] > 1:
                before, after = terms.in_full(term)
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
    for pair in file.pairs:
        if pair.both and pair.block.has_words:
            texts = [block.text for block in pair.both]
            gone, came = (
                _times(term, texts[side]) - _times(term, texts[not side])
                for term, side in ((before, False), (after, True))
            )
            found += max(min(gone, came), 0)
    return found


def _times(term: str, text: str) -> int:
    return len(re.findall(rf"(?<![\w-]){re.escape(term)}(?![\w-])", text))

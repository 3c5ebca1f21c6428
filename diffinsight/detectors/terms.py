"""The same replacement in many places: renamed products, new names."""

from __future__ import annotations

from collections.abc import Iterator

from diffinsight.detectors.comparison import Comparison
from diffinsight.detectors.comparison.telling import tell
from diffinsight.detectors.comparison.terms import terms_of
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.models import Finding


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    terms = whole.terms
    for pair in file.pairs:
        for term in sorted(terms_of(pair)):
            if terms.total[term] > 1:
                before, after = terms.in_full(term)
                here = terms.in_file[file.path][term]
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
                        "total": terms.total[term],
                        "rule": "repeated-in-file" if here > 1 else "repeated-in-range",
                    },
                )

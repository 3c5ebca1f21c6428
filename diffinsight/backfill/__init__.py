"""Reports on the past: planned as a matrix of jobs, made by them, one huge one by all together."""

from diffinsight.backfill.parts import Parts, gather
from diffinsight.backfill.ranges import (
    Range,
    Span,
    begin,
    matrix,
    plan,
    read_ranges,
    share_out,
)
from diffinsight.backfill.work import Work

__all__ = [
    "Parts",
    "Range",
    "Span",
    "Work",
    "begin",
    "gather",
    "matrix",
    "plan",
    "read_ranges",
    "share_out",
]

from __future__ import annotations

from diffinsight.changes import parse_diff
from diffinsight.engines.gists.entries import entries_of


def said(*lines: str) -> tuple[str, ...]:
    patch = "".join(f"+{line}\n" for line in lines)
    diff = f"--- a/NEWS.md\n+++ b/NEWS.md\n@@ -0,0 +1,{len(lines)} @@\n{patch}"
    (change,) = parse_diff(f"diff --git a/NEWS.md b/NEWS.md\n{diff}".encode()).files
    return entries_of(change, (1, len(lines)))


def test_the_first_entries_are_told_without_their_numbers() -> None:
    link = "[#{0}](https://example.com/{0})"
    several = f"{link.format(13)}, {link.format(14)}, and {link.format(15)}"
    first = f"- Jobs can wait for each other (#12) {several}."
    second = "- Names of jobs may have spaces.  And more of it. by @somebody"
    third = "- The log of a job has times"
    assert said("## 1.1", "", first, second, third) == (
        "Jobs can wait for each other.",
        "Names of jobs may have spaces.",
    )


def test_what_breaks_is_told_first() -> None:
    assert said(
        "## 1.1", "", "### Added", "- Jobs can wait", "- Jobs can stop",
        "### Removed", "- The old way to write names", "### Fixed",
        "- The option `old` is deprecated since it never did a thing.",
    ) == (
        "The old way to write names",
        "The option `old` is deprecated since it never did a thing.",
    )  # fmt: skip


def test_a_label_is_no_entry() -> None:
    assert said("## 1.1", "- Fixes", "- Jobs end in order:") == ("Jobs end in order",)

"""Lines that a patch shows as unchanged are never told as removed or added."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.detectors.pairing.kept import Kept
from diffinsight.models import ChangeSet, Finding


def whole(change_set: ChangeSet) -> ChangeSet:
    return change_set


BOTH_WAYS = pytest.mark.parametrize("seen", [whole, without_texts])
Seen = Callable[[ChangeSet], ChangeSet]


def told(before: str, after: str, seen: Seen = whole) -> list[Finding]:
    (file,) = analyse(seen(between({"a.md": before}, {"a.md": after}, {}))).files
    return list(file.findings)


def kinds(before: str, after: str, seen: Seen = whole) -> list[str]:
    return [finding.kind for finding in told(before, after, seen)]


def test_a_line_that_stayed_has_its_number_in_both_versions() -> None:
    # 1 a → 1; 2 b gone; 3 c → 2; new lines 3 and 4; 4 d → 5
    kept = Kept.of({2}, {3, 4})
    assert [kept.now(line) for line in (1, 2, 3, 4)] == [1, 0, 2, 5]


@BOTH_WAYS
def test_a_stray_fence_takes_no_heading_away(seen: Seen) -> None:
    before = "# A\n\nText of it.\n\n## Output\n\nMore words here.\n"
    after = "# A\n\nText of it.\n\n```\n\n## Output\n\nMore words here.\n"
    found = {"rendering-changed"} if seen is whole else {"text-changed", "whitespace-changed"}
    assert set(kinds(before, after, seen)) == found


@BOTH_WAYS
def test_ends_of_zones_that_stayed_are_not_new(seen: Seen) -> None:
    one, two, three = (
        f'::: zone pivot="{name}"\n\nAll about {name}.\n\n::: zone-end\n\n'
        for name in ("one", "two", "three")
    )
    found = kinds(f"# A\n\n{one}{two}", f"# A\n\n{one}{three}{two}", seen)
    assert sorted(found) == ["directive-added", "paragraph-added", "zone-added"]


def test_a_heading_of_the_same_words_stays_the_section_it_was() -> None:
    example = "### Example\n\nWords of {0} and of nothing else at all.\n\n"
    before = "## One\n\n" + example.format("one") + "## Two\n\n" + example.format("two")
    after = "## Two\n\n" + example.format("two")
    assert sorted(kinds(before, after)) == ["heading-removed", "heading-removed"]


def test_a_note_around_words_that_were_edited_is_the_same_note() -> None:
    before = "# A\n\n## B\n\nText.\n\n> [!NOTE]\n> All of the old metrics are supported here too.\n"
    after = "# A\n\nText.\n\n> [!NOTE]\n> All of the new metrics are supported here too.\n"
    assert not {"note-added", "note-removed"} & set(kinds(before, after))


def rows(*names: str) -> str:
    return "\n".join(
        ["| Region | Use |", "| --- | --- |", *(f"| {name} | yes |" for name in names)]
    )


@BOTH_WAYS
def test_of_two_tables_with_one_head_the_one_that_went_is_told(seen: Seen) -> None:
    first, second = rows("East", "West", "North"), rows("South", "Centre", "Mars", "Moon", "Sun")
    before = f"# A\n\n## One\n\nWords of one.\n\n{first}\n\n## Two\n\nWords of two.\n\n{second}\n"
    after = f"# A\n\n## One\n\nWords of one alone.\n\n{second}\n"
    found = [f for f in told(before, after, seen) if f.kind.startswith("table")]
    assert [(f.kind, f.before_lines) for f in found] == [("table-replaced", (7, 12))]


@BOTH_WAYS
def test_a_new_table_may_begin_with_the_head_of_the_next(seen: Seen) -> None:
    one, two = rows("East"), rows("South")
    before = f"# A\n\n### Two\n\n{two}\n\nEnd.\n"
    after = f"# A\n\n### One\n\n{one}\n\n### Two\n\n{two}\n\nEnd.\n"
    (added,) = [f for f in told(before, after, seen) if f.impact != "noise"]
    assert (added.kind, added.subject) == ("heading-added", "One")


def test_one_of_several_copies_that_went_is_told_as_that() -> None:
    item = "- An account - [create one](https://example.com/free)\n"
    before = f"# A\n\n## One\n\n{item}- The newest build\n\n## Two\n\n{item}- A compiler\n"
    after = before.replace(f"## Two\n\n{item}", "## Two\n\n")
    (found,) = told(before, after, whole)
    assert (found.kind, found.values.get("copy")) == ("list-item-removed", True)
    (gone,) = told(before, before.replace("- A compiler\n", ""), whole)
    assert (gone.kind, gone.values.get("copy")) == ("list-item-removed", None)


@BOTH_WAYS
def test_a_comment_in_the_front_matter_is_no_field(seen: Seen) -> None:
    before = "---\ntitle: A\n#services: one\nms.topic: guide\n---\n\n# A\n\nText.\n"
    for versions in (
        (before, before.replace("#services: one\n", "")),
        (before, before.replace("one", "two")),
    ):
        (found,) = told(*versions, seen)
        assert (found.kind, found.impact) == ("comment-changed", "noise")
        assert found.before_lines == (3, 3)

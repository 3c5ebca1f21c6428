import pytest

from diffinsight.change_types import MINOR_UPDATE, NEW_FEATURE, classify, name_types
from diffinsight.models import FileAnalysis, FileChange, Finding, TypeRule


def analysis(
    path: str = "docs/a.md", *, kind: str = "heading-removed", type_: str = "minor update"
) -> FileAnalysis:
    return FileAnalysis(
        change=FileChange(path=path, status="modified"),
        findings=(Finding(kind=kind, subject="x", impact="minor"),),
        type=type_,
    )


def name(rule: TypeRule, given: FileAnalysis) -> str:
    return name_types([given], (rule,))[0].type


@pytest.mark.parametrize(
    "rule",
    [
        TypeRule(name="mine"),
        TypeRule(name="mine", classes=("bug fix", "minor update")),
        TypeRule(name="mine", paths=("docs/**",)),
        TypeRule(name="mine", findings=("table-*", "heading-*")),
        TypeRule(name="mine", findings=("heading-removed",), statuses=("added", "modified")),
    ],
)
def test_a_rule_gives_its_name_when_all_of_its_conditions_hold(rule: TypeRule) -> None:
    assert name(rule, analysis()) == "mine"


@pytest.mark.parametrize(
    "rule",
    [
        TypeRule(name="mine", classes=("bug fix",)),
        TypeRule(name="mine", paths=("guides/**",)),
        TypeRule(name="mine", findings=("heading-added",)),
        TypeRule(name="mine", statuses=("added",)),
        TypeRule(name="mine", classes=("minor update",), paths=("guides/**",)),
    ],
)
def test_the_type_stays_when_one_does_not(rule: TypeRule) -> None:
    assert name(rule, analysis()) == "minor update"


def test_the_first_rule_that_fits_is_taken() -> None:
    rules = (
        TypeRule(name="no", statuses=("removed",)),
        TypeRule(name="first"),
        TypeRule(name="second"),
    )
    assert [named.type for named in name_types([analysis(), analysis("b")], rules)] == ["first"] * 2


@pytest.mark.parametrize(("offers", "expected"), [(True, NEW_FEATURE), (None, MINOR_UPDATE)])
def test_a_row_is_a_feature_where_its_table_lists_things_to_use(
    offers: bool | None,  # noqa: FBT001 - a value of the finding
    expected: str,
) -> None:
    row = Finding(kind="table-row-added", subject="x", impact="notable", values={"offers": offers})
    assert classify([row])[0] == expected


@pytest.mark.parametrize("kind", ["tab", "zone"])
def test_a_tab_or_zone_is_a_feature_unless_it_took_the_place_of_another_one(kind: str) -> None:
    added, removed = (
        Finding(kind=f"{kind}-{change}", subject="x", impact="notable")
        for change in ("added", "removed")
    )
    assert classify([added])[0] == NEW_FEATURE
    assert classify([added, removed])[0] == MINOR_UPDATE


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("preformace", "performance", "bug fix"),
        ("change", "changes", "bug fix"),
        ("clears", "removes", "minor update"),
    ],
)
def test_a_text_whose_words_were_only_mended_is_a_fix(
    before: str, after: str, expected: str
) -> None:
    edits = ({"before": before, "after": after},)
    finding = Finding(
        kind="paragraph-changed", subject="x", impact="minor", values={"edits": edits}
    )
    assert classify([finding])[0] == expected


def test_a_file_told_for_its_metadata_is_no_fix() -> None:
    date = Finding(kind="front-matter-changed", subject="date", impact="noise")
    stop = Finding(kind="punctuation-changed", subject="A list", impact="noise")
    assert classify([date, stop])[0] == MINOR_UPDATE
    assert classify([stop, date])[0] == "bug fix"

import pytest

from diffinsight.change_types import name_types
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

"""What a reader must act on comes first, whatever kind of block it stands in."""

from dataclasses import replace

import pytest

from diffinsight.engines.choosing.clauses import gather
from diffinsight.engines.choosing.passages import Passage
from diffinsight.engines.choosing.ranking import rank
from diffinsight.engines.choosing.urgency import changes_default, is_slight, urgency
from diffinsight.engines.quoting.parting import narrowed
from diffinsight.matching.weight import Weight
from diffinsight.models import Finding, Json


def changed(kind: str, before: str, after: str, **values: Json) -> Finding:
    return Finding(
        kind=kind,
        impact="minor" if kind.startswith(("paragraph", "list-item")) else "notable",
        subject=after[:20],
        before=before,
        after=after,
        values=values,
    )


LIMIT = changed("paragraph-changed", "You can store 5 keys.", "You can store 50 keys.")
RULE = changed("paragraph-changed", "You can restart it.", "You must restart it.")
WORDING = changed("paragraph-changed", "Start the big server.", "Start the large server.")
STEP = changed("step-changed", "Select the big button.", "Select the large button.")
NOTE = changed("note-changed", "Keys last 5 days.", "Keys last 7 days.")
SECTION = Finding(kind="heading-added", impact="notable", subject="Limits", after="Limits")


def order(*findings: Finding) -> list[Finding]:
    return [finding for clause in gather(findings) for finding in clause.findings]


def test_only_texts_are_weighed() -> None:
    assert [urgency(item) for item in (LIMIT, RULE, WORDING, SECTION)] == [
        Weight.FIGURE,
        Weight.RULE,
        Weight.WORDING,
        Weight.NOTHING,
    ]


def test_a_new_limit_in_a_paragraph_comes_before_a_reworded_step() -> None:
    assert order(STEP, LIMIT) == [LIMIT, STEP]
    assert order(WORDING, NOTE) == [NOTE, WORDING]


def test_a_new_section_still_comes_first() -> None:
    assert order(LIMIT, SECTION) == [SECTION, LIMIT]


def test_a_new_page_title_comes_before_other_new_names_unless_it_says_the_same() -> None:
    section = changed("heading-renamed", "Keys", "Tokens", level=2)
    title = changed("heading-renamed", "Store keys", "Manage tokens", page_title=True)
    same = changed(
        "heading-renamed", "Store keys by using REST", "Store keys using REST", page_title=True
    )
    added = changed("value-changed", "5", "6")
    assert order(section, title, added) == [added, title, section]
    assert order(added, same)[0] == added


@pytest.mark.parametrize(
    ("finding", "slight"),
    [
        (STEP, True),
        (NOTE, False),
        (changed("code-changed", "a", "b", aspects=("comment",)), True),
        (changed("code-changed", "a", "b", aspects=("comment", "value")), False),
    ],
)
def test_other_words_and_comments_of_code_are_slight(finding: Finding, *, slight: bool) -> None:
    assert is_slight(finding) == slight


@pytest.mark.parametrize(
    ("before", "after", "slight"),
    [
        ("false", "true", False),  # a value
        (
            "All of the keys live in the big store.",
            "All of the keys live in the large store.",
            True,
        ),
        ("All of the keys live for 5 days in it.", "All of the keys live for 7 days in it.", False),
    ],
)
def test_a_cell_that_is_a_text_is_weighed_as_one(before: str, after: str, *, slight: bool) -> None:
    cells = ({"column": "Meaning", "before": before, "after": after},)
    row = Finding(kind="table-row-changed", impact="notable", subject="a", values={"cells": cells})
    assert is_slight(row) == slight


def test_a_short_file_that_pages_take_in_comes_after_what_pages_say() -> None:
    page, short, long = (
        Finding(kind="page-added", impact="notable", subject=path, values={"words": words})
        for path, words in (
            ("docs/set-up.md", 9),
            ("docs/includes/key.md", 9),
            ("docs/includes/quickstart.md", 900),
        )
    )
    step = changed("step-added", "", "Restart it.")
    assert sorted((short, step, LIMIT, long, page), key=rank) == [page, long, LIMIT, short, step]


def test_of_rows_that_are_told_together_a_new_value_comes_first() -> None:
    texts = {
        "before": "All of the keys live in the big store.",
        "after": "All keys live in a store.",
    }
    slight, default = (
        Finding(kind="table-row-changed", impact="notable", subject=name, values={"cells": (cell,)})
        for name, cell in (
            ("a", {"column": "Meaning", **texts}),
            ("b", {"column": "Default", "before": "false", "after": "true"}),
        )
    )
    assert order(slight, default) == [default, slight]


def test_a_row_with_another_default_names_it() -> None:
    def row(column: str, before: str) -> Finding:
        cells = ({"column": column, "before": before, "after": "true"},)
        return Finding(
            kind="table-row-changed", subject="x", impact="notable", values={"cells": cells}
        )

    assert changes_default(row("Default value", "false"))
    assert changes_default(row("デフォルト値", "false"))
    assert changes_default(row("預設值", "false"))
    assert not changes_default(row("Default", ""))
    assert not changes_default(row("Notes", "false"))


def test_a_row_with_another_date_comes_before_a_reworded_step() -> None:
    cell = {"column": "Retires", "before": "May 20, 2025", "after": "June 30, 2025"}
    row = Finding(
        kind="table-row-changed", impact="notable", subject="m", values={"cells": (cell,)}
    )
    added = Finding(kind="table-row-added", impact="notable", subject="n", after="n")
    assert order(added, row) == [row, added]


def code(before: str, after: str) -> Finding:
    edits = ({"before": before, "after": after},)
    return Finding(kind="code-changed", impact="notable", subject="sh", values={"edits": edits})


def test_the_same_in_other_words_comes_after_what_came_and_went() -> None:
    include = Finding(kind="include-removed", impact="minor", subject="preview")
    link = Finding(kind="link-retargeted", impact="minor", subject="a.md")
    assert order(WORDING, include) == [include, WORDING]
    assert order(WORDING, link) == [link, WORDING]


def test_new_tabs_and_pivots_come_before_code_but_not_ranges_of_versions() -> None:
    sample = code("old-name", "new-name")
    for kind in ("tab-added", "zone-added"):
        new = Finding(kind=kind, impact="notable", subject="Mini")
        assert order(sample, new) == [new, sample]
    versions = Finding(kind="zone-added", impact="notable", subject="v4", values={"versions": True})
    assert order(versions, sample) == [sample, versions]


def test_commands_that_gave_way_to_others_lead() -> None:
    values: dict[str, Json] = {
        "aspects": ("command",),
        "edits": code("srv --get", "").values["edits"],
    }
    note = changed("note-changed", "Keys are here.", "Keys last at most 7 days.")
    for language, first in (("console", 1), (None, 0)):
        run = Finding(
            kind="code-changed",
            impact="notable",
            subject="sh",
            values=values | {"language": language},
        )
        assert order(note, run)[0] == (note, run)[first]


@pytest.mark.parametrize(
    ("before", "after", "other"),
    [
        ("file_ids=[file.id]", 'resources={"file_ids": [file.id]}', True),
        ('"file_ids": [', '"tool_resources": {', True),
        ("file_ids=[a]", "file_ids=[b]", False),
        ("client = Client()", "other = Client()", False),  # a name of its own
        ("file_ids=[a]", "", False),
    ],
)
def test_what_a_call_passes_on_under_another_name_leads(
    before: str, after: str, *, other: bool
) -> None:
    version = Finding(kind="version-changed", impact="notable", subject="api", before="1")
    change = code(before, after)
    assert order(version, change) == ([change, version] if other else [version, change])


@pytest.mark.parametrize(
    ("item", "weight"),
    [
        ("Ubuntu 18.04 LTS (x64)", Weight.LISTED),
        ("`x-left`", Weight.LISTED),
        ("Tiny-3B", Weight.LISTED),
        ("UAE North", Weight.LISTED),
        ("Read this first.", Weight.SENTENCE),
        ("What it is and why there are seven of `it` here", Weight.SENTENCE),
    ],
)
def test_a_list_item_that_names_a_thing_weighs_more_than_words(item: str, weight: Weight) -> None:
    for kind, before, after in (("added", None, item), ("removed", item, None)):
        finding = Finding(
            kind=f"list-item-{kind}", impact="minor", subject=item, before=before, after=after
        )
        assert urgency(finding) is weight


def test_of_code_the_title_names_what_it_calls_otherwise_or_runs_instead() -> None:
    exchanged = ("ids=[a]", "tools=[a]")
    shown = ((("1", "2"), exchanged), (("get a", ""), ("run a", ""), ("", "srv --get")))
    expected = ((exchanged,), (("", "srv --get"),))
    for edits, told in zip(shown, expected, strict=True):
        assert narrowed(Passage(finding=code("", ""), edits=edits, more_edits=1)) == Passage(
            finding=code("", ""), edits=told
        )


@pytest.mark.parametrize("edits", [(("1", "2"), ("3", "4")), (("", "a"), ("", "b")), (("", "a"),)])
def test_of_other_code_it_names_no_one_difference(edits: tuple[tuple[str, str], ...]) -> None:
    passage = Passage(finding=code("", ""), edits=edits, more_edits=1)
    assert narrowed(passage) == passage


def test_a_list_that_grew_comes_before_a_new_rule_in_a_text() -> None:
    grown = Finding(kind="listing-extended", impact="notable", subject="Languages")
    assert order(RULE, grown) == [grown, RULE]


def test_a_section_of_a_word_that_went_comes_after_the_table_that_came() -> None:
    table = Finding(kind="table-added", impact="notable", subject="Region")
    for words, first in ((1, 1), (50, 0)):
        gone = Finding(
            kind="heading-removed", impact="notable", subject="Models", values={"words": words}
        )
        assert order(gone, table)[0] == (gone, table)[first]


@pytest.mark.parametrize(
    ("before", "after", "slight"),
    [
        ("default is 5", "default is 10", False),
        ("binds the port", "binds the port. It is ignored if mirrored", False),
        ("binds the port", "binds a port", True),
    ],
)
def test_a_comment_is_as_weighty_as_what_it_says(before: str, after: str, *, slight: bool) -> None:
    change = code(f"# {before}", f"# {after}")
    assert is_slight(replace(change, values={**change.values, "aspects": ("comment",)})) is slight

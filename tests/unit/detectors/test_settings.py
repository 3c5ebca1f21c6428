"""Values of data files are told by what they belong to, with what became of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.detectors.reading.setting_pairs import pair_settings
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.models import ChangeSet, FileAnalysis, Finding
from diffinsight.outline.yaml_tree import flat

WORKFLOW = """name: Tests
jobs:
  docs:
    strategy:
      matrix:
        python-version: ["3.8", "3.9", "3.12"]
    steps:
      - uses: actions/checkout@v4
      - name: Set up Python 3.9
        uses: actions/setup-python@v5
        with:
          python-version: "3.9"
      - run: python -m pip install tox
      - name: Install
        run: |
          pip install 'click==8.1.3' packaging urllib3
          pip install the-other-thing
      - uses: some/upload@65c1672f0b8a201702d86c81b79187df74072505
"""


def told(before: str, after: str, language: str = "en", path: str = "ci.yml") -> FileAnalysis:
    changes = between({path: before}, {path: after}, {})
    written, _ = OfflineEngine(phrases=load(language)).write(analyse(changes))
    return written.files[0]


def changed(old: str, new: str) -> Finding:
    file = told(WORKFLOW, WORKFLOW.replace(old, new))
    (finding,) = file.findings
    return finding


def differing(before: str, after: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            pair.key,
            flat(pair.before) if pair.before else None,
            flat(pair.after) if pair.after else None,
        )
        for pair in pair_settings(before, after)
    ]


def test_a_list_tells_what_came_and_what_went_in_its_own_order() -> None:
    finding = changed('["3.8", "3.9", "3.12"]', '["3.9", "3.10", "3.13"]')
    assert finding.values["went"] == ("3.8", "3.12")
    assert finding.values["came"] == ("3.10", "3.13")
    assert finding.values["list"] == "matrix.python-version"


def test_a_script_tells_its_changed_words() -> None:
    finding = changed("click==8.1.3", "click>=8.1.7")
    assert finding.values["entry"] == "Install"
    assert str(finding.values["edits"]).count("click==8.1.3") == 1
    assert str(finding.values["edits"]).count("click>=8.1.7") == 1
    assert "pip install" not in str(finding.values["edits"])


def test_an_action_is_told_with_its_version() -> None:
    finding = changed("actions/checkout@v4", "actions/checkout@v5")
    assert (finding.kind, finding.subject) == ("version-changed", "actions/checkout")
    assert (finding.before, finding.after) == ("v4", "v5")


def test_a_commit_is_another_one() -> None:
    file = told(WORKFLOW, WORKFLOW.replace("65c1672f0b8a2017", "ac868b9540fad490"))
    assert file.findings[0].values["commits"] is True
    assert "another commit" in file.explanation
    assert "65c1672f" not in file.explanation


def test_a_command_that_installs_something_else_is_no_release() -> None:
    assert changed("the-other-thing", "the-other-thing==2.0.1").kind == "setting-changed"


def test_the_tag_behind_a_commit_is_its_version() -> None:
    step = "steps:\n  - uses: some/upload@{} # v{}\n"
    before = step.format("65c1672f0b8a201702d86c81b79187df74072505", "1.4.3")
    after = step.format("ac868b9540fad490f7ca82b8ca00480fd751ed19", "1.4.4")
    (finding,) = told(before, after).findings
    assert (finding.subject, finding.before, finding.after) == ("some/upload", "v1.4.3", "v1.4.4")


def test_a_renamed_step_is_one_step() -> None:
    file = told(
        WORKFLOW, WORKFLOW.replace("Python 3.9", "Python 3.10").replace(': "3.9"', ': "3.10"')
    )
    assert [finding.kind for finding in file.findings] == ["setting-changed"] * 2
    assert file.findings[0].values["renamed"] is True
    assert file.findings[1].values["entry"] == "Set up Python 3.10"


def test_commands_have_no_brackets_of_their_own_kind() -> None:
    before = "build:\n  commands:\n    - uv venv\n    - uv pip install -e.[docs]\n"
    file = told(before, before.replace("    - uv pip install -e.[docs]\n", ""))
    (finding,) = file.findings
    assert finding.values["item"] == "uv pip install -e.[docs]"
    assert finding.values["list"] == "build.commands"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a:\n- {x: 1}\n", "a:\n- {x: 1}\n- {x: 2}\n", [("a[2]", None, "{x: 2}")]),
        (
            "a:\n- run: make the docs\n- run: make clean\n",
            "a:\n- run: make it\n- run: make all the docs\n- run: make clean\n",
            [
                ("a[make it]", None, "{run: make it}"),
                ("a[make all the docs].run", "make the docs", "make all the docs"),
            ],
        ),
        ("a:\n- x: [1]\n", "a:\n- x: [1]\n- x: [2]\n", [("a[]", None, "{x: [2]}")]),
        ("a: 1\n", "a:\n  b: 1\n", [("a", "1", "{b: 1}")]),
        ("", "a: 1\n", [("a", None, "1")]),
    ],
)
def test_entries_are_paired_by_what_they_are(
    before: str, after: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert sorted(differing(before, after)) == sorted(expected)


def test_a_bomb_stays_folded() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert len(differing("", bomb)) < 100


@pytest.mark.parametrize("language", available())
def test_no_entry_is_told_by_its_number(language: str) -> None:
    after = (
        WORKFLOW.replace("pip install tox", "pip install tox-uv")
        .replace(
            "      - uses: actions/checkout@v4\n", "      - run: make\n      - run: make docs\n"
        )
        .replace('["3.8", "3.9", "3.12"]', '["3.9", "3.13"]')
    )
    file = told(WORKFLOW, after, language)
    for number in range(6):
        assert f"“{number}”" not in file.explanation
        assert f"「{number}」" not in file.explanation
    assert "3.13" in file.explanation


def test_a_comment_of_a_data_file_is_a_comment() -> None:
    file = told("a: 1\n", "# why\na: 1\n")
    assert [finding.kind for finding in file.findings] == ["comment-changed"]
    assert "A comment was added (line 1)" in file.explanation


def test_of_a_hunk_only_what_stands_in_one_place_is_a_change() -> None:
    lines = [f"key{number}: 1" for number in range(30)]
    before, after = (
        "\n".join([*lines[:place], f"uses: {action}", *lines[place:]])
        for place, action in ((3, "x/y@v1"), (20, "z/w@v2"))
    )
    (change,) = between({"ci.yml": before}, {"ci.yml": after}, {}).files
    hunks = replace(change, before=None, after=None)
    changes = ChangeSet(files=(hunks,))
    kinds = [finding.kind for finding in analyse(changes).files[0].findings]
    assert sorted(kinds) == ["setting-added", "setting-removed"]


def test_an_entry_without_a_name_is_an_entry_of_its_list() -> None:
    file = told("a:\n  b:\n  - x: [1]\n", "a:\n  b:\n  - x: [1]\n  - x: [2]\n")
    assert file.title == "Add an entry to a.b"

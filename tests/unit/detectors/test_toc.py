from __future__ import annotations

import pytest
from support.case_folder import between, without_texts

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.models import FileAnalysis


def compare(before: str, after: str) -> FileAnalysis:
    (file,) = analyse(between({"toc.yml": before}, {"toc.yml": after}, {})).files
    return file


def toc(*entries: tuple[str, str]) -> str:
    return "items:\n" + "".join(f"- name: {name}\n  href: {href}\n" for name, href in entries)


REST = (("One", "1.md"), ("Two", "2.md"), ("Three", "3.md"))


def test_an_entry_that_moved_and_leads_elsewhere_is_the_same_entry() -> None:
    before = toc(("Live API for audio (Preview)", "a/old.md"), *REST)
    after = toc(*REST, ("Live API for audio (preview)", "new.md"))
    kinds = {finding.kind for finding in compare(before, after).findings}
    assert kinds == {"toc-entry-moved", "toc-entry-renamed", "toc-entry-retargeted"}


def test_a_word_that_many_entries_are_called_by_makes_no_pair() -> None:
    before = toc(("Overview", "a.md"), *REST)
    after = "items:\n- name: Group\n  items:\n  - name: Overview\n    href: b.md\n"
    kinds = {
        finding.kind for finding in compare(before + after[7:], toc(*REST) + after[7:]).findings
    }
    assert kinds == {"toc-entry-removed"}


def test_two_entries_with_one_name_are_not_taken_for_each_other() -> None:
    before = toc(("Live API", "a.md"), ("live API", "b.md"), *REST)
    after = toc(*REST, ("LIVE API", "c.md"))
    kinds = {finding.kind for finding in compare(before, after).findings}
    assert kinds == {"toc-entry-removed", "toc-entry-added"}


def test_hunks_show_no_position() -> None:
    before = toc(("One", "1.md"), ("Two", "2.md"), ("Three", "3.md"))
    after = toc(("Two", "2.md"), ("Three", "3.md"), ("One", "1.md"))
    change_set = between({"toc.yml": before}, {"toc.yml": after}, {})
    for known, some in ((change_set, True), (without_texts(change_set), False)):
        (file,) = analyse(known).files
        (moved,) = file.findings
        assert moved.kind == "toc-entry-moved"
        assert ("position_after" in moved.values) is some


def test_entries_that_gave_way_to_one_name_it() -> None:
    before = toc(REST[0], ("2024-02 (v4.0)", "a"), ("2023-10 (v4.0)", "b"), *REST[1:])
    after = toc(REST[0], ("2024-07 (v4.0)", "c"), *REST[1:])
    gone = [f for f in compare(before, after).findings if f.kind == "toc-entry-removed"]
    assert [finding.values["instead"] for finding in gone] == ["2024-07 (v4.0)"] * 2
    assert [finding.values["leads_to"] for finding in gone] == ["c"] * 2


@pytest.mark.parametrize("language", available())
def test_an_entry_that_took_the_place_of_others_is_told_with_them(language: str) -> None:
    before = toc(REST[0], ("2024-02 (v4.0)", "a"), ("2023-10 (v4.0)", "b"), *REST[1:])
    after = toc(REST[0], ("2024-07 (v4.0)", "c.md"), *REST[1:])
    analysis = analyse(between({"toc.yml": before}, {"toc.yml": after}, {}))
    (told,) = OfflineEngine(phrases=load(language)).write(analysis)[0].files
    assert told.explanation.count("2024-07 (v4.0)") == 1
    assert "`c.md`" in told.explanation
    assert told.title.count("2024-07 (v4.0)") == 1


def test_an_entry_beside_which_another_one_came_gave_way_to_none() -> None:
    before = toc(REST[0], ("Old guide", "a"), *REST[1:])
    after = toc(REST[0], ("What is new", "c"), *REST[1:])
    gone = [f for f in compare(before, after).findings if f.kind == "toc-entry-removed"]
    assert ["instead" in finding.values for finding in gone] == [False]


TREE = "- name: Home\n  href: a.md\n- name: Guides\n  items:\n    - name: One\n      href: b.md\n"
MOVED = "- name: Home\n  href: a.md\n- name: One\n  href: b.md\n- name: Guides\n  items:\n"
LAST = "    - name: Two\n      href: c.md\n"


@pytest.mark.parametrize("back", [False, True])
def test_an_entry_that_left_the_top_or_came_to_it_says_so(*, back: bool) -> None:
    before, after = reversed((TREE + LAST, MOVED + LAST)) if back else (TREE + LAST, MOVED + LAST)
    (file,) = analyse(between({"TOC.yml": before}, {"TOC.yml": after}, {})).files
    (moved,) = (f for f in file.findings if f.kind == "toc-entry-moved")
    assert moved.values.get("from_top" if back else "to_top") is True
    assert {"from_top", "to_top"} & set(moved.values) == {"from_top" if back else "to_top"}


def test_an_entry_may_have_a_parent_that_hunks_do_not_show() -> None:
    change_set = between({"TOC.yml": TREE + LAST}, {"TOC.yml": MOVED + LAST}, {})
    (file,) = analyse(without_texts(change_set)).files
    assert not any({"from_top", "to_top"} & set(finding.values) for finding in file.findings)

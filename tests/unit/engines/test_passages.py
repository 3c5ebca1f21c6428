from __future__ import annotations

from dataclasses import replace

from diffinsight.engines.choosing.passages import put_together
from diffinsight.models import Finding, Json, LineRange


def finding(kind: str, lines: LineRange = (5, 5), **values: Json) -> Finding:
    return Finding(
        kind=kind,
        subject="x",
        impact="minor",
        before="old",
        after="new",
        before_lines=lines,
        after_lines=lines,
        values=values,
    )


EDITS = ({"before": "old", "after": "new"},)


def test_a_link_is_told_with_the_paragraph_it_stands_in() -> None:
    paragraph, link = (
        finding("paragraph-changed", (5, 7), edits=EDITS),
        finding("link-added", (6, 6)),
    )
    (passage,) = put_together([link, paragraph])
    assert passage.finding is paragraph
    assert passage.carried == (link,)


def test_a_link_elsewhere_is_told_by_itself() -> None:
    found = [finding("paragraph-changed", (5, 7), edits=EDITS), finding("link-added", (9, 9))]
    assert [passage.finding for passage in put_together(found)] == found


def test_a_fact_that_says_all_of_a_paragraphs_change_replaces_it() -> None:
    fact = finding("value-changed")
    (passage,) = put_together([fact, finding("paragraph-changed", edits=EDITS)])
    assert passage.finding is fact


def test_a_row_and_the_fact_in_it_are_never_both_silent() -> None:
    cells = ({"column": "Version", "before": "old", "after": "new"},)
    fact, row = finding("version-changed"), finding("table-row-changed", cells=cells)
    (passage,) = put_together([fact, row])
    assert passage.finding is row
    assert passage.edits == (("old", "new"),)


def test_what_a_fact_leaves_unsaid_is_told() -> None:
    other = {"before": "this", "after": "that"}
    fact, paragraph = finding("value-changed"), finding("paragraph-changed", edits=(*EDITS, other))
    _, passage = put_together([fact, paragraph])
    assert passage.edits == (("this", "that"),)


def test_punctuation_is_only_told_when_there_is_nothing_else() -> None:
    comma, word = {"before": ",", "after": "."}, {"before": "a", "after": "b"}
    (both,) = put_together([finding("paragraph-changed", edits=(comma, word))])
    (alone,) = put_together([finding("paragraph-changed", edits=(comma,))])
    assert both.edits == (("a", "b"),)
    assert alone.edits == ((",", "."),)


def test_a_broken_link_is_never_hidden_in_a_paragraph() -> None:
    broken = Finding(kind="link-broken", subject="x", impact="breaking", after_lines=(5, 5))
    found = put_together([broken, finding("paragraph-changed", edits=EDITS)])
    assert broken in [passage.finding for passage in found]


def test_a_row_is_silent_when_its_fact_is_told_for_all_files() -> None:
    cells = ({"column": "Version", "before": "old", "after": "new"},)
    fact, row = finding("version-changed"), finding("table-row-changed", cells=cells)
    assert [passage.finding for passage in put_together([fact, row], {id(fact)})] == [fact]


def test_the_words_of_a_link_that_went_are_told_once() -> None:
    edits = ({"before": "Reference documentation", "after": ""}, {"before": "old", "after": "new"})
    link = finding("link-removed", text="Reference documentation")
    (passage,) = put_together([finding("paragraph-changed", edits=edits), link])
    assert (passage.edits, passage.carried) == ((("old", "new"),), (link,))


def test_a_link_that_went_with_words_around_it_is_told_with_them() -> None:
    edits = ({"before": "in two regions of the world", "after": ""},)
    link = finding("link-removed", text="two regions")
    (passage,) = put_together([finding("paragraph-changed", edits=edits), link])
    assert (passage.edits, passage.carried) == ((("in two regions of the world", ""),), ())


def test_a_word_out_of_a_sentence_told_as_another_one_is_not_told_again() -> None:
    step = Finding(
        kind="step-changed",
        subject="Update the file.",
        impact="notable",
        before="Update the file with the following code to create an assistant:",
        after="Replace the contents of the file with this and use the values of your own.",
        after_lines=(5, 5),
        values={"edits": ({"before": "Update", "after": "Replace"},)},
    )
    term = replace(finding("term-replaced"), before="Update", after="Replace")
    assert [passage.finding.kind for passage in put_together((step, term))] == ["step-changed"]


def test_the_new_name_of_an_option_is_told_with_the_option_alone() -> None:
    cells: tuple[Json, ...] = (
        {"column": "Option", "before": "`--token`", "after": "`--file`"},
        {"column": "Use", "before": "the token", "after": "a file of tokens"},
    )
    row = Finding(
        kind="table-row-changed",
        subject="--file",
        impact="notable",
        after_lines=(3, 3),
        values={"key": "--file", "cells": cells},
    )
    option = Finding(
        kind="option-renamed",
        subject="--file",
        impact="breaking",
        before="--token",
        after="--file",
        after_lines=(3, 3),
    )
    told = {passage.finding.kind: passage.finding for passage in put_together((option, row))}
    assert told["table-row-changed"].values["cells"] == cells[1:]
    (alone,) = put_together((row,))
    assert alone.finding.values["cells"] == cells

from __future__ import annotations

import pytest

from diffinsight.engines.differences import changed_sentences, quotable
from diffinsight.engines.passages import Edit, Passage
from diffinsight.models import Finding


def changed(before: str, after: str, *edits: Edit, kind: str = "paragraph-changed") -> Passage:
    size = sum(len(side.split()) for edit in edits for side in edit)
    finding = Finding(
        kind=kind,
        subject="x",
        impact="minor",
        before=before,
        after=after,
        values={"words_added": size, "words_removed": 0},
    )
    return Passage(finding=finding, edits=edits)


@pytest.mark.parametrize(
    ("before", "after", "edit"),
    [
        ("Open AI Studio now.", "Open AI Foundry now.", ("Studio", "Foundry")),
        ("Wait a bit.", "Wait a bit for the next sign-in.", ("", "for the next sign-in")),
        ("代理需要管理员帐户。", "代理需要本地帐户。", ("管理员", "本地")),
    ],
)
def test_words_that_speak_for_themselves_are_quoted_alone(
    before: str, after: str, edit: Edit
) -> None:
    assert quotable(changed(before, after, edit)) == (edit,)


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("SQL Server Contributor.", "SQL Contributor.", [("Server", "")]),
        ("Use capital I.", "Use the small i.", [("", "the"), ("capital I", "small i")]),
        ("It is here, or not.", "It is here, and not.", [(", or", ", and")]),
    ],
)
def test_fragments_are_quoted_with_their_sentence(
    before: str, after: str, edits: list[Edit]
) -> None:
    whole = f"It stays. {before}", f"It stays. {after}"
    assert quotable(changed(*whole, *edits)) == ((before, after),)


def test_code_and_tables_keep_their_own_differences() -> None:
    edit = ("Server", "")
    assert quotable(changed("SQL Server", "SQL", edit, kind="code-changed")) == (edit,)


def test_a_text_that_changed_throughout_is_not_quoted() -> None:
    before = "One here. Two here. Three here. Four here."
    after = "One there. Two here, or. Three there. Four, or."
    edits = [("here", "there"), ("", ", or"), ("here", "there"), ("here", ", or")]
    assert quotable(changed(before, after, *edits)) == ()


def test_sentences_stand_beside_what_became_of_them() -> None:
    before = "Stays. Old one. Gone with `a.b`. Stays too."
    after = "Stays. New one. Stays too. Came at last."
    assert changed_sentences(before, after) == (
        ("Old one. Gone with `a.b`.", "New one."),
        ("", "Came at last."),
    )

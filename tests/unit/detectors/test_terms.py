"""Replacements that come again: counted by the words that differ, told by the whole name."""

import pytest
from support.case_folder import between

from diffinsight.changes import parse_diff
from diffinsight.detectors import analyse
from diffinsight.models import Finding


def terms(*lines: tuple[str, str]) -> list[Finding]:
    """The terms told of one page whose ``lines`` changed."""
    hunks = "".join(
        f"@@ -{10 * n},3 +{10 * n},3 @@\n \n-{old}\n+{new}\n \n"
        for n, (old, new) in enumerate(lines, 1)
    )
    diff = f"diff --git a/page.md b/page.md\n--- a/page.md\n+++ b/page.md\n{hunks}"
    (file,) = analyse(parse_diff(diff.encode())).files
    return [finding for finding in file.findings if finding.kind == "term-replaced"]


def said(found: list[Finding]) -> set[tuple[str | None, str | None]]:
    return {(finding.before, finding.after) for finding in found}


def test_a_term_is_told_with_the_name_it_ends_everywhere() -> None:
    found = terms(
        ("Open Contoso AI Studio to deploy it.", "Open Contoso AI Foundry to deploy it."),
        ("Models in AI Studio are listed.", "Models in AI Foundry are listed."),
        ("The hub (AI Studio) stays.", "The hub (AI Foundry) stays."),
    )
    assert said(found) == {("AI Studio", "AI Foundry")}


def test_and_with_the_name_it_begins_everywhere() -> None:
    found = terms(
        ("Open Contoso OpenAI Studio to deploy it.", "Open Contoso AI Studio to deploy it."),
        ("Models in (Contoso OpenAI Studio) stay.", "Models in (Contoso AI Studio) stay."),
    )
    assert said(found) == {("Contoso OpenAI Studio", "Contoso AI Studio")}


def test_a_name_that_came_before_the_same_word_is_a_term() -> None:
    found = terms(
        ("Open the portal and sign in.", "Open the Contoso portal and sign in."),
        ("The portal shows the status.", "The Contoso portal shows the status."),
    )
    assert said(found) == {("portal", "Contoso portal")}


def test_and_one_that_went() -> None:
    found = terms(
        ("Open the Contoso portal and sign in.", "Open the portal and sign in."),
        ("Keys are in the Contoso portal too.", "Keys are in the portal too."),
    )
    assert said(found) == {("Contoso portal", "portal")}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Open the portal and sign in.", "Open the main portal and sign in."),  # no name
        ("Open the portal and sign in.", "Now open the portal and sign in."),
        ("Sign in with a key.", "Sign in with Contoso Identity with a key."),
    ],
)
def test_other_words_that_came_are_no_term(old: str, new: str) -> None:
    assert not terms((old, new), (old.replace("sign", "log"), new.replace("sign", "log")))


def test_places_in_lists_that_grew_are_counted_too() -> None:
    part = "## {0}\n\nThe {0} entity.\n\nSupported languages\n\n`en`, `es`, {1}\n\n"
    names = ("First", "Second", "Third", "Fourth", "Fifth")
    old = "# A\n\n" + "".join(part.format(name, "`zh-hans`, `pt`") for name in names)
    more = "`zh`, `pt`, `fr`, `de`, `it`, `ja`, `ko`, `nl`, `sv`, `tr`, `hi`, `af`, `ca`, `da`"
    new = "# A\n\n" + "".join(
        part.format(name, more if number > 1 else "`zh`, `pt`") for number, name in enumerate(names)
    )
    (file,) = analyse(between({"a.md": old}, {"a.md": new}, {})).files
    counts = {f.values["count"] for f in file.findings if f.kind == "term-replaced"}
    assert counts == {len(names)}


def test_what_is_a_piece_of_a_sentence_is_no_term() -> None:
    found = terms(
        ("PyPy versions 3.8 through 3.10.", "PyPy versions 3.9 and 3.10."),
        ("It runs on PyPy 3.8 through 3.10.", "It runs on PyPy 3.9 and 3.10."),
    )
    assert not found


def test_a_number_is_told_with_the_name_before_it() -> None:
    found = terms(
        ("Deploy Kettle Pro 3 today.", "Deploy Kettle Pro v3 today."),
        ("The Pro 3 pot is ready.", "The Pro v3 pot is ready."),
        ("Select 3 or more.", "Select v3 or more."),
    )
    assert said(found) == {("Pro 3", "Pro v3")}


def test_a_term_in_two_capitalisations_is_one() -> None:
    found = terms(
        ("Open Contoso Studio to deploy it.", "Open Fabrikam Hub to deploy it."),
        ("Models in Contoso Studio are listed.", "Models in Fabrikam Hub are listed."),
        ("Keys in Contoso studio are listed.", "Keys in Fabrikam Hub are listed."),
    )
    assert len(said(found)) == 1
    assert {finding.values["count"] for finding in found} == {3}

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.engines.choosing.passages import Passage
from diffinsight.engines.quoting.differences import quotable
from diffinsight.engines.quoting.quote import Quote
from diffinsight.matching.edits import prose_edits
from diffinsight.matching.words import words_of
from diffinsight.models import Finding


def changed(before: str, after: str, *, kind: str = "paragraph-changed", more: int = 0) -> Passage:
    edits = tuple((edit.before, edit.after) for edit in prose_edits(before, after))
    size = sum(len(side.split()) for edit in edits for side in edit)
    values = {"words_added": size, "words_removed": 0}
    finding = Finding(
        kind=kind, subject="x", impact="minor", before=before, after=after, values=values
    )
    return Passage(finding=finding, edits=edits, more_edits=more)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(quote.before, quote.after) for quote in quotable(changed(before, after))]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "It stays as it was. Wait a bit before you sign in.",
            "It stays as it was. Wait a bit for the next replica before you sign in.",
            [("", "for the next replica")],
        ),
        (
            "You filter by place in the list. For more on filters, see the guide of the team.",
            (
                "You filter by place in the list. A filter adds criteria. "
                "For more on filters and queries, see the guide of the team."
            ),
            [
                ("", "A filter adds criteria."),
                ("For more on filters", "For more on filters and queries"),
            ],
        ),
        ("First this one. Then that one.", "Then that one. First this one.", []),
        (
            "Cats sleep long in the afternoon. It stays.",
            "Rockets need fuel for takeoff. It stays.",
            [("Cats sleep long in the afternoon.", "Rockets need fuel for takeoff.")],
        ),
        (
            "Now and then, query results are odd. It stays.",
            "A query may return what no one wants. It stays.",
            [("Now and then, query results are odd.", "A query may return what no one wants.")],
        ),
        (
            "Cats sleep long in the afternoon. It stays. So does this.",
            "It stays. So does this. Rockets need fuel for takeoff.",
            [
                ("", "Rockets need fuel for takeoff."),
                ("Cats sleep long in the afternoon.", ""),
            ],
        ),
        (
            "代理需要管理员帐户。",
            "代理需要本地帐户。",
            [("代理需要管理员帐户。", "代理需要本地帐户。")],
        ),
    ],
)
def test_sentences_are_told_with_what_became_of_them(
    before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    assert told(before, after) == expected


RUN = "Pick a cellar by its number"
SAYS = "The number stands for the cellar in which new cheese is put."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (  # a clause that is a sentence now
            f"{RUN} to say in which cellar you want to have new cheese put. Try it.",
            f"{RUN}. Try it. {SAYS}",
            [("to say in which cellar you want to have new cheese put", SAYS)],
        ),
        (  # a sentence that others say
            "Cheese is aged here. Bread is not. The taste of aged cheese depends on cellars.",
            "Cheese is aged there. Bread is not. Cellars are what the taste of cheese is from.",
            [("Cheese is aged here.", "Cheese is aged there.")],
        ),
        (  # one in the same place, though the next one is another one, too
            "Cats sleep long. Take some milk from the fridge. Then wait for them.",
            "Cats sleep long. Buy milk. Rockets need fuel.",
            [("Take some milk from the fridge.", "Buy milk.")],
        ),
    ],
)
def test_what_is_still_said_has_not_gone(
    before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    quotes = told(before, after)
    assert all(quote in quotes for quote in expected)
    gone = {old for old, new in quotes if not new}
    assert not any(old.startswith(("to say", "The taste", "Take")) for old in gone)


def test_what_a_reader_must_act_on_comes_first() -> None:
    before = "Open the old page of the service. The vectors have 2 through 3072 dimensions in it."
    after = (
        "Open the new page of the service. Look around there. "
        "The vectors have 1 through 1536 dimensions in it."
    )
    first, *rest = told(before, after)
    assert "1536" in first[1]
    assert ("", "Look around there.") in rest


def test_what_a_fact_tells_is_not_quoted_again() -> None:
    passage = changed(
        "Use Studio for it. Wait an hour more.", "Use Foundry for it. Wait a day more."
    )
    left = tuple(edit for edit in passage.edits if "Studio" not in edit[0])
    quotes = quotable(Passage(finding=passage.finding, edits=left))
    assert [quote.after for quote in quotes] == ["Wait a day more."]


def test_code_and_tables_keep_their_own_differences() -> None:
    passage = changed("SQL Server", "SQL", kind="html-changed")
    assert quotable(passage) == (Quote(before="Server", after=""),)
    assert quotable(changed("a b", "a c", kind="html-changed", more=3)) == ()


def test_a_text_that_changed_throughout_is_not_quoted() -> None:
    before = " ".join(f"The {name} of it is old and dusty." for name in "abcdefgh")
    after = " ".join(f"The {name} of it is new and shiny." for name in "abcdefgh")
    assert quotable(changed(before, after)) == ()


_WORDS = st.sampled_from(
    ["the", "Azure", "portal", "10", "MB", "is", "not", "`a b`", "list,", "(new)", "機能", "です"]
)
_SENTENCES = st.lists(_WORDS, min_size=1, max_size=8).map(lambda words: " ".join(words) + ".")
_TEXTS = st.lists(_SENTENCES, min_size=1, max_size=4).map(" ".join)


def holds(text: str, piece: str) -> bool:
    return f" {' '.join(words_of(piece))} " in f" {' '.join(words_of(text))} "


@given(_TEXTS, _TEXTS)
def test_every_quotation_stands_where_it_is_said_to(before: str, after: str) -> None:
    for quote in quotable(changed(before, after)):
        assert quote.before in before
        assert quote.after in after
        if not quote.after:
            assert not holds(after, quote.before)
        if not quote.before:
            assert not holds(before, quote.after)


_MEMBERS = st.lists(st.sampled_from(["`a`", "b", "West US", "c.d", "e"]), min_size=4, max_size=7)


@given(_MEMBERS, _MEMBERS)
def test_members_of_a_list_are_only_gone_when_they_are(old: list[str], new: list[str]) -> None:
    before, after = ", ".join(old), ", ".join(new)
    for quote in quotable(changed(before, after)):
        assert quote.before in before
        assert quote.after in after
        assert quote.before or not set(quote.after.split(", ")) & set(old)
        assert quote.after or not set(quote.before.split(", ")) & set(new)


def test_a_sentence_in_the_place_of_one_that_says_something_else_is_no_version_of_it() -> None:
    old, new = "Its way is written in the skill definition itself.", "`uri` is the skill address."
    (quote,) = quotable(changed(f"Set up a skill. {old} Run it.", f"Set up a skill. {new} Run it."))
    assert (quote.before, quote.after, quote.gave_way) == (old, new, True)


def test_what_is_new_beside_a_command_is_quoted_with_it() -> None:
    before = "It executes the command `hostname --ip-addresses` at once."
    after = (
        "It executes the command `hostname -I` (short notation for `--all-ip-addresses`) at once."
    )
    passage = changed(before, after)
    exchanged = ({"before": "`hostname --ip-addresses`", "after": "`hostname -I`"},)
    values = {**passage.finding.values, "exchanged": exchanged}
    passage = replace(passage, finding=replace(passage.finding, values=values))
    (quote,) = quotable(passage)
    assert "`hostname -I` (short notation for `--all-ip-addresses`)" in quote.after


def test_sentences_between_the_same_ones_gave_way_whatever_they_say() -> None:
    before = "Select the folder. In my case, this is `/home/me/tea`"
    after = "Select the folder. It will look something like: `/home/<you>/tea`"
    (quote,) = quotable(changed(before, after, kind="step-changed"))
    assert quote.gave_way
    assert (quote.before, quote.after) == (before[19:], after[19:])


def test_what_an_item_names_is_told_apart_from_what_it_says_of_it() -> None:
    before = "`--version`: For import only, says whether to import it as the first version."
    after = "`--version <1/2>`: Says whether to import it as the first version."
    assert ("`--version`", "`--version <1/2>`") in told(before, after)
    assert all("`" not in "".join(pair) for pair in told(before, after)[1:])

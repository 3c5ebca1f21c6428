from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.edges import Comment, PullRequest
from diffinsight.publishers.comment import (
    ACTIONS_BOT,
    State,
    own,
    read_state,
    reason_to_skip,
    text_of,
)
from diffinsight.publishers.delivery import RunNumber

HEAD = "a" * 40
OPEN = PullRequest(head=HEAD, open=True, locked=False)


def state(
    number: int = 5, attempt: int = 1, *, head: str = HEAD, category: str | None = None
) -> State:
    return State(category=category, head=head, run=RunNumber(number=number, attempt=attempt))


def comment(at: int, body: str, author: str = ACTIONS_BOT) -> Comment:
    return Comment(id=at, author=author, body=body, url=f"https://example.com/{at}")


@given(category=st.none() | st.text(), number=st.integers(0, 10**17), attempt=st.integers(0, 10**8))
def test_a_state_is_read_as_it_was_written(category: str | None, number: int, attempt: int) -> None:
    written = state(number, attempt, category=category)
    body = f"{written.line()}\n\nText"
    # No category and an empty name are the same: neither is told apart in a report.
    assert read_state(body, category or None) == state(number, attempt, category=category or None)
    assert written.line().count("-->") == 1
    assert "\n" not in written.line()


@given(st.text())
def test_any_state_line_is_survived(tail: str) -> None:
    found = read_state(f"<!-- diffinsight comment: {tail}", None)
    assert found is not None


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Text",
        "> <!-- diffinsight comment: head= run=1.1 -->",
        state(category="other").line() + "\n\nText",
        "<!-- diffinsight comment",
    ],
)
def test_what_is_not_marked_is_not_ours(body: str) -> None:
    assert read_state(body, None) is None


def test_a_state_somebody_changed_counts_as_unknown() -> None:
    found = read_state("<!-- diffinsight comment: head=me run=never -->\n\nText", None)
    assert found == State(category=None, head="", run=RunNumber(number=0))


def test_categories_keep_apart() -> None:
    body = f"{state(category='a').line()}\n\nText"
    assert read_state(body, "a") is not None
    assert read_state(body, "ab") is None
    assert read_state(body, None) is None


def test_line_ends_and_state_do_not_count_as_text() -> None:
    one = f"{state(1).line()}\n\nText\n\nMore\n"
    other = f"{state(2).line()}\r\n\r\nText\r\n\r\nMore"
    assert text_of(one) == text_of(other) == "Text\n\nMore"


def test_own_comments_are_found_by_marker_and_author() -> None:
    marked = f"{state().line()}\n\nText"
    comments = [
        comment(1, "Hello", "mallory"),
        comment(2, marked, "mallory"),
        comment(3, marked),
        comment(4, "Text"),
        comment(5, marked),
    ]
    assert [it.id for it in own(comments, None, None)] == [3, 5]
    assert [it.id for it in own(comments, None, "mallory")] == [2]
    assert own(comments, None, "somebody") == []


def test_an_unknown_app_finds_its_own_comment() -> None:
    marked = f"{state().line()}\n\nText"
    comments = [comment(1, marked, "mallory"), comment(2, marked, "docs-helper[bot]")]
    assert [it.id for it in own(comments, None, None)] == [2]


@pytest.mark.parametrize(
    ("pull", "existing", "empty", "expected"),
    [
        (OPEN, None, False, None),
        (OPEN, state(4), False, None),
        (OPEN, state(5), False, None),
        (OPEN, state(4), True, None),
        (OPEN, state(9, head="b" * 40), False, None),
        (OPEN, state(5, 2), False, "newer"),
        (OPEN, state(6), False, "newer"),
        (OPEN, None, True, "nothing in scope"),
        (PullRequest(head=HEAD, open=False, locked=False), state(4), False, "closed"),
        (PullRequest(head="b" * 40, open=True, locked=False), state(4), False, "newer commits"),
    ],
)
def test_when_nothing_must_be_written(
    pull: PullRequest, existing: State | None, *, empty: bool, expected: str | None
) -> None:
    found = [existing] if existing else []
    reason = reason_to_skip(pull, state(5), found, empty=empty)
    assert (reason is None) == (expected is None)
    assert (expected or "") in (reason or "")


def test_a_newer_report_counts_wherever_it_stands() -> None:
    reason = reason_to_skip(OPEN, state(5), [state(4), state(7), state(6)], empty=False)
    assert reason is not None
    assert "run 7" in reason

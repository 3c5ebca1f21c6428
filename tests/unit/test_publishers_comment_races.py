"""Runs that comment at the same time: every order of their requests, late lists included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

import pytest
from support.interleavings import Comments, Explorer, Replay, Run
from support.report_samples import PLAIN_FILE

from diffinsight.edges import GitHub, PullRequest
from diffinsight.models import Report
from diffinsight.publishers.comment import CommentPublisher, State, text_of
from diffinsight.publishers.delivery import Delivery, Form, RunNumber

HEAD = "a" * 40
PULL = PullRequest(head=HEAD, open=True, locked=False)
NOTHING: Comments = ()
OLD: Comments = (
    (1, State(category=None, head="0" * 40, run=RunNumber(number=0)).line() + "\n\nOld."),
)
STARTS = pytest.mark.parametrize("start", [NOTHING, OLD], ids=["first", "later"])


def report() -> Report:
    return Report(
        title="Report",
        date=date(2024, 1, 3),
        language="en",
        base="b" * 40,
        head=HEAD,
        permalink=None,
        files=(PLAIN_FILE,),
    )


def run(number: int) -> Run:
    """The run of that number with a text of its own; it ends well whatever the others do."""

    def write(form: Form, *, limit: int | None = None) -> str:
        del form, limit
        return f"Run {number}."

    def go(replay: Replay) -> None:
        delivery = Delivery(
            report=report(),
            write=write,
            github=cast("GitHub", replay),  # as much of it as a comment needs
            run=RunNumber(number=number),
            pull_request=1,
            pull_request_head=None,
            branch=None,
            reads_only=False,
            repository="o/home",
            server_url="https://github.com",
            append_summary=lambda _: None,
            sleep=replay.sleep,
        )
        (done,) = CommentPublisher().publish(delivery, ())
        assert done.outcome in {"created", "updated", "unchanged", "skipped"}
        assert done.url or done.outcome == "skipped"

    return go


def texts(comments: Comments) -> list[str]:
    return [text_of(body) for _, body in comments]


def ends(
    start: Comments,
    numbers: Sequence[int],
    *,
    behind: int = 0,
    settles: bool = False,
    mortal: Sequence[int] = (),
) -> list[list[str]]:
    """The ways in which it can end, each once."""
    runs = [run(number) for number in numbers]
    dying = [numbers.index(number) for number in mortal]
    explorer = Explorer(runs=runs, pull=PULL, behind=behind, settles=settles, mortal=dying)
    found = {tuple(texts(comments)): comments for comments in explorer.ends(start)}
    after = [Explorer(runs=[run(99)], pull=PULL).ends(comments) for comments in found.values()]
    # Whatever they leave, the next run puts right.
    assert {tuple(texts(it)) for some in after for it in some} == {("Run 99.",)}
    return [list(it) for it in sorted(found)]


@STARTS
@pytest.mark.parametrize("numbers", [(1, 2), (2, 1), (1, 2, 3)])
def test_one_comment_with_the_newest_report_when_time_passes(
    start: Comments, numbers: tuple[int, ...]
) -> None:
    assert ends(start, numbers, settles=True) == [[f"Run {max(numbers)}."]]


@pytest.mark.parametrize("behind", [0, 1], ids=["at-once", "one-write-late"])
def test_two_first_runs_need_no_time(behind: int) -> None:
    assert ends(NOTHING, (1, 2), behind=behind) == [["Run 2."]]


@STARTS
@pytest.mark.parametrize("behind", [0, 1], ids=["at-once", "one-write-late"])
def test_one_comment_however_long_a_run_is_held_up(start: Comments, behind: int) -> None:
    found = ends(start, (1, 2, 3), behind=behind)
    assert {len(comments) for comments in found} == {1}
    assert ["Run 3."] in found


@STARTS
def test_a_run_that_is_cancelled_takes_no_report_along(start: Comments) -> None:
    """The newest run may stop anywhere: two comments at worst, and its own or the other report."""
    found = ends(start, (1, 2), settles=True, mortal=(2,))
    assert ["Run 1."] in found
    assert ["Run 2."] in found
    assert all({"Run 1.", "Run 2."} & set(comments) for comments in found)


def test_what_can_not_be_ruled_out() -> None:
    """Known limits, so that nobody relies on more: see the module's first lines."""
    late = ends(NOTHING, (1, 2), behind=2)
    assert ["Run 1.", "Run 2."] in late, "comments that are not listed while both runs look"
    held_up = ends(OLD, (1, 2))
    assert ["Run 1."] in held_up, "an older run that stops between looking and writing"

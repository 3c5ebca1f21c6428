from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from diffinsight.edges import Commit, History
from diffinsight.errors import ActionError
from diffinsight.models import Every
from diffinsight.watching import (
    Remembered,
    look_back_to,
    read_state,
    split,
    state_path,
    steps_since,
    write_state,
)

ZONE = ZoneInfo("UTC")
NOW = datetime(2024, 1, 10, 2, tzinfo=UTC)  # a Wednesday


def sha(number: int) -> str:
    return f"{number:040x}"


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2024, 1, day, hour, tzinfo=UTC)


def history(*times: datetime, before: str | None = "f" * 40) -> History:
    """Commits numbered from 1, in the order they were made."""
    made = [Commit(sha=sha(at), committed_at=time) for at, time in enumerate(times, start=1)]
    return History(commits=tuple(reversed(made)), before=before)


def ranges(
    last: int | None, found: History, every: Every = "day", now: datetime = NOW
) -> list[tuple[str, int, int]]:
    """Period, number of the base (the one before the oldest is 0) and of the head."""
    remembered = None
    if last is not None:
        times = {commit.sha: commit.committed_at for commit in found.commits}
        remembered = Remembered(head=sha(last), committed_at=times.get(sha(last), at(5)))
    numbers = {sha(number): number for number in range(100)} | {"f" * 40: 0}
    steps = steps_since(remembered, found, every=every, zone=ZONE, now=now)
    return [(step.period, numbers[step.base], numbers[step.head]) for step in steps]


def test_every_day_that_is_over_is_a_range_of_its_own() -> None:
    found = history(at(6), at(7, 9), at(7, 18), at(9), at(10, 1))
    assert ranges(1, found) == [("2024-01-07", 1, 3), ("2024-01-09", 3, 4)]
    assert ranges(4, found) == []
    assert ranges(4, found, now=NOW + timedelta(days=1)) == [("2024-01-10", 4, 5)]


def test_weeks_are_those_of_the_calendar() -> None:
    found = history(at(1), at(5), at(7, 23), at(8, 1), at(9))
    assert ranges(1, found, "week") == [("2024-W01", 1, 3)]
    assert ranges(3, found, "week", now=at(15)) == [("2024-W02", 3, 5)]


def test_a_run_takes_all_that_came() -> None:
    found = history(at(6), at(7), at(10, 1))
    assert ranges(1, found, "run") == [("", 1, 3)]
    assert ranges(3, found, "run") == []


@pytest.mark.parametrize(
    ("every", "wanted"),
    [
        ("day", [("2024-01-09", 2, 3)]),
        ("week", [("2024-W01", 0, 2)]),
        ("run", [("2024-01-10", 3, 4)]),
    ],
)
def test_the_first_time_only_the_newest_is_told(
    every: Every, wanted: list[tuple[str, int, int]]
) -> None:
    found = history(at(3), at(4), at(9), at(10, 1))
    assert ranges(None, found, every) == wanted


def test_days_are_those_of_the_time_zone() -> None:
    late = history(at(6), at(8, 23))
    (step,) = split(
        History(commits=late.commits[:1], before=sha(1)), every="day", zone=ZoneInfo("Asia/Tokyo")
    )
    assert step.period == "2024-01-09"


def test_the_first_commit_of_all_is_what_others_are_compared_with() -> None:
    assert ranges(None, history(at(8), at(9), before=None)) == [("2024-01-09", 1, 2)]
    assert ranges(None, history(at(8), before=None)) == []


def test_a_branch_that_was_pushed_with_force_is_told_in_one_range() -> None:
    found = history(at(4), at(6), at(8), at(10, 1))
    last = Remembered(head="e" * 40, committed_at=at(5))
    (step,) = steps_since(last, found, every="day", zone=ZONE, now=NOW)
    # If the last head is gone from the server too, it starts at what is as old as it.
    assert (step.was, step.base, step.head) == ("e" * 40, sha(1), sha(3))


def test_a_branch_that_was_set_back_is_told() -> None:
    found = history(at(2), at(3))
    last = Remembered(head="e" * 40, committed_at=at(9))
    (step,) = steps_since(last, found, every="day", zone=ZONE, now=NOW)
    assert (step.was, step.base, step.head) == ("e" * 40, sha(1), sha(2))


def test_a_clock_that_is_ahead_stops_nothing() -> None:
    found = history(at(6), at(7), datetime(2031, 1, 1, tzinfo=UTC), at(8))
    assert ranges(1, found) == [("2024-01-07", 1, 2), ("2024-01-08", 2, 4)]


def test_a_clock_that_is_behind_loses_nothing() -> None:
    found = history(at(6), at(7), datetime(1970, 1, 1, tzinfo=UTC), at(8))
    steps = ranges(1, found)
    assert (steps[0][1], steps[-1][2]) == (1, 4)
    assert [step[1] for step in steps[1:]] == [step[2] for step in steps[:-1]]


def test_the_history_is_read_back_to_the_last_report() -> None:
    last = Remembered(head=sha(1), committed_at=at(5))
    assert look_back_to(last, NOW) < at(5)
    assert look_back_to(None, NOW) < NOW - timedelta(days=14)


def test_each_watched_branch_has_a_file_of_its_own() -> None:
    places = [
        state_path("reports", repository=repository, branch=branch)
        for repository, branch in (
            ("contoso/docs", None),
            ("contoso/docs", "release/2.0"),
            ("contoso/site", None),
        )
    ]
    assert places == [
        "reports/.diffinsight/contoso/docs.json",
        "reports/.diffinsight/contoso/docs@release-2.0.json",
        "reports/.diffinsight/contoso/site.json",
    ]


def test_what_is_remembered_is_read_back() -> None:
    remembered = Remembered(head=sha(1), committed_at=at(5))
    assert read_state(write_state(remembered), origin="x.json") == remembered


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"schema": "diffinsight/watch/1", "head": 1, "committed_at": "2024-01-01T00:00:00Z"}',
        '{"schema": "diffinsight/watch/1", "head": "x", "committed_at": "2024-01-01T00:00:00Z"}',
        f'{{"schema": "diffinsight/watch/1", "head": "{sha(1)}", "committed_at": "2024-01-01"}}',
        f'{{"schema": "diffinsight/watch/1", "head": "{sha(1)}", "committed_at": 7}}',
        f'{{"schema": "other/1", "head": "{sha(1)}", "committed_at": "2024-01-01T00:00:00Z"}}',
        "[" * 100_000,
    ],
)
def test_a_file_that_says_something_else_is_refused(text: str) -> None:
    with pytest.raises(ActionError, match=r"^x\.json does not say where the last report ended$"):
        read_state(text, origin="x.json")

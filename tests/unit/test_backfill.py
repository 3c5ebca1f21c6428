from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from diffinsight.backfill import Range, Span, begin, matrix, plan, read_ranges, share_out
from diffinsight.edges import Commit, History
from diffinsight.engines.model.sharing import Share
from diffinsight.errors import ActionError
from diffinsight.models import Category, ChangeSet, Config, FileChange

NOW = datetime(2024, 1, 20, 2, tzinfo=UTC)


def sha(number: int) -> str:
    return f"{number:040x}"


def history(*days: int) -> History:
    commits = [
        Commit(sha=sha(day), committed_at=datetime(2024, 1, day, 12, tzinfo=UTC)) for day in days
    ]
    return History(commits=tuple(reversed(commits)), before=sha(0))


def span(since: int, until: int | None = None) -> Span:
    last = date(2024, 1, until) if until else None
    return Span(since=date(2024, 1, since), until=last, every="day")


def days(found: tuple[Range, ...]) -> list[tuple[int, int]]:
    return [(int(it.base, 16), int(it.head, 16)) for it in found]


def test_a_range_for_each_day_that_is_over() -> None:
    found = history(2, 3, 5, 19, 20)
    assert days(plan(span(1), found, Config(), now=NOW)) == [(0, 2), (2, 3), (3, 5), (5, 19)]
    assert days(plan(span(3, 5), found, Config(), now=NOW)) == [(2, 3), (3, 5)]
    weeks = Span(since=date(2024, 1, 1), until=None, every="week")
    assert days(plan(weeks, found, Config(), now=NOW)) == [(0, 5)]


def test_each_category_has_its_own() -> None:
    config = Config(categories=(Category(name="guides", paths=("docs/**",)),))
    found = plan(span(1), history(2), config, now=NOW)
    assert [it.category for it in found] == ["guides", "other"]


def test_days_begin_where_the_config_says() -> None:
    tokyo = begin(span(2), Config(timezone="Asia/Tokyo"))
    assert tokyo == datetime(2024, 1, 1, 15, tzinfo=UTC)


def test_a_matrix_shares_all_ranges_out() -> None:
    ranges = [Range(base=sha(at), head=sha(at + 1), category="a b") for at in range(10)]
    include = json.loads(matrix(ranges, parts=4))["include"]
    assert [entry["part"] for entry in include] == [1, 2, 3, 4]
    assert [it for entry in include for it in read_ranges(entry["ranges"])] == ranges
    assert len(json.loads(matrix(ranges, parts=99))["include"]) == 10
    assert json.loads(matrix([], parts=4)) == {"include": []}


def test_no_part_is_too_large_for_an_environment_variable() -> None:
    ranges = [Range(base=sha(at), head=sha(at + 1), category="reference") for at in range(3000)]
    include = json.loads(matrix(ranges, parts=1))["include"]
    assert max(len(entry["ranges"]) for entry in include) < 128 * 1024


def test_a_matrix_that_a_job_cannot_hand_on_is_refused() -> None:
    ranges = [Range(base=sha(at), head=sha(at + 1)) for at in range(4300)]
    assert len(matrix(ranges, parts=20).encode("utf-16")) < 1_000_000 + 4
    with pytest.raises(ActionError, match="4,500 reports are more than"):
        matrix([*ranges, *ranges[:200]], parts=20)


def changes(*paths: str) -> ChangeSet:
    files = tuple(FileChange(path=path, status="modified") for path in paths)
    return ChangeSet(base=sha(1), head=sha(2), files=files)


def test_one_range_is_shared_out_to_the_jobs_of_a_matrix() -> None:
    ranges = share_out(changes("a.md", "b.md", "c.md"), Config(), parts=2)
    assert [it.share for it in ranges] == [Share(number=1, of=2), Share(number=2, of=2)]
    include = json.loads(matrix(ranges, parts=2))["include"]
    assert [read_ranges(entry["ranges"]) for entry in include] == [(it,) for it in ranges]


def test_no_more_shares_than_files() -> None:
    assert len(share_out(changes("a.md", "b.md"), Config(), parts=20)) == 2
    assert share_out(changes("a.py"), Config(include=("**/*.md",)), parts=20) == ()


def test_each_job_gets_its_share_of_every_category_that_has_files() -> None:
    guides = Category(name="guides", paths=("guides/**",))
    config = Config(categories=(guides, Category(name="blog", paths=("blog/**",))))
    ranges = share_out(changes("guides/a.md", "guides/b.md", "c.md"), config, parts=2)
    assert [(it.category, str(it.share)) for it in ranges] == [
        *[("guides", "1/2"), ("other", "1/2")],
        *[("guides", "2/2"), ("other", "2/2")],
    ]
    include = json.loads(matrix(ranges, parts=2))["include"]
    assert [len(read_ranges(entry["ranges"])) for entry in include] == [2, 2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '[{"base": "main", "head": "x"}]',
        '[{"base": 1, "head": 2}]',
        f'[{{"base": "{sha(1)}", "head": "{sha(2)}", "category": 7}}]',
        f'[{{"base": "{sha(1)}", "head": "{sha(2)}", "other": "x"}}]',
        f'[{{"base": "{sha(1)}", "head": "{sha(2)}", "share": "0/2"}}]',
        f'[{{"base": "{sha(1)}", "head": "{sha(2)}", "share": "3/2"}}]',
        f'[{{"base": "{sha(1)}", "head": "{sha(2)}", "share": [1, 2]}}]',
        "[" * 100_000,
    ],
)
def test_what_is_no_part_of_a_matrix_is_refused(text: str) -> None:
    with pytest.raises(ActionError, match="--ranges is no part of a matrix"):
        read_ranges(text)

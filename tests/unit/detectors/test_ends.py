from __future__ import annotations

import pytest

from diffinsight.detectors.reading.ends import ends, listed


@pytest.mark.parametrize(
    ("sentence", "thing", "date"),
    [
        ("The old client will be retired on March 1, 2026.", "The old client", "March 1, 2026"),
        ("By 2026-03-01, the old client will be retired.", "the old client", "2026-03-01"),
        ("Orca will be retired once it is `turbo-2024-04-09`.", "Orca", None),
        ("Version 2024-05-01 is deprecated.", "Version 2024-05-01", None),
        ("The client was retired on March 1, 2020.", "The client", None),
        ("Dropped support for Python 3.8 and PyPy 3.8.", "Python 3.8 and PyPy 3.8", None),
        ("Support for Python 3.8 has been removed.", "Python 3.8", None),
        ("`old` is still read but is now deprecated.", "`old`", None),
        ("It will be retired.", "It will be retired.", None),
        (
            "旧クライアントは2026年3月1日に廃止されます。",
            "旧クライアントは2026年3月1日に廃止されます。",
            "2026年3月1日",
        ),
        ("此功能将于2026年3月1日停用。", "此功能将于2026年3月1日停用。", "2026年3月1日"),
        ("该接口已淘汰。", "该接口已淘汰。", None),
    ],
)
def test_what_ends_and_when(sentence: str, thing: str, date: str | None) -> None:
    (end,) = ends([sentence])
    assert (end.thing, end.date) == (thing, date)


def test_what_is_switched_off_has_not_ended() -> None:
    assert list(ends(["可以停用此功能。"])) == []


def test_the_mark_belongs_to_the_word_before_it() -> None:
    (end,) = ends(["Values are `nat`, `bridged` (deprecated), and `mirrored`."])
    assert (end.thing, end.marked) == ("`bridged`", True)


def test_what_comes_back_has_not_ended() -> None:
    assert list(ends(["When it is mounted, it is no longer available there."])) == []


def test_what_is_over_has_ended_already() -> None:
    over = [end.over for end in ends(["A is no longer supported. B will no longer be supported."])]
    assert over == [True, False]


def test_a_row_says_when_its_model_retires() -> None:
    columns = ("Model provider", "Model", "Legacy date", "Retirement date", "Replacement")
    found = listed(("Contoso", "Orca-2", "May 1, 2025", "June 1, 2025", "Orca-3"), columns)
    assert found is not None
    assert (found.thing, found.date, found.replacement) == ("Orca-2", "June 1, 2025", "Orca-3")
    assert listed(("Orca-2", "May 1, 2025"), ("Model", "Released")) is None

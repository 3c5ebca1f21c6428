from __future__ import annotations

import pytest

from diffinsight.detectors.reading.labels import label


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ("openSUSE Leap", "openSUSE Leap"),
        ("the default timeout is", "default timeout"),
        ("a batch size of", "batch size"),
        ("download Ubuntu", "Ubuntu"),
        ("later with Build", "Build"),
        ("the Windows version", "Windows version"),
        ("`name`: `", "name"),
        ("you can package", ""),
        ("handle up to", ""),
        ("the query matches on", ""),
        ("`2024-10-21`", ""),
        ('name" "', ""),
        ('", "', ""),
        ("最大", "最大"),
        ("サイズは", "サイズ"),
        ("タイムアウトの既定値は、", "タイムアウトの既定値"),
        ("默认超时为", "默认超时"),
    ],
)
def test_a_figure_is_named_by_what_names_it(left: str, expected: str) -> None:
    assert label(left) == expected

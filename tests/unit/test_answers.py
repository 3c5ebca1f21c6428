from __future__ import annotations

from pathlib import Path

import pytest

from diffinsight.answers import AnswerFolder

KEY = "ab" * 32


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    folder = AnswerFolder(folder=tmp_path / "deep" / "cache")
    assert folder.get(KEY) is None
    folder.put(KEY, "数 \ud800 text")
    assert folder.get(KEY) == "数 \ud800 text"
    assert folder.get("cd" * 32) is None


def test_an_answer_under_another_name_is_not_believed(tmp_path: Path) -> None:
    folder = AnswerFolder(folder=tmp_path)
    folder.put(KEY, "text")
    other = tmp_path / "cd" / f"{'cd' * 32}.json"
    other.parent.mkdir()
    other.write_bytes((tmp_path / "ab" / f"{KEY}.json").read_bytes())
    assert folder.get("cd" * 32) is None


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "AB" * 32, "ab/cd"])
def test_only_digests_are_names(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        AnswerFolder(folder=tmp_path).get(key)


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    AnswerFolder(folder=tmp_path).put(KEY, "text")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{KEY}.json"]

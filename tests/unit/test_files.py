import os
from pathlib import Path

import pytest

from diffinsight.errors import ActionError
from diffinsight.files import read_file, write_file

NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


def test_a_written_file_has_the_text_and_leaves_no_scratch(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    write_file(target, "# レポート\r\n")
    assert target.read_bytes() == "# レポート\r\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_rewriting_keeps_the_mode(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("old")
    target.chmod(0o640)
    write_file(target, "new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_is_written_through(tmp_path: Path) -> None:
    target = tmp_path / "real.md"
    target.write_text("old")
    link = tmp_path / "link.md"
    link.symlink_to(target)
    write_file(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ActionError) as caught:
        read_file(tmp_path / ("a" * 300))
    assert "cannot be read (File name too long); check the path" in str(caught.value.problems[0])


def test_a_missing_folder_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ActionError) as caught:
        write_file(tmp_path / "missing" / "report.md", "text")
    assert "missing/report.md: cannot be written" in str(caught.value)
    assert "\n" not in str(caught.value.problems[0])


@NOT_ROOT
def test_a_folder_that_may_not_be_written_keeps_the_old_report(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("old")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ActionError):
            write_file(target, "new")
    finally:
        tmp_path.chmod(0o700)
    assert target.read_text() == "old"


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere", "no such file"), (".", "is a folder"), ("a/b", "no such file")]
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(ActionError, match=said):
        read_file(tmp_path / name)


def test_what_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"12345")
    assert read_file(path, most=5) == b"12345"
    with pytest.raises(ActionError, match="has 5 bytes; at most 4 are read"):
        read_file(path, most=4)

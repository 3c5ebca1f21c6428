from pathlib import Path

import pytest

from diffinsight.earlier import find_reports
from diffinsight.errors import ActionError


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    (folder / "parts/one").mkdir(parents=True)
    (folder / "parts/b.json").write_text("b")
    (folder / "parts/one/a.json").write_text("a")
    (folder / "parts/readme.txt").write_text("x")
    (tmp_path / "outside.json").write_text("secret")
    return folder


def test_a_file_or_all_of_a_folder(workspace: Path) -> None:
    one, other = ((it, workspace / it) for it in ("parts/b.json", "parts/one/a.json"))
    assert find_reports(workspace, "parts/b.json") == (one,)
    assert find_reports(workspace, "parts") == (one, other)


def test_links_are_not_followed(workspace: Path, tmp_path: Path) -> None:
    (workspace / "parts/link.json").symlink_to(tmp_path / "outside.json")
    (workspace / "out").symlink_to(tmp_path)
    assert [name for name, _ in find_reports(workspace, "parts")] == [
        "parts/b.json",
        "parts/one/a.json",
    ]
    for path in ("parts/link.json", "out", "out/outside.json", "../outside.json"):
        with pytest.raises(ActionError):
            find_reports(workspace, path)


@pytest.mark.parametrize("path", ["nowhere.json", "empty"])
def test_nothing_there(workspace: Path, path: str) -> None:
    (workspace / "empty").mkdir()
    with pytest.raises(ActionError, match="there is no report"):
        find_reports(workspace, path)

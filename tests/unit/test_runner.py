import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.errors import ActionError, Problem
from diffinsight.runner import (
    MOST_SUMMARY_BYTES,
    Commands,
    append_summary,
    give_to_owner,
    read_event_file,
    write_outputs,
)


def token() -> str:
    return "t0ken"


def problem(text: str) -> Problem:
    return Problem(message=text)


@pytest.fixture
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def commands(log: io.StringIO) -> Commands:
    return Commands(log, token=token)


def test_problems_become_annotations(log: io.StringIO, commands: Commands) -> None:
    commands.error(Problem(message="what, where: here", hint="do this"))
    commands.warning(problem("careful"))
    commands.notice(problem("by the way"))
    assert log.getvalue() == (
        "::error title=diffinsight::what, where: here; do this\n"
        "::warning title=diffinsight::careful\n"
        "::notice title=diffinsight::by the way\n"
    )


def test_text_can_not_end_its_command(log: io.StringIO, commands: Commands) -> None:
    commands.error(problem("100%\r\n::set-output name=x::y"))
    assert log.getvalue() == "::error title=diffinsight::100%25%0D%0A::set-output name=x::y\n"


@given(st.text())
def test_an_annotation_is_one_line_and_can_be_read_back(text: str) -> None:
    log = io.StringIO(newline="")
    Commands(log).error(problem(text))
    assert log.getvalue().count("\n") == 1
    assert "\r" not in log.getvalue()
    data = log.getvalue().removeprefix("::error title=diffinsight::").removesuffix("\n")
    read = data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    assert read == text


def test_what_github_would_not_show_is_still_in_the_log(
    log: io.StringIO, commands: Commands
) -> None:
    for number in range(12):
        commands.error(problem(f"mistake {number}"))
    commands.warning(problem("of another level"))
    lines = log.getvalue().splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    assert lines[10:13] == ["::stop-commands::t0ken", "error: mistake 10", "::t0ken::"]
    assert lines[-1] == "::warning title=diffinsight::of another level"


def test_printed_text_is_shown_and_not_obeyed(log: io.StringIO, commands: Commands) -> None:
    commands.plain("::error::not mine\n+ ::add-mask::a")
    assert log.getvalue().splitlines() == [
        "::stop-commands::t0ken",
        "::error::not mine",
        "+ ::add-mask::a",
        "::t0ken::",
    ]


def test_every_printed_text_has_a_token_of_its_own(log: io.StringIO) -> None:
    commands = Commands(log)
    commands.plain("a")
    commands.plain("b")
    stops = [line for line in log.getvalue().splitlines() if line.startswith("::stop-commands")]
    assert len(set(stops)) == 2
    assert all(len(stop) > 40 for stop in stops)


def test_masks_hide_every_line(log: io.StringIO, commands: Commands) -> None:
    commands.mask("first%\n\nsecond")
    assert log.getvalue() == "::add-mask::first%25\n::add-mask::second\n"


def test_a_group_is_closed_even_after_an_error(log: io.StringIO, commands: Commands) -> None:
    def fail() -> None:
        with commands.group("Comparing"):
            commands.debug("line\nline")
            raise ActionError("no")

    with pytest.raises(ActionError):
        fail()
    assert log.getvalue().splitlines() == [
        "::group::Comparing",
        "::debug::line",
        "::debug::line",
        "::endgroup::",
    ]


def test_the_event_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    path.write_text(json.dumps({"ref": "refs/heads/日本"}), encoding="utf-8")
    assert read_event_file({"GITHUB_EVENT_PATH": str(path)}) == {"ref": "refs/heads/日本"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "holds no JSON object"),
    ],
)
def test_a_broken_event_file_is_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "event.json"
    path.write_bytes(content)
    with pytest.raises(ActionError, match=f"{path} {said}"):
        read_event_file({"GITHUB_EVENT_PATH": str(path)})


def test_no_event_file(tmp_path: Path) -> None:
    with pytest.raises(ActionError, match="GITHUB_EVENT_PATH is not set"):
        read_event_file({})
    with pytest.raises(ActionError, match="can't be read: No such file"):
        read_event_file({"GITHUB_EVENT_PATH": str(tmp_path / "none")})
    with pytest.raises(ActionError, match="can't be read: Is a directory"):
        read_event_file({"GITHUB_EVENT_PATH": str(tmp_path)})


def test_the_summary_grows_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    append_summary(path, "あ" * (MOST_SUMMARY_BYTES // 3))
    assert path.stat().st_size == MOST_SUMMARY_BYTES - 1
    with pytest.raises(ActionError, match="1,048,577 bytes, GitHub takes 1,048,576"):
        append_summary(path, "ab")
    append_summary(path, "a")
    assert path.stat().st_size == MOST_SUMMARY_BYTES


def read_back(text: str) -> Iterator[tuple[str, str]]:
    """As the runner reads its output file."""
    lines = iter(text.split("\n"))
    for line in lines:
        if not line:
            continue
        name, _, delimiter = line.partition("<<")
        value = []
        for part in lines:
            if part == delimiter:
                break
            value.append(part)
        yield name, "\n".join(value)


@given(st.lists(st.tuples(st.sampled_from(["title", "summary"]), st.text())))
def test_outputs_come_back_as_they_were(outputs: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "output"
        write_outputs(path, outputs)
        assert list(read_back(path.read_bytes().decode())) == outputs


def test_a_value_can_not_make_another_output(tmp_path: Path) -> None:
    path = tmp_path / "output"
    write_outputs(path, [("summary", "x\noutput_guess\nevil<<y\nz\ny")], token=token)
    assert list(read_back(path.read_text())) == [("summary", "x\noutput_guess\nevil<<y\nz\ny")]
    write_outputs(path, [("title", "a")])
    assert dict(read_back(path.read_text()))["title"] == "a", "later outputs are added"


def test_a_file_that_can_not_be_written(tmp_path: Path) -> None:
    with pytest.raises(ActionError, match="can't be written: Is a directory"):
        write_outputs(tmp_path, [("a", "b")])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_files_go_to_the_owner_of_the_workspace(tmp_path: Path) -> None:
    os.chown(tmp_path, 1001, 1002)
    report = tmp_path / "report.md"
    report.touch()
    target = tmp_path.with_name(f"{tmp_path.name}-outside")
    target.touch()
    link = tmp_path / "link"
    link.symlink_to(target)
    give_to_owner([report, link], workspace=tmp_path)
    assert (report.stat().st_uid, report.stat().st_gid) == (1001, 1002)
    assert link.lstat().st_uid == 1001
    assert target.stat().st_uid == 0, "links are not followed"

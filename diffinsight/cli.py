"""The command line: the same story as the action, for a person at a terminal."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, TypedDict

from diffinsight.errors import ActionError, ExitCode, Problem, reporting_errors
from diffinsight.flags import CONFIG_FILE, parse

if TYPE_CHECKING:  # what follows is slow to import, and --version and --help do without
    from diffinsight.backfill import Parts
    from diffinsight.config import Config
    from diffinsight.edges import Edges, History
    from diffinsight.models import ChangeSet, Report, RunContext
    from diffinsight.run import Aid, Progress


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    flags = parse(arguments)
    gc.disable()  # a run is short: looking for cycles costs 7 % of it and frees next to nothing
    return reporting_errors(lambda: _run(flags), tell=_tell, debug=_debug)


def _run(flags: argparse.Namespace) -> int:
    from diffinsight import run

    edges = run.connect(os.environ, **_streams())
    if flags.command == "action":
        from diffinsight import action

        return action.run(edges)
    if flags.command == "render":
        return _render(flags, edges)
    if flags.command == "backfill":
        return _backfill(flags, edges)
    return _report(flags, edges)


def _report(flags: argparse.Namespace, edges: Edges) -> int:
    """Source → report → document; nothing is written before all of it is made."""
    from diffinsight import run

    config = _config(flags)
    change_set = _change_set(flags, edges)
    report = run.make_report(
        change_set,
        config=config,
        wishes=run.Wishes(language=flags.language, category=flags.category, date=flags.date),
        now=edges.now(),
        aid=_aid(flags, edges),
    )
    _deliver(report, flags, edges, _templates(flags, config))
    if flags.category and not (config.categories or flags.diff):
        told = f"no config with categories, so `{flags.category}` is only a label"
        edges.stderr.write(f"diffinsight: note: {Problem(message=told).line()}\n")
    for note in report.notes:
        edges.stderr.write(f"diffinsight: note: {note}\n")
    if not report.files:
        edges.stderr.write("diffinsight: note: no file in scope changed; is it the right range?\n")
    failing = flags.fail_on == "breaking" and run.breaks_readers(report)
    return ExitCode.BREAKING if failing else ExitCode.DONE


def _aid(flags: argparse.Namespace, edges: Edges) -> Aid | None:
    """The model to ask, if there is a key: never from a flag, which others could see."""
    from diffinsight import run
    from diffinsight.engine_choice import choose_model

    key = edges.environ.get("DIFFINSIGHT_LLM_API_KEY") or edges.environ.get("OPENAI_API_KEY")
    settings = choose_model(
        engine=flags.engine,
        api_key=key,
        base_url=flags.llm_base_url,
        model=flags.llm_model,
        concurrency=flags.llm_concurrency,
        token_budget=flags.llm_token_budget,
        mark="--",
    )
    if settings is None and flags.engine == "auto":
        _note_keyless(flags, edges)
    cache = Path(flags.cache_path) if flags.cache_path else None
    return run.open_aid(settings, edges, cache=cache, progress=_progress(edges.stderr))


def _note_keyless(flags: argparse.Namespace, edges: Edges) -> None:
    """Say that flags about a model do nothing."""
    given = [name for name, value in vars(flags).items() if name.startswith("llm_") and value]
    if given:
        names = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        edges.stderr.write(
            f"diffinsight: note: {names}: there is no key, so no model is asked; "
            "set DIFFINSIGHT_LLM_API_KEY\n"
        )


def _progress(stream: TextIO) -> Progress:
    """A line that grows on a terminal; elsewhere one line for each tenth."""

    def tell(done: int, total: int) -> None:
        text = f"diffinsight: asked about {done} of {total} files"
        if stream.isatty():
            stream.write(f"\r{text}{'' if done < total else chr(10)}")
            stream.flush()
        elif done == total or done * 10 // total > (done - 1) * 10 // total:
            stream.write(f"{text}\n")

    return tell


def _render(flags: argparse.Namespace, edges: Edges) -> int:
    from diffinsight import run
    from diffinsight.files import read_file

    data = _standard_input(edges) if flags.report == "-" else read_file(Path(flags.report))
    report = run.read_report(data, origin=flags.report, language=flags.language)
    _deliver(report, flags, edges)
    return ExitCode.DONE


def _backfill(flags: argparse.Namespace, edges: Edges) -> int:
    """Plan and print the plan, or make a part of it, or one report of its parts."""
    if not (flags.ranges or flags.merge):
        return _plan(flags, edges)
    from diffinsight import backfill
    from diffinsight.files import make_folder

    parts = _parts(flags, edges) if flags.merge else None
    work = backfill.Work(
        context=_context(flags, edges),
        read=_reader(flags, edges),
        config=_config(flags),
        language=parts.first.language if parts else flags.language,
        now=edges.now,
        aid=_aid(flags, edges),
        folder=make_folder(Path(flags.output)),
    )
    for path in work.merge(parts) if parts else work.make(backfill.read_ranges(flags.ranges)):
        edges.stderr.write(f"diffinsight: wrote {path}\n")
    return ExitCode.DONE


def _parts(flags: argparse.Namespace, edges: Edges) -> Parts:
    from diffinsight import backfill
    from diffinsight.earlier import MOST_BYTES, files_at
    from diffinsight.files import read_file

    folder = Path(flags.merge).resolve()
    found = files_at(folder, root=folder.parent)
    if not found:
        hint = "name the folder that `--ranges` wrote parts to"
        raise ActionError(f"--merge {flags.merge}: there are no parts", hint)
    parts = backfill.gather((name, read_file(place, most=MOST_BYTES)) for name, place in found)
    for share in parts.missing:
        edges.stderr.write(f"diffinsight: note: part {share} is missing\n")
    return parts


def _plan(flags: argparse.Namespace, edges: Edges) -> int:
    from diffinsight import backfill

    config = _config(flags)
    if flags.since:
        span = backfill.Span(since=flags.since, until=flags.until, every=flags.every)
        history = _history(flags, edges, since=backfill.begin(span, config))
        ranges = backfill.plan(span, history, config, now=edges.now())
        edges.stderr.write(f"diffinsight: {len(ranges)} reports to make\n")
    else:
        whole = replace(_context(flags, edges), whole=True)
        ranges = backfill.share_out(_reader(flags, edges)(whole), config, parts=flags.parts)
        parts = len({it.share for it in ranges})
        edges.stderr.write(f"diffinsight: one range in {parts} parts\n")
    edges.stdout.write(backfill.matrix(ranges, parts=flags.parts).encode() + b"\n")
    edges.stdout.flush()
    return ExitCode.DONE


def _history(flags: argparse.Namespace, edges: Edges, *, since: datetime) -> History:
    if flags.repo:
        return edges.open_repository(Path(flags.repo)).history(branch=flags.branch, since=since)
    token = edges.environ.get("GITHUB_TOKEN", "")
    return edges.read_history(flags.github, branch=flags.branch, since=since, token=token)


def _reader(flags: argparse.Namespace, edges: Edges) -> Callable[[RunContext], ChangeSet]:
    """What reads ranges of the repository asked for."""
    if flags.repo:
        return edges.open_repository(Path(flags.repo)).change_set
    return edges.open_github(flags.github, edges.environ.get("GITHUB_TOKEN", "")).change_set


def _config(flags: argparse.Namespace) -> Config:
    """The file asked for, else the one in the repository, else the defaults."""
    from diffinsight.config import Config, read_config
    from diffinsight.files import read_file

    path = Path(flags.config) if flags.config else None
    if path is None and flags.repo:
        path = _config_of(Path(flags.repo))
    if path is None:
        return Config()
    return read_config(read_file(path), origin=str(path))


def _config_of(repo: Path) -> Path | None:
    """The config of the work tree that ``repo`` is, or is a folder of."""
    for folder in (repo, *repo.absolute().parents):
        if (folder / Path(CONFIG_FILE)).is_file():
            return folder / Path(CONFIG_FILE)
        if (folder / ".git").exists() or (folder / "objects").is_dir():  # the latter: bare
            return None
    return None


def _change_set(flags: argparse.Namespace, edges: Edges) -> ChangeSet:
    from diffinsight.changes import parse_diff
    from diffinsight.files import read_file

    if flags.diff:
        data = _standard_input(edges) if flags.diff == "-" else read_file(Path(flags.diff))
        try:
            return parse_diff(data)
        except ActionError as error:
            raise error.at("standard input" if flags.diff == "-" else flags.diff) from None
    return _reader(flags, edges)(_context(flags, edges))


def _context(flags: argparse.Namespace, edges: Edges) -> RunContext:
    from diffinsight.models import RunContext

    asked = RunContext(
        repository=flags.github, base=flags.base, head=flags.head, two_dot=flags.two_dot
    )
    server_url = edges.environ.get("GITHUB_SERVER_URL")
    return replace(asked, server_url=server_url.rstrip("/")) if server_url else asked


def _templates(flags: argparse.Namespace, config: Config) -> Mapping[str, str]:
    """The user's own, by file name, from the work tree."""
    from diffinsight.files import read_file

    if config.templates is None:
        return {}
    folder = Path(flags.repo or ".") / config.templates
    found = {path.name: read_file(path) for path in sorted(folder.glob("*.j2"))}
    if not found:
        raise ActionError(f"no templates in {folder}", "their names end in .j2")
    return {name: data.decode(errors="replace") for name, data in found.items()}


def _deliver(
    report: Report,
    flags: argparse.Namespace,
    edges: Edges,
    templates: Mapping[str, str] | None = None,
) -> None:
    from diffinsight import run
    from diffinsight.files import write_file

    text = run.document(report, form=flags.format, flavor=flags.flavor, templates=templates)
    if flags.output != "-":
        write_file(Path(flags.output), text)
        return
    try:
        edges.stdout.write(text.encode())
        edges.stdout.flush()
    except BrokenPipeError:
        # Python flushes standard output again at exit and would complain a second time:
        # https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ActionError(
            "standard output was closed before the report was written", "use --output FILE"
        ) from None
    except OSError as error:
        raise ActionError(
            f"standard output cannot be written ({error.strerror or 'it is closed'})",
            "use --output FILE",
        ) from None


def _standard_input(edges: Edges) -> bytes:
    try:
        return edges.stdin.read()
    except OSError as error:
        raise ActionError(
            f"standard input cannot be read ({error.strerror or 'it is closed'})", "name a file"
        ) from None


class _Streams(TypedDict):
    """The streams that a run is connected to."""

    stdin: BinaryIO
    stdout: BinaryIO
    stderr: TextIO


def _streams() -> _Streams:
    """The process's own; Python has None for one that was closed before it started.

    A null device opened the wrong way round refuses to be used, as a closed stream does.
    """
    stdin, stdout, stderr = _open(sys.stdin), _open(sys.stdout), _open(sys.stderr)
    return {
        "stdin": stdin.buffer if stdin else Path(os.devnull).open("wb"),
        "stdout": stdout.buffer if stdout else Path(os.devnull).open("rb"),
        "stderr": stderr or Path(os.devnull).open("w", encoding="utf-8"),
    }


def _open(stream: TextIO | None) -> TextIO | None:
    """``stream``, whose type says that it is always there."""
    return stream


def _tell(problem: Problem) -> None:
    if stream := _open(sys.stderr):
        stream.write(f"diffinsight: {problem.line()}\n")


def _debug(text: str) -> None:
    if os.environ.get("DIFFINSIGHT_DEBUG") and (stream := _open(sys.stderr)):
        stream.write(text)

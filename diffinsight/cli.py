"""The command line: the same story as the action, for a person at a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TextIO, TypedDict

from diffinsight import __version__
from diffinsight.errors import ActionError, ExitCode, Problem, reporting_errors

if TYPE_CHECKING:  # what follows is slow to import, and --version and --help do without
    from diffinsight.config import Config
    from diffinsight.edges import Edges
    from diffinsight.models import ChangeSet, Report, RunContext

FORMATS = ("markdown", "comment", "summary", "json", "html")
CONFIG_FILE = Path(".github/diffinsight.yml")
EXAMPLES = """\
examples:
  diffinsight report --repo . --base main --head my-branch
  git diff main | diffinsight report --diff -
  diffinsight report --github MicrosoftDocs/WSL --base main~5 --head main --language ja
  diffinsight report --repo . --base v1 --head v2 --format json --output report.json
  diffinsight render report.json --format comment
"""


class Parser(argparse.ArgumentParser):
    """argparse with its errors in one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the flags are explained, and exit with 2."""
        problem = Problem(message=message, hint=f"see {self.prog} --help")
        self.exit(ExitCode.USAGE, f"diffinsight: {problem.line()}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    flags = _parse(arguments)
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
    )
    _deliver(report, flags, edges, _templates(flags, config))
    for note in report.notes:
        edges.stderr.write(f"diffinsight: note: {note}\n")
    if not report.files:
        edges.stderr.write("diffinsight: note: no file in scope changed; is it the right range?\n")
    failing = flags.fail_on == "breaking" and run.breaks_readers(report)
    return ExitCode.BREAKING if failing else ExitCode.DONE


def _render(flags: argparse.Namespace, edges: Edges) -> int:
    from diffinsight import run
    from diffinsight.files import read_file

    data = _standard_input(edges) if flags.report == "-" else read_file(Path(flags.report))
    report = run.read_report(data, origin=flags.report, language=flags.language)
    _deliver(report, flags, edges)
    return ExitCode.DONE


def _backfill(flags: argparse.Namespace, edges: Edges) -> int:
    """Plan the ranges and print them, or make the reports of one part of the plan."""
    from diffinsight import backfill, run
    from diffinsight.files import make_folder

    config = _config(flags)
    if flags.ranges:
        part = backfill.Part(
            repository=flags.github,
            edges=edges,
            config=config,
            wishes=lambda name: run.Wishes(language=flags.language, category=name),
        )
        ranges = backfill.read_ranges(flags.ranges)
        for path in part.write_reports(ranges, make_folder(Path(flags.output))):
            edges.stderr.write(f"diffinsight: wrote {path}\n")
        return ExitCode.DONE
    span = backfill.Span(since=flags.since, until=flags.until, every=flags.every)
    history = edges.read_history(
        flags.github,
        branch=flags.branch,
        since=backfill.begin(span, config),
        token=edges.environ.get("GITHUB_TOKEN", ""),
    )
    ranges = backfill.plan(span, history, config, now=edges.now())
    edges.stderr.write(f"diffinsight: {len(ranges)} reports to make\n")
    edges.stdout.write(backfill.matrix(ranges, parts=flags.parts).encode() + b"\n")
    edges.stdout.flush()
    return ExitCode.DONE


def _config(flags: argparse.Namespace) -> Config:
    """The file asked for, else the one in the repository, else the defaults."""
    from diffinsight import languages
    from diffinsight.config import Config, read_config
    from diffinsight.files import read_file

    path = Path(flags.config) if flags.config else None
    if path is None and flags.repo:
        path = _config_of(Path(flags.repo))
    if path is None:
        return Config()
    return read_config(read_file(path), origin=str(path), languages=languages.available())


def _config_of(repo: Path) -> Path | None:
    """The config of the work tree that ``repo`` is, or is a folder of."""
    for folder in (repo, *repo.absolute().parents):
        if (folder / CONFIG_FILE).is_file():
            return folder / CONFIG_FILE
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
    if flags.repo:
        return edges.open_repository(Path(flags.repo)).change_set(_context(flags, edges))
    github = edges.open_github(flags.github, edges.environ.get("GITHUB_TOKEN", ""))
    return github.change_set(_context(flags, edges))


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


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    flags = parser.parse_args(arguments)
    checks = {"report": _contradictions, "backfill": _backfill_contradictions}
    if flags.command in checks:
        mistakes = checks[flags.command](flags)
        if mistakes:
            parser.error("; ".join(mistakes))
    return flags


def _contradictions(flags: argparse.Namespace) -> list[str]:
    """Flags that make no sense together, all of them."""
    mistakes = []
    if flags.diff:
        ranged = {"--base": flags.base, "--head": flags.head, "--two-dot": flags.two_dot}
        given = [name for name, value in ranged.items() if value]
        if given:
            mistakes.append(f"{', '.join(given)}: a --diff is its own range")
    if flags.github and not (flags.base and flags.head):
        mistakes.append("--github needs --base and --head")
    return mistakes


def _backfill_contradictions(flags: argparse.Namespace) -> list[str]:
    mistakes = []
    if bool(flags.since) == bool(flags.ranges):
        mistakes.append("give --since to plan, or --ranges to make the reports of a part")
    if bool(flags.ranges) != bool(flags.output):
        mistakes.append("--ranges and --output go together")
    if flags.since and flags.until and flags.until < flags.since:
        mistakes.append("--until is before --since")
    if flags.parts < 1:
        mistakes.append("--parts has to be above 0")
    return mistakes


def _parser() -> Parser:
    parser = Parser(
        prog="diffinsight",
        description="Tell people what changed in documentation.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"diffinsight {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_report(commands.add_parser("report", help="write the report of a range"))
    _add_render(commands.add_parser("render", help="write a report saved as JSON in another form"))
    _add_backfill(
        commands.add_parser("backfill", help="plan reports on the past, and make a part of them")
    )
    commands.add_parser("action", help="run as a GitHub Action, all inputs from the environment")
    return parser


def _add_report(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--repo", metavar="PATH", type=_given, help="a git repository on this machine"
    )
    source.add_argument(
        "--github",
        metavar="OWNER/NAME",
        type=_given,
        help="a repository on GitHub (API; token from GITHUB_TOKEN)",
    )
    source.add_argument(
        "--diff",
        metavar="FILE|-",
        type=_given,
        help="a unified diff, git's or not; - is standard input",
    )
    parser.add_argument("--base", metavar="REV", help="compare from this revision")
    parser.add_argument("--head", metavar="REV", help="compare to this revision (default HEAD)")
    parser.add_argument(
        "--two-dot",
        action="store_true",
        help="compare the two trees instead of from their merge base",
    )
    parser.add_argument(
        "--config",
        metavar="FILE",
        type=_given,
        help=f"default: {CONFIG_FILE} in the --repo, if it is there",
    )
    parser.add_argument("--category", metavar="NAME", help="only this category of the config")
    parser.add_argument(
        "--date",
        metavar="YYYY-MM-DD",
        type=_date,
        help="the report's date (default: the head commit's; for --diff today's)",
    )
    parser.add_argument(
        "--engine",
        choices=("auto", "offline"),
        default="auto",
        help="who writes the words (default %(default)s: offline, no key needed)",
    )
    parser.add_argument(
        "--fail-on",
        choices=("never", "breaking"),
        default="never",
        help="breaking: exit with 4 when something a reader relied on is gone",
    )
    parser.add_argument("--language", metavar="CODE", help="en, ja, … (default: the config's, en)")
    _add_output(parser)


def _add_render(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "report", metavar="REPORT.json", help="written by --format json; - is standard input"
    )
    parser.add_argument(
        "--language", metavar="CODE", help="of the headings; the text stays as it was written"
    )
    _add_output(parser)


def _add_backfill(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(repo=None)
    parser.add_argument(
        "--github",
        metavar="OWNER/NAME",
        required=True,
        help="a repository on GitHub (token from GITHUB_TOKEN)",
    )
    parser.add_argument(
        "--since", metavar="YYYY-MM-DD", type=_date, help="plan from this day on and print a matrix"
    )
    parser.add_argument(
        "--until", metavar="YYYY-MM-DD", type=_date, help="to this day (default: yesterday)"
    )
    parser.add_argument(
        "--every", choices=("day", "week"), default="day", help="one report each (default: day)"
    )
    parser.add_argument("--branch", metavar="NAME", help="default: the repository's")
    parser.add_argument(
        "--parts", metavar="N", type=int, default=20, help="jobs to share the work (default: 20)"
    )
    parser.add_argument(
        "--ranges", metavar="JSON", help="make the reports of one part: its `ranges` in the matrix"
    )
    parser.add_argument("--output", metavar="FOLDER", help="where to, as JSON")
    parser.add_argument("--config", metavar="FILE", help="config file")
    parser.add_argument("--language", metavar="CODE", help="default: the config's, en")


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=FORMATS, default="markdown", help="default: %(default)s"
    )
    parser.add_argument(
        "--flavor",
        choices=("pandoc", "github"),
        help="Markdown for whom (default: pandoc for markdown, github for comment and summary)",
    )
    parser.add_argument(
        "--output", metavar="PATH|-", type=_file_name, default="-", help="default: standard output"
    )


def _given(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("it is empty")
    return text


def _file_name(text: str) -> str:
    if text.endswith(os.sep):
        raise argparse.ArgumentTypeError(f"{text!r} is a folder, name a file")
    return _given(text)


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # Python also reads 20260131 and 2026-W05-6
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-01-31")
    return day

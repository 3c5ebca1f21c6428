"""The flags of the command line, and what they can't be together."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NoReturn

from diffinsight import __version__
from diffinsight.errors import ExitCode, Problem
from diffinsight.models import MOST_PARTS

FORMATS = ("markdown", "comment", "summary", "json", "html")
CONFIG_FILE = ".github/diffinsight.yml"
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


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The flags; a mistake in them ends the process with exit code 2."""
    flags, unknown = _parser().parse_known_args(arguments)
    checks = {"report": _contradictions, "backfill": _backfill_contradictions}
    mistakes = [f"unrecognized arguments: {' '.join(unknown)}"] if unknown else []
    if flags.command in checks:
        mistakes += checks[flags.command](flags)
    if mistakes:
        flags.parser.error("; ".join(mistakes))
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
    one_range = bool(flags.base or flags.head)
    if [bool(flags.since), one_range, bool(flags.ranges), bool(flags.merge)].count(True) != 1:
        mistakes.append(
            "give --since or --base and --head to plan, --ranges to make a part of the plan, "
            "or --merge to put parts together"
        )
    if bool(flags.ranges or flags.merge) != bool(flags.output):
        mistakes.append("--output goes with --ranges and with --merge")
    if one_range and flags.github and not (flags.base and flags.head):
        mistakes.append("--github needs both --base and --head")
    if flags.since and flags.until and flags.until < flags.since:
        mistakes.append("--until is before --since")
    if flags.merge and flags.language:
        mistakes.append("--language: the parts have theirs")
    if not 1 <= flags.parts <= MOST_PARTS:
        mistakes.append(f"--parts has to be from 1 to {MOST_PARTS}, the most jobs of a matrix")
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
    for name, (explained, add) in _COMMANDS.items():
        # A flag cut short would stop working when another one begins so.
        command = commands.add_parser(name, help=explained, allow_abbrev=False)
        command.set_defaults(parser=command)
        add(command)
    return parser


def _add_source(parser: argparse.ArgumentParser) -> None:
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


def _add_report(parser: argparse.ArgumentParser) -> None:
    _add_source(parser)
    parser.add_argument(
        "--base",
        metavar="REV",
        help="compare from this revision (default: where HEAD left the remote's default branch, "
        "else the commit before)",
    )
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
    parser.add_argument(
        "--category",
        metavar="NAME",
        help="only this category of the config; a label where it has none",
    )
    parser.add_argument(
        "--date",
        metavar="YYYY-MM-DD",
        type=_date,
        help="the report's date (default: the head commit's; for --diff today's)",
    )
    _add_engine(parser)
    parser.add_argument(
        "--fail-on",
        choices=("never", "breaking"),
        default="never",
        help="breaking: exit with 4 when something a reader relied on is gone",
    )
    parser.add_argument(
        "--language", metavar="CODE", help="such as en or ja (default: the config's, or en)"
    )
    _add_output(parser)


def _add_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine",
        choices=("auto", "offline", "model"),
        default="auto",
        help="who writes the words (default %(default)s: a language model if there is a key in "
        "DIFFINSIGHT_LLM_API_KEY or OPENAI_API_KEY, else offline)",
    )
    parser.add_argument(
        "--llm-base-url", metavar="URL", help="an OpenAI-compatible service (default: OpenAI)"
    )
    parser.add_argument("--llm-model", metavar="NAME", help="the model's name there")
    parser.add_argument(
        "--llm-concurrency", metavar="N", type=_positive, help="calls side by side (default: 8)"
    )
    parser.add_argument(
        "--llm-token-budget",
        metavar="N",
        type=_positive,
        help="most tokens of a run (default: 400000)",
    )
    parser.add_argument(
        "--cache-path", metavar="DIR", help="keep answers here, so that nothing is asked twice"
    )


def _add_render(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "report", metavar="REPORT.json", help="written by --format json; - is standard input"
    )
    parser.add_argument(
        "--language", metavar="CODE", help="of the headings; the text stays as it was written"
    )
    _add_output(parser)


def _add_backfill(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(two_dot=False)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--repo", metavar="PATH", type=_given, help="a clone on this machine")
    source.add_argument(
        "--github",
        metavar="OWNER/NAME",
        type=_given,
        help="a repository on GitHub (token from GITHUB_TOKEN)",
    )
    _add_plan(parser)
    parser.add_argument(
        "--ranges",
        metavar="JSON",
        help="make one part of a plan: `ranges` of an entry of its matrix",
    )
    parser.add_argument(
        "--merge",
        metavar="FOLDER",
        type=_given,
        help="make one report of the parts in a folder, of a plan with --base and --head",
    )
    parser.add_argument("--output", metavar="FOLDER", help="where to, as JSON")
    parser.add_argument(
        "--config", metavar="FILE", type=_given, help=f"default: {CONFIG_FILE} in the --repo"
    )
    _add_engine(parser)
    parser.add_argument(
        "--language", metavar="CODE", help="such as en or ja (default: the config's, or en)"
    )


def _add_plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since", metavar="YYYY-MM-DD", type=_date, help="plan from this day on and print a matrix"
    )
    parser.add_argument(
        "--until", metavar="YYYY-MM-DD", type=_date, help="to this day (default: yesterday)"
    )
    parser.add_argument(
        "--every", choices=("day", "week"), default="day", help="one report each (default: day)"
    )
    parser.add_argument(
        "--branch", metavar="NAME", help="default: the repository's, or what --repo has checked out"
    )
    parser.add_argument(
        "--base", metavar="REV", help="plan one report from here, its files shared out to the parts"
    )
    parser.add_argument("--head", metavar="REV", help="to here (default for a --repo: HEAD)")
    parser.add_argument(
        "--parts", metavar="N", type=int, default=20, help="jobs to share the work (default: 20)"
    )


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


_COMMANDS: Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "report": ("write the report of a range", _add_report),
    "render": ("write a report saved as JSON in another form", _add_render),
    "backfill": ("plan reports on the past, and make a part of them", _add_backfill),
    "action": ("run as a GitHub Action, all inputs from the environment", lambda _: None),
}


def _given(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("it is empty")
    return text


def _file_name(text: str) -> str:
    if text.endswith("/"):
        raise argparse.ArgumentTypeError(f"{text!r} is a folder, name a file")
    return _given(text)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # Python also reads 20260131 and 2026-W05-6
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-01-31")
    return day

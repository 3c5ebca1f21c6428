"""What can go wrong, said once: one line of what, where and what to do, and an exit code."""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller."""

    DONE = 0
    MISTAKE = 1  # the caller can fix it
    USAGE = 2  # wrong command line
    BUG = 3  # ours
    BREAKING = 4  # asked to fail on reader-breaking changes, and found one
    INTERRUPTED = 130  # 128 + SIGINT, as shells count


# What would break a line, move a terminal's cursor, or turn the direction of writing: messages
# repeat names and values that anybody may have chosen.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One mistake: what and where it is, and what to do about it."""

    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message

    def line(self) -> str:
        """All of it in one line that no terminal acts on."""
        return _UNPRINTABLE.sub(lambda found: repr(found[0])[1:-1], str(self))


class ActionError(Exception):
    """Something the caller can fix; carries every mistake found, not only the first."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.problems: tuple[Problem, ...] = (Problem(message=message, hint=hint),)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> ActionError:
        """Several mistakes in one error. ``problems`` must not be empty."""
        listed = tuple(problems)
        error = cls(listed[0].message)
        error.problems = listed
        return error

    def at(self, origin: str) -> ActionError:
        """The same problems, each beginning with where it is."""
        return ActionError.of(
            replace(problem, message=f"{origin}: {problem.message}") for problem in self.problems
        )


Tell = Callable[[Problem], None]


def reporting_errors(story: Callable[[], int], *, tell: Tell, debug: Callable[[str], None]) -> int:
    """Run ``story``; tell every problem in a line of its own and return the exit code.

    The only broad handler of the package: what arrives here unexpected is our bug.
    """
    try:
        return story()
    except ActionError as error:
        for problem in error.problems:
            tell(problem)
        return ExitCode.MISTAKE
    except KeyboardInterrupt:
        tell(Problem(message="interrupted", hint="nothing was left half written"))
        return ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place where bugs surface
        debug(traceback.format_exc())
        first_line = str(error).partition("\n")[0]
        tell(
            Problem(
                message=f"bug in diffinsight: {type(error).__name__}: {first_line}",
                hint="please report it with the debug log",
            )
        )
        return ExitCode.BUG


MOST_NAMED = 12  # a hint with more names than this is no help


def did_you_mean(
    word: str, known: Iterable[str], *, otherwise: str = "see docs/configuration.md"
) -> str:
    """The hint for a word that is none of ``known``: the nearest one, or all if they are few."""
    names = sorted(known)
    folded = {name.lower(): name for name in names}
    near = difflib.get_close_matches(word.lower(), folded, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{folded[near[0]]}`?"
    if len(names) <= MOST_NAMED:
        return f"known are {', '.join(f'`{name}`' for name in names)}"
    return otherwise

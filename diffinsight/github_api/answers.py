"""What GitHub's refusals mean, and what a user can do about each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from diffinsight.edges import ConflictError, NotFoundError, NotPermittedError
from diffinsight.errors import ActionError

_TOKEN_HINT = "set GITHUB_TOKEN (in a workflow: github-token) to a token that is still valid"  # noqa: S105 - a hint, no token
_WAIT_HINT = "run again later, or use a token with a limit of its own"
_NETWORK_HINT = "check the network, the proxy settings and GITHUB_API_URL"
_LONGEST = 300  # characters of GitHub's own words; the rest adds nothing to a log line

# A rule that forbids the write answers 409 or 422 like a race does, but no retry helps.
_RULES = ("protected branch", "rule violations", "through a pull request", "approving review")


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Turn the library's exceptions into ours. ``what`` names the attempt, as in "reading #3"."""
    from github import GithubException
    from requests import exceptions

    try:
        yield
    except GithubException as error:
        raise explain(what, error.status, _words_of(error)) from error
    except exceptions.Timeout as error:
        raise ActionError(f"{what}: GitHub did not answer in time", _NETWORK_HINT) from error
    except exceptions.RetryError as error:
        raise ActionError(f"{what}: GitHub keeps failing: {_cause(error)}", _WAIT_HINT) from error
    except exceptions.RequestException as error:
        raise ActionError(f"{what}: no connection: {_cause(error)}", _NETWORK_HINT) from error
    except RuntimeError as error:  # how PyGithub says that a redirect leaves the server
        raise ActionError(f"{what}: {one_line(str(error))}", "correct GITHUB_API_URL") from error


def explain(what: str, status: int, words: str) -> ActionError:
    """The error for an HTTP status and GitHub's own words."""
    said = f"{what}: GitHub says {status} {words}".rstrip()
    if status == HTTPStatus.UNAUTHORIZED:
        return ActionError(said, _TOKEN_HINT)
    if status == HTTPStatus.TOO_MANY_REQUESTS or "rate limit" in words.lower():
        return ActionError(said, _WAIT_HINT)
    if status == HTTPStatus.FORBIDDEN or any(rule in words.lower() for rule in _RULES):
        return NotPermittedError(said, "give the token the permission, or use one that has it")
    if status == HTTPStatus.NOT_FOUND:
        return NotFoundError(said, "check the name; a private repository needs GITHUB_TOKEN")
    if status in {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}:
        return ConflictError(said, "run again")
    return ActionError(said, _WAIT_HINT)


def one_line(text: str) -> str:
    """Foreign text for a log: one line, printable, not too long."""
    flat = " ".join(text.split())
    clean = "".join(character for character in flat if character.isprintable())
    return clean if len(clean) <= _LONGEST else f"{clean[:_LONGEST]}…"


def _words_of(error: Exception) -> str:
    message = getattr(error, "message", None)
    data = getattr(error, "data", None)
    if not message and isinstance(data, dict):
        message = data.get("message")
    return one_line(str(message or ""))


def _cause(error: Exception) -> str:
    """The innermost reason: the outer layers repeat the address and the pool."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    text = str(reason or error)
    return one_line(text.rpartition("object at")[2].partition(">: ")[2] or text)

"""The inputs of the action → Inputs, or every mistake in them at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal, cast

from diffinsight import languages
from diffinsight.errors import ActionError, Problem, did_you_mean
from diffinsight.models import Every, Flavor, RunContext

Destination = Literal["comment", "commit", "summary", "check"]
Failure = Literal["never", "breaking", "publish"]
Engine = Literal["auto", "offline", "model"]
CommitVia = Literal["push", "pull-request"]

# Name and default of every input, as `action.yml` declares them.
INPUTS: Mapping[str, str] = {
    "github-token": "${{ github.token }}",
    "publish": "",
    "config": ".github/diffinsight.yml",
    "language": "",
    "heading-language": "",
    "engine": "auto",
    "repository": "",
    "base": "",
    "head": "",
    "every": "day",
    "report-json": "",
    "reports-folder": "reports",
    "report-name": "",
    "commit-branch": "",
    "commit-via": "push",
    "flavor": "",
    "fail-on": "never",
    "llm-base-url": "",
    "llm-api-key": "",
    "llm-model": "",
    "llm-concurrency": "8",
    "llm-token-budget": "400000",
    "cache-path": "",
}
DESTINATIONS = ("comment", "commit", "summary", "check")
FAILURES = ("never", "breaking", "publish")
FLAVORS = ("pandoc", "github")
ENGINES = ("auto", "offline", "model")
COMMIT_WAYS = ("push", "pull-request")
PERIODS = ("day", "week", "run")
_REVIEW: tuple[Destination, ...] = ("comment", "summary")
_RECORD: tuple[Destination, ...] = ("commit", "summary")
_DEFAULT_PUBLISH: Mapping[str, tuple[Destination, ...]] = {
    "pull_request": _REVIEW,
    "pull_request_target": _REVIEW,
    "workflow_run": _REVIEW,
    "issue_comment": _REVIEW,
    "merge_group": ("summary",),
    "push": _RECORD,
    "release": _RECORD,
    "schedule": _RECORD,
    "workflow_dispatch": _RECORD,
    "repository_dispatch": _RECORD,
}
# Events that say nothing about what changed: then it is what came since the last report.
_SINCE_LAST = {"schedule", "workflow_dispatch", "repository_dispatch"}
_PREFIX = "INPUT_"
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_REVISION = re.compile(r"(?!-)[^\x00-\x20\x7f]+")
# What git allows in a branch name: https://git-scm.com/docs/git-check-ref-format
_BRANCH = re.compile(
    r"(?!-|/|refs/)(?!.*(?:\.\.|//|@\{|/\.|\.lock(?:/|$)))[^\x00-\x20\x7f~^:?*\[\\]+(?<![/.])"
)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = ("category", "base", "head")
# https://docs.python.org/3/library/datetime.html#format-codes: those that depend on no locale
_DATE_CODES = "YmdHMSjyGVuU%"


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that no log, error or repr shows."""

    value: str

    def __repr__(self) -> str:
        return "Secret(***)" if self.value else "Secret()"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """What the workflow's author asked for; None: not asked."""

    github_token: Secret
    publish: tuple[Destination, ...]
    config: str  # path in the repository
    language: str | None
    heading_language: str | None
    engine: Engine
    repository: str | None  # owner/name
    base: str | None
    head: str | None
    every: Every  # one report for each, where the range is what came since the last report
    report_json: str | None  # path in the workspace
    reports_folder: str
    report_name: str | None  # path below the folder, with strftime codes and placeholders
    commit_branch: str | None  # None: the one that the event is about
    commit_via: CommitVia
    flavor: Flavor | None
    fail_on: tuple[Failure, ...]
    llm_base_url: str | None
    llm_api_key: Secret
    llm_model: str | None
    llm_concurrency: int
    llm_token_budget: int  # of all calls of a run, input and output
    cache_path: str | None  # folder in the workspace


def read_inputs(environ: Mapping[str, str]) -> Inputs:
    """The inputs in ``environ``; ActionError with every mistake.

    The runner upper-cases a name and replaces its spaces, hyphens stay; what the workflow does not
    set arrives as an empty text: https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#inputs
    """
    event = environ.get("GITHUB_EVENT_NAME", "")
    given = {
        name.removeprefix(_PREFIX).lower(): value.strip()
        for name, value in environ.items()
        if name.startswith(_PREFIX)
    }
    inputs = _inputs(given, event)
    problems = (
        *_unknown(given),
        *_unlisted(given),
        *_bad_languages(given),
        *_bad_paths(given),
        *_bad_report_name(given),
        *_bad_range(given),
        *_bad_branch(given),
        *_bad_numbers(given),
        *_contradictions(inputs, given, event),
    )
    if problems:
        raise ActionError.of(problems)
    return inputs


def asked_range(context: RunContext, inputs: Inputs) -> RunContext:
    """The event's range, or what the inputs say instead."""
    return replace(
        context,
        repository=inputs.repository or context.repository,
        base=inputs.base or context.base,
        head=inputs.head or context.head,
        two_dot=context.two_dot and not (inputs.base or inputs.head),
    )


def _inputs(given: Mapping[str, str], event: str) -> Inputs:
    def text(name: str) -> str:
        return given.get(name, "") or INPUTS[name]

    listed = tuple(dict.fromkeys(_items(given.get("publish", ""))))
    return Inputs(
        github_token=Secret(given.get("github-token", "")),
        publish=cast("tuple[Destination, ...]", listed) or _DEFAULT_PUBLISH.get(event, ()),
        config=str(PurePosixPath(text("config"))),  # without ./ and the like
        language=text("language") or None,
        heading_language=text("heading-language") or None,
        engine=cast("Engine", text("engine")),
        repository=text("repository") or None,
        base=text("base") or None,
        head=text("head") or None,
        every=cast("Every", text("every")),
        report_json=text("report-json") or None,
        reports_folder=str(PurePosixPath(text("reports-folder"))),
        report_name=text("report-name") or None,
        commit_branch=text("commit-branch") or None,
        commit_via=cast("CommitVia", text("commit-via")),
        flavor=cast("Flavor | None", text("flavor") or None),
        fail_on=cast("tuple[Failure, ...]", tuple(dict.fromkeys(_items(text("fail-on"))))),
        llm_base_url=text("llm-base-url") or None,
        llm_api_key=Secret(given.get("llm-api-key", "")),
        llm_model=text("llm-model") or None,
        llm_concurrency=_number(text("llm-concurrency")),
        llm_token_budget=_number(text("llm-token-budget")),
        cache_path=text("cache-path") or None,
    )


def _number(value: str) -> int:
    """0 for what is none, which ``_bad_numbers`` tells."""
    return int(value) if value.isascii() and value.isdecimal() else 0


def _items(value: str) -> list[str]:
    """The items of a list with commas or line breaks between them."""
    return [item for part in re.split(r"[,\n]", value) if (item := part.strip())]


def _unknown(given: Mapping[str, str]) -> Iterator[Problem]:
    for name in given:
        if name not in INPUTS:
            yield Problem(message=f"unknown input `{name}`", hint=did_you_mean(name, INPUTS))


def _unlisted(given: Mapping[str, str]) -> Iterator[Problem]:
    choices = {
        "publish": DESTINATIONS,
        "fail-on": FAILURES,
        "engine": ENGINES,
        "flavor": FLAVORS,
        "commit-via": COMMIT_WAYS,
        "every": PERIODS,
    }
    for name, known in choices.items():
        value = given.get(name, "")
        for item in _items(value) if name in {"publish", "fail-on"} else filter(None, [value]):
            if item not in known:
                message = f"input `{name}` can't be `{item}`"
                yield Problem(message=message, hint=did_you_mean(item, known))


def _bad_languages(given: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("language", "heading-language"):
        code = given.get(name, "")
        if code and languages.find(code) is None:
            message = f"input `{name}` has the unknown language `{code}`"
            yield Problem(message=message, hint=did_you_mean(code, languages.available()))


def _bad_paths(given: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("config", "reports-folder", "report-name", "report-json", "cache-path"):
        value = given.get(name, "")
        if value and not _stays_inside(value):
            yield Problem(
                message=f"input `{name}` is `{value}`, which is no path in the repository",
                hint="write it from the repository's root, with `/`, without `..`",
            )


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not (
        path.startswith("/")
        or {"..", ".git"} & {part.lower() for part in parts}
        or any(not letter.isprintable() or letter == "\\" for letter in path)
    )


def _bad_report_name(given: Mapping[str, str]) -> Iterator[Problem]:
    name = given.get("report-name", "")
    message = f"input `report-name` is `{name}`"
    for placeholder in _PLACEHOLDER.findall(name):
        if placeholder not in _PLACEHOLDERS:
            hint = did_you_mean(placeholder, _PLACEHOLDERS)
            yield Problem(message=f"{message}, which has the unknown {{{placeholder}}}", hint=hint)
    for code in re.findall(r"%(.?)", name):
        if not code or code not in _DATE_CODES:
            hint = "use codes such as %Y, %m and %d; write %% for a percent sign"
            yield Problem(message=f"{message}, which has the unknown date code %{code}", hint=hint)


def _bad_range(given: Mapping[str, str]) -> Iterator[Problem]:
    repository = given.get("repository", "")
    if repository and not _REPOSITORY.fullmatch(repository):
        message = f"input `repository` is `{repository}`"
        yield Problem(message=message, hint="write owner/name, such as octocat/docs")
    for name in ("base", "head"):
        value = given.get(name, "")
        if value and not _REVISION.fullmatch(value):
            message = f"input `{name}` is `{value}`, which is no revision"
            yield Problem(message=message, hint="write a commit, a branch or a tag")


def _bad_branch(given: Mapping[str, str]) -> Iterator[Problem]:
    branch = given.get("commit-branch", "")
    if branch and not _BRANCH.fullmatch(branch):
        message = f"input `commit-branch` is `{branch}`, which is no branch"
        yield Problem(message=message, hint="write its name, such as main, without refs/heads/")


def _bad_numbers(given: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("llm-concurrency", "llm-token-budget"):
        value = given.get(name, "")
        if value and not _number(value):
            message = f"input `{name}` is `{value}`"
            yield Problem(message=message, hint=f"use a number above 0, such as {INPUTS[name]}")


def _vague_range(inputs: Inputs, event: str) -> Iterator[Problem]:
    if inputs.repository and not (inputs.base and inputs.head):
        if inputs.base:
            yield Problem(
                message="input `repository` with `base` and without `head`",
                hint="give both, or neither to have what came since the last report",
            )
        elif event and event not in _SINCE_LAST and not inputs.report_json:
            yield Problem(
                message="input `repository` without both `base` and `head`",
                hint=f"{event} knows nothing about another repository: run on a schedule,"
                " or say what to compare",
            )
    if inputs.report_json and (inputs.base or inputs.head):
        yield Problem(
            message="input `report-json` with `base` or `head`",
            hint="the report is made already: leave them out",
        )


def _contradictions(inputs: Inputs, given: Mapping[str, str], event: str) -> Iterator[Problem]:
    yield from _vague_range(inputs, event)
    if "comment" in inputs.publish and "comment" not in _DEFAULT_PUBLISH.get(event, ("comment",)):
        yield Problem(
            message=f"input `publish` has `comment`, but {event} has no pull request",
            hint="leave `publish` out: it follows the event",
        )
    if "check" in inputs.publish and inputs.repository:
        yield Problem(
            message="input `publish` has `check`, but the report is on another repository",
            hint="a check run belongs to a commit of this one: leave `check` out",
        )
    if "commit" not in inputs.publish:
        for name in ("commit-branch", "commit-via"):
            if given.get(name, "") not in {"", INPUTS[name]}:
                message = f"input `{name}` is set, but `publish` has no `commit`"
                yield Problem(message=message, hint="add `commit` to `publish`, or leave it out")
    if "never" in inputs.fail_on and len(inputs.fail_on) > 1:
        yield Problem(
            message=f"input `fail-on` is `{given['fail-on']}`",
            hint="leave `never` out, or have nothing else",
        )

"""Where in the repository a report goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from diffinsight.errors import ActionError
from diffinsight.models import Report

# For the repository of the workflow, where a day may see many pushes, and for a watched one.
PUSH_NAME = "%Y%m/report-%Y%m%d-{category}-{head}.md"
WATCH_NAME = "%Y%m/report-%Y%m%d-{category}.md"

_SHORT = 7  # digits of a SHA, as in the report's permalink
# Letters of any script stay: a category may be named in Japanese.
_NOT_IN_NAMES = re.compile(r"[^\w]+")
_ENDINGS = {"md", "markdown", "mdx", "qmd", "rmd", "txt"}
_EMPTY_PART = re.compile(r"[-_.]?\0")


def report_paths(report: Report, *, folder: str, name: str) -> Iterator[str]:
    """Paths for the report, the wanted one first; the next when another report has it.

    ``name`` has strftime codes and ``{category}``, ``{base}``, ``{head}``. Two different ranges,
    and two categories, end at different paths whatever the name says.
    """
    stem, ending = _filled(report, name)
    if report.category and "{category}" not in name:
        stem = f"{stem}-{_slug(report.category)}"
    base, head = report.base or "", report.head or ""
    tails = ("", head[:_SHORT], f"{base[:_SHORT]}-{head[:_SHORT]}", f"{base}-{head}")
    for tail in dict.fromkeys(tails):
        yield _inside(folder, f"{stem}-{tail}{ending}" if tail.strip("-") else f"{stem}{ending}")


def _filled(report: Report, name: str) -> tuple[str, str]:
    """The name with its values, and its ending."""
    dated = report.date.strftime(name)
    values = {
        "category": _slug(report.category or ""),
        "base": (report.base or "")[:_SHORT],
        "head": (report.head or "")[:_SHORT],
    }
    for key, value in values.items():
        dated = dated.replace(f"{{{key}}}", value or "\0")
    # What has no value goes, with the separator before it: report-20240101-{category}.md.
    stem, dot, ending = _EMPTY_PART.sub("", dated).rpartition(".")
    if ending.lower() not in _ENDINGS:
        stem, dot, ending = stem + dot + ending, ".", "md"
    return (f"{stem}report" if stem[-1:] in {"", "/"} else stem), dot + ending


def _slug(text: str) -> str:
    return _NOT_IN_NAMES.sub("-", text).strip("-").lower()


def _inside(folder: str, name: str) -> str:
    """The path below the folder; nothing a name holds leads out of it."""
    path = PurePosixPath(folder, name)
    parts = [*PurePosixPath(folder).parts, *name.split("/")]
    if {"", ".", "..", ".git"} & {part.lower() for part in parts} or "/" in parts[:1]:
        raise ActionError(
            f"the report path {path} leaves the folder {folder}",
            "correct `reports-folder` and `report-name`",
        )
    return str(path)

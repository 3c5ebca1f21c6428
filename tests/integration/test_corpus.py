"""Real days of a docs repository, as diffs through the whole pipeline; skipped without them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from support.corpus_analyses import CORPUS
from support.github_html import html_of

from diffinsight import schema
from diffinsight.changes import parse_diff
from diffinsight.models import Config, Report
from diffinsight.publishers.comment import MOST_CHARACTERS
from diffinsight.publishers.job_summary import MOST_BYTES
from diffinsight.run import Form, Wishes, document, make_report

DAYS = sorted(CORPUS.glob("*.json"))
FORMS = get_args(Form)
NOW = datetime(2024, 9, 13, tzinfo=UTC)
LIMITS = {"comment": MOST_CHARACTERS, "summary": MOST_BYTES}

pytestmark = pytest.mark.skipif(not DAYS, reason="the corpus is not here")


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a diff says of a file."""

    path: str
    status: str
    additions: int
    deletions: int


def as_diff(files: list[dict[str, Any]]) -> bytes:
    """The day's files as git prints them."""
    return "".join(map(block, files)).encode()


def block(file: dict[str, Any]) -> str:
    new, old = file["path"], file.get("previous_path") or file["path"]
    lines = [f"diff --git a/{old} b/{new}"]
    if file["status"] == "added":
        lines.append("new file mode 100644")
    elif file["status"] == "removed":
        lines.append("deleted file mode 100644")
    elif file["status"] == "renamed":
        lines += ["similarity index 90%", f"rename from {old}", f"rename to {new}"]
    source = "/dev/null" if file["status"] == "added" else f"a/{old}"
    target = "/dev/null" if file["status"] == "removed" else f"b/{new}"
    if file.get("patch"):
        lines += [f"--- {source}", f"+++ {target}", file["patch"]]
    elif file["status"] != "renamed":
        lines += ["index 1111111..2222222 100644", f"Binary files {source} and {target} differ"]
    return "\n".join(lines) + "\n"


def counted(file: dict[str, Any]) -> Counted:
    """The counts as the patch itself has them: the API leaves patches of long files out."""
    lines = (file.get("patch") or "").splitlines()
    return Counted(
        path=file["path"],
        status=file["status"],
        additions=sum(line.startswith("+") for line in lines),
        deletions=sum(line.startswith("-") for line in lines),
    )


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.stem.removeprefix("report-"))
def test_a_day_becomes_a_report_in_every_form(day: Path, language: str) -> None:
    files = json.loads(day.read_text(encoding="utf-8"))["files"]
    change_set = parse_diff(as_diff(files))
    made = make_report(change_set, config=Config(), wishes=Wishes(language=language), now=NOW)

    assert [
        Counted(
            path=file.path,
            status=file.status,
            additions=file.additions,
            deletions=file.deletions,
        )
        for file in made.files
    ] == [counted(file) for file in files]
    assert all(file.title and file.explanation and file.findings for file in made.files)
    assert made.overview.summary
    check_forms(made)


def check_forms(made: Report) -> None:
    texts = {form: document(made, form=form, limit=LIMITS.get(form)) for form in FORMS}
    again = schema.from_json(texts["json"])
    assert again == made
    assert document(again, form="markdown") == texts["markdown"]
    assert all(texts.values())
    rows = re.findall(r"^\| \[.*\]\(#item-\w+\) \|", texts["markdown"], re.MULTILINE)
    assert len(rows) == len(made.files)
    assert len(texts["comment"]) <= MOST_CHARACTERS
    assert len(texts["summary"].encode()) <= MOST_BYTES
    shown = html_of(texts["comment"])
    assert shown.count("<details") == shown.count("</details>")


def test_the_corpus_is_all_there() -> None:
    assert len(DAYS) == 70

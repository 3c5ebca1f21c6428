"""What tests say they cover, and the table made of it.

`@pytest.mark.covers("push", "commit", "summary")` says: in this test the report of a push is
committed and shown in the job summary. `tests/conftest.py` holds each test to it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from diffinsight.event import EVENTS

ROOT = Path(__file__).parents[2]
DESTINATIONS = ("comment", "commit", "check", "summary", "outputs")
REVIEWS = ("pull_request", "pull_request_target", "workflow_run", "issue_comment")
Pair = tuple[str, str]  # event, destination
# What makes no sense; the page with the table says why.
SENSELESS = {(event, "comment") for event in EVENTS if event not in REVIEWS}
IN_PROCESS, IN_CONTAINER = "tests/integration", "tests/e2e"


def claims(folder: str) -> set[Pair]:
    """The pairs that the tests in ``folder`` are marked with."""
    sources = sorted((ROOT / folder).glob("test_*.py"))
    return {pair for path in sources for pair in _marks(path.read_text(encoding="utf-8"))}


def _marks(source: str) -> Iterator[Pair]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.covers":
            event, *destinations = map(ast.literal_eval, node.args)
            yield from ((event, it) for it in destinations)


def rows() -> Iterator[tuple[str, ...]]:
    """One for each event: how its report is tested at each destination."""
    tested: Mapping[str, set[Pair]] = {it: claims(it) for it in (IN_PROCESS, IN_CONTAINER)}
    for event in EVENTS:
        yield f"`{event}`", *(_cell((event, place), tested) for place in DESTINATIONS)


def _cell(pair: Pair, tested: Mapping[str, set[Pair]]) -> str:
    if pair in SENSELESS:
        return "—"
    marks = {IN_PROCESS: "✓", IN_CONTAINER: "container"}
    return " ".join(mark for folder, mark in marks.items() if pair in tested[folder])

"""The detectors over real days of a docs repository; skipped where the corpus is not at hand."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType

import pytest
from support.corpus_analyses import CORPUS

from diffinsight.changes import hunks
from diffinsight.detectors import analyse
from diffinsight.models import FileAnalysis, Finding

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")


@pytest.fixture(scope="module")
def table_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "findings_table", ROOT / "bench" / "findings_table.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up by name
    import sys

    sys.modules["findings_table"] = module
    spec.loader.exec_module(module)
    return module


# Comments; includes by the new name of a file that the range renamed, which readers do not see.
LOOKED_AT_APART = frozenset({"comment-changed", "include-changed"})


def test_every_changed_line_of_every_day_is_told(table_module: ModuleType) -> None:
    for name, change_set in table_module.read_corpus(CORPUS):
        for file in analyse(change_set).files:
            assert file.findings, (name, file.change.path)
            before, after = set(), set()
            for finding in file.findings:
                if finding.before_lines:
                    before |= set(range(finding.before_lines[0], finding.before_lines[1] + 1))
                if finding.after_lines:
                    after |= set(range(finding.after_lines[0], finding.after_lines[1] + 1))
            for hunk in hunks(file.change.patch or ""):
                for line in hunk.lines:
                    covered = line.mark == " " or line.before in before or line.after in after
                    assert covered, (name, file.change.path, line)


def test_single_changes_are_recognised_and_little_is_told_as_text(
    table_module: ModuleType,
) -> None:
    table = table_module.tabulate(table_module.read_corpus(CORPUS))
    assert table.silent == 0
    assert table.text_changed_lines < 0.02 * table.markdown_lines
    asked, agreed = table.asked.total(), table.agreed.total()
    assert asked > 300
    assert agreed >= 0.98 * asked, table.differ


SERVICE_LINE = re.compile(
    r"^\s*#?\s*(?:ms\.[\w.-]+|author|manager|reviewers?|services?|date|updated|last[\w-]*|modified"
    r"|feedback_\w+|keywords|adobe-target)\s*:|^\s*-\s+[\w.-]+$",
    re.IGNORECASE,
)
TELLS_NOTHING = re.compile(
    r"<br\s*/?>|<a\s+(?:id|name)=\S+?>|\s*\blightbox=\S+|[?&](?:ocid|wt\.mc_id|utm_\w+)=[^)\s&#]*"
    r"|\[!div[^\]]*\]|^\s*#.*customer intent.*$|^\s*\d+[.)]\s|<sup>[\d, ]+</sup>"
    r"|^\s*:{3,}\s*(?:zone-end|moniker-end|row|column).*$|\[!INCLUDE *\[[^\]]*\]"
    r"|\(?https?://(?:learn|docs)\.microsoft\.com(?:/[a-z]{2}-[a-z]{2})?"
    r"|^\s*(?:`{3,}|~{3,})\s*[\w-]+\s*$",
    re.IGNORECASE | re.MULTILINE,
)
LIKE_A_SLIP = 0.75
# Read and found right, though the letters differ: a tab's target inside a code fence that the hunk
# does not show to be closed, a table's header that git shows as new while the old one stayed, and
# images whose files the range renames.
READ_BY_EYE = {
    "connections-add.md",
    "realtime-javascript.md",
    "realtime-python.md",
    "search-security-rbac.md",
}


def noise_words(file: FileAnalysis, mark: str, side: str) -> set[str]:
    """Words of the changed lines of one side that nothing but noise was said of.

    Where a sentence came to or left a line and is told by itself, the rest of the line is noise
    on both sides, and compares with nothing here.
    """
    quiet = [f for f in file.findings if f.impact == "noise" and f.kind not in LOOKED_AT_APART]
    told = [f for f in file.findings if not any(f is one for one in quiet)]
    left = [f for f in quiet if _apart(f, told)]
    while len(left) < len(quiet):  # what shares a line with one that is left out is left out, too
        told += [f for f in quiet if not any(f is one for one in left)]
        quiet = left
        left = [f for f in quiet if _apart(f, told)]
    noise = _lines(quiet, side)
    changed = [line for hunk in hunks(file.change.patch or "") for line in hunk.lines]
    number = side.removesuffix("_lines")
    texts = [x.text for x in changed if x.mark == mark and getattr(x, number) in noise]
    rest = "\n".join(line for line in texts if not SERVICE_LINE.match(line))
    return set(re.findall(r"[^\W_]+", TELLS_NOTHING.sub(" ", rest).casefold())) - {"a", "an"}


def _apart(finding: Finding, others: Iterable[Finding]) -> bool:
    """Whether it shares no line of either version with any of the others."""
    listed = list(others)
    return all(
        _lines(listed, side).isdisjoint(_lines([finding], side))
        for side in ("before_lines", "after_lines")
    )


def _lines(findings: Iterable[Finding], side: str) -> set[int]:
    """The lines of one version that findings are about."""
    spans = [lines for finding in findings if (lines := getattr(finding, side))]
    return {line for first, last in spans for line in range(first, last + 1)}


def reads_the_same(before: set[str], after: set[str]) -> bool:
    """The same letters, or a slip of the pen for each word that differs."""
    gone, came = before - after, after - before
    if sorted("".join(gone)) == sorted("".join(came)):
        return True
    return all(_is_slip(word, after) for word in gone) and all(
        _is_slip(word, before) for word in came
    )


def _is_slip(word: str, others: set[str]) -> bool:
    return any(SequenceMatcher(None, word, other).ratio() >= LIKE_A_SLIP for other in others)


def test_no_meaningful_change_is_called_noise(table_module: ModuleType) -> None:
    looked_at = 0
    for name, change_set in table_module.read_corpus(CORPUS):
        for file in analyse(change_set).files:
            if file.change.path.rpartition("/")[2] in READ_BY_EYE:
                continue
            before = noise_words(file, "-", "before_lines")
            after = noise_words(file, "+", "after_lines")
            looked_at += any(finding.impact == "noise" for finding in file.findings)
            told = (name, file.change.path, before - after, after - before)
            assert reads_the_same(before, after), told
    assert looked_at > 500


def test_comments_called_noise_are_comments(table_module: ModuleType) -> None:
    for name, change_set in table_module.read_corpus(CORPUS):
        for file in analyse(change_set).files:
            for finding in file.findings:
                if finding.kind == "comment-changed" and finding.values.get("data"):
                    assert finding.subject.startswith("#"), (name, file.change.path)
                elif finding.kind == "comment-changed":
                    sides = [side for side in (finding.before, finding.after) if side]
                    assert any("<!--" in side for side in sides), (name, file.change.path)

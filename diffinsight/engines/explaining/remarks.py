"""One remark for each finding that breaks something for readers, for the lines it is about."""

from __future__ import annotations

from collections.abc import Iterator

from diffinsight.engines.choosing.clauses import gather
from diffinsight.engines.explaining.teller import teller_of
from diffinsight.languages import Phrases
from diffinsight.markdown_text import as_shown
from diffinsight.models import ChangeSet, FileChange, FileReport, Finding


def remarks(file: FileReport, phrases: Phrases) -> Iterator[tuple[Finding, str]]:
    """Each breaking finding of ``file``, and what to say of it: plain text on one line."""
    change = FileChange(
        path=file.path,
        previous_path=file.previous_path,
        status=file.status,
        additions=file.additions,
        deletions=file.deletions,
        binary=file.binary,
        patch=file.patch,
    )
    # Without a repository nothing in the text is a link.
    teller = teller_of(change, phrases=phrases, change_set=ChangeSet())
    for finding in file.findings:
        if finding.impact == "breaking":
            for clause in gather((finding,)):
                said = phrases.join((teller.sentence(clause), teller.action(clause)))
                yield finding, as_shown(said)

"""Texts that were wrapped otherwise, and what slipped in on the way."""

from __future__ import annotations

import textwrap

from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.models import Finding

SAID = (
    "The book features many views of the ice, taken from far above, and it tells how the melting"
    " of one summer goes with the heat of the next one, wherever there is water and some wind."
)


def found(before: str, after: str) -> tuple[Finding, ...]:
    (file,) = analyse(between({"a.md": before}, {"a.md": after}, {})).files
    return file.findings


def test_the_word_that_slipped_into_wrapped_output_is_told_with_its_neighbours() -> None:
    page = "# A\n\nIt says:\n\n```\n{}\n```\n"
    wrapped = textwrap.fill(SAID, 30)
    same = found(page.format(SAID), page.format(wrapped))
    assert [finding.kind for finding in same] == ["reflowed"]
    slipped = wrapped.replace("\nwith the", "\n- with the")
    assert slipped != wrapped
    code, reflowed = found(page.format(SAID), page.format(slipped))
    assert (code.kind, reflowed.kind) == ("code-changed", "reflowed")
    assert code.values["edits"] == ({"before": "goes with the", "after": "goes - with the"},)
    assert "lines_added" not in code.values


def test_output_with_other_words_is_no_slip() -> None:
    page = "# A\n\nIt says:\n\n```\n{}\n```\n"
    new = textwrap.fill(SAID.replace("the heat of", "what came of"), 30)
    (code,) = found(page.format(SAID), page.format(new))
    assert code.values["lines_added"]


def test_a_space_that_came_is_no_line_break() -> None:
    old = "# A\n\nResults from the first query`how much` should look like this.\n"
    (space,) = found(old, old.replace("query`", "query `"))
    assert (space.kind, space.values["what"]) == ("whitespace-changed", "inside")


def test_code_that_was_set_apart_is_told_with_a_mark_that_was_left() -> None:
    old = "# A\n\n1. Obtain the address by this: `docker ps --all | awk '{ print }'`\n2. Use it.\n"
    code_block = "\n```bash\ndocker ps --all | awk '{ print }'`\n```\n"
    new = f"# A\n\n1. Obtain the address by this:{code_block}2. Use it.\n"
    (left,) = found(old, new)
    assert (left.kind, left.values["thing"]) == ("formatting-changed", "mark-left")
    assert left.after == "docker ps --all | awk '{ print }'`"
    (form,) = found(old, new.replace("'`\n", "'\n"))
    assert (form.kind, form.values["thing"]) == ("formatting-changed", "set-apart")


def test_the_lines_of_a_key_are_those_that_changed() -> None:
    page = "---\ntitle: A\nms.topic: {}\n---\n\n# A\n\nText.\n"
    (key,) = found(page.format("article"), page.format("how-to"))
    assert (key.before_lines, key.after_lines) == ((3, 3), (3, 3))
    (title,) = found(page.format("article"), page.format("article").replace(": A", ": B"))
    assert title.after_lines == (2, 2)
    new = {finding.after_lines for finding in found("# A\n\nText.\n", page.format("article"))}
    assert (1, 2) in new
    assert (3, 4) in new or (3, 5) in new

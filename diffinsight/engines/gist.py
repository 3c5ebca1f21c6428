"""What a new page or section says about itself: its description, or its first words of prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diffinsight.engines.code_lines import added_lines
from diffinsight.models import FileChange, LineRange

_DESCRIPTION = re.compile(r"description:\s*(['\"]?)(.+?)\1\s*")
_NO_PROSE = re.compile(r"#|[-*+] |\d+[.)] |[|>:<!\[`~=]|---|\s{4}|import |export |\w+:\s*$")
_KEY = re.compile(r"[\w.-]+:(\s|$)")
_LEAST = 5  # words: fewer say nothing


def gist_of(change: FileChange, lines: LineRange | None = None) -> str:
    """Source text of the whole new file or of ``lines`` in it; empty where nothing tells."""
    if change.after is None:
        numbered = added_lines(change)
    else:
        numbered = tuple(enumerate(change.after.splitlines(), 1))
    first, last = lines or (1, len(numbered))
    text = [line for number, line in numbered if first <= number <= last]
    matter, prose = _parts(text)
    described = (found[2] for line in matter if (found := _DESCRIPTION.fullmatch(line)))
    told = (*described, _paragraph(prose))
    return next((words for words in told if len(words.split()) >= _LEAST or _is_cjk(words)), "")


def _is_cjk(words: str) -> bool:
    return len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", words)) >= 2 * _LEAST


def _parts(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The front matter and the rest."""
    if not lines or lines[0].strip() != "---":
        return (), lines
    end = next((i for i, line in enumerate(lines) if i and line.strip() == "---"), 0)
    return lines[1:end], lines[end + 1 :]


def _paragraph(lines: Sequence[str]) -> str:
    """The first paragraph of prose before any code, one that announces a list only for want."""
    found: list[str] = []
    lead = ""
    for line in lines:
        if line.lstrip().startswith(("```", "~~~")):
            break
        if line.strip() and not _NO_PROSE.match(line) and not _KEY.fullmatch(line):
            found.append(line.strip())
        elif found and found[-1].endswith((":", "：")):  # noqa: RUF001 - an East Asian mark is meant
            lead, found = lead or " ".join(found), []
        elif found:
            break
    return " ".join(found) or lead

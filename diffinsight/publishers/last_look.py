"""What changed since the report that the comment showed before: remembered in the comment, hidden.

Of each file a short fingerprint of its name and of its change; fingerprints that agree by chance
(one in millions) leave a file out of one sentence.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from diffinsight.languages import Markdown, Phrases
from diffinsight.models import FileReport, Report

MOST_FILES = 500  # nine characters each, of 65,536 for the whole comment
_NAME, _CHANGE = 5, 4  # characters of base 32
_MEMORY = re.compile(r"^<!-- diffinsight files:(?P<prints>(?:[a-z2-7]{9})*) -->$", re.MULTILINE)
_SHORT = 7  # digits of a SHA


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """How a report differs from an earlier one on the same pull request."""

    added: tuple[str, ...] = ()  # paths
    changed: tuple[str, ...] = ()
    gone: int = 0  # files

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def memory(report: Report) -> str:
    """The hidden line to remember ``report`` by; empty when it has too many files."""
    if len(report.files) > MOST_FILES:
        return ""
    prints = (_name(file.path) + _change(file) for file in report.files)
    return f"<!-- diffinsight files:{''.join(prints)} -->"


def recall(body: str) -> Mapping[str, str] | None:
    """The fingerprints that a comment holds, by name; None: it holds none."""
    found = _MEMORY.search(body.replace("\r\n", "\n"))
    if found is None:
        return None
    prints, length = found["prints"], _NAME + _CHANGE
    pieces = (prints[at : at + length] for at in range(0, len(prints), length))
    return {piece[:_NAME]: piece[_NAME:] for piece in pieces}


def difference(report: Report, before: Mapping[str, str]) -> Difference:
    """What ``report`` has that the one remembered as ``before`` had not."""
    names = {file.path: _name(file.path) for file in report.files}
    known = [file for file in report.files if names[file.path] in before]
    return Difference(
        added=tuple(path for path, name in names.items() if name not in before),
        changed=tuple(file.path for file in known if before[names[file.path]] != _change(file)),
        gone=len(before.keys() - set(names.values())),
    )


def since(found: Difference, head: str, phrases: Phrases) -> str:
    """One line of Markdown on what changed since the report on ``head``."""
    said = []
    if found.added:
        said.append(phrases.say("labels.since_added", paths=found.added))
    if found.changed:
        said.append(phrases.say("labels.since_changed", paths=found.changed))
    if found.gone:
        said.append(phrases.say("labels.since_gone", count=found.gone))
    changes = Markdown(phrases.enumerate(said))
    return phrases.say("labels.since", head=head[:_SHORT], changes=changes) if found else ""


def _name(path: str) -> str:
    return _print(path)[:_NAME]


def _change(file: FileReport) -> str:
    counted = "" if file.patch else f"{file.additions} {file.deletions}"
    told = (file.status, file.previous_path or "", file.patch or "", counted)
    return _print("\0".join(told))[:_CHANGE]


def _print(text: str) -> str:
    digest = sha256(text.encode(errors="surrogatepass")).digest()
    return base64.b32encode(digest).decode().lower()

"""Phrases filled for one place: plain text or Markdown, quotations cut to what fits there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from diffinsight.engines.quoting.cutting import shorten
from diffinsight.engines.quoting.written_lines import written
from diffinsight.languages import Markdown, Phrases, Value
from diffinsight.markdown_text import as_shown
from diffinsight.models import ChangeSet, FileChange, LineRange

_TITLE = re.compile(r"^# +(.+?)[ #]*$", re.MULTILINE)
_YAML_TITLE = re.compile(r"""(?m)^title:[ \t]*(["']?)(\S.{0,200}?)\1[ \t]*(?:#.*)?$""")
_SHOWN_TITLE = re.compile(_YAML_TITLE.pattern.replace("^", "^[ +]", 1))  # in a patch
_HUNK = re.compile(r"(?m)^@@(?= )")
_NEW_SIDE = re.compile(r" -\S+ \+(\d+)")
QUOTATION = 80  # characters, where there is no more room
_LATEST_LINE = 60  # of a hunk that can show it
_LATEST_TITLE = 5_000  # characters of front matter and comments before it


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """How files are called in a sentence: by their names or, if many, by their number."""

    text: Markdown
    many: bool
    one: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """How to speak: the language, the kind of text, the longest quotation, what is named."""

    phrases: Phrases
    plain: bool = False
    limit: int = QUOTATION
    terse: bool = False  # how long new texts are rather than what they say
    under: str | None = None  # the section that the sentence before has named
    files: Files | None = None  # what a sentence over all files names as its place

    def say(self, key: str, /, **values: Value) -> Markdown:
        """The phrase, marked as written so that it can stand in another one."""
        if self.plain:
            return Markdown(self.phrases.say_plain(key, **values))
        return self.phrases.say(key, **values)

    def place_in(self, files: Files, spot: str) -> Markdown:
        """``files`` as the place in a sentence, with the spaces that belong to it."""
        # Plain text would lose them at its ends; the names are written already.
        return self.phrases.say(f"place.{spot}_files", files=files.text, many=files.many)

    def quoted(self, text: str) -> str:
        return shorten(text, self.limit)

    def enumerate(self, items: Iterable[Markdown], limit: int = 0) -> Markdown:
        return Markdown(self.phrases.enumerate(tuple(items), limit))


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where lines of the two versions of a file can be seen."""

    change: FileChange
    title: str = ""  # the page's own heading, under which everything is; empty when not known
    before_url: str | None = None
    after_url: str | None = None

    @property
    def in_hunks(self) -> bool:
        """Whether only hunks are known, of which two may lie in one block."""
        return self.change.after is None

    def line(self, voice: Voice, before: LineRange | None, after: LineRange | None) -> Markdown:
        """`line 10`, linked if it can be; empty when no line is known."""
        lines = after or before
        if lines is None or voice.plain:
            return Markdown()
        lines = written(self.change, lines, old=not after)
        key = "line" if lines[0] == lines[1] else "lines"
        text = voice.say(
            f"place.{'' if after else 'old_'}{key}", line=lines[0], first=lines[0], last=lines[1]
        )
        return link(text, self.after_url if after else self.before_url, lines)


def link(text: Markdown, url: str | None, lines: LineRange) -> Markdown:
    if url is None:
        return text
    last = f"-L{lines[1]}" if lines[1] != lines[0] else ""
    return Markdown(f"[{text}]({url}?plain=1#L{lines[0]}{last})")


def blob_url(change_set: ChangeSet, sha: str | None, path: str | None) -> str | None:
    """Where a file can be read at a revision; None when the repository is not known."""
    if not (change_set.repository and sha and path):
        return None
    # Parentheses end a Markdown link, so they are encoded too.
    return f"{change_set.server_url}/{change_set.repository}/blob/{sha}/{quote(path)}"


def _title(text: str) -> str:
    """The first heading of a page, as shown; empty where code comes before it."""
    found = _TITLE.search(text, 0, _LATEST_TITLE)
    return as_shown(found[1]) if found and "```" not in text[: found.start()] else ""


def _opening(change: FileChange) -> str:
    """What the first hunks show of the new file, as far as titles stand."""
    hunks = (hunk for hunk in _HUNK.split(change.patch or "") if hunk)
    shown = (hunk.split("\n")[1:] for hunk in hunks if _first_line(hunk) <= _LATEST_LINE)
    return "\n".join(line[1:] for lines in shown for line in lines if line[:1] in {" ", "+"})


def _first_line(hunk: str) -> int:
    found = _NEW_SIDE.match(hunk)
    return int(found[1]) if found else 0


def _yaml_title(change: FileChange) -> str:
    """The title of a page that is kept as YAML, from its text or from what the patch shows."""
    text = change.after or change.before
    found = (_YAML_TITLE if text else _SHOWN_TITLE).search(text or change.patch or "")
    return found[2] if found else ""


def source_of(change: FileChange, change_set: ChangeSet) -> Source:
    """Both versions of ``change`` in its repository."""
    return Source(
        change=change,
        title=(
            _yaml_title(change)
            if change.path.endswith((".yml", ".yaml"))
            else _title(change.after or change.before or _opening(change))
        ),
        before_url=blob_url(change_set, change_set.base, change.previous_path or change.path),
        after_url=blob_url(change_set, change_set.head, change.path),
    )

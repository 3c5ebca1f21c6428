"""The hunks of one file's patch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import unidiff.patch
from unidiff.errors import UnidiffParseError

from diffinsight.errors import ActionError
from diffinsight.models import Hunk, Line

_MARKS: Mapping[str, Literal[" ", "+", "-"]] = {" ": " ", "+": "+", "-": "-"}


def hunks(patch: str) -> tuple[Hunk, ...]:
    """The hunks of ``patch``, which starts at its first ``@@``.

    Raises ActionError when a hunk has more or fewer lines than its header says.
    """
    if not patch:
        return ()
    try:
        (file,) = unidiff.patch.PatchSet(_lines(patch))
    except (UnidiffParseError, ValueError) as error:
        first_line = str(error).partition("\n")[0]
        raise ActionError(f"a patch cannot be read: {first_line}", "make the diff again") from error
    return tuple(map(_hunk, file))


def decode_patch(raw: bytes) -> tuple[str, bool]:
    """A patch as text, and whether its files' lines are UTF-8; what is not is replaced.

    git cuts the words after the second ``@@`` at 80 bytes, in the middle of a character or not
    (``func_line`` in its xemit.c): a half one is dropped and says nothing about the file.
    """
    try:
        return raw.decode(), True
    except UnicodeDecodeError:
        lines = raw.split(b"\n")
    decoded = [
        line.decode("utf-8", "replace").rstrip("\ufffd" if line.startswith(b"@@ ") else "")
        for line in lines
    ]
    is_utf8 = all(is_text(line) for line in lines if not line.startswith(b"@@ "))
    return "\n".join(decoded), is_utf8


def is_text(raw: bytes) -> bool:
    """Whether ``raw`` is UTF-8."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _lines(patch: str) -> Iterator[str]:
    """The patch as unidiff wants it: a file with names, lines ended by LF alone.

    Not ``splitlines``: form feeds, lone CRs and Unicode's line ends are part of a line. Markers of
    a missing last line end are left out, for unidiff knows them in English only.
    """
    yield "--- a\n"
    yield "+++ b\n"
    for line in patch.removesuffix("\n").split("\n"):
        if not line.startswith("\\"):
            yield line + "\n"


def _hunk(hunk: unidiff.patch.Hunk) -> Hunk:
    return Hunk(
        before_start=hunk.source_start,
        after_start=hunk.target_start,
        after_count=hunk.target_length,
        section=hunk.section_header.removesuffix("\r"),
        lines=tuple(_hunk_lines(hunk)),
    )


def _hunk_lines(hunk: unidiff.patch.Hunk) -> Iterator[Line]:
    for line in hunk:
        mark = _MARKS.get(line.line_type)
        if mark:
            yield Line(
                mark=mark,
                text=line.value.removesuffix("\n").removesuffix("\r"),
                before=line.source_line_no,
                after=line.target_line_no,
            )

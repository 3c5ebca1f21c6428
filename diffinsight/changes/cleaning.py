"""A diff as its tool meant it, before shells, terminals and mail changed its bytes."""

from __future__ import annotations

import codecs
import re

_SGR = re.compile(rb"\x1b\[[0-9;]*[mK]")
# In a diff without colour every line that begins with ESC is a stray one: content has a mark.
_COLOURED = re.compile(rb"^(?:\x1b\[[0-9;]*[mK])+(?:diff |--- |\+\+\+ |@@ -)", re.MULTILINE)
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def clean(data: bytes) -> bytes:
    """``data`` in UTF-8 or whatever the files were in, with LF after the diff's own lines."""
    data = _as_bytes_of_text(data)
    if _COLOURED.search(data):
        data = _SGR.sub(b"", data)
    # Only when every line ends so: otherwise the CRs belong to the files.
    if 0 < data.count(b"\n") == data.count(b"\r\n"):
        data = data.replace(b"\r\n", b"\n")
    return data


def _as_bytes_of_text(data: bytes) -> bytes:
    """Undo UTF-16, which Windows PowerShell's ``>`` writes, and drop a byte order mark."""
    encoding = _UTF16.get(data[:2])
    if encoding:
        return data[2:].decode(encoding, "replace").encode()
    return data.removeprefix(codecs.BOM_UTF8)

"""Answers kept between runs: a folder of small files."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from diffinsight.errors import ActionError
from diffinsight.files import read_file, write_file

_KEY = re.compile(r"[0-9a-f]{16,128}")
_LARGEST = 200_000  # bytes; ours are far smaller
_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerFolder:
    """One JSON file per answer in ``folder``; whatever else lies there is ignored.

    Each file is written whole or not at all, so that runs may share the folder.
    """

    folder: Path

    def get(self, key: str) -> str | None:
        """The text kept under ``key``; anything odd counts as not kept."""
        path = self._path(key)
        with contextlib.suppress(ActionError, OSError, ValueError, RecursionError):
            if path.is_file() and path.stat().st_size <= _LARGEST:
                data = json.loads(read_file(path))
                if isinstance(data, dict) and (data.get("version"), data.get("key")) == (
                    _VERSION,
                    key,
                ):
                    text = data.get("text")
                    return text if isinstance(text, str) else None
        return None

    def put(self, key: str, text: str) -> None:
        """Keep ``text``; a folder that cannot be written only costs the next run its calls."""
        path = self._path(key)
        data = {"version": _VERSION, "key": key, "text": text}
        with contextlib.suppress(ActionError, OSError, ValueError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, json.dumps(data, ensure_ascii=True) + "\n")

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no digest")
        return self.folder / key[:2] / f"{key}.json"

"""Reading and writing files on disk; what goes wrong becomes one line."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from diffinsight.errors import ActionError


def read_file(path: Path, *, most: int | None = None) -> bytes:
    """The file's bytes, at most ``most`` of them, or an ActionError that says why not."""
    try:
        size = path.stat().st_size
        if most is not None and size > most:
            message = f"{path} has {size:,} bytes; at most {most:,} are read"
            raise ActionError(message, "make a smaller one: a narrower scope, or more parts")
        return path.read_bytes()
    except FileNotFoundError:
        raise ActionError(f"{path}: no such file", "check the path") from None
    except IsADirectoryError:
        raise ActionError(f"{path} is a folder", "name a file") from None
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror})"
        raise ActionError(message, "check the path, and that you may read it") from None


def make_folder(path: Path) -> Path:
    """The folder, made with all above it if it is not there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "name a folder that is there or can be made"
        raise ActionError(f"{path}: cannot be made ({error.strerror})", hint) from None
    return path


def write_file(path: Path, text: str) -> None:
    """Write UTF-8 text, all of it or nothing: a reader never meets half a report."""
    try:
        target = path.resolve()
        if target.is_dir():
            raise ActionError(f"{path} is a folder", "name a file")
        if target.exists() and not target.is_file():  # a pipe or device, such as /dev/stdout
            target.write_bytes(text.encode())
        else:
            _replace(target, text.encode())
    except OSError as error:
        raise ActionError(
            f"{path}: cannot be written ({error.strerror})",
            "check that the folder exists and that you may write there",
        ) from None


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:50]}.", dir=target.parent)
    scratch = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        scratch.chmod(mode)
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

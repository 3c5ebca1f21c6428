"""Lists of packages as pip reads them: requirements and constraints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from diffinsight.outline.model import Fragment

# https://pip.pypa.io/en/stable/reference/requirements-file-format/
_NAMED = re.compile(
    r"(?i)(?:^|/)(?:[^/]*(?:requirements|constraints)[^/]*|requirements/[^/]+)\.(?:txt|in)$"
)
_PACKAGE = re.compile(
    r"\s*(?P<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?"
    r"\s*(?P<pin>(?:(?:[=~!<>]=?=?)[^;#\\@]*|@\s*[^\s;]+)?)"
    r"\s*(?P<marker>;[^#\\]*)?\\?\s*(?:\s#.*)?$"
)
_BELONGS = re.compile(r"\s+#|\s*--hash")  # to the package above it
_OTHER = re.compile(r"\s*(?:#|$|-)")  # comments, blank lines, options
_LARGEST = 300_000  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """A package and which versions of it are asked for."""

    name: str
    pin: str  # with its comparison, such as `>=2,<3`; empty: any version
    marker: str  # for which systems
    first: int
    last: int  # of its hashes and of the comments under it

    @property
    def key(self) -> tuple[str, str]:
        """Packages are one by their names without case and marks (PEP 503)."""
        return re.sub(r"[-_.]+", "-", self.name).lower(), self.marker


def is_requirements(path: str) -> bool:
    """Whether a file's name says that it lists packages for pip."""
    return bool(_NAMED.search(path))


def read_requirements(path: str, fragments: Sequence[Fragment]) -> list[Requirement]:
    """Packages in order; none where a file that is not called so holds anything else."""
    if not path.endswith((".txt", ".in")) or sum(len(it.text) for it in fragments) > _LARGEST:
        return []
    lines = [(at, text) for part in fragments for at, text in _numbered(part)]
    found: list[Requirement] = []
    strange = False
    for number, text in lines:
        package = None if _OTHER.match(text) else _PACKAGE.match(text)
        if package:
            pin, marker = (" ".join((package[it] or "").split()) for it in ("pin", "marker"))
            one = Requirement(
                name=package["name"], pin=pin, marker=marker, first=number, last=number
            )
            found.append(one)
        elif found and found[-1].last == number - 1 and _BELONGS.match(text):
            found[-1] = replace(found[-1], last=number)
        strange = strange or not (package or _OTHER.match(text))
    named = is_requirements(path)
    return (
        found if named or (not strange and 2 * sum(bool(f.pin) for f in found) > len(found)) else []
    )


def _numbered(fragment: Fragment) -> Iterator[tuple[int, str]]:
    return enumerate(fragment.text.split("\n"), start=fragment.first_line)

"""Command-line flags and parameters that came, went or have another name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diffinsight.detectors.code import FLAG, is_shell
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import known, lines_of
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.models import Finding
from diffinsight.outline.model import Block, Outline

KEY = re.compile(r"^(?:\[[ x]\] )?`([^`]+)`")
NAME = re.compile(r"^--?[A-Za-z][\w-]*$|^/[A-Za-z]\w*$")
PARAMETER = re.compile(r"^[\w.$@\[\]-]+$")
PARAMETER_COLUMN = re.compile(
    r"param|option|flag|argument|switch|setting|引数|パラメータ|オプション|参数|选项",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Option:
    """A flag or parameter and where it is explained or used."""

    name: str
    where: str
    command: str = ""


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    before, after = _Page(file.before), _Page(file.after)
    told: set[str] = set()
    for pair in file.pairs:
        if pair.moved or (pair.block.kind == "code" and not pair.both):
            continue  # an example that comes or goes is told as code
        old = [o for o in _options(pair.before, before) if not after.has(o, file)]
        new = [o for o in _options(pair.after, after) if not before.has(o, file)]
        old, new = ([o for o in options if o.name not in told] for options in (old, new))
        told.update(option.name for option in (*old, *new))
        if len(old) == len(new) == 1 and pair.both:
            yield _tell("option-renamed", pair, new[0], was=old[0].name)
        else:
            yield from (_tell("option-removed", pair, option) for option in old)
            yield from (_tell("option-added", pair, option) for option in new)


class _Page:
    """All options of one version."""

    def __init__(self, outline: Outline) -> None:
        self.columns = {b.group: b.cells[:1] for b in outline.blocks if b.kind == "table"}
        self.flags: set[str] = set()
        self.defined: set[str] = set()
        for block in outline.blocks:
            self.flags.update(FLAG.findall(block.text) if block.kind != "meta" else ())
            self.defined.update(option.name for option in _defined(block, self.columns))
            if block.kind == "row" and block.cells:
                self.defined.add(_bare(block.cells[0]))

    def has(self, option: Option, file: Comparison) -> bool:
        """Whether the page names it; hunks of a page can only tell of definitions."""
        if option.where == "code":
            return file.partial or option.name in self.flags
        return option.name in self.defined


def _bare(cell: str) -> str:
    """A key as it would be named, whether or not it stands in code."""
    found = re.match(r"`?([\w.$@\[\]/-]+)", cell)
    return found[1] if found else cell


def _options(block: Block | None, page: _Page) -> list[Option]:
    if block is None:
        return []
    if block.kind == "code" and is_shell(block):
        return list(dict.fromkeys(_used(block)))
    return list(_defined(block, page.columns))


def _used(block: Block) -> Iterator[Option]:
    for line in block.text.splitlines():
        command = " ".join(word for word in line.split()[:2] if not word.startswith("-"))
        for flag in FLAG.findall(line.partition(" #")[0]):
            if flag.startswith("--"):
                yield Option(flag, "code", command)


def _defined(block: Block, columns: dict[int, tuple[str, ...]]) -> Iterator[Option]:
    """An option that the block explains: it stands first in a row, an item or a heading."""
    text = block.cells[0] if block.kind == "row" and block.cells else block.text
    where = {"row": "table", "item": "list", "heading": "heading"}.get(block.kind)
    found = KEY.match(text)
    if where is None or found is None:
        return
    name = re.split(r"[ =,|<]", found[1])[0]
    if NAME.match(name) or (block.kind == "row" and _is_parameter(block, name, columns)):
        yield Option(name, where)


def _is_parameter(block: Block, name: str, columns: dict[int, tuple[str, ...]]) -> bool:
    head: Sequence[str] = columns.get(block.group, ())
    return bool(head) and bool(PARAMETER_COLUMN.search(head[0])) and bool(PARAMETER.match(name))


def _tell(kind: str, pair: Pair, option: Option, was: str | None = None) -> Finding:
    return Finding(
        kind=kind,
        subject=option.name,
        impact="notable" if kind == "option-added" else "breaking",
        before=was,
        after=option.name if was else None,
        values=known(where=option.where, command=option.command, section=pair.section),
        **lines_of(pair),
    )

"""Command-line flags and parameters that came, went or have another name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import known, lines_of
from diffinsight.detectors.reading.rows import Rows
from diffinsight.detectors.reading.shells import FLAG, command_lines, is_shell
from diffinsight.models import Finding
from diffinsight.outline.model import Block, Outline, Section

KEY = re.compile(r"^(?:\[[ x]\] )?`([^`]+)`")
NAME = re.compile(r"^--?[A-Za-z][\w-]*$|^/[A-Za-z]\w*$")
PARAMETER = re.compile(r"^[\w.$@\[\]-]+$")
PARAMETER_COLUMN = re.compile(
    r"param|option|flag|argument|switch|setting|引数|パラメータ|オプション|参数|选项",
    re.IGNORECASE,
)


SETTING_COLUMN = re.compile(r"setting|設定|设置|配置", re.IGNORECASE)
# A column of this name says nothing; the heading above the table may.
KEY_COLUMN = re.compile(r"key|name|キー|名前|键|名称", re.IGNORECASE)
# An example shows what one may write; only these say what there is to write.
SYNTAX = re.compile(r"^\s*(?:usage|syntax|使用法|構文|用法)\b|\[\s*--?[A-Za-z]", re.IGNORECASE)
RUNNERS = frozenset({"npx", "sudo", "uvx"})  # run the program that is named next
PIPED = re.compile(r"\s(?:\|\|?|&&|;)\s")


@dataclass(frozen=True, slots=True)
class Option:
    """A flag or parameter and where it is explained."""

    name: str
    where: str
    command: str = ""
    sort: str = ""  # "setting" or "parameter"; a flag otherwise
    holds: str = ""  # what its row says of it
    footnotes: tuple[str, ...] = ()  # ... and what is said of all of the row


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    before, after = _Page(file.before), _Page(file.after)
    told = {*_gone_along(file, whole), *_come_along(file, whole)}
    for pair in file.pairs:
        if pair.moved or (pair.block.kind == "code" and not pair.both):
            continue  # an example that comes or goes is told as code
        old = [o for o in _options(pair, before, old=True) if not after.has(o, file)]
        new = [o for o in _options(pair, after, old=False) if after.adds(o, before, file)]
        old, new = ([o for o in options if o.name not in told] for options in (old, new))
        if any(o.where == "list" and _went_with_program(o.name, file) for o in old):
            continue
        told.update(option.name for option in (*old, *new))
        if len(old) == len(new) == 1 and pair.both:
            if _written_out(old[0].name, new[0].name):
                continue
            yield _tell("option-renamed", pair, new[0], was=old[0].name)
        else:
            yield from (_tell("option-removed", pair, option) for option in old)
            yield from (_tell("option-added", pair, option) for option in new)


def _gone_along(file: Comparison, whole: Whole) -> Iterator[str]:
    """Options that another file of the range explains now, in a section that left this one."""
    for section in file.before.headings:
        for move in whole.moves.left(file, section):
            yield from _explained(move.after, move.came.after)


def _come_along(file: Comparison, whole: Whole) -> Iterator[str]:
    """Options of a section that another file of the range explained before."""
    for section in file.after.headings:
        move = whole.moves.came(file, section)
        if move:
            yield from _explained(move.before, move.left.before)


def _explained(section: Section, outline: Outline) -> Iterator[str]:
    page = _Page(outline)
    name = section.heading.text if section.heading else ""
    return (option.name for block in section.blocks for option in _defined(block, page, name))


def _went_with_program(name: str, file: Comparison) -> bool:
    """Whether the example with an option runs another program now, which has its own options."""
    for pair in file.pairs:
        if pair.both and pair.block.kind == "code":
            old, new = (list(_runs(block)) for block in pair.both)
            ran = {program for program, flags in old if name in flags}
            if ran and ran.isdisjoint(program for program, _ in new):
                return True
    return False


def _runs(block: Block) -> Iterator[tuple[str, list[str]]]:
    """The programs of a block's commands, each with its flags."""
    for line in command_lines(block):
        words = (word for word in line.split() if word not in RUNNERS)
        yield next(words, ""), FLAG.findall(line)


def _written_out(old: str, new: str) -> bool:
    """Whether one is the other's letter, as `-d` is of `--distribution`."""
    short, long = sorted((old, new), key=len)
    letters = short.lstrip("-"), long.lstrip("-")
    return (
        short[:1] == long[:1] == "-"
        and len(letters[0]) == 1
        and (letters[1][:1].casefold() == letters[0].casefold())
    )


class _Page:
    """All options of one version."""

    def __init__(self, outline: Outline) -> None:
        self.table_rows = Rows(outline)
        self.columns = {b.group: b.cells for b in outline.blocks if b.kind == "table"}
        self.flags: set[str] = set()
        self.defined: set[str] = set()
        self.rows: Counter[str] = Counter()
        for block in outline.blocks:
            self.flags.update(FLAG.findall(block.text) if block.kind != "meta" else ())
            self.defined.update(option.name for option in _defined(block, self, ""))
            if block.kind == "row" and block.cells:
                self.defined.add(_bare(block.cells[0]))
                self.rows[_bare(block.cells[0])] += 1

    def adds(self, option: Option, before: _Page, file: Comparison) -> bool:
        """Whether the option is new; a setting also where others of its name are, in more rows."""
        if not before.has(option, file):
            return True
        setting = option.where == "table" and option.sort == "setting" and not file.partial
        return setting and self.rows[option.name] > before.rows[option.name]

    def has(self, option: Option, file: Comparison) -> bool:
        """Whether the page names it; hunks of a page can only tell of definitions."""
        if option.where == "code":
            return file.partial or option.name in self.flags
        return option.name in self.defined


def _bare(cell: str) -> str:
    """A key as it would be named, whether or not it stands in code."""
    found = re.match(r"`?([\w.$@\[\]/-]+)", cell)
    return found[1] if found else cell


def _options(pair: Pair, page: _Page, *, old: bool) -> list[Option]:
    block = pair.before if old else pair.after
    if block is None:
        return []
    if block.kind == "code" and is_shell(block):
        return list(dict.fromkeys(_described(block)))
    section = pair.section_before if old else pair.section
    return [_with_row(option, block, page) for option in _defined(block, page, section)]


def _described(block: Block) -> Iterator[Option]:
    """The flags of a syntax description, each with the command of its part of a pipeline."""
    for line in block.text.splitlines():
        if not SYNTAX.search(line):
            continue
        for part in PIPED.split(line.partition(" #")[0]):
            words = re.sub(r"^\s*\w+:\s+", "", part).split()[:2]
            command = " ".join(word for word in words if re.match(r"[A-Za-z]", word))
            for flag in FLAG.findall(part):
                if flag.startswith("--"):
                    yield Option(flag, "code", command)


def _with_row(option: Option, block: Block, page: _Page) -> Option:
    """An option with what its row says of it."""
    columns = page.columns.get(block.group) or ()
    if block.kind != "row":
        return option
    notes = page.table_rows.footnotes(block)
    return replace(option, holds=page.table_rows.holds(block, columns), footnotes=notes)


def _defined(block: Block, page: _Page, section: str) -> Iterator[Option]:
    """An option that the block explains: it stands first in a row, an item or a heading."""
    text = block.cells[0] if block.kind == "row" and block.cells else block.text
    where = {"row": "table", "item": "list", "step": "list", "heading": "heading"}.get(block.kind)
    found = KEY.match(text)
    if where is None or found is None:
        return
    name = re.split(r"[ =,|<]", found[1])[0]
    if NAME.match(name):
        yield Option(name, where)
    elif block.kind == "row" and PARAMETER.match(name):
        head = (page.columns.get(block.group) or ("",))[0]
        said = section if KEY_COLUMN.fullmatch(head) else head
        if PARAMETER_COLUMN.search(said):
            sort = "setting" if SETTING_COLUMN.search(said) else "parameter"
            yield Option(name, where, sort=sort)


def _tell(kind: str, pair: Pair, option: Option, was: str | None = None) -> Finding:
    return Finding(
        kind=kind,
        subject=option.name,
        impact="notable" if kind == "option-added" else "breaking",
        before=was,
        after=option.name if was else None,
        values=known(
            where=option.where,
            command=option.command,
            setting=option.sort == "setting" or None,
            parameter=option.sort == "parameter" or None,
            holds=option.holds or None,
            footnotes=option.footnotes or None,
            section=pair.section,
        ),
        **lines_of(pair),
    )

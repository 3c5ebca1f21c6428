"""Jupyter notebooks by their cells, with the lines of the JSON they stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from diffinsight.outline import markdown
from diffinsight.outline.model import Anchor, Block, Fragment, Outline, Section
from diffinsight.outline.pages import cut_sections, finish
from diffinsight.outline.yaml_tree import Node, NotUnderstoodError, read


def read_notebook(fragments: Sequence[Fragment], *, partial: bool) -> Outline:
    """The outline of a notebook; of hunks of one, none."""
    if partial or not fragments:
        return Outline(troubles=("notebook",) if fragments else ())
    try:
        root = read(fragments[0].text)
    except NotUnderstoodError:
        return Outline(troubles=("notebook",))
    cells = root.get("cells") if root else None
    if cells is None:
        return Outline(troubles=("notebook",))
    blocks: list[Block] = []
    anchors: list[Anchor] = []
    for _, cell in cells.entries:
        found, names = _cell(cell)
        blocks += found
        anchors += names
    last = fragments[0].text.count("\n") + 1
    sections: list[Section] = cut_sections(blocks, 0, last)
    return finish(sections, anchors=tuple(anchors), lines=last)


def _cell(cell: Node) -> tuple[list[Block], list[Anchor]]:
    source = list(_source(cell))
    if not source:
        return [], []
    numbers = [number for number, _ in source]
    lines = [text for _, text in source]
    if cell.scalar("cell_type") == "code":
        return [_code(lines, numbers)], []
    if cell.scalar("cell_type") != "markdown":
        return [], []
    parsed = markdown.parse(lines, 1)
    blocks = [_placed(block, numbers) for block in parsed.blocks]
    anchors = [replace(anchor, line=_line(numbers, anchor.line)) for anchor in parsed.anchors]
    return blocks, anchors


def _source(cell: Node) -> Iterator[tuple[int, str]]:
    """Lines of a cell, each with its line in the file; a cell in one string has one line."""
    source = cell.get("source")
    if source is None:
        return
    parts = [source] if source.kind == "scalar" else [entry for _, entry in source.entries]
    for part in parts:
        for text in part.text.split("\n")[: None if not part.text.endswith("\n") else -1]:
            yield part.first, text


def _code(lines: list[str], numbers: list[int]) -> Block:
    text = "\n".join(lines) + "\n"
    return Block(
        kind="code", first=numbers[0], last=numbers[-1], text=text, source=text, name="python"
    )


def _line(numbers: list[int], line: int) -> int:
    return numbers[min(line, len(numbers)) - 1]


def _placed(block: Block, numbers: list[int]) -> Block:
    """With the lines of the file for those of the cell."""
    links = tuple(replace(link, line=_line(numbers, link.line)) for link in block.links)
    end = _line(numbers, block.end) if block.end else 0
    return replace(
        block,
        first=_line(numbers, block.first),
        last=_line(numbers, block.last),
        end=end,
        links=links,
    )

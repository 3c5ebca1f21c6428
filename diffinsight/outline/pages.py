"""A page's text, or the runs of it that hunks show, to its outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diffinsight.outline import front_matter, markdown
from diffinsight.outline.anchors import numbered
from diffinsight.outline.model import Block, Fragment, Outline, Section
from diffinsight.outline.openings import Opening, comment_end, opening
from diffinsight.outline.rows import joined, loose_rows, with_uneven_tables
from diffinsight.outline.steps import as_written


def split_lines(text: str) -> list[str]:
    """Lines as git counts them, without line ends."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def read_markdown(fragments: Sequence[Fragment], *, partial: bool, components: bool) -> Outline:
    """The outline of a page. ``partial``: the fragments are what hunks show of it."""
    sections: list[Section] = []
    anchors = []
    troubles: set[str] = set()
    lines = groups = taken = 0
    source: list[str] = []
    above: list[Block] = []  # of the fragment before
    for index, fragment in enumerate(fragments):
        begun = 0 < taken == len(source) and source[-1].rstrip() != "---"
        source = split_lines(fragment.text)
        first = fragment.first_line
        begins = (fragment.opening or opening(source, first_line=first)) if partial else ""
        taken = (
            front_matter.part(source, first, begun=begun) if begins else front_matter.whole(source)
        )
        body = source[taken:]
        parsed = _parse(body, first + taken, begins=begins, components=components, groups=groups)
        parsed.blocks[:0] = meta = front_matter.read(source[:taken], first)
        if taken and not begins:
            parsed.troubles |= front_matter.troubles(source[1 : taken - 1], meta)
        parsed.blocks = joined(with_uneven_tables(parsed.blocks), above if begins else ())
        above = parsed.blocks
        groups = max([groups, *(block.group for block in parsed.blocks)])
        lines = first + len(source) - 1
        sections += cut_sections(parsed.blocks, index, lines)
        anchors += parsed.anchors
        troubles |= parsed.troubles
    return finish(sections, anchors=tuple(anchors), troubles=tuple(sorted(troubles)), lines=lines)


def finish(sections: list[Section], **given: object) -> Outline:
    """Name the sections' anchors and parents, and list all blocks in order."""
    named = _named(sections)
    blocks = [
        block
        for section in named
        for block in ([section.heading] if section.heading else []) + list(section.blocks)
    ]
    return Outline(sections=tuple(named), blocks=tuple(blocks), **given)  # type: ignore[arg-type]  # fields of Outline


def _parse(
    lines: list[str], first_line: int, *, begins: Opening, components: bool, groups: int
) -> markdown.Parsed:
    """What stands below the front matter. ``begins``: what a hunk begins in."""
    if not begins:
        return markdown.parse(lines, first_line, components=components, groups=groups)
    hidden = comment_end(lines)
    parsed = _parse_part(
        lines[hidden:], first_line + hidden, begins, components=components, groups=groups
    )
    parsed.blocks[:0] = [_comment(lines[:hidden], first_line)] if hidden else []
    return parsed


def _parse_part(
    lines: list[str], first_line: int, begins: Opening, *, components: bool, groups: int
) -> markdown.Parsed:
    """A hunk may begin inside a code block, a table or a list: put it on its feet first."""
    if begins == "code":
        parsed = markdown.parse(
            ["```", *_outdented(lines)], first_line - 1, components=components, groups=groups
        )
        parsed.blocks = as_written(_clamped(block, first_line) for block in parsed.blocks)
        parsed.troubles.discard("unclosed-fence")
        return parsed
    rows = list(loose_rows(lines, first_line))
    taken = {block.first for block in rows}
    rest = ["" if first_line + i in taken else line for i, line in enumerate(_outdented(lines))]
    parsed = markdown.parse(rest, first_line, components=components, groups=groups)
    parsed.blocks = sorted(
        [*as_written(parsed.blocks), *rows], key=lambda block: (block.first, block.last)
    )
    parsed.troubles.discard("unclosed-fence")
    return parsed


def _comment(lines: list[str], first_line: int) -> Block:
    """The end of a comment that began above the hunk."""
    source = "\n".join(lines)
    last = first_line + len(lines) - 1
    return Block(kind="html", first=first_line, last=last, text=f"<!--\n{source}", source=source)


def _clamped(block: Block, first_line: int) -> Block:
    if block.first >= first_line:
        return block
    return replace(block, first=first_line, last=max(block.last, first_line))


def _outdented(lines: list[str]) -> list[str]:
    """The indented lines a hunk begins with, moved left: they continue a list above it."""
    run = 0
    for line in lines:
        if line.strip() and not line.startswith("  "):
            break
        run += 1
    indents = [len(line) - len(line.lstrip()) for line in lines[:run] if line.strip()]
    depth = min(indents, default=0)
    return [line[depth:] if index < run else line for index, line in enumerate(lines)]


def cut_sections(blocks: list[Block], fragment: int, last_line: int) -> list[Section]:
    """Cut the blocks at the headings; each heading's ``end`` is its section's last line."""
    cuts: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "heading":
            cuts.append([])
        cuts[-1].append(block)
    ends = [cut[0].first - 1 for cut in cuts[1:]] + [last_line]
    found = []
    for place, (cut, end) in enumerate(zip(cuts, ends, strict=True)):
        if place:
            heading = replace(cut[0], end=max(end, cut[0].last))
            found.append(Section(heading=heading, blocks=tuple(cut[1:]), fragment=fragment))
        elif cut or fragment:
            found.append(Section(heading=None, blocks=tuple(cut), fragment=fragment))
    return found


def _named(sections: list[Section]) -> list[Section]:
    headed = [section.heading for section in sections if section.heading]
    names = iter(list(numbered(heading.text for heading in headed)))
    above: list[Block] = []
    found = []
    for section in sections:
        heading = section.heading
        if heading is None:
            above.clear()
            found.append(section)
            continue
        name = next(names)
        while above and above[-1].level >= heading.level:
            above.pop()
        parent = above[-1].text if above else ""
        above.append(heading)
        found.append(replace(section, parent=parent, anchor=heading.anchor or name))
    return found

"""Sections that went to another file; blocks and steps that changed their place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from diffinsight.detectors import prose
from diffinsight.detectors.across.moves import Move
from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import known, lines_of, span
from diffinsight.detectors.headings import new_lines, old_lines
from diffinsight.detectors.markup import label_of
from diffinsight.detectors.notes import text_of
from diffinsight.detectors.pairing.reshaped import CELL
from diffinsight.detectors.pairing.same_section import pair_run
from diffinsight.detectors.reading.rows import Rows, other_mark
from diffinsight.markdown_text import bare_code
from diffinsight.matching.edits import prose_edits
from diffinsight.matching.sentences import carried, sentences
from diffinsight.matching.words import count, first_words
from diffinsight.models import Finding, Json
from diffinsight.outline.model import Block, Outline, Section

HEADER = re.compile(r"`(\[[\w.-]+\])`")  # the line that opens a section of a settings file
NAMES = {
    "paragraph": "paragraph",
    "item": "list-item",
    "step": "step",
    "row": "table-row",
    "code": "code",
    "html": "html",
    "note": "note",
}


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    for section in file.before.headings:
        left = whole.moves.left(file, section)
        if left and left[0].before is section:
            yield _left(file, left, whole)
    for section in file.after.headings:
        came = whole.moves.came(file, section)
        if came and came.after is section:
            yield _came(file, came)
            yield from _on_the_way(came, whole)
    yield from _taken_over(file, whole)
    yield from _blocks(file, whole)


def _taken_over(file: Comparison, whole: Whole) -> Iterator[Finding]:
    """Blocks that stand in another file now, or came from one, without their section."""
    taken = whole.taken_over(file)
    for direction, pairs in (("to", taken.left), ("from", taken.came)):
        for pair, path in pairs:
            yield Finding(
                kind="content-moved",
                subject=first_words(pair.block.text),
                impact="notable" if direction == "to" else "minor",
                values=known(
                    block=NAMES[pair.block.kind],
                    direction=direction,
                    path=path,
                    section=pair.section,
                ),
                **lines_of(pair),
            )


def _left(file: Comparison, moves: Sequence[Move], whole: Whole) -> Finding:
    move = moves[0]
    paths = tuple(dict.fromkeys(move.came.path for move in moves))
    heading = move.before.heading
    links = whole.links_to_anchor(file, move.before.anchor)
    return Finding(
        kind="section-moved",
        subject=heading.text if heading else "",
        impact="breaking" if links.count and file.compared else "notable",
        before_lines=old_lines(heading, file) if heading else None,
        values=known(
            direction="to",
            path=move.came.path,
            paths=paths if len(paths) > 1 else None,
            **_about(move.before, move),
            **(links.values() if file.compared else {}),
        ),
    )


def _came(file: Comparison, move: Move) -> Finding:
    heading = move.after.heading
    return Finding(
        kind="section-moved",
        subject=heading.text if heading else "",
        impact="notable",
        after_lines=new_lines(heading, file) if heading else None,
        values=known(direction="from", path=move.left.before_path, **_about(move.after, move)),
    )


def _on_the_way(move: Move, whole: Whole) -> Iterator[Finding]:
    """What a text of a section says that it did not say in the file it came from."""
    name = move.after.heading.text if move.after.heading else ""
    for was, now in pair_run(move.before.blocks, move.after.blocks):
        old, new = _without_said(was, now, move.after), _without_said(now, was, move.before)
        if old.kind in prose.NAMES and new.kind in prose.NAMES and old.text != new.text:
            edits = prose_edits(old.text, new.text)
            pair = Pair(before=old, after=new, section=name, edits=edits)
            if whole.says_more(pair):
                told = prose.changed(pair)
                values = {**told.values, "came_from": move.left.before_path}
                yield replace(told, before_lines=None, values=values)  # of another file


def _without_said(block: Block, version: Block, section: Section) -> Block:
    """``block`` without the sentences that the other version of its section has elsewhere."""
    others = [other.text for other in section.blocks if other is not version]
    said = sentences(block.text)
    left = [s for s in said if s in version.text or not any(s in text for text in others)]
    return block if len(left) == len(said) else replace(block, text=" ".join(left))


def _about(section: Section, move: Move) -> dict[str, Json]:
    return {
        "level": section.heading.level if section.heading else None,
        "anchor": section.anchor,
        "words": sum(count(block.text) for block in section.blocks if block.kind != "code") or None,
        "similarity": move.similarity,
    }


def _blocks(file: Comparison, whole: Whole) -> Iterator[Finding]:
    lists: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    rows: list[Pair] = []
    for pair in file.pairs:
        if pair.inside or other_mark(pair.before, pair.after):
            continue  # it came along with its section, or with its new mark
        if pair.moved and pair.block.kind == "row" and _sections(file, pair):
            rows.append(pair)
            continue
        if pair.both and _is_step(pair) and (pair.moved or renumbered(pair)):
            lists[pair.both[0].group, pair.both[1].group].append(pair)
        elif pair.moved and _is_same(pair) and (pair.block.kind in NAMES or pair.block.included):
            yield _moved_note(file, pair) if pair.block.kind == "note" else _moved(file, pair)
    yield from (_moved_rows(file, run, whole) for run in _runs(rows))
    for steps in lists.values():
        if any(pair.moved for pair in steps):
            yield _reordered(steps)
        else:
            yield from (_renumber(pair) for pair in steps)


def _is_step(pair: Pair) -> bool:
    """Whether it is a step whose numbers are known on both sides."""
    sides = (pair.before, pair.after)
    return all(block and block.kind == "step" and block.number is not None for block in sides)


def renumbered(pair: Pair) -> bool:
    """Whether only the number of a step changed."""
    if pair.both is None:
        return False
    before, after = pair.both
    same = before.text == after.text and _targets(before) == _targets(after)
    stays = before.level == after.level  # of a list of its own, it is the first
    return _is_step(pair) and same and stays and before.number != after.number


def _targets(block: Block) -> list[str]:
    return [link.target for link in block.links]


def _sections(file: Comparison, pair: Pair) -> dict[str, Json]:
    """The headings it left and came to, where they are two."""
    names = ((p.before and p.before.heading, p.after and p.after.heading) for p in file.sections)
    kept = {(old.text, new.text) for old, new in names if old and new}
    both = (pair.section_before, pair.section)
    # A heading that was renamed is the same one.
    if both[0] == both[1] or both in kept:
        return {}
    return {"section_before": both[0], "section_after": both[1]}


def _same_text(pair: Pair) -> str:
    """Its text; of prose and code only what both versions say."""
    if pair.both and pair.block.kind in prose.NAMES:
        return carried(pair.both[0].text, pair.both[1].text)
    if pair.both and pair.block.kind == "code":
        had = {line.strip() for line in pair.both[0].text.split("\n")}
        return "\n".join(line for line in pair.block.text.split("\n") if line.strip() in had)
    return pair.block.text


def _is_same(pair: Pair) -> bool:
    """Whether anything of it stood in the old version: what was written anew did not move."""
    return bool(_same_text(pair) or not pair.block.text)


def _row_name(block: Block) -> str:
    """The first cell of a row that has words."""
    return next((cell for cell in block.cells if any(map(str.isalnum, cell))), "")


def _moved(file: Comparison, pair: Pair) -> Finding:
    block, included = pair.block, pair.block.included
    name = label_of(included) if included else _row_name(block) or _same_text(pair) or block.source
    things = {
        "row-order": block.kind == "row",
        "in-table": pair.after and pair.after.name == CELL,
        "picture": prose.is_image(block),
    }
    return Finding(
        kind="content-moved",
        subject=first_words(name),
        impact="minor",
        values=known(
            block=NAMES.get(block.kind, "include"),
            thing=next((thing for thing, is_so in things.items() if is_so), None),
            **_sections(file, pair),
        ),
        **lines_of(pair),
    )


def _runs(rows: Iterable[Pair]) -> Iterator[list[Pair]]:
    """Rows that stood, and stand, one below the other."""
    run: list[Pair] = []
    for pair in rows:
        if run and not (
            _follows(run[-1].before, pair.before) and _follows(run[-1].after, pair.after)
        ):
            yield run
            run = []
        run.append(pair)
    if run:
        yield run


def _follows(one: Block | None, other: Block | None) -> bool:
    return bool(one and other and other.first == one.last + 1)


def _moved_rows(file: Comparison, run: Sequence[Pair], whole: Whole) -> Finding:
    """Rows that came from one table to another."""
    first, last = run[0], run[-1]
    titles = Rows(file.after)
    names = tuple(titles.title(pair.after) for pair in run if pair.after)
    return Finding(
        kind="content-moved",
        subject=names[0] or first_words(first.block.text),
        impact="notable",
        before_lines=span(first.before_lines, last.before_lines),
        after_lines=span(first.after_lines, last.after_lines),
        values=known(
            block=NAMES["row"],
            rows=len(run),
            row_names=tuple(filter(None, names)) or None,
            linked_from=_linked_from(file, first.section_before, names, whole),
            **_sections(file, first),
            **_headers(file, first),
        ),
    )


def _headers(file: Comparison, row: Pair) -> dict[str, Json]:
    """The sections of a settings file that the texts above both tables name, where they are two.

    Whoever has a setting in the file has to write it below another line of it.
    """
    sides = (file.before, row.before), (file.after, row.after)
    names = [_header_above(outline, block) for outline, block in sides]
    if not all(names) or names[0] == names[1]:
        return {}
    return {"header_before": names[0], "header_after": names[1]}


def _header_above(outline: Outline, row: Block | None) -> str:
    """Such as `[user]`, where the texts of a row's section above it name one alone."""
    section = next((s for s in outline.sections if any(b is row for b in s.blocks)), None)
    above = [b for b in section.blocks if row and b.first < row.first] if section else []
    found = {name for b in above if b.kind == "paragraph" for name in HEADER.findall(b.text)}
    return found.pop() if len(found) == 1 else ""


def _linked_from(file: Comparison, left: str, names: Iterable[str], whole: Whole) -> Json:
    """Links in lines that name what left a section, and that lead there or to what has it."""
    known = set(filter(None, map(bare_code, names)))
    places: tuple[Json, ...] = tuple(
        {"path": place.path, "line": place.line, "section": section.heading.text}
        for section in _around(file.before.headings, left)
        if section.heading
        for place in whole.links_about(file, section.anchor, known).found
    )
    return places or None


def _around(headings: Iterable[Section], name: str) -> Iterator[Section]:
    """A section, and the sections that it is a part of, save the page."""
    around: list[tuple[int, Section]] = []
    for section in headings:
        if section.heading:
            level = section.heading.level
            around = [item for item in around if item[0] < level] + [(level, section)]
            if section.heading.text == name:
                yield from (part for depth, part in around if depth > 1)
                return


def _moved_note(file: Comparison, pair: Pair) -> Finding:
    """A note with all that stands in it."""
    told = _moved(file, pair)
    old, new = pair.both or (pair.block, pair.block)
    return replace(
        told,
        subject=first_words(text_of(file.after, new)) or told.subject,
        before_lines=(old.first, max(old.end, old.last)),
        after_lines=(new.first, max(new.end, new.last)),
        values=known(**told.values, note=new.name),
    )


def _numbers(pair: Pair) -> tuple[int, int]:
    before, after = pair.before, pair.after
    return ((before.number or 0) if before else 0, (after.number or 0) if after else 0)


def _reordered(steps: list[Pair]) -> Finding:
    """One finding for a list, over the lines of all steps that have another number."""
    by_new = sorted(steps, key=lambda pair: _numbers(pair)[1])
    old = [_numbers(pair)[0] for pair in by_new]
    moved = next(pair for pair in by_new if pair.moved)
    # The others of a list in which every step is written as 1 did not change.
    new = old if len(steps) > 1 else [_numbers(moved)[1]]
    listed: tuple[Json, ...] = tuple(
        {"before": before, "after": after} for before, after in map(_numbers, by_new)
    )
    before_lines = [pair.before.lines for pair in steps if pair.before]
    after_lines = [pair.after.lines for pair in steps if pair.after]
    return Finding(
        kind="steps-reordered",
        subject=first_words(moved.block.text),
        impact="notable",
        before=", ".join(map(str, sorted(old))),
        after=", ".join(map(str, new)),
        before_lines=(
            min(first for first, _ in before_lines),
            max(last for _, last in before_lines),
        ),
        after_lines=(min(first for first, _ in after_lines), max(last for _, last in after_lines)),
        values=known(section=moved.section, count=len(steps), moved=listed),
    )


def _renumber(pair: Pair) -> Finding:
    before, after = _numbers(pair)
    return Finding(
        kind="step-renumbered",
        subject=first_words(pair.block.text),
        impact="noise",
        before=str(before),
        after=str(after),
        values=known(section=pair.section),
        **lines_of(pair),
    )

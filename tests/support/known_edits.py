"""More changes made on purpose: of words, of marks, of what a block is, and of nothing at all."""

from __future__ import annotations

import re
import textwrap
from random import Random

from support.known_changes import (
    CAME,
    TURNS,
    WENT,
    Known,
    Lines,
    Unit,
    drawn,
    long_texts,
    of_kind,
    turned,
    without,
    words_in,
)

NOTHING = r"nothing changes for readers|nothing else changed|small edits?|line breaks|white space"
SENTENCES = re.compile(r"(?<=\w\.) (?=[A-Z])")


def replaced(lines: Lines, unit: Unit, new: Lines) -> Lines:
    return [*lines[: unit.start], *new, *lines[unit.end :]]


@TURNS.append
def a_sentence_goes(lines: Lines, chance: Random) -> Known | None:
    found = [u for u in of_kind("paragraph", lines) if len(SENTENCES.split(lines[u.start])) > 1]
    unit = drawn(found, chance)
    if unit is None:
        return None
    said = SENTENCES.split(lines[unit.start])
    gone = said.pop(chance.randrange(len(said)))
    if len(gone.split()) < 5:
        return None
    return turned(
        "a sentence goes", lines, unit.start, " ".join(said), (words_in(gone), WENT), (CAME,)
    )


@TURNS.append
def a_denial_comes(lines: Lines, chance: Random) -> Known | None:
    found = [
        u for u in of_kind("paragraph", lines) if re.search(r"\bcan\b(?! not)", lines[u.start])
    ]
    unit = drawn(found, chance)
    if unit is None:
        return None
    line = re.sub(r"\bcan\b", "cannot", lines[unit.start], count=1)
    return turned("a denial comes", lines, unit.start, line, ("cannot",), (WENT,))


@TURNS.append
def a_cell_changes(lines: Lines, chance: Random) -> Known | None:
    unit = drawn(of_kind("table", lines), chance)
    if unit is None:
        return None
    at = chance.randrange(unit.start + 2, unit.end)
    cells = lines[at].split("|")
    cells[-2] = " Contoso only "
    key = words_in(cells[1])
    return turned("a cell changes", lines, at, "|".join(cells), (key, "Contoso only"), ())


@TURNS.append
def text_becomes_a_note(lines: Lines, chance: Random) -> Known | None:
    unit = drawn(long_texts(lines), chance)
    if unit is None:
        return None
    after = replaced(lines, unit, ["> [!IMPORTANT]", f"> {lines[unit.start]}"])
    return Known(
        name="text becomes a note", before=lines, after=after, says=("important",), never=(WENT,)
    )


@TURNS.append
def a_note_is_of_another_kind(lines: Lines, chance: Random) -> Known | None:
    unit = drawn(of_kind("note", lines), chance)
    if unit is None or "WARNING" in lines[unit.start]:
        return None
    line = "> [!WARNING]"
    return turned("a note is of another kind", lines, unit.start, line, ("warning",), (CAME, WENT))


@TURNS.append
def a_heading_is_taken_out(lines: Lines, chance: Random) -> Known | None:
    """Its text stays, and belongs to the section above."""
    heads = [u for u in of_kind("heading", lines)[2:] if u.end < len(lines) - 1]
    unit = drawn(heads, chance)
    if unit is None:
        return None
    after = without(lines, unit.start, unit.end + 1)
    says = (words_in(lines[unit.start]), r"text (below \w+ )?stays|merged|heading .*removed")
    return Known(name="a heading is taken out", before=lines, after=after, says=says, never=(CAME,))


@TURNS.append
def a_heading_is_put_in(lines: Lines, chance: Random) -> Known | None:
    unit = drawn(long_texts(lines), chance)
    if unit is None:
        return None
    after = replaced(lines, unit, ["### Contoso notes", "", lines[unit.start]])
    says = ("Contoso notes", CAME)
    return Known(name="a heading is put in", before=lines, after=after, says=says, never=(WENT,))


@TURNS.append
def a_heading_is_lowered(lines: Lines, chance: Random) -> Known | None:
    heads = [u for u in of_kind("heading", lines)[1:] if lines[u.start].startswith("## ")]
    unit = drawn(heads, chance)
    if unit is None:
        return None
    line = f"#{lines[unit.start]}"
    return turned(
        "a heading is lowered", lines, unit.start, line, ("level|below|under",), (CAME, WENT)
    )


@TURNS.append
def a_table_becomes_a_list(lines: Lines, chance: Random) -> Known | None:
    unit = drawn(of_kind("table", lines), chance)
    if unit is None:
        return None
    rows = [line.strip("| ").split("|") for line in lines[unit.start + 2 : unit.end]]
    items = [f"- {': '.join(cell.strip() for cell in row)}" for row in rows]
    says = ("table", "list|item")
    return Known(
        name="a table becomes a list", before=lines, after=replaced(lines, unit, items), says=says
    )


@TURNS.append
def a_step_is_put_first(lines: Lines, chance: Random) -> Known | None:
    """All numbers below it change."""
    unit = drawn(of_kind("steps", lines), chance)
    if unit is None:
        return None
    texts = [line.partition(" ")[2] for line in lines[unit.start : unit.end]]
    steps = [f"{n}. {text}" for n, text in enumerate(["Sign in to Contoso first.", *texts], 1)]
    says = ("Sign in to Contoso first", CAME)
    after = replaced(lines, unit, steps)
    return Known(name="a step is put first", before=lines, after=after, says=says, never=(WENT,))


@TURNS.append
def text_is_wrapped(lines: Lines, chance: Random) -> Known | None:
    unit = drawn(long_texts(lines), chance)
    if unit is None:
        return None
    after = replaced(
        lines,
        unit,
        textwrap.wrap(lines[unit.start], 40, break_on_hyphens=False, break_long_words=False),
    )
    never = (CAME, WENT, "became")
    return Known(name="text is wrapped", before=lines, after=after, says=(NOTHING,), never=never)


@TURNS.append
def texts_are_joined(lines: Lines, chance: Random) -> Known | None:
    starts = {u.start for u in of_kind("paragraph", lines)}
    found = [u for u in of_kind("paragraph", lines) if u.end + 1 in starts]
    unit = drawn(found, chance)
    if unit is None:
        return None
    both = f"{lines[unit.start]} {lines[unit.end + 1]}"
    after = [*lines[: unit.start], both, *lines[unit.end + 2 :]]
    return Known(name="texts are joined", before=lines, after=after, says=(), never=(CAME, WENT))


@TURNS.append
def quotes_are_curled(lines: Lines, chance: Random) -> Known | None:
    found = [u for u in of_kind("paragraph", lines) if lines[u.start].count("'") == 1]
    unit = drawn(found, chance)
    if unit is None:
        return None
    line = lines[unit.start].replace("'", "’")  # noqa: RUF001 - a typographic apostrophe
    never = (CAME, WENT, "became")
    return turned("quotes are curled", lines, unit.start, line, (), never)


@TURNS.append
def a_slip_is_mended(lines: Lines, chance: Random) -> Known | None:
    found = [u for u in long_texts(lines) if re.search(r" [a-z]{7,} ", lines[u.start])]
    unit = drawn(found, chance)
    if unit is None:
        return None
    word = re.search(r" ([a-z]{7,}) ", lines[unit.start])
    assert word
    slip = word[1][:3] + word[1][4] + word[1][3] + word[1][5:]
    if slip == word[1]:
        return None
    old = [*lines[: unit.start], lines[unit.start].replace(word[1], slip, 1), *lines[unit.end :]]
    return Known(
        name="a slip is mended",
        before=old,
        after=lines,
        says=("typo|spelling",),
        never=(CAME, WENT),
    )


@TURNS.append
def a_date_changes(lines: Lines, _: Random) -> Known | None:
    at = next((n for n, line in enumerate(lines[:30]) if line.startswith("ms.date:")), None)
    if at is None:
        return None
    never = (CAME, WENT)
    return turned("a date changes", lines, at, "ms.date: 11/21/2026", ("date|metadata",), never)


@TURNS.append
def a_title_changes(lines: Lines, _: Random) -> Known | None:
    at = next((n for n, line in enumerate(lines[:30]) if line.startswith("title:")), None)
    if at is None:
        return None
    line = "title: All about Contoso mounts"
    never = (CAME, WENT)
    return turned("a title changes", lines, at, line, ("title", "All about Contoso mounts"), never)


@TURNS.append
def a_link_has_other_words(lines: Lines, chance: Random) -> Known | None:
    link = re.compile(r"(?<!!)\[([^\]!`]{4,})\](?=\([^)\s#]+\))")
    found = [
        (u.start, match)
        for u in of_kind("other", lines)
        if u.end == u.start + 1
        for match in link.finditer(lines[u.start])
    ]
    if not found:
        return None
    at, match = chance.choice(found)
    line = f"{lines[at][: match.start(1)]}Contoso guide{lines[at][match.end(1) :]}"
    return turned("a link has other words", lines, at, line, ("Contoso guide",), (WENT,))


@TURNS.append
def neighbours_go(lines: Lines, chance: Random) -> Known | None:
    starts = {u.start for u in long_texts(lines)}
    unit = drawn([u for u in long_texts(lines) if u.end + 1 in starts], chance)
    if unit is None:
        return None
    after = without(lines, unit.start, unit.end + 3)
    says = (words_in(lines[unit.start]), words_in(lines[unit.end + 1]), WENT)
    return Known(name="neighbours go", before=lines, after=after, says=says, never=(CAME,))


@TURNS.append
def an_item_goes_and_another_comes(lines: Lines, chance: Random) -> Known | None:
    unit = drawn(of_kind("bullets", lines, 4), chance)
    if unit is None:
        return None
    at = chance.randrange(unit.start + 1, unit.end)
    new = "- Ask Contoso for a plan that covers all of your teams."
    after = [*lines[: unit.start], new, *without(lines, at, at + 1)[unit.start :]]
    says = (words_in(lines[at]), "Ask Contoso for a plan")
    return Known(name="an item goes, another comes", before=lines, after=after, says=says)

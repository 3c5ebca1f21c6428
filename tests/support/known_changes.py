"""Changes made on purpose to pages, and what a report on each has to say and must not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from support.doc_changes import changed

from diffinsight.models import ChangeSet, Config
from diffinsight.run import Wishes, make_report

NOW = datetime(2025, 1, 1, tzinfo=UTC)
CAME = r"\b(add(s|ed)?|new|gains?)\b"
WENT = r"\b(remov(e|es|ed)|no longer|gone|commented)\b"
SHIFTED = r"\b(mov(e|es|ed)|order|places|follows)\b"
# What a page itself says in a report: its words may speak of anything.
QUOTED = re.compile(r"“[^”]*”|`[^`]*`|\[[^\]]*\]\([^)]*\)")
FENCE = re.compile(r"`{3,}|~{3,}")
HEADING = re.compile(r"#{1,6} (?!.*#tab/)")
NOTE = re.compile(r"> \[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]")
SENTENCE = "Restart the distribution afterwards."

Lines = list[str]


@dataclass(frozen=True, kw_only=True)
class Known:
    """Two versions of a page; patterns that its title or explanation has, and must not have."""

    name: str
    before: Lines
    after: Lines
    says: Sequence[str]
    never: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A block at the margin of a page: its first line and the line after it, 0-based."""

    kind: str
    start: int
    end: int


# The page without something, the page with it, and words of it.
Part = tuple[Lines, Lines, str]
PARTS: list[Callable[[Lines, Random], Part | None]] = []
TURNS: list[Callable[[Lines, Random], Known | None]] = []


def known_changes(lines: Lines, seed: str) -> Iterator[Known]:
    """Each change once, at a place that is drawn; those that the page has no place for are left."""
    for part in PARTS:
        made = part(lines, Random(f"{part.__name__} {seed}"))  # noqa: S311 - a sample
        if made:
            lacking, whole, words = made
            name = part.__name__.replace("_", " ")
            yield Known(
                name=f"{name} comes", before=lacking, after=whole, says=(words, CAME), never=(WENT,)
            )
            yield Known(
                name=f"{name} goes", before=whole, after=lacking, says=(words, WENT), never=(CAME,)
            )
    for turn in TURNS:
        known = turn(lines, Random(f"{turn.__name__} {seed}"))  # noqa: S311
        if known and known.before != known.after:
            yield known


def several(lines: Lines, seed: str, count: int) -> Known | None:
    """So many changes to one page, one upon the other."""
    chance = Random(f"{seed} {count}")  # noqa: S311
    now = lines
    done: list[Known] = []
    for number in range(4 * count):
        offered = [k for k in known_changes(now, f"{seed} {number}") if k.before == now]
        known = chance.choice(offered) if offered else None
        if known and known.name not in {other.name for other in done}:
            done.append(known)
            now = known.after
        if len(done) == count:
            break
    if len(done) < count or not all(_is_left(known, lines, now) for known in done):
        return None
    return Known(
        name=" + ".join(known.name for known in done),
        before=lines,
        after=now,
        says=[pattern for known in done for pattern in known.says],
        never=sorted(set.intersection(*(set(known.never) for known in done))),
    )


def _is_left(known: Known, before: Lines, after: Lines) -> bool:
    """Whether no other change undid it, or took the text along that it is in."""
    came, went = (
        set(a) - set(b) for a, b in ((known.after, known.before), (known.before, known.after))
    )
    again = any(known.after.count(line) > before.count(line) for line in known.after if line)
    return came <= set(after) and went <= set(before) and (bool(came or went) or not again)


def said_of(known: Known, path: str = "docs/page.md") -> str:
    """The title and the explanation of the page."""
    file = changed(path, _text(known.before), _text(known.after))
    changes = ChangeSet(repository="contoso/docs", files=(file,))
    (told,) = make_report(changes, config=Config(), wishes=Wishes(language="en"), now=NOW).files
    return f"{told.title} {told.explanation}".replace("\\", "")


def faults(known: Known, said: str) -> list[str]:
    """What ``said`` does not say of a change, and what it says that is not so."""
    ours = QUOTED.sub("", said)
    missing = [f"lacks {it}" for it in known.says if not re.search(it, said, re.IGNORECASE)]
    wrong = [f"says {it}" for it in known.never if re.search(it, ours, re.IGNORECASE)]
    return missing + wrong


def _text(lines: Lines) -> str:
    return "\n".join(lines) + "\n"


def units(lines: Lines) -> Iterator[Unit]:
    at = 0
    if lines[:1] == ["---"]:
        at = lines.index("---", 1) + 1
    while at < len(lines):
        end = at + 1
        fence = FENCE.match(lines[at])
        if fence:
            while end < len(lines) and not lines[end].startswith(fence[0]):
                end += 1
            end += 1
        elif lines[at].strip() and not HEADING.match(lines[at]):
            while end < len(lines) and lines[end].strip() and not _begins(lines[end]):
                end += 1
        if end > len(lines):
            return
        yield Unit(kind=_kind(lines[at:end]), start=at, end=end)
        at = end


def _begins(line: str) -> bool:
    return bool(FENCE.match(line) or HEADING.match(line))


def _kind(block: Lines) -> str:  # noqa: PLR0911 - one line a kind
    if FENCE.match(block[0]):
        return "code"
    if HEADING.match(block[0]):
        return "heading"
    if NOTE.match(block[0]):
        return "note"
    if len(block) > 3 and all(line.startswith("|") for line in block):
        return "table"
    if len(block) > 1 and all(re.match(r"[-*] \S", line) for line in block):
        return "bullets"
    if len(block) > 1 and all(re.match(r"\d+\. \S", line) for line in block):
        return "steps"
    if len(block) == 1 and re.match(r"[A-Z][^|:<!\[]+\w[.]$", block[0]):
        return "paragraph"
    return "other"


def of_kind(kind: str, lines: Lines, least: int = 1) -> list[Unit]:
    return [unit for unit in units(lines) if unit.kind == kind and unit.end - unit.start >= least]


def long_texts(lines: Lines) -> list[Unit]:
    return [unit for unit in of_kind("paragraph", lines) if len(lines[unit.start].split()) > 8]


def words_in(line: str) -> str:
    """A pattern of words that are next to each other in a line, without marks between them.

    A quotation may begin behind an opening clause, so those of three places are as good.
    """
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)
    runs = re.findall(r"[A-Za-z]+(?: [A-Za-z]+){1,3}", plain)[:3]
    code = re.findall(r"`(\S+)`", plain)[:1]
    return "|".join(map(re.escape, (runs + code) or re.findall(r"\w+", plain)[:1]))


def without(lines: Lines, start: int, end: int) -> Lines:
    return [*lines[:start], *lines[end:]]


def _put(lines: Lines, at: int, *put: str) -> Lines:
    return [*lines[:at], *put, *lines[at:]]


def drawn(units: Sequence[Unit], chance: Random) -> Unit | None:
    return chance.choice(units) if units else None


def _member(kind: str, first: int, lines: Lines, chance: Random) -> int | None:
    """The line of a member of a list or table that keeps at least one other."""
    unit = drawn(of_kind(kind, lines, first + 2), chance)
    return chance.randrange(unit.start + first, unit.end) if unit else None


@PARTS.append
def a_paragraph(lines: Lines, chance: Random) -> Part | None:
    unit = drawn(long_texts(lines), chance)
    if unit is None:
        return None
    return without(lines, unit.start, unit.end + 1), lines, words_in(lines[unit.start])


@PARTS.append
def an_item(lines: Lines, chance: Random) -> Part | None:
    at = _member("bullets", 0, lines, chance)
    return (without(lines, at, at + 1), lines, words_in(lines[at])) if at else None


@PARTS.append
def a_step(lines: Lines, chance: Random) -> Part | None:
    at = _member("steps", 0, lines, chance)
    return (without(lines, at, at + 1), lines, words_in(lines[at])) if at else None


@PARTS.append
def a_row(lines: Lines, chance: Random) -> Part | None:
    at = _member("table", 2, lines, chance)
    return (without(lines, at, at + 1), lines, words_in(lines[at].split("|")[1])) if at else None


@PARTS.append
def a_column(lines: Lines, chance: Random) -> Part | None:
    unit = drawn(of_kind("table", lines), chance)
    rows = (
        [line.strip().strip("|").split("|") for line in lines[unit.start : unit.end]]
        if unit
        else []
    )
    if unit is None or len({len(row) for row in rows}) > 1 or len(rows[0]) < 3:
        return None
    at = chance.randrange(1, len(rows[0]))
    cut = ["|" + "|".join(_cells(row, at)) + "|" for row in rows]
    return [*lines[: unit.start], *cut, *lines[unit.end :]], lines, words_in(rows[0][at])


def _cells(row: list[str], left_out: int) -> list[str]:
    return [cell for place, cell in enumerate(row) if place != left_out]


@PARTS.append
def a_code_block(lines: Lines, chance: Random) -> Part | None:
    unit = drawn(of_kind("code", lines), chance)
    if unit is None:
        return None
    return without(lines, unit.start, unit.end + 1), lines, "code|example|output|diagram"


@PARTS.append
def a_note(lines: Lines, chance: Random) -> Part | None:
    unit = drawn(of_kind("note", lines), chance)
    if unit is None:
        return None
    return without(lines, unit.start, unit.end + 1), lines, "note|tip|important|warning|caution"


@PARTS.append
def a_section(lines: Lines, chance: Random) -> Part | None:
    heads = of_kind("heading", lines)
    if len(heads) < 3:
        return None
    place = chance.randrange(1, len(heads))
    start = heads[place].start
    level = len(lines[start].split()[0])
    ends = [h.start for h in heads[place + 1 :] if len(lines[h.start].split()[0]) <= level]
    return without(lines, start, (*ends, len(lines))[0]), lines, words_in(lines[start])


@PARTS.append
def a_second_copy_of_an_item(lines: Lines, chance: Random) -> Part | None:
    lists = of_kind("bullets", lines)
    if len(lists) < 2:
        return None
    one, other = chance.sample(lists, 2)
    item = lines[chance.randrange(one.start, one.end)]
    return lines, _put(lines, other.end, item), words_in(item)


@PARTS.append
def a_second_copy_of_a_paragraph(lines: Lines, chance: Random) -> Part | None:
    unit, head = drawn(long_texts(lines), chance), drawn(of_kind("heading", lines)[1:], chance)
    if not unit or not head:
        return None
    return lines, _put(lines, head.end, "", lines[unit.start]), words_in(lines[unit.start])


@TURNS.append
def text_is_commented_out(lines: Lines, chance: Random) -> Known | None:
    unit = drawn(long_texts(lines), chance)
    if unit is None:
        return None
    line = lines[unit.start]
    says = ("commented out", words_in(line))
    return turned("text is commented out", lines, unit.start, f"<!-- {line} -->", says, (CAME,))


@TURNS.append
def a_number_changes(lines: Lines, chance: Random) -> Known | None:
    lone = re.compile(r"(?<![\w.,:/-])\d+(?![\w.,:/-])")
    found = [
        (u.start, m) for u in of_kind("paragraph", lines) for m in lone.finditer(lines[u.start])
    ]
    if not found:
        return None
    at, number = chance.choice(found)
    new = str(int(number[0]) + 3)
    line = lines[at][: number.start()] + new + lines[at][number.end() :]
    return turned("a number changes", lines, at, line, (number[0], new), (CAME, WENT))


def turned(  # noqa: PLR0913, PLR0917 - what one line becomes, and what is said of it
    name: str, lines: Lines, at: int, line: str, says: Sequence[str], never: Sequence[str]
) -> Known:
    after = [*lines[:at], line, *lines[at + 1 :]]
    return Known(name=name, before=lines, after=after, says=says, never=never)


@TURNS.append
def a_heading_is_renamed(lines: Lines, chance: Random) -> Known | None:
    head = drawn(of_kind("heading", lines)[1:], chance)
    if head is None:
        return None
    line = f"{lines[head.start]} on demand"
    return turned("a heading is renamed", lines, head.start, line, ("on demand",), (CAME, WENT))


@TURNS.append
def a_sentence_is_appended(lines: Lines, chance: Random) -> Known | None:
    unit = drawn(of_kind("paragraph", lines), chance)
    if unit is None:
        return None
    line = f"{lines[unit.start]} {SENTENCE}"
    return turned("a sentence is appended", lines, unit.start, line, (SENTENCE[:-1], CAME), (WENT,))


@TURNS.append
def a_link_leads_elsewhere(lines: Lines, chance: Random) -> Known | None:
    link = re.compile(r"(?<!!)\[[^\]!]*\]\((https://[^)\s]+)\)")
    prose = [
        (at, line) for u in units(lines) if u.kind != "code" for at, line in _numbered(lines, u)
    ]
    found = [(at, match) for at, line in prose for match in link.finditer(line)]
    if not found:
        return None
    at, match = chance.choice(found)
    line = lines[at][: match.start(1)] + "https://example.com/place" + lines[at][match.end(1) :]
    says = ("link", r"example\.com/place")
    return turned("a link leads elsewhere", lines, at, line, says, (CAME, WENT))


def _numbered(lines: Lines, unit: Unit) -> Iterator[tuple[int, str]]:
    return ((at, lines[at]) for at in range(unit.start, unit.end))


@TURNS.append
def a_word_of_code_changes(lines: Lines, chance: Random) -> Known | None:
    word = re.compile(r"[a-z]{4,}")
    inner = [at for u in of_kind("code", lines) for at in range(u.start + 1, u.end - 1)]
    found = [(at, match) for at in inner for match in word.finditer(lines[at])]
    if not found:
        return None
    at, match = chance.choice(found)
    line = lines[at][: match.start()] + "elsewhere" + lines[at][match.end() :]
    return turned("a word of code changes", lines, at, line, ("elsewhere",), (CAME, WENT))


@TURNS.append
def a_paragraph_is_parted(lines: Lines, chance: Random) -> Known | None:
    found = [u for u in of_kind("paragraph", lines) if re.search(r"\w\. [A-Z]", lines[u.start])]
    unit = drawn(found, chance)
    if unit is None:
        return None
    one, two = re.split(r"(?<=\w\.) (?=[A-Z])", lines[unit.start], maxsplit=1)
    after = [*lines[: unit.start], one, "", two, *lines[unit.end :]]
    return Known(
        name="a paragraph is parted", before=lines, after=after, says=(), never=(CAME, WENT)
    )


@TURNS.append
def a_list_is_numbered(lines: Lines, chance: Random) -> Known | None:
    unit = drawn(of_kind("bullets", lines, 2), chance)
    if unit is None:
        return None
    new = [f"{n}. {line[2:]}" for n, line in enumerate(lines[unit.start : unit.end], 1)]
    return Known(
        name="a list is numbered",
        before=lines,
        after=[*lines[: unit.start], *new, *lines[unit.end :]],
        says=("number",),
        never=(CAME, WENT),
    )


@TURNS.append
def items_change_places(lines: Lines, chance: Random) -> Known | None:
    return _swapped("items change places", "bullets", 0, lines, chance)


@TURNS.append
def steps_change_places(lines: Lines, chance: Random) -> Known | None:
    return _swapped("steps change places", "steps", 0, lines, chance)


@TURNS.append
def rows_change_places(lines: Lines, chance: Random) -> Known | None:
    return _swapped("rows change places", "table", 2, lines, chance)


def _swapped(name: str, kind: str, first: int, lines: Lines, chance: Random) -> Known | None:
    unit = drawn(of_kind(kind, lines, first + 3), chance)
    if unit is None:
        return None
    at = chance.randrange(unit.start + first, unit.end - 1)
    swapped = [lines[at + 1], lines[at]]
    if kind == "steps":
        numbers = [line.partition(" ")[0] for line in (lines[at], lines[at + 1])]
        swapped = [
            f"{n} {line.partition(' ')[2]}" for n, line in zip(numbers, swapped, strict=True)
        ]
    after = [*lines[:at], *swapped, *lines[at + 2 :]]
    return Known(name=name, before=lines, after=after, says=(SHIFTED,), never=(CAME, WENT))


@TURNS.append
def a_paragraph_moves(lines: Lines, chance: Random) -> Known | None:
    """Below the heading of another section."""
    heads = of_kind("heading", lines)
    unit = drawn(long_texts(lines), chance)
    if unit is None:
        return None
    above = max((h.start for h in heads if h.start < unit.start), default=-1)
    head = drawn([h for h in heads[1:] if h.start != above], chance)
    if head is None:
        return None
    put = _put(lines, head.end, "", lines[unit.start])
    at = unit.start + (2 if unit.start > head.start else 0)
    return Known(
        name="a paragraph moves",
        before=lines,
        after=without(put, at, at + 2),
        says=(SHIFTED,),
        never=(CAME, WENT),
    )


@TURNS.append
def a_section_moves(lines: Lines, chance: Random) -> Known | None:
    heads = [u.start for u in of_kind("heading", lines) if lines[u.start].startswith("## ")]
    if len(heads) < 3:
        return None
    place = chance.randrange(len(heads) - 2)
    one, two, three = heads[place : place + 3]
    after = [*lines[:one], *lines[two:three], *lines[one:two], *lines[three:]]
    return Known(
        name="a section moves", before=lines, after=after, says=(SHIFTED,), never=(CAME, WENT)
    )

"""Code blocks: added, removed, and what changed inside."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from textwrap import dedent

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.commands import told_in
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import (
    MOST_LISTED,
    NAMELESS,
    edit_values,
    known,
    lines_of,
    tell,
)
from diffinsight.detectors.reading.owners import is_configuration, owner_of
from diffinsight.detectors.reading.shells import (
    COMMENT,
    CONTINUES,
    FIRST_WORD,
    FLAG,
    PROMPT,
    SHELLS,
    UNSURE,
    beginning,
    command_lines,
    is_shell,
    language,
)
from diffinsight.matching.code_names import is_named, names_in, values_in
from diffinsight.matching.edits import Edit
from diffinsight.matching.sequences import changes
from diffinsight.matching.words import first_words
from diffinsight.models import Finding, Json
from diffinsight.outline.model import Block

# Texts in which a line break or an indent is no more than a blank; readers see it in the first.
SHOWN_AS_WRAPPED = frozenset({"", "text", "txt", "output", "markdown"})
WRAPS_FREELY = SHOWN_AS_WRAPPED | frozenset(
    "http https json jsonc xml html css scss javascript js typescript ts csharp "  # noqa: SIM905 - a list of words
    "cs c cpp java sql".split()
)
REQUEST = re.compile(r"\s*(?:GET|POST|PUT|PATCH|DELETE|HEAD)\s+(?:https?:/)?/")
GUID = re.compile(r"(?i)(?<![\w-])[\da-z]{8}(?:-[\da-z]{4}){3}-[\da-z]{12}(?![\w-])")
GAP = re.compile(r"<[^<>\n]{1,60}>")
VALUE = re.compile(r"\d|[\"']")
_SPACED_MARK = re.compile(r"^(\s*(?:[#;]\s*)?[\w.-]+)[ \t]*=(?!=)[ \t]*")  # after a lone name
MOST_COMMANDS = 5
MOST_NAMES = 6
MOST_SLIPS = 2  # single words that came, went or changed where text was wrapped anew
LINES_PER_SLIP = 4  # changed for each of them, and more
LONGEST_WRAPPED = 20_000  # characters of both versions
LEAST_SAID = 4  # words of a sentence
LONGEST_COMMAND = 60  # characters of one that is told whole
MOST_LOOKED_FOR = 100  # in the other version, each by a search through all of it


def find(file: Comparison, whole: Whole) -> Iterator[Finding]:
    commands = told_in(file)
    for pair in file.pairs:
        if pair.block.kind != "code" or (pair.inside and not pair.both) or commands.has(pair):
            continue
        yield from (
            _changed(file, pair, whole)
            if pair.both
            else [_one_sided(pair, commands.known_in(pair))]
        )


def _subject(block: Block) -> str:
    return language(block) or first_words(block.text) or NAMELESS


def _one_sided(pair: Pair, known_commands: Collection[str]) -> Finding:
    """``known_commands`` stand in the other version as well."""
    block = pair.block
    return Finding(
        kind="code-added" if pair.after else "code-removed",
        subject=_subject(block),
        impact="notable",
        values=known(
            section=pair.section,
            note=block.note,
            language=language(block) or None,
            lines=len(block.text.splitlines()),
            commands=_commands(block, known_commands) or None,
            names=_names(block) or None,
        ),
        **lines_of(pair),
    )


def _commands(block: Block, but: Collection[str]) -> tuple[Json, ...]:
    """First words of the command lines of a shell block."""
    if not is_shell(block):
        return ()
    lines = (line for line in command_lines(block) if " ".join(line.split()) not in but)
    each = (command for line in lines for command in _chained(line))
    return tuple(list(dict.fromkeys(map(beginning, each)))[:MOST_COMMANDS])


def _chained(line: str) -> list[str]:
    """The commands of a line that run one after the other."""
    parts = [part.strip() for part in line.split("&&")]
    quoted = any(mark in line for mark in "\"'")
    return [line] if quoted else [part for part in parts if part] or [line]


def _names(block: Block) -> tuple[Json, ...]:
    """What a program of a language that is no shell's uses."""
    return () if is_shell(block) else names_in(block.text)[:MOST_NAMES]


def _names_of(file: Comparison, before: Block, after: Block, whole: Whole) -> dict[str, Json]:
    """Names that came into the code, and that left the page for no new file of the range.

    And what has another value under the same name. Of a shell, commands tell more.
    """
    if language(after) in SHELLS - UNSURE:
        return {}
    texts = before.text, after.text
    names = [names_in(text)[:MOST_LOOKED_FOR] for text in texts]
    came = [name for name in names[1] if not is_named(name, texts[0])]
    page = "\n".join(fragment.text for fragment in file.after_text)
    gone = [name for name in names[0] if not is_named(name, texts[1] + page)]
    gone = [name for name in gone if not is_named(name, whole.new_pages)]
    return {
        "names_added": tuple(came[:MOST_NAMES]) or None,
        "names_removed": tuple(gone[:MOST_NAMES]) or None,
        "values_changed": tuple(_other_values(*texts))[:MOST_NAMES] or None,
    }


def _other_values(before: str, after: str) -> Iterator[Json]:
    old, new = values_in(before), values_in(after)
    for name, value in old.items():
        if new.get(name, value) != value:
            yield {"before": value, "after": new[name], "of": name}


def _changed(file: Comparison, pair: Pair, whole: Whole) -> Iterator[Finding]:
    if pair.both is None or pair.both[0].kind != "code":
        return
    before, after = pair.both
    same_language = language(before) == language(after)
    if _squeezed(before.text) == _squeezed(after.text) and same_language:
        if not pair.moved:
            what = "indent" if before.text != after.text else "inside"
            spaced = what == "indent" or _squeezed(before.source) == _squeezed(after.source)
            kind = "whitespace-changed" if spaced else "formatting-changed"
            values = {"what": what if spaced else None}
            yield tell(kind, pair, "noise", subject=_subject(after), values=values)
        return
    if same_language and _unspaced(before) == _unspaced(after):
        yield tell("formatting-changed", pair, "noise", subject=_subject(after))
        return
    if (
        same_language
        and language(after) in WRAPS_FREELY
        and before.text.split() == after.text.split()
    ):
        yield _wrapped(pair, after)
        return
    slips = _slips(before, after) if same_language else ()
    if slips:
        yield _wrapped(pair, after)
    commands = _whole_commands(before, after)
    yield Finding(
        kind="code-changed",
        subject=_subject(after),
        impact="notable" if pair.edits else "minor",  # only its language is named otherwise
        values=known(
            section=pair.section,
            note=after.note,
            language=language(after) or None,
            language_before=None if same_language else language(before),
            aspects=_aspects(pair, before, after),
            commands=_starts(commands) or None,
            **_with_owners(slips or commands or pair.edits, before, after),
            **({} if slips else _line_counts(before, after)),
            **_names_of(file, before, after, whole),
        ),
        **lines_of(pair),
    )


def _with_owners(edits: Sequence[Edit], before: Block, after: Block) -> dict[str, Json]:
    """What changed, each with the command, key or setting that it belongs to."""
    values = edit_values(edits)
    owners = [owner_of(edit, before, after) for edit in edits[:MOST_LISTED]]
    sides = [{"before": edit.before, "after": edit.after} for edit in edits]
    listed = zip(sides, owners, strict=False)
    values["edits"] = tuple(side | ({"of": owner} if owner else {}) for side, owner in listed)
    return values


def _wrapped(pair: Pair, after: Block) -> Finding:
    """Other line breaks: readers see them in text, and in a language they stand for nothing."""
    seen = language(after) in SHOWN_AS_WRAPPED
    return tell(
        "reflowed",
        pair,
        "minor" if seen else "noise",
        subject=_subject(after),
        values={"thing": "code" if seen else None},
    )


def _slips(before: Block, after: Block) -> tuple[Edit, ...]:
    """The few words that differ, with their neighbours, where text was only wrapped otherwise."""
    if language(after) not in WRAPS_FREELY or len(before.text) + len(after.text) > LONGEST_WRAPPED:
        return ()
    old, new = before.text.split(), after.text.split()
    found = list(changes(old, new))
    lines = sum(_line_counts(before, after).values())
    if not 0 < len(found) <= MOST_SLIPS or lines <= LINES_PER_SLIP * len(found):
        return ()
    if any(max(c.before[1] - c.before[0], c.after[1] - c.after[0]) > 1 for c in found):
        return ()
    return tuple(
        Edit(before=_around(old, change.before), after=_around(new, change.after), kind="words")
        for change in found
    )


def _around(words: Sequence[str], place: tuple[int, int]) -> str:
    return " ".join(words[max(place[0] - 1, 0) : place[1] + 2])


def _whole_commands(before: Block, after: Block) -> tuple[Edit, ...]:
    """Short commands that became others, line by line: a word out of one says little."""
    texts = before.text, after.text
    lines = [[PROMPT.sub("", line).strip() for line in text.splitlines()] for text in texts]
    known = [{*_runnable(block)} for block in (before, after)]
    found = []
    for change in changes(*lines):
        old, new = lines[0][slice(*change.before)], lines[1][slice(*change.after)]
        if len(old) != len(new) or not (known[0].issuperset(old) and known[1].issuperset(new)):
            return ()
        found += [Edit(before=a, after=b, kind="words") for a, b in zip(old, new, strict=True)]
    whole = all(_is_short(edit.before) and _is_short(edit.after) for edit in found)
    return tuple(found) if whole else ()


def _starts(commands: Sequence[Edit]) -> tuple[Json, ...]:
    """What commands that became others begin with; a request of an example is none to be run."""
    run = (edit.before for edit in commands if not REQUEST.match(edit.before))
    return tuple(dict.fromkeys(map(beginning, run)))


def _runnable(block: Block) -> Iterator[str]:
    """Requests, and the commands of a block for a shell."""
    yield from (line.strip() for line in block.text.splitlines() if REQUEST.match(line))
    if is_shell(block):
        yield from command_lines(block)


def _is_short(command: str) -> bool:
    return len(command) <= LONGEST_COMMAND and not CONTINUES.search(command)


def _squeezed(text: str) -> list[str]:
    """Lines without what an editor adds: trailing blanks, blank lines, a common indent."""
    return [line.rstrip() for line in dedent(text).splitlines() if line.strip()]


def _unspaced(block: Block) -> list[str]:
    """Lines without the spaces around `=`, where they mean nothing; a shell reads a command."""
    lines = _squeezed(block.text)
    means = is_shell(block) and not is_configuration(block)
    return lines if means else [_SPACED_MARK.sub(r"\1=", line) for line in lines]


def _line_counts(before: Block, after: Block) -> dict[str, int]:
    found = list(changes(before.text.splitlines(), after.text.splitlines()))
    return {
        "lines_added": sum(change.after[1] - change.after[0] for change in found),
        "lines_removed": sum(change.before[1] - change.before[0] for change in found),
    }


def _aspects(pair: Pair, before: Block, after: Block) -> tuple[Json, ...]:
    """What sorts of things changed, in a fixed order; alone, what nobody runs."""
    old, new = before.text.splitlines(), after.text.splitlines()
    touched: list[str] = []
    for change in changes(old, new):
        touched += old[slice(*change.before)] + new[slice(*change.after)]
    said = [line for line in touched if line.strip()]
    if said and all(map(COMMENT.match, said)):
        return ("comment",)
    if said and is_shell(after) and all(map(_is_said, said)):
        return ("output",)
    if said and _placeless(before) == _placeless(after):
        return ("placeholder",)
    words = [edit.before for edit in pair.edits] + [edit.after for edit in pair.edits]
    found = {
        "language": language(before) != language(after),
        "command": is_shell(after) and _first_words(before) != _first_words(after),
        "option": set(FLAG.findall(before.text)) != set(FLAG.findall(after.text)),
        "comment": any(COMMENT.match(line) for line in touched),
        "string": any("'" in word or '"' in word for word in words),
        "value": any(VALUE.search(word) for word in words),
        "identifier": any(re.search(r"[A-Za-z_]{2}", word) for word in words),
    }
    return tuple(name for name, is_so in found.items() if is_so)


def _is_said(line: str) -> bool:
    """Whether a line of a block for a shell is a sentence, which a program prints."""
    words = line.split()
    return len(words) >= LEAST_SAID and bool(FIRST_WORD.match(words[0])) and "=" not in line


def _placeless(block: Block) -> str:
    """The code without what readers put their own values for."""
    text = GUID.sub("-", block.text)
    return GAP.sub("-", text) if is_shell(block) else text


def _first_words(block: Block) -> list[str]:
    return [line.split()[0] for line in command_lines(block)]

"""Commands that stand by themselves outside code blocks: a reader copies them all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from diffinsight.detectors.across.whole import Whole
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import edit_values, known
from diffinsight.detectors.reading.shells import FLAG, PROGRAMS, beginning, command_lines
from diffinsight.markdown_text import bare_code, is_code
from diffinsight.matching.code_edits import code_edits
from diffinsight.matching.edits import Edit
from diffinsight.matching.words import first_words
from diffinsight.models import Finding
from diffinsight.outline.model import PROSE, Block

CODE_SPAN = re.compile(r"`[^`]+`")
_SAME = 2  # words at the start of two versions of one command


@dataclass(kw_only=True, slots=True)
class Told:
    """What this module tells, for those that would tell it too."""

    findings: list[Finding] = field(default_factory=list)
    pairs: set[int] = field(default_factory=set)  # ids
    known: dict[int, set[str]] = field(default_factory=dict)  # commands of code blocks, by pair

    def has(self, pair: Pair) -> bool:
        return id(pair) in self.pairs

    def known_in(self, pair: Pair) -> frozenset[str]:
        """Commands of a code block that stood outside of one before, or do now."""
        return frozenset(self.known.get(id(pair), ()))


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    yield from told_in(file).findings


def told_in(file: Comparison) -> Told:
    """Commands that were set otherwise, and lone ones that changed."""
    told = Told()
    pairs = [pair for pair in file.pairs if not pair.inside and not pair.moved]
    for side in ("before", "after"):
        _set_otherwise(pairs, side, told)
    _exchanged([pair for pair in pairs if not told.has(pair)], told)
    return told


def is_lone_command(block: Block) -> bool:
    """Whether a block is nothing but a command in code marks."""
    return block.kind in PROSE and is_command(block.text)


def is_command(text: str) -> bool:
    """Whether ``text`` is one code span with a command and what it is given."""
    if not is_code(text):
        return False
    words = bare_code(text).split()
    return len(words) > 1 and (
        words[0] in PROGRAMS or any(FLAG.fullmatch(word.partition("=")[0]) for word in words[1:])
    )


def exchanged_commands(before: str, after: str) -> tuple[Edit, ...]:
    """Commands in code marks that took the place of others within a text, in order."""
    old, new = CODE_SPAN.findall(before), CODE_SPAN.findall(after)
    gone = [span for span in dict.fromkeys(old) if span not in new and is_command(span)]
    came = [span for span in dict.fromkeys(new) if span not in old and is_command(span)]
    if len(gone) != len(came):
        return ()
    return tuple(Edit(before=a, after=b, kind="words") for a, b in zip(gone, came, strict=True))


def _set_otherwise(pairs: Sequence[Pair], side: str, told: Told) -> None:
    """Lone commands of one side that stand in code blocks of the other."""
    other = "after" if side == "before" else "before"
    blocks = [(pair, _commands_of(pair, other)) for pair in pairs if _only(pair, other, "code")]
    for pair in pairs:
        block = getattr(pair, side)
        if not block or pair.both or not (block.kind in PROSE and is_code(block.text)):
            continue  # any code, for a line of a code block that is the same is known as a command
        command = _squeezed(bare_code(block.text))
        home = next((code for code, lines in blocks if command in lines), None)
        if home is None:
            continue
        told.pairs.add(id(pair))
        known = told.known.setdefault(id(home), set())
        known.add(command)
        if known >= _commands_of(home, other):
            told.pairs.add(id(home))
        lines = home.block.lines
        apart = side == "before"
        told.findings.append(
            Finding(
                kind="formatting-changed",
                subject=first_words(bare_code(block.text)),
                impact="minor" if apart else "noise",
                before_lines=block.lines if apart else lines,
                after_lines=lines if apart else block.lines,
                values={"thing": "set-apart"} if apart else {},
            )
        )


def _only(pair: Pair, side: str, kind: str) -> bool:
    block = getattr(pair, side)
    return block is not None and pair.both is None and block.kind == kind


def _commands_of(pair: Pair, side: str) -> set[str]:
    return {_squeezed(line) for line in command_lines(getattr(pair, side))}


def _squeezed(command: str) -> str:
    return " ".join(command.split())


def _exchanged(pairs: Sequence[Pair], told: Told) -> None:
    """A lone command that went and one that came, in the same order, are one that changed."""
    gone = [pair for pair in pairs if _is_lone(pair, "before")]
    came = [pair for pair in pairs if _is_lone(pair, "after")]
    for old in gone:
        new = next((pair for pair in came if _are_one(old, pair)), None)
        if new and old.before and new.after:
            came.remove(new)
            _change(told, (old, new), old.before, new.after)


def _is_lone(pair: Pair, side: str) -> bool:
    block = getattr(pair, side)
    return block is not None and pair.both is None and is_lone_command(block)


def _are_one(old: Pair, new: Pair) -> bool:
    starts = [bare_code(pair.block.text).split()[:_SAME] for pair in (old, new)]
    return starts[0] == starts[1] and old.block.text != new.block.text


def _change(told: Told, pairs: Sequence[Pair], before: Block, after: Block) -> None:
    texts = bare_code(before.text), bare_code(after.text)
    flags = [set(FLAG.findall(text)) for text in texts]
    told.pairs.update(map(id, pairs))
    told.findings.append(
        Finding(
            kind="code-changed",
            subject=first_words(texts[1]),
            impact="notable",
            before_lines=before.lines,
            after_lines=after.lines,
            values=known(
                section=pairs[-1].section,
                note=after.note,
                commands=(beginning(texts[0]),),
                aspects=("option" if flags[0] != flags[1] else "value",),
                lines_added=1,
                lines_removed=1,
                **edit_values(code_edits(*texts)),
            ),
        )
    )

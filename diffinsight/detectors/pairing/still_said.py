"""Texts of one version that the other one says as steps: words above code with their commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from diffinsight.detectors.reading.model import Comparison, Pair
from diffinsight.matching.sentences import Words
from diffinsight.matching.weight import COMMAND
from diffinsight.outline.model import PROSE, Block

LEADING = 1.0  # weight of what the words above a command share with the text that had it
NEAR = 2  # lines from the words to the code that they lead into
MOST = 40_000  # texts that went times texts that came

Said = Mapping[int, tuple[Pair, Pair]]  # the first and the last text that says it, by its id


def still_said(file: Comparison) -> Said:
    """Texts that went and gave way to new ones, and texts that came in the place of old ones."""
    gone = [pair for pair in file.pairs if pair.before and not pair.after]
    came = [pair for pair in file.pairs if pair.after and not pair.before]
    if len(gone) * len(came) > MOST:
        return {}
    return dict([*_said(gone, came), *_said(came, gone)])


def _said(texts: Sequence[Pair], others: Sequence[Pair]) -> Iterator[tuple[int, tuple[Pair, Pair]]]:
    for pair in texts if others else ():
        if pair.block.kind in PROSE and not pair.inside:
            found = _in_steps(pair, others)
            if found:
                yield id(pair), found


def _in_steps(pair: Pair, others: Sequence[Pair]) -> tuple[Pair, Pair] | None:
    """Words above code that has the commands which the text tells to run."""
    commands = [found.strip("`") for found in COMMAND.findall(pair.block.text)]
    if not commands:
        return None
    words = Words.of(pair.block.text)
    for lead, code in _led(others):
        has = all(command in code.block.text for command in commands)
        if has and words.shared(Words.of(lead.block.text)) >= LEADING:
            return lead, code
    return None


def _led(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Pair]]:
    """Code and the text right above it."""
    last: Pair | None = None
    for pair in sorted(pairs, key=lambda pair: pair.block.first):
        if pair.block.kind == "code" and last and _is_above(last.block, pair.block):
            yield last, pair
        last = pair if pair.block.kind in PROSE else None


def _is_above(text: Block, code: Block) -> bool:
    return code.first - text.last <= NEAR

"""Code blocks: added, removed, and what changed inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import dedent

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import NAMELESS, edit_values, known, lines_of, tell
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.matching.code_names import is_named, names_in
from diffinsight.matching.sequences import changes
from diffinsight.matching.words import first_words
from diffinsight.models import Finding, Json
from diffinsight.outline.model import Block

SHELLS = frozenset(
    [
        "bash",
        "sh",
        "shell",
        "zsh",
        "fish",
        "console",
        "powershell",
        "azurecli",
        "azurepowershell",
        "cmd",
        "bat",
        "batch",
        "terminal",
        "azurecli-interactive",
        "azurepowershell-interactive",
        "dotnetcli",
        "ps",
        "ps1",
        "pwsh",
        "text",
        "output",
    ]
)
# Texts in which a line break or an indent is no more than a blank.
WRAPS_FREELY = frozenset(
    "text txt output http https json jsonc xml html css scss javascript js typescript ts csharp "  # noqa: SIM905 - a list of words
    "cs c cpp java sql markdown".split()
) | {""}
# Blocks of these, and those without a language, show what a program says as often as a command.
UNSURE = frozenset({"", "text", "output"})
COMMAND = re.compile(r"[A-Za-z_./~\\$][\w./~\\:+$-]*(?<!:)$")
CONTINUES = re.compile(r"[\\`^|]\s*$")
SENTENCE = re.compile(r"[A-Z][a-z]+$")  # PowerShell's commands have a hyphen
PROGRAMS = frozenset(
    "apt apt-get az brew cargo cat cd chmod choco conda cp curl docker dotnet echo export gh git "  # noqa: SIM905 - a list of words
    "go helm java kubectl ls make mkdir mv npm npx node php pip pip3 pnpm podman pwsh python "
    "python3 rm ruby set ssh sudo tar uv wget winget wsl wsl.exe yarn".split()
)
PROMPT = re.compile(r"^\s*(?:\$|>|#|PS [^>]*>|C:[^>]*>)\s+")
FLAG = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")
VALUE = re.compile(r"\d|[\"']")
COMMENT = re.compile(r"^\s*(?:#|//|--|;|/\*|\*|<!--)")
MOST_COMMANDS = 5
MOST_NAMES = 6


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    for pair in file.pairs:
        if pair.block.kind != "code" or (pair.inside and not pair.both):
            continue
        yield from _changed(pair) if pair.both else [_one_sided(pair)]


def language(block: Block) -> str:
    return re.split(r"[\s{,:]", block.name.strip("{}.").strip(), maxsplit=1)[0].lower()


def is_shell(block: Block) -> bool:
    return language(block) in SHELLS or not language(block)


def _subject(block: Block) -> str:
    return language(block) or first_words(block.text) or NAMELESS


def _one_sided(pair: Pair) -> Finding:
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
            commands=_commands(block) or None,
            names=_names(block) or None,
        ),
        **lines_of(pair),
    )


def _commands(block: Block) -> tuple[Json, ...]:
    """First words of the command lines of a shell block."""
    if not is_shell(block):
        return ()
    words = (" ".join(line.split()[:2]) for line in _command_lines(block))
    return tuple(list(dict.fromkeys(words))[:MOST_COMMANDS])


def _names(block: Block) -> tuple[Json, ...]:
    """What a program of a language that is no shell's uses."""
    return () if is_shell(block) else names_in(block.text)[:MOST_NAMES]


def _names_of(before: Block, after: Block) -> dict[str, Json]:
    """Names that only one version has, as far as it is known."""
    texts = before.text, after.text
    came = [name for name in names_in(texts[1]) if not is_named(name, texts[0])]
    gone = [name for name in names_in(texts[0]) if not is_named(name, texts[1])]
    return {
        "names_added": tuple(came[:MOST_NAMES]) or None,
        "names_removed": tuple(gone[:MOST_NAMES]) or None,
    }


def _command_lines(block: Block) -> Iterator[str]:
    """Lines that begin with a command; what a program prints is none."""
    continues = False
    for line in block.text.splitlines():
        bare = PROMPT.sub("", line).strip()
        first = bare.split()[0] if bare else ""
        if first and not continues and not COMMENT.match(bare):
            prompted = bare != line.strip()
            sure = prompted or language(block) not in UNSURE or first in PROGRAMS
            if sure and COMMAND.match(first) and not SENTENCE.match(first):
                yield bare
        continues = bool(CONTINUES.search(line))


def _changed(pair: Pair) -> Iterator[Finding]:
    if pair.both is None or pair.both[0].kind != "code":
        return
    before, after = pair.both
    same_language = language(before) == language(after)
    if _squeezed(before.text) == _squeezed(after.text) and same_language:
        if not pair.moved:
            kind = "whitespace-changed" if before.text != after.text else "formatting-changed"
            what = "indent" if before.text != after.text else None
            yield tell(kind, pair, "noise", subject=_subject(after), values={"what": what})
        return
    if (
        same_language
        and language(after) in WRAPS_FREELY
        and before.text.split() == after.text.split()
    ):
        yield tell("reflowed", pair, "noise", subject=_subject(after))
        return
    yield Finding(
        kind="code-changed",
        subject=_subject(after),
        impact="notable",
        values=known(
            section=pair.section,
            note=after.note,
            language=language(after) or None,
            language_before=None if same_language else language(before),
            aspects=_aspects(pair, before, after),
            **edit_values(pair.edits),
            **_line_counts(before, after),
            **_names_of(before, after),
        ),
        **lines_of(pair),
    )


def _squeezed(text: str) -> list[str]:
    """Lines without what an editor adds: trailing blanks, blank lines, a common indent."""
    return [line.rstrip() for line in dedent(text).splitlines() if line.strip()]


def _line_counts(before: Block, after: Block) -> dict[str, Json]:
    found = list(changes(before.text.splitlines(), after.text.splitlines()))
    return {
        "lines_added": sum(change.after[1] - change.after[0] for change in found),
        "lines_removed": sum(change.before[1] - change.before[0] for change in found),
    }


def _aspects(pair: Pair, before: Block, after: Block) -> tuple[Json, ...]:
    """What sorts of things changed, in a fixed order."""
    old, new = before.text.splitlines(), after.text.splitlines()
    touched: list[str] = []
    for change in changes(old, new):
        touched += old[slice(*change.before)] + new[slice(*change.after)]
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


def _first_words(block: Block) -> list[str]:
    return [line.split()[0] for line in _command_lines(block)]

"""Languages of code blocks, and the commands in blocks for a shell."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
# Blocks of these, and those without a language, show what a program says as often as a command.
UNSURE = frozenset({"", "text", "output"})
COMMAND = re.compile(r"[A-Za-z_./~\\$][\w./~\\:+$-]*(?<!:)$")
CONTINUES = re.compile(r"[\\`^|]\s*$")
FIRST_WORD = re.compile(r"[A-Z][a-z]+[.,;!?]?$")  # of a sentence; PowerShell has hyphens
PROGRAMS = frozenset(
    "apt apt-get az brew cargo cat cd chmod choco conda cp curl docker dotnet echo export gh git "  # noqa: SIM905 - a list of words
    "go helm java kubectl ls make mkdir mv npm npx node php pip pip3 pnpm podman pwsh python "
    "python3 rm ruby set ssh sudo tar uv wget winget wsl wsl.exe yarn".split()
)
_MARKUP = ">#"  # prompts with which a quotation and a heading start, too
# The last one is how a notebook has a shell run a line.
PROMPT = re.compile(r"^\s*(?:(?:\$|>|#|PS [^>]*>|C:[^>]*>)\s+|[!%]\s?(?=[a-z]))")
FLAG = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")
ENDS = re.compile(
    r"[|&;<>\"'`(]|[\\^]$"
)  # another command, a file, a text of several words, a line
MOST_WORDS = 4  # of the beginning of a command
LONGEST = 50  # characters of it
LONGEST_WHOLE = 72  # ... where that is all it is run on
COMMENT = re.compile(r"^\s*(?:#|//|--|;|/\*|\*|<!--)")


def language(block: Block) -> str:
    return re.split(r"[\s{,:]", block.name.strip("{}.").strip(), maxsplit=1)[0].lower()


def is_shell(block: Block) -> bool:
    return language(block) in SHELLS or not language(block)


def command_lines(block: Block) -> Iterator[str]:
    """Lines that begin with a command; what a program prints is none."""
    continues = False
    for line in block.text.splitlines():
        bare = PROMPT.sub("", line).strip()
        first = bare.split()[0] if bare else ""
        if first and not continues and not COMMENT.match(bare):
            prompted = bare != line.strip() and line.strip()[0] not in _MARKUP
            sure = prompted or language(block) not in UNSURE or first in PROGRAMS
            if sure and COMMAND.match(first) and not FIRST_WORD.match(first):
                yield bare
        continues = bool(CONTINUES.search(line))


def beginning(command: str) -> str:
    """What a command is known by: its words up to the first option, or with it if it is alone.

    Where it is cut within what it is run on, such as packages to install, it ends in "…".
    """
    program, *rest = command.split()
    words = [program]
    for number, word in enumerate(rest):
        option = word.startswith("-")
        if ENDS.match(word) or (option and len(words) > 1):
            break
        if len(" ".join((*words, word))) > LONGEST or len(words) >= MOST_WORDS:
            last = _operands(rest[number:])
            whole = " ".join((*words, *last))
            return whole if len(whole) <= LONGEST_WHOLE else " ".join((*words, "…"))
        words.append(word)
        if option:
            break
    return " ".join(words)


def _operands(words: list[str]) -> list[str]:
    """``words`` up to the first option, or mark that ends a command."""
    end = (n for n, word in enumerate(words) if word.startswith("-") or ENDS.match(word))
    return words[: next(end, len(words))]

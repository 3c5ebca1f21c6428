"""What a difference in code belongs to: a command, a key, or the setting below a comment."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import dropwhile

from diffinsight.detectors.reading.shells import beginning, command_lines, is_shell, language
from diffinsight.matching.code_comments import COMMENTED_SETTING, is_comment
from diffinsight.matching.edits import Edit
from diffinsight.outline.model import Block

_LANGUAGES = frozenset({"ini", "toml", "yaml", "yml", "properties", "conf", "cfg", "env", "dotenv"})
_SECTION = re.compile(r"\s*\[[\w .-]{1,100}\]\s*")
_SETTING = re.compile(r"""\s*(?:-\s+)?["']?([A-Za-z][\w.-]*)["']?\s*[=:](?![=:/])""")
# ... with its type, or without.
_KEY = re.compile(
    r"""(?<![\w.$-])(["']?)([A-Za-z_][\w.-]*)\1(?::\s?[A-Za-z_][\w.\[\]]*\s?=|\s?[=:])\s?["'`]?$"""
)
# In front of names that a line imports.
_IMPORT = re.compile(r"(?:^|\s)import\s[\w\s,{]*$")
_STRING = re.compile(r"""["'][^"'\n]*["']""")
_LIST_KEY = re.compile(r"""["']?([A-Za-z_][\w.-]{0,39})["']?\s*[:=]\s*\[""")
_WRAP = re.compile(r"\s*[\\`^]\s*\n\s*")  # a command goes on in the next line
_LONE_LETTER = re.compile(r" -\w$")  # says nothing of what the command does
_LONGEST_KEY = 40  # characters


def is_configuration(block: Block) -> bool:
    """Whether it holds settings, whatever its language is said to be."""
    return language(block) in _LANGUAGES or any(
        _SECTION.fullmatch(line) for line in block.text.splitlines()
    )


def owner_of(edit: Edit, before: Block, after: Block) -> str:
    """A key, a setting or how a command begins; empty where nothing is sure to be it."""
    block, piece = (after, edit.after) if edit.after else (before, edit.before)
    if all(is_comment(side) for side in (edit.before, edit.after) if side):
        return _setting(block, piece, edit.left) if is_configuration(block) else ""
    if _IMPORT.search(edit.left):
        return "import"
    found = _KEY.search(edit.left) if edit.before and edit.after else None
    if found and len(found[2]) <= _LONGEST_KEY:
        return found[2]
    if not (edit.before and edit.after) and _STRING.fullmatch(piece):
        return _list_with(block, piece)
    option = any(side.startswith("-") for side in (edit.before, edit.after))
    return _command(block, piece) if option and is_shell(block) else ""


def _list_with(block: Block, member: str) -> str:
    """The key of the list in which a string has a line of its own."""
    lines = [line.strip().rstrip(",") for line in block.text.splitlines()]
    if lines.count(member) != 1:
        return ""
    above = reversed(lines[: lines.index(member)])
    opening = next(dropwhile(_STRING.fullmatch, above), "")
    key = _LIST_KEY.fullmatch(opening)
    return key[1] if key else ""


def _setting(block: Block, comment: str, left: str) -> str:
    """The setting in front of a comment, in it, or below it."""
    lines = block.text.splitlines()
    first, last = (comment.split("\n")[place].strip() for place in (0, -1))
    if left:
        found = _SETTING.match(left)
    elif COMMENTED_SETTING.match(first):
        found = None
    else:
        places = [n for n, line in enumerate(lines) if line.strip() == last]
        below = lines[places[0] + 1 :] if len(places) == 1 else []
        found = next(map(_named, below), None)
    return found[1] if found else ""


def _named(line: str) -> re.Match[str] | None:
    return COMMENTED_SETTING.match(line) or _SETTING.match(line)


def _command(block: Block, piece: str) -> str:
    """The one command that has an option."""
    whole = replace(block, text=_WRAP.sub(" ", block.text))
    wanted = " ".join(_WRAP.sub(" ", piece).rstrip("\\`^ ").split())
    found = {
        _LONE_LETTER.sub("", beginning(line))
        for line in command_lines(whole)
        if f" {wanted} " in f" {' '.join(line.split())} "
    }
    return found.pop() if len(found) == 1 else ""

"""The name of what a sentence calls "this feature" or "it": the text before it has one."""

from __future__ import annotations

import re
from itertools import islice

from diffinsight.matching.words import first_words
from diffinsight.outline.model import Block, Outline

# "This entity", "these preview features", "the model", "it will"; "the Import API" is a name.
GENERIC = re.compile(
    r"(?:(?:[Tt]his|[Tt]hese|[Tt]hat|[Tt]hose)(?:\s[a-z-]+){0,3}|[Tt]he\s[a-z-]+|[Ii]t|[Tt]hey)"
    r"(?:\s(?:is|are|was|were|will|has|have|can|does|do|isn't|aren't|won't)\b.*)?"
    r"|Deprecated(?:\s.*)?"
)
BOLD = re.compile(r"\s*+(?:(?:[-*+>]|\d+[.)])\s++)*(?:\*\*|__)(.+?)(?:\*\*|__)")
CODE = re.compile(r"`([A-Za-z][\w.-]{2,})`")  # a value such as `domain=phi` is no name
NO_NAME = re.compile(r"(?i)note|tip|important|warning|caution|danger|deprecated")  # of a note
MOST_BLOCKS = 6  # before a sentence; a label further up may be about something else


def name_before(block: Block, sentence: str, thing: str, outline: Outline) -> str:
    """``thing``, or what the nearest text before ``sentence`` calls it, if it is a mere word."""
    if not GENERIC.fullmatch(thing.replace("…", "").strip()):
        return thing
    own = block.text.partition(sentence)[0]
    codes = {str(code) for code in CODE.findall(own)}
    if len(codes) == 1:
        return codes.pop()
    label = _label(block) if own else ""
    return label or _above(block, thing.rsplit(maxsplit=1)[-1], outline) or thing


def _above(block: Block, noun: str, outline: Outline) -> str:
    """What a block above is a label of, or says of the same thing; or else the heading."""
    homes = (s for s in outline.sections if any(b.first == block.first for b in s.blocks))
    home = next(homes, None)
    if home is None:
        return ""
    above = [other for other in home.blocks if other.first < block.first]
    for other in islice(reversed(above), MOST_BLOCKS):
        code = CODE.search(other.text) if noun.casefold() in other.text.casefold() else None
        name = _label(other) or (code[1] if code else "")
        if name:
            return name
    return first_words(home.heading.text) if home.heading else ""


def _label(block: Block) -> str:
    """The bold words or the code that a block begins with."""
    if block.kind in {"code", "meta"}:
        return ""
    bold, code = BOLD.match(block.source), CODE.match(block.text)
    name = bold[1].strip(" :.`") if bold else code[1] if code else ""
    return "" if NO_NAME.fullmatch(name) else first_words(name)

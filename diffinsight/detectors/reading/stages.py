"""What a text says of the stage a thing is in: preview, beta, generally available."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.detectors.reading.ends import thing_before
from diffinsight.matching.announcing import SENTENCE_END
from diffinsight.matching.words import first_words
from diffinsight.outline.model import Block

STAGES = (
    ("private preview", re.compile(r"(?<![\w-])private preview(?!\w)", re.IGNORECASE)),
    (
        "public preview",
        re.compile(
            r"(?<![\w-])public preview(?!\w)|パブリック ?プレビュー|"
            r"公[共开]预览|公開預覽",
            re.IGNORECASE,
        ),
    ),
    (
        "generally available",
        re.compile(
            r"(?<![\w-])general(?:ly)? availab(?:le|ility)(?!\w)|(?<![\w-])\(?GA\)?(?!\w)|"
            r"一般提供|正式发布"
        ),
    ),
    ("preview", re.compile(r"(?<![\w-])preview(?![\w-])|プレビュー|预览版|預覽版", re.IGNORECASE)),
    ("beta", re.compile(r"(?<![\w-])beta(?![\w-])", re.IGNORECASE)),
    ("experimental", re.compile(r"(?<![\w-])experimental(?!\w)", re.IGNORECASE)),
)
# In every text that names a stage.
SIGN = re.compile(
    r"(?i)preview|availab|GA|beta|experimental|プレビュー|一般提供|预览|預覽|正式发布"
)
# Behind the name of what is in it.
MARK = re.compile(
    r"(?<!\s)\s*[(（]\s*(?:(?:public|private) )?"  # noqa: RUF001 - East Asian marks are meant
    r"(?:preview|beta|experimental|プレビュー|预览版?)\s*[)）]",  # noqa: RUF001 - as above
    re.IGNORECASE,
)
# Words that end the name that stands before a mark.
JOINING = re.compile(
    r"(?i)(?:^|(?<=\s))(?:an?|the|this|your|of|in|on|to|for|from|by|with|using|via|through|use|uses|and|or|"
    r"is|are|was|were|see|new|called|named|as|at|than)\s+|[,;:>]\s+"
)
STATED = re.compile(r"(?i)\s(?:(?:now|currently|still)\s)?in(?:\sa|\sthe)?$")
MOST_WORDS = 12
LONGEST = 80  # characters of a name


def stages(text: str) -> tuple[str, ...]:
    """The stages a text names; `preview` only when it is not said which."""
    found: list[str] = []
    for name, pattern in STAGES if SIGN.search(text) else ():
        if pattern.search(text):
            found.append(name)
            text = pattern.sub(" ", text)
    return tuple(found)


def unmarked(text: str) -> str:
    """A name without the mark of its stage."""
    return " ".join(MARK.sub("", text).split())


def subject_of(block: Block, stage: str) -> str:
    """What a block says to be in a stage; nothing where it does not say so."""
    pattern = dict(STAGES)[stage]
    for name in _names(block):
        found = pattern.search(name)
        if found and len(name.split()) <= MOST_WORDS:
            return unmarked(name) if MARK.search(name) else _before(name[: found.start()]) or name
    for sentence in SENTENCE_END.split(block.text):
        found = pattern.search(sentence)
        if found:
            return _before(sentence[: found.start()]) or first_words(sentence)
    return ""


def _names(block: Block) -> Iterator[str]:
    """Texts of a block that are names as a whole."""
    if block.kind == "heading":
        yield block.text
    yield from (link.text for link in block.links)
    yield from block.cells


def _before(left: str) -> str:
    """The name at the end of the words before a mark, or what the verb before it is said of."""
    if left.rstrip().endswith(("(", "（")):  # noqa: RUF001 - the East Asian mark is meant
        name = JOINING.split(left.rstrip().rstrip("(（").rstrip())[-1]  # noqa: RUF001 - as above
        return name if 0 < len(name.split()) <= MOST_WORDS and len(name) <= LONGEST else ""
    return thing_before(STATED.sub("", left.rstrip()))

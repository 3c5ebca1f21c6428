"""Deprecations announced and withdrawn; preview and general availability."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.detectors.comparison.telling import tell
from diffinsight.detectors.comparison.whole import Whole
from diffinsight.matching.words import first_words
from diffinsight.models import Finding
from diffinsight.outline.model import Fragment

ENDED = re.compile(
    r"(?<![\w-])(?:deprecat(?:ed|ion|es|ing)|retir(?:ed|ement|es|ing)|sunset(?:ted|ting)?|"
    r"no longer (?:be )?(?:supported|available|maintained)|discontinued|"
    r"end[- ]of[- ](?:life|support|service)|"
    r"will be removed|obsolete)(?![\w-])|非推奨|廃止|提供終了|サポート終了",
    re.IGNORECASE,
)
STAGES = (
    ("private preview", re.compile(r"(?<![\w-])private preview(?!\w)", re.IGNORECASE)),
    (
        "public preview",
        re.compile(r"(?<![\w-])public preview(?!\w)|パブリック ?プレビュー", re.IGNORECASE),
    ),
    (
        "generally available",
        re.compile(
            r"(?<![\w-])general(?:ly)? availab(?:le|ility)(?!\w)|(?<![\w-])\(?GA\)?(?!\w)|一般提供"
        ),
    ),
    ("preview", re.compile(r"(?<![\w-])preview(?![\w-])|プレビュー", re.IGNORECASE)),
    ("beta", re.compile(r"(?<![\w-])beta(?![\w-])", re.IGNORECASE)),
    ("experimental", re.compile(r"(?<![\w-])experimental(?!\w)", re.IGNORECASE)),
)
SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])")  # noqa: RUF001 - Japanese sentence ends
DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2},? \d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|\d{4}年\d{1,2}月(?:\d{1,2}日)?",
)
SKIPPED = frozenset({"code", "meta", "directive", "definition", "html"})
LONGEST = 20_000  # characters; a longer block is no announcement


def find(file: Comparison, _: Whole) -> Iterator[Finding]:
    old = new = None
    for pair in _pairs(file):
        before = pair.before.text if pair.before else ""
        after = pair.after.text if pair.after else ""
        if pair.moved or max(len(before), len(after)) > LONGEST:
            continue
        if ENDED.search(before) or ENDED.search(after):
            old = old if old is not None else _squeezed(file.before_text)
            new = new if new is not None else _squeezed(file.after_text)
            yield from _ended(pair, before, after, old, new)
        yield from _stage(pair, before, after)


def _pairs(file: Comparison) -> Iterator[Pair]:
    for pair in file.pairs:
        if pair.block.kind not in SKIPPED:
            yield pair
    for section in file.sections:
        old = section.before.heading if section.before else None
        new = section.after.heading if section.after else None
        if (old or new) and (old and old.text) != (new and new.text):
            name = new.text if new else ""
            yield Pair(before=old, after=new, section=name)


def _squeezed(fragments: tuple[Fragment, ...]) -> str:
    return " ".join(" ".join(fragment.text.split()) for fragment in fragments)


def _ended(pair: Pair, before: str, after: str, old: str, new: str) -> Iterator[Finding]:
    """Sentences about an end that the other version does not have."""
    if len(ENDED.findall(after)) > len(ENDED.findall(before)):
        for sentence in _sentences(after, before, old):
            yield _tell("deprecation-announced", pair, sentence)
            return
    if len(ENDED.findall(before)) > len(ENDED.findall(after)) and not (pair.inside or not after):
        # A sentence that goes with its section or block withdraws nothing.
        for sentence in _sentences(before, after, new):
            yield _tell("deprecation-withdrawn", pair, sentence)
            return


def _sentences(text: str, other: str, page: str) -> Iterator[str]:
    for sentence in SENTENCE.split(text):
        found = ENDED.search(sentence)
        if found and sentence not in other and sentence not in page:
            yield sentence.strip()


def _tell(kind: str, pair: Pair, sentence: str) -> Finding:
    announced = kind == "deprecation-announced"
    found, date = ENDED.search(sentence), DATE.search(sentence)
    return tell(
        kind,
        pair,
        "breaking" if announced else "notable",
        subject=first_words(pair.block.cells[0] if pair.block.cells else sentence),
        before=None if announced else sentence,
        after=sentence if announced else None,
        values={
            "word": found.group().lower() if found else None,
            "date": date.group() if date else None,
        },
    )


def stages(text: str) -> tuple[str, ...]:
    """The stages a text names; `preview` only when it is not said which."""
    found = []
    for name, pattern in STAGES:
        if pattern.search(text):
            found.append(name)
            text = pattern.sub(" ", text)
    return tuple(found)


def _stage(pair: Pair, before: str, after: str) -> Iterator[Finding]:
    """Another stage than before, or the mark `(preview)` gone from a name."""
    if not before or not after:
        return
    old, new = stages(before), stages(after)
    gone = [stage for stage in old if stage not in new]
    came = [stage for stage in new if stage not in old]
    named = pair.block.kind in {"heading", "row", "item"} or "review)" in before + after
    if (gone and came) or ((gone or came) and named and _only_stage(pair, before, after)):
        yield tell(
            "availability-changed",
            pair,
            "notable",
            subject=first_words(pair.block.text),
            before=", ".join(gone),
            after=", ".join(came),
        )


def _only_stage(pair: Pair, before: str, after: str) -> bool:
    """Whether nothing but the stage changed, so that its loss says something."""
    if pair.edits:
        return all(
            stages(edit.before) or stages(edit.after) for edit in pair.edits if edit.kind == "words"
        )
    short, long = sorted((before, after), key=len)
    rest = long.replace("(preview)", "").replace("(Preview)", "")
    return rest.split() == short.split()

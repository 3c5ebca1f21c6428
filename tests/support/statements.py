"""True sentences about changes, and false ones that differ from them in one fact."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Literal

from diffinsight.engines.checking import sentences
from diffinsight.engines.checking.anchors import Anchor, anchors, blanked
from diffinsight.engines.checking.folding import contains, fold
from diffinsight.engines.checking.ground import Ground
from diffinsight.models import FileAnalysis, Finding

Fact = Literal["number", "name", "direction", "subject", "order", "file", "language"]

# What a model might say of a finding, by language; {s} subject, {b} before, {a} after, {p} path.
PHRASES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "added": (
            'The {noun} "{s}" was added.',
            "Adds the {noun} “{s}” to `{p}`.",
            'Readers now find a new {noun}, "{s}", which was added in this change.',
        ),
        "removed": (
            'The {noun} "{s}" was removed.',
            "Removes the {noun} “{s}” from `{p}`.",
            'The {noun} "{s}" has been deleted, so links to it no longer work.',
        ),
        "renamed": (
            'The {noun} "{b}" was renamed to "{a}".',
            "Renames “{b}” to “{a}”.",
        ),
        "changed": (
            'The text changed from "{b}" to "{a}".',
            "“{b}” was replaced with “{a}”.",
        ),
        "counts": (
            "{additions} lines were added and {deletions} lines were removed in `{p}`.",
            "`{p}` has {additions} added lines and {deletions} removed lines.",
        ),
    },
    "ja": {
        "added": (
            "{noun}「{s}」が追加されました。",
            "`{p}` に{noun}「{s}」を追加しました。",
        ),
        "removed": (
            "{noun}「{s}」が削除されました。",
            "`{p}` から{noun}「{s}」を削除しました。",
        ),
        "renamed": ("{noun}「{b}」が「{a}」に改名されました。",),
        "changed": (
            "「{b}」から「{a}」に変更されました。",
            "記述が「{b}」から「{a}」へ変わりました。",
        ),
        "counts": ("`{p}` では{additions}行が追加され、{deletions}行が削除されました。",),
    },
    "zh": {
        "added": ("新增了{noun}“{s}”。", "{noun}“{s}”已添加到 `{p}`。"),
        "removed": ("删除了{noun}“{s}”。", "{noun}“{s}”已被删除。"),
        "renamed": ("{noun}“{b}”重命名为“{a}”。",),
        "changed": ("“{b}”改为“{a}”。",),
        "counts": ("`{p}` 添加了 {additions} 行，删除了 {deletions} 行。",),  # noqa: RUF001 - Chinese marks are meant
    },
}
NOUNS = {
    "heading": {"en": "section", "ja": "見出し", "zh": "标题"},
    "option": {"en": "option", "ja": "オプション", "zh": "选项"},
    "link": {"en": "link", "ja": "リンク", "zh": "链接"},
    "image": {"en": "image", "ja": "画像", "zh": "图片"},
    "step": {"en": "step", "ja": "手順", "zh": "步骤"},
    "table-row": {"en": "table row", "ja": "表の行", "zh": "表格行"},
    "toc-entry": {"en": "link", "ja": "リンク", "zh": "链接"},
}
SWAPS = {
    "en": (("was added", "was removed"), ("Adds", "Removes"), ("added", "removed"),
           ("deleted", "added"), ("Add ", "Remove "), ("has been deleted", "has been added")),
    "ja": (("追加", "削除"),),
    "zh": (("新增", "删除"), ("添加", "删除")),
}  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """A sentence about a file."""

    text: str
    language: str
    file: FileAnalysis


def true_statements(file: FileAnalysis, language: str) -> Iterator[Statement]:
    """What can be said of a file's findings, in words that are not ours."""
    for finding in file.findings:
        way, noun = _sorted(finding)
        for template in PHRASES[language].get(way, ()):
            text = _filled(template, finding, file, NOUNS.get(noun, {}).get(language, ""))
            if text:
                yield Statement(text, language, file)
    for template in PHRASES[language]["counts"]:
        text = _filled(template, None, file, "")
        if text:
            yield Statement(text, language, file)


def _sorted(finding: Finding) -> tuple[str, str]:
    stem, _, way = finding.kind.rpartition("-")
    if stem in NOUNS and way in ("added", "removed", "renamed"):
        return way, stem
    return ("changed" if finding.kind in ("value-changed", "version-changed") else ""), ""


def _filled(template: str, finding: Finding | None, file: FileAnalysis, noun: str) -> str:
    change = file.change
    values = {
        "noun": noun,
        "p": change.path,
        "additions": str(change.additions),
        "deletions": str(change.deletions),
        "s": finding.subject if finding else "",
        "b": (finding.before or "") if finding else "",
        "a": (finding.after or "") if finding else "",
    }
    needed = re.findall(r"\{(\w+)\}", template)
    told = [values[name] for name in needed if name != "noun"]
    if not all(told) or any(re.search(r"[\"“”「」`\n]|…$", text) for text in told):
        return ""
    if any(len(text) > 90 for text in told):
        return ""
    return template.format(**values)


def offline_statements(file: FileAnalysis, language: str) -> Iterator[Statement]:
    """The offline engine's sentences, without the escapes of Markdown."""
    explanation = file.explanation.replace("\u200b", "")
    plain = unescape(re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", explanation))
    for sentence in sentences(plain):
        # Counts of "also" are of what other sentences left.
        if _is_prose(sentence) and not sentence.strip().startswith(("Also:", "このほか", "ほかに")):
            yield Statement(sentence.strip(), language, file)


def _is_prose(text: str) -> bool:
    """Whether there are words outside quotations, by which a language can be told."""
    if text.strip().startswith(("-", "|", "#")):
        return False
    return len(re.findall(r"[^\W\d_]", blanked(text, anchors(text)))) > 4


Falsified = tuple[Fact, str]


def false_ones(
    statement: Statement, ground: Ground, others: Sequence[FileAnalysis], chance: random.Random
) -> Iterator[Falsified]:
    """The statement with one fact changed, once for each fact it has."""
    text = statement.text
    for fact, change in (
        ("number", _other_number),
        ("name", _other_name),
        ("direction", _other_direction),
        ("subject", _other_subject),
        ("order", _other_order),
        ("file", _other_file),
    ):
        changed = change(statement, ground, others, chance)
        if changed and changed != text:
            yield fact, changed  # type: ignore[misc]


Change = Callable[[Statement, Ground, Sequence[FileAnalysis], random.Random], str]


def _other_number(
    said: Statement, ground: Ground, others: Sequence[FileAnalysis], chance: random.Random
) -> str:
    del ground, others
    spots = list(re.finditer(r"(?<![\w.\-/,])\d{1,6}(?![\w.\-/,]*\d)", said.text))
    spots = [m for m in spots if not re.match(r"[A-Za-z_-]", said.text[m.end() : m.end() + 1])]
    if not spots:
        return ""
    spot = chance.choice(spots)
    number = int(spot[0]) + chance.choice((1, 2, 3, 7, 10, 100))
    return said.text[: spot.start()] + str(number) + said.text[spot.end() :]


def _marked(text: str) -> list[Anchor]:
    return [a for a in anchors(text) if a.marked and len(a.text) > 2]


def _put(text: str, anchor: Anchor, other: str) -> str:
    spot = text[anchor.start : anchor.end]
    return text[: anchor.start] + spot.replace(anchor.text, other) + text[anchor.end :]


def _other_name(
    said: Statement, ground: Ground, others: Sequence[FileAnalysis], chance: random.Random
) -> str:
    """A name of another file that this one does not have."""
    known = [a for a in _marked(said.text) if "/" not in a.text]
    names = [
        finding.subject
        for other in chance.sample(others, min(12, len(others)))
        for finding in other.findings
        if _is_name(finding.subject) and not _in(ground, finding.subject)
    ]
    return _put(said.text, chance.choice(known), chance.choice(names)) if known and names else ""


def _is_name(text: str) -> bool:
    return 3 < len(text) <= 60 and not re.search(r"[`\"“”「」…/]|→", text)


def _in(ground: Ground, text: str) -> bool:
    return contains(ground.shown, fold(text)) or contains(ground.file, fold(text))


def _other_direction(
    said: Statement, ground: Ground, others: Sequence[FileAnalysis], chance: random.Random
) -> str:
    """Added for removed, in sentences that say one of them only."""
    del ground, others, chance
    both = [any(word in said.text.lower() for word in words) for words in _BOTH[said.language]]
    subjects = {f.subject.casefold() for f in said.file.findings if f.kind.endswith("-added")}
    subjects &= {f.subject.casefold() for f in said.file.findings if f.kind.endswith("-removed")}
    # What was both added and removed: either is true.
    if all(both) or any(subject in said.text.casefold() for subject in subjects):
        return ""
    for one, other in SWAPS[said.language]:
        for old, new in ((one, other), (other, one)):
            if old in said.text:
                return said.text.replace(old, new)
    return ""


_BOTH = {
    "en": (("add", "new "), ("remov", "delet")),
    "ja": (("追加",), ("削除",)),
    "zh": (("新增", "添加"), ("删除",)),
}


def _other_subject(
    said: Statement, ground: Ground, others: Sequence[FileAnalysis], chance: random.Random
) -> str:
    """Another heading of the same file that the sentence is not true of."""
    del others
    known = [a for a in _marked(said.text) if "/" not in a.text]
    way = next((w for w, forms in _WAYS.items() if any(f in said.text for f in forms)), "")
    names = [
        line.strip(" #")
        for line in (said.file.change.patch or "").splitlines()
        if line.startswith(" #")
    ]
    fits = [n for n in names if _is_name(n) and ground.net(fold(n)) == 0]
    if not (known and way and fits) or len(known) > 1:
        return ""
    return _put(said.text, known[0], chance.choice(fits))


_WAYS = {
    "added": ("was added", "追加され", "已添加"),
    "removed": ("was removed", "削除され", "已被删除"),
}


def _other_order(
    said: Statement, ground: Ground, others: Sequence[FileAnalysis], chance: random.Random
) -> str:
    """After for before."""
    del ground, others, chance
    for finding in said.file.findings:
        before, after = finding.before or "", finding.after or ""
        swappable = before and after and before not in after and after not in before
        known = finding.kind.endswith(("-renamed", "-changed"))
        if swappable and known and before in said.text and after in said.text:
            return said.text.replace(before, "\0").replace(after, before).replace("\0", after)
    return ""


def _other_file(
    said: Statement, ground: Ground, others: Sequence[FileAnalysis], chance: random.Random
) -> str:
    path = said.file.change.path
    names = [o.change.path for o in others if not _in(ground, o.change.path)]
    return said.text.replace(path, chance.choice(names)) if names and path in said.text else ""

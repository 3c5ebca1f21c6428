"""A draft held against its file: what is wrong in it, and what is left without that."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from diffinsight.change_types import BREAKING_CHANGE, BUG_FIX, MINOR_UPDATE, NEW_FEATURE
from diffinsight.engines.checking import (
    Ground,
    Violation,
    check,
    check_language,
    check_sentence,
    ground_of,
    is_prose,
    sentences,
)
from diffinsight.engines.checking.folding import contains, fold
from diffinsight.engines.model import cleaning
from diffinsight.engines.model.reading import Draft
from diffinsight.models import FileAnalysis

# What a change needs to have for a model to call it by these names.
_NEWS = (
    "heading-added", "release-added", "option-added", "code-added", "step-added", "table-",
    "toc-entry-added", "note-added", "section-", "availability-changed",
)  # fmt: skip
_FIXES = (
    "typo-fixed", "punctuation-changed", "formatting-changed", "case-changed", "code-changed",
    "link-retargeted", "value-changed", "version-changed", "term-replaced", "option-renamed",
    "step-changed", "table-row-changed", "toc-entry-retargeted", "redirect-", "alt-text-",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A draft, stripped, with what was found wrong in it."""

    draft: Draft
    title_faults: tuple[Violation, ...]
    text_faults: tuple[Violation, ...]
    dropped: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """Each fault in a line, for the model that made it."""
        found = (*self.title_faults, *self.text_faults)
        return tuple(
            f"{fault.fault}: {fault.what} (in: {fault.sentence.strip()})" for fault in found
        )


class Grounds:
    """What is known of each file, worked out when it is first asked for."""

    def __init__(self) -> None:
        self._known: dict[str, Ground] = {}

    def of(self, file: FileAnalysis) -> Ground:
        path = file.change.path
        if path not in self._known:
            self._known[path] = ground_of(file, said=(file.title,))
        return self._known[path]


def judge(draft: Draft, ground: Ground, language: str) -> Verdict:
    title = cleaning.title(draft.title)
    text = cleaning.strip_markup(draft.explanation)
    title_faults = list(check(title, ground, language))
    if not title or check_language(title, language, lone=True):
        title_faults.append(Violation(title, "language", language))
    text_faults = list(check(text, ground, language))
    if check_language(text, language, lone=True) or not is_prose(text):
        text_faults += (Violation(sentence, "language", language) for sentence in sentences(text))
    return Verdict(
        draft=replace(draft, title=title, explanation=text),
        title_faults=tuple(title_faults),
        text_faults=tuple(text_faults),
    )


def without_faults(verdict: Verdict) -> Verdict | None:
    """The draft without the sentences that are wrong; None when too little is left.

    A wrong title is left empty: the offline one takes its place.
    """
    wrong = {fault.sentence for fault in verdict.text_faults}
    pieces = sentences(verdict.draft.explanation)
    kept = [piece for piece in pieces if piece not in wrong]
    dropped = tuple(piece.strip() for piece in pieces if piece in wrong)
    text = "".join(kept).strip()
    if not text or len(dropped) > len(kept):
        return None
    title = "" if verdict.title_faults else verdict.draft.title
    if not title and verdict.draft.title:
        dropped = (verdict.draft.title, *dropped)
    draft = replace(verdict.draft, title=title, explanation=text)
    return Verdict(draft=draft, title_faults=(), text_faults=(), dropped=dropped)


def written(file: FileAnalysis, verdict: Verdict, ground: Ground) -> FileAnalysis:
    """The file in the words of a draft that was judged."""
    draft = verdict.draft
    return replace(
        file,
        type=_type(draft.type, file),
        title=draft.title or file.title,
        explanation=cleaning.markdown(draft.explanation, lambda url: is_known(url, ground)),
        engine="model",
        removed=verdict.dropped,
    )


def is_known(address: str, ground: Ground) -> bool:
    return contains(ground.shown, fold(address)) or contains(ground.file, fold(address))


def _type(said: str, file: FileAnalysis) -> str:
    """The type a model chose, where the findings leave it open and back it."""
    kinds = [finding.kind for finding in file.findings]
    if file.type in (BREAKING_CHANGE, NEW_FEATURE) or said == BREAKING_CHANGE:
        return file.type
    if said == NEW_FEATURE and any(kind.startswith(_NEWS) for kind in kinds):
        return said
    seen = [finding.kind for finding in file.findings if finding.impact != "noise"]
    if said == BUG_FIX and seen and all(kind.startswith(_FIXES) for kind in seen):
        return said
    return said if said == MINOR_UPDATE else file.type


def judge_again(verdict: Verdict, ground: Ground, language: str) -> bool:
    """Whether words that hold for one file hold for a twin of it too."""
    texts = (verdict.draft.title, *sentences(verdict.draft.explanation))
    return not any(check_sentence(text, ground, language) for text in texts)


def kept_text(verdict: Verdict) -> str:
    """A judged draft as it is kept for the next run."""
    draft = verdict.draft
    data = {"type": draft.type, "title": draft.title, "explanation": draft.explanation}
    return json.dumps(data | {"removed": list(verdict.dropped)}, ensure_ascii=False)


def kept_verdict(text: str, ground: Ground, language: str) -> Verdict | None:
    """A draft that was kept, judged again: whoever filled the cache is not trusted either."""
    try:
        data = json.loads(text)
        parts = (data["type"], data["title"], data["explanation"], *data["removed"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not all(isinstance(part, str) for part in parts):
        return None
    verdict = judge(Draft(type=parts[0], title=parts[1], explanation=parts[2]), ground, language)
    # An empty title stands for the offline one.
    if verdict.text_faults or (parts[1] and verdict.title_faults):
        return None
    return replace(verdict, title_faults=(), dropped=parts[3:])

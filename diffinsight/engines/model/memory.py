"""Answers of earlier runs, by everything they depend on."""

from __future__ import annotations

import threading

from diffinsight.conversation import Answers
from diffinsight.engines.model.planning import Unit
from diffinsight.engines.model.prompting import key_of, prompt_version
from diffinsight.engines.model.verdict import Grounds, Verdict, kept_text, kept_verdict
from diffinsight.models import FileAnalysis


class Memory:
    """What was said before by one model in one language; counts what was used of it."""

    def __init__(self, *, answers: Answers, model: str, language: str) -> None:
        self._answers = answers
        self._about = (prompt_version(), model, language)
        self._language = language
        self._lock = threading.Lock()
        self.used = 0

    def recall(self, unit: Unit, grounds: Grounds) -> Verdict | None:
        """What was said of any of a unit's files, if it still holds."""
        for file in unit.files:
            text = self._answers.get(self._file_key(file))
            verdict = kept_verdict(text, grounds.of(unit.file), self._language) if text else None
            if verdict:
                self.used += 1
                return verdict
        return None

    def keep(self, unit: Unit, verdict: Verdict) -> None:
        """Under each file's own name: tomorrow one of them may differ from the others."""
        for file in unit.files:
            self._answers.put(self._file_key(file), kept_text(verdict))

    def recall_text(self, question: str) -> str | None:
        return self._answers.get(key_of("overview", *self._about, question))

    def keep_text(self, question: str, text: str) -> None:
        self._answers.put(key_of("overview", *self._about, question), text)

    def _file_key(self, file: FileAnalysis) -> str:
        change = file.change
        parts = (change.path, change.previous_path, change.status, change.patch, change.before,
                 change.after, file.type, file.title)  # fmt: skip
        facts = (repr(finding) for finding in file.findings)
        return key_of("file", *self._about, *map(repr, parts), *facts)

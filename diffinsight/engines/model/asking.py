"""Questions about files put to a model, and one more try for what it got wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence

from diffinsight.conversation import FINAL, Model, NoAnswerError, Reason, Request
from diffinsight.engines.model.planning import Ledger, Unit
from diffinsight.engines.model.prompting import (
    question_about,
    request_for_files,
    tokens_in,
    told_again,
)
from diffinsight.engines.model.reading import read_drafts
from diffinsight.engines.model.verdict import Grounds, Verdict, judge, without_faults

_ANSWER_TOKENS = 350  # of one file, about
_SMALLEST = 1_000  # tokens of instructions, the smallest question and its answer
_MOST_FAILURES = 5  # in a row, each tried several times: the service is down
_SERVICE: frozenset[Reason] = frozenset({"limited", "unavailable", "timeout", "rejected"})
# One file of several may be the reason: each is asked about alone.
_ALONE: frozenset[Reason] = frozenset({"filtered", "refused", "cut-off", "too-long", "empty"})

Outcome = Verdict | Reason


class Line:
    """The line to a model for one run: keeps the accounts, and hangs up when it makes no sense."""

    def __init__(self, model: Model, budget: int) -> None:
        self.model = model
        self.ledger = Ledger(budget)
        self._stopped: Reason | None = None
        self._failures = 0
        self._lock = threading.Lock()
        self._first = threading.Lock()
        self._met = False  # whether a question has been through

    def ask(self, request: Request, answers: int) -> str:
        """The model's text; ``answers``: how many files' worth it will be. Raises NoAnswerError.

        The first question of a run goes alone: it learns what the server refuses, warms its
        prompt cache, and a wrong key is tried once and not by every thread.
        """
        if self._met:
            return self._ask(request, answers)
        with self._first:
            try:
                return self._ask(request, answers)
            finally:
                self._met = True

    @property
    def closed(self) -> Reason | None:
        """Why there is no point in writing another question."""
        return self._stopped or ("budget" if self.ledger.left < _SMALLEST else None)

    def _ask(self, request: Request, answers: int) -> str:
        if self._stopped:
            raise NoAnswerError(self._stopped, calls=0)
        question = tokens_in(request.system) + tokens_in(request.user)
        expected = question + answers * _ANSWER_TOKENS
        if not self.ledger.reserve(expected):
            raise NoAnswerError("budget", calls=0)
        try:
            answer = self.model.ask(request)
        except NoAnswerError as error:
            # What a server did with a question that it did not answer nobody knows.
            spent = error.input_tokens or (question if error.reason == "timeout" else 0)
            self.ledger.settle(
                expected, calls=error.calls, input_tokens=spent, output_tokens=error.output_tokens
            )
            self._failed(error.reason)
            raise
        self.ledger.settle(
            expected,
            calls=answer.calls,
            input_tokens=answer.input_tokens or question,
            output_tokens=answer.output_tokens or tokens_in(answer.text),
        )
        self._failures = 0
        return answer.text

    def _failed(self, reason: Reason) -> None:
        with self._lock:
            self._failures += reason in _SERVICE
            if reason in FINAL or self._failures >= _MOST_FAILURES:
                self._stopped = self._stopped or reason


class Inquiry:
    """Asks about batches of files in one language."""

    def __init__(self, *, line: Line, code: str, language: str, grounds: Grounds) -> None:
        self._line = line
        self._code = code
        self._language = language  # as a model is told it
        self._grounds = grounds

    def about(self, batch: Sequence[Unit]) -> dict[str, Outcome]:
        """A verdict on each file's words, or why there are none, by path."""
        closed = self._line.closed
        if closed:
            return dict.fromkeys((item.path for item in batch), closed)
        try:
            first = self._round(batch)
        except NoAnswerError as error:
            if error.reason in _ALONE and len(batch) > 1:
                return {path: found for one in batch for path, found in self.about([one]).items()}
            return {item.path: error.reason for item in batch}
        wrong = [item for item in batch if item.path not in first or first[item.path].faults]
        second = self._again(wrong, first) if wrong else {}
        return {item.path: _best(first.get(item.path), second.get(item.path)) for item in batch}

    def _again(self, wrong: Sequence[Unit], first: Mapping[str, Verdict]) -> dict[str, Verdict]:
        """The one re-ask, with what was wrong; nothing when it gets no answer."""
        try:
            return self._round(wrong, told_again(_faults(wrong, first)))
        except NoAnswerError:
            return {}

    def _round(self, batch: Sequence[Unit], again: str = "") -> dict[str, Verdict]:
        questions = [question_about(item.file, len(item.twins)) for item in batch]
        request = request_for_files(questions, self._language, again)
        drafts = read_drafts(self._line.ask(request, len(batch)), len(batch))
        return {
            item.path: judge(drafts[number], self._grounds.of(item.file), self._code)
            for number, item in enumerate(batch, start=1)
            if number in drafts
        }


def _faults(wrong: Sequence[Unit], first: Mapping[str, Verdict]) -> Iterator[str]:
    for number, item in enumerate(wrong, start=1):
        verdict = first.get(item.path)
        if verdict is None:
            yield f"file {number}: there was no entry for it in the JSON asked for"
        else:
            yield from (f"file {number}: {fault}" for fault in verdict.faults)


def _best(first: Verdict | None, second: Verdict | None) -> Outcome:
    """What is left of the better of two drafts."""
    drafts = [verdict for verdict in (second, first) if verdict]
    if not drafts:
        return "malformed"
    best = min(drafts, key=lambda verdict: len(verdict.faults))
    return (without_faults(best) if best.faults else best) or "untrue"

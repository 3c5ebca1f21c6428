"""The model behind an OpenAI-compatible service."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from diffinsight.conversation import Answer, ModelSettings, NoAnswerError, Request
from diffinsight.llm.exchange import Send, connect
from diffinsight.llm.failures import Failure
from diffinsight.llm.reply import Unusable, read_reply
from diffinsight.llm.shape import Shape, relaxed

# GitHub Models was retired on 2026-07-30; its hosts answer 410, or nothing.
_RETIRED_HOSTS = frozenset({"models.github.ai", "models.inference.ai.azure.com"})
_REFUSED_PARAMETERS = frozenset({400, 422})


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """How often and how long to try."""

    tries: int = 3  # of one question, refused parameters aside
    seconds: float = 120.0  # one request, from start to end
    in_all: float = 300.0  # one question with its waits
    longest_wait: float = 60.0  # a server that asks for more is not waited for
    first_wait: float = 1.0  # doubled each time, and less a random part of it


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """Time and chance, so that tests need neither."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class OpenAIModel:
    """Asks one model; remembers for the run which parameters its server refused."""

    def __init__(
        self,
        *,
        name: str,
        send: Send,
        close: Callable[[], None] = lambda: None,
        patience: Patience = Patience(),
        clock: Clock = Clock(),
    ) -> None:
        self._name = name
        self._send = send
        self.close = close  # drops the connections; nothing can be asked after it
        self._patience = patience
        self._clock = clock
        self._shape = Shape()
        self._proven: Shape | None = None  # one that the server has taken
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    def ask(self, request: Request) -> Answer:
        """One answer. Raises NoAnswerError."""
        start = self._clock.now()
        calls = tries = 0
        shape = self._shape
        while True:
            calls += 1
            try:
                answer = read_reply(self._send(shape.body(request, self._name)))
            except Unusable as problem:
                raise _no_answer(problem, calls, problem.answer) from None
            except Failure as problem:
                lighter = self._lighter(shape, problem)
                if lighter is None:
                    tries += 1
                    self._wait(problem, tries, calls, start)
                shape = lighter or self._shape
                continue
            self._remember(shape)
            return replace(answer, calls=calls)

    def _lighter(self, shape: Shape, problem: Failure) -> Shape | None:
        """The shape to try next when the server refused a parameter."""
        if problem.reason != "rejected" or problem.status not in _REFUSED_PARAMETERS:
            return None
        known = self._shape  # another thread may have learnt meanwhile
        if known.weight < shape.weight:
            return known
        return relaxed(shape, problem.words, proven=shape == self._proven)

    def _remember(self, shape: Shape) -> None:
        with self._lock:
            if shape.weight <= self._shape.weight:
                self._shape = self._proven = shape

    def _wait(self, problem: Failure, tries: int, calls: int, start: float) -> None:
        """Wait before the next try, or give up."""
        patience = self._patience
        backoff = patience.first_wait * 2 ** (tries - 1) * (0.5 + self._clock.chance() / 2)
        wait = problem.wait if problem.wait is not None else backoff
        late = self._clock.now() + wait - start > patience.in_all
        if not problem.transient or tries >= patience.tries or wait > patience.longest_wait or late:
            raise _no_answer(problem, calls, Answer(text="")) from None
        self._clock.sleep(wait)


def _no_answer(problem: Failure, calls: int, used: Answer) -> NoAnswerError:
    return NoAnswerError(
        problem.reason,
        problem.detail,
        calls=calls,
        input_tokens=used.input_tokens,
        output_tokens=used.output_tokens,
    )


class RetiredModel:
    """A service that is known to be gone: nothing is sent to it."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def close(self) -> None:
        """Nothing was opened."""

    def ask(self, request: Request) -> Answer:
        """Nothing any more. Raises NoAnswerError."""
        del request
        raise NoAnswerError("retired", "GitHub Models, since 2026-07-30", calls=0)


def open_model(
    settings: ModelSettings, *, patience: Patience = Patience(), clock: Clock = Clock()
) -> OpenAIModel | RetiredModel:
    """The model of ``settings``; loads the openai library."""
    if urlsplit(settings.base_url).hostname in _RETIRED_HOSTS:
        return RetiredModel(settings.model)
    exchange = connect(settings.base_url, settings.api_key, patience.seconds)
    return OpenAIModel(
        name=settings.model,
        send=exchange.send,
        close=exchange.client.close,
        patience=patience,
        clock=clock,
    )

"""What is said to a language model and what comes back, whoever serves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

EngineChoice = Literal["auto", "offline", "model"]

# Why a model gave no usable answer; each has its sentence in the language packs, `notes.model-…`.
Reason = Literal[
    "wrong-key",
    "not-permitted",
    "not-found",
    "retired",
    "no-quota",
    "limited",
    "unavailable",
    "timeout",
    "rejected",
    "too-long",
    "filtered",
    "refused",
    "cut-off",
    "empty",
    "malformed",
    "untrue",  # said again what the findings do not back
    "budget",  # never asked: the run's tokens were spent
    "missing",  # the job that was to ask brought nothing
]
# No later question can fare better: the run stops asking.
FINAL: frozenset[Reason] = frozenset(
    {"wrong-key", "not-permitted", "not-found", "retired", "no-quota"}
)

DEFAULT_BASE_URL = "https://api.openai.com/v1"
DEFAULT_MODEL = "gpt-5-mini"
DEFAULT_CONCURRENCY = 8
DEFAULT_TOKEN_BUDGET = 400_000


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelSettings:
    """Which model to ask, and how much of it."""

    base_url: str = DEFAULT_BASE_URL
    model: str = DEFAULT_MODEL
    api_key: str = field(repr=False)
    concurrency: int = DEFAULT_CONCURRENCY
    token_budget: int = DEFAULT_TOKEN_BUDGET  # input and output of all calls of a run


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One question; ``system`` is the same for all questions of a kind, so servers can cache it."""

    system: str
    user: str
    schema_name: str
    schema: str  # JSON Schema of the answer, as JSON
    max_output_tokens: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a model said; tokens are 0 when the server did not count them."""

    text: str
    input_tokens: int = 0
    output_tokens: int = 0
    calls: int = 1  # requests it took, refused and repeated ones included


class NoAnswerError(Exception):
    """The model did not answer; carries why, and what was spent on finding out."""

    def __init__(
        self,
        reason: Reason,
        detail: str = "",
        *,
        calls: int = 1,
        input_tokens: int = 0,
        output_tokens: int = 0,
    ) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail  # our words, such as "HTTP 503"; never the server's
        self.calls = calls
        self.input_tokens = input_tokens
        self.output_tokens = output_tokens


class Model(Protocol):
    """A language model behind some server; may be asked from several threads at once."""

    @property
    def name(self) -> str:
        """The model's name, as the server knows it."""

    def ask(self, request: Request) -> Answer:
        """One answer. Raises NoAnswerError."""

    def close(self) -> None:
        """Give back what it holds; nothing is asked after it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoModel:
    """Stands for a model that others asked, where there is no key to ask it more."""

    name: str

    def ask(self, request: Request) -> Answer:
        """No answer."""
        del request
        raise NoAnswerError("unavailable", calls=0)

    def close(self) -> None:
        """Nothing to give back."""


class Answers(Protocol):
    """Answers kept from earlier runs; may be used from several threads at once."""

    def get(self, key: str) -> str | None:
        """What was kept under ``key``."""

    def put(self, key: str, text: str) -> None:
        """Keep ``text``; a failure to do so is no error."""


class NoAnswers:
    """Keeps nothing."""

    def get(self, key: str) -> str | None:
        """Nothing."""
        del key
        return None

    def put(self, key: str, text: str) -> None:
        """Forget it."""
        del key, text


class RunAnswers:
    """Keeps answers as long as the run lasts: a category is not asked about twice."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """What was kept under ``key``."""
        return self._kept.get(key)

    def put(self, key: str, text: str) -> None:
        """Keep ``text``."""
        self._kept[key] = text

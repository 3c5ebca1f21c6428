"""The client against a model server with faults that nobody here wrote, and its verdict on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from llmock.pytest_plugin import LLMock
from support.doc_changes import analysed, pages
from support.model_server import OVERVIEW, entries

from diffinsight import languages
from diffinsight.conversation import ModelSettings
from diffinsight.engines.model.engine import Composition, ModelEngine
from diffinsight.llm import OpenAIModel, open_model
from diffinsight.llm.client import Clock, Patience
from diffinsight.models import Analysis

# uvicorn, which serves it, still imports a deprecated module of websockets.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

# Without chance: a wait that is cut short by half may look like the one before it.
EVEN = Clock(chance=lambda: 1.0)
FILES = json.dumps(entries([""], "The limit was changed.", "Another limit"))


@contextmanager
def model(llmock: LLMock) -> Iterator[OpenAIModel]:
    settings = ModelSettings(base_url=llmock.base_url("openai"), model="gpt-4o", api_key="k")
    opened = open_model(settings, patience=Patience(first_wait=0.2, seconds=3), clock=EVEN)
    assert isinstance(opened, OpenAIModel)
    with closing(opened):
        yield opened


def compose(llmock: LLMock) -> Composition:
    with model(llmock) as opened:
        return ModelEngine(phrases=languages.load("en"), model=opened).compose(one_file())


def one_file() -> Analysis:
    return analysed(pages(1))


def answers(llmock: LLMock) -> LLMock:
    return llmock.reply(FILES).reply(json.dumps(OVERVIEW))


def test_its_answers_are_understood(llmock: LLMock) -> None:
    answers(llmock)
    composed = compose(llmock)
    assert composed.analysis.files[0].explanation == "The limit was changed."
    assert composed.overview.insights == OVERVIEW["insights"]
    assert composed.use.input_tokens > 0
    llmock.assert_resilient()


@pytest.mark.parametrize("status", [500, 502, 503, 529])
def test_an_outage_that_passes_is_waited_for(llmock: LLMock, status: int) -> None:
    llmock.fail(status, times=2)
    answers(llmock)
    composed = compose(llmock)
    assert composed.use.name == "model"
    assert composed.use.calls == 4
    llmock.assert_resilient(strict=True)


def test_a_rate_limit_is_respected(llmock: LLMock) -> None:
    llmock.rate_limit(times=2, retry_after=0.3)
    answers(llmock)
    assert compose(llmock).use.name == "model"
    llmock.assert_resilient(strict=True)


@pytest.mark.parametrize(
    ("status", "reason"), [(401, "wrong-key"), (403, "not-permitted"), (404, "not-found")]
)
def test_what_no_retry_can_fix_is_not_retried(llmock: LLMock, status: int, reason: str) -> None:
    llmock.fail(status, times=None)
    composed = compose(llmock)
    assert composed.use.calls == len(llmock.requests) == 1
    assert f"model-{reason}" in [note.kind for note in composed.analysis.notes]
    llmock.assert_resilient()


def test_a_context_that_overflows_is_said(llmock: LLMock) -> None:
    llmock.context_overflow(times=None)
    notes = [note.kind for note in compose(llmock).analysis.notes]
    assert "model-too-long" in notes


def test_an_outage_that_stays_leaves_the_offline_report(llmock: LLMock) -> None:
    llmock.outage()
    composed = compose(llmock)
    assert composed.use.name == "offline"
    assert "model-unavailable" in [note.kind for note in composed.analysis.notes]


def test_text_that_is_made_up_is_not_published(llmock: LLMock) -> None:
    """Left to itself it answers at random, in the shape of the schema it was sent."""
    composed = compose(llmock)
    assert composed.analysis.files[0].engine == "offline"

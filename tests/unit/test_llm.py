from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from support.model_server import completion

from diffinsight.conversation import ModelSettings, NoAnswerError, Request
from diffinsight.llm import OpenAIModel, open_model
from diffinsight.llm.client import Clock
from diffinsight.llm.exchange import wait_asked_for
from diffinsight.llm.failures import Failure, failure
from diffinsight.llm.reply import read_reply
from diffinsight.llm.shape import Shape, relaxed

QUESTION = Request(
    system="s", user="u", schema_name="files", schema='{"type": "object"}', max_output_tokens=100
)
Body = dict[str, Any]


class Waits:
    """A clock that waits in no time."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.time, sleep=self.sleep, chance=lambda: 1.0)


def model(send: Callable[[Body], bytes], waits: Waits | None = None) -> OpenAIModel:
    return OpenAIModel(name="m", send=send, clock=(waits or Waits()).clock)


def saying(*outcomes: Failure | str) -> tuple[Callable[[Body], bytes], list[Body]]:
    """A server that gives these in turn, the last one for good."""
    seen: list[Body] = []

    def send(body: Body) -> bytes:
        seen.append(body)
        outcome = outcomes[min(len(seen), len(outcomes)) - 1]
        if isinstance(outcome, Failure):
            raise outcome
        return json.dumps(completion(outcome, tokens=(10, 5))).encode()

    return send, seen


def test_answer_carries_text_and_counts() -> None:
    send, seen = saying("hello")
    answer = model(send).ask(QUESTION)
    assert (answer.text, answer.input_tokens, answer.output_tokens, answer.calls) == (
        "hello", 10, 5, 1,
    )  # fmt: skip
    assert seen[0]["response_format"]["json_schema"]["strict"] is True
    assert seen[0]["max_completion_tokens"] == 100
    assert [message["role"] for message in seen[0]["messages"]] == ["system", "user"]


def picky(*refused: str, words: str = "Unsupported parameter: '{}'") -> Callable[[Body], bytes]:
    """A server that refuses parameters or forms of answer by name."""

    def send(body: Body) -> bytes:
        form = body.get("response_format", {}).get("type", "")
        for name in refused:
            if name in body or name == form:
                raise failure(400, words.format(name))
        return json.dumps(completion("fine")).encode()

    return send


@pytest.mark.parametrize(
    "refused",
    [
        ("temperature",),
        ("max_completion_tokens",),
        ("max_completion_tokens", "max_tokens"),
        ("json_schema",),
        ("json_schema", "json_object"),
        ("response_format",),
        ("response_format", "temperature", "max_completion_tokens", "max_tokens"),
    ],
)
@pytest.mark.parametrize("words", ["Unsupported parameter: '{}'", "Bad Request"])
def test_refused_parameters_are_dropped_and_remembered(
    refused: tuple[str, ...], words: str
) -> None:
    asked = model(picky(*refused, words=words))
    assert asked.ask(QUESTION).text == "fine"
    assert asked.ask(QUESTION).calls == 1


def test_what_was_not_refused_stays() -> None:
    sent: list[Body] = []
    refuse = picky("temperature")

    def send(body: Body) -> bytes:
        sent.append(body)
        return refuse(body)

    model(send).ask(QUESTION)
    assert "temperature" not in sent[-1]
    assert sent[-1]["response_format"]["type"] == "json_schema"
    assert sent[-1]["max_completion_tokens"] == 100


def test_a_server_that_refuses_everything_ends() -> None:
    send, seen = saying(failure(400, "no"))
    with pytest.raises(NoAnswerError) as caught:
        model(send).ask(QUESTION)
    assert caught.value.reason == "rejected"
    assert len(seen) < 10


def test_an_unnamed_refusal_of_a_proven_shape_is_about_the_question() -> None:
    send, seen = saying("fine", failure(400, "Bad Request"))
    asked = model(send)
    asked.ask(QUESTION)
    with pytest.raises(NoAnswerError):
        asked.ask(QUESTION)
    assert len(seen) == 2


def test_shapes_only_get_lighter() -> None:
    shape: Shape | None = Shape()
    weights = []
    while shape:
        weights.append(shape.weight)
        shape = relaxed(shape, "no")
    assert weights == sorted(set(weights), reverse=True)
    assert weights[-1] == 0


def test_transient_failures_are_tried_again_after_longer_and_longer_waits() -> None:
    waits = Waits()
    send, seen = saying(failure(503, ""), failure(500, ""), "at last")
    answer = model(send, waits).ask(QUESTION)
    assert answer.calls == len(seen) == 3
    assert waits.waits == [1.0, 2.0]


def test_retry_after_is_honoured() -> None:
    waits = Waits()
    send, _ = saying(failure(429, "", wait=7.5), "at last")
    model(send, waits).ask(QUESTION)
    assert waits.waits == [7.5]


def test_a_server_that_asks_for_an_hour_is_not_waited_for() -> None:
    waits = Waits()
    send, seen = saying(failure(429, "", wait=3600))
    with pytest.raises(NoAnswerError) as caught:
        model(send, waits).ask(QUESTION)
    assert (caught.value.reason, len(seen), waits.waits) == ("limited", 1, [])


@pytest.mark.parametrize(("chance", "expected"), [(0.0, 0.5), (0.5, 0.75), (1.0, 1.0)])
def test_jitter_shortens_a_wait_by_at_most_half(chance: float, expected: float) -> None:
    waits = Waits()
    send, _ = saying(failure(500, ""), "ok")
    clock = Clock(now=lambda: 0.0, sleep=waits.sleep, chance=lambda: chance)
    OpenAIModel(name="m", send=send, clock=clock).ask(QUESTION)
    assert waits.waits == [expected]


@pytest.mark.parametrize(
    ("status", "words", "reason", "calls"),
    [
        (400, "Invalid prompt", "rejected", 6),
        (400, '{"code": "content_filter"}', "filtered", 1),
        (400, "maximum context length is 4096 tokens", "too-long", 1),
        (400, "API key not valid. Please pass a valid API key.", "wrong-key", 1),
        (401, "", "wrong-key", 1),
        (402, "", "no-quota", 1),
        (403, "", "not-permitted", 1),
        (403, "input was flagged by moderation", "filtered", 1),
        (404, "", "not-found", 1),
        (408, "", "timeout", 3),
        (410, "", "retired", 1),
        (413, "", "too-long", 1),
        (429, "slow down", "limited", 3),
        (429, "insufficient_quota", "no-quota", 1),
        (500, "", "unavailable", 3),
        (502, "", "unavailable", 3),
        (529, "", "unavailable", 3),
    ],
)
def test_what_a_status_means(status: int, words: str, reason: str, calls: int) -> None:
    send, _ = saying(failure(status, words))
    with pytest.raises(NoAnswerError) as caught:
        model(send).ask(QUESTION)
    assert caught.value.reason == reason
    assert caught.value.calls <= calls


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "malformed"),
        (b"<html>busy</html>", "malformed"),
        (b"[]", "malformed"),
        (b"[" * 100_000, "malformed"),
        (b'{"choices": []}', "malformed"),
        (b'{"choices": [{"message": null}]}', "malformed"),
        (json.dumps(completion("")).encode(), "empty"),
        (json.dumps(completion(None)).encode(), "empty"),
        (json.dumps(completion("<think>hmm</think>")).encode(), "empty"),
        (json.dumps(completion("x", finish="length")).encode(), "cut-off"),
        (json.dumps(completion("x", finish="content_filter")).encode(), "filtered"),
        (b'{"choices": [{"message": {"refusal": "no", "content": null}}]}', "refused"),
        (b'{"error": {"message": "upstream", "code": 502}}', "unavailable"),
        (b'{"error": {"message": "upstream", "code": 401}}', "wrong-key"),
    ],
)
def test_odd_replies_are_failures_with_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(Failure) as caught:
        read_reply(body)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "content",
    ["<think>let me see</think>\nfine", [{"type": "thinking"}, {"type": "text", "text": "fine"}]],
)
def test_thoughts_are_no_part_of_an_answer(content: object) -> None:
    reply = completion("")
    reply["choices"][0]["message"]["content"] = content
    assert read_reply(json.dumps(reply).encode()).text == "fine"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT"}, 90.0),
        ({"retry-after": "soon"}, None),
    ],
)
def test_the_wait_a_server_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert wait_asked_for(headers, now=10.0) == seconds


@pytest.mark.parametrize("host", ["models.github.ai/inference", "models.inference.ai.azure.com"])
def test_retired_services_are_known_and_not_called(host: str) -> None:
    settings = ModelSettings(base_url=f"https://{host}", model="gpt", api_key="k")
    with pytest.raises(NoAnswerError) as caught:
        open_model(settings).ask(QUESTION)
    assert (caught.value.reason, caught.value.calls) == ("retired", 0)


def test_a_key_is_shown_nowhere() -> None:
    assert "hush" not in repr(ModelSettings(api_key="hush"))


LOADED = "import sys; import {}; print([m for m in sys.modules if m.split('.')[0] in {}])"
HEAVY = {"openai", "httpx2", "pydantic", "anyio", "jiter", "detect_secrets"}


@pytest.mark.parametrize(
    "module", ["diffinsight", "diffinsight.run", "diffinsight.engines.model.engine"]
)
def test_nothing_of_a_model_is_loaded_until_one_is_asked(module: str) -> None:
    code = LOADED.format(module, HEAVY)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

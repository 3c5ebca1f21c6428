"""What is in a service's answer."""

from __future__ import annotations

import json
import re
from typing import Any

from diffinsight.conversation import Answer, Reason
from diffinsight.llm.failures import Failure, failure_inside

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)


class Unusable(Failure):
    """An answer that came whole and cost tokens, but says nothing we can use."""

    def __init__(self, reason: Reason, answer: Answer) -> None:
        super().__init__(reason)
        self.answer = answer


def read_reply(body: bytes) -> Answer:
    """The text and the counts of a chat completion. Raises Failure."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Failure("malformed") from None
    if not isinstance(data, dict):
        raise Failure("malformed")
    inside = failure_inside(data)
    if inside:
        raise inside
    used = _usage(data.get("usage"))
    choices = data.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise Unusable("malformed", used)
    return _checked(choice, message, used)


def _checked(choice: dict[str, Any], message: dict[str, Any], used: Answer) -> Answer:
    finish = choice.get("finish_reason")
    if finish == "content_filter":
        raise Unusable("filtered", used)
    if message.get("refusal"):
        raise Unusable("refused", used)
    if finish == "length":
        raise Unusable("cut-off", used)
    text = _THOUGHTS.sub("", _text(message.get("content"))).strip()
    if not text:
        raise Unusable("empty", used)
    return Answer(text=text, input_tokens=used.input_tokens, output_tokens=used.output_tokens)


def _text(content: object) -> str:
    """Content as one text: some services send a list of parts, thoughts among them."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = [part.get("text") for part in parts if isinstance(part, dict)]
    return "".join(text for text in texts if isinstance(text, str))


def _usage(usage: object) -> Answer:
    counts = usage if isinstance(usage, dict) else {}
    return Answer(
        text="",
        input_tokens=_count(counts.get("prompt_tokens")),
        output_tokens=_count(counts.get("completion_tokens")),
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0

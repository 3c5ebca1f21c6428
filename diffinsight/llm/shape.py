"""How a question is put: as strictly as the server allows."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

from diffinsight.conversation import Request

Form = Literal["json_schema", "json_object", "prompt"]
Limit = Literal["max_completion_tokens", "max_tokens", ""]

# Current OpenAI reasoning models refuse `max_tokens`, older compatible servers know nothing else.
_NEXT_LIMIT: dict[Limit, Limit] = {"max_completion_tokens": "max_tokens", "max_tokens": "", "": ""}
_NEXT_FORM: dict[Form, Form] = {
    "json_schema": "json_object",
    "json_object": "prompt",
    "prompt": "prompt",
}

_FORM_WORDS = ("response_format", "json_schema", "json_object", "structured output")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """Which optional parameters go with a question."""

    form: Form = "json_schema"
    limit: Limit = "max_completion_tokens"
    temperature: bool = True  # 0; reasoning models take none but their own

    @property
    def weight(self) -> int:
        """How much a server has to understand; lighter shapes are met by more servers."""
        form = {"json_schema": 2, "json_object": 1, "prompt": 0}[self.form]
        limit = {"max_completion_tokens": 2, "max_tokens": 1, "": 0}[self.limit]
        return form + limit + self.temperature

    def body(self, request: Request, model: str) -> dict[str, Any]:
        """The request's JSON body, parameters in a fixed order."""
        body: dict[str, Any] = {
            "model": model,
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
        }
        if self.form == "json_schema":
            schema = {"name": request.schema_name, "strict": True}
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": schema | {"schema": json.loads(request.schema)},
            }
        elif self.form == "json_object":
            body["response_format"] = {"type": "json_object"}
        if self.limit:
            body[self.limit] = request.max_output_tokens
        if self.temperature:
            body["temperature"] = 0
        return body


def relaxed(shape: Shape, words: str, *, proven: bool = False) -> Shape | None:
    """The shape without what the server's ``words`` refuse; None when nothing is left to drop.

    ``proven``: the server has taken this shape before, so only what it names can be meant.
    """
    said = words.lower()
    if shape.temperature and "temperature" in said:
        return replace(shape, temperature=False)
    if shape.limit and shape.limit in said:
        return replace(shape, limit=_NEXT_LIMIT[shape.limit])
    if shape.form != "prompt" and (not proven or any(word in said for word in _FORM_WORDS)):
        return replace(shape, form=_NEXT_FORM[shape.form])
    return None if proven else _without_the_rest(shape)


def _without_the_rest(shape: Shape) -> Shape | None:
    if shape.temperature:
        return replace(shape, temperature=False)
    return replace(shape, limit=_NEXT_LIMIT[shape.limit]) if shape.limit else None

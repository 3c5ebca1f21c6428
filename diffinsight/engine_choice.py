"""Which engine writes, from what was asked for: the offline one, or a model and how to reach it."""

from __future__ import annotations

from diffinsight.conversation import (
    DEFAULT_BASE_URL,
    DEFAULT_CONCURRENCY,
    DEFAULT_MODEL,
    DEFAULT_TOKEN_BUDGET,
    EngineChoice,
    ModelSettings,
)
from diffinsight.errors import ActionError


def choose_model(  # noqa: PLR0913 - one per input
    *,
    engine: EngineChoice,
    api_key: str | None,
    base_url: str | None = None,
    model: str | None = None,
    concurrency: int | None = None,
    token_budget: int | None = None,
) -> ModelSettings | None:
    """The model to ask; None for the offline engine. Empty strings count as not given."""
    if engine == "offline" or (engine == "auto" and not api_key):
        return None
    if not api_key:
        raise ActionError(
            "engine `model` needs a key",
            "set `llm-api-key` (command line: DIFFINSIGHT_LLM_API_KEY); for a server without "
            "keys any text will do",
        )
    url = (base_url or DEFAULT_BASE_URL).rstrip("/")
    if not url.startswith(("https://", "http://")):
        raise ActionError(f"llm-base-url {url!r} is no URL", f"use one such as {DEFAULT_BASE_URL}")
    if url != DEFAULT_BASE_URL and not model:
        raise ActionError(
            "`llm-base-url` is set but not `llm-model`", "name a model of that server"
        )
    return ModelSettings(
        base_url=url,
        model=model or DEFAULT_MODEL,
        api_key=api_key,
        concurrency=_positive("llm-concurrency", concurrency, DEFAULT_CONCURRENCY),
        token_budget=_positive("llm-token-budget", token_budget, DEFAULT_TOKEN_BUDGET),
    )


def _positive(name: str, value: int | None, default: int) -> int:
    if value is None:
        return default
    if value < 1:
        raise ActionError(f"`{name}` is {value}", "use a number above 0")
    return value

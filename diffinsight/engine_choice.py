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
    mark: str = "",
) -> ModelSettings | None:
    """The model to ask; None for the offline engine. Empty strings count as not given.

    ``mark`` is what names of options begin with where they are asked for: `--` for flags.
    """
    if engine == "offline" or (engine == "auto" and not api_key):
        return None
    if not api_key:
        raise ActionError(
            "engine `model` needs a key",
            f"set {'DIFFINSIGHT_LLM_API_KEY' if mark else '`llm-api-key`'}; for a server without "
            "keys any text will do",
        )
    url = (base_url or DEFAULT_BASE_URL).rstrip("/")
    if not url.startswith(("https://", "http://")):
        message = f"`{mark}llm-base-url` is {url!r}, which is no URL"
        raise ActionError(message, f"use one such as {DEFAULT_BASE_URL}")
    if url != DEFAULT_BASE_URL and not model:
        message = f"`{mark}llm-base-url` is set but not `{mark}llm-model`"
        raise ActionError(message, "name a model of that server")
    return ModelSettings(
        base_url=url,
        model=model or DEFAULT_MODEL,
        api_key=api_key,
        concurrency=concurrency or DEFAULT_CONCURRENCY,
        token_budget=token_budget or DEFAULT_TOKEN_BUDGET,
    )

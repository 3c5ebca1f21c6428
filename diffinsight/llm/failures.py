"""What a service's refusals mean."""

from __future__ import annotations

import json
import re
from typing import Any

from diffinsight.conversation import Reason

_BY_STATUS: dict[int, Reason] = {
    401: "wrong-key",
    402: "no-quota",  # OpenRouter: https://openrouter.ai/docs/api-reference/errors
    403: "not-permitted",
    404: "not-found",
    405: "not-found",
    408: "timeout",
    410: "retired",
    413: "too-long",
    429: "limited",
}
# Services tell some of their refusals apart in words only. Order matters: the first that fits.
_BY_WORDS: tuple[tuple[str, tuple[int, ...], Reason], ...] = (
    (r"content_filter|content.management.policy|moderation|flagged", (400, 403), "filtered"),
    (r"context.length|maximum context|prompt is too long|too many tokens", (400, 422), "too-long"),
    (
        r"api.?key (?:is )?(?:not valid|invalid)|(?:invalid|incorrect) api.?key",
        (400,),
        "wrong-key",
    ),
    (r"insufficient_quota|exceeded your current quota|billing", (403, 429), "no-quota"),
)
_TRANSIENT: frozenset[Reason] = frozenset({"timeout", "limited", "unavailable"})
_SERVER_ERROR = 500


class Failure(Exception):  # noqa: N818 - an outcome that is handled, not an error that surfaces
    """One request that brought no answer."""

    def __init__(
        self, reason: Reason, *, status: int = 0, words: str = "", wait: float | None = None
    ) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.status = status
        self.words = words  # the server's, for looking up what it refused; never shown
        self.wait = wait  # seconds the server asked for

    @property
    def transient(self) -> bool:
        return self.reason in _TRANSIENT

    @property
    def detail(self) -> str:
        return f"HTTP {self.status}" if self.status else ""


def failure(status: int, words: str, wait: float | None = None) -> Failure:
    """What a status and the body that came with it mean."""
    for pattern, statuses, reason in _BY_WORDS:
        if status in statuses and re.search(pattern, words, re.IGNORECASE):
            return Failure(reason, status=status, words=words)
    reason = _BY_STATUS.get(status, "unavailable" if status >= _SERVER_ERROR else "rejected")
    return Failure(reason, status=status, words=words, wait=wait)


def failure_inside(data: dict[str, Any]) -> Failure | None:
    """The error that a 200 carries: some gateways report an upstream failure in the body."""
    error = data.get("error")
    if not error or data.get("choices"):
        return None
    words = json.dumps(error, ensure_ascii=False)
    code = error.get("code") if isinstance(error, dict) else None
    return failure(code if isinstance(code, int) else _SERVER_ERROR, words)

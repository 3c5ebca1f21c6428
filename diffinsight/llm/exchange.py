"""One HTTP request through the openai library, with a deadline for all of it."""

from __future__ import annotations

import email.utils
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diffinsight.llm.failures import Failure, failure

if TYPE_CHECKING:  # takes a second to import: only a run that asks a model pays for it
    from openai import OpenAI

_LARGEST_REPLY = 4_000_000  # bytes
_CONNECT_SECONDS = 10.0

Send = Callable[[dict[str, Any]], bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """Sends a body and brings the reply's bytes, within ``seconds`` from start to end."""

    client: OpenAI
    seconds: float

    def send(self, body: dict[str, Any]) -> bytes:
        """The reply. Raises Failure."""
        outcome: list[bytes | Failure] = []

        def work() -> None:
            try:
                outcome.append(self._reply(body))
            except Failure as problem:
                outcome.append(problem)

        # The library's timeouts start again with every byte: a slow drip would never end. The
        # thread is abandoned at the deadline, and its own timeouts end it.
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(self.seconds)
        if not outcome:
            raise Failure("timeout")
        if isinstance(outcome[0], Failure):
            raise outcome[0]
        return outcome[0]

    def _reply(self, body: dict[str, Any]) -> bytes:
        import httpx2
        import openai

        deadline = time.monotonic() + self.seconds
        try:
            with self.client.chat.completions.with_streaming_response.create(
                model=body["model"], messages=body["messages"], extra_body=body
            ) as reply:
                return _read(reply.iter_bytes(), deadline)
        except openai.APIStatusError as error:
            wait = wait_asked_for(error.response.headers, time.time())
            raise failure(error.status_code, error.response.text[:5_000], wait) from None
        except (openai.APITimeoutError, httpx2.TimeoutException):
            raise Failure("timeout") from None
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError, OSError):
            raise Failure("unavailable") from None
        except (ValueError, httpx2.InvalidURL):  # such as a key that no header can carry
            raise Failure("rejected") from None


def _read(chunks: Any, deadline: float) -> bytes:  # noqa: ANN401 - an iterator of bytes, untyped there
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if time.monotonic() > deadline:
            raise Failure("timeout")
        if len(body) > _LARGEST_REPLY:
            raise Failure("malformed")
    return bytes(body)


def wait_asked_for(headers: Any, now: float) -> float | None:  # noqa: ANN401 - any mapping of headers
    """Seconds that Retry-After asks for, in either of its forms, or OpenAI's own in ms."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        asked = headers.get("retry-after")
        if asked is None:
            return None
        if asked.strip().replace(".", "", 1).isdecimal():
            return float(asked)
        return max(0.0, email.utils.parsedate_to_datetime(asked).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def connect(base_url: str, api_key: str, seconds: float) -> Exchange:
    """The library's client without its own retries and ten-minute timeout."""
    from httpx2 import Timeout
    from openai import OpenAI

    client = OpenAI(
        base_url=base_url,
        api_key=api_key,
        max_retries=0,
        timeout=Timeout(seconds, connect=min(_CONNECT_SECONDS, seconds)),
    )
    # Not from the environment: this key may belong to another service.
    client.organization = client.project = None
    _ = client.chat.completions  # loads half of the library: not within the first deadline
    return Exchange(client=client, seconds=seconds)

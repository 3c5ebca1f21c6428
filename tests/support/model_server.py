"""A local OpenAI-compatible server that says and breaks what a test tells it to."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from diffinsight.llm import OpenAIModel
from diffinsight.llm.failures import failure

Body = dict[str, Any]
Sentences = Callable[[str], Mapping[str, str]]  # a file's part of the question → its answer


@dataclass(frozen=True)
class Reply:
    """What to send back, and how badly."""

    status: int = 200
    body: Any = None  # bytes go as they are, everything else as JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0  # seconds before the first byte
    drip: float = 0.0  # seconds between single bytes
    cut_after: int | None = None  # bytes, then the connection is reset


Script = Callable[[Body, int], Reply]  # request and its number, from 1


def completion(
    text: object, *, finish: str = "stop", tokens: tuple[int, int] | None = None
) -> Body:
    """A chat completion; anything but a text is written as JSON."""
    content = text if isinstance(text, str) or text is None else json.dumps(text)
    used = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]} if tokens else None
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content},
                "finish_reason": finish,
            }
        ],
        "usage": used,
    }


def error(status: int, message: str, *, code: str | None = None, **headers: str) -> Reply:
    body = {"error": {"message": message, "type": "error", "param": None, "code": code}}
    return Reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


def question(request: Body) -> str:
    return str(request["messages"][-1]["content"])


def files_asked(request: Body) -> list[str]:
    """The parts of a question, one a file; empty for the overview."""
    if "summary" in str(request["messages"][0]["content"])[:700]:
        return []
    return re.split(r"(?m)^file \d+\n(?=<<<)", question(request))[1:]


def path_of(part: str) -> str:
    found = re.search(r"(?m)^path: (.*)$", part)
    return found[1] if found else ""


OVERVIEW: Mapping[str, Any] = {
    "summary": "The pages of this range changed.",
    "highlights": "The pages of this range changed.",
    "new_features": [],
    "breaking_changes": [],
    "other_updates": [{"text": "A page changed.", "changes": [1]}],
    "insights": "Readers find changed pages.",
}


def faithful(
    text: str = "The page changed.", title: str = "A changed page", overview: object = OVERVIEW
) -> Script:
    """Answers every question with something true of any file."""

    def script(request: Body, number: int) -> Reply:
        del number
        parts = files_asked(request)
        if not parts:
            return Reply(body=completion(overview, tokens=_tokens(request)))
        return Reply(body=completion(entries(parts, text, title), tokens=_tokens(request)))

    return script


def entries(parts: Sequence[str], text: str, title: str, type_: str = "minor update") -> Body:
    return {
        "files": [
            {
                "file": number,
                "modification_type": type_,
                "modification_title": title,
                "explanation": text,
            }
            for number in range(1, len(parts) + 1)
        ]
    }


def _tokens(request: Body) -> tuple[int, int]:
    said = sum(len(str(message["content"])) for message in request["messages"])
    return said // 4, 60


class ScriptedModel(OpenAIModel):
    """The same without a network: a script in place of a server."""

    def __init__(self, script: Script) -> None:
        self.requests: list[Body] = []

        def send(body: Body) -> bytes:
            self.requests.append(body)
            reply = script(body, len(self.requests))
            if reply.status != HTTPStatus.OK:
                raise failure(reply.status, json.dumps(reply.body))
            return reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()

        super().__init__(name="scripted", send=send)


class ModelServer(ThreadingHTTPServer):
    """Runs a script; keeps the requests it got."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self.requests: list[Body] = []
        self.keys: list[str] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """Broken connections are what some scripts are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ModelServer

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.requests.append(request)
            self.server.keys.append(self.headers.get("Authorization", ""))
            number = len(self.server.requests)
        self._send(self.server.script(request, number))

    def _send(self, reply: Reply) -> None:
        time.sleep(reply.delay)
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.cut_after is not None:
            self.wfile.write(body[: reply.cut_after])
            self.wfile.flush()
            linger = struct.pack("ii", 1, 0)  # close with a reset
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
            self.close_connection = True
        elif reply.drip:
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(reply.drip)
        else:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""


@contextmanager
def serving(script: Script) -> Iterator[ModelServer]:
    server = ModelServer(script)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        with suppress(OSError):
            server.server_close()
        thread.join(5)

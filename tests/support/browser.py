"""A headless Chromium, driven by its DevTools protocol over a pair of pipes.

https://chromedevtools.github.io/devtools-protocol/; `--remote-debugging-pipe` needs no port and
no WebSocket: the browser reads JSON from descriptor 3 and writes it to 4, each message ended by
a zero byte.
"""

import json
import os
import select
import subprocess
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Root has no sandbox; a closed machine lets nothing look up the maker's servers.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--window-size=1000,400",  # low, so that one has to scroll
    "--remote-debugging-pipe",
)
_PATIENCE = 60  # seconds for an answer
_ENABLED = ("Page", "Runtime", "Log", "Network")

Message = Mapping[str, Any]


@dataclass(kw_only=True)
class Browser:
    """One tab; `troubles` are the errors in its console and the requests that failed."""

    writing: int
    reading: int
    troubles: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)
    _session: str | None = None
    _number: int = 0
    _pending: bytes = b""
    _events: deque[Message] = field(default_factory=deque)

    def open_tab(self) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in _ENABLED:
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)

    def open(self, address: str) -> None:
        """Follow a link to ``address``, and wait until the page is there."""
        self._events.clear()
        there = self.call("Page.navigate", url=address)
        if there.get("errorText"):
            raise AssertionError(f"{address}: {there['errorText']}")
        # Without a loader it is a place in the page that is open.
        loader = there.get("loaderId")
        while loader and not self._is_loaded(loader):
            self._take()

    def ask(self, script: str) -> Any:  # noqa: ANN401 - what a script says
        """The value of an expression, or of a promise, in the page."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def troubles_at(self, site: str) -> list[str]:
        """What went wrong, and requests to anywhere but ``site``."""
        asked = (it for it in self.requested if not it.startswith(("data:", f"{site}/")))
        # A browser asks for an icon when it likes, be it the page before's.
        return [it for it in (*self.troubles, *asked) if "/favicon." not in it]

    def call(self, method: str, **params: object) -> Message:
        number = self._send(method, params)
        while (answer := self._take()).get("id") != number:
            pass
        assert "error" not in answer, f"{method}: {answer.get('error')}"
        result: Message = answer["result"]
        return result

    def _send(self, method: str, params: Message) -> int:
        self._number += 1
        asked: dict[str, object] = {"id": self._number, "method": method, "params": params}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self.writing, json.dumps(asked).encode() + b"\0")
        return self._number

    def _take(self) -> Message:
        """The next message, kept if it is an event."""
        message = self._read()
        if "method" in message:
            self._events.append(message)
            self._note(message["method"], message.get("params", {}))
        return message

    def _read(self) -> Message:
        end = time.monotonic() + _PATIENCE
        while b"\0" not in self._pending:
            ready, _, _ = select.select([self.reading], [], [], max(0, end - time.monotonic()))
            read = os.read(self.reading, 1 << 16) if ready else b""
            assert read, "the browser is gone" if ready else "the browser says nothing"
            self._pending += read
        first, _, self._pending = self._pending.partition(b"\0")
        message: Message = json.loads(first)
        return message

    def _note(self, method: str, params: Message) -> None:
        if method == "Network.requestWillBeSent":
            self.requested.append(params["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.troubles.append(str(params["exceptionDetails"]))
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            self.troubles.append(str(params["args"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.troubles.append(f"{params['entry']['text']} ({params['entry'].get('url')})")
        elif method == "Page.javascriptDialogOpening":
            self.troubles.append(f"a dialog: {params['message']}")
            self._send("Page.handleJavaScriptDialog", {"accept": False})  # it stops everything

    def _is_loaded(self, loader: str) -> bool:
        return any(
            event["method"] == "Page.lifecycleEvent"
            and event["params"]["loaderId"] == loader
            and event["params"]["name"] == "load"
            for event in self._events
        )


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """A browser that keeps what it remembers in ``profile``."""
    its_reading, writing = os.pipe()
    reading, its_writing = os.pipe()
    # A shell gives the pipes the numbers that the browser knows them by; dash has no 10 and up.
    script = f'exec "$@" 3<&{its_reading} 4>&{its_writing}'
    process = subprocess.Popen(
        ["bash", "-c", script, "bash", "chromium", *FLAGS, f"--user-data-dir={profile}"],
        pass_fds=(its_reading, its_writing),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(its_reading)
    os.close(its_writing)
    try:
        browser = Browser(writing=writing, reading=reading)
        browser.open_tab()
        yield browser
    finally:
        os.close(writing)  # which ends the browser
        os.close(reading)
        process.terminate()
        process.wait(timeout=_PATIENCE)

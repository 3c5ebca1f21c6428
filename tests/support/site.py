"""A folder of pages, served on this machine and looked at in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from support.browser import Browser

LINKS = "[...document.querySelectorAll('a[href]')].map(it => it.href)"
# What a link in the page led to, once scrolling is over.
ARRIVED = """(async () => {
  const target = document.querySelector(':target');
  if (!target) return 'leads nowhere';
  for (let tries = 0; tries < 60; tries++) {
    const [box] = target.getClientRects();
    if (box && box.top > -1 && box.top < innerHeight) return '';
    await new Promise(requestAnimationFrame);
  }
  return 'does not scroll there';
})()"""
FEED = """fetch(ADDRESS).then(it => it.text()).then(text => {
  const feed = new DOMParser().parseFromString(text, 'text/xml');
  const links = [...feed.querySelectorAll('link')].map(it => it.getAttribute('href'));
  return feed.querySelector('parsererror') ? ['no feed'] : links;
})"""


class _Handler(SimpleHTTPRequestHandler):
    """Says nothing, and keeps what was asked for and is not there."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".md": "text/plain; charset=utf-8"}

    def __init__(self, *args: Any, missing: list[str], directory: str) -> None:  # noqa: ANN401 - the server's
        self.missing = missing
        super().__init__(*args, directory=directory)

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":  # every browser asks for it, no page does
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
            return
        super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.missing.append(f"{code} {self.path}")
        super().send_error(code, message, explain)


@dataclass(kw_only=True)
class Site:
    """Where it is served, and what somebody asked for in vain."""

    address: str
    missing: list[str] = field(default_factory=list)

    def path(self, address: str) -> str:
        return unquote(urlsplit(address).path).removeprefix("/")

    def is_inside(self, address: str) -> bool:
        return address.startswith(f"{self.address}/")


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    missing: list[str] = []
    handler = partial(_Handler, missing=missing, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Site(address=f"http://127.0.0.1:{server.server_port}", missing=missing)
        finally:
            server.shutdown()


@dataclass(kw_only=True)
class Walk:
    """What following every link of a site from one page on came to."""

    pages: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)


def follow_links(browser: Browser, site: Site, start: str) -> Walk:
    """Open what links lead to, in this site: pages and places in them."""
    walk = Walk()
    waiting = [f"{site.address}/{start}"]
    while waiting:
        page = waiting.pop()
        if page in walk.pages:
            continue
        walk.pages.add(page)
        browser.open(page)
        links = dict.fromkeys(link for link in browser.ask(LINKS) if site.is_inside(link))
        waiting += [urldefrag(link).url for link in links]
        # Those into this page come first: then it need not be loaded for each.
        for link in sorted(links, key=lambda link: urldefrag(link).url != page):
            if urldefrag(link).fragment and link not in walk.places:
                walk.places.add(link)
                browser.open(link)
                if trouble := browser.ask(ARRIVED):
                    walk.dead.append(f"{page}: {link} {trouble}")
    return walk


def feed_links(browser: Browser, address: str) -> list[str]:
    """The addresses in a feed, as a browser reads it."""
    links: list[str] = browser.ask(FEED.replace("ADDRESS", repr(address)))
    return links

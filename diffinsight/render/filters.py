"""What templates write text with: each filter makes it fit the place that its name says."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from diffinsight.markdown_text import bare_code, code_span, escape_prose, outside_code
from diffinsight.models import Flavor
from diffinsight.render import escaping
from diffinsight.render.containment import contained
from diffinsight.render.guest_markdown import emphasised, quiet, quiet_text

_TEMPLATE_MARK = re.compile(r"(?<=\{)\{|\{(?=[%#])")
_LINK_TARGET = re.compile(r"""(<(?:a|img)\b[^>]*?(?:href|src)=)"([^"]*)\"""")
_WEB_OR_PAGE = re.compile(r"(?i)https?:|mailto:|[^:]*$|[^:]*[/?#]")
_REMEMBERED = 4096  # a page is written several times until it fits


def guest(text: str, flavor: Flavor) -> str:
    """Markdown by others in a committed report, which keeps its characters where it can.

    Mentions stay as they are: GitHub notifies nobody about what a file in a repository says.
    """
    return emphasised(contained(text)) if flavor == "github" else contained(text)


@lru_cache(maxsize=_REMEMBERED)
def posted(text: str) -> str:
    """Markdown by others in a comment or job summary, where GitHub follows names and numbers."""
    return quiet(emphasised(contained(text)))


def posted_name(path: str) -> str:
    """A path in a comment where it is no link; in a link's text GitHub follows nothing."""
    return quiet_text(escaping.name(path))


def bullet(text: str) -> str:
    """Markdown as one list item: what follows its first line is indented."""
    return "\n".join(f"  {line}" if line.strip() else "" for line in text.split("\n")).lstrip(" ")


def title_cell(text: str) -> str:
    """A title in a table cell of a comment; its code spans stay code."""
    return outside_code(escaping.one_row(text), escape_prose, _code_in_cell)


def _code_in_cell(code: str) -> str:
    return code_span(bare_code(code)).replace("|", "\\|")  # as GitHub has it, and nobody else


def title_html(text: str) -> str:
    """A title inside an HTML tag; its code spans stay code."""
    row = escaping.one_row(text)
    return outside_code(row, html_text, lambda code: f"<code>{html_text(bare_code(code))}</code>")


def html_text(text: str) -> str:
    """Plain text inside an HTML tag of a comment."""
    return html.escape(quiet_text(escaping.visible(text)), quote=False)


def short(text: str, length: int = 160) -> str:
    """Plain text cut at ``length`` characters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def short_name(path: str, length: int = 80) -> str:
    """A path cut at its start: its end tells more."""
    return path if len(path) <= length else "…" + path[1 - length :]


def indented_json(value: object) -> str:
    """JSON in which no template engine of a site finds its marks."""
    return _TEMPLATE_MARK.sub(r"\\u007b", json.dumps(value, ensure_ascii=False, indent=4))


def html_block(text: str) -> str:
    """Markdown by others as HTML: tags in it are text, and its links lead to the web or nowhere."""
    import pyromark
    from markupsafe import Markup

    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
    page = pyromark.html(emphasised(contained(text)), options=options)
    return Markup(_LINK_TARGET.sub(_harmless, page))  # noqa: S704 - it holds no tags but the parser's


def _harmless(found: re.Match[str]) -> str:
    return found[0] if _WEB_OR_PAGE.match(found[2]) else f'{found[1]}""'


def diff_lines(patch: str) -> list[tuple[str, str]]:
    """The lines of a patch, each with what it is: added, removed, hunk or context."""
    kinds = {"+": "added", "-": "removed", "@": "hunk"}
    lines = patch.removesuffix("\n").split("\n")
    return [(kinds.get(line[:1], "context"), line) for line in lines]


FILTERS: Mapping[str, Callable[..., object]] = {
    "bullet": bullet,
    "cell": escaping.cell,
    "code": code_span,
    "diff_lines": diff_lines,
    "fence": escaping.fence,
    "front_matter": escaping.front_matter,
    "guest": guest,
    "html_block": html_block,
    "html_text": html_text,
    "json": indented_json,
    "name": escaping.name,
    "posted": posted,
    "posted_name": posted_name,
    "prose": escape_prose,
    "short": short,
    "short_name": short_name,
    "title_cell": title_cell,
    "title_html": title_html,
    "url": escaping.url,
    "visible": escaping.visible,
}

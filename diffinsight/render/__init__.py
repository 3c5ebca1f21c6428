"""A report as text: templates filled with a report, its language's words and escaping filters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from diffinsight import escaping, guest_markdown, languages, markdown_text
from diffinsight.languages import Phrases
from diffinsight.models import Report
from diffinsight.view import file_views

if TYPE_CHECKING:
    from jinja2 import Environment

Form = Literal["markdown", "comment", "summary", "html"]
Flavor = Literal["pandoc", "github"]

_TEMPLATES: Mapping[Form, str] = {"markdown": "report.md.j2"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """A report's two languages: of its headings and of its text."""

    headings: Phrases
    text: Phrases

    def heading(self, name: str) -> str:
        return self.headings.say(f"headings.{name}")


def render(
    report: Report,
    *,
    form: Form,
    phrases: Phrases,
    flavor: Flavor | None = None,
    limit: int | None = None,
) -> str:
    """The report in one of its forms, ending in a line feed.

    ``flavor`` is pandoc for the committed report and github for comments and job summaries
    unless it says otherwise. ``limit`` is in characters for a comment and in bytes for a job
    summary; without it GitHub's own limits hold.
    """
    template = _environment().get_template(_TEMPLATES[form])
    words = _Words(
        headings=_pack(report.heading_language or report.language, phrases),
        text=_pack(report.language, phrases),
    )
    return (
        template.render(
            report=report,
            files=file_views(report),
            flavor=flavor or "pandoc",
            heading=words.heading,
            say=words.text.say,
        ).rstrip("\n")
        + "\n"
    )


def _pack(code: str | None, fallback: Phrases) -> Phrases:
    """The pack of a language a report names; a report may come from elsewhere and name any."""
    known = languages.available()
    names = (code, code.partition("-")[0]) if code else ()
    return next((languages.load(name) for name in names if name in known), fallback)


@cache
def _environment() -> Environment:
    # Jinja2 takes longer to import than everything else that a report needs.
    from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    ours = PackageLoader("diffinsight", "templates")
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([ours, PrefixLoader({"default": ours}, delimiter=":")]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown has its own escaping, by filters; HTML pages turn it on
    )
    environment.filters |= {
        "bullet": _bullet,
        "cell": escaping.cell,
        "fence": escaping.fence,
        "front_matter": lambda values: escaping.front_matter(values).rstrip("\n"),
        "guest": guest_markdown.contained,
        "json": lambda value: json.dumps(value, ensure_ascii=False, indent=4),
        "name": escaping.name,
        "prose": markdown_text.escape_prose,
        "url": escaping.url,
        "without_last_break": lambda text: text.removesuffix("\n"),
    }
    return environment


def _bullet(text: str) -> str:
    """Markdown as one list item: what follows its first line is indented."""
    return "\n".join(f"  {line}" if line.strip() else "" for line in text.split("\n")).lstrip(" ")

"""A report as text: templates filled with a report, its language's words and escaping filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from diffinsight.errors import ActionError
from diffinsight.languages import Phrases
from diffinsight.models import Flavor, Report
from diffinsight.render.filters import FILTERS
from diffinsight.render.fitting import longest
from diffinsight.render.view import Totals, diff_page, file_views
from diffinsight.render.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

    from diffinsight.render.digest import Digest, Excerpt, Measure, Row

Form = Literal["markdown", "comment", "summary", "html"]

# What an expression in a user's template can come to.
_MISUSES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_HINT = "docs/templates.md names the variables and filters of templates"
_TEMPLATES: Mapping[Form, str] = {
    "markdown": "report.md.j2",
    "comment": "comment.md.j2",
    "summary": "summary.md.j2",
    "html": "page.html.j2",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """A form that has to fit, with what it is measured in."""

    limit: int
    measure: Measure
    at_length: bool  # with insights and diffs


def _bytes(text: str) -> int:
    return len(text.encode(errors="replace"))


_PAGES: Mapping[Form, _Page] = {
    # "body is too long (maximum is 65536 characters)", in GitHub's own refusal; the rest is for
    # the hidden lines that a publisher adds.
    "comment": _Page(limit=65_536 - 1_024, measure=len, at_length=False),
    # https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
    "summary": _Page(limit=1024 * 1024 - 1_024, measure=_bytes, at_length=True),
}


def render(  # noqa: PLR0913 - one report, and options by keyword
    report: Report,
    *,
    form: Form,
    phrases: Phrases,
    flavor: Flavor | None = None,
    limit: int | None = None,
    templates: Mapping[str, str] | None = None,
    categories: Mapping[str, str] | None = None,
    elsewhere: str | None = None,
) -> str:
    """The report in one of its forms, ending in a line feed.

    ``flavor`` is of the committed report, pandoc unless said otherwise; comments and job
    summaries are always GitHub's. ``limit`` is in characters for a comment and in bytes for a
    job summary; without it GitHub's own limits hold. ``templates`` are the user's, by file name.
    In comments and job summaries ``categories``, by path, part the files, and ``elsewhere`` is
    the address of what has room for all when this one has not.
    """
    environment = _environment(tuple(sorted((templates or {}).items())))
    views = file_views(report)
    words = Words.of(report, phrases)
    chart = words.chart(views)

    def write(excerpt: Excerpt | None) -> str:
        text = _filled(
            environment,
            _TEMPLATES[form],
            report=report,
            flavor=flavor or "pandoc",
            files=views,
            totals=Totals.of(views),
            page=diff_page(report),
            shown=excerpt,
            chart=excerpt.chart if excerpt else chart,
            heading=words.heading,
            say=words.say,
            number=words.text.number,
            left_out=words.left_out(excerpt.left_out) if excerpt else [],
            by_category=lambda rows: _by_category(rows, categories or {}),
            elsewhere=elsewhere,
            title=words.title,
            point_text=lambda point: words.point(point, views),
        )
        return text.rstrip("\n") + "\n"

    page = _PAGES.get(form)
    if page is None:
        return write(None)
    from diffinsight.render.digest import Digest  # the committed report does without

    whole = Digest.of(report, views, chart=chart, at_length=page.at_length)
    return _fitted(whole, page, limit or page.limit, write)


def _by_category(
    rows: Sequence[Row], categories: Mapping[str, str]
) -> list[tuple[str, Sequence[Row]]]:
    from diffinsight.render.digest import by_category

    return by_category(rows, categories)


def _fitted(whole: Digest, page: _Page, limit: int, write: Callable[[Excerpt | None], str]) -> str:
    digest = whole.within(limit, page.measure)
    return longest(
        lambda count: write(digest.excerpt(whole, count)),
        count=digest.most(limit, page.measure),
        fits=lambda text: page.measure(text) <= limit,
    )


def _filled(environment: Environment, name: str, **values: object) -> str:
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        return environment.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise ActionError(
            f"template {error.name}, line {error.lineno}: {error.message}", _HINT
        ) from None
    except TemplateError as error:
        raise ActionError(f"template {name}: {error.message}", _HINT) from None
    except _MISUSES as error:
        if not environment.sandboxed:
            raise  # of our own template: a bug
        raise ActionError(f"template {name}: {error}", _HINT) from None


@cache
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    # Jinja2 takes longer to import than everything else that a report needs.
    from jinja2 import (
        ChoiceLoader,
        DictLoader,
        Environment,
        PackageLoader,
        PrefixLoader,
        StrictUndefined,
    )

    kind: type[Environment] = Environment
    if templates:
        # It looks at every attribute, which takes longer than all the rest: our own templates
        # do without.
        from jinja2.sandbox import ImmutableSandboxedEnvironment as kind  # noqa: N813 - a choice
    ours = PackageLoader("diffinsight", "templates")
    default = PrefixLoader({"default": ours}, delimiter=":")
    environment = kind(
        loader=ChoiceLoader([DictLoader(dict(templates)), default, ours]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=lambda name: bool(name and name.endswith(".html.j2")),
    )
    environment.filters |= FILTERS
    return environment

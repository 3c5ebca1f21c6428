"""Themes as matters: their types and titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diffinsight.change_types import MINOR_UPDATE, classify
from diffinsight.engines.choosing.clauses import Clause
from diffinsight.engines.choosing.passages import Passage, edits_of
from diffinsight.engines.choosing.ranking import size
from diffinsight.engines.explaining.clause_titles import LONGEST_TITLE, title_of
from diffinsight.engines.explaining.teller import Teller
from diffinsight.engines.overview.leads import place
from diffinsight.engines.overview.matters import Topic
from diffinsight.engines.overview.themes import Theme
from diffinsight.engines.quoting.code_differences import follows
from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.quoting.cutting import ELLIPSIS

_WORDS = ("text-", "edit-")


def leading(themes: Sequence[Theme]) -> Iterator[Theme]:
    """Without imports of what another theme tells the use of."""
    code = [theme for theme in themes if theme.about_code]
    for theme in themes:
        beside = [other.edit for other in code if other.paths == theme.paths]
        if not theme.about_code or not follows(theme.edit, beside):
            yield theme


def theme_topic(theme: Theme, teller: Teller) -> Topic:
    type_, _ = classify(theme.findings)
    if theme.kind.startswith(_WORDS):
        type_ = MINOR_UPDATE  # words that come with something else
    return Topic(
        type=type_,
        title=_code_title(theme, teller) if theme.about_code else _theme_title(theme, teller),
        paths=theme.paths,
        place=place(theme.findings),
        weight=size(theme.findings),
        theme=theme,
    )


def _code_title(theme: Theme, teller: Teller) -> str:
    passages = (Passage(finding=f, edits=edits_of(f.values)) for f in theme.findings)
    return title_of(teller, Clause(passages=tuple(passages)))


def _theme_title(theme: Theme, teller: Teller) -> str:
    key = f"themes.{theme.kind}"
    title = ""
    for limit in (60, 40, 32, 24):
        before, after = contrast(theme.before, theme.after, limit)
        cut = before.endswith(ELLIPSIS) or after.endswith(ELLIPSIS)
        title = teller.phrases.say_plain(
            key,
            count=len(theme.findings),
            before=before,
            after=after,
            texts=theme.texts if cut else None,  # half an address says less
            image=theme.after == "image",
            package=theme.package,
            versions=theme.versions or None,
            commits=theme.commits,
            buttons=theme.buttons,
        )
        if len(title) <= LONGEST_TITLE:
            break
    return title

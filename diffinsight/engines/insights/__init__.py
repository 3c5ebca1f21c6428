"""What the range means as a whole, in prose; silent where there is nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from diffinsight.engines.insights.character import character
from diffinsight.engines.insights.checks import checks
from diffinsight.engines.insights.readers import readers
from diffinsight.engines.insights.scope import Scope
from diffinsight.engines.overview.matters import Topic
from diffinsight.languages import Markdown, Phrases
from diffinsight.models import Analysis

_PARAGRAPHS: tuple[Callable[[Scope], Iterator[Markdown]], ...] = (character, readers, checks)


def write_insights(
    analysis: Analysis, topics: Sequence[Topic], phrases: Phrases, *, said: str = ""
) -> str:
    """Paragraphs in Markdown; empty where the files, or what is ``said`` above, tell everything."""
    scope = Scope(analysis, topics, phrases, said)
    paragraphs = (phrases.join(told(scope)) for told in _PARAGRAPHS)
    return "\n\n".join(filter(None, paragraphs))

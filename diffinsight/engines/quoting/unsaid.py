"""What a text says that the sentences of a report before it have not quoted already."""

from __future__ import annotations

import re

from diffinsight.markdown_text import as_shown
from diffinsight.matching.sentences import sentences

_LEAST = 30  # letters: fewer may be in another text by chance
_MOST = 60  # ... of a sentence, which may have been cut behind them
_NO_LETTER = re.compile(r"[\W_]+")


def unsaid(text: str, said: str) -> str:
    """``text`` without its sentences that ``said``, Markdown or not, quotes; empty: all of them."""
    known = _letters(said)
    return " ".join(
        sentence for sentence in sentences(as_shown(text)) if not _is_in(sentence, known)
    )


def _is_in(sentence: str, known: str) -> bool:
    letters = _letters(sentence)[:_MOST]
    return len(letters) >= _LEAST and letters in known


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()

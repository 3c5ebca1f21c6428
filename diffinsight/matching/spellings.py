"""Words that British and American English spell in two ways, neither of them a mistake."""

from __future__ import annotations

import re

# British as American: endings, and the stems in which they are no chance.
_AMERICAN = (
    (r"(?<=[a-z]{2})our(?=s?$|ed|ing|ful|able|al|ite|hood|ist)", "or"),
    (r"(?<=[a-z]{3})is(?=e|ing|ation|able)", "iz"),
    (r"(?<=[a-z])ys(?=e|ing)", "yz"),
    (r"(cent|fib|lit|met|theat)re(?=s?$|d$)", r"\1er"),
    (r"(?<=l)ogue(?=s?$|d$)", "og"),
    (r"(?<=defen|offen|licen)ce(?=s?$|d$)", "se"),
    (r"(cance|labe|mode|trave|signa|leve|channe|tunne|marsha|fue)ll(?=ed|ing|er)", r"\1l"),
    (r"^grey", "gray"),
    (r"^artefact", "artifact"),
    (r"^programme(?=s?$)", "program"),
    (r"^(judg|acknowledg)ement", r"\1ment"),
)
_RULES = tuple((re.compile(pattern), american) for pattern, american in _AMERICAN)


def is_variant(before: str, after: str) -> bool:
    """Whether two words are one in British and American spelling."""
    old, new = before.casefold(), after.casefold()
    return old != new and _american(old) == _american(new)


def _american(word: str) -> str:
    for pattern, american in _RULES:
        word = pattern.sub(american, word)
    return word

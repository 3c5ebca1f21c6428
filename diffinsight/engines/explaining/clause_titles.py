"""Titles of clauses: the best phrase that fits, with quotations as long as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diffinsight.engines.choosing.clauses import Clause
from diffinsight.engines.choosing.passages import Edit
from diffinsight.engines.choosing.ranking import TEXT
from diffinsight.engines.explaining.teller import LED, Teller, led
from diffinsight.engines.quoting.cutting import ELLIPSIS
from diffinsight.engines.quoting.parting import narrowed
from diffinsight.engines.quoting.voice import Voice
from diffinsight.engines.values import Spoken
from diffinsight.engines.values.sizes import totals
from diffinsight.languages import Markdown
from diffinsight.matching.spellings import is_variant
from diffinsight.matching.weight import Weight

LONGEST_TITLE = 80  # characters
_QUOTATIONS = (70, 54, 44, 36, 28)  # characters; tried in turn until a title fits
_SHORT_QUOTATIONS = (22, 16, 10)  # say little: a shorter title without them is better
_LEAST_QUOTED = 16  # characters of a text that is not quoted whole; fewer say nothing
_EDITED = ("edit_added", "edit_removed")  # what came or went in texts
_TOLD = ("subject", "text", *_EDITED)  # ... and texts that came or went
_LED_TITLES = ("table-row-changed", "code-changed")  # ... in titles, which have no room for all
_ONE_SIDED = ("added", "removed")  # kinds about one version of the page


def title_of(teller: Teller, clause: Clause) -> str:
    """Plain text of at most LONGEST_TITLE characters."""
    rows = len(clause.passages) if clause.kind == "table-row-changed" else 1
    clause = _told(teller, clause)
    sums = totals(teller.source.change, clause.findings) | {"led": rows if rows > 1 else None}
    if _is_one(clause):
        clause = Clause(passages=clause.passages[:1])
    whats = ("titles", "title") if len(clause.passages) > 1 else ("title",)
    text = ""
    for limits in (_QUOTATIONS, _SHORT_QUOTATIONS):
        fitting: list[tuple[int, int, str]] = []
        for limit in limits:
            titles = list(_titles(teller, clause, whats, limit, sums))
            fitting += [title for title in titles if len(title[-1]) <= LONGEST_TITLE]
            text = titles[-1][-1]
            if titles[0] in fitting and titles[0][0] <= 1:
                break
        if fitting:
            return min(fitting, key=lambda title: title[:2])[-1]
    return text[: LONGEST_TITLE - 1].rstrip() + "…"


def _titles(
    teller: Teller, clause: Clause, whats: tuple[str, ...], limit: int, sums: Spoken
) -> Iterator[tuple[int, int, str]]:
    """The titles there are with quotations of at most ``limit``, the best with the number 0.

    Text that is quoted whole is better than a part of it and the section it stands in.
    """
    values = teller.values(clause, Voice(phrases=teller.phrases, plain=True, limit=limit)) | sums
    names = _TOLD if clause.kind.endswith(_ONE_SIDED) else _EDITED
    told = [str(values.get(name) or "") for name in names if clause.kind in TEXT]
    texts = [text.replace("`", "") for text in told if text]
    whole = [text for text in texts if not text.endswith(ELLIPSIS)]
    scraps = [text for text in texts if text.endswith(ELLIPSIS) and len(text) < _LEAST_QUOTED]
    for number, title in teller.phrases.say_each(teller.key(clause, whats, values), **values):
        scrap = any(text in title for text in scraps)
        yield scrap + (not any(text in title for text in whole)), number, title


def _told(teller: Teller, clause: Clause) -> Clause:
    """What a title is about: the weightiest passage, where it says what that became."""
    weightiest = led(clause, (*LED, *_LED_TITLES), Weight.RULE)
    if len(weightiest.passages) > 1:
        return clause
    weightiest = Clause(passages=(narrowed(weightiest.passages[0]),))
    voice = Voice(phrases=teller.phrases, plain=True)
    named = teller.values(weightiest, voice).keys() & {"edit_before", "edit_added", "edit_removed"}
    return weightiest if named or len(clause.passages) == 1 else clause


def title_of_corrections(teller: Teller, edits: Sequence[Edit]) -> str:
    """The title of a file in which nothing but ``edits`` of spelling changed."""
    pairs = tuple(teller.phrases.say_plain("pair", before=a, after=b) for a, b in edits)
    before, after = edits[0]
    what = "titles" if len(edits) > 1 else "title"
    values: Spoken = {"count": len(edits), "before": before, "after": after}
    values["variant"] = len(edits) == 1 and is_variant(before, after)
    values["pairs"] = tuple(map(Markdown, pairs))
    titles = [t for _, t in teller.phrases.say_each(f"findings.typo-fixed.{what}", **values)]
    return next((title for title in titles if len(title) <= LONGEST_TITLE), titles[-1])


def _is_one(clause: Clause) -> bool:
    """Whether a title that names one of the passages is true of all of them."""
    alike = {(passage.finding.subject, passage.edits) for passage in clause.passages}
    return len(alike) == 1 and not clause.kind.startswith("table-column-")

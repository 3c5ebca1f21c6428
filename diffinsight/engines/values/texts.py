"""Texts of findings, cut to what fits where they are quoted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from diffinsight.engines.choosing.clauses import leads_there_still
from diffinsight.engines.quoting.contrasting import contrast
from diffinsight.engines.quoting.cutting import (
    ELLIPSIS,
    around,
    cut,
    cut_lead,
    cut_name,
    cut_start,
    shorten,
)
from diffinsight.engines.quoting.differences import weightiest
from diffinsight.engines.quoting.voice import QUOTATION
from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.languages import Markdown
from diffinsight.markdown_text import as_shown, one_line
from diffinsight.matching.spellings import is_variant
from diffinsight.matching.words import words_of
from diffinsight.models import Finding, Json

_HEADING = re.compile(r"(?m)^#+ +(.+)")
_AS_IT_WAS = 95  # percent of the words of a section that moved
ADDRESSED = frozenset({"link-retargeted", "image-changed", "redirect-changed"})
LONGEST_ADDRESS = 130  # characters: an address is followed, not read
LONGEST_TEXT = (
    220  # characters of a text that came or went, where quotations have their usual length
)
LONGEST_ENDING = 150  # ... of one that announces an end, and when it comes
LEAST_ROOM = 80  # characters of a quotation where there is room for one
IN_FULL = ("paragraph-", "list-item-", "note-", "step-", "deprecation-")
REWORDED = frozenset(f"{kind}changed" for kind in IN_FULL)
SIZES = frozenset(
    {"words", "lines", "links", "rows", "images", "code_blocks", "added", "removed"}
)  # 0 says nothing
REQUIRED = "validations.required: true"  # of a field of an issue form
NAMED = ("page-", "heading-", "section-")  # their subjects are titles
TITLES = frozenset({"title", "title_before"})  # values that are, too
# Their texts are no prose: shown as they are written.
SOURCE = (
    "directive-",
    "include-",
    "setting-",
    "redirect-",
    "toc-",
    "code-",
    "option-",
    "version-",
    "html-",
    "text-",
)


def shown(speaker: Speaker, values: Mapping[str, Json]) -> Spoken:
    spoken: Spoken = {}
    for name, value in values.items():
        if isinstance(value, str):
            text = speaker.voice.phrases.date(value) if name == "date" else value
            quote = cut_name if name in TITLES else shorten
            spoken[name] = quote(text, speaker.voice.limit)
        elif isinstance(value, bool):
            spoken[name] = value
        elif isinstance(value, int):
            spoken[name] = None if value == 0 and name in SIZES else value
        elif name == "headings" and isinstance(value, Sequence):
            # The first heading of a page is its title.
            titles = (values.get("title"),)
            rest = tuple(str(item) for item in value if item not in titles)
            spoken[name] = tuple(map(speaker.voice.quoted, rest))
        elif name == "fields" and isinstance(value, Sequence) and _is_nested(value):
            spoken["required"] = REQUIRED in value
        elif isinstance(value, Sequence) and all(isinstance(item, str) for item in value):
            limit = LONGEST_ADDRESS if name == "entries" else speaker.voice.limit
            spoken[name] = tuple(shorten(str(item), limit) for item in value)
            spoken[f"{name}_count"] = len(value)  # for `by` of a phrase
    return spoken


def _is_nested(fields: Sequence[Json]) -> bool:
    """Whether fields have fields of their own: as a list, these say little."""
    return any("." in str(field).partition(":")[0] for field in fields)


def texts(speaker: Speaker, finding: Finding) -> Spoken:
    source = finding.kind.startswith(SOURCE)
    limit = speaker.voice.limit
    before, after = _written(finding)
    spoken = _names(finding, limit)
    if before is not None and after is not None:
        spoken["same_place"] = leads_there_still([finding])
        spoken["variant"] = finding.kind == "typo-fixed" and is_variant(before, after)
        spoken["doubled"] = finding.kind == "typo-fixed" and _is_doubled(before, after)
        if finding.kind in ADDRESSED and not speaker.voice.plain and speaker.voice.files is None:
            limit = LONGEST_ADDRESS
        if finding.kind in REWORDED and max(len(before), len(after)) > limit:
            best = weightiest(before, after)
            before, after = best if best[1] else (before, after)
        old, new = contrast(before, after, limit, source=source)
        if finding.kind == "heading-renamed" and _is_of_several(speaker, new):
            ends = cut_start(before, limit), cut_start(after, limit)
            old, new = ends if all(ends) and ends[0] != ends[1] else (old, new)
        if speaker.voice.plain and finding.kind == "version-changed":
            old, new = (
                Markdown(old),
                Markdown(new),
            )  # as they are: one of several words is not quoted
        # Cut to the same words, they would say that nothing changed.
        return spoken | {"before": old if old and old != new else None, "after": new}
    if finding.kind.startswith("link-") and _is_own_address(finding):
        spoken["text"] = None
    return spoken | _lone_side(speaker, finding, source=source)


def _is_of_several(speaker: Speaker, name: str) -> bool:
    """Whether a name that was cut at its end may be that of several sections of the page."""
    start = name.removesuffix(ELLIPSIS)
    headings = _HEADING.findall(speaker.source.change.after or "") if start != name else ()
    return sum(as_shown(heading).startswith(start) for heading in headings) > 1


def _lone_side(speaker: Speaker, finding: Finding, *, source: bool) -> Spoken:
    """A text that came or went, around the word that weighs in it where that is known."""
    limit = speaker.voice.limit
    quote = cut_name if finding.kind.startswith(NAMED) else shorten
    word = str(finding.values.get("word") or "")
    if finding.kind.startswith(IN_FULL) and speaker.in_full and limit >= LEAST_ROOM:
        limit = max(LONGEST_TEXT, limit * LONGEST_TEXT // QUOTATION)
    elif word and speaker.voice.files is not None and limit >= LEAST_ROOM:
        limit = LONGEST_ENDING
    spoken: Spoken = {}
    for name, text in zip(("before", "after"), _written(finding), strict=True):
        if text is not None and word:
            spoken[name] = around(as_shown(text), word, limit)
        elif text is not None:
            spoken[name] = cut(one_line(text), limit) if source else quote(text, limit)
    return spoken


def _names(finding: Finding, limit: int) -> Spoken:
    """What a finding is called by: its subject, the words of a note, what leads into a list."""
    quote = cut_name if finding.kind.startswith(NAMED) else shorten
    if finding.kind.startswith(SOURCE):
        return {"subject": cut(one_line(finding.subject), limit)}
    if finding.kind in REWORDED:  # known by how it begins
        return {"subject": cut(as_shown(_uncut(finding)), limit)}
    name = _uncut(finding)
    if finding.kind.startswith("table-row-"):
        name = name.rstrip(":\N{FULLWIDTH COLON}") or name
    spoken: Spoken = {"subject": quote(name, limit)}
    text, lead = (finding.values.get(name) for name in ("text", "led_by"))
    if finding.kind.startswith("note-") and isinstance(text, str):
        spoken["text"] = quote(_uncut(finding, text), limit)
    if isinstance(lead, str):
        spoken["led_by"] = cut_lead(lead, limit)
    was = finding.values.get("text_before")
    if isinstance(was, str) and isinstance(text, str):
        old, new = contrast(was, text, limit)
        # Cut to the same words, they would say that nothing changed.
        spoken |= {"text_before": old if old != new else None, "text": new}
    return spoken


def _uncut(finding: Finding, known: str = "") -> str:
    """What a text is ``known`` by, the subject by default; of how it begins, the whole text."""
    known = known or finding.subject
    whole = finding.after or finding.before or ""
    start = known.removesuffix(ELLIPSIS).rstrip()
    cut_off = start != known and finding.kind.startswith(IN_FULL)
    same = as_shown(whole).replace("`", "").startswith(start.replace("`", ""))
    return whole if cut_off and same else known


def _written(finding: Finding) -> tuple[str | None, str | None]:
    """Both sides; numbers with their units, as the text has them."""
    quantities = [finding.values.get(f"quantity_{side}") for side in ("before", "after")]
    if all(isinstance(quantity, str) for quantity in quantities):
        return str(quantities[0]), str(quantities[1])
    return finding.before, finding.after


def _is_doubled(before: str, after: str) -> bool:
    """Whether all that went is a word that was there twice."""
    old, new = words_of(before), words_of(after)
    return len(old) > len(new) and set(old) == set(new)


def _is_own_address(finding: Finding) -> bool:
    """Whether a link's text is where it leads."""
    text, address = (
        re.sub(r"^https?://|/$", "", side)
        for side in (str(finding.values.get("text")), finding.subject)
    )
    return text == address


def flags(speaker: Speaker, values: Mapping[str, Json]) -> Spoken:
    flags: Spoken = {}
    for name in ("reason", "change", "thing"):
        value = values.get(name)
        if isinstance(value, str):
            flags[value.replace("-", "_")] = True
    flags["final_newline"] = values.get("what") == "final-newline"
    flags["unused"] = values.get("links") == 0 and bool(values.get("image"))
    flags["not_in_toc"] = values.get("in_toc") is False
    flags["hunks"] = speaker.source.in_hunks
    flags["page_title"] = bool(values.get("page_title"))
    flags["moved_to"] = values.get("direction") == "to"
    flags["moved_from"] = values.get("direction") == "from"
    similarity = values.get("similarity")
    flags["column_order"] = values.get("block") == "table-column"
    flags["reworked"] = isinstance(similarity, int) and similarity < _AS_IT_WAS
    flags["query"] = values.get("rule") == "query"
    flags["pivots"] = not values.get("versions")
    return flags

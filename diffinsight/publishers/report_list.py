"""Many reports at a glance: a line for each, where one report would have the whole page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from diffinsight import languages
from diffinsight.languages import Phrases
from diffinsight.markdown_text import escape_prose, one_line
from diffinsight.models import Publication, Report
from diffinsight.publishers.delivery import Delivery
from diffinsight.render.escaping import url
from diffinsight.render.words import Words

MOST_LISTED = 100  # what nobody reads line by line is counted
_LONGEST_TITLE = 200  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A report and where to read it."""

    report: Report
    url: str | None


def locate(
    deliveries: Sequence[Delivery], publications: Iterable[Publication]
) -> tuple[Listed, ...]:
    """The reports that have files: each at its committed file, else at its range.

    ``publications`` tell what was committed, in the order of ``deliveries``.
    """
    sent = [it for it in deliveries if it.report.files]
    made = [it for it in publications if it.destination == "commit" and it.path]
    if len(made) != len(sent):  # some or all were refused
        return tuple(Listed(report=it.report, url=it.report.permalink) for it in sent)
    return tuple(
        Listed(report=one.report, url=_address(one, to)) for one, to in zip(sent, made, strict=True)
    )


def _address(delivery: Delivery, made: Publication) -> str:
    """Of the commit, which is there whatever becomes of the branch."""
    if made.url and not made.commit:
        return made.url  # the pull request that has had it before
    revision = made.commit or delivery.branch or "HEAD"
    place = f"{delivery.server_url}/{delivery.repository}/blob"
    return f"{place}/{quote(revision)}/{quote(made.path or '')}"


def report_list(reports: Sequence[Listed], *, most: int = MOST_LISTED, limit: int) -> str:
    """Markdown with a line for each report, newest first; at most ``limit`` bytes."""
    newest = sorted(reports, key=lambda it: it.report.date, reverse=True)
    words = Words.of(newest[0].report, languages.load("en"))
    text = f"#### {words.headings.say('archive.title')}\n\n"
    listed = 0
    for one in newest[:most]:
        line = _line(one, words.text)
        if len((text + line + _rest(len(newest), words.text)).encode()) > limit:
            break
        text, listed = text + line, listed + 1
    return text + _rest(len(newest) - listed, words.text)


def _line(one: Listed, phrases: Phrases) -> str:
    report = one.report
    title = escape_prose(one_line(report.title)[:_LONGEST_TITLE])
    target = url(one.url or "")
    name = f"[{title}]({target})" if target else title
    broken = sum(any(it.impact == "breaking" for it in file.findings) for file in report.files)
    said = [phrases.say("labels.files", count=len(report.files))]
    if broken:
        said.append(phrases.say("labels.breaking_files", count=broken))
    return f"- {report.date.isoformat()} {name}: {' · '.join(said)}\n"


def _rest(count: int, phrases: Phrases) -> str:
    return f"- {phrases.say('labels.and_more', count=count)}\n" if count else ""

"""The words around a report: its headings' language, its text's, and points with their files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diffinsight import languages
from diffinsight.languages import Phrases, Value
from diffinsight.models import Point, Report
from diffinsight.render import chart, escaping
from diffinsight.render.filters import posted
from diffinsight.render.guest_markdown import linked
from diffinsight.render.view import FileView, renamed_folders

if TYPE_CHECKING:
    from diffinsight.render.digest import LeftOut, Row

_MOST_LINKS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A report's two languages: of its headings and of its text."""

    headings: Phrases
    text: Phrases

    @classmethod
    def of(cls, report: Report, phrases: Phrases) -> Words:
        """The packs that ``report`` names; ``phrases`` where there is none."""
        return cls(
            headings=_pack(report.heading_language or report.language, phrases),
            text=_pack(report.language, phrases),
        )

    def heading(self, name: str) -> str:
        return self.headings.say(f"headings.{name}")

    def say(self, key: str, **values: Value) -> str:
        return self.text.say(key, **values)

    def left_out(self, left_out: LeftOut) -> list[str]:
        """What a page had no room for, a phrase for each kind of it."""
        counts = (
            ("labels.left_out_points", left_out.points),
            ("labels.left_out_notes", left_out.notes),
            ("labels.left_out_files", left_out.files),
            ("labels.left_out_explanations", left_out.explanations),
            ("labels.left_out_diffs", left_out.diffs),
        )
        return [self.text.say_plain(key, count=count) for key, count in counts if count]

    def title(self, row: Row) -> str:
        """What happened, in one line of plain text."""
        if row.together == "noise":
            return self.text.say_plain("labels.nothing_for_readers")
        move = renamed_folders(row.first.file)
        if row.together == "moved" and move:
            before, after = (name or "/" for name in move)
            count = len(row.items)
            return self.text.say_plain("themes.moved", count=count, before=before, after=after)
        return row.first.file.title

    def chart(self, views: Sequence[FileView]) -> str:
        """Where the change is, in Mermaid; empty where that says nothing."""
        shown = chart.bars(views)
        words = chart.ChartWords(
            title=self.text.say_plain("labels.chart_title"),
            noise=self.text.say_plain("labels.chart_noise"),
            others=self.text.say_plain("labels.chart_others"),
        )
        return chart.mermaid(shown, words) if shown else ""

    def point(self, point: Point, views: Sequence[FileView]) -> str:
        """A point for a comment: the files it names are links, or follow it when it names none."""
        backing = [item for item in views if item.file.path in set(point.paths) and item.link]
        targets = {end: item.link for item in reversed(backing) for end in _ends(item.file.path)}
        text = posted(point.text)
        with_links = linked(text, targets)
        if with_links != text or not backing:
            return with_links
        links = [f"[{escaping.name(item.short_name)}]({item.link})" for item in backing]
        return f"{text} ({self.text.enumerate(links, limit=_MOST_LINKS)})"


def _ends(path: str) -> Iterator[str]:
    """The names that a text may call a file by: its base name, with more folders, the path."""
    folders = path.split("/")
    return ("/".join(folders[start:]) for start in range(len(folders)))


def _pack(code: str, fallback: Phrases) -> Phrases:
    """The pack of a language a report names; a report may come from elsewhere and name any."""
    return languages.load(code) if languages.find(code) else fallback

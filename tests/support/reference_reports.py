"""The reference reports read back into data, by their layout alone."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from diffinsight.models import FileReport, Overview, Point, Report

SEEDS = Path("../shared/corpus/seeds")
_TITLES = {
    "en": ("Highlights", "New features", "Breaking changes", "Other updates", "Insights"),
    "ja": ("ハイライト", "新機能", "破壊的変更", "その他の更新", "インサイト"),
}


def parse(text: str) -> Report:
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    facts = yaml.safe_load(front)
    heading_language = next(code for code, names in _TITLES.items() if f"# {names[0]}\n" in body)
    return Report(
        title=facts["title"],
        date=date.fromisoformat(facts["date"]),
        language="ja",
        heading_language=heading_language,
        permalink=facts["permalink"],
        overview=_overview(body, facts["summary"], _TITLES[heading_language]),
        files=tuple(_files(body)),
    )


def _overview(body: str, summary: str, titles: tuple[str, ...]) -> Overview:
    highlights, new, breaking, other, insights = (_section(body, title) for title in titles)
    return Overview(
        summary=summary,
        highlights=highlights,
        new_features=_points(new),
        breaking_changes=_points(breaking),
        other_updates=_points(other),
        insights=insights,
    )


def _section(body: str, title: str) -> str:
    found = re.search(rf"^#+ {title}\n(.*?)(?=^# |^## )", body, re.DOTALL | re.MULTILINE)
    assert found
    return found[1].strip()


def _points(section: str) -> tuple[Point, ...]:
    bullets = (line for line in section.splitlines() if line.startswith("- "))
    return tuple(Point(text=line.removeprefix("- "), paths=()) for line in bullets)


def _files(body: str) -> Iterator[FileReport]:
    table, contents = body.split("\n# Modified Contents\n")
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| [")]
    sections = re.split(r"^## (.+)\{#item-\w+\}\n", contents, flags=re.MULTILINE)[1:]
    for row, path, section in zip(rows, sections[::2], sections[1::2], strict=True):
        yield _file(row, path, section)


def _file(row: list[str], path: str, section: str) -> FileReport:
    patch = re.search(r"^(````+)diff\n(.*?)\n\1\n", section, re.DOTALL | re.MULTILINE)
    data, explanation = re.split(r"\n```\n\n### Explanation\n", section.rpartition("```json\n")[2])
    words = json.loads(data)
    return FileReport(
        path=path,
        status=row[3].strip(),  # type: ignore[arg-type]  # the references use GitHub's names
        additions=int(row[4]),
        deletions=int(row[5]),
        binary=patch is None,
        patch=patch[2] if patch else None,
        type=words["modification_type"],
        title=words["modification_title"],
        explanation=explanation.strip(),
    )

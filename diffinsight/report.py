"""Analyses and the words about them → Report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from diffinsight.languages import Phrases, Value
from diffinsight.models import (
    Analysis,
    ChangeSet,
    Config,
    EngineUse,
    FileAnalysis,
    FileReport,
    Json,
    Note,
    Overview,
    Report,
    RunContext,
)
from diffinsight.pages import published_at

DEFAULT_TITLE = "Diff Insight Report"


def assemble(  # noqa: PLR0913 - everything that a report is made of
    analysis: Analysis,
    overview: Overview,
    *,
    phrases: Phrases,
    config: Config,
    on: date,
    category: str | None,
    use: EngineUse,
) -> Report:
    """The report of ``analysis``, dated ``on``, as ``overview`` and its files' words tell it."""
    changes = analysis.change_set
    return Report(
        title=_title(config, category),
        date=on,
        language=phrases.code,
        heading_language=config.heading_language,
        category=category,
        repository=changes.repository,
        base=changes.base,
        head=changes.head,
        permalink=permalink(changes),
        pull_request=changes.pull_request,
        engine=use,
        overview=overview,
        files=tuple(_file(file, phrases, config) for file in analysis.files),
        groups=analysis.groups,
        notes=tuple(_sentences((*changes.notes, *analysis.notes), phrases)),
    )


def permalink(changes: ChangeSet | RunContext) -> str | None:
    """Where the range can be seen on its server; None without a repository or its two ends."""
    if not (changes.repository and changes.base and changes.head):
        return None
    owner = changes.repository.partition("/")[0]
    dots = ".." if changes.two_dot else "..."
    ends = f"{owner}:{changes.base[:7]}{dots}{owner}:{changes.head[:7]}"
    return f"{changes.server_url}/{changes.repository}/compare/{ends}"


def _title(config: Config, category: str | None) -> str:
    title = config.title or DEFAULT_TITLE
    return f"{title} - {category}" if category else title


def _file(file: FileAnalysis, phrases: Phrases, config: Config) -> FileReport:
    change = file.change
    gone = change.status == "removed"
    rules = ((rule.pattern, rule.url) for rule in config.pages)
    return FileReport(
        path=change.path,
        previous_path=change.previous_path,
        status=change.status,
        additions=change.additions,
        deletions=change.deletions,
        binary=change.binary,
        patch=change.patch,
        type=file.type,
        title=file.title,
        explanation=file.explanation,
        engine=file.engine,
        findings=file.findings,
        group=file.group,
        notes=tuple(_sentences((*change.notes, *file.notes), phrases)),
        removed=file.removed,
        page=None if gone else published_at(change.path, rules),
    )


def _sentences(notes: Iterable[Note], phrases: Phrases) -> Iterator[str]:
    """Each note once, in the report's language."""
    for note in notes:
        key = f"notes.{note.kind}"
        values = {name: _sayable(value) for name, value in note.values.items()}
        values |= {str(values.get("reason")).replace("-", "_"): True}  # each has words of its own
        if phrases.has(key):
            yield phrases.say_plain(key, **values)
        else:
            yield phrases.say_plain("notes.unknown", kind=note.kind)


def _sayable(value: Json) -> Value:
    """What a phrase can show of a note's value."""
    if isinstance(value, tuple | list):
        return tuple(map(str, value))
    return value if isinstance(value, str | int | float) else None

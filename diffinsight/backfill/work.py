"""What the jobs of a plan make: reports of whole ranges, parts of one, one report of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from diffinsight import schema
from diffinsight.backfill.parts import Part, Parts, write_part
from diffinsight.backfill.ranges import Range, share_out
from diffinsight.conversation import ModelSettings, NoAnswers, NoModel
from diffinsight.engines.model.sharing import Brought, Share
from diffinsight.errors import ActionError
from diffinsight.files import write_file
from diffinsight.models import ChangeSet, Config, EngineUse, Report, RunContext
from diffinsight.run import Aid, Wishes, ask_share, make_report


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """Makes what a job is to make, in a folder."""

    context: RunContext  # of which repository
    read: Callable[[RunContext], ChangeSet]
    config: Config
    language: str | None  # None: the config's
    now: Callable[[], datetime]
    aid: Aid | None
    folder: Path

    def make(self, ranges: Sequence[Range]) -> Iterator[Path]:
        """The report of each range that has anything in scope, or what it takes of a share."""
        numbered = enumerate(ranges, start=1)
        for (base, head), some in groupby(numbered, key=lambda it: (it[1].base, it[1].head)):
            changes = self._changes(base, head)
            for number, wanted in some:
                if wanted.share:
                    part = self._part(changes, wanted, wanted.share)
                    place = f"{wanted.share.number:03}-of-{wanted.share.of:03}"
                    yield self._write(f"{head[:12]}-{place}-{number:04}", write_part(part))
                else:
                    report = self._report(changes, wanted.category, self.aid)
                    yield from self._save(report, number)

    def merge(self, parts: Parts) -> Iterator[Path]:
        """The report that all parts make together, or one for each category of the config."""
        changes = self._changes(parts.first.base, parts.first.head)
        names = [it.category for it in share_out(changes, self.config, parts=1)]
        for part in parts.parts:
            if part.category not in names:
                message = f"{part.brought.origin} is for category {part.category!r:.80}"
                hint = "no file of the range is in it: give the configuration that the plan had"
                raise ActionError(message, hint)
        model = parts.first.model
        aid = None if model is None else self._aid_of(model)
        for number, name in enumerate(names, start=1):
            report = self._report(changes, name, aid, brought=parts.brought(name))
            yield from self._save(report, number)

    def _aid_of(self, model: str) -> Aid:
        """The model of the parts, for the words over all files; it says nothing without a key."""
        if self.aid is None:
            return Aid(
                model=NoModel(name=model),
                settings=ModelSettings(model=model, api_key=""),
                answers=NoAnswers(),
                progress=lambda done, total: None,  # noqa: ARG005 - nothing to tell
            )
        if self.aid.model.name != model:
            message = f"the parts are in the words of {model!r:.80}, not {self.aid.model.name!r}"
            raise ActionError(message, "give the same --llm-model to all, or --engine offline here")
        return self.aid

    def _changes(self, base: str, head: str) -> ChangeSet:
        return self.read(replace(self.context, base=base, head=head, whole=True))

    def _report(
        self,
        changes: ChangeSet,
        category: str | None,
        aid: Aid | None,
        *,
        brought: Sequence[Brought] | None = None,
    ) -> Report:
        return make_report(
            changes,
            config=self.config,
            wishes=self._wishes(category),
            now=self.now(),
            aid=aid,
            brought=brought,
        )

    def _part(self, changes: ChangeSet, wanted: Range, share: Share) -> Part:
        brought = Brought(share=share, use=EngineUse())
        if self.aid:
            wishes = self._wishes(wanted.category)
            brought = ask_share(
                changes, config=self.config, wishes=wishes, aid=self.aid, share=share
            )
        return Part(
            base=wanted.base,
            head=wanted.head,
            category=wanted.category,
            language=self.language or self.config.language,
            brought=brought,
        )

    def _wishes(self, category: str | None) -> Wishes:
        return Wishes(language=self.language, category=category)

    def _save(self, report: Report, number: int) -> Iterator[Path]:
        """A range in which nothing in scope changed has no report."""
        if report.files:
            name = f"{report.date:%Y%m%d}-{(report.head or '')[:12]}-{number:04}"
            yield self._write(name, schema.to_json(report))

    def _write(self, name: str, text: str) -> Path:
        path = self.folder / f"{name}.json"
        write_file(path, text)
        return path

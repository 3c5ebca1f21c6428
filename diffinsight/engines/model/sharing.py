"""The questions of one run shared out to several jobs, and what each of them brought back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from diffinsight.conversation import Reason
from diffinsight.engines.model.asking import Outcome
from diffinsight.engines.model.planning import Unit, batches
from diffinsight.engines.model.verdict import Grounds, Verdict, kept_text, kept_verdict
from diffinsight.errors import ActionError
from diffinsight.models import EngineUse

_SHARE = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Share:
    """One of several jobs that ask about a range together."""

    number: int  # from 1
    of: int

    @classmethod
    def read(cls, text: str) -> Share:
        """What ``str`` wrote, such as 2/7. Raises ValueError for anything else."""
        found = _SHARE.fullmatch(text)
        share = cls(number=int(found[1]), of=int(found[2])) if found else None
        if share is None or share.number > share.of:
            raise ValueError(text)
        return share

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def batches(self, units: Sequence[Unit]) -> tuple[tuple[Unit, ...], ...]:
        """Its questions: every ``of``-th batch, so that all jobs have heavy and light ones."""
        return batches(units)[self.number - 1 :: self.of]


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """What one job brought back; whoever made it is not trusted."""

    share: Share
    origin: str = ""  # what error messages call it
    use: EngineUse  # the calls, the tokens and the answers kept from before
    texts: Mapping[str, str] = field(default_factory=dict)  # drafts by path, see `kept_text`
    reasons: Mapping[str, Reason] = field(default_factory=dict)  # why there is no draft, by path

    @classmethod
    def of(cls, share: Share, outcomes: Mapping[str, Outcome], use: EngineUse) -> Brought:
        """What became of the questions."""
        judged = {path: it for path, it in outcomes.items() if isinstance(it, Verdict)}
        return cls(
            share=share,
            use=use,
            texts={path: kept_text(verdict) for path, verdict in judged.items()},
            reasons={path: it for path, it in outcomes.items() if not isinstance(it, Verdict)},
        )


def outcomes_of(
    brought: Iterable[Brought], units: Sequence[Unit], grounds: Grounds, language: str
) -> dict[str, Outcome]:
    """What is known of each unit, by path: drafts judged again, files of absent jobs "missing".

    Raises ActionError for a job that brought other files than its share has.
    """
    found: dict[str, Outcome] = dict.fromkeys((unit.path for unit in units), "missing")
    for job in brought:
        mine = [unit for batch in job.share.batches(units) for unit in batch]
        _compare(job, mine)
        for unit in mine:
            found[unit.path] = job.reasons.get(unit.path) or (
                kept_verdict(job.texts[unit.path], grounds.of(unit.file), language) or "untrue"
            )
    return found


def _compare(job: Brought, units: Sequence[Unit]) -> None:
    wanted = {unit.path for unit in units}
    told = {*job.texts, *job.reasons}
    if wanted != told:
        odd = min(wanted ^ told)
        what = f"lacks {odd!r}" if odd in wanted else f"tells of {odd!r}"
        message = f"{job.origin} {what}: that is not part {job.share} of this range"
        raise ActionError(message, "make it again, with the same configuration and version")

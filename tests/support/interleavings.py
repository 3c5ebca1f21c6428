"""Every order in which runs on one pull request can list, create, update and delete comments.

The runs are the real ones. Each is a function of what it was answered so far, so that it is moved
one request further by running it again on the same answers; states that were met before are not
looked at twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

from diffinsight.edges import Comment, NotFoundError, PullRequest
from diffinsight.publishers.comment import ACTIONS_BOT

WRITES = {"create", "update", "delete"}
Kind = Literal["list", "create", "update", "delete", "sleep"]
Comments = tuple[tuple[int, str], ...]  # id and body
_OVER: tuple[object, ...] = ("over",)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Request:
    """What a run asks for next."""

    kind: Kind
    comment: int = 0
    body: str = ""


class Paused(BaseException):
    """A run has come to a request that has no answer yet."""

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        self.request = request


@dataclass(kw_only=True)
class Replay:
    """The conversation as one run meets it: what was answered before, then a pause."""

    pull: PullRequest
    answers: Sequence[object]
    at: int = 0

    def author(self) -> str | None:
        return None

    def pull_request(self, number: int) -> PullRequest:
        del number
        return self.pull

    def comments(self, number: int) -> tuple[Comment, ...]:
        del number
        found = self._ask(Request("list"))
        assert isinstance(found, tuple)
        return tuple(comment(at, body) for at, body in found)

    def create_comment(self, number: int, body: str) -> Comment:
        del number
        made = self._ask(Request("create", body=body))
        assert isinstance(made, int)
        return comment(made, body)

    def update_comment(self, comment_id: int, body: str) -> Comment:
        if not self._ask(Request("update", comment_id, body)):
            raise NotFoundError(f"no comment {comment_id}")
        return comment(comment_id, body)

    def delete_comment(self, comment_id: int) -> None:
        self._ask(Request("delete", comment_id))

    def sleep(self, seconds: float) -> None:
        del seconds
        self._ask(Request("sleep"))

    def _ask(self, request: Request) -> object:
        if self.at == len(self.answers):
            raise Paused(request)
        self.at += 1
        return self.answers[self.at - 1]


def comment(at: int, body: str) -> Comment:
    return Comment(id=at, author=ACTIONS_BOT, body=body, url=f"https://example.com/{at}")


Run = Callable[[Replay], object]


class Moment(NamedTuple):
    """Where everything is."""

    comments: Comments
    before: tuple[Comments, ...]  # what a list may still show, the oldest first
    made: int  # comments so far, whose number is the id of the next
    answers: tuple[tuple[object, ...], ...]  # of each run
    waits: tuple[frozenset[int] | None, ...]  # of each run that sleeps: for whom
    seen: tuple[int, ...]  # of each run that sleeps: writes since it lay down


@dataclass(kw_only=True)
class Explorer:
    """``runs`` on the pull request ``pull`` in every order.

    ``behind``: a list shows the comments as they were so many writes ago.
    ``settles``: time passes. A list may show any state of the last moments; but listing a write,
    twice, and getting from looking to writing take less time together than a wait.
    ``mortal`` runs may be cancelled before any of their requests.
    """

    runs: Sequence[Run]
    pull: PullRequest
    behind: int = 0
    settles: bool = False
    mortal: Collection[int] = ()

    def __post_init__(self) -> None:
        self._next: dict[tuple[int, tuple[object, ...]], Request | None] = {}

    def ends(self, comments: Comments = ()) -> Iterator[Comments]:
        """Each way in which it can end, at least once."""
        many = len(self.runs)
        first = Moment(
            comments=comments,
            before=(),
            made=max((at for at, _ in comments), default=0),
            answers=((),) * many,
            waits=(None,) * many,
            seen=(0,) * many,
        )
        met, todo = {first}, [first]
        while todo:
            moment = todo.pop()
            after = [it for run in range(many) for it in self._steps(moment, run)]
            if not after:
                assert all(self._request(moment, run) is None for run in range(many)), "a deadlock"
                yield moment.comments
            for one in after:
                if one not in met:
                    met.add(one)
                    todo.append(one)

    def _steps(self, moment: Moment, run: int) -> Iterator[Moment]:
        request = self._request(moment, run)
        if request is None:
            return
        if run in self.mortal:
            yield self._over(moment, run)
        if request.kind == "sleep":
            yield from self._sleep(moment, run)
        elif request.kind == "list":
            for age, shown in self._shown(moment):
                yield self._listed(moment, run, age, shown)
        else:
            yield self._written(moment, run, request)

    def _shown(self, moment: Moment) -> Iterator[tuple[int, Comments]]:
        """What a list may show, and how many writes ago it was so."""
        states = (*moment.before, moment.comments)
        some = dict.fromkeys(states if self.settles else states[:1])
        for shown in some:
            yield states[::-1].index(shown), shown

    def _listed(self, moment: Moment, run: int, age: int, shown: Comments) -> Moment:
        after = self._answered(moment, run, shown)
        if not self._writes(after, run):
            return after
        # Whoever sleeps since before what is shown here was written over sleeps until we wrote.
        pairs = zip(after.waits, after.seen, strict=True)
        waits = tuple(it if it is None or age <= seen else it | {run} for it, seen in pairs)
        return after._replace(waits=waits)

    def _written(self, moment: Moment, run: int, request: Request) -> Moment:
        there = dict(moment.comments)
        answer: object = True
        made = moment.made
        if request.kind == "create":
            made += 1
            answer, there[made] = made, request.body
        elif request.comment not in there:
            answer = False
        elif request.kind == "update":
            there[request.comment] = request.body
        else:
            del there[request.comment]
        before = (*moment.before, moment.comments)
        if not self.settles:
            before = before[len(before) - self.behind :]
        seen = moment.seen
        if self.settles:
            pairs = zip(moment.waits, seen, strict=True)
            seen = tuple(0 if run in (waits or ()) else count + 1 for waits, count in pairs)
        after = moment._replace(
            comments=tuple(sorted(there.items())), before=before, made=made, seen=seen
        )
        return self._answered(after, run, answer)

    def _sleep(self, moment: Moment, run: int) -> Iterator[Moment]:
        waits = moment.waits[run]
        if not self.settles:
            yield self._answered(moment, run, None)
        elif waits is None:
            busy = frozenset(it for it in range(len(self.runs)) if self._writes(moment, it))
            lain = moment._replace(waits=put(moment.waits, run, busy))
            yield lain._replace(seen=put(moment.seen, run, 0))
        elif not waits:
            # What was there when it lay down is the oldest that can still be shown.
            kept = moment.before[max(0, len(moment.before) - moment.seen[run]) :]
            awake = moment._replace(before=kept, waits=put(moment.waits, run, None))
            yield self._answered(awake._replace(seen=put(moment.seen, run, 0)), run, None)

    def _answered(self, moment: Moment, run: int, answer: object) -> Moment:
        answers = put(moment.answers, run, (*moment.answers[run], answer))
        after = moment._replace(answers=answers)
        if self._writes(after, run):
            return after
        freed = tuple(None if it is None else it - {run} for it in moment.waits)
        after = after._replace(waits=freed)
        return self._over(after, run) if self._request(after, run) is None else after

    def _over(self, moment: Moment, run: int) -> Moment:
        """What the run was answered is of no interest any more."""
        freed = tuple(None if it is None else it - {run} for it in moment.waits)
        return moment._replace(
            answers=put(moment.answers, run, _OVER),
            waits=put(freed, run, None),
            seen=put(moment.seen, run, 0),
        )

    def _writes(self, moment: Moment, run: int) -> bool:
        request = self._request(moment, run)
        return request is not None and request.kind in WRITES

    def _request(self, moment: Moment, run: int) -> Request | None:
        """What the run asks for next; None: it is over."""
        key = run, moment.answers[run]
        if key[1] is _OVER:
            return None
        if key not in self._next:
            try:
                self.runs[run](Replay(pull=self.pull, answers=moment.answers[run]))
            except Paused as paused:
                self._next[key] = paused.request
            else:
                self._next[key] = None
        return self._next[key]


def put(values: tuple[_Value, ...], at: int, value: _Value) -> tuple[_Value, ...]:
    return (*values[:at], value, *values[at + 1 :])

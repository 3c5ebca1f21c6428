"""One comment on the pull request, kept up to date and otherwise left alone.

Runs that race agree without talking: the oldest comment stays, the newest run's text goes there,
and whoever has written waits and looks again. That ends with one comment and the newest text if a
write is listed, and a run gets from looking to writing, within a third of the wait. GitHub writes
a comment under no condition, so more can't be had: what is listed later can leave two comments
until the next run, and a run that is held up longer can put its report over a newer one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from diffinsight import languages
from diffinsight.edges import Comment, GitHub, NotFoundError, NotPermittedError, PullRequest
from diffinsight.errors import ActionError
from diffinsight.models import Outcome, Publication
from diffinsight.publishers.delivery import Delivery, Publisher, RunNumber, what_to_allow
from diffinsight.publishers.last_look import difference, memory, recall, since
from diffinsight.render.words import Words

# "body is too long (maximum is 65536 characters)", in GitHub's own refusal
MOST_CHARACTERS = 65_536
# Whoever GITHUB_TOKEN writes as; other apps' names end the same way.
ACTIONS_BOT = "github-actions[bot]"
_BOT = "[bot]"
_PERMISSIONS = "contents: read, pull-requests: write"

# Hidden in the comment. People can edit it: what does not parse counts as unknown, not as error.
_STATE = re.compile(
    r"<!-- diffinsight \S* head=(?P<head>[0-9a-f]*)"
    r" run=(?P<number>\d{1,18})\.(?P<attempt>\d{1,9}) -->",
    re.ASCII,
)

# The hidden lines, and the line on what changed since the report before.
_TOP = re.compile(
    r"(?:<!-- diffinsight [^\n]*-->\n)+\n*(?:(?P<since>[^\n]+) <!-- since -->\n)?", re.ASCII
)
_SHORT = 7  # digits of a SHA
_SETTLED = 3.0  # seconds
_LOOKS = 5  # more than two only while others write


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What a comment is about, hidden in it."""

    category: str | None
    head: str  # SHA of the reported head
    run: RunNumber

    def line(self) -> str:
        """As the comment's first line."""
        run = f"{self.run.number}.{self.run.attempt}"
        return f"{marker(self.category)} head={self.head} run={run} -->"


def marker(category: str | None) -> str:
    """How a comment on ``category`` starts; quoted so that no name ends the HTML comment."""
    return f"<!-- diffinsight comment:{quote(category or '', safe='')}"


def read_state(body: str, category: str | None) -> State | None:
    """The state in a comment that starts as ours do."""
    if not body.startswith((f"{marker(category)} ", f"{marker(category)}\n")):
        return None
    found = _STATE.match(body)
    if found is None:
        return State(category=category, head="", run=RunNumber())
    run = RunNumber(number=int(found["number"]), attempt=int(found["attempt"]))
    return State(category=category, head=found["head"], run=run)


def text_of(body: str) -> str:
    """A comment without its state and the line on what changed since another one.

    GitHub may have changed its line ends.
    """
    found = _TOP.match(body.replace("\r\n", "\n") + "\n")
    return body.replace("\r\n", "\n")[found.end() if found else 0 :].strip()


def since_of(body: str) -> str:
    """The line on what changed since the report before; empty: there is none."""
    found = _TOP.match(body.replace("\r\n", "\n") + "\n")
    return (found["since"] or "") if found else ""


def says_the_same(body: str, other: str, category: str | None) -> bool:
    """Whether two comments differ in nothing but the commit they name."""
    return _unheaded(body, category) == _unheaded(other, category)


def _unheaded(body: str, category: str | None) -> str:
    state = read_state(body, category)
    head = state.head[:_SHORT] if state else ""
    return text_of(body).replace(head, "") if head else text_of(body)


def own(comments: Sequence[Comment], category: str | None, author: str | None) -> list[Comment]:
    """The comments of ours on ``category``, oldest first.

    Marker and author have to fit: anybody can copy a marker. An installation token is not told who
    it writes as (``author`` is None): then it is the Actions bot, or whichever app wrote first.
    """
    marked = [it for it in comments if read_state(it.body, category)]
    if author is None:
        bots = [it.author for it in marked if it.author.endswith(_BOT)]
        author = ACTIONS_BOT if ACTIONS_BOT in bots else next(iter(bots), ACTIONS_BOT)
    return sorted((it for it in marked if it.author == author), key=lambda it: it.id)


def reason_to_skip(
    pull: PullRequest, ours: State, existing: Sequence[State], *, empty: bool
) -> str | None:
    """Why nothing must be written, if so; ``existing`` are the states of our comments."""
    if not pull.open:
        return "it was closed meanwhile"
    if pull.head != ours.head:
        return "it has newer commits, which the run for them reports"
    newer = [it.run.number for it in existing if it.head == ours.head and it.run > ours.run]
    if newer:
        return f"run {max(newer)} is newer and has reported already"
    if empty and not existing:
        return "nothing in scope changed"
    return None


class CommentPublisher(Publisher):
    """Has no options."""

    def publish(self, delivery: Delivery, parts: Sequence[Delivery]) -> tuple[Publication, ...]:
        """Create or update the comment, or leave it as it is."""
        del parts
        return (self._publish(delivery),)

    def _publish(self, delivery: Delivery) -> Publication:
        number = delivery.pull_request
        if number is None:
            message = "no comment: the event has no pull request"
            return Publication(destination="comment", outcome="skipped", message=message)
        state = State(
            category=delivery.report.category,
            head=delivery.pull_request_head or delivery.report.head or "",
            run=delivery.run,
        )
        conversation = _Conversation(delivery=delivery, number=number, state=state)
        try:
            return conversation.put()
        except NotPermittedError as error:
            return _refused(delivery, number, error)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Turn:
    """What became of a look at the conversation."""

    done: Publication
    made: Comment | None = None  # by us in this run
    wrote: bool = False  # so that another look is due


@dataclass(frozen=True, kw_only=True, slots=True)
class _Conversation:
    """The comments of one pull request, and what we have to say there."""

    delivery: Delivery
    number: int
    state: State

    def put(self) -> Publication:
        """Look and write, until there is nothing left to put right."""
        turn = self._turn(None)
        for _ in range(_LOOKS - 1):
            if not turn.wrote:
                break
            self.delivery.sleep(_SETTLED)
            try:
                turn = self._turn(turn)
            except ActionError:  # what was written is there; the next run looks again
                break
        return turn.done

    def _turn(self, before: _Turn | None) -> _Turn:
        mine = self._own(before.made if before else None)
        states = [self._state_of(it) for it in mine]
        if before and states == [self.state]:
            return replace(before, wrote=False)
        pull = self._github.pull_request(self.number)  # as late as can be: the head may move
        empty = not self.delivery.report.files
        reason = reason_to_skip(pull, self.state, states, empty=empty)
        if reason:
            return self._leave(before, mine, reason)
        if not mine:
            made = self._github.create_comment(self.number, self._body())
            return _Turn(done=_done("created", made), made=made, wrote=True)
        turn = self._update(before, mine[0])
        # Not before: a run that is cancelled between the two leaves two comments, not an old one.
        self._remove(mine[1:])
        return turn

    def _leave(self, before: _Turn | None, mine: Sequence[Comment], reason: str) -> _Turn:
        """To others; a comment of this run beside an older one goes."""
        message = f"no comment on #{self.number}: {reason}"
        if before is None or not mine:
            url = mine[0].url if mine else None
            done = Publication(destination="comment", outcome="skipped", url=url, message=message)
            return _Turn(done=done)
        if before.made and before.made.id != mine[0].id:
            self._remove([before.made])
        return _left(before, mine[0])

    def _update(self, before: _Turn | None, oldest: Comment) -> _Turn:
        """Our text into the oldest comment, unless it is there already."""
        news = self._since(oldest.body)
        body = self._body(news)
        same = says_the_same(oldest.body, body, self.state.category)
        # Another step of this very run may have said something else: the last one has the word.
        ours = before is not None and self._state_of(oldest) == self.state
        if ours or (same and news in {"", since_of(oldest.body)}):
            return _left(before, oldest)
        try:
            updated = self._github.update_comment(oldest.id, body)
        except NotFoundError as gone:  # taken away since it was listed
            return _again(before, gone)
        if before and before.made and before.made.id == oldest.id:
            return replace(before, wrote=True)
        return _Turn(done=_done("updated", updated), wrote=True)

    def _body(self, news: str = "") -> str:
        hidden = "\n".join(filter(None, (self.state.line(), memory(self.delivery.report))))
        top = f"{hidden}\n\n{news} <!-- since -->\n\n" if news else f"{hidden}\n\n"
        limit = MOST_CHARACTERS - len(top)
        return top + self.delivery.write("comment", limit=limit).strip()

    def _since(self, body: str) -> str:
        """What changed since the head that a comment reports; of the same head, what it says."""
        there = read_state(body, self.state.category)
        before = recall(body)
        if there and there.head == self.state.head:
            return since_of(body)
        if not there or not there.head or before is None:
            return ""
        phrases = Words.of(self.delivery.report, languages.load("en")).text
        return since(difference(self.delivery.report, before), there.head, phrases)

    def _remove(self, comments: Iterable[Comment]) -> None:
        for comment in comments:
            self._github.delete_comment(comment.id)

    @property
    def _github(self) -> GitHub:
        return self.delivery.github

    def _own(self, known: Comment | None) -> list[Comment]:
        """Ours as of now; ``known`` is one that was just made and may not be listed yet."""
        listed = self._github.comments(self.number)
        author = known.author if known else self._github.author()
        if known and all(it.id != known.id for it in listed):
            listed = (*listed, known)
        return own(listed, self.state.category, author)

    def _state_of(self, comment: Comment) -> State:
        unknown = State(category=self.state.category, head="", run=RunNumber())
        return read_state(comment.body, self.state.category) or unknown


def _done(outcome: Outcome, comment: Comment) -> Publication:
    return Publication(destination="comment", outcome=outcome, url=comment.url)


def _left(before: _Turn | None, oldest: Comment) -> _Turn:
    """Nothing more was written: what is told is what was, unless that comment is not the one."""
    if before and before.done.url == oldest.url:
        return replace(before, wrote=False)
    return _Turn(done=_done("unchanged", oldest))


def _again(before: _Turn | None, gone: NotFoundError) -> _Turn:
    """Another look is due; if it is the last one, this is what went wrong."""
    if before:
        return replace(before, wrote=True)
    first = gone.problems[0]
    failed = Publication(
        destination="comment", outcome="failed", message=first.message, hint=first.hint
    )
    return _Turn(done=failed, wrote=True)


def _refused(delivery: Delivery, number: int, error: NotPermittedError) -> Publication:
    said = error.problems[0].message
    locked = "locked" in said.lower()
    allow = what_to_allow(delivery, _PERMISSIONS)
    hint = f"unlock the conversation of #{number}" if locked else allow
    return Publication(destination="comment", outcome="refused", message=said, hint=hint)

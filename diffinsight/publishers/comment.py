"""One comment on the pull request, kept up to date and otherwise left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote

from diffinsight import languages
from diffinsight.edges import Comment, GitHub, NotPermittedError, PullRequest
from diffinsight.inputs import Inputs
from diffinsight.models import Publication
from diffinsight.publishers.delivery import Delivery, RunNumber
from diffinsight.publishers.last_look import difference, memory, recall, since
from diffinsight.render.words import Words

# "body is too long (maximum is 65536 characters)", in GitHub's own refusal
MOST_CHARACTERS = 65_536
# Whoever GITHUB_TOKEN writes as; other apps' names end the same way.
ACTIONS_BOT = "github-actions[bot]"
_BOT = "[bot]"
_PERMISSIONS = "give the job `permissions: { contents: read, pull-requests: write }`"
_FORK = "pull requests from forks and of Dependabot get a token that only reads"

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
_SETTLED = 2.0  # seconds until a comment of another run is surely listed


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
    pull: PullRequest, ours: State, existing: State | None, *, empty: bool
) -> str | None:
    """Why nothing must be written, if so."""
    if not pull.open:
        return "it was closed meanwhile"
    if pull.head != ours.head:
        return "it has newer commits, which the run for them reports"
    if existing and existing.head == ours.head and existing.run > ours.run:
        return f"run {existing.run.number} is newer and has reported already"
    if empty and existing is None:
        return "nothing in scope changed"
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentPublisher:
    """Has no options."""

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """From what the workflow's author asked for."""
        del inputs
        return cls()

    def publish(
        self, delivery: Delivery, parts: Sequence[Delivery] = ()
    ) -> tuple[Publication, ...]:
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
            return _refused(number, error)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Conversation:
    """The comments of one pull request, and what we have to say there."""

    delivery: Delivery
    number: int
    state: State

    def put(self) -> Publication:
        mine = self._own()
        pull = self._github.pull_request(self.number)  # as late as can be: the head may move
        existing = read_state(mine[0].body, self.state.category) if mine else None
        empty = not self.delivery.report.files
        reason = reason_to_skip(pull, self.state, existing, empty=empty)
        if reason:
            url = mine[0].url if mine else None
            message = f"no comment on #{self.number}: {reason}"
            return Publication(destination="comment", outcome="skipped", url=url, message=message)
        if mine:
            self._remove(mine[1:])
            return self._update(mine[0])
        return self._create()

    def _create(self) -> Publication:
        """A new comment; if another run made one at the same moment, the older one stays."""
        created = self._github.create_comment(self.number, self._body())
        self.delivery.sleep(_SETTLED)
        oldest, *later = self._own(known=created)
        self._remove(it for it in later if it.author == created.author)
        if oldest.id == created.id:
            return Publication(destination="comment", outcome="created", url=created.url)
        there = read_state(oldest.body, self.state.category)
        if there and there.head == self.state.head and there.run > self.state.run:
            return Publication(destination="comment", outcome="unchanged", url=oldest.url)
        return self._update(oldest)

    def _update(self, comment: Comment) -> Publication:
        news = self._since(comment.body)
        body = self._body(news)
        is_news = news not in {"", since_of(comment.body)}
        if says_the_same(comment.body, body, self.state.category) and not is_news:
            return Publication(destination="comment", outcome="unchanged", url=comment.url)
        updated = self._github.update_comment(comment.id, body)
        return Publication(destination="comment", outcome="updated", url=updated.url)

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

    def _own(self, known: Comment | None = None) -> list[Comment]:
        """Ours as of now; ``known`` is one that was just made and may not be listed yet."""
        listed = self._github.comments(self.number)
        author = known.author if known else self._github.author()
        if known and all(it.id != known.id for it in listed):
            listed = (*listed, known)
        return own(listed, self.state.category, author)


def _refused(number: int, error: NotPermittedError) -> Publication:
    said = error.problems[0].message
    locked = "locked" in said.lower()
    hint = f"unlock the conversation of #{number}" if locked else f"{_PERMISSIONS}; {_FORK}"
    return Publication(destination="comment", outcome="refused", message=said, hint=hint)

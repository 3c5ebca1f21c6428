"""What a reader will notice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from diffinsight.engines.choosing.passages import edits_of, places_of
from diffinsight.engines.insights.scope import Place, Scope
from diffinsight.engines.quoting.code_differences import other_option
from diffinsight.languages import Markdown
from diffinsight.matching.edits import edits
from diffinsight.models import FileAnalysis, Finding

_LONGEST_COMMAND = 80  # characters that can be read at a glance
_BEFORE_PROGRAM = frozenset({"$", ">", "!", "sudo"})
_PLACEHOLDER = re.compile(r"<[^<>]*>|\[[^\[\]]*\]")
_QUOTES = re.compile("[\u2018\u2019\u201c\u201d']")
_GONE = frozenset(
    {
        "page-removed",
        "page-moved",
        "heading-removed",
        "heading-demoted",
        "heading-renamed",
        "asset-removed",
    }
)
_SHORTER = frozenset({"step-removed", "list-item-removed", "code-removed"})


def readers(scope: Scope) -> Iterator[Markdown]:
    say = scope.phrases.say
    yield from _broken_links(scope)
    yield from _stale_links(scope)
    unlinked = [file for file in scope.told if _leaves_no_links(file)]
    if unlinked:
        yield say("insights.no_links", count=len(unlinked), files=scope.named(unlinked))
    commands = tuple(
        say("code_pair", before=before, after=after) for before, after in _commands(scope)
    )
    if commands and len(scope.told) > 1:
        yield say("insights.commands", count=len(commands), commands=commands)


def _broken_links(scope: Scope) -> Iterator[Markdown]:
    """Links that this range breaks, and links that came and never led anywhere."""
    wrong = {
        Place(path=file.change.path, line=finding.after_lines[0]): finding.values.get("reason")
        for file in scope.files
        for finding in file.findings
        if finding.kind == "link-broken" and finding.values.get("new") and finding.after_lines
    }
    broken = {
        Place(path=path, line=line): None
        for finding in scope.findings(_breaks_links)
        for path, line in places_of(finding.values.get("places"))
    }
    never = [place for place in wrong if place not in broken]
    images = [place for place in never if wrong[place] == "missing-image"]
    links = [place for place in never if place not in images]
    told = {"broken_links": tuple(broken), "wrong_links": links, "wrong_images": images}
    for name, places in told.items():
        said = scope.places(places)
        if not scope.has_said(said):
            yield scope.phrases.say(f"insights.{name}", count=len(places), places=said)


def _stale_links(scope: Scope) -> Iterator[Markdown]:
    """Links to the section in which something stood that stands in another one now."""
    stale: dict[tuple[str, str], dict[Place, None]] = {}
    for finding in scope.findings(lambda finding: bool(finding.values.get("linked_from"))):
        now = str(finding.values.get("section_after"))
        for place, section in _linked_from(finding):
            stale.setdefault((section, now), {})[place] = None
    for (before, after), places in stale.items():
        said = scope.places(places)
        yield scope.phrases.say(
            "insights.stale_links", count=len(places), before=before, after=after, places=said
        )


def _linked_from(finding: Finding) -> Iterator[tuple[Place, str]]:
    listed = finding.values.get("linked_from")
    for item in listed if isinstance(listed, tuple | list) else ():
        if isinstance(item, Mapping):
            for path, line in places_of((item,)):
                yield Place(path=path, line=line), str(item.get("section"))


def _breaks_links(finding: Finding) -> bool:
    return finding.impact == "breaking" and bool(finding.values.get("links"))


def _commands(scope: Scope) -> tuple[tuple[str, str], ...]:
    """Commands that became others, each pair once."""
    pairs = dict.fromkeys(pair for file in scope.told for pair in _exchanged(file))
    return tuple(pair for pair in pairs if pair[::-1] not in pairs and not _is_slip(*pair))


def _is_slip(before: str, after: str) -> bool:
    """Whether a command was only misspelt, so that nobody can have used it."""
    return all(edit.kind == "typo" for edit in edits(before, after))


def _exchanged(file: FileAnalysis) -> Iterator[tuple[str, str]]:
    # Where steps or code went, one command may stand for several.
    merged = {f.values.get("section") for f in file.findings if f.kind in _SHORTER}
    for finding in file.findings:
        if not finding.values.get("commands") or not finding.kind.endswith("-changed"):
            continue
        if finding.values.get("section") in merged:
            continue
        listed = finding.values.get("exchanged")
        pairs = edits_of({"edits": listed}) if listed else edits_of(finding.values)
        starts = finding.values["commands"]
        for before, after in pairs:
            old, new = before.strip("`"), after.strip("`")
            known = isinstance(starts, tuple | list) and any(
                old.startswith(str(start)) for start in starts
            )
            if known and new:
                old, new = _by_option(old, new)
                if _is_another(old, new):
                    yield old, new


def _by_option(old: str, new: str) -> tuple[str, str]:
    """Long commands by the one option that became another one."""
    option = other_option(old, new) if max(len(old), len(new)) > _LONGEST_COMMAND else None
    return (f"{option.of} {option.before}", f"{option.of} {option.after}") if option else (old, new)


def _is_another(old: str, new: str) -> bool:
    """Whether more differs than quotation marks, what readers fill in, and what was added to it.

    A command with an option more is right here; without it, it may be right elsewhere.
    """
    short = max(len(old), len(new)) <= _LONGEST_COMMAND and "`" not in old + new
    if _program(old) != _program(new):
        return False  # the old one still works; the page uses another tool
    was, now = _essence(old), _essence(new)
    return short and was != now and not now.startswith(f"{was} ")


def _program(command: str) -> str:
    words = [word for word in command.split() if word not in _BEFORE_PROGRAM]
    return words[0].casefold().removesuffix(".exe") if words else ""


def _essence(command: str) -> str:
    return " ".join(_PLACEHOLDER.sub("", _QUOTES.sub('"', command)).split())


def _leaves_no_links(file: FileAnalysis) -> bool:
    """Whether things are gone that no page links to, none of them."""
    if any(finding.values.get("linked_from") for finding in file.findings):
        return False
    links = [finding.values.get("links") for finding in file.findings if finding.kind in _GONE]
    return set(links) == {0}

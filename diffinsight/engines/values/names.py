"""What things are called: files, entries, kinds of notes, programming languages."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import basename, commonprefix, dirname
from urllib.parse import urlsplit

from diffinsight.engines.values.speaker import Speaker, Spoken
from diffinsight.models import Finding, Json

# What they are about is a file, at times by a path as Windows writes it.
FILES = ("image-", "alt-", "lightbox-", "asset-", "link-")


# They name another page beside the one they are about.
MOVED = frozenset({"section-moved", "content-moved", "tab-removed"})
OTHERS = ("path", "text_of", "mostly_of")


def names(speaker: Speaker, finding: Finding) -> Spoken:
    subject = finding.subject
    if finding.kind.startswith(FILES):
        subject = subject.replace("\\", "/")
    own = "/" in subject or finding.kind.startswith("redirect-")
    path = subject if own else speaker.source.change.path
    old = finding.before or ""
    other = next(filter(None, map(finding.values.get, OTHERS)), None)
    names: Spoken = {"name": basename(path.partition("?")[0].rstrip("/")) or path}
    if finding.kind.endswith("-moved") and finding.before not in {None, finding.subject}:
        names["previous_name"] = basename(old)
        names["renamed"] = dirname(old) == dirname(finding.subject)
        names["folder"] = (
            (dirname(finding.subject) or "/") if basename(old) == names["name"] else None
        )
    if finding.kind.startswith("link-"):
        names["goal"] = _goal(subject)
    now_in = finding.values.get("now_in")
    here = speaker.source.change.path
    if isinstance(now_in, tuple | list):
        names["now_in"] = tuple(_from_here(str(path), here) for path in now_in)
    if isinstance(other, str):
        alike = basename(other) == basename(here)
        names["other_name"] = _from_here(other, here) if alike else basename(other)
        if finding.kind in MOVED:
            names["path"] = _from_here(other, here)
            names |= other_files(speaker, [finding])
        for source in (name for name in OTHERS[1:] if name in finding.values):
            names[source] = _from_here(other, here)
            names |= {"name": _from_here(here, other)} if alike else {}
    return names


def other_files(speaker: Speaker, findings: Iterable[Finding]) -> Spoken:
    """Where sections are now, or were, that went to several files or came from several."""
    found: dict[str, None] = {}
    for values in (finding.values for finding in findings if finding.kind in MOVED):
        paths = values.get("paths")
        listed = paths if isinstance(paths, tuple | list) else (values.get("path"),)
        found |= dict.fromkeys(str(path) for path in listed if path)
    if len(found) <= 1:
        return {}
    here = speaker.source.change.path
    return {"paths": tuple(_from_here(path, here) for path in found), "spread": len(found)}


def _from_here(path: str, here: str) -> str:
    """``path`` without the folders that it shares with the file that is spoken of."""
    shared = commonprefix([path.split("/")[:-1], here.split("/")[:-1]])
    return "/".join(path.split("/")[len(shared) :])


def _goal(target: str) -> str:
    """Where a link leads, in short: the site, the page, or the place in this page."""
    try:
        site = urlsplit(target).netloc
    except ValueError:
        return ""
    page = basename(target.partition("#")[0].partition("?")[0].rstrip("/"))
    return site or page or target


def labels(speaker: Speaker, finding: Finding) -> Spoken:
    labels: Spoken = {}
    before = None if finding.values.get("retitled") else finding.before
    for name, kind in (("kind_label", finding.subject), ("kind_label_before", before)):
        key = f"note_kinds.{kind}"
        known = kind is not None and speaker.voice.phrases.has(key)
        labels[name] = speaker.voice.say(key) if known else kind
    return labels


def language(speaker: Speaker, name: str, code: Json) -> Spoken:
    """A programming language by its proper name."""
    key = f"code_languages.{str(code).lower()}"
    known = isinstance(code, str) and speaker.voice.phrases.has(key)
    return {name: speaker.voice.say(key)} if known else {}

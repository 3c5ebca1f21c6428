"""The same edit in several files, told once for all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from posixpath import basename, dirname, splitext
from urllib.parse import urlsplit

from diffinsight.changes import hunks
from diffinsight.engines.choosing.audience import is_included
from diffinsight.engines.choosing.passages import edits_of
from diffinsight.engines.quoting.addresses import difference
from diffinsight.engines.quoting.code_differences import CodeEdit, owner_in
from diffinsight.engines.values import integer
from diffinsight.matching.edits import prose_edits
from diffinsight.models import FileAnalysis, Finding

Key = tuple[str, str, str]  # kind, what it was, what it is

_NAME_PART = re.compile(r"[^-_. ]+|[-_. ]")  # a word of a file's name, or a mark between two
_BRAND = re.compile(r"\w\W+\w|\d|.[A-Z]")  # several words, or letters as in no other word
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EXCHANGES = frozenset({"term-replaced", "version-changed", "value-changed", "link-retargeted"})
_CAME_OR_WENT = ("added", "removed")
_MOVES = frozenset({"page-moved", "asset-moved", "file-moved"})
_PAGES = frozenset({"page-added", "page-removed"})
_ASSETS = frozenset({"asset-added", "asset-removed", "asset-replaced"})
_BLOCKS = ("paragraph", "list-item", "note", "step")
_WHOLE = {f"{block}-{change}": f"text-{change}" for block in _BLOCKS for change in _CAME_OR_WENT}
_CHANGED = frozenset(f"{block}-changed" for block in _BLOCKS)
# What may be the same in two files by chance.
_COMMON = ("text-", "edit-", "code-", "heading-", "front-matter-")
_IN_HEADINGS = "heading-words"  # that came, went or were exchanged in headings that differ
_FEW_LINKS = 3  # that are told by their texts
_LONGEST_TEXTS = 54  # characters of these
_MANY = 3  # files in which the same text or words came or went: in two that may be chance


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """Findings that say the same of two or more files."""

    kind: str
    before: str
    after: str
    findings: tuple[Finding, ...]
    paths: tuple[str, ...]

    @property
    def about_code(self) -> bool:
        return self.kind.startswith("code-")

    @property
    def edit(self) -> CodeEdit:
        """What differs, where it is about code."""
        return CodeEdit(before=self.before, after=self.after, of=owner_in(self.findings))

    @property
    def package(self) -> str | None:
        """The one package of which another version is named."""
        first = self.findings[0]
        return first.subject if first.values.get("package") else None

    @property
    def was(self) -> str | None:
        """What a metadata field said before, where it was the same everywhere but for its case."""
        said = Counter(finding.before or "" for finding in self.findings)
        same = len(set(map(str.casefold, said))) == 1 and self.kind == "front-matter-changed"
        return said.most_common(1)[0][0] or None if same else None

    @property
    def versions(self) -> tuple[str, ...]:
        """What versions were that became the same one, where they were several."""
        if self.kind != "version-changed":
            return ()
        times = Counter(finding.before or "" for finding in self.findings)
        return tuple(old for old, _ in times.most_common()) if len(times) > 1 else ()

    @property
    def buttons(self) -> bool:
        """Whether the links that it is about are shown as buttons."""
        return all(finding.values.get("thing") == "button" for finding in self.findings)

    @property
    def commits(self) -> bool:
        """Whether its versions are commits, which nobody reads."""
        return bool(self.findings[0].values.get("commits"))

    @property
    def texts(self) -> tuple[str, ...]:
        """What the links that it is about are called, where that is a few short names."""
        texts = [str(item.values.get("text") or "") for item in self.findings]
        # Links in a sentence may differ in nothing but their first letter.
        found = {text.casefold(): text for text in reversed(texts)}
        named = self.kind == "link-retargeted" and all(found) and len(found) <= _FEW_LINKS
        told = tuple(reversed(found.values()))
        return told if named and sum(map(len, told)) <= _LONGEST_TEXTS else ()


def find_themes(files: Sequence[FileAnalysis]) -> tuple[Theme, ...]:
    """Themes in the order in which they first appear."""
    places: dict[tuple[Key, str], list[tuple[str, Finding]]] = {}
    for file in files:
        for finding in file.findings:
            for key in _keys(finding, file.change.path):
                package = finding.subject if finding.values.get("package") else ""
                places.setdefault((key, package), []).append((file.change.path, finding))
    found = [_theme(key, place) for (key, _), place in places.items()]
    themes = [theme for theme in found if len(theme.paths) >= _least(theme)]
    sides = _Sides(files)
    return tuple(
        sides.everywhere(theme, _wider(theme, themes))
        for theme in themes
        if not _is_told(theme, themes)
    )


def _wider(theme: Theme, themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """The other ones of whose names its words are a part."""
    return tuple(
        other
        for other in themes
        if other.kind == theme.kind
        and other is not theme
        and theme.before in other.before
        and theme.after in other.after
    )


class _Sides:
    """What the changed lines of each file said and say, in small letters."""

    def __init__(self, files: Sequence[FileAnalysis]) -> None:
        self._files = files

    @cached_property
    def _texts(self) -> dict[str, tuple[str, str]]:
        found = {}
        for file in self._files:
            lines = [line for hunk in hunks(file.change.patch or "") for line in hunk.lines]
            went, came = (" ".join(x.text for x in lines if x.mark == mark) for mark in "-+")
            found[file.change.path] = went.casefold(), came.casefold()
        return found

    def everywhere(self, theme: Theme, wider: Sequence[Theme]) -> Theme:
        """With all files in which a name gave way to another one, in texts written anew, too.

        A lone word, such as "update", may go and another one come for other reasons; so may words
        of the names that ``wider`` ones are about.
        """
        before, after = theme.before, theme.after
        named = _BRAND.search(after) and (_BRAND.search(before) or before in after)
        if theme.kind != "term-replaced" or not named:
            return theme
        old, new = theme.before.casefold(), theme.after.casefold()
        names = [other.after.casefold() for other in wider]
        more = (
            path
            for path, (went, came) in self._texts.items()
            if went.count(old) > came.count(old)
            and _alone(new, names, came) > _alone(new, names, went)
        )
        return replace(theme, paths=tuple(dict.fromkeys((*theme.paths, *more))))


def _alone(word: str, names: Sequence[str], text: str) -> int:
    """How often a text has ``word``, and not as a part of ``names``."""
    for name in names:
        text = text.replace(name, "")
    return text.count(word)


def _is_told(theme: Theme, themes: Sequence[Theme]) -> bool:
    """Whether headings are told whole, or with more of them, or with words beyond headings."""
    return theme.kind.startswith("heading-") and any(
        _tells(other, theme) for other in themes if other is not theme
    )


def _tells(other: Theme, theme: Theme) -> bool:
    theirs, mine = (set(map(id, each.findings)) for each in (other, theme))
    if other.kind == _IN_HEADINGS or mine == theirs:
        return mine < theirs or other.kind == "heading-renamed"
    said = theme.before in other.before and theme.after in other.after
    return theme.kind == _IN_HEADINGS and other.kind == "term-replaced" and said


def _least(theme: Theme) -> int:
    return _MANY if theme.kind.startswith(_COMMON) else 2


def _theme(key: Key, found: Sequence[tuple[str, Finding]]) -> Theme:
    kind, before, after = _widened(key, [finding for _, finding in found])
    if kind == "term-replaced":
        names = Counter((finding.before or "", finding.after or "") for _, finding in found)
        before, after = names.most_common(1)[0][0]
    versions = {finding.before or "" for _, finding in found if _is_dated(finding)}
    before = versions.pop() if len(versions) == 1 else before
    if kind in _PAGES:  # the longest says most of what they are about
        found = sorted(found, key=lambda place: integer(place[1].values.get("words")), reverse=True)
    return Theme(
        kind=kind,
        before=before,
        after=after,
        findings=tuple(finding for _, finding in found),
        paths=tuple(dict.fromkeys(path for path, _ in found)),
    )


def _widened(key: Key, findings: Sequence[Finding]) -> Key:
    """Words that came or went, with the word after them where that is the same everywhere."""
    kind, before, after = key
    if kind not in {"edit-made", _IN_HEADINGS} or (before and after):
        return key
    words = before or after
    common = set.intersection(*(_words_after(words, finding) for finding in findings))
    if len(common) != 1:
        return key
    word = common.pop()
    whole = f"{words} {word}"
    kind = "edit-replaced" if kind == "edit-made" else kind
    return kind, *((whole, word) if before else (word, whole))


def _words_after(words: str, finding: Finding) -> set[str]:
    """What follows ``words`` in the version that has them, at the place where the other has not."""
    long, short = finding.after or "", finding.before or ""
    if len(long) < len(short):
        long, short = short, long
    return {
        place["next"]
        for place in re.finditer(rf"(?<!\w){re.escape(words)} (?P<next>[\w-]+)", long)
        if long[: place.start()] + long[place.start("next") :] == short
    }


def _keys(finding: Finding, path: str) -> Iterator[Key]:
    if finding.kind in _MOVES and finding.before:
        old, new = dirname(finding.before), dirname(finding.subject)
        if old != new:
            yield "moved", old or "/", new or "/"
        else:
            yield "renamed", *_other_words(basename(finding.before), basename(finding.subject))
    if finding.impact not in {"noise", "breaking"}:
        yield from _file_keys(finding, path)
        yield from _text_keys(finding)


def _other_words(before: str, after: str) -> tuple[str, str]:
    """The words of a file's name that another one has not, from the first to the last."""
    old, new = (_NAME_PART.findall(splitext(name)[0]) for name in (before, after))
    room = min(len(old), len(new))
    start = next((i for i in range(room) if old[i] != new[i]), room)
    left = room - start
    end = next((i for i in range(left) if old[-1 - i] != new[-1 - i]), left)
    return "".join(old[start : len(old) - end]), "".join(new[start : len(new) - end])


def _file_keys(finding: Finding, path: str) -> Iterator[Key]:
    """Files that came or went, and what is said about files."""
    if finding.kind in _ASSETS:
        image = bool(finding.values.get("image"))
        yield finding.kind, "", "image" if image else splitext(basename(finding.subject))[1]
    elif finding.kind in _PAGES and is_included(path) and not finding.values.get("text_stays"):
        yield finding.kind, "", ""
    elif finding.kind == "front-matter-changed" and finding.after:
        yield finding.kind, finding.subject, finding.after


def _text_keys(finding: Finding) -> Iterator[Key]:
    """What came, went or was exchanged in files."""
    before, after = finding.before or "", finding.after or ""
    if finding.kind == "link-retargeted" and before and after:
        before, after = difference(before, after)
    bare = finding.kind == "value-changed" and before.isdigit() and after.isdigit()
    if finding.kind in _EXCHANGES and before and after and not bare:
        if finding.kind == "term-replaced":  # some write a name with a small letter
            before, after = before.casefold(), after.casefold()
        # The new version of an interface is one matter, whichever of the old ones it is for.
        yield finding.kind, "" if _is_dated(finding) else before, after
    elif finding.kind in _WHOLE and (before or after):
        yield _WHOLE[finding.kind], before, after
    elif finding.values.get("alone") and finding.values.get("external"):
        yield finding.kind, "", urlsplit(finding.subject).netloc
    elif finding.kind == "heading-renamed" and before and after:
        yield finding.kind, before, after
        for edit in words if len(words := prose_edits(before, after)) == 1 else ():
            yield _IN_HEADINGS, edit.before, edit.after
    elif finding.kind in _CHANGED:
        yield from _only_edit(finding, "edit")
    elif finding.kind == "code-changed":
        yield from _only_edit(finding, "code")


def _is_dated(finding: Finding) -> bool:
    """Whether it is about a version that has a day for a name, as those of interfaces have."""
    named = not finding.values.get("package") and finding.kind == "version-changed"
    return named and bool(_DAY.match(finding.after or ""))


def _only_edit(finding: Finding, family: str) -> Iterator[Key]:
    """The words that came, went or were exchanged, where they are all that changed."""
    edits = edits_of(finding.values)
    if len(edits) == 1 and not finding.values.get("more_edits"):
        ((before, after),) = edits
        yield f"{family}-replaced" if before and after else f"{family}-made", before, after

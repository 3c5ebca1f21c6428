"""The range as a whole: what one file's findings need to know of the others."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from diffinsight.detectors.across.moves import Moves, find_moves
from diffinsight.detectors.across.redirects import (
    is_redirect_file,
    mkdocs_redirects,
    read_redirects,
)
from diffinsight.detectors.across.repository import (
    Place,
    Revision,
    anchors_of,
    has_anchor,
)
from diffinsight.detectors.across.taken_over import TakenOver, find_taken_over
from diffinsight.detectors.across.targets import Target, candidates, read_target
from diffinsight.detectors.across.terms import Terms, find_terms
from diffinsight.detectors.comparison import Comparison, Pair
from diffinsight.matching.edits import Edit
from diffinsight.matching.sentences import sentences
from diffinsight.matching.words import RAISED, SLIGHT
from diffinsight.models import ChangeSet, Json
from diffinsight.outline.model import PROSE, Block, Fragment, Outline

MOST_TYPOS = 3  # in one block; more is rewriting
MOST_PLACES = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Links to something: where they stand, or that nobody could look."""

    found: tuple[Place, ...] = ()
    looked: bool = True

    @property
    def count(self) -> int:
        return len(self.found)

    def values(self) -> Mapping[str, Json]:
        if not self.looked:
            return {}
        listed: tuple[Json, ...] = tuple(
            {"path": place.path, "line": place.line} for place in self.found[:MOST_PLACES]
        )
        return {"links": self.count, "places": listed} if listed else {"links": 0}


class Whole:
    """All comparisons of a range, and the repository around them."""

    def __init__(self, change_set: ChangeSet, files: Sequence[Comparison]) -> None:
        self.change_set = change_set
        self.files = files
        self.not_judged = False  # somebody asked for links that nobody could look up
        # Paths and lines of such links, and whether they are images.
        self.broken_before: list[tuple[str, int, bool]] = []
        self.outside: set[str] = set()  # folders that links lead into, and no version has
        self._loaded = False
        self._anchors: dict[str, frozenset[str]] = {}  # of files whose repository is not at hand
        known = dict(_whole_outlines(files))
        self.head = Revision(change_set.head_tree, known) if change_set.head_tree else None
        self.base = Revision(change_set.base_tree, known) if change_set.base_tree else None

    @cached_property
    def terms(self) -> Terms:
        return find_terms(self.files)

    def taken_over(self, file: Comparison) -> TakenOver:
        """What left ``file`` for a file that is new in the range."""
        return self._taken_over.get(file.path, TakenOver())

    @cached_property
    def _taken_over(self) -> Mapping[str, TakenOver]:
        return find_taken_over(self.files)

    def shown_tabs(self, file: Comparison) -> Mapping[str, str]:
        """The tabs that came to files of the range which ``file`` takes in, with their paths."""
        taken_in = {posixpath.basename(b.included.target) for b in file.after.blocks if b.included}
        others = (one for one in self.files if posixpath.basename(one.path) in taken_in)
        return {
            block.text: other.path
            for other in others
            if other is not file
            for block in other.after.blocks
            if block.kind == "tab" and block.first in other.added
        }

    @cached_property
    def new_pages(self) -> str:
        """All texts of the pages that are new in the range."""
        new = (f for f in self.files if f.change.status == "added" and f.kind == "page")
        return "\n".join(part.text for file in new for part in file.after_text)

    @cached_property
    def gone_sentences(self) -> Mapping[str, frozenset[str]]:
        """The sentences that each page of the range lost, by its old path."""
        pages = (file for file in self.files if file.kind == "page")
        found = {file.before_path: _said(file.before) - _said(file.after) for file in pages}
        return {path: gone for path, gone in found.items() if gone}

    def missing_folder(self, path: str) -> str:
        """The outermost folder of ``path`` that no version has; empty: one has its folder."""
        known = [revision.folders for revision in (self.base, self.head) if revision]
        missing, folder = "", posixpath.dirname(path)
        while folder and not any(folder in folders for folders in known):
            missing, folder = folder, posixpath.dirname(folder)
        return missing

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """The old paths of files that have another one now, by that."""
        moved = (file for file in self.files if file.change.status == "renamed")
        return {file.path: file.before_path for file in moved}

    @cached_property
    def moves(self) -> Moves:
        return find_moves(self.files)

    def links_to_anchor(self, file: Comparison, anchor: str) -> Places:
        """Links at head that still name ``anchor`` of a page that has it no more."""
        if self.head is None:
            self.not_judged = True
            return Places(looked=False)
        if has_anchor(self._head_anchors(file), anchor):
            return Places()
        return self._places(self._naming(self.head, file, anchor))

    def links_about(self, file: Comparison, anchor: str, names: Collection[str]) -> Places:
        """Links at head to ``anchor`` of a page, in lines that have one of ``names``."""
        if self.head is None or not has_anchor(self._head_anchors(file), anchor):
            return Places(looked=self.head is not None)
        found = list(self._naming(self.head, file, anchor))
        texts = self.head.texts
        lines = {place.path: texts.get(place.path, "").splitlines() for place in found}
        return self._places(
            place
            for place in found
            if any(name in lines[place.path][place.line - 1] for name in names)
        )

    def _naming(self, head: Revision, file: Comparison, anchor: str) -> Iterator[Place]:
        only = frozenset({anchor, "~" + _loose(anchor)})
        for path in dict.fromkeys((file.path, file.before_path)):
            for place in head.links_to(path):
                if place.anchor and has_anchor(only, place.anchor):
                    yield place

    def _head_anchors(self, file: Comparison) -> frozenset[str]:
        if self.head and file.path in self.head.paths:
            return self.head.anchors(file.path)
        if file.path not in self._anchors:
            self._anchors[file.path] = anchors_of(file.after)
        return self._anchors[file.path]

    def anchor_kept(self, file: Comparison, anchor: str) -> bool:
        """Whether the new version still answers to ``anchor``."""
        if self.head is None and file.partial:
            return False
        return has_anchor(self._head_anchors(file), anchor)

    def links_to_file(self, path: str) -> Places:
        """Links at head that lead to ``path``, which is gone."""
        if self.head is None:
            self.not_judged = True
            return Places(looked=False)
        return self._places(self.head.links_to(path))

    def is_named_nowhere(self, name: str) -> bool:
        """Whether no page at head has ``name``, be it in a link or in a mark that takes it in."""
        return self.head is not None and not self.head.names(name)

    def was_named(self, name: str) -> bool:
        """Whether a line that the range took away has ``name``."""
        return any(name in line for file in self.files for line in file.removed.values())

    def _places(self, found: Iterable[Place]) -> Places:
        once = {(place.path, place.line): place for place in found}
        return Places(found=tuple(once[key] for key in sorted(once)))

    def redirect_of(self, path: str) -> str | None:
        """Where readers of ``path`` are sent at head."""
        name = path.casefold()  # as Microsoft Learn looks for them
        found = self._redirects.get(name) or self._redirects.get(posixpath.splitext(name)[0])
        return found or None

    @cached_property
    def _redirects(self) -> dict[str, str]:
        """All redirects at head, by the path of their source in the repository, casefolded."""
        found: dict[str, str] = {}
        for path, text in self._redirect_texts():
            if is_redirect_file(path):
                redirects = read_redirects(path, [Fragment(first_line=1, text=text)])
                found |= _rooted(path, ((r.source, r.target) for r in redirects))
            else:
                found |= _rooted(path, mkdocs_redirects(text).items())
        return {source.casefold(): target for source, target in found.items()}

    def redirected(self, target: Target, page: str) -> bool:
        """Whether readers who follow a link to ``target`` in ``page`` are sent on."""
        return any(self.redirect_of(path) for path in candidates(target, page))

    def load_targets(self) -> None:
        """Read, in one go, all that the links of the changed pages lead to."""
        if self._loaded:
            return
        self._loaded = True
        pages = [file for file in self.files if file.kind == "page"]
        for revision, paths in (
            (self.head, [file.path for file in pages]),
            (self.base, [file.before_path for file in pages]),
        ):
            if revision:
                revision.load(paths)
                revision.load(_leads_to(revision, paths))

    def _redirect_texts(self) -> Iterator[tuple[str, str]]:
        """Redirect files at head, or those of the range where the rest cannot be had."""
        if self.head:
            wanted = [p for p in self.head.paths if is_redirect_file(p) or _is_mkdocs(p)]
            self.head.load(wanted)
            yield from ((path, self.head.texts.get(path, "")) for path in sorted(wanted))
            return
        for file in self.files:
            if is_redirect_file(file.path) or _is_mkdocs(file.path):
                yield from ((file.path, fragment.text) for fragment in file.after_text)

    def says_more(self, pair: Pair, *, figures: bool = False) -> bool:
        """Whether the words of a block changed in a way that no narrower finding tells.

        With ``figures``, a version or a number counts as more, too.
        """
        if figures and any(edit.kind in {"number", "version"} for edit in pair.edits):
            return True
        if _marks_a_cell(pair):
            return True
        if only_link_texts(pair):
            return False
        typos = sum(edit.kind == "typo" for edit in pair.edits)
        return typos > MOST_TYPOS or any(self._is_plain(edit) for edit in pair.edits)

    def _is_plain(self, edit: Edit) -> bool:
        return edit.kind == "words" and not self.is_repeated(edit)

    def is_repeated(self, edit: Edit) -> bool:
        return self.terms.repeated(edit)


def _said(page: Outline) -> frozenset[str]:
    prose = (block for block in page.blocks if block.kind in PROSE)
    return frozenset(sentence for block in prose for sentence in sentences(block.text))


def _whole_outlines(files: Iterable[Comparison]) -> Iterator[tuple[tuple[str, str], Outline]]:
    """The outlines of the versions that were read whole, by path and text."""
    for file in files:
        if not file.partial and file.kind == "page":
            yield (file.before_path, file.change.before or ""), file.before
            yield (file.path, file.change.after or ""), file.after


def _marks_a_cell(pair: Pair) -> bool:
    """Whether a cell that holds nothing but a mark, such as a dash for no, came or went.

    Or whether a cell points at another footnote.
    """
    if not pair.both or pair.block.kind != "row" or not pair.edits:
        return False
    if any(
        set(edit.before + edit.after) <= RAISED and edit.kind != "spacing" for edit in pair.edits
    ):
        return True
    old, new = (block.cells for block in pair.both)
    if len(old) != len(new):
        return any(edit.kind == "punctuation" for edit in pair.edits)
    return any(
        was != now and (set(was) <= SLIGHT or set(now) <= SLIGHT)
        for was, now in zip(map(_unquoted, old), map(_unquoted, new), strict=True)
    )


def _unquoted(cell: str) -> str:
    return cell.replace("`", "")


def only_link_texts(pair: Pair) -> bool:
    """Whether the words changed in links only, which is told with the links."""
    if not pair.both or not pair.edits or pair.block.kind in {"row", "table"}:
        return False
    old, new = (_without_link_texts(block) for block in pair.both)
    return old == new and len(pair.both[0].links) == len(pair.both[1].links)


def _without_link_texts(block: Block) -> str:
    text, place = block.text, 0
    for link in block.links:
        at = text.find(link.text, place) if link.text and not link.image else -1
        if at >= 0:
            text = f"{text[:at]}[]{text[at + len(link.text) :]}"
            place = at + 2
    return text


def _leads_to(revision: Revision, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        for link in revision.outline(path).links if path in revision.paths else ():
            target = read_target(link.target, path)
            found = revision.find(target, path) if target and target.anchor else None
            if found:
                yield found


def _loose(anchor: str) -> str:
    from diffinsight.outline.anchors import loose

    return loose(anchor)


def _is_mkdocs(path: str) -> bool:
    return path.rpartition("/")[2] in {"mkdocs.yml", "mkdocs.yaml"}


def _rooted(path: str, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Sources as paths of the repository: as written, below the file's folder, below its docs."""
    folder = posixpath.dirname(path)
    found: dict[str, str] = {}
    for source, target in pairs:
        plain = source.lstrip("/")
        for base in dict.fromkeys(("", folder, posixpath.join(folder, "docs"))):
            found.setdefault(posixpath.join(base, plain), target)
    return found

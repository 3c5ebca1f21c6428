"""What a page is made of: the text of a version in, an `Outline` out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal

from diffinsight.outline import yaml_tree
from diffinsight.outline.model import Fragment, Outline
from diffinsight.outline.pages import read_markdown

FileKind = Literal["page", "data", "asset", "other"]

MARKDOWN = frozenset({".md", ".mdx", ".markdown", ".mdown", ".qmd", ".rmd", ".mkd", ".mdc"})
LIGHT = frozenset({".rst", ".adoc", ".asciidoc"})
PAGES = MARKDOWN | LIGHT | {".ipynb"}
LARGEST_DATA = 3_000_000  # characters of a data file that is read value by value
DATA = frozenset({".yml", ".yaml", ".json", ".jsonc"})
IMAGES = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp", ".avif", ".apng", ".tif"}
)
ASSETS = IMAGES | {
    ".mp4",
    ".webm",
    ".mov",
    ".pdf",
    ".zip",
    ".mp3",
    ".woff",
    ".woff2",
    ".pptx",
    ".docx",
    ".xlsx",
    ".drawio",
    ".vsdx",
    ".psd",
    ".ai",
    ".eot",
    ".ttf",
}


@lru_cache(maxsize=1024)
def suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def file_kind(path: str) -> FileKind:
    """What a path promises: a page, data, an asset, or something else."""
    ending = suffix(path)
    if ending in PAGES:
        return "page"
    if ending in DATA or PurePosixPath(path).name == "_redirects":
        return "data"
    return "asset" if ending in ASSETS else "other"


def read(path: str, fragments: Sequence[Fragment], *, partial: bool = False) -> Outline:
    """The outline of a page, whole or in parts; of anything else, an empty one."""
    match suffix(path):
        case ending if ending in MARKDOWN:
            return read_markdown(fragments, partial=partial, components=ending == ".mdx")
        case ".rst" | ".adoc" | ".asciidoc" | ".ipynb" as ending:
            return _read_rare(ending, fragments, partial=partial)
        case ".yml" | ".yaml" if _is_learn_page(path, fragments, partial=partial):
            from diffinsight.outline.learn_yaml import read_learn

            return read_learn(fragments)
        case ending if ending in DATA and not partial:
            return Outline(troubles=tuple(_data_troubles(ending, fragments)))
    return Outline()


def _is_learn_page(path: str, fragments: Sequence[Fragment], *, partial: bool) -> bool:
    from diffinsight.outline.learn_yaml import is_learn_page

    small = sum(len(fragment.text) for fragment in fragments) <= LARGEST_DATA
    return small and is_learn_page(path, fragments, partial=partial)


def _read_rare(ending: str, fragments: Sequence[Fragment], *, partial: bool) -> Outline:
    """Readers that most runs need not import."""
    if ending == ".ipynb":
        from diffinsight.outline.notebook import read_notebook

        return read_notebook(fragments, partial=partial)
    from diffinsight.outline.light_markup import read_light
    from diffinsight.outline.pages import finish

    if ending == ".rst":
        from diffinsight.outline.rst import read_rst

        return read_light(fragments, read_rst, finish)
    from diffinsight.outline.asciidoc import read_asciidoc

    return read_light(fragments, read_asciidoc, finish)


def _data_troubles(ending: str, fragments: Sequence[Fragment]) -> Iterator[str]:
    """Whether YAML and JSON can be read as such."""
    for fragment in fragments:
        if len(fragment.text) > LARGEST_DATA:
            yield "too-large"
            continue
        try:
            yaml_tree.read(fragment.text)
        except yaml_tree.NotUnderstoodError:
            yield "json" if ending.startswith(".json") else "yaml"


def in_markdown(path: str, lines: Sequence[str]) -> list[str]:
    """Lines of a page, those of another markup language as lines of Markdown."""
    if suffix(path) not in LIGHT:
        return list(lines)
    from diffinsight.outline.light_markup import as_markdown

    return as_markdown(read_text(path, "\n".join(lines)))


def read_text(path: str, text: str) -> Outline:
    """The outline of a whole page."""
    return read(path, (Fragment(first_line=1, text=text),))

"""Which files a report is about, and in which category; what is left out is counted in notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from diffinsight.errors import ActionError
from diffinsight.globs import compile_globs
from diffinsight.models import ChangeSet, Config, FileChange, Note


def select(change_set: ChangeSet, config: Config, category: str | None = None) -> ChangeSet:
    """``change_set`` with the files that ``config`` lets into the report of ``category``.

    Without categories in the config, ``category`` is a label. With them it must be one of
    ``category_names`` (ActionError otherwise); None takes the files of all.
    """
    inside, notes = _in_scope(change_set, config)
    if category is not None and config.categories:
        _refuse_unknown(category, config)
        mine = tuple(change for change in inside if category_of(change, config) == category)
        notes += _note("other-categories", len(inside) - len(mine))
        inside = mine
    return replace(change_set, files=inside, notes=change_set.notes + notes)


def category_names(config: Config) -> tuple[str, ...]:
    """All categories, the one of unmatched files last."""
    listed = [category.name for category in config.categories]
    if listed and config.unmatched is not None and config.unmatched not in listed:
        listed.append(config.unmatched)
    return tuple(listed)


def category_of(change: FileChange, config: Config) -> str | None:
    """The first category that takes one of the file's names, the new one asked first."""
    for name in names(change):
        for category in config.categories:
            if name in compile_globs(category.paths):
                return category.name
    return config.unmatched if config.categories else None


def categories_of(change_set: ChangeSet, config: Config) -> Mapping[str, str]:
    """The category of each file that has one, by path, in the order of the categories."""
    placed = {change.path: category_of(change, config) for change in change_set.files}
    order = category_names(config)
    named = [(path, name) for path, name in placed.items() if name is not None]
    return dict(sorted(named, key=lambda it: order.index(it[1])))


def names(change: FileChange) -> tuple[str, ...]:
    """The new name first; a moved file is also gone from where it was, a copied one is not."""
    if change.status == "renamed" and change.previous_path is not None:
        return (change.path, change.previous_path)
    return (change.path,)


def _refuse_unknown(category: str, config: Config) -> None:
    known = category_names(config)
    if category not in known:
        listed = ", ".join(f"`{name}`" for name in known)
        raise ActionError(f"no category `{category}` in the config", f"it has {listed}")


def _in_scope(
    change_set: ChangeSet, config: Config
) -> tuple[tuple[FileChange, ...], tuple[Note, ...]]:
    included = tuple(change for change in change_set.files if _included(change, config))
    kept = tuple(change for change in included if not _excluded(change, config))
    placed = tuple(change for change in kept if _placed(change, config))
    notes = (
        *_note("not-included", len(change_set.files) - len(included)),
        *_note("excluded", len(included) - len(kept)),
        *_note("no-category", len(kept) - len(placed)),
    )
    return placed, notes


def _note(kind: str, count: int) -> tuple[Note, ...]:
    return (Note(kind=kind, values={"count": count}),) if count else ()


def _included(change: FileChange, config: Config) -> bool:
    if not config.include:
        return True
    globs = compile_globs(config.include)
    return any(name in globs for name in names(change))


def _excluded(change: FileChange, config: Config) -> bool:
    """Whether no name of the file is both included and not excluded."""
    include = compile_globs(config.include or ("**",))
    exclude = compile_globs(config.exclude)
    return not any(name in include and name not in exclude for name in names(change))


def _placed(change: FileChange, config: Config) -> bool:
    return not config.categories or category_of(change, config) is not None

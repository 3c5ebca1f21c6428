"""Which files a report is about, and in which category; what is left out is counted in notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from diffinsight.errors import ActionError
from diffinsight.globs import compile_globs
from diffinsight.models import Category, ChangeSet, Config, FileAnalysis, FileChange, Note, TypeRule


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What one report is about."""

    change_set: ChangeSet
    category: str | None


def select(change_set: ChangeSet, config: Config, category: str | None = None) -> Selection:
    """The files that ``config`` lets into the report of ``category``.

    Without categories in the config, ``category`` is a label. With them it must be one of them
    (ActionError otherwise); None takes the files of all.
    """
    if category is not None and config.categories:
        _refuse_unknown(category, config)
    inside, notes = _in_scope(change_set, config)
    if category is not None and config.categories:
        mine = tuple(change for change in inside if _category(change, config) == category)
        notes += _note("other-categories", len(inside) - len(mine))
        inside = mine
    return Selection(
        change_set=replace(change_set, files=inside, notes=change_set.notes + notes),
        category=category,
    )


def select_each(change_set: ChangeSet, config: Config) -> tuple[Selection, ...]:
    """A selection for every category that has files, in the config's order; one if it has none."""
    if not config.categories:
        return (select(change_set, config),)
    inside, notes = _in_scope(change_set, config)
    placed = [(_category(change, config), change) for change in inside]
    return tuple(
        Selection(
            change_set=replace(change_set, files=files, notes=change_set.notes + notes),
            category=name,
        )
        for name in category_names(config)
        if (files := tuple(change for own, change in placed if own == name))
    )


def category_names(config: Config) -> tuple[str, ...]:
    """All categories, the one of unmatched files last."""
    names = [category.name for category in config.categories]
    if names and config.unmatched is not None and config.unmatched not in names:
        names.append(config.unmatched)
    return tuple(names)


def name_types(
    analyses: Iterable[FileAnalysis], rules: tuple[TypeRule, ...]
) -> Iterator[FileAnalysis]:
    """``analyses`` with the user's types in place of the built-in ones."""
    for analysis in analyses:
        name = next((rule.name for rule in rules if _fits(analysis, rule)), analysis.type)
        yield replace(analysis, type=name)


def _refuse_unknown(category: str, config: Config) -> None:
    names = category_names(config)
    if category not in names:
        listed = ", ".join(f"`{name}`" for name in names)
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


def _names(change: FileChange) -> tuple[str, ...]:
    """The new name first; a moved file is also gone from where it was, a copied one is not."""
    if change.status == "renamed" and change.previous_path is not None:
        return (change.path, change.previous_path)
    return (change.path,)


def _included(change: FileChange, config: Config) -> bool:
    if not config.include:
        return True
    globs = compile_globs(config.include)
    return any(name in globs for name in _names(change))


def _excluded(change: FileChange, config: Config) -> bool:
    """Whether no name of the file is both included and not excluded."""
    include = compile_globs(config.include or ("**",))
    exclude = compile_globs(config.exclude)
    return not any(name in include and name not in exclude for name in _names(change))


def _placed(change: FileChange, config: Config) -> bool:
    return not config.categories or _category(change, config) is not None


def _category(change: FileChange, config: Config) -> str | None:
    for name in _names(change):
        for category in config.categories:
            if _takes(category, name):
                return category.name
    return config.unmatched


def _takes(category: Category, path: str) -> bool:
    return path in compile_globs(category.paths)


def _fits(analysis: FileAnalysis, rule: TypeRule) -> bool:
    kinds = {finding.kind for finding in analysis.findings}
    globs = compile_globs(rule.paths)
    return (
        (not rule.classes or analysis.type in rule.classes)
        and (not rule.statuses or analysis.change.status in rule.statuses)
        and (not rule.paths or any(name in globs for name in _names(analysis.change)))
        and (
            not rule.findings
            or any(fnmatchcase(kind, wanted) for kind in kinds for wanted in rule.findings)
        )
    )

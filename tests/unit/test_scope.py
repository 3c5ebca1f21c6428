import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffinsight.errors import ActionError
from diffinsight.models import Category, ChangeSet, Config, FileChange, Note
from diffinsight.scope import categories_of, category_names, category_of, select


def changes(*paths: str) -> ChangeSet:
    return ChangeSet(files=tuple(FileChange(path=path, status="modified") for path in paths))


def moved(old: str, new: str) -> FileChange:
    return FileChange(path=new, previous_path=old, status="renamed")


def paths(change_set: ChangeSet) -> list[str]:
    return [change.path for change in change_set.files]


def said(change_set: ChangeSet) -> dict[str, object]:
    return {note.kind: note.values["count"] for note in change_set.notes}


CATEGORIES = Config(
    categories=(
        Category(name="guides", paths=("docs/guides/**",)),
        Category(name="docs", paths=("docs/**",)),
    )
)


def test_an_empty_config_takes_all_and_says_nothing() -> None:
    change_set = changes("a.md", "b.png")
    assert select(change_set, Config()) == change_set


def test_what_is_left_out_is_counted() -> None:
    config = Config(include=("docs/**",), exclude=("**/*.png",))
    selected = select(changes("docs/a.md", "docs/b.png", "docs/c.png", "LICENSE"), config)
    assert paths(selected) == ["docs/a.md"]
    assert said(selected) == {"not-included": 1, "excluded": 2}


def test_earlier_notes_stay() -> None:
    note = Note(kind="range-cut")
    change_set = ChangeSet(files=changes("a").files, notes=(note,))
    selected = select(change_set, Config(exclude=("a",)))
    assert selected.notes == (note, Note(kind="excluded", values={"count": 1}))


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("docs/a.md", "old/a.md", True),
        ("old/a.md", "docs/a.md", True),
        ("old/a.md", "other/a.md", False),
        ("docs/drafts/a.md", "docs/a.md", True),
        ("docs/a.md", "docs/drafts/a.md", True),
        # In the included folder under one name, but excluded there.
        ("docs/drafts/a.md", "old/a.md", False),
    ],
)
def test_a_move_counts_under_either_name(old: str, new: str, kept: bool) -> None:  # noqa: FBT001 - pytest hands parameters in by name
    config = Config(include=("docs/**",), exclude=("docs/drafts/**",))
    assert bool(select(ChangeSet(files=(moved(old, new),)), config).files) is kept


def test_a_copy_counts_under_its_new_name_only() -> None:
    copy = FileChange(path="other/a.md", previous_path="docs/a.md", status="copied")
    assert select(ChangeSet(files=(copy,)), Config(include=("docs/**",))).files == ()


def test_the_first_category_that_takes_a_file_has_it() -> None:
    files = changes("docs/guides/a.md", "docs/b.md", "c.md").files
    assert [category_of(file, CATEGORIES) for file in files] == ["guides", "docs", "other"]


def test_a_moved_file_belongs_where_it_is_now() -> None:
    assert category_of(moved("docs/a.md", "docs/guides/a.md"), CATEGORIES) == "guides"
    assert category_of(moved("docs/a.md", "attic/a.md"), CATEGORIES) == "docs"


def test_one_category_leaves_the_others_out_and_says_so() -> None:
    selected = select(changes("docs/guides/a.md", "docs/b.md", "c.md"), CATEGORIES, "docs")
    assert paths(selected) == ["docs/b.md"]
    assert said(selected) == {"other-categories": 2}


def test_no_category_takes_the_files_of_all() -> None:
    change_set = changes("docs/guides/a.md", "docs/b.md", "c.md")
    assert select(change_set, CATEGORIES) == change_set


def test_unmatched_files_can_be_dropped_and_are_counted() -> None:
    config = Config(categories=CATEGORIES.categories, unmatched=None)
    selected = select(changes("docs/b.md", "c.md", "d.md"), config)
    assert paths(selected) == ["docs/b.md"]
    assert said(selected) == {"no-category": 2}


def test_the_category_of_unmatched_files_is_one_to_ask_for() -> None:
    assert category_names(CATEGORIES) == ("guides", "docs", "other")
    assert paths(select(changes("docs/b.md", "c.md"), CATEGORIES, "other")) == ["c.md"]
    shared = Config(categories=CATEGORIES.categories, unmatched="docs")
    assert category_names(shared) == ("guides", "docs")
    assert category_names(Config()) == ()


def test_the_categories_of_files_in_their_order() -> None:
    config = Config(
        categories=(Category(name="b", paths=("b/**",)), Category(name="a", paths=("a/**",)))
    )
    found = categories_of(changes("x.md", "a/1.md", "b/1.md"), config)
    assert list(found.items()) == [("b/1.md", "b"), ("a/1.md", "a"), ("x.md", "other")]
    assert categories_of(changes("x.md"), Config()) == {}


def test_an_unknown_category_names_the_known_ones() -> None:
    with pytest.raises(ActionError) as error:
        select(changes(), CATEGORIES, "guide")
    assert str(error.value.problems[0]) == (
        "no category `guide` in the config; it has `guides`, `docs`, `other`"
    )


def test_a_category_is_only_a_label_when_the_config_has_none() -> None:
    change_set = changes("a.md")
    assert select(change_set, Config(), "anything") == change_set


GLOBS = st.lists(st.sampled_from(["a/**", "**/b.md", "!a/c.md", "**", "*.md"]), max_size=3)
PATHS = st.lists(st.sampled_from(["a/b.md", "a/c.md", "b.md", "x/y.png"]), unique=True)


@given(
    PATHS,
    st.builds(
        Config,
        include=GLOBS.map(tuple),
        exclude=GLOBS.map(tuple),
        categories=GLOBS.map(
            lambda globs: tuple(Category(name=glob, paths=(glob,)) for glob in globs)
        ),
        unmatched=st.sampled_from([None, "other"]),
    ),
)
def test_every_file_is_in_the_report_or_counted(names: list[str], config: Config) -> None:
    selected = select(changes(*names), config)
    counts = [count for count in said(selected).values() if isinstance(count, int)]
    assert len(selected.files) + sum(counts) == len(names)
    for name in category_names(config):
        part = select(changes(*names), config, name)
        counts = [count for count in said(part).values() if isinstance(count, int)]
        assert len(part.files) + sum(counts) == len(names)

from __future__ import annotations

from datetime import date

import pytest

from diffinsight.languages import available, load
from diffinsight.models import (
    Analysis,
    ChangeSet,
    Config,
    EngineUse,
    FileAnalysis,
    FileChange,
    Note,
    Overview,
    Report,
)
from diffinsight.report import assemble, permalink

BASE = "d63c476" + "0" * 33
HEAD = "51e566e" + "0" * 33
DAY = date(2024, 11, 13)
RANGE = ChangeSet(repository="owner/docs", base=BASE, head=HEAD)
PLAIN = Config()


def assembled(
    analysis: Analysis,
    *,
    language: str = "en",
    config: Config = PLAIN,
    category: str | None = None,
) -> Report:
    return assemble(
        analysis,
        Overview(),
        phrases=load(language),
        config=config,
        on=DAY,
        category=category,
        use=EngineUse(),
    )


def test_the_permalink_names_owner_and_both_ends() -> None:
    assert permalink(RANGE) == (
        "https://github.com/owner/docs/compare/owner:d63c476...owner:51e566e"
    )


def test_two_trees_are_compared_with_two_dots() -> None:
    two_dot = ChangeSet(repository="owner/docs", base=BASE, head=HEAD, two_dot=True)
    assert str(permalink(two_dot)).endswith("owner:d63c476..owner:51e566e")


@pytest.mark.parametrize(
    "changes",
    [
        ChangeSet(base=BASE, head=HEAD),
        ChangeSet(repository="owner/docs", head=HEAD),
        ChangeSet(repository="owner/docs", base=BASE),
    ],
)
def test_without_repository_or_ends_there_is_no_permalink(changes: ChangeSet) -> None:
    assert permalink(changes) is None


def test_the_server_is_the_repositorys_own() -> None:
    own = ChangeSet(repository="o/d", server_url="https://git.example", base=BASE, head=HEAD)
    assert str(permalink(own)).startswith("https://git.example/o/d/compare/")


@pytest.mark.parametrize(
    ("title", "category", "shown"),
    [
        (None, None, "Diff Insight Report"),
        (None, "misc", "Diff Insight Report - misc"),
        ("Docs news", "misc", "Docs news - misc"),
    ],
)
def test_the_title_has_the_category(title: str | None, category: str | None, shown: str) -> None:
    report = assembled(Analysis(change_set=RANGE), config=Config(title=title), category=category)
    assert report.title == shown
    assert report.category == category


def test_files_keep_their_counts_and_words() -> None:
    change = FileChange(path="a.md", status="modified", additions=3, deletions=1, patch="@@")
    file = FileAnalysis(change=change, type="bug fix", title="T", explanation="E", group="g")
    analysis = Analysis(change_set=ChangeSet(files=(change,)), files=(file,))
    report = assembled(analysis, language="ja")
    (shown,) = report.files
    assert (shown.path, shown.additions, shown.deletions, shown.patch) == ("a.md", 3, 1, "@@")
    assert (shown.type, shown.title, shown.explanation, shown.group) == ("bug fix", "T", "E", "g")
    assert report.language == "ja"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "1 changed file is excluded by the configuration."),
        ("ja", "設定で除外された変更ファイルが1件あります。"),
        ("zh-Hans", "1 个变更的文件被配置排除。"),
    ],
)
def test_notes_become_sentences_of_the_language(language: str, sentence: str) -> None:
    changes = ChangeSet(notes=(Note(kind="excluded", values={"count": 1}),))
    report = assembled(Analysis(change_set=changes), language=language)
    assert report.notes == (sentence,)


def test_notes_of_a_file_and_its_analysis_are_both_said() -> None:
    change = FileChange(path="a.md", status="modified", notes=(Note(kind="not-utf8"),))
    file = FileAnalysis(change=change, notes=(Note(kind="symlink"),))
    analysis = Analysis(change_set=ChangeSet(files=(change,)), files=(file,))
    report = assembled(analysis)
    assert len(report.files[0].notes) == 2


def test_an_unknown_note_is_not_lost() -> None:
    changes = ChangeSet(notes=(Note(kind="moon-phase"),))
    report = assembled(Analysis(change_set=changes))
    assert report.notes == ("Note: moon-phase.",)


REASONS = (
    *("front-matter", "duplicate-keys", "yaml", "json"),
    *("unclosed-fence", "too-large", "notebook"),
)


@pytest.mark.parametrize("language", available())
def test_what_was_not_understood_is_said_without_its_code(language: str) -> None:
    change = FileChange(path="a.md", status="modified")
    said: list[str] = []
    for reason in (*REASONS, "moon-phase"):
        note = Note(kind="markup-not-understood", values={"reason": reason})
        file = FileAnalysis(change=change, notes=(note,))
        (told,) = assembled(
            Analysis(change_set=ChangeSet(), files=(file,)), language=language
        ).files
        said += told.notes
    assert len(set(said)) == len(REASONS) + 1
    assert not any(
        reason in text for reason, text in zip(REASONS, said, strict=False) if "-" in reason
    )

"""What a range brings in or does away with: names that come to several files or leave them."""

from __future__ import annotations

import pytest
from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.engines.offline import OfflineEngine
from diffinsight.languages import available, load
from diffinsight.models import Overview

PAGES = {
    "models.md": "# Models\n\nChoose one of these.\n\n- Mistral Nemo\n",
    "regions.md": "# Regions\n\n| Model | Region |\n| --- | --- |\n| Mistral Nemo | West |\n",
    "quota.md": "# Quota\n\nEach model has a quota of its own, which you can ask to be raised.\n",
    "billing.md": "# Billing\n\nYou are billed by the token.\n",
}
NEW = {
    "models.md": f"{PAGES['models.md']}- Ministral 3B\n",
    "regions.md": f"{PAGES['regions.md']}| Ministral 3B | East |\n",
    "quota.md": PAGES["quota.md"].replace("raised.", "raised, save for Ministral 3B."),
    "billing.md": PAGES["billing.md"].replace("token", "word"),
}


def overview(
    after: dict[str, str], language: str = "en", before: dict[str, str] | None = None
) -> Overview:
    analysis = analyse(between(before or PAGES, after, {}))
    return OfflineEngine(phrases=load(language)).write(analysis)[1]


@pytest.mark.parametrize("language", available())
def test_a_name_that_three_files_bring_in_is_told_first_with_these(language: str) -> None:
    told = overview(NEW, language)
    for text in (told.summary, told.highlights):
        name = text.index("Ministral 3B")
        files = [text.index(path, name) for path in ("models.md", "quota.md", "regions.md")]
        assert files == sorted(files)
        assert "3" in text[: files[0]].replace("3B", "")
        assert "billing.md" not in text[: files[-1]]


@pytest.mark.parametrize("language", available())
def test_a_name_that_leaves_three_files_is_told_first_with_these(language: str) -> None:
    told = overview({**PAGES, "billing.md": NEW["billing.md"]}, language, before=NEW)
    brought = overview(NEW, language)
    for text, other in ((told.summary, brought.summary), (told.highlights, brought.highlights)):
        name = text.index("Ministral 3B")
        assert all(path in text[name:] for path in ("models.md", "quota.md", "regions.md"))
        assert text[:name] != other[: other.index("Ministral 3B")]


def test_a_name_that_leaves_two_files_is_no_news() -> None:
    before = {**NEW, "quota.md": PAGES["quota.md"]}
    after = {**PAGES, "billing.md": NEW["billing.md"], "quota.md": "# Quota\n\nIt is 3.\n"}
    assert "no longer names" not in overview(after, before=before).highlights


def test_a_release_tells_itself_what_it_names() -> None:
    paths = ("CHANGELOG.md", "docs/changelog.md")
    old = "# Changelog\n\n## 1.0.0\n\n- First.\n"
    new = old.replace("## 1.0.0", "## 1.1.0\n\n- Ministral 3B can be chosen.\n\n## 1.0.0")
    after = {**PAGES, "billing.md": NEW["billing.md"], **dict.fromkeys(paths, new)}
    told = overview(after, before={**PAGES, **dict.fromkeys(paths, old)})
    assert "New text in" not in told.highlights


def test_a_name_that_still_stands_in_a_file_of_the_range_is_not_gone() -> None:
    after = {**PAGES, "billing.md": NEW["billing.md"] + "\nMinistral 3B is free.\n"}
    before = {**NEW, "billing.md": PAGES["billing.md"] + "\nMinistral 3B is free.\n"}
    assert "no longer names" not in overview(after, before=before).highlights


def test_what_breaks_something_comes_before_it() -> None:
    gone = {path: text for path, text in NEW.items() if path != "billing.md"}
    told = overview(gone).summary
    assert told.index("“Billing”") < told.index("New text in 3 files names “Ministral 3B”")


@pytest.mark.parametrize(
    "known",
    [
        pytest.param("\nMinistral 3B was there before.\n", id="in-an-old-version"),
        pytest.param("\nThe ministral 3b model.\n", id="in-small-letters"),
    ],
)
def test_a_name_that_an_old_version_has_is_not_new(known: str) -> None:
    before = {**PAGES, "billing.md": PAGES["billing.md"] + known}
    after = {**NEW, "billing.md": NEW["billing.md"] + known}
    assert "New text" not in overview(after, before=before).highlights


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("however small it is", id="words-of-every-day"),
        pytest.param("2,000", id="a-number"),
        pytest.param("Whatever", id="a-word-with-a-capital"),
        pytest.param("64 KiB", id="a-unit"),
        pytest.param(":octicons-heart-16:", id="an-icon"),
    ],
)
def test_what_is_no_name_is_not_told_as_one(words: str) -> None:
    after = {path: text.replace("Ministral 3B", words) for path, text in NEW.items()}
    assert "New text" not in overview(after).highlights


def test_the_first_word_of_a_sentence_is_no_part_of_a_name() -> None:
    after = {
        path: text + f"\n{verb} Gretel Navigator to begin.\n"
        for (path, text), verb in zip(PAGES.items(), ("Try", "Open", "Try", "Try"), strict=True)
    }
    assert "names “Gretel Navigator”" in overview(after).highlights


def test_the_name_is_what_all_its_files_have_of_it() -> None:
    names = ("the Ministral 3B model", "Azure Ministral 3B", "the new Ministral 3B")
    after = {
        path: f"{text}\nThis is about {name}, too.\n"
        for (path, text), name in zip(list(PAGES.items())[:3], names, strict=True)
    }
    after["billing.md"] = NEW["billing.md"]
    assert "names “Ministral 3B”" in overview(after).highlights


def test_a_name_in_new_files_alone_is_told_with_them() -> None:
    pages = [f"# About {n}\n\nThis is about Ministral 3B.\n" for n in ("one", "two", "three")]
    after = {**NEW, **PAGES, **{f"new-{n}.md": page for n, page in enumerate(pages)}}
    assert "New text" not in overview({**after, "billing.md": NEW["billing.md"]}).highlights


def test_a_name_that_took_the_place_of_another_one_is_told_once() -> None:
    before = {
        path: text.replace("Mistral Nemo", "it") + "\nUse AI Studio.\n"
        for path, text in PAGES.items()
    }
    after = {path: text.replace("AI Studio", "AI Foundry") for path, text in before.items()}
    told = overview(after, before=before).highlights
    assert told.count("Foundry") == 1
    assert "New text" not in told


def test_files_that_the_summary_names_are_not_counted_as_others() -> None:
    assert overview(NEW).summary.endswith("1 more file changed.")


def test_a_name_among_many_in_one_cell_is_found() -> None:
    models = "Tea-1 Tea-2 Tea-3 Cup-1 Cup-2 Cup-3 Pot-1 Pot-2"
    after = {
        **NEW,
        "regions.md": PAGES["regions.md"] + f"| Mistral Nemo Ministral-3B {models} | East |\n",
        "models.md": f"{PAGES['models.md']}- Ministral-3B\n",
        "quota.md": PAGES["quota.md"].replace("raised.", "raised, save for Ministral-3B."),
    }
    assert "New text in 3 files names “Ministral-3B”" in overview(after).highlights

from __future__ import annotations

from collections.abc import Mapping

from support.case_folder import between

from diffinsight.detectors import analyse
from diffinsight.detectors.across.old_wording import MOST_PAGES, MOST_PLACES
from diffinsight.models import Json

SENTENCE = "The agent needs two gigabytes of memory and an administrator's account."
OTHER = "The agent runs with any account and asks for an administrator only once."


def still_in(old: str, new: str, others: Mapping[str, str]) -> Json:
    """The places that the one text finding of a page names; None when it names none."""
    analysis = analyse(between({"a.md": old, **others}, {"a.md": new, **others}, {}))
    (file,) = analysis.files
    (found,) = [finding for finding in file.findings if finding.before and finding.after]
    return found.values.get("still_in")


def test_other_pages_with_the_old_sentence_are_named() -> None:
    others = {
        "b.md": f"# B\n\n> {SENTENCE}\n",
        "c.md": f"- {SENTENCE}\n3. {SENTENCE}\n",
        "faq.yml": f"answer: |\n  {SENTENCE}\n",
        "d.md": f"{SENTENCE} And more.\n",
        "e.txt": f"{SENTENCE}\n",
    }
    assert still_in(f"# A\n\n{SENTENCE}\n", f"# A\n\n{OTHER}\n", others) == (
        {"path": "b.md", "line": 3},
        {"path": "c.md", "line": 1},
        {"path": "c.md", "line": 2},
        {"path": "faq.yml", "line": 2},
    )


def test_a_sentence_without_spaces_counts_by_its_characters() -> None:
    old = "代理需要管理员帐户才能运行、首次启动时会询问一次、之后会自动登录。"
    new = old.replace("管理员", "本地")
    found = still_in(f"# A\n\n{old}\n", f"# A\n\n{new}\n", {"b.md": f"{old}\n"})
    assert found == ({"path": "b.md", "line": 1},)


def test_short_lines_and_lines_that_the_page_keeps_name_nothing() -> None:
    assert still_in("# A\n\nSee below.\n", "# A\n\nSee there.\n", {"b.md": "See below.\n"}) is None
    kept = f"# A\n\n{SENTENCE}\n\n## B\n\n{SENTENCE}\n"
    new = kept.replace(SENTENCE, OTHER, 1)
    assert still_in(kept, new, {"b.md": f"{SENTENCE}\n"}) is None


def test_the_places_are_limited() -> None:
    many = {f"p{number:03}.md": f"{SENTENCE}\n" for number in range(MOST_PLACES + 5)}
    found = still_in(f"# A\n\n{SENTENCE}\n", f"# A\n\n{OTHER}\n", many)
    assert isinstance(found, tuple)
    assert len(found) == MOST_PLACES


def test_a_very_large_repository_is_not_read_for_it() -> None:
    many = {f"p{number}.md": f"{SENTENCE}\n" for number in range(MOST_PAGES)}
    assert still_in(f"# A\n\n{SENTENCE}\n", f"# A\n\n{OTHER}\n", many) is None


def test_places_beside_other_changes_were_left_as_they_are() -> None:
    page = f"# B\n\nText.\n\n{SENTENCE}\n"
    old = {"a.md": f"# A\n\n{SENTENCE}\n", "b.md": page}
    for heading, places in (("\n## Here", None), ("", ({"path": "b.md", "line": 5},))):
        new = {"a.md": f"# A\n\n{OTHER}\n", "b.md": page.replace("Text.", f"Text.{heading}", 1)}
        (file, *_) = analyse(between(old, new, {})).files
        (found,) = [finding for finding in file.findings if finding.before and finding.after]
        assert found.values.get("still_in") == places

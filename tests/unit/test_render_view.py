from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from support.report_samples import PLAIN_FILE

from diffinsight.models import Finding, Report
from diffinsight.render import view

REPORT = Report(title="t", date=date(2025, 1, 1), language="en", files=(PLAIN_FILE,))
COMPARE = "https://github.com/octo/docs/compare/octo:1111111...octo:2222222"


def test_an_anchor_is_the_md5_of_the_path() -> None:
    path = "articles/ai-studio/how-to/deploy-models-phi-3.md"
    assert view.anchors([path]) == ["item-47e305"]


def test_anchors_that_collide_get_more_digits() -> None:
    paths = collision()
    first, second, other = view.anchors([*paths, "docs/a.md"])
    assert first != second
    assert first[:11] == second[:11]
    assert len(first) == len(second) > len("item-123456")
    assert len(other) == len("item-123456")


def collision() -> tuple[str, str]:
    seen: dict[str, str] = {}
    for number in range(100_000):
        path = f"p{number}.md"
        (anchor,) = view.anchors([path])
        if anchor in seen:
            return seen[anchor], path
        seen[anchor] = path
    raise AssertionError("16 million anchors and no collision in 100,000 paths")


def test_a_path_that_is_there_twice_gets_a_number() -> None:
    first, second = view.anchors(["a.md", "a.md"])
    assert second == f"{first}-2"


@given(st.lists(st.text(min_size=1)))
def test_every_file_has_an_anchor_of_its_own(paths: list[str]) -> None:
    assert len(set(view.anchors(paths))) == len(paths)


def test_names_are_as_short_as_they_tell_files_apart() -> None:
    paths = ["a/b/index.md", "a/c/index.md", "x/c/index.md", "toc.yml", "a/one.md", "index.md"]
    assert view.short_names(paths) == [
        "b/index.md",
        "a/c/index.md",
        "x/c/index.md",
        "toc.yml",
        "one.md",
        "index.md",
    ]


@given(st.lists(st.text("ab/", min_size=1), unique=True))
def test_names_stay_apart(paths: list[str]) -> None:
    assert len(set(view.short_names(paths))) == len(paths)


def test_a_renamed_file_shows_both_names() -> None:
    (item,) = view.file_views(
        replace(REPORT, files=(replace(PLAIN_FILE, status="renamed", previous_path="old.md"),))
    )
    assert item.heading == "old.md → docs/a.md"
    assert item.base_name == "a.md"


def test_links_lead_into_the_pull_requests_files() -> None:
    patch = "@@ -3,4 +5,4 @@ x\n a\n b\n-c\n+d\n"
    report = replace(
        REPORT,
        repository="octo/docs",
        pull_request=7,
        permalink=COMPARE,
        files=(replace(PLAIN_FILE, patch=patch),),
    )
    (item,) = view.file_views(report)
    digest = "07e55ad774ac0d2b92b7ee8c5e9c7d8b1ec9d1e6c1b7a1c1a1b9b6e2b2a0a0d1"
    assert item.link.startswith("https://github.com/octo/docs/pull/7/files#diff-")
    assert item.link.endswith("L5")
    assert len(item.link.partition("#diff-")[2]) == len(digest) + len("L5")


def test_links_lead_to_the_gravest_finding() -> None:
    findings = (
        Finding(kind="k", subject="s", impact="minor", after_lines=(1, 1)),
        Finding(kind="k", subject="s", impact="breaking", before_lines=(9, 12)),
    )
    report = replace(REPORT, permalink=COMPARE, files=(replace(PLAIN_FILE, findings=findings),))
    (item,) = view.file_views(report)
    assert item.link.startswith(f"{COMPARE}#diff-")
    assert item.link.endswith("L9")
    assert item.impact == "breaking"


def test_without_a_page_there_is_no_link() -> None:
    (item,) = view.file_views(replace(REPORT, repository="octo/docs", pull_request=7))
    assert item.link == ""


def test_an_enterprise_servers_pull_request_is_on_that_server() -> None:
    report = replace(
        REPORT,
        repository="octo/docs",
        pull_request=7,
        permalink="https://git.example.com/octo/docs/compare/octo:1...octo:2",
    )
    assert view.diff_page(report) == "https://git.example.com/octo/docs/pull/7/files"


def test_without_findings_the_type_tells_whether_readers_are_broken() -> None:
    broken = replace(PLAIN_FILE, type="breaking change")
    assert view.impact(broken) == "breaking"
    assert view.impact(PLAIN_FILE) == "minor"
    noise = Finding(kind="reflowed", subject="", impact="noise")
    assert view.impact(replace(PLAIN_FILE, findings=(noise,))) == "noise"

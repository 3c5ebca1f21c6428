import re
import time
from dataclasses import replace

import pytest
from support.github_html import html_of
from support.html_tags import tags_of
from support.report_samples import HOSTILE, sample_report, without_page

from diffinsight import languages
from diffinsight.models import Finding, Overview, Report
from diffinsight.render import render

ENGLISH = languages.load("en")
COMMENT = 65_536 - 1_024
SUMMARY = 1024 * 1024 - 1_024


def comment(report: Report, limit: int | None = None) -> str:
    return render(report, form="comment", phrases=ENGLISH, limit=limit)


def summary(report: Report, limit: int | None = None) -> str:
    return render(report, form="summary", phrases=ENGLISH, limit=limit)


def rows_of(text: str) -> int:
    return html_of(text).count("<tr>") - html_of(text).count("<thead>")


def calm(report: Report) -> Report:
    """The same with nothing in it that is noise or breaks."""
    files = (
        replace(file, findings=(replace(file.findings[0], impact="minor"),))
        for file in report.files
    )
    return replace(report, files=tuple(files))


def assert_whole(text: str) -> None:
    """Nothing is cut, open or hidden, and the last line is the page's own."""
    html = html_of(text)
    tags = tags_of(html)
    assert tags.open == []
    assert tags.comments == []
    assert re.search(r"<p><sub>Made by .*</sub></p>\n$", html)
    shown = re.sub(r"(?s)<(pre|code|a)\b.*?</\1>", "", html)
    assert not re.search(r"@octocat|#12|o/r#3|\b51e566e", shown)


@pytest.mark.parametrize("count", [1, 2, 10, 100, 1000, 3000])
def test_a_comment_of_any_size_fits_and_is_whole(count: int) -> None:
    text = comment(sample_report(count, grouped=count // 2))
    assert len(text) <= COMMENT
    assert_whole(text)


@pytest.mark.parametrize("limit", [2_000, 5_000, 20_000])
def test_a_smaller_limit_holds_too(limit: int) -> None:
    text = comment(sample_report(100), limit)
    assert limit // 3 < len(text) <= limit
    assert_whole(text)


@pytest.mark.parametrize("count", [1, 100, 1000])
def test_a_job_summary_fits_in_bytes_and_is_whole(count: int) -> None:
    report = sample_report(count)
    japanese = replace(
        report, files=tuple(replace(file, explanation="説明。" * 500) for file in report.files)
    )
    text = summary(japanese)
    assert len(text.encode()) <= SUMMARY
    assert_whole(text)


def test_categories_have_tables_of_their_own_in_their_order() -> None:
    report = sample_report(40)
    names = {file.path: ("API *v2*", "Guides")[at % 2] for at, file in enumerate(report.files)}
    del names[report.files[8].path]
    text = render(report, form="comment", phrases=ENGLISH, categories=names)
    assert_whole(text)
    first, second = (text.index(f"#### {title}") for title in ("API \\*v2\\*", "Guides"))
    assert first < second
    assert rows_of(text) == 33
    assert text.index("| [page-8/") > second
    assert text.index(" and 7 more | Nothing changes for readers ·") > second


@pytest.mark.parametrize("count", [100, 1000])
def test_a_comment_with_categories_fits_and_is_whole(count: int) -> None:
    report = sample_report(count, grouped=count // 2)
    names = {file.path: f"Category {at % 9}" for at, file in enumerate(report.files)}
    text = render(report, form="comment", phrases=ENGLISH, categories=names)
    assert len(text) <= COMMENT
    assert_whole(text)


def test_what_is_left_out_can_be_read_elsewhere() -> None:
    page = "https://github.com/octo/docs/actions/runs/7"
    link = f"[The whole report is in the job summary.]({page})"
    cut = render(sample_report(1000), form="comment", phrases=ENGLISH, elsewhere=page)
    assert link in cut
    assert len(cut) <= COMMENT
    assert link not in render(sample_report(3), form="comment", phrases=ENGLISH, elsewhere=page)
    assert "job summary" not in render(sample_report(1000), form="comment", phrases=ENGLISH)


def test_the_verdict_comes_first() -> None:
    first = comment(sample_report(10)).partition("\n")[0]
    page = "https://github.com/octo/docs/pull/7/files"
    assert (
        first
        == f"**2 files break something for readers** · [10 files]({page}) · +24 \N{MINUS SIGN}9"
    )


def test_without_breaking_changes_the_verdict_says_so() -> None:
    report = sample_report(1)
    assert comment(report).startswith("**No breaking changes found** · [1 file](")
    noise = replace(report.files[0].findings[0], impact="noise")
    only_noise = replace(report, files=(replace(report.files[0], findings=(noise,)),))
    assert comment(only_noise).startswith("**Nothing changes for readers** · ")


def test_what_breaks_for_readers_comes_before_all_else() -> None:
    text = comment(sample_report(30))
    order = ["30 files changed", "#### Breaking changes", "#### New features", "<b>Other updates"]
    order += ["```mermaid", "<summary>30 files<", "| File |", "What changed, file by file"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_rows_tell_noise_once_and_last() -> None:
    text = comment(sample_report(10))
    rows = re.findall(r"^\| \[page-(\d+)/index\.md\]", text, re.MULTILINE)
    assert rows == ["4", "9", "1", "6", "0", "3", "5", "8", "2"]
    assert re.search(r" and 1 more \| Nothing changes for readers · .* \|\n\n", text)


def test_a_table_that_says_what_points_say_goes_without_them() -> None:
    text = comment(sample_report(10))
    assert "#### Breaking changes" in text
    assert "Something new" not in text
    assert "Other updates" not in text


@pytest.mark.parametrize("count", [1, 2])
def test_few_files_are_told_at_once(count: int) -> None:
    text = comment(sample_report(count))
    assert "files changed." not in text
    assert "####" not in text
    assert "| File |" not in text
    assert text.count("Explanation ") == count
    assert text.count("<details>\n") == (0 if count == 1 else count)
    assert text.count("files#diff-") == count


def test_few_files_without_room_for_their_explanations_still_have_their_titles() -> None:
    report = sample_report(2)
    huge = tuple(replace(file, explanation="x" * 1_000_000) for file in report.files)
    text = comment(replace(report, files=huge))
    assert "Title 0" in text
    assert "Title 1" in text
    assert "Left out for length: the explanations of 2 files." in text


def test_rows_link_to_the_first_line_that_matters() -> None:
    text = comment(sample_report(1))
    assert re.search(
        r"\n\[index\.md\]\(https://\S+/pull/7/files#diff-[0-9a-f]{64}R1\): Title", text
    )


def test_without_a_page_nothing_is_a_link() -> None:
    text = comment(without_page(sample_report(10, grouped=5)))
    assert "](" not in text.replace("\\](", "")
    assert_whole(text)


@pytest.mark.parametrize("page", [True, False])
@pytest.mark.parametrize("path", ["@octocat/#12/o/r#3 51e566e.md", "a|b`c[d](e){f}<b>.md", "x\ny"])
def test_hostile_paths_break_and_call_nothing(path: str, *, page: bool) -> None:
    report = sample_report(5, grouped=2)
    renamed = tuple(replace(file, path=f"{path}{n}") for n, file in enumerate(report.files))
    hostile = replace(report, files=renamed)
    for text in (comment(hostile if page else without_page(hostile)), summary(hostile)):
        assert_whole(text)
        assert rows_of(text) == 5


def test_a_point_that_many_files_back_is_not_left_out() -> None:
    report = sample_report(3000)
    point = replace(
        report.overview.other_updates[0], paths=tuple(file.path for file in report.files)
    )
    text = comment(replace(report, overview=replace(report.overview, other_updates=(point,))))
    assert "Update 0 (" in text
    assert "and 2997 more)" in text or "and 2,997 more)" in text


def test_a_group_is_one_row_with_its_files_on_demand() -> None:
    report = sample_report(5, grouped=60)
    alike = tuple(replace(file, title="Updated dates") for file in report.files[5:])
    text = comment(replace(calm(report), files=(*report.files[:2], *report.files[3:5], *alike)))
    assert " and 59 more | Nothing changes for readers · " in text
    listed = text.partition("</code></a> and 59 more: Nothing changes for readers")[2]
    assert listed.partition("</details>")[0].count("](https://") == 30
    assert ", and 30 more\n" in listed


def test_noise_of_several_kinds_is_listed_by_kind() -> None:
    report = sample_report(5, grouped=60)
    titles = ("Updated dates", "Fixed a typo")
    alike = tuple(replace(file, title=titles[at % 2]) for at, file in enumerate(report.files[5:]))
    text = comment(replace(report, files=(*report.files[:5], *alike)))
    assert text.count("Updated dates") == text.count("Fixed a typo") == 1
    assert re.search(r"\n- Updated dates: \[page-5/index\.md\]\(", text)


def test_noise_of_more_kinds_than_anybody_reads_is_counted() -> None:
    text = comment(sample_report(5, grouped=60))
    assert text.count("\n- Title ") == 10
    assert "\n- and 51 more\n" in text


def test_the_same_change_is_told_once() -> None:
    report = calm(sample_report(5, grouped=60))
    groups = (replace(report.groups[0], reason="same-change"),)
    text = comment(replace(report, groups=groups))
    assert rows_of(text) == 6
    assert re.search(r" and 59 more \| Title 5 ", text)
    assert text.count("Explanation ") == 6


def test_files_that_moved_from_one_folder_to_another_are_told_together() -> None:
    report = sample_report(5)
    moves = tuple(
        replace(
            report.files[0],
            path=f"new/{name}.md",
            previous_path=f"old/{name}.md",
            additions=0,
            deletions=0,
            findings=(Finding(kind="page-moved", subject=name, impact="breaking"),),
        )
        for name in ("a", "b", "c")
    )
    elsewhere = replace(moves[0], path="other/d.md", previous_path="old/d.md")
    text = comment(replace(report, files=(*report.files, *moves, elsewhere)))
    assert " and 2 more | **Breaking**: Move 3 files from old to new |" in text
    assert rows_of(text) == 7


def test_files_between_which_text_moved_keep_their_own_rows() -> None:
    report = calm(sample_report(5, grouped=2))
    moved = replace(report, groups=(replace(report.groups[0], reason="moved"),))
    assert rows_of(comment(moved)) == 7


def test_rows_give_way_to_explanations_of_what_comes_first() -> None:
    text = comment(calm(sample_report(400)))
    assert 100 <= rows_of(text) < 200
    assert 50 <= text.count("Explanation ") <= 100


def test_a_point_that_calls_its_file_by_a_part_of_its_path_links_it_there() -> None:
    report = sample_report(30)
    point = replace(
        report.overview.new_features[0],
        text="See `page-0/index.md`",
    )
    overview = replace(report.overview, new_features=(point,))
    text = comment(replace(report, overview=overview))
    assert re.search(r"\n- See \[`page-0/index\.md`\]\(https://\S+\)\n", text)


def test_many_rows_are_folded() -> None:
    report = calm(sample_report(30))
    visible, folded = comment(report).split("<summary>30 files</summary>")
    assert rows_of(visible) == 0
    assert rows_of(folded) == 30


def test_without_points_the_first_rows_are_there_at_once() -> None:
    report = replace(calm(sample_report(30)), overview=Overview())
    visible, folded = comment(report).split("<summary>20 more files</summary>")
    assert rows_of(visible) == 10
    assert rows_of(folded) == 20


def test_what_has_no_room_is_counted() -> None:
    text = comment(sample_report(1000))
    rows = rows_of(text)
    explained = text.count("Explanation ")
    assert f"{1000 - rows} files" in text
    assert f"the explanations of {1000 - explained} files." in text
    assert rows >= 100
    # All breaking files come before any other.
    assert text.count("**Breaking**: Title") == rows


def test_one_huge_text_takes_no_room_from_the_others() -> None:
    report = calm(sample_report(10))
    huge = replace(report.files[4], explanation="x" * 1_000_000, patch="+y\n" * 1_000_000)
    text = comment(replace(report, files=(*report.files[:4], huge, *report.files[5:])))
    assert "Left out for length: the explanation of 1 file." in text
    assert text.count("Explanation ") == 9
    text = summary(replace(report, files=(*report.files[:4], huge, *report.files[5:])))
    assert "the diff of 1 file." in text


def test_a_diff_without_its_explanation_is_counted_as_left_out() -> None:
    report = sample_report(3)
    huge = replace(report.files[0], explanation="x" * 1_000_000)
    text = summary(replace(report, files=(huge, *report.files[1:])))
    assert "the explanation of 1 file and the diff of 1 file." in text
    assert text.count("`````diff\n") == 2


def test_when_everything_fits_nothing_is_said_to_be_missing() -> None:
    assert "Left out" not in comment(sample_report(10))


def test_notes_are_shown() -> None:
    report = sample_report(2)
    noted = replace(report, files=(replace(report.files[0], notes=("Cut short.",)),))
    assert "\n> Only the diff was at hand.\n" in comment(noted)
    assert "\n> Cut short.\n" in comment(noted)


def test_the_model_that_wrote_is_named() -> None:
    report = sample_report(1)
    use = replace(report.engine, name="model", model="some`model` @octocat")
    text = comment(replace(report, engine=use))
    assert "worded by ``some`model` @octocat``. `1111111...2222222`</sub>" in text
    assert_whole(text)


def test_points_name_their_files_when_they_do_not_do_so_themselves() -> None:
    text = comment(sample_report(30))
    assert re.search(r"- Gone in \[`index\.md`\]\(https://\S+R5\) ", text)
    assert re.search(r"- Update 0 \(\[page-0/index\.md\]\(\S+\), .*and 2 more\)\n", text)


def test_a_job_summary_has_insights_and_diffs() -> None:
    text = summary(sample_report(3))
    assert "#### Insights\n\nRead it anew.\n" in text
    assert text.count("`````diff\n") == 3
    assert "`````diff" not in comment(sample_report(3))


def test_japanese_words_surround_a_japanese_report() -> None:
    text = comment(replace(sample_report(10), language="ja"))
    assert text.startswith("**2ファイルに、")
    assert "#### 破壊的変更\n" in text
    assert "<summary><b>ファイルごとの変更内容</b></summary>" in text
    english = comment(replace(sample_report(10), language="ja", heading_language="en"))
    assert "#### Breaking changes\n" in english


def test_a_report_without_findings_goes_by_its_types() -> None:
    report = sample_report(10)
    bare = replace(report, files=tuple(replace(file, findings=()) for file in report.files))
    assert comment(bare).startswith("**2 files break something for readers**")


def test_a_comment_never_takes_long() -> None:
    # 20 times what it takes, so that only a change of order of growth fails it.
    report = sample_report(3000)
    started = time.perf_counter()
    comment(report)
    assert time.perf_counter() - started < 20


def test_hostile_words_are_shown() -> None:
    html = html_of(comment(sample_report(1)))
    assert HOSTILE.startswith("<details>")
    assert "&lt;details&gt; <code>code</code> | " in html
    assert "&lt;!--" in html


def test_a_comment_without_files_is_still_a_comment() -> None:
    text = comment(replace(sample_report(1), files=()))
    assert text.startswith("**")
    assert_whole(text)


def test_findings_decide_what_is_breaking() -> None:
    report = sample_report(2)
    finding = Finding(kind="link-broken", subject="x", impact="breaking")
    changed = replace(report.files[1], findings=(finding,))
    text = comment(replace(report, files=(report.files[0], changed)))
    assert text.startswith("**1 file breaks something for readers**")

from datetime import UTC, datetime

import pytest

from diffinsight.changes import parse_diff
from diffinsight.models import Config, PageRule
from diffinsight.pages import PageRuleError, check_rule, published_at
from diffinsight.run import Form, Wishes, document, make_report

DIFF = b"""\
diff --git a/docs/a.md b/docs/a.md
--- a/docs/a.md
+++ b/docs/a.md
@@ -1 +1 @@
-# A
+# B
diff --git a/docs/b.md b/docs/b.md
deleted file mode 100644
--- a/docs/b.md
+++ /dev/null
@@ -1 +0,0 @@
-# B
"""
RULES = (
    (r"docs/(.*)/index\.md", r"https://docs.example.com/\1/"),
    (r"docs/(.*)\.md", r"https://docs.example.com/\1"),
    (r"(?:(a)|(b))\.txt", r"https://x.example/\1\2"),
)


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("docs/a/index.md", "https://docs.example.com/a/"),
        ("docs/a/b.md", "https://docs.example.com/a/b"),
        ("docs/a b#c?d/日.md", "https://docs.example.com/a%20b%23c%3Fd/%E6%97%A5"),
        ('docs/"><b>.md', "https://docs.example.com/%22%3E%3Cb%3E"),
        ("my/docs/a.md", None),
        ("docs/a.md.txt", None),
        ("b.txt", "https://x.example/b"),
    ],
)
def test_the_first_rule_that_fits(path: str, page: str | None) -> None:
    assert published_at(path, RULES) == page


@pytest.mark.parametrize(
    ("pattern", "url", "said"),
    [
        ("docs/(.*", "https://x.example", "'docs/(.*', which is no regular expression"),
        ("docs/.*", "javascript:alert(1)", "'javascript:alert(1)', which is no web address"),
        ("docs/.*", "https://x.example/ y", "is no web address"),
        ("docs/.*", r"https://x.example/\1", r"uses \1 that the pattern does not have"),
        ("docs/(.*)", r"https://x.example/\0", r"uses \0 that the pattern does not have"),
    ],
)
def test_rules_that_can_not_work(pattern: str, url: str, said: str) -> None:
    with pytest.raises(PageRuleError) as refused:
        check_rule(pattern, url)
    assert said in refused.value.args[0]
    assert refused.value.args[1]


def test_the_rules_of_the_guide_work() -> None:
    for pattern, url in RULES:
        check_rule(pattern, url)


@pytest.mark.parametrize("form", ["markdown", "comment", "json"])
def test_a_report_links_to_the_pages_that_are_there(form: Form) -> None:
    config = Config(pages=tuple(PageRule(pattern=pattern, url=url) for pattern, url in RULES))
    now = datetime(2024, 1, 3, tzinfo=UTC)
    report = make_report(parse_diff(DIFF), config=config, wishes=Wishes(), now=now)
    text = document(report, form=form)
    link = '"page": "{}"' if form == "json" else "]({})"
    assert link.format("https://docs.example.com/a") in text
    assert "https://docs.example.com/b" not in text

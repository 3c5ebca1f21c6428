import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from diffinsight.globs import GlobError, check_glob, compile_globs, escape_glob

# The examples of the workflow syntax page, then what goes beyond them.
CASES = [
    ("*", ["README.md", "server.rb"], ["docs/a.md"]),
    ("**", ["all/the/files.md", "a"], []),
    ("*.js", ["app.js"], ["src/app.js", "app.jsx"]),
    ("**.js", ["index.js", "js/index.js", "src/js/app.js"], ["app.json"]),
    ("docs/*", ["docs/README.md"], ["docs/mona/octocat.txt", "docs"]),
    ("docs/**", ["docs/README.md", "docs/mona/octocat.txt"], ["docs", "my/docs/a"]),
    ("docs/**/*.md", ["docs/README.md", "docs/a/b/hello.md"], ["docs.md"]),
    ("**/docs/**", ["docs/hello.md", "dir/docs/my-file.txt"], ["mydocs/a", "docs"]),
    ("**/README.md", ["README.md", "js/README.md"], ["MY-README.md"]),
    ("**/*src/**", ["a/src/app.js", "my-src/code/js/app.js"], ["src"]),
    ("**/*-post.md", ["my-post.md", "path/their-post.md"], ["post.md"]),
    ("?.md", ["a.md"], [".md", "ab.md", "/.md"]),
    ("[a-c]x.md", ["ax.md", "cx.md"], ["dx.md", "-x.md"]),
    ("[!a-c].md", ["d.md"], ["a.md", "/.md"]),
    ("[^a].md", ["b.md", "^.md"], ["a.md"]),
    ("[]x].md", ["].md", "x.md"], ["a.md"]),
    ("[a-].md", ["-.md", "a.md"], ["b.md"]),
    ("[a&&b~|].md", ["&.md", "~.md", "|.md"], ["c.md"]),
    ("{a,b/c}/*.md", ["a/x.md", "b/c/x.md"], ["c/x.md", "b/x.md"]),
    ("{docs,{site,web}/pages}", ["docs/a", "web/pages/a/b"], ["site/a"]),
    ("{**/a,b}.md", ["a.md", "x/a.md", "b.md"], ["x/b.md"]),
    ("docs", ["docs", "docs/a/b.md"], ["docsx", "a/docs"]),
    ("docs/", ["docs/a/b.md"], ["docs"]),
    ("/docs/*", ["docs/a"], ["x/docs/a"]),
    ("a.md", ["a.md"], ["axmd", "A.md"]),
    ("a+b(1)$.md", ["a+b(1)$.md"], ["aab1.md"]),
    (r"app/\[slug\].md", ["app/[slug].md"], ["app/s.md"]),
    ("a}b,c", ["a}b,c"], ["a}b"]),
    ("**/**/a", ["a", "x/y/a"], ["b"]),
    ("日本/*.md", ["日本/語.md"], ["日本/a/b.md"]),
    ("*.md", ["two\nlines.md"], []),
]


@pytest.mark.parametrize(("pattern", "taken", "left"), CASES)
def test_a_pattern_takes_whole_paths(pattern: str, taken: list[str], left: list[str]) -> None:
    globs = compile_globs((pattern,))
    assert [path for path in taken if path not in globs] == []
    assert [path for path in left if path in globs] == []


def test_later_patterns_overrule_earlier_ones() -> None:
    globs = compile_globs(("docs/**", "!docs/drafts/**", "docs/drafts/ready.md"))
    assert "docs/a.md" in globs
    assert "docs/drafts/a.md" not in globs
    assert "docs/drafts/ready.md" in globs
    assert "other.md" not in globs


def test_no_patterns_take_nothing() -> None:
    assert "a" not in compile_globs(())


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "is empty"),
        ("!", "is empty"),
        ("/", "is empty"),
        ("a" * 401, "longer than 400"),
        ("./docs/*", "matches no path"),
        ("docs//a", "matches no path"),
        ("docs/./a", "matches no path"),
        ("../a", "leaves the repository"),
        ("a/../b", "leaves the repository"),
        ("[z-a].md", "backwards"),
        ("[ab.md", "'[' without ']'"),
        ("[].md", "'[' without ']'"),
        ("{a,b", "'{' without '}'"),
        ("docs\\", "ends in"),
        ("{a,b}" * 7, "more than 100 patterns"),
    ],
)
def test_impossible_patterns_are_refused(pattern: str, said: str) -> None:
    with pytest.raises(GlobError) as error:
        check_glob(pattern)
    message, hint = error.value.args
    assert said in message
    assert hint


@pytest.mark.parametrize(
    "pattern", ["**/a/" * 8 + "b", "**a" * 8 + "**b", "*a" * 20 + "*b", "**/*a*a*a*/**/*a*/**/b"]
)
def test_a_hostile_file_name_costs_no_time(pattern: str) -> None:
    # Tried place by place, the first of these takes longer than the universe is old.
    assert "a/" * 1000 not in compile_globs((pattern,))
    assert "a" * 2000 not in compile_globs((pattern,))


def matches(pattern: str, path: str, *, at_start: bool = True) -> bool:
    """Wildcards by definition, slow and plain: any split of the path that works."""
    if not pattern:
        return not path
    if at_start and pattern.startswith("**/"):
        rest = [path, *(path[at + 1 :] for at, letter in enumerate(path) if letter == "/")]
        return any(matches(pattern[3:], part) for part in rest)
    if pattern.startswith("**"):
        return any(matches(pattern[2:], path[at:], at_start=False) for at in range(len(path) + 1))
    if pattern.startswith("*"):
        ends = [at for at in range(len(path) + 1) if "/" not in path[:at]]
        return any(matches(pattern[1:], path[at:], at_start=False) for at in ends)
    first = path[:1] not in {"", "/"} if pattern[0] == "?" else path[:1] == pattern[0]
    return first and matches(pattern[1:], path[1:], at_start=pattern[0] == "/")


SEGMENTS = st.lists(st.sampled_from(["*", "**", "?", "a", "b"]), min_size=1, max_size=3)
WILD = st.lists(SEGMENTS.map("".join), min_size=1, max_size=4).map("/".join)


@settings(max_examples=200)
@given(
    WILD.map(lambda pattern: re.sub(r"\*{3,}", "**", pattern)), st.text(alphabet="ab/", max_size=12)
)
def test_a_path_matches_when_any_split_of_it_does(pattern: str, path: str) -> None:
    assume("*" in pattern)  # else it takes what is in a folder of that name, too
    assert (path in compile_globs((pattern,))) is matches(pattern, path)


@given(st.text(alphabet="ab/*?[]{},!-\\.", max_size=12), st.text(alphabet="ab/.", max_size=8))
def test_any_pattern_is_refused_or_can_be_asked(pattern: str, path: str) -> None:
    try:
        globs = compile_globs((pattern,))
    except GlobError:
        return
    assert (path in globs) in {True, False}


@given(st.text(min_size=1, max_size=30).filter(lambda path: not re.search(r"//|(^|/)\.", path)))
def test_an_escaped_path_takes_itself_and_what_is_below(path: str) -> None:
    path = path.strip("/") or "a"
    assert path in compile_globs((escape_glob(path),))
    assert f"{path}/a/b" in compile_globs((f"{escape_glob(path)}/**",))

from collections.abc import Callable, Iterable

import pytest

from diffinsight.errors import ActionError, ExitCode, Problem, did_you_mean, reporting_errors


def run(story: Callable[[], int]) -> tuple[int, list[str], list[str]]:
    told: list[Problem] = []
    debugged: list[str] = []
    code = reporting_errors(story, tell=told.append, debug=debugged.append)
    return code, [str(problem) for problem in told], debugged


def failing(error: BaseException) -> Callable[[], int]:
    def story() -> int:
        raise error

    return story


def test_a_story_that_ends_well_is_silent() -> None:
    assert run(lambda: ExitCode.DONE) == (0, [], [])


def test_a_mistake_is_one_line_with_its_remedy() -> None:
    assert run(failing(ActionError("a is wrong", "write b"))) == (1, ["a is wrong; write b"], [])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb", r"a\nb"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\udcff", r"\udcff"),
        ("日本語\u3000“é”", "日本語\u3000“é”"),
    ],
)
def test_a_name_in_a_mistake_keeps_it_one_harmless_line(name: str, shown: str) -> None:
    assert Problem(message=f"no {name}", hint="x").line() == f"no {shown}; x"


def test_every_mistake_is_told() -> None:
    problems = [Problem(message="one"), Problem(message="two", hint="fix it")]
    code, told, _ = run(failing(ActionError.of(problems)))
    assert (code, told) == (1, ["one", "two; fix it"])


def test_an_interrupt_is_told_and_counted_as_shells_do() -> None:
    code, told, _ = run(failing(KeyboardInterrupt()))
    assert code == 130
    assert len(told) == 1


def test_a_bug_is_one_line_and_the_traceback_goes_to_the_debug_log() -> None:
    code, told, debugged = run(failing(ValueError("first\nsecond")))
    assert code == 3
    assert told == ["bug in diffinsight: ValueError: first; please report it with the debug log"]
    assert "Traceback" in debugged[0]


@pytest.mark.parametrize("error", [SystemExit(2), GeneratorExit()])
def test_what_ends_the_process_passes_through(error: BaseException) -> None:
    with pytest.raises(type(error)):
        run(failing(error))


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("langage", ("language", "title"), "did you mean `language`?"),
        ("TITEL", ("language", "Title"), "did you mean `Title`?"),
        ("xyz", ("b", "a"), "known are `a`, `b`"),
        ("xyz", map(str, range(13)), "see docs/configuration.md"),
    ],
)
def test_a_wrong_word_gets_the_nearest_right_one(
    word: str, known: Iterable[str], hint: str
) -> None:
    assert did_you_mean(word, known) == hint

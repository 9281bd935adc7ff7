"""The manual pages of the format's codes against themselves, and all codes against their register."""

from pathlib import Path

import pytest
from fragments import marked_line, merged, reported

from alliance_trainer.core.manual import Page
from alliance_trainer.lint import key_runner, moment_runner, runner
from alliance_trainer.scenario_files.pages import SCHEMA_PAGES, pages

REGISTER = Path(__file__).parent.parent / "data" / "codes.txt"
# AT069 stands for errors of the model that nobody has met; see test_schema_problems.
BROUGHT_UP = [page for page in SCHEMA_PAGES if page.code != "AT069"]


@pytest.mark.parametrize("page", BROUGHT_UP, ids=lambda page: page.code)
def test_the_bad_example_has_exactly_this_problem_on_the_marked_line(page: Page) -> None:
    text = merged(page.bad)
    (found,) = reported(text, "minimal" if page.code == "AT055" else None)
    assert (found.code, found.severity, found.line) == (page.code, page.severity, marked_line(text))
    assert found.source_line[found.column - 1 : found.end_column - 1].strip() or page.code == "AT045"
    assert found.hint


@pytest.mark.parametrize("page", SCHEMA_PAGES, ids=lambda page: page.code)
def test_the_good_example_has_no_problem(page: Page) -> None:
    assert reported(merged(page.good), "minimal" if page.code == "AT055" else None) == ()


def test_the_page_of_words_has_all_words() -> None:
    page = next(page for page in SCHEMA_PAGES if page.code == "AT042")
    for word in ("wd-denial", "W5", "metacommunication", "shifts", "rs-rationale", "script-echo", "sealed"):
        assert word in page.explanation


def test_codes_are_unique_and_in_order() -> None:
    codes = [page.code for page in (*pages(), *runner.pages(), *moment_runner.pages(), *key_runner.pages())]
    assert codes == sorted(set(codes))


def test_codes_are_never_reused_or_removed() -> None:
    """Each line of the register is a code and its first title; a new code is added there, none is ever taken out.

    Titles may be reworded in the program. The register keeps what the code has meant from the start.
    """
    register = dict(line.split(" ", 1) for line in REGISTER.read_text().splitlines() if line)
    now = {page.code: page.title for page in (*pages(), *runner.pages(), *moment_runner.pages(), *key_runner.pages())}
    assert list(register) == sorted(register)
    assert register.keys() - now.keys() == set(), "a code was removed: keep its page, and say there what became of it"
    assert now.keys() - register.keys() == set(), f"add to {REGISTER.name}, with the title"

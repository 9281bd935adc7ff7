"""Each rule against its own manual page, and the list of rules against the folder."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from fragments import MINIMAL, marked_line, merged, reported

from alliance_trainer.core.manual import Page, page_of
from alliance_trainer.lint import rules, runner

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"


def test_every_module_of_the_folder_is_in_the_list() -> None:
    modules = {import_module(f"{rules.__name__}.{module.name}") for module in iter_modules(rules.__path__)}
    assert modules == set(runner.RULES)
    assert [rule.CODE for rule in runner.RULES] == sorted({rule.CODE for rule in runner.RULES})


@pytest.mark.parametrize("page", runner.pages(), ids=lambda page: page.code)
def test_the_bad_example_has_exactly_this_problem_on_the_marked_line(page: Page) -> None:
    text = merged(page.bad)
    (found,) = reported(text)
    assert (found.code, found.severity, found.line) == (page.code, page.severity, marked_line(text))
    pointed_at = found.source_line[found.column - 1 : found.end_column - 1]
    assert pointed_at.strip()
    assert "<-" not in pointed_at
    assert found.hint


@pytest.mark.parametrize("page", runner.pages(), ids=lambda page: page.code)
def test_the_good_example_has_no_problem(page: Page) -> None:
    assert reported(merged(page.good)) == ()


def test_the_base_of_the_examples_and_the_example_scenario_are_clean() -> None:
    assert reported(MINIMAL) == ()
    assert reported(EXAMPLE.read_text()) == ()


@pytest.mark.parametrize("missing", ["Bad:", "Good:", "An explanation."])
def test_a_page_lacks_no_part(missing: str) -> None:
    docstring = "A title.\n\nAn explanation.\n\nBad:\n\n    a: 1\n\nGood:\n\n    a: 2\n"
    page = page_of("AT999", "error", docstring)
    assert (page.title, page.explanation, page.bad, page.good) == ("A title", "An explanation.", "a: 1\n", "a: 2\n")
    with pytest.raises(ValueError, match="AT999"):
        page_of("AT999", "error", docstring.replace(missing, ""))

"""The rules about the key: each against its own page, and against scenarios built to be guessed."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from fragments import checked, marked_line, merged

from alliance_trainer.core.manual import Page
from alliance_trainer.lint import key_rules, key_runner

PAGES = key_runner.pages()


def key_codes(text: str) -> dict[str, int]:
    """What `check --key` finds beyond `check`: the line of the first finding of each code."""
    loaded = checked(text)
    assert loaded.scenario is not None, loaded.diagnostics
    assert not loaded.has_errors, loaded.diagnostics
    with_key = loaded.with_findings(key_runner.judge(loaded.scenario))
    found = [item for item in with_key.diagnostics if item not in loaded.diagnostics]
    return {item.code: item.line for item in reversed(found)}


def test_every_module_of_the_folder_is_in_the_list() -> None:
    modules = {import_module(f"{key_rules.__name__}.{module.name}") for module in iter_modules(key_rules.__path__)}
    assert modules == set(key_runner.KEY_RULES)
    assert [rule.CODE for rule in key_runner.KEY_RULES] == sorted({rule.CODE for rule in key_runner.KEY_RULES})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_the_bad_example_has_this_problem_on_the_marked_line(page: Page) -> None:
    text = merged(page.bad)
    assert key_codes(text).get(page.code) == marked_line(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_the_good_example_has_not(page: Page) -> None:
    assert page.code not in key_codes(merged(page.good))

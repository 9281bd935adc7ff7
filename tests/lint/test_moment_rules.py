"""The rules of files of moments against their own manual pages, and the list of rules against the folder."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from fragments import marked_line, merged, reported

from alliance_trainer.core.manual import Page
from alliance_trainer.lint import moment_rules, moment_runner

SOUND = """\
format: 1
moments:
  title: First sessions
  items:
    at-the-door:
      context: Third session. You have said that the time is up.
      patient: It's fine. Really.
      markers: [wd-denial]
      why: He closes a topic that was just opened.
"""


def test_every_module_of_the_folder_is_in_the_list() -> None:
    found = {import_module(f"{moment_rules.__name__}.{module.name}") for module in iter_modules(moment_rules.__path__)}
    assert found == set(moment_runner.MOMENT_RULES)
    assert [rule.CODE for rule in moment_runner.MOMENT_RULES] == sorted(rule.CODE for rule in found)  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", moment_runner.pages(), ids=lambda page: page.code)
def test_the_bad_example_has_exactly_this_problem_on_the_marked_line(page: Page) -> None:
    text = merged(page.bad)
    (found,) = reported(text)
    assert (found.code, found.severity, found.line) == (page.code, page.severity, marked_line(text))
    assert found.source_line[found.column - 1 : found.end_column - 1].strip()
    assert found.hint


@pytest.mark.parametrize("page", moment_runner.pages(), ids=lambda page: page.code)
def test_the_good_example_has_no_problem(page: Page) -> None:
    assert reported(merged(page.good)) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("He closes a topic that was just opened.", "TODO", "AT086", 9),
        ("[wd-denial]", "[wd-denial, wd-denial]", "AT087", 8),
    ],
)
def test_rules_of_scenarios_that_fit_hold_here_too(old: str, new: str, code: str, line: int) -> None:
    assert reported(SOUND) == ()
    (found,) = reported(SOUND.replace(old, new))
    assert (found.code, found.line) == (code, line)


def test_a_warning_can_be_silenced_with_a_comment() -> None:
    assert reported(SOUND.replace("He closes a topic that was just opened.", "TODO   # ignore AT086")) == ()
    (found,) = reported(SOUND.replace("  title:", "  # ignore AT108: never happens\n  title:"))
    assert found.code == "AT063"

"""Every page of the YAML half keeps its word: the bad example has the problem, the good one has none."""

import pytest

from alliance_trainer.scenario_files.page import FilePage
from alliance_trainer.scenario_files.parsing import parse_yaml
from alliance_trainer.scenario_files.problems import YAML_PAGES

_EACH = pytest.mark.parametrize("page", YAML_PAGES, ids=lambda page: page.code)


@_EACH
def test_bad_example_has_exactly_its_problem(page: FilePage) -> None:
    found = {item.code for item in parse_yaml(page.bad_file(), "bad.yaml").diagnostics}
    # A thousand characters in one line are a text and not a scenario too; nothing else may ride along.
    assert page.code in found
    assert found <= {page.code, "AT009"}


@_EACH
def test_good_example_has_no_problem(page: FilePage) -> None:
    parsed = parse_yaml(page.good.encode(), "good.yaml")
    assert parsed.diagnostics == ()
    assert isinstance(parsed.tree, dict)


def test_codes_are_unique_and_in_their_range() -> None:
    codes = [page.code for page in YAML_PAGES]
    assert len(set(codes)) == len(codes)
    assert all("AT001" <= code <= "AT039" for code in codes)


@_EACH
def test_pages_are_written_out(page: FilePage) -> None:
    assert page.title
    assert not page.title.endswith(".")
    assert page.explanation.endswith(".")
    assert page.severity in ("error", "warning")

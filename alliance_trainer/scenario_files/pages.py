"""All manual pages of the codes that come from reading a scenario file: AT001 to AT069."""

from alliance_trainer.core.manual import Page
from alliance_trainer.scenario_files.moment_pages import MOMENT_PAGES
from alliance_trainer.scenario_files.problems import YAML_PAGES
from alliance_trainer.scenario_files.schema_rule_pages import RULE_PAGES
from alliance_trainer.scenario_files.schema_shape_pages import SHAPE_PAGES
from alliance_trainer.scenario_files.schema_value_pages import VALUE_PAGES
from alliance_trainer.scenario_files.silencing_page import SILENCING_PAGE

SCHEMA_PAGES: tuple[Page, ...] = tuple(
    sorted((*SHAPE_PAGES, *VALUE_PAGES, *RULE_PAGES, *MOMENT_PAGES, SILENCING_PAGE), key=lambda page: page.code)
)
"""Pages of what the format refuses, and of comments that silence nothing."""


def pages() -> tuple[Page, ...]:
    """All of them, by their codes."""
    return (*YAML_PAGES, *SCHEMA_PAGES)

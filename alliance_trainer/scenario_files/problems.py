"""The codes AT001 to AT039: everything that can be wrong with a scenario file before its content is looked at.

Codes are never reused. AT040 and on belong to the scenario's content, AT070 and on to the lint rules.
"""

from alliance_trainer.scenario_files.encoding_pages import ENCODING_PAGES
from alliance_trainer.scenario_files.page import FilePage
from alliance_trainer.scenario_files.refusal_pages import REFUSAL_PAGES
from alliance_trainer.scenario_files.slip_pages import SLIP_PAGES

YAML_PAGES: tuple[FilePage, ...] = tuple(
    sorted((*ENCODING_PAGES, *SLIP_PAGES, *REFUSAL_PAGES), key=lambda page: page.code)
)

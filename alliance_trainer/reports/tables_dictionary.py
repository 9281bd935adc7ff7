"""The data dictionary: every table and column of the exports in words, from the definitions that fill them."""

from alliance_trainer.reports.tables import Table
from alliance_trainer.reports.tables_all import TABLES
from alliance_trainer.reports.tables_cohort import FIGURES

_KINDS = {"text": "text", "whole": "whole number", "number": "number", "truth": "true or false"}


def dictionary() -> str:
    """The part of the data dictionary that is drawn from the code, as Markdown."""
    parts = [_table(table) for table in TABLES]
    figures = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in FIGURES.items())
    return "\n".join((*parts, f"### Figures of the table `cohort`\n\n| figure | what it is |\n|---|---|\n{figures}\n"))


def _table(table: Table) -> str:
    shared = "It may be passed on: nothing in it is about fewer than five trainees." if table.shareable else ""
    lines = [f"## {table.name}", "", f"One row: {table.row}. {shared}".rstrip(), ""]
    lines += ["| column | kind | what it says | values | empty |", "|---|---|---|---|---|"]
    for column in table.columns:
        cells = (f"`{column.name}`", _KINDS[column.kind], column.meaning, column.values, column.empty)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join((*lines, ""))

"""The data dictionary: every table and column of the exports in words, from the definitions that fill them."""

from alliance_trainer.cohort.study.enough import FACILITY
from alliance_trainer.reports.tables import LEAST_TRAINEES, Table
from alliance_trainer.reports.tables_all import TABLES
from alliance_trainer.reports.tables_cohort import FIGURES

HIDDEN = f"""\
## What is hidden, and what that is worth

The tables `turns`, `responses` and `cohort` name nobody. Left empty are:

- **of a turn**: everything where fewer than {LEAST_TRAINEES} trainees met it; points, facility and responses where
  fewer than {FACILITY} did; the points for a skill where it was an opportunity for fewer than {FACILITY}; what was
  noticed where fewer than {LEAST_TRAINEES} answered;
- **of a response**: its figures where fewer than {LEAST_TRAINEES} chose it; to how many it was on offer, and its
  share, where fewer than {LEAST_TRAINEES} had, or had not, the same responses to choose from;
- **of the cohort**: what would be about fewer than {LEAST_TRAINEES} trainees;
- **others with them**, where taking away would tell: turns that are hidden for a sum are always two or more, about
  {LEAST_TRAINEES} trainees or more, and for points {FACILITY} answers or more. Where that needs it, the next
  smallest turn is hidden too; where no turn is left, so is the sum. Responses are hidden in the same way.

Which rows there are tells nothing either: of a scenario with fewer than {LEAST_TRAINEES} trainees of record there are
none, of any other there are all turns and all responses, and a turn that nobody met looks like one that few did.

This protects against somebody who has these tables and nothing else. **It does not protect against somebody who has the
key**, and the scenarios that come with the program have theirs in the open: from the points for each skill and the
ratings, it can often be worked out how many chose which response, hidden ones among them. That could only be prevented
by giving no points beside the shares. Whoever knows the answers of some of a class can take those away as well. And
where all did the same, the figure tells it of each of them. So treat the tables of one class as being about people, and
pass them on to those who might see the answers too. Many classes in one table give far less away.
"""
"""What nobody should have to find out."""

_KINDS = {"text": "text", "whole": "whole number", "number": "number", "truth": "true or false"}


def dictionary() -> str:
    """The part of the data dictionary that is drawn from the code, as Markdown."""
    parts = [_table(table) for table in TABLES]
    figures = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in FIGURES.items())
    listed = f"### Figures of the table `cohort`\n\n| figure | what it is |\n|---|---|\n{figures}\n"
    return "\n".join((*parts, listed, HIDDEN))


def _table(table: Table) -> str:
    shared = "It names nobody; see [what is hidden](#what-is-hidden-and-what-that-is-worth)." if table.shareable else ""
    lines = [f"## {table.name}", "", f"One row: {table.row}. {shared}".rstrip(), ""]
    lines += ["| column | kind | what it says | values | empty |", "|---|---|---|---|---|"]
    for column in table.columns:
        cells = (f"`{column.name}`", _KINDS[column.kind], column.meaning, column.values, column.empty)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join((*lines, ""))

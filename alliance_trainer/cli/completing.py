"""What a shell may complete: scenarios by their ids, one's own attempts, codes. Quiet about every trouble."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:  # only a shell asks, and never at start-up
    from alliance_trainer.journal.families import Family
    from alliance_trainer.journal.store import Entry

Completed = list[tuple[str, str]]
"""Words that fit, each with a line about it."""


def scenario_ids(context: typer.Context, incomplete: str) -> Completed:
    """The scenarios of the library, and of the folders that --library or the environment add."""
    from alliance_trainer.cli.settings import read_settings  # only a shell asks, and never at start-up
    from alliance_trainer.core.errors import TrainerError  # the same
    from alliance_trainer.scenario_files import library  # the same

    given = context.find_root().params.get("library")
    settings = read_settings(data_dir=None, library=given, plain=None, no_color=True)
    try:
        known = library.files(settings.libraries)
    except TrainerError:
        return []
    return [(name, "") for name in known if name.startswith(incomplete)]


def attempt_ids(context: typer.Context, incomplete: str) -> Completed:
    """The beginnings of one's own attempts' ids, the latest first, with what was played and when."""
    from alliance_trainer.journal.families import ATTEMPTS  # only a shell asks, and never at start-up

    return [_told(entry) for entry in _latest(context, incomplete, ATTEMPTS)]


def unfinished_ids(context: typer.Context, incomplete: str) -> Completed:
    """The same for what can be gone on with: attempts, then turns that were tried again."""
    from alliance_trainer.journal.families import ATTEMPTS, BRANCHES  # only a shell asks, and never at start-up

    found = (entry for family in (ATTEMPTS, BRANCHES) for entry in _latest(context, incomplete, family))
    return [_told(entry) for entry in found if entry.unfinished]


def _latest(context: typer.Context, incomplete: str, family: "Family") -> "list[Entry]":
    """The records of a family that begin so and can be read, the latest first."""
    from alliance_trainer.core.errors import TrainerError  # only a shell asks, and never at start-up
    from alliance_trainer.journal.events import First  # the same
    from alliance_trainer.journal.store import Store, data_folder  # the same

    try:
        folder = data_folder(context.find_root().params.get("data_dir"))
        entries = Store(folder=folder, family=family).entries()
    except TrainerError:
        return []
    return [one for one in reversed(entries) if isinstance(one.first, First) and one.attempt.startswith(incomplete)]


def _told(entry: "Entry") -> tuple[str, str]:
    from alliance_trainer.cli.keeping import title_of  # only a shell asks, and never at start-up

    started = getattr(entry.first, "started", "")
    return entry.attempt[:8], f"{title_of(entry)} {started[:10]}"


def codes(incomplete: str) -> Completed:
    """The codes of problems, each with its title."""
    from alliance_trainer.cli.checking import pages  # only a shell asks, and never at start-up

    return [(code, page.title) for code, page in pages().items() if code.startswith(incomplete.upper())]

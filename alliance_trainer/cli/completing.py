"""What a shell may complete: scenarios by their ids, one's own attempts, codes. Quiet about every trouble."""

import typer

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
    from alliance_trainer.core.errors import TrainerError  # only a shell asks, and never at start-up
    from alliance_trainer.journal.store import Store, data_folder  # the same

    try:
        entries = Store(folder=data_folder(context.find_root().params.get("data_dir"))).entries()
    except TrainerError:
        return []
    return [
        (entry.attempt[:8], f"{entry.header.scenario.id} {entry.header.started[:10]}")
        for entry in reversed(entries)
        if entry.header is not None and entry.attempt.startswith(incomplete)
    ]


def codes(incomplete: str) -> Completed:
    """The codes of problems, each with its title."""
    from alliance_trainer.cli.checking import pages  # only a shell asks, and never at start-up

    return [(code, page.title) for code, page in pages().items() if code.startswith(incomplete.upper())]

"""The commands for one's own records as people type them; what they do is imported when they are called."""

from pathlib import Path
from typing import Annotated

import typer

from alliance_trainer.cli import completing
from alliance_trainer.cli.settings import settings_of

EVERYONE = "For everyone"

everyone = typer.Typer()

data = typer.Typer(help="Your own records: where they lie, whether they are sound.", no_args_is_help=True)


@data.command()
def where(context: typer.Context) -> None:
    """Show where your attempts are kept."""
    from alliance_trainer.cli import keeping  # the heavy half of the program

    raise typer.Exit(keeping.where(settings_of(context)))


@data.command("check")
def check_data(context: typer.Context) -> None:
    """Check every attempt: sound, unfinished, cut off, or damaged and where."""
    from alliance_trainer.cli import keeping  # the heavy half of the program

    raise typer.Exit(keeping.check(settings_of(context)))


@data.command()
def repair(
    context: typer.Context,
    attempt: Annotated[
        str, typer.Argument(help="The beginning of an attempt's id.", autocompletion=completing.attempt_ids)
    ],
) -> None:
    """Put right an attempt that was cut off while it was written; damaged ones are left as they are."""
    from alliance_trainer.cli import keeping  # the heavy half of the program

    raise typer.Exit(keeping.repair(settings_of(context), attempt))


@data.command()
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="A new folder; or the file for an instructor.", readable=False)],
    instructor: Annotated[
        bool, typer.Option("--for-instructor", help="Attempts as data, answers only, for cohort score.")
    ] = False,
    practice: Annotated[bool, typer.Option("--with-practice", help="Give the instructor your practice too.")] = False,
) -> None:
    """Copy all your records, or write your attempts for an instructor: assessments only, unless you say more."""
    from alliance_trainer.cli import taking  # the heavy half of the program

    raise typer.Exit(taking.export(settings_of(context), out, instructor=instructor, practice=practice))


@data.command()
def delete(
    context: typer.Context,
    attempt: Annotated[
        list[str] | None, typer.Option(help="The beginning of an attempt's id.", autocompletion=completing.attempt_ids)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All your records.")] = False,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete an attempt and all that belongs to it, or everything, for good; it asks first."""
    from alliance_trainer.cli import taking  # the heavy half of the program

    raise typer.Exit(taking.delete(settings_of(context), attempt or [], everything=everything, sure=sure))


@everyone.command(rich_help_panel=EVERYONE)
def doctor(
    context: typer.Context,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Show versions, folders, terminal and library, and what is in the way."""
    from alliance_trainer.cli import doctoring  # the heavy half of the program

    raise typer.Exit(doctoring.doctor(settings_of(context), format_))

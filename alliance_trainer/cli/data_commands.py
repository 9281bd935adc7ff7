"""The commands for one's own records as people type them; what they do is imported when they are called."""

from typing import Annotated

import typer

from alliance_trainer.cli.settings import settings_of

EVERYONE = "For everyone"

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
    context: typer.Context, attempt: Annotated[str, typer.Argument(help="The beginning of an attempt's id.")]
) -> None:
    """Put right an attempt that was cut off while it was written; damaged ones are left as they are."""
    from alliance_trainer.cli import keeping  # the heavy half of the program

    raise typer.Exit(keeping.repair(settings_of(context), attempt))

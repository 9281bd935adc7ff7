"""The commands for instructors as people type them; what they do is imported when they are called."""

from pathlib import Path
from typing import Annotated

import typer

from alliance_trainer.cli.settings import settings_of

INSTRUCTORS = "For instructors"

cohort = typer.Typer(help="Score and compare the attempts of many.", no_args_is_help=True)


@cohort.command()
def score(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(help="Folders of attempts, journals, or interchange files.", readable=False)
    ],
    format_: Annotated[str, typer.Option("--format", help="text, json or csv.")] = "text",
    out: Annotated[
        Path | None, typer.Option("--out", help="A file to write instead of the screen.", readable=False)
    ] = None,
    key: Annotated[
        list[Path] | None, typer.Option("--key", help="Folder of scenarios to score against.", readable=False)
    ] = None,
    everyone: Annotated[bool, typer.Option("--all", help="Every row of the table, not only the first.")] = False,
) -> None:
    """Score attempts: journals and interchange files in, a table, CSV or JSON out."""
    from alliance_trainer.cli import scoring  # the heavy half of the program

    raise typer.Exit(scoring.score(settings_of(context), paths, format_, out, tuple(key or ()), everyone=everyone))

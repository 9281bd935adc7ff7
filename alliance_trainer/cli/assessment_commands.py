"""The commands for assessment as people type them; what they do is imported when they are called."""

from pathlib import Path
from typing import Annotated

import typer

from alliance_trainer.cli.cohort_commands import INSTRUCTORS
from alliance_trainer.cli.settings import settings_of

assessment = typer.Typer()


@assessment.command(rich_help_panel=INSTRUCTORS)
def pack(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(help="Scenario files, folders of them, or ids of the library.", readable=False)
    ],
    out: Annotated[Path, typer.Option("--out", help="The file to write, such as exam.pack.", readable=False)],
    title: Annotated[str | None, typer.Option(help="What the pack is called on the screen.")] = None,
    closing: Annotated[str | None, typer.Option(help="What is said at the end, in place of a debrief.")] = None,
) -> None:
    """Put scenarios into one file without their key; the key goes into a second one, which you keep."""
    from alliance_trainer.cli import packing  # the heavy half of the program

    raise typer.Exit(packing.pack(settings_of(context), paths, out, title, closing))


@assessment.command(rich_help_panel=INSTRUCTORS)
def verify(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Journals, folders of them, or packs.", readable=False)],
    receipt: Annotated[
        list[str] | None, typer.Option("--receipt", help="A receipt, or a file with receipts in it; may be repeated.")
    ] = None,
    key: Annotated[
        list[Path] | None, typer.Option("--key", help="The key of the pack; may be repeated.", readable=False)
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Check what can be shown of attempts: unaltered since the receipt, key as committed, a legal way."""
    from alliance_trainer.cli import verifying  # the heavy half of the program

    raise typer.Exit(verifying.verify(settings_of(context), paths, receipt or [], key or [], format_))

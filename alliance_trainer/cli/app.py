"""The command line: the global options, and the commands of each group of people."""

from pathlib import Path
from typing import Annotated

import typer

from alliance_trainer.cli.assessment_commands import assessment
from alliance_trainer.cli.author_commands import authors
from alliance_trainer.cli.cohort_commands import INSTRUCTORS, cohort
from alliance_trainer.cli.data_commands import EVERYONE, data, everyone
from alliance_trainer.cli.settings import Settings, read_settings
from alliance_trainer.cli.trainee_commands import trainees

# Paths are taken as they come (readable=False): where one is opened we can say what is safe and what to do.
app = typer.Typer(
    help="Practise noticing and repairing strains in the working alliance. A training aid for use beside"
    " supervision: formative, unvalidated, offline.",
    epilog="Global options may stand before or after a command. Exit codes: 0 fine, 1 findings, 2 wrong usage,"
    " 3 some attempts not scored, 4 data damaged, 5 not saved.",
    add_completion=True,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def global_options(
    context: typer.Context,
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", help="Where attempts are kept (also ALLIANCE_TRAINER_DATA).", readable=False),
    ] = None,
    library: Annotated[
        list[Path] | None,
        typer.Option(
            "--library", help="A further folder of scenarios (also ALLIANCE_TRAINER_LIBRARY).", readable=False
        ),
    ] = None,
    plain: Annotated[
        bool | None,
        typer.Option("--plain/--no-plain", help="Plain labelled lines (also ACCESSIBLE=1)."),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour (also NO_COLOR).")] = False,
    version: Annotated[bool, typer.Option("--version", help="Show the version.", is_eager=True)] = False,
) -> None:
    """Options that hold for every command."""
    if version:
        from alliance_trainer import __version__  # here and nowhere else
        from alliance_trainer.terminal.door import open_door  # the one way to the screen

        open_door(plain=plain, no_color=no_color).raw(f"alliance-trainer {__version__}\n")
        raise typer.Exit
    settings = read_settings(data_dir=data_dir, library=library, plain=plain, no_color=no_color)
    context.obj = settings
    if context.invoked_subcommand is None:
        raise typer.Exit(_without_a_command(context, settings))


def _without_a_command(context: typer.Context, settings: Settings) -> int:
    """The home screen for a person at a terminal; elsewhere the help."""
    from alliance_trainer.terminal.door import open_door  # the one way to the screen

    door = open_door(plain=settings.plain, no_color=settings.no_color)
    if door.look.interactive:
        from alliance_trainer.cli import home  # the heavy half of the program

        return home.stay(settings)
    door.raw(f"{context.get_help()}\n")
    return 0


app.add_typer(trainees)
app.add_typer(authors)
app.add_typer(cohort, name="cohort", rich_help_panel=INSTRUCTORS)
app.add_typer(assessment)
app.add_typer(data, name="data", rich_help_panel=EVERYONE)
app.add_typer(everyone)

"""The commands as people type them: names, options, help. What they do is imported only when they are called."""

from pathlib import Path
from typing import Annotated

import typer

from alliance_trainer.cli import author_commands
from alliance_trainer.cli.settings import Settings, read_settings, settings_of

TRAINEES, INSTRUCTORS, EVERYONE = "For trainees", "For instructors", "For everyone"

# Paths are taken as they come (readable=False): where one is opened we can say what is safe and what to do.
app = typer.Typer(
    help="Practise noticing and repairing strains in the working alliance. A training aid for use beside"
    " supervision: formative, unvalidated, offline.",
    epilog="Global options may stand before or after a command. Exit codes: 0 fine, 1 findings, 2 wrong usage,"
    " 3 some attempts not scored, 4 data damaged, 5 not saved.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
cohort = typer.Typer(help="Score and compare the attempts of many.", no_args_is_help=True)
data = typer.Typer(help="Your own records: where they lie, whether they are sound.", no_args_is_help=True)
app.add_typer(cohort, name="cohort", rich_help_panel=INSTRUCTORS)
app.add_typer(data, name="data", rich_help_panel=EVERYONE)


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
    if context.invoked_subcommand is None:
        context.fail("No command was given.")
    context.obj = read_settings(data_dir=data_dir, library=library, plain=plain, no_color=no_color)


@app.command(rich_help_panel=TRAINEES)
def play(  # noqa: PLR0913, PLR0917  # one parameter an option
    context: typer.Context,
    scenario: Annotated[str | None, typer.Argument(help="A scenario's id, or a path to its file.")] = None,
    mode: Annotated[str, typer.Option(help="practice or assess.")] = "practice",
    trainee: Annotated[str | None, typer.Option(help="A pseudonym to record the attempt under.")] = None,
    seed: Annotated[int | None, typer.Option(help="For the order in which responses are shown.")] = None,
    script: Annotated[Path | None, typer.Option(help="A file with one answer a line.", readable=False)] = None,
    from_: Annotated[str | None, typer.Option("--from", help="For authors: try from this turn.")] = None,
    notice: Annotated[str, typer.Option(help="When to ask what you notice: before, after or off.")] = "before",
    watch: Annotated[bool, typer.Option("--watch", help="For authors: follow the file as you save it.")] = False,
) -> None:
    """Play a scenario; without one, choose from a list."""
    from alliance_trainer.cli import playing, words  # the heavy half of the program

    settings = settings_of(context)
    options = playing.PlayOptions(
        mode=words.one_of(mode, ("practice", "assess"), "--mode"),
        notice=words.one_of(notice, ("before", "after", "off"), "--notice"),
        trainee=trainee,
        seed=seed,
        script=script,
        start_at=from_,
        watch=watch,
    )
    name = scenario or _chosen(settings)
    raise typer.Exit(playing.play(settings, name, options) if name else 0)


def _chosen(settings: Settings) -> str | None:
    from alliance_trainer.cli import choosing  # only where no scenario was named

    return choosing.choose(settings)


@app.command(rich_help_panel=TRAINEES)
def resume(
    context: typer.Context,
    attempt: Annotated[str | None, typer.Argument(help="The beginning of an attempt's id.")] = None,
    script: Annotated[Path | None, typer.Option(help="A file with one answer a line.", readable=False)] = None,
) -> None:
    """Go on with an unfinished attempt: the latest, or the one given."""
    from alliance_trainer.cli import playing  # the heavy half of the program

    raise typer.Exit(playing.resume(settings_of(context), attempt, script))


@app.command(rich_help_panel=TRAINEES)
def debrief(
    context: typer.Context,
    attempt: Annotated[str | None, typer.Argument(help="The beginning of an attempt's id.")] = None,
    format_: Annotated[str, typer.Option("--format", help="text, json or md.")] = "text",
) -> None:
    """Show the debrief of an attempt again: the latest, or the one given."""
    from alliance_trainer.cli import debriefing  # the heavy half of the program

    raise typer.Exit(debriefing.show_debrief(settings_of(context), attempt, format_))


@app.command(rich_help_panel=TRAINEES)
def transcript(
    context: typer.Context,
    attempt: Annotated[str | None, typer.Argument(help="The beginning of an attempt's id.")] = None,
    format_: Annotated[str, typer.Option("--format", help="txt or md.")] = "txt",
    out: Annotated[
        Path | None, typer.Option("--out", help="A file to write; never one that is there.", readable=False)
    ] = None,
) -> None:
    """Show or save what was said in an attempt: the latest, or the one given."""
    from alliance_trainer.cli import debriefing  # the heavy half of the program

    raise typer.Exit(debriefing.show_transcript(settings_of(context), attempt, format_, out))


@app.command("list", rich_help_panel=TRAINEES)
def list_scenarios(context: typer.Context) -> None:
    """List the scenarios with difficulty, content notes, and what you have tried."""
    from alliance_trainer.cli import choosing  # the heavy half of the program

    choosing.show_list(settings_of(context))


app.add_typer(author_commands.authors)


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

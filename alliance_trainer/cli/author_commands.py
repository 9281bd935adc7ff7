"""The commands for authors as people type them: names, options, help. What they do is imported when they are called."""

from pathlib import Path
from typing import Annotated

import typer

from alliance_trainer.cli import completing
from alliance_trainer.cli.settings import settings_of

AUTHORS = "For authors"

# What several commands ask for, said once.
ScenarioName = Annotated[
    str, typer.Argument(help="A scenario: its id or its file.", autocompletion=completing.scenario_ids)
]

authors = typer.Typer()


@authors.command(rich_help_panel=AUTHORS)
def new(  # noqa: PLR0913, PLR0917  # one parameter an option
    context: typer.Context,
    scenario: Annotated[str, typer.Argument(metavar="ID", help="The new scenario's id: small letters and hyphens.")],
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.", readable=False)] = None,
    folder: Annotated[Path | None, typer.Option("--dir", help="The folder to write it in.", readable=False)] = None,
    title: Annotated[str | None, typer.Option(help="The title that trainees see.")] = None,
    name: Annotated[str | None, typer.Option(help="The patient's name.")] = None,
    age: Annotated[str | None, typer.Option(metavar="NUMBER", help="The patient's age, 3 to 120.")] = None,
    pronouns: Annotated[str | None, typer.Option(help="The patient's pronouns.")] = None,
    setting: Annotated[str | None, typer.Option(help="Where and how they meet.")] = None,
    rupture: Annotated[str | None, typer.Option(help="withdrawal, confrontation, mixed or none.")] = None,
    marker: Annotated[str | None, typer.Option(help="The main marker, for example wd-denial.")] = None,
    mistake: Annotated[
        bool | None, typer.Option("--mistake/--no-mistake", help="Whether a mistake of the therapist's starts it.")
    ] = None,
    difficulty: Annotated[str | None, typer.Option(metavar="NUMBER", help="1 (easy) to 5 (hard).")] = None,
    repair: Annotated[str | None, typer.Option(help="immediate, exploratory or either.")] = None,
    author: Annotated[str | None, typer.Option(help="Who writes it.")] = None,
) -> None:
    """Write a scenario that already checks clean, by questions or by options; never over a file."""
    from alliance_trainer.cli import starting  # the heavy half of the program

    words: dict[str, str | None] = {
        "title": title,
        "name": name,
        "age": age,
        "pronouns": pronouns,
        "setting": setting,
        "rupture": rupture,
        "marker": marker,
        "mistake": None if mistake is None else ("yes" if mistake else "no"),
        "difficulty": difficulty,
        "repair": repair,
        "author": author,
    }
    given = {option: word for option, word in words.items() if word is not None}
    raise typer.Exit(starting.new(settings_of(context), scenario, starting.Place(out=out, folder=folder), given))


@authors.command(rich_help_panel=AUTHORS)
def check(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Scenario files, or folders of them.", readable=False)],
    format_: Annotated[str, typer.Option("--format", help="text, concise, json, github or sarif.")] = "text",
    key: Annotated[bool, typer.Option("--key", help="Also whether the key can be guessed (a second a file).")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again after each save, until Ctrl-C.")] = False,
) -> None:
    """Report every problem of every file."""
    if watch:
        from alliance_trainer.cli import watching  # the heavy half of the program

        raise typer.Exit(watching.watch(settings_of(context), paths, format_, key=key))
    from alliance_trainer.cli import checking  # the heavy half of the program

    raise typer.Exit(checking.check(settings_of(context), paths, format_, key=key))


@authors.command(rich_help_panel=AUTHORS)
def explain(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="A code such as AT014; or all.", autocompletion=completing.codes)],
) -> None:
    """Print the page of a code, with a bad and a good example."""
    from alliance_trainer.cli import checking  # the heavy half of the program

    raise typer.Exit(checking.explain(settings_of(context), code))


@authors.command(rich_help_panel=AUTHORS)
def schema(
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="A file to write, best scenario.schema.json beside your scenarios.", readable=False),
    ] = None,
    moments: Annotated[bool, typer.Option("--moments", help="That of files of moments; always printed.")] = False,
) -> None:
    """Print the JSON Schema of the scenario format, for editors; or write it to a file."""
    from alliance_trainer.cli import checking, editor_schema  # the heavy half of the program

    settings = settings_of(context)
    if moments or out is None:
        raise typer.Exit(checking.schema(settings, moments=moments))
    raise typer.Exit(editor_schema.save(settings, out))


@authors.command(rich_help_panel=AUTHORS)
def analyze(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(help="Scenarios: ids, files, or folders of files.", autocompletion=completing.scenario_ids),
    ],
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Prove what can happen, what it scores, and whether the key can be guessed."""
    from alliance_trainer.cli import analysing  # the heavy half of the program

    raise typer.Exit(analysing.analyze(settings_of(context), paths, format_))


@authors.command(rich_help_panel=AUTHORS)
def simulate(  # noqa: PLR0913, PLR0917  # one parameter an option
    context: typer.Context,
    path: ScenarioName,
    plays: Annotated[int, typer.Option("-n", min=1, max=1_000_000_000, help="How many plays.")] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed, the same plays.")] = 1,
    policy: Annotated[str, typer.Option(help="Who plays: random, expert, least-used, ...")] = "random",
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    script_out: Annotated[
        Path | None, typer.Option("--script-out", help="A file for a play that stands out.", readable=False)
    ] = None,
    attempts: Annotated[
        Path | None, typer.Option("--attempts", help="Write made-up attempts, for trying out cohort.", readable=False)
    ] = None,
    trainees: Annotated[int | None, typer.Option(min=1, help="With --attempts: how many trainees made them.")] = None,
) -> None:
    """Play it by the thousand: endings, scores, coverage, and plays that stand out."""
    if attempts is not None:
        from alliance_trainer.cli import made_up  # the heavy half of the program

        wanted = made_up.MadeUp(attempts=plays, seed=seed, trainees=trainees, out=attempts)
        raise typer.Exit(made_up.save_made_up(settings_of(context), path, wanted))
    from alliance_trainer.cli import analysing  # the heavy half of the program

    options = analysing.SimulateOptions(plays=plays, seed=seed, policy=policy, form=format_, script_out=script_out)
    raise typer.Exit(analysing.simulate(settings_of(context), path, options))


@authors.command(rich_help_panel=AUTHORS)
def graph(
    context: typer.Context,
    path: ScenarioName,
    format_: Annotated[str | None, typer.Option("--format", help="mermaid (the default), dot, svg or html.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="A file to write; never one that is there.", readable=False)
    ] = None,
) -> None:
    """Draw how its turns and endings lead to each other."""
    from alliance_trainer.cli import drawing  # the heavy half of the program

    raise typer.Exit(drawing.graph(settings_of(context), path, format_, out))


@authors.command(rich_help_panel=AUTHORS)
def preview(
    context: typer.Context,
    path: ScenarioName,
    format_: Annotated[str | None, typer.Option("--format", help="text (the default), md or html.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="A file to write; never one that is there.", readable=False)
    ] = None,
) -> None:
    """Tell all of it in an order that can be read: for its author, and as a sheet for its reviewer."""
    from alliance_trainer.cli import drawing  # the heavy half of the program

    raise typer.Exit(drawing.preview(settings_of(context), path, format_, out))

"""The commands for trainees as people type them; what they do is imported when they are called."""

from pathlib import Path
from typing import Annotated

import typer

from alliance_trainer.cli.settings import Settings, settings_of

TRAINEES = "For trainees"

trainees = typer.Typer()


@trainees.command(rich_help_panel=TRAINEES)
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


@trainees.command(rich_help_panel=TRAINEES)
def resume(
    context: typer.Context,
    attempt: Annotated[str | None, typer.Argument(help="The beginning of an attempt's id.")] = None,
    script: Annotated[Path | None, typer.Option(help="A file with one answer a line.", readable=False)] = None,
) -> None:
    """Go on with an unfinished attempt: the latest, or the one given."""
    from alliance_trainer.cli import playing  # the heavy half of the program

    raise typer.Exit(playing.resume(settings_of(context), attempt, script))


@trainees.command(rich_help_panel=TRAINEES)
def debrief(
    context: typer.Context,
    attempt: Annotated[str | None, typer.Argument(help="The beginning of an attempt's id.")] = None,
    format_: Annotated[str, typer.Option("--format", help="text, json or md.")] = "text",
) -> None:
    """Show the debrief of an attempt again: the latest, or the one given."""
    from alliance_trainer.cli import debriefing  # the heavy half of the program

    raise typer.Exit(debriefing.show_debrief(settings_of(context), attempt, format_))


@trainees.command(rich_help_panel=TRAINEES)
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


@trainees.command("list", rich_help_panel=TRAINEES)
def list_scenarios(  # noqa: PLR0913, PLR0917  # one parameter an option
    context: typer.Context,
    marker: Annotated[str | None, typer.Option(help="Only with this marker, for example wd-denial.")] = None,
    type_: Annotated[
        str | None,
        typer.Option("--type", help="Only with withdrawal, confrontation or mixed; or none: one that can stay plain."),
    ] = None,
    skill: Annotated[str | None, typer.Option(help="Only where this skill is rated.")] = None,
    difficulty: Annotated[str | None, typer.Option(metavar="NUMBER", help="1 to 5, or a range such as 2-4.")] = None,
    note: Annotated[str | None, typer.Option(help="Only with this content note.")] = None,
    without: Annotated[list[str] | None, typer.Option(help="Only without this content note.")] = None,
    untried: Annotated[bool, typer.Option("--untried", help="Only what you have not begun.")] = False,
) -> None:
    """List the scenarios with difficulty, content notes, and what you have tried; all, or those that fit."""
    from alliance_trainer.cli import choosing, filtering  # the heavy half of the program

    asked = filtering.Wanted(
        marker=marker,
        type=type_,
        skill=skill,
        difficulty=difficulty,
        note=note,
        without=tuple(without or ()),
        untried=untried,
    )
    choosing.show_list(settings_of(context), asked)

"""The commands for trainees as people type them; what they do is imported when they are called."""

from pathlib import Path
from typing import Annotated

import typer

from alliance_trainer.cli import completing
from alliance_trainer.cli.settings import Settings, settings_of

TRAINEES = "For trainees"

# What several commands ask for, said once.
AttemptId = Annotated[
    str | None, typer.Argument(help="The beginning of an attempt's id.", autocompletion=completing.attempt_ids)
]
Script = Annotated[Path | None, typer.Option(help="A file with one answer a line.", readable=False)]

trainees = typer.Typer()


@trainees.command(rich_help_panel=TRAINEES)
def play(  # noqa: PLR0913, PLR0917  # one parameter an option
    context: typer.Context,
    scenario: Annotated[
        str | None,
        typer.Argument(help="A scenario's id, or a path to its file.", autocompletion=completing.scenario_ids),
    ] = None,
    mode: Annotated[str, typer.Option(help="practice or assess.")] = "practice",
    trainee: Annotated[str | None, typer.Option(help="A pseudonym to record the attempt under.")] = None,
    seed: Annotated[int | None, typer.Option(help="For the order in which responses are shown.")] = None,
    script: Script = None,
    from_: Annotated[str | None, typer.Option("--from", help="For authors: try from this turn.")] = None,
    notice: Annotated[str, typer.Option(help="When to ask what you notice: before, after or off.")] = "before",
    say_first: Annotated[bool, typer.Option("--say-first", help="First write what you would say yourself.")] = False,
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
        say_first=say_first,
    )
    name = scenario or _chosen(settings)
    raise typer.Exit(playing.play(settings, name, options) if name else 0)


def _chosen(settings: Settings) -> str | None:
    from alliance_trainer.cli import choosing  # only where no scenario was named

    return choosing.choose(settings)


@trainees.command(rich_help_panel=TRAINEES)
def resume(
    context: typer.Context,
    attempt: Annotated[
        str | None, typer.Argument(help="The beginning of an attempt's id.", autocompletion=completing.unfinished_ids)
    ] = None,
    script: Script = None,
) -> None:
    """Go on with an unfinished attempt: the latest, or the one given; or with a turn tried again, by its id."""
    from alliance_trainer.cli import trying  # the heavy half of the program

    raise typer.Exit(trying.resume(settings_of(context), attempt, script))


@trainees.command(rich_help_panel=TRAINEES)
def debrief(
    context: typer.Context,
    attempt: AttemptId = None,
    format_: Annotated[
        str, typer.Option("--format", help="text, json, or a sheet for a supervisor: md or html.")
    ] = "text",
    out: Annotated[
        Path | None, typer.Option("--out", help="A file to write; never one that is there.", readable=False)
    ] = None,
    name: Annotated[str, typer.Option(help="A name for the sheet; without it, none stands there.")] = "",
    again: Annotated[int | None, typer.Option(metavar="TURN", help="Try the turn with this number again.")] = None,
    script: Annotated[
        Path | None, typer.Option("--script", help="With --again: a file with one answer a line.", readable=False)
    ] = None,
) -> None:
    """Show the debrief of an attempt again: the latest, or the one given; try one of its turns again."""
    from alliance_trainer.cli import debriefing, trying  # the heavy half of the program

    if again is not None:
        raise typer.Exit(trying.again(settings_of(context), attempt, again, script))
    raise typer.Exit(debriefing.show_debrief(settings_of(context), attempt, format_, out, name))


@trainees.command(rich_help_panel=TRAINEES)
def transcript(
    context: typer.Context,
    attempt: AttemptId = None,
    format_: Annotated[
        str, typer.Option("--format", help="txt, md, or csv: your own words as a sheet that others can rate.")
    ] = "txt",
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
    note: Annotated[str | None, typer.Option(help="Only with this content note, or one with the word in it.")] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Only without such a content note: grief leaves out bereavement too.")
    ] = None,
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


@trainees.command(rich_help_panel=TRAINEES)
def spot(  # noqa: PLR0913, PLR0917  # one parameter an option
    context: typer.Context,
    count: Annotated[int, typer.Option(min=1, max=100, help="How many moments.")] = 10,
    marker: Annotated[str | None, typer.Option(help="Only ruptures with this sign, for example wd-denial.")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", help="Only ruptures of this kind: withdrawal, confrontation or mixed.")
    ] = None,
    feedback: Annotated[str, typer.Option(help="When to say what it was: each, end or off.")] = "each",
    sure: Annotated[bool, typer.Option("--sure", help="Also ask how sure you are.")] = False,
    from_: Annotated[str, typer.Option("--from", help="From the library, moments, or both.")] = "both",
    seed: Annotated[int | None, typer.Option(help="The same seed, the same choice and order.")] = None,
    script: Script = None,
    trainee: Annotated[str | None, typer.Option(help="A pseudonym to record the drill under.")] = None,
) -> None:
    """Tell ruptures from moments in which nothing is wrong: a drill, in which what you missed comes back when due."""
    from alliance_trainer.cli import spotting, words  # the heavy half of the program
    from alliance_trainer.core.vocabulary.markers import MARKERS, RUPTURE_TYPES  # the same

    options = spotting.SpotOptions(
        count=count,
        marker=None if marker is None else words.one_of(marker, tuple(MARKERS), "--marker"),
        type=None if type_ is None else words.one_of(type_, RUPTURE_TYPES[1:], "--type"),
        feedback=words.one_of(feedback, ("each", "end", "off"), "--feedback"),
        sure=sure,
        source=words.one_of(from_, ("library", "moments", "both"), "--from"),
        seed=seed,
        script=script,
        trainee=trainee,
    )
    raise typer.Exit(spotting.spot(settings_of(context), options))


@trainees.command("progress", rich_help_panel=TRAINEES)
def show_progress(context: typer.Context) -> None:
    """Show how it goes over time, what comes back and when, and what to practise next."""
    from alliance_trainer.cli import progressing  # the heavy half of the program

    raise typer.Exit(progressing.show(settings_of(context)))

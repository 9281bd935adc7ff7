"""The commands for instructors as people type them; what they do is imported when they are called."""

from pathlib import Path
from typing import Annotated

import typer

from alliance_trainer.cli.settings import settings_of

INSTRUCTORS = "For instructors"

# What several commands ask for, said once.
Attempts = Annotated[
    list[Path], typer.Argument(help="Folders of attempts, journals, or interchange files.", readable=False)
]
OutFile = Annotated[Path | None, typer.Option("--out", help="A file to write instead of the screen.", readable=False)]
Policy = Annotated[str, typer.Option(help="Which attempt counts: first, last or best.")]
Keys = Annotated[
    list[Path] | None,
    typer.Option("--key", help="Folder of scenarios to score against, or the key of a pack.", readable=False),
]
Jobs = Annotated[int, typer.Option(min=1, help="So many processes at a time.")]

cohort = typer.Typer(help="Score and compare the attempts of many.", no_args_is_help=True)


@cohort.command()
def score(  # noqa: PLR0913, PLR0917  # one parameter an option
    context: typer.Context,
    paths: Attempts,
    format_: Annotated[str, typer.Option("--format", help="text, json, csv or parquet.")] = "text",
    out: OutFile = None,
    policy: Policy = "first",
    key: Keys = None,
    jobs: Jobs = 1,
    engine: Annotated[str, typer.Option(help="Who works: local, dask, or dask://HOST:PORT.")] = "local",
    everyone: Annotated[bool, typer.Option("--all", help="Every row of the table, not only the first.")] = False,
) -> None:
    """Score attempts: journals, interchange files or a table of steps in; a table, CSV, JSON or Parquet out."""
    from alliance_trainer.cli import scoring  # the heavy half of the program

    options = scoring.ScoreOptions(
        form=format_, out=out, policy=policy, keys=tuple(key or ()), jobs=jobs, engine=engine, everyone=everyone
    )
    raise typer.Exit(scoring.score(settings_of(context), paths, options))


@cohort.command()
def items(
    context: typer.Context,
    paths: Attempts,
    format_: Annotated[str, typer.Option("--format", help="text, json or csv.")] = "text",
    out: OutFile = None,
    policy: Policy = "first",
    key: Keys = None,
    everyone: Annotated[bool, typer.Option("--all", help="Every turn, not only those to look at first.")] = False,
) -> None:
    """Look at turns and responses as items: how hard, how telling, and which to look at first."""
    from alliance_trainer.cli import itemising  # the heavy half of the program

    options = itemising.ItemsOptions(form=format_, out=out, policy=policy, keys=tuple(key or ()), everyone=everyone)
    raise typer.Exit(itemising.items(settings_of(context), paths, options))


@cohort.command()
def compare(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(help="Before and after; or one path, with --occasion.", readable=False)
    ],
    occasion: Annotated[str | None, typer.Option(help="Two occasions of one path: pre,post.")] = None,
    reliability: Annotated[
        float | None, typer.Option(help="Of the scores, from another sample: adds who changed reliably.")
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    policy: Policy = "first",
    key: Keys = None,
) -> None:
    """Compare two occasions: how the scores of the same trainees changed."""
    from alliance_trainer.cli import comparing  # the heavy half of the program

    options = comparing.CompareOptions(
        form=format_, occasion=occasion, reliability=reliability, policy=policy, keys=tuple(key or ())
    )
    raise typer.Exit(comparing.compare_occasions(settings_of(context), paths, options))


@cohort.command()
def agree(
    context: typer.Context,
    ratings: Annotated[
        Path,
        typer.Argument(help="A CSV file: the item first, then a column a rater; empty: missing.", readable=False),
    ],
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Show how far raters agree: on a key, or on trainees' own words."""
    from alliance_trainer.cli import agreeing  # numpy, which naming the commands does without

    raise typer.Exit(agreeing.agree(settings_of(context), ratings, format_))


@cohort.command()
def report(
    context: typer.Context,
    paths: Attempts,
    out: Annotated[Path, typer.Option("--out", help="The HTML file to write.", readable=False)],
    policy: Policy = "first",
    key: Keys = None,
    title: Annotated[str, typer.Option(help="The heading of the report.")] = "",
    jobs: Jobs = 1,
) -> None:
    """Write the report: one HTML file with pictures, tables, and a page for each trainee."""
    from alliance_trainer.cli import reporting  # the heavy half of the program

    options = reporting.ReportOptions(out=out, policy=policy, keys=tuple(key or ()), title=title, jobs=jobs)
    raise typer.Exit(reporting.report(settings_of(context), paths, options))


@cohort.command()
def export(  # noqa: PLR0913, PLR0917  # one parameter an option
    context: typer.Context,
    paths: Attempts,
    format_: Annotated[str, typer.Option("--format", help="csv, parquet, moodle, canvas or xapi.")],
    out: Annotated[Path, typer.Option("--out", help="The folder of the tables; or the file.", readable=False)],
    policy: Policy = "first",
    key: Keys = None,
    jobs: Jobs = 1,
    table: Annotated[str | None, typer.Option(help="One table only, into the file.")] = None,
    excel: Annotated[bool, typer.Option("--excel", help="CSV that Excel reads with all letters right.")] = False,
    roster: Annotated[
        Path | None, typer.Option("--roster", help="The CSV file from the course; it is never changed.", readable=False)
    ] = None,
    match: Annotated[str | None, typer.Option(help="The roster's column with the pseudonyms.")] = None,
    scale: Annotated[
        str | None, typer.Option(help="The best grade: 100, or in Canvas the points possible, if not given.")
    ] = None,
    feedback: Annotated[bool, typer.Option("--feedback", help="Moodle: feedback beside each grade.")] = False,
    assignment: Annotated[
        list[str] | None, typer.Option(help="Which column gets what: 'recognition=Title (123)'.")
    ] = None,
    home_page: Annotated[
        str, typer.Option("--home-page", help="xAPI: whose pseudonyms they are.")
    ] = "urn:alliance-trainer:trainees",
) -> None:
    """Write tidy tables, fill a Moodle or Canvas gradebook, or write xAPI statements."""
    from alliance_trainer.cli import exporting, filling  # the heavy half of the program

    book = filling.GradebookOptions(
        roster=roster, match=match, scale=scale, feedback=feedback, assignments=tuple(assignment or ())
    )
    options = exporting.ExportOptions(
        form=format_,
        out=out,
        policy=policy,
        keys=tuple(key or ()),
        jobs=jobs,
        table=table,
        excel=excel,
        home_page=home_page,
        gradebook=book,
    )
    raise typer.Exit(exporting.export(settings_of(context), paths, options))

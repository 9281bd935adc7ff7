"""The commands debrief and transcript, and the debrief at the end of a sitting."""

import sys
from pathlib import Path

from alliance_trainer.cli import branching
from alliance_trainer.cli.played import Played, open_played, read_back
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.sitting import elsewhere
from alliance_trainer.cli.words import one_of
from alliance_trainer.cli.writing import write_new
from alliance_trainer.core.errors import CannotSaveError, UsageError
from alliance_trainer.core.model import Scenario
from alliance_trainer.journal.interchange import to_attempt
from alliance_trainer.journal.own_words import felt_of
from alliance_trainer.journal.writer import Writer
from alliance_trainer.terminal import closing, debrief_screens, scenes
from alliance_trainer.terminal.answers import EndOfAnswersError, TerminalAnswers
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.debrief_screens import Doing, Facts
from alliance_trainer.terminal.door import Door, open_door
from alliance_trainer.terminal.signals import stopping

DEBRIEF_FORMATS = ("text", "json", "md", "html")
TRANSCRIPT_FORMATS = ("txt", "md", "csv")


def show_at_the_end(questions: Questions, scenario: Scenario, writer: Writer) -> None:
    """The debrief of a sitting just finished, one part after the other."""
    _ask_through(questions, read_back(writer.path, writer.records, scenario))


def _ask_through(questions: Questions, played: Played) -> None:
    def save() -> str:
        try:
            return f"Transcript saved as {save_transcript(played, 'txt').resolve()}"
        except CannotSaveError as error:  # no reason to end the debrief
            return f"Not saved: {error.message} {error.hint}".rstrip()

    def again(number: int) -> Facts:
        branching.from_debrief(questions, played.attempted, number)
        return played.facts

    debrief_screens.show(questions, played.told, played.facts, Doing(save=save, again=again))


def save_transcript(played: Played, form: str, out: Path | None = None) -> Path:
    """Write the transcript to a file that is not there yet, and say which. Raises CannotSaveError."""
    target = out or Path(f"{played.scenario.id}-{played.header.attempt[:8]}.{form}")
    text = _transcript(played, form)
    try:
        with target.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise CannotSaveError(f"{target} is there already and is left as it is.", "Choose another name.") from error
    except OSError as error:
        reason = error.strerror or "the system refused"
        raise CannotSaveError(
            f"the transcript cannot be written to {target}: {reason}. The attempt itself is safe.",
            "Name another place with: alliance-trainer transcript --out FILE",
        ) from error
    return target


def _transcript(played: Played, form: str) -> str:
    if form == "csv":
        from alliance_trainer.reports.words_csv import rating_sheet, worded  # the other formats do without

        parts = (worded(*part) for part in branching.all_words(played.attempted))
        return rating_sheet(parts)
    from alliance_trainer.reports.transcript import transcript  # the rating sheet does without

    text = transcript(played.course, played.notes, "md" if form == "md" else "txt", played.words)
    return f"{text}\nReceipt: {played.facts.receipt}\n" if played.keyless and played.facts.receipt else text


def show_debrief(settings: Settings, wanted: str | None, form: str, out: Path | None = None, name: str = "") -> int:
    """The command `debrief`. On a terminal a person is led through it, and can try turns again."""
    form = one_of(form, DEBRIEF_FORMATS, "--format")
    if form == "text" and (out or name):
        raise UsageError("--out and --name go with --format html or md.", "They write the sheet for a supervisor.")
    played = open_played(settings, wanted)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    if played.keyless is not None:
        from alliance_trainer.cli import assessing  # only for packs

        return assessing.show_closing(door, played.keyless, played, form)
    if played.withheld:
        return _show_not_yet(door, played, form)
    if form == "text":
        _show(door, played)
    elif out is None:
        door.raw(_document(played, form, name))
    else:
        write_new(out, _document(played, form, name))
        door.say(f"Written: {out}")
    return 0


def _show_not_yet(door: Door, played: Played, form: str) -> int:
    """What `debrief` says of an assessment that has not ended. Raises UsageError for a sheet: there is none yet."""
    how = f"alliance-trainer resume {played.header.attempt[:8]}{elsewhere(played.path)}"
    match form:
        case "text":
            door.show(closing.not_yet(played.scenario.title, how, str(played.path)))
        case "json":
            from alliance_trainer.reports import json_text, scorecard_data  # the screen does without

            told = scorecard_data.not_debriefed_data(to_attempt(played.records), closing.NOT_YET)
            door.raw(json_text.json_text(told))
        case _:
            raise UsageError(f"{closing.NOT_YET}.", f"Go on with it: {how}")
    return 0


def _show(door: Door, played: Played) -> None:
    if door.look.interactive:
        try:
            with stopping():
                _ask_through(Questions(door, TerminalAnswers(door, sys.stdin), {}), played)
        except (LeaveError, EndOfAnswersError):
            return
    else:
        for block in debrief_screens.screens(played.told, played.facts, door.columns):
            door.show(scenes.unasked(block))


def _document(played: Played, form: str, name: str) -> str:
    if form == "json":
        from alliance_trainer.reports import json_text, practice_data, scorecard_data  # the sheets do without

        data = scorecard_data.debrief_data(to_attempt(played.records), played.card)
        more = practice_data.practice_data(played.course, played.words, played.facts.tries, felt_of(played.records))
        return json_text.json_text(data | more)
    from alliance_trainer.reports import sheet, sheet_html, sheet_markdown  # jinja2: the screen does without

    told = sheet.sheet(played.scenario.title, played.header.started, played.told, played.facts.tries, name)
    return sheet_html.sheet_html(told) if form == "html" else sheet_markdown.sheet_markdown(told)


def show_transcript(settings: Settings, wanted: str | None, given: str, out: Path | None) -> int:
    """The command `transcript`."""
    form = one_of(given, TRANSCRIPT_FORMATS, "--format")
    played = open_played(settings, wanted)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    if out is None:
        door.raw(_transcript(played, form))
    else:
        door.say(f"Transcript saved as {save_transcript(played, form, out)}")
    return 0

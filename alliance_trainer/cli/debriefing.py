"""The commands debrief and transcript, and the debrief at the end of a sitting."""

from pathlib import Path

import msgspec

from alliance_trainer.cli.attempts import played_scenario
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.words import one_of
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.course import Course
from alliance_trainer.core.debrief import debrief
from alliance_trainer.core.errors import CannotSaveError, DamagedDataError, UsageError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import Scorecard, score_course
from alliance_trainer.journal import scan, store
from alliance_trainer.journal.events import Header, Note
from alliance_trainer.journal.interchange import to_attempt, to_steps
from alliance_trainer.journal.scan import Clean, Records, TornTail
from alliance_trainer.journal.store import Store
from alliance_trainer.journal.writer import Writer
from alliance_trainer.reports.transcript import Format, transcript
from alliance_trainer.terminal import debrief_screens, scenes
from alliance_trainer.terminal.asking import Questions
from alliance_trainer.terminal.debrief_screens import Facts
from alliance_trainer.terminal.door import open_door


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt read back: its records, its scenario, its course and its scorecard."""

    path: Path
    records: Records
    scenario: Scenario
    course: Course
    card: Scorecard

    @property
    def header(self) -> Header:
        """The header of the journal."""
        header = self.records[0].event
        assert isinstance(header, Header)
        return header

    @property
    def facts(self) -> Facts:
        """What stands beside the debrief."""
        finished = scan.is_finished(self.records)
        return Facts(
            title=self.scenario.title,
            mode=self.header.mode,
            attempt=self.header.attempt,
            receipt=scan.receipt(self.records) if finished else None,
            place=str(self.path),
        )

    @property
    def notes(self) -> list[tuple[str, str]]:
        """The notes to self, as (turn, text)."""
        events = (record.event for record in self.records)
        return [(event.turn, event.text) for event in events if isinstance(event, Note)]


def read_back(path: Path, records: Records, scenario: Scenario) -> Played:
    """Replay and score the records. Raises IllegalStepError if they do not fit the scenario."""
    course = replay(scenario, to_steps(records), to_attempt(records).status)
    card = score_course(compile_scenario(scenario), course)
    return Played(path=path, records=records, scenario=scenario, course=course, card=card)


def show_at_the_end(questions: Questions, scenario: Scenario, writer: Writer) -> None:
    """The debrief of a sitting just finished: three parts, one after the other."""
    played = read_back(writer.path, writer.records, scenario)

    def save() -> str:
        try:
            return f"Transcript saved as {save_transcript(played, 'txt').resolve()}"
        except CannotSaveError as error:  # no reason to end the debrief
            return f"Not saved: {error.message} {error.hint}".rstrip()

    debrief_screens.show(questions, debrief(played.course, played.card), played.facts, save)


def save_transcript(played: Played, form: Format, out: Path | None = None) -> Path:
    """Write the transcript to a file that is not there yet, and say which. Raises CannotSaveError."""
    target = out or Path(f"{played.scenario.id}-{played.header.attempt[:8]}.{form}")
    text = transcript(played.course, played.notes, form)
    try:
        with target.open("x", encoding="utf-8") as file:
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


def open_played(settings: Settings, wanted: str | None) -> Played:
    """The attempt whose id begins so, or the latest. Raises a TrainerError that says what is wrong with it."""
    kept = Store(folder=store.data_folder(settings.data_dir))
    entry = kept.find(wanted or "last")
    if not isinstance(entry.scanned, Clean | TornTail) or entry.header is None:
        raise DamagedDataError(
            f"{entry.path} {scan.describe(entry.scanned)}.",
            f"The {len(entry.scanned.records)} records before it can be read; nothing was changed. Restore a backup.",
        )
    scenario = played_scenario(kept, entry.header, settings.libraries)
    whole = entry.scanned.whole if isinstance(entry.scanned, TornTail) else None
    return read_back(entry.path, entry.scanned.records + ((whole,) if whole else ()), scenario)


def show_debrief(settings: Settings, wanted: str | None, form: str) -> int:
    """The command `debrief`."""
    played = open_played(settings, wanted)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    match form:
        case "json":
            from alliance_trainer.reports import json_text, scorecard_data  # the other formats do without

            data = scorecard_data.debrief_data(to_attempt(played.records), played.card)
            door.raw(json_text.json_text(data))
        case "md":
            from alliance_trainer.reports.debrief_markdown import debrief_markdown  # the other formats do without

            told = debrief(played.course, played.card)
            door.raw(debrief_markdown(played.scenario.title, told))
        case "text":
            told = debrief(played.course, played.card)
            for block in debrief_screens.screens(told, played.facts, door.columns):
                door.show(scenes.unasked(block))
        case _:
            raise UsageError(f"{form!r} is no format of debrief.", "text, json and md are.")
    return 0


def show_transcript(settings: Settings, wanted: str | None, given: str, out: Path | None) -> int:
    """The command `transcript`."""
    forms: tuple[Format, ...] = ("txt", "md")
    form = one_of(given, forms, "--format")
    played = open_played(settings, wanted)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    if out is None:
        door.raw(transcript(played.course, played.notes, form))
    else:
        door.say(f"Transcript saved as {save_transcript(played, form, out)}")
    return 0

"""The command new: a scenario that checks clean, from an author's answers, with the schema for editors beside it."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from alliance_trainer.cli.editor_schema import State, state_of, write_schema
from alliance_trainer.cli.scenarios import checked
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.errors import CannotSaveError, ScreenClosedError, UsageError
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.starter.wishes import NAMES, refusal, refuse_unless_id, settle
from alliance_trainer.scenario_files.starter.writing import SCHEMA_NAME, write
from alliance_trainer.terminal import wizard
from alliance_trainer.terminal.answers import EndOfAnswersError, TerminalAnswers
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.door import Door, open_door
from alliance_trainer.terminal.signals import StoppedError, stopping

INTERRUPTED = 130
_FIELDS = {"patient.name": "name", "patient.pronouns": "pronouns", "authors.0": "author"}
"""Places in the file that have another name than the answer that stands there."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where the scenario is to be written: a file, a folder, or neither for the current folder."""

    out: Path | None
    folder: Path | None

    def target(self, scenario_id: str) -> Path:
        """The file to write. Raises UsageError if it cannot hold this scenario, CannotSaveError if it is there."""
        if self.out is not None and self.folder is not None:
            raise UsageError("--out and --dir were both given.", "--out names the file, --dir only its folder.")
        target = self.out or (self.folder or Path()) / f"{scenario_id}.yaml"
        if target.suffix not in loader.SUFFIXES or target.stem != scenario_id:
            raise UsageError(
                f"the file of this scenario cannot be called {target.name!r}.",
                f"A scenario's file is called after its id: {target.with_name(scenario_id)}.yaml",
            )
        if not target.parent.is_dir():
            raise UsageError(f"there is no folder {target.parent}.", "Make it first, or name another one.")
        if os.path.lexists(target):
            raise CannotSaveError(
                f"{target} is there already and is left as it is.", "Choose another id, or another folder with --dir."
            )
        return target


def new(settings: Settings, scenario_id: str, place: Place, given: Mapping[str, str]) -> int:
    """The command `new`; `given` are the answers that came as options. Raises UsageError, CannotSaveError."""
    refuse_unless_id(scenario_id)
    target = place.target(scenario_id)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    settle(scenario_id, given)  # what is wrong with the options is said before anything is asked
    try:
        with stopping():
            answers = _asked(door, scenario_id, given) if door.look.interactive else given
    except (LeaveError, EndOfAnswersError):
        return _nothing_written(door, 0)
    except KeyboardInterrupt:
        return _nothing_written(door, INTERRUPTED)
    except StoppedError as stopped:
        _say_no_more()
        return stopped.exit_code
    schema = target.with_name(SCHEMA_NAME)
    before = state_of(schema)
    _save(target, _text(scenario_id, answers, for_editors=before != "other"))
    door.say(f"Written: {target}")
    _schema_beside(door, schema, before)
    door.say("Open it in an editor and make it yours. Then:")
    named = f'"{target}"' if " " in str(target) else target
    for verb in ("check", "play"):
        door.say(f"  alliance-trainer {verb} {named}")
    return 0


def _asked(door: Door, scenario_id: str, given: Mapping[str, str]) -> dict[str, str]:
    """The answers of a person at the terminal, on top of the given ones."""

    def refuse(name: str, answers: Mapping[str, str], text: str) -> str:
        return refusal(name, text, scenario_id, answers) or _complaint(scenario_id, {**answers, name: text})

    if door.look.plain:
        questions = Questions(door, TerminalAnswers(door, sys.stdin), {})
        return wizard.fill(wizard.ByLines(questions), scenario_id, given, refuse)
    return wizard.fill(wizard.ByKeys(door), scenario_id, given, refuse)


def _say_no_more() -> None:
    """The window may have been closed: what the list of choices complains of then would spoil the exit code."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)


def _nothing_written(door: Door, code: int) -> int:
    with suppress(OSError, ScreenClosedError):  # nobody may be there any more to read it
        door.say("Nothing was written.")
    return code


def _text(scenario_id: str, answers: Mapping[str, str], *, for_editors: bool) -> str:
    """The text of the new file. Raises UsageError for an answer with which it would not check clean."""
    text = write(settle(scenario_id, answers), for_editors=for_editors)
    for name, message in _problems(scenario_id, text):
        about = f"--{name} cannot be used like this: " if name in NAMES else ""
        raise UsageError(f"{about}{message}", "Nothing was written. Word it differently.")
    return text


def _complaint(scenario_id: str, answers: Mapping[str, str]) -> str:
    """What `check` would say of a scenario with these answers; empty if nothing."""
    problems = _problems(scenario_id, write(settle(scenario_id, answers), for_editors=False))
    return problems[0][1] if problems else ""


def _problems(scenario_id: str, text: str) -> list[tuple[str, str]]:
    """What `check` says of a text: where, by the answer's name if it is one, and what."""
    found = checked(loader.load(text.encode(errors="replace"), scenario_id, expected_id=scenario_id)).diagnostics
    return [(_FIELDS.get(one.path, one.path), one.message) for one in found]


def _save(target: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises CannotSaveError."""
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise CannotSaveError(f"{target} is there already and is left as it is.", "Choose another id.") from error
    except OSError as error:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        reason = error.strerror or "the system refused"
        raise CannotSaveError(f"{target} cannot be written: {reason}.", "Choose another folder with --dir.") from error


def _schema_beside(door: Door, schema: Path, before: State) -> None:
    """The schema that the first line of the scenario names. Raises CannotSaveError."""
    match before:
        case "other":
            door.say(
                f"{schema} is there already and is no schema of ours: it was left as it is, and the scenario does not"
                " name it. To have the format checked while you write: alliance-trainer schema --out OTHER-NAME.json"
            )
        case "absent" | "old":
            write_schema(schema)
            door.say(f"{'Written' if before == 'absent' else 'Renewed'} for your editor: {schema}")

"""The command `play --watch`: an author plays, saves the file, and stands at the same place in the new version."""

import secrets
from datetime import datetime
from pathlib import Path

from alliance_trainer.cli.playing import PlayOptions, door_and_answers
from alliance_trainer.cli.saves import Saves, noticed, settled, stamp_of
from alliance_trainer.cli.scenarios import checked, open_playable
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.sitting import Sitting
from alliance_trainer.core import course as courses
from alliance_trainer.core.course import Course
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.retracing import Retraced, retrace
from alliance_trainer.scenario_files import library, loader
from alliance_trainer.scenario_files.loader import Loaded
from alliance_trainer.terminal import diagnostics as screen
from alliance_trainer.terminal import scenes
from alliance_trainer.terminal.answers import Answers
from alliance_trainer.terminal.blocks import Block, Gap, Prose, Rule
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.play import Play
from alliance_trainer.terminal.recorder import NoRecorder
from alliance_trainer.terminal.session import Rules, Session, Standing

_MOST_SHOWN = 5
"""So many mistakes of a version that cannot be played are shown; the play goes on below them."""


class SavedError(Exception):
    """The file was saved while a question stood."""


class WatchedFile:
    """The scenario's file, and which of its versions is being played."""

    def __init__(self, path: Path, saves: Saves) -> None:
        self.path = path
        self._saves = saves
        self._stamp = stamp_of(path)

    def interrupt(self) -> None:
        """Raises SavedError if the file is not the version that is played."""
        if self._saves.happened() and stamp_of(self.path) != self._stamp:
            raise SavedError

    def read(self) -> Loaded | str:
        """The file as it is now, checked; or one line that says why it cannot be read."""
        self._stamp, found = settled(
            lambda: stamp_of(self.path),
            lambda _: self._looked_at(),
            lambda found: isinstance(found, Loaded) and not found.has_errors,
        )
        return found

    def _looked_at(self) -> Loaded | str:
        try:
            return checked(loader.load_path(self.path))
        except UsageError as error:
            return error.message


class WatchedPlay(Play):
    """A play that begins again, at the same place, whenever its file is saved."""

    def __init__(self, *, door: Door, answers: Answers, session: Session, file: WatchedFile, opened: bool) -> None:
        super().__init__(door=door, answers=answers, session=session)
        self._file = file
        self._opened = opened

    def run(self) -> None:
        """Play until an ending, in whatever versions there are meanwhile. Raises what `Play.run` raises."""
        ended = False
        while not ended:
            try:
                self._open()
                ended = self._ended()
            except SavedError:
                self._go_on_with(self._file.read())

    def _ended(self) -> bool:
        """Play; False once there is no way on, which the author can mend."""
        try:
            super().run()
        except UsageError as error:
            if not self.questions.person:
                raise
            self.questions.door.say(f"{error.message}. Mend that and save the file, or leave with q.")
            self.questions.go_on({})
            return False
        return True

    def _open(self) -> None:
        """Show who the patient is, once it has been read."""
        if not self._opened:
            self.questions.show(_opening(self.session.course.scenario))
            self.questions.go_on({})
            self._opened = True

    def _go_on_with(self, found: Loaded | str) -> None:
        door = self.questions.door
        door.say("")  # the prompt's line ends here
        door.say(f"{datetime.now():%H:%M:%S} The file was saved.", "accent")
        scenario = None if isinstance(found, str) or found.has_errors else found.scenario
        if scenario is None:
            _refuse(door, found)
            self.stand(self.session, same=True)
            return
        retraced = retrace(self.session.course, scenario)
        door.say(what_came_of_it(retraced))
        self._stand_in(retraced)

    def _stand_in(self, retraced: Retraced) -> None:
        old, course = self.session, retraced.course
        same = retraced.broken is None
        asked = same and not course.state.ended and course.scenario.turns[course.state.place].notice
        noticed_so_far = old.noticed if asked else None
        standing = Standing(noticed=noticed_so_far)
        self.stand(Session(start=course, recorder=old.recorder, rules=old.rules, standing=standing), same=same)


def play(settings: Settings, name: str, options: PlayOptions) -> int:
    """Play a scenario and follow its file; nothing is recorded.

    Raises UsageError if it is also to be assessed or played by a script, or where the library for it is missing.
    """
    if options.mode == "assess" or options.script is not None:
        raise UsageError(
            "--watch is for trying out a scenario while it is written, and records nothing.",
            "Leave out --watch, or leave out --mode assess and --script.",
        )
    path = library.find(name, settings.libraries)
    with noticed(files=[path]) as saves:
        file = WatchedFile(path, saves)  # before the file is read, so that a save in between is noticed
        loaded, _ = open_playable(str(path), settings.libraries)
        assert loaded.scenario is not None
        course = courses.begin(loaded.scenario, options.start_at)
        return _sit(settings, options, file, course)


def _sit(settings: Settings, options: PlayOptions, file: WatchedFile, course: Course) -> int:
    door, answers = door_and_answers(settings, None, file.interrupt)
    seed = str(options.seed) if options.seed is not None else secrets.token_hex(8)
    rules = Rules(mode="practice", notice=options.notice, seed=seed)
    session = Session(start=course, recorder=NoRecorder(), rules=rules)
    door.say(
        f"Watching {file.path}: nothing is recorded. Save the file, and you stand at the same place in the new version."
    )
    sitting = Sitting(
        door=door,
        play=WatchedPlay(door=door, answers=answers, session=session, file=file, opened=options.start_at is not None),
        debrief=lambda: None,
        how_to_go_on=lambda: "Nothing was recorded.",
    )
    return sitting.run()


def what_came_of_it(retraced: Retraced) -> str:
    """One line: where the author stands now, and why not at the same place if it is another."""
    place, broken = retraced.course.state.place, retraced.broken
    if broken is None:
        return "You stand at the same place in the new version."
    answer = f"your answer {broken.response!r} at turn {broken.turn!r}"
    match broken.why:
        case "not on offer":
            return f"In the new version {answer} is no longer on offer: you stand at {place!r}."
        case "leads elsewhere":
            return f"In the new version {answer} leads elsewhere: you stand at {place!r}."
        case "begins elsewhere":
            return f"The new version begins elsewhere: you stand at {place!r}."


def _refuse(door: Door, found: Loaded | str) -> None:
    """Say why the new version cannot be played, in short."""
    if isinstance(found, str):
        door.say(f"{found} The version before it goes on.")
        return
    errors = [one for one in found.diagnostics if one.severity == "error"]
    screen.show_concise(door, errors[:_MOST_SHOWN])
    more = f" {len(errors)} in all: alliance-trainer check {found.file}" if len(errors) > _MOST_SHOWN else ""
    door.say(f"It cannot be played so, and the version before it goes on.{more}")


def _opening(scenario: Scenario) -> Block:
    patient = scenario.patient
    return Block(
        heading=Rule(left=scenario.title, right="trying out", major=True),
        items=(
            Gap(),
            Prose(text=f"{patient.name}, {patient.age}. {patient.background or ''}".strip()),
            Gap(),
            Prose(text=scenario.briefing.strip()),
            Gap(),
            *scenes.content_notes(scenario, details=True),
        ),
        keys="Enter start   ? help   q leave",
    )

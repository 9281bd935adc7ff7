"""The program without a command, on a terminal: the home screen, and the first run."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import msgspec

from alliance_trainer import __version__
from alliance_trainer.cli import choosing, debriefing, history, playing, progressing, spotting, trying, words
from alliance_trainer.cli.attempts import played_scenario
from alliance_trainer.cli.history import Gathered
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core import course as courses
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import IllegalStepError, TrainerError, UsageError
from alliance_trainer.core.history import AttemptRow
from alliance_trainer.core.next_step import Suggestion, ago, came_back, suggestion
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.journal import preferences
from alliance_trainer.journal.preferences import Preferences
from alliance_trainer.journal.pseudonym import checked, drawn, is_kept, keep, pseudonym
from alliance_trainer.journal.store import Store, data_folder
from alliance_trainer.scenario_files import library
from alliance_trainer.terminal import home_screen, scenes
from alliance_trainer.terminal.answers import EndOfAnswersError, TerminalAnswers
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.home_screen import Choice, Home
from alliance_trainer.terminal.layout import NARROW
from alliance_trainer.terminal.recording import recorded_course
from alliance_trainer.terminal.signals import StoppedError, stopping

_INTERRUPTED = 130
_SIGNALS = 128


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the home screen, and what it does; that returns an exit code."""

    choice: Choice
    run: Callable[[], int]


def stay(settings: Settings) -> int:
    """Show the home screen until the trainee leaves; the first time of all, the first run before it."""
    door, answers = playing.door_and_answers(settings, None)
    assert isinstance(answers, TerminalAnswers), "home is for a person at a terminal"
    kept = Store(folder=data_folder(settings.data_dir))
    questions = Questions(door, answers, {"?": lambda: door.show(home_screen.help_text())})
    try:
        with stopping():
            if not is_kept(kept) and not kept.entries():
                _first_run(settings, questions, kept)
            while True:
                _once(settings, questions, kept)
    except (LeaveError, EndOfAnswersError):
        door.say("Come back when you like: everything is saved.")
    except KeyboardInterrupt:
        return _INTERRUPTED
    except StoppedError as stopped:
        return stopped.exit_code
    return 0


def _once(settings: Settings, questions: Questions, kept: Store) -> None:
    """Show home, and do what is chosen. A command that cannot be done says why, and home stands again."""
    door = questions.door
    gathered = history.gather(settings, say=door.say)
    today = datetime.now(UTC).date().toordinal()
    next_one = suggestion(gathered.history, today, gathered.shelf)
    actions = _actions(settings, questions, kept, gathered, next_one)
    shown = Home(
        version=__version__,
        trainee=pseudonym(kept),
        folder=str(kept.folder),
        unfinished=_unfinished(settings, kept, gathered),
        suggestion=f"{next_one.what}. {next_one.why}",
        unread=gathered.history.unread,
        choices=tuple(action.choice for action in actions),
    )
    questions.show(home_screen.home(shown, listed=door.look.plain or door.columns < NARROW))
    answers = {str(number): action for number, action in enumerate(actions, start=1)}
    answers |= {action.choice.word: action for action in actions}
    chosen = questions.choose({"": actions[0]} | answers, f"Please answer with a number from 1 to {len(actions)}.")
    try:
        _stopped(chosen.run())
    except TrainerError as error:
        door.complain(error.message, error.hint)


def _actions(
    settings: Settings, questions: Questions, kept: Store, gathered: Gathered, next_one: Suggestion
) -> list[Action]:
    rows = gathered.history.attempts
    new = sum(one.id not in {row.scenario for row in rows} for one in gathered.shelf)
    finished = [row for row in rows if row.finished]
    today = datetime.now(UTC).date().toordinal()
    due = len(came_back(gathered.history, today))
    liked = preferences.read(kept.folder)
    spot = partial(spotting.spot, settings, spotting.SpotOptions(sure=liked.sure))
    actions = [
        _action("next", "Practise next", next_one.what, _suggested(settings, liked, next_one)),
        _action(
            "choose",
            "Choose a scenario",
            f"{len(gathered.shelf)} ready, {new} you have not tried",
            _choose(settings, liked),
        ),
        _action("spot", "Single moments", f"{due} to come back to" if due else "ten, in five minutes", spot),
        _action("progress", "My progress", _sessions(gathered), partial(progressing.show, settings)),
        _action("settings", "Settings", home_screen.liked_in_short(liked), partial(_settings, questions, kept)),
        _action("instructors", "For instructors", "check, new, cohort", _instructors(questions)),
    ]
    if finished:
        told = partial(debriefing.show_debrief, settings, finished[-1].attempt, "text")
        actions.insert(3, _action("debrief", "Last debrief", _when_and_what(finished[-1]), told))
    if len(finished) < len(rows):
        actions.insert(0, _action("resume", "Go on with it", "", partial(trying.resume, settings, None, None)))
    return actions


def _action(word: str, label: str, about: str, run: Callable[[], int]) -> Action:
    return Action(choice=Choice(word=word, label=label, about=about), run=run)


def _suggested(settings: Settings, liked: Preferences, next_one: Suggestion) -> Callable[[], int]:
    """What does the suggestion's command."""
    match next_one.command:
        case ("play", scenario):
            return partial(playing.play, settings, scenario, _as_liked(liked))
        case ("spot", "--type", kind):
            rupture = words.one_of(kind, RUPTURE_TYPES, "--type")
            return partial(spotting.spot, settings, spotting.SpotOptions(type=rupture, sure=liked.sure))
        case _:
            return partial(spotting.spot, settings, spotting.SpotOptions(sure=liked.sure))


def _as_liked(liked: Preferences) -> playing.PlayOptions:
    return playing.PlayOptions(say_first=liked.say_first, notice=liked.notice)


def _choose(settings: Settings, liked: Preferences) -> Callable[[], int]:
    def run() -> int:
        name = choosing.choose(settings)
        return playing.play(settings, name, _as_liked(liked)) if name else 0

    return run


def _settings(questions: Questions, kept: Store) -> int:
    """Change how one likes to practise, and the name one appears under, until Enter."""
    while True:
        liked, name = preferences.read(kept.folder), pseudonym(kept)
        changed: tuple[Preferences | str, ...] = (*home_screen.changes_of(liked), name)
        questions.show(home_screen.settings(liked, trainee=name, columns=questions.door.columns))
        numbered = {str(number): one for number, one in enumerate(changed, start=1)}
        chosen = questions.choose({"": None, **numbered}, f"Please answer with a number from 1 to {len(changed)}.")
        match chosen:
            case None:
                return 0
            case str():
                questions.door.say(home_screen.another_name(name))
                keep(kept, _pseudonym(questions, name))
            case _:
                preferences.keep(kept.folder, chosen)


def _instructors(questions: Questions) -> Callable[[], int]:
    def run() -> int:
        questions.show(home_screen.for_instructors())
        questions.go_on({})
        return 0

    return run


def _sessions(gathered: Gathered) -> str:
    past = gathered.history
    begun = [row.started for row in past.attempts] + [row.started for row in past.drills]
    if not begun:
        return "nothing yet"
    return f"{counted(len(begun), 'session')} since {datetime.fromisoformat(min(begun)):%B}"


def _when_and_what(row: AttemptRow) -> str:
    when = datetime.fromisoformat(row.started)
    return f"{when.day} {when:%b}, {row.title}"


def _unfinished(settings: Settings, kept: Store, gathered: Gathered) -> str:
    """Which attempt waits, where it stands, and since when; empty where none does."""
    waiting = [row for row in gathered.history.attempts if not row.finished]
    if not waiting:
        return ""
    row = waiting[-1]
    since = _ago(gathered.changed[row.attempt]) if row.attempt in gathered.changed else "cut off while it was saved"
    try:
        entry = kept.find(row.attempt)
        assert entry.header is not None, "a row was drawn from it"
        scenario = played_scenario(kept, entry.header, settings.libraries)
        course, _ = recorded_course(scenario, entry.readable)
    except (TrainerError, IllegalStepError):
        return f"{row.title}, {since}"
    about = len(courses.strongest_way(scenario).exchanges)
    return f"{scenario.title}, {scenes.where(course, about)}, {since}"


def _ago(changed: int) -> str:
    """When that was, in words; `changed` in nanoseconds since 1970."""
    then = datetime.fromtimestamp(changed / 1e9, UTC).astimezone().date()
    days = (datetime.now(UTC).astimezone().date() - then).days
    return f"saved {ago(days)}"


def _first_run(settings: Settings, questions: Questions, kept: Store) -> None:
    """The first words, a pseudonym, and three turns that teach the keys."""
    name = drawn()
    questions.show(home_screen.welcome(str(kept.folder), name))
    keep(kept, _pseudonym(questions, name))
    code = playing.play(settings, str(library.first_steps()), playing.PlayOptions())
    _stopped(code)


def _pseudonym(questions: Questions, offered: str) -> str:
    """The name that the trainee wants, asked for until it can be one; letters are none. Raises LeaveError."""
    hint = f"Press Enter to keep {offered}, or type another name."
    own = Questions(questions.door, questions.answers, {"?": lambda: questions.show(home_screen.name_help(offered))})
    while True:
        answer = own.words("> ", {}, short=f"That is a key, and no name. {hint}")
        if not answer:
            return offered
        try:
            return checked(answer)
        except UsageError as error:
            questions.door.say(f"{error.message} {error.hint}")


def _stopped(code: int) -> None:
    """Ends the program where what was done was ended by a signal."""
    if code == _INTERRUPTED:
        raise KeyboardInterrupt
    if code > _SIGNALS:
        raise StoppedError(code - _SIGNALS)

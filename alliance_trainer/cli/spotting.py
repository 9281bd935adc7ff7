"""The command spot: which moments, in a drill with a journal of its own, and what is said at the end."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from alliance_trainer import __version__
from alliance_trainer.cli.drill_pool import Source, pool
from alliance_trainer.cli.history import gather
from alliance_trainer.cli.playing import door_and_answers
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core import next_step, progress
from alliance_trainer.core.counting import counted
from alliance_trainer.core.drill import Wish, choose, wanted
from alliance_trainer.core.drill_items import Item, keys_of
from alliance_trainer.core.errors import CannotSaveError, ScreenClosedError, UsageError
from alliance_trainer.core.history import History, last_seen
from alliance_trainer.core.next_step import came_back
from alliance_trainer.core.pitch import pitch
from alliance_trainer.core.spacing import INTERVALS
from alliance_trainer.core.vocabulary.markers import MarkerId, RuptureType
from alliance_trainer.core.vocabulary.moments import FeedbackWhen
from alliance_trainer.journal import drill_events, events
from alliance_trainer.journal.drill_events import DrillHeader
from alliance_trainer.journal.families import DRILLS
from alliance_trainer.journal.pseudonym import checked, pseudonym
from alliance_trainer.journal.store import Store, data_folder, new_attempt_id
from alliance_trainer.journal.writer import Writer
from alliance_trainer.terminal import spot_scenes
from alliance_trainer.terminal.answers import EndOfAnswersError
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.keeping import Keeper
from alliance_trainer.terminal.not_saved import NotSaved
from alliance_trainer.terminal.scenes import unasked
from alliance_trainer.terminal.signals import StoppedError, stopping
from alliance_trainer.terminal.spot import How, Spotting

_INTERRUPTED = 130


class SpotOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `spot` was asked for."""

    count: int = 10
    marker: MarkerId | None = None
    type: RuptureType | None = None
    feedback: FeedbackWhen = "each"
    sure: bool = False
    source: Source = "both"
    seed: int | None = None
    script: Path | None = None
    trainee: str | None = None


def spot(settings: Settings, options: SpotOptions) -> int:
    """The command `spot`. Raises UsageError where there is nothing to ask about, CannotSaveError as a play does."""
    if options.trainee:
        checked(options.trainee)
    door, answers = door_and_answers(settings, options.script)
    history = gather(settings, door.say).history
    seed = str(options.seed) if options.seed is not None else secrets.token_hex(8)
    items = _chosen(settings, options, history, seed, door.say)
    questions = Questions(door, answers, {"?": lambda: door.show(spot_scenes.help_page())})
    if not _introduced(questions, items, options, history):
        return 0
    kept = Store(folder=data_folder(settings.data_dir), family=DRILLS)
    opened = kept.begin(_header(kept, options, seed, len(items)))
    for note in opened.notes:
        door.say(note)
    trouble = NotSaved(questions, elsewhere)
    trouble.writer = opened.writer
    recorder = Keeper(opened.writer, trouble)
    how = How(feedback=options.feedback, sure=options.sure, seed=seed)
    try:
        return _sit(settings, Spotting(questions, recorder, items, how), recorder, questions)
    finally:
        recorder.writer.close()


def _chosen(
    settings: Settings, options: SpotOptions, history: History, seed: str, say: Callable[[str], None]
) -> tuple[Item, ...]:
    begun = frozenset(row.scenario for row in history.attempts)
    wish = Wish(
        count=options.count,
        marker=options.marker,
        type=options.type,
        due={one.key: one.due for one in came_back(history, _today())},
        seen=last_seen(history.drills),
        clarity=pitch(history.judged).clarity,
    )
    items = pool(settings, options.source, begun, say)
    if not any(item.markers and wanted(item, wish) for item in items):
        raise UsageError("There is no moment with such a sign here.", "Leave out --marker, --type or --from.")
    return choose(items, wish, seed)


def _introduced(questions: Questions, items: Sequence[Item], options: SpotOptions, history: History) -> bool:
    """Show what is asked and what topics come up; False where the trainee would rather not start."""
    back = {one.key for one in came_back(history, _today())}
    topics = sorted({topic for item in items for topic in item.notes})
    again = any(not back.isdisjoint(keys_of(item.markers, item.foil)) for item in items)
    try:
        questions.show(spot_scenes.intro(len(items), topics, options.feedback, again=again))
        questions.go_on({})
    except (LeaveError, EndOfAnswersError):
        questions.door.say("Nothing was started.")
        return False
    return True


def _header(kept: Store, options: SpotOptions, seed: str, count: int) -> DrillHeader:
    return DrillHeader(
        v=drill_events.FORMAT,
        app=__version__,
        drill=new_attempt_id(),
        trainee=options.trainee or pseudonym(kept),
        seed=seed,
        feedback=options.feedback,
        count=count,
        started=events.moment(datetime.now(UTC)),
    )


def _today() -> int:
    """The day, in UTC as all times in the records."""
    return datetime.now(UTC).date().toordinal()


def elsewhere(writer: Writer, folder: Path) -> Writer:
    """Go on in another data folder, with a copy of everything recorded so far."""
    moved = Store(folder=folder, family=DRILLS).begin_with(writer.records)
    writer.close()
    return moved


def _sit(settings: Settings, drill: Spotting, recorder: Keeper, questions: Questions) -> int:
    """Ask until all is answered or the trainee leaves; the exit code."""
    try:
        with stopping():
            drill.run()
    except (LeaveError, EndOfAnswersError):
        code = 0
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except StoppedError as stopped:
        code = stopped.exit_code
    else:
        _close(settings, drill, recorder, questions)
        return 0
    _leave(drill, recorder, questions)
    return code


def _leave(drill: Spotting, recorder: Keeper, questions: Questions) -> None:
    """Note the pause, and say what is kept. The answers themselves are safe already."""
    count = len(drill.answers)
    words = ["", f"Saved: {counted(count, 'moment')} answered. Another drill: alliance-trainer spot"]
    try:
        recorder.pause()
    except CannotSaveError:
        words.insert(1, "The pause itself could not be noted; all recorded answers are safe.")
    with suppress(OSError, ScreenClosedError):  # nobody may be there any more to read it
        for text in words:
            questions.door.say(text)


def _close(settings: Settings, drill: Spotting, recorder: Keeper, questions: Questions) -> None:
    """The last block: counts, and what follows from all answers so far."""
    place = str(recorder.writer.path)
    if drill.how.feedback == "off":
        questions.show(spot_scenes.withheld(len(drill.answers), place))
        return
    data = recorder.writer.path.parent.parent  # another folder, where the first one could not be written
    history = gather(settings._replace(data_dir=data)).history
    met = {key for answer in drill.answers for key in keys_of(answer.markers, answer.foil)}
    missed = [one for one in history.queue if one.key in met and one.missed == _today()]
    labels = [next_step.label_of(one.key) for one in missed]
    back = [(next_step.ahead(INTERVALS[0]), labels)] if labels else []
    told = progress.recognition(history) if history.detected.enough else ()
    questions.show(unasked(spot_scenes.closing(drill.answers, told, back, place)))

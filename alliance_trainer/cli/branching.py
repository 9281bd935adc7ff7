"""Trying a turn again: a branch is begun or gone on with, played in practice, and held against the first way."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from alliance_trainer import __version__
from alliance_trainer.core.counting import counted
from alliance_trainer.core.course import Course
from alliance_trainer.core.errors import CannotSaveError, UsageError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.own_words import NO_WORDS, OwnWords
from alliance_trainer.core.replay import replay
from alliance_trainer.core.second_tries import SecondTry, way
from alliance_trainer.journal import branches, events, own_words, store
from alliance_trainer.journal.branches import Found
from alliance_trainer.journal.events import Branch
from alliance_trainer.journal.interchange import to_steps
from alliance_trainer.journal.scan import Records, is_finished
from alliance_trainer.journal.shelf import Opened
from alliance_trainer.journal.writer import Writer
from alliance_trainer.terminal.answers import Answers, EndOfAnswersError
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.not_saved import NotSaved
from alliance_trainer.terminal.play import Play, TryAgain
from alliance_trainer.terminal.recorder import NoRecorder
from alliance_trainer.terminal.recording import JournalRecorder, recorded_course, rules_of
from alliance_trainer.terminal.session import Session


class Attempted(msgspec.Struct, frozen=True, kw_only=True):
    """The attempt that is branched from: the data folder it lies in, its records and its scenario."""

    data: Path
    records: Records
    scenario: Scenario

    @property
    def course(self) -> Course:
        """Its course."""
        return replay(self.scenario, to_steps(self.records), "unfinished")


def begin(attempted: Attempted, choice: int) -> Opened:
    """Begin a branch at the attempt's choice with this number, from 0. Raises CannotSaveError."""
    first = branches.first_record(
        attempted.records,
        choice,
        app=__version__,
        branch=store.new_attempt_id(),
        started=events.moment(datetime.now(UTC)),
    )
    return branches.shelf(attempted.data).begin(first.branch, first)


def playing(door: Door, answers: Answers, attempted: Attempted, opened: Opened) -> tuple[Play, JournalRecorder]:
    """The play of an open branch, where it stands, and its recorder."""
    records = opened.writer.records
    first = records[0].event
    assert isinstance(first, Branch)
    course, standing = recorded_course(attempted.scenario, records, attempted.records)
    session = Session(start=course, recorder=NoRecorder(), rules=rules_of(first), standing=standing)
    play = Play(door=door, answers=answers, session=session)
    trouble = NotSaved(play.questions, _beside_the_attempt)
    trouble.writer = opened.writer
    recorder = JournalRecorder(opened.writer, trouble)
    session.recorder = recorder
    for note in opened.notes:
        door.say(note)
    return play, recorder


def _beside_the_attempt(_: Writer, folder: Path) -> Writer:
    raise CannotSaveError(f"A branch lies beside its attempt, and cannot be moved to {folder}.")


def from_comment(door: Door, recorder: JournalRecorder, scenario: Scenario) -> TryAgain:
    """What `t` does below a comment: the turn just answered once more, beside the attempt, and back.

    Only that one turn, so that the attempt is gone on with as if nothing had been seen of what comes after it.
    """

    def again(answers: Answers) -> None:
        data, records = recorder.writer.path.parent.parent, recorder.writer.records
        attempted = Attempted(data=data, records=records, scenario=scenario)
        try:
            opened = begin(attempted, len(own_words.words_of(records)) - 1)
            play, kept = playing(door, answers, attempted, opened)
            _play_once(play, kept)
        except CannotSaveError as error:  # the attempt itself is not touched by it
            door.say(f"Not saved: {error.message} {error.hint}".rstrip(), "warn")

    return again


def _play_once(play: Play, kept: JournalRecorder) -> None:
    try:
        play.once()
        kept.pause()
    finally:
        kept.writer.close()


def from_debrief(questions: Questions, attempted: Attempted, number: int) -> None:
    """What a turn's number does in the debrief: play from there to an ending, and see both ways.

    Raises LeaveError or EndOfAnswersError where the trainee leaves; the branch can then be gone on with.
    """
    door = questions.door
    try:
        opened = begin(attempted, choice_at(attempted.course, number))
        play, kept = playing(door, questions.answers, attempted, opened)
        _play_to_the_end(play, kept)
    except CannotSaveError as error:
        door.say(f"Not saved: {error.message} {error.hint}".rstrip(), "warn")
        return
    show_compared(questions, attempted, kept.writer)


def _play_to_the_end(play: Play, kept: JournalRecorder) -> None:
    try:
        play.run()
    except (LeaveError, EndOfAnswersError):
        kept.pause()
        name = kept.writer.path.stem[:8]
        play.questions.door.say(f"What you tried again is saved too. Go on with it: alliance-trainer resume {name}")
        raise
    finally:
        kept.writer.close()


def choice_at(course: Course, number: int) -> int:
    """The place among all choices of the one that stands at the turn with this number. Raises UsageError."""
    for place, exchange in enumerate(course.exchanges):
        if exchange.number == number and not exchange.undone:
            return place
    count = len(course.way)
    raise UsageError(
        f"there is no turn {number} on the way of this attempt.",
        f"It has {counted(count, 'turn')}; the debrief gives their numbers.",
    )


def show_compared(questions: Questions, attempted: Attempted, writer: Writer) -> None:
    """Both ways of a branch that was just played."""
    from alliance_trainer.terminal.second_tries_screen import compared  # only where something was tried again

    first = writer.records[0].event
    assert isinstance(first, Branch)
    found = Found(branch=first, path=writer.path, records=writer.records)
    one = second_try(attempted, attempted.course, found)
    if one is not None:
        questions.show(compared(one))
        questions.go_on({})


def second_tries(attempted: Attempted) -> tuple[SecondTry, ...]:
    """The attempt's branches in which something was answered, in the order in which they were begun.

    Raises DamagedDataError where one does not fit the attempt.
    """
    name = attempted.records[0].event
    found = branches.of_attempt(attempted.data, name.attempt) if isinstance(name, events.Header) else []
    course = attempted.course if found else None
    tried = (second_try(attempted, course, one) for one in found if course is not None)
    return tuple(one for one in tried if one is not None)


def second_try(attempted: Attempted, course: Course, found: Found) -> SecondTry | None:
    """A branch held against the first way; None where nothing was answered in it. `course` is the attempt's."""
    place = branches.choice_tried(found.branch, attempted.records)
    tried = course.exchanges[place]
    before = tried.number - 1
    branch, words = _branch(attempted, found)
    again = branch.way[before:]
    if not again:
        return None
    own = words[branch.exchanges.index(again[0])]
    first = (tried,) if tried.undone else course.way[before:]
    first_words = own_words.words_of(attempted.records)[place]
    return SecondTry(
        branch=found.branch.branch,
        number=tried.number,
        turn_id=tried.turn_id,
        patient=tried.last_words,
        first=way(course, first, tried.level_before, first_words.said),
        again=way(branch, again, tried.level_before, own.said),
        finished=is_finished(found.records),
    )


def _branch(attempted: Attempted, found: Found) -> tuple[Course, tuple[OwnWords, ...]]:
    """The course of a branch from the attempt's start on, and the words for its exchanges: only its own."""
    course = replay(attempted.scenario, branches.all_steps(found.records, attempted.records), "unfinished")
    words = own_words.words_of(found.records)
    return course, (NO_WORDS,) * (len(course.exchanges) - len(words)) + words


def all_words(attempted: Attempted) -> list[tuple[str, Course, tuple[OwnWords, ...]]]:
    """The own words of an attempt, then those of its branches: id, course, and the words for its exchanges."""
    first = attempted.records[0].event
    if not isinstance(first, events.Header):
        return []
    found = branches.of_attempt(attempted.data, first.attempt)
    own = (first.attempt, attempted.course, own_words.words_of(attempted.records))
    return [own, *((one.branch.branch, *_branch(attempted, one)) for one in found)]

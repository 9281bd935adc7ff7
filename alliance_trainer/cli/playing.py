"""The commands play and resume: put scenario, journal and screen together, and sit down."""

import secrets
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from alliance_trainer import __version__
from alliance_trainer.cli import pitching
from alliance_trainer.cli.attempts import COPIES, played_scenario
from alliance_trainer.cli.branching import from_comment
from alliance_trainer.cli.scenarios import open_playable
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.sitting import Sitting, how_to_go_on
from alliance_trainer.core import course as courses
from alliance_trainer.core.attempt import Mode
from alliance_trainer.core.errors import DamagedDataError, UsageError
from alliance_trainer.core.identity import Identity
from alliance_trainer.core.keyless import KeylessScenario
from alliance_trainer.core.model import Scenario
from alliance_trainer.journal import events, store
from alliance_trainer.journal.events import Header, ScenarioRef
from alliance_trainer.journal.pseudonym import checked, is_kept, pseudonym
from alliance_trainer.journal.shelf import Opened
from alliance_trainer.journal.store import Entry, Store
from alliance_trainer.journal.writer import Writer
from alliance_trainer.scenario_files.packs.pack import is_pack
from alliance_trainer.terminal import scenes
from alliance_trainer.terminal.answers import Answers, Interruption, LineAnswers, TerminalAnswers, standard_input
from alliance_trainer.terminal.door import Door, open_door
from alliance_trainer.terminal.not_saved import NotSaved
from alliance_trainer.terminal.play import Play
from alliance_trainer.terminal.recorder import NoRecorder
from alliance_trainer.terminal.recording import JournalRecorder, recorded_course, rules_of
from alliance_trainer.terminal.session import NoticeWhen, Rules, Session


class PlayOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `play` was asked for."""

    mode: Mode = "practice"
    notice: NoticeWhen = "before"
    trainee: str | None = None
    seed: int | None = None
    script: Path | None = None
    start_at: str | None = None
    watch: bool = False
    say_first: bool = False


def door_and_answers(
    settings: Settings, script: Path | None, interruption: Interruption | None = None
) -> tuple[Door, Answers]:
    """The screen, and where answers come from: a script, a person at a terminal, or standard input."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    if door.look.plain and door.look.interactive:
        door.say(f"Plain mode is on because {door.look.reason}. Turn it off with --no-plain.")
    if script is not None:
        return door, LineAnswers(_script_lines(script), door.prompt)
    if door.look.interactive:
        return door, TerminalAnswers(door, sys.stdin, interruption)
    return door, LineAnswers(standard_input(), door.prompt, interruption)


def _script_lines(script: Path) -> Iterable[str]:
    try:
        return script.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        reason = error.strerror or "the system refused"
        raise UsageError(f"the script {script} cannot be read: {reason}.", "Nothing was played.") from error


def play(settings: Settings, name: str, options: PlayOptions) -> int:
    """Play a scenario from its start (or, for authors, from a turn, with nothing recorded), or one of a pack."""
    if is_pack(Path(name)):
        from alliance_trainer.cli import assessing  # only for packs

        return assessing.play(settings, Path(name), options)
    if options.watch:
        from alliance_trainer.cli import replaying  # only for authors

        return replaying.play(settings, name, options)
    if options.trainee:
        checked(options.trainee)
    loaded, data = open_playable(name, settings.libraries)
    scenario, identity = loaded.scenario, loaded.identity
    assert scenario is not None
    assert identity is not None
    door, answers = door_and_answers(settings, options.script)
    if options.start_at is not None:
        return _try_out(door, answers, scenario, rules_from(options), options.start_at)
    kept = Store(folder=store.data_folder(settings.data_dir))
    rules = rules_from(options, hints=options.mode == "practice" and pitching.hints_wanted(kept))
    session = Session(start=courses.begin(scenario), recorder=NoRecorder(), rules=rules)
    playing = Play(door=door, answers=answers, session=session)
    if not playing.introduce(
        None if is_kept(kept) or kept.attempts_folder.exists() else scenes.first_words(str(kept.folder))
    ):
        return 0
    kept.keep_scenario(identity.sha256, data)
    opened = kept.begin(header_of(kept, scenario, identity, rules, options))
    return sit(playing, kept, opened)


def rules_from(options: PlayOptions, *, hints: bool = False) -> Rules:
    """How an attempt is to be played, with a seed of its own where none was given."""
    seed = str(options.seed) if options.seed is not None else secrets.token_hex(8)
    return Rules(mode=options.mode, notice=options.notice, seed=seed, say_first=options.say_first, hints=hints)


def header_of(kept: Store, scenario: Scenario, identity: Identity, rules: Rules, options: PlayOptions) -> Header:
    """The first record of a new attempt."""
    return Header(
        v=events.FORMAT,
        app=__version__,
        attempt=store.new_attempt_id(),
        trainee=options.trainee or pseudonym(kept),
        scenario=ScenarioRef(
            id=scenario.id, sha256=identity.sha256, graph=identity.graph, text=identity.text, key=identity.key
        ),
        mode=rules.mode,
        seed=rules.seed,
        notice=rules.notice,
        say_first=rules.say_first,
        hints=rules.hints,
        started=events.moment(datetime.now(UTC)),
    )


def _try_out(door: Door, answers: Answers, scenario: Scenario, rules: Rules, turn: str) -> int:
    """Play from a turn without keeping anything; the debrief is left out, since the beginning was not played."""
    session = Session(start=courses.begin(scenario, turn), recorder=NoRecorder(), rules=rules)
    door.say(f"Trying out {scenario.id} from {turn!r}: nothing is recorded.")
    sitting = Sitting(
        door=door,
        play=Play(door=door, answers=answers, session=session),
        debrief=lambda: None,
        how_to_go_on=lambda: "Nothing was recorded.",
    )
    return sitting.run()


def resume(settings: Settings, wanted: str | None, script: Path | None) -> int:
    """Go on with an unfinished attempt: the one whose id begins so, or the latest."""
    kept = Store(folder=store.data_folder(settings.data_dir))
    entry = kept.find(wanted) if wanted else _latest_unfinished(kept)
    header = entry.header
    if header is None:
        kept.resume(entry.attempt)  # raises, saying what is wrong with it
        raise DamagedDataError(f"{entry.path} has no header, so it cannot be gone on with.")
    scenario = played_scenario(kept, header, settings.libraries)
    door, answers = door_and_answers(settings, script)
    opened = kept.resume(entry.attempt)
    course, standing = recorded_course(scenario, opened.writer.records)
    session = Session(start=course, recorder=NoRecorder(), rules=rules_of(header), standing=standing)
    playing = Play(door=door, answers=answers, session=session)
    return sit(playing, kept, opened, back=True)


def _latest_unfinished(kept: Store) -> Entry:
    unfinished = [one for one in kept.entries() if one.unfinished]
    if not unfinished:
        raise UsageError(
            f"there is no unfinished attempt in {kept.attempts_folder}.",
            "Start one with: alliance-trainer play    See what lies there with: alliance-trainer data check",
        )
    return unfinished[-1]


def sit(playing: Play, kept: Store, opened: Opened, *, back: bool = False) -> int:
    """Sit down with an attempt that is open for writing; returns the exit code."""
    trouble = NotSaved(playing.questions, lambda writer, folder: _elsewhere(kept, writer, folder))
    trouble.writer = opened.writer
    recorder = JournalRecorder(opened.writer, trouble)
    playing.session.recorder = recorder
    if playing.session.rules.practice:
        playing.again = from_comment(playing.questions.door, recorder, playing.session.course.scenario)

    def begin() -> None:
        for note in opened.notes:
            playing.questions.door.say(note)
        if back:
            recorder.back()
            playing.questions.show(scenes.welcome_back(playing.session.course, playing.about))

    sitting = Sitting(
        door=playing.questions.door,
        play=playing,
        debrief=lambda: _debrief(playing, recorder.writer),
        how_to_go_on=lambda: how_to_go_on(recorder.writer),
        open=begin,
    )
    try:
        return sitting.run()
    finally:
        recorder.writer.close()


def _debrief(playing: Play, writer: Writer) -> None:
    scenario = playing.session.course.scenario
    if isinstance(scenario, KeylessScenario):
        from alliance_trainer.terminal import closing  # only for packs

        playing.questions.show(closing.closing(scenario, writer.records, str(writer.path)))
        return
    from alliance_trainer.cli.debriefing import show_at_the_end  # not needed before the end

    show_at_the_end(playing.questions, scenario, writer)


def _elsewhere(kept: Store, writer: Writer, folder: Path) -> Writer:
    """Go on in another data folder, with a copy of everything recorded so far."""
    other = Store(folder=folder)
    header = writer.records[0].event
    assert isinstance(header, Header)
    for suffix in COPIES:
        data = kept.scenario(header.scenario.sha256, suffix)
        if data is not None:
            other.keep_scenario(header.scenario.sha256, data, suffix)
    moved = other.begin_with(writer.records)  # all of it stays safe in the first folder as well
    writer.close()
    return moved

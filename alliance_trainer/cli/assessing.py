"""Playing a pack: one of its scenarios in assess mode, without any key, and a receipt at the end."""

from pathlib import Path

from msgspec.structs import replace

from alliance_trainer.cli import playing
from alliance_trainer.cli.played import Played
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core import course as courses
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.keyless import KeylessScenario, identify_keyless, usual_length
from alliance_trainer.journal import store
from alliance_trainer.journal.interchange import to_attempt
from alliance_trainer.journal.pseudonym import checked, is_kept
from alliance_trainer.journal.receipt import receipt
from alliance_trainer.journal.store import Store
from alliance_trainer.scenario_files.packs import pack as packs
from alliance_trainer.scenario_files.packs.pack import Pack, PackedScenario, UnreadableError
from alliance_trainer.terminal import closing, scenes
from alliance_trainer.terminal.answers import Answers, EndOfAnswersError
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.door import Door
from alliance_trainer.terminal.play import Play
from alliance_trainer.terminal.recorder import NoRecorder
from alliance_trainer.terminal.session import Session

NO_KEY = "it was played from a pack, which holds no key: alliance-trainer cohort score --key FILE.key scores it"
"""Why there is no debrief, as the end of a sentence."""


def play(settings: Settings, path: Path, options: playing.PlayOptions) -> int:
    """Play a scenario of a pack. Raises UsageError for a file that is no pack, and for options that do not fit it."""
    _refuse_misfits(options)
    pack = packs.open_pack(path)
    door, answers = playing.door_and_answers(settings, options.script)
    kept = Store(folder=store.data_folder(settings.data_dir))
    chosen = _chosen(pack, kept, door, answers)
    if chosen is None:
        return 0
    try:
        scenario = packs.keyless(pack, chosen)
    except UnreadableError as error:
        raise UsageError(f"{path} cannot be played: {error}.", "Ask for a whole copy of it.") from None
    rules = playing.rules_from(replace(options, mode="assess"))
    sitting = Play(
        door=door,
        answers=answers,
        session=Session(start=courses.begin(scenario), recorder=NoRecorder(), rules=rules),
    )
    sitting.about = usual_length(scenario)
    if not sitting.introduce(
        None if is_kept(kept) or kept.attempts_folder.exists() else scenes.first_words(str(kept.folder))
    ):
        return 0
    identity = identify_keyless(scenario)
    kept.keep_scenario(identity.sha256, packs.encode(pack.only(scenario.id)), packs.SUFFIX)
    opened = kept.begin(playing.header_of(kept, scenario, identity, rules, options))
    return playing.sit(sitting, kept, opened)


def show_closing(door: Door, scenario: KeylessScenario, played: Played, form: str) -> int:
    """The command `debrief` for what was played from a pack. Raises UsageError for a sheet: there is none."""
    match form:
        case "text":
            door.show(closing.closing(scenario, played.records, str(played.path)))
        case "json":
            from alliance_trainer.reports import json_text, scorecard_data  # the screen does without

            attempt = to_attempt(played.records)
            door.raw(json_text.json_text(scorecard_data.not_debriefed_data(attempt, NO_KEY)))
        case _:
            raise UsageError(
                "this attempt was played from a pack, so there is no debrief of it.",
                "Whoever has the key scores it with: alliance-trainer cohort score --key FILE.key",
            )
    return 0


def _refuse_misfits(options: playing.PlayOptions) -> None:
    if options.trainee:
        checked(options.trainee)
    if options.watch or options.start_at is not None:
        raise UsageError("a pack is played from its start, without --watch or --from.", "Leave them out.")
    if options.notice != "before":
        raise UsageError("a pack always asks what you notice before you answer.", "Leave --notice out.")


def _chosen(pack: Pack, kept: Store, door: Door, answers: Answers) -> PackedScenario | None:
    """The scenario to play: the only one, or the one that is chosen; None where the trainee would rather leave."""
    if len(pack.scenarios) == 1:
        return pack.scenarios[0]
    questions = Questions(door, answers, {})
    states = _states(kept)
    rows = [(one.title, states.get(one.id, "not begun")) for one in pack.scenarios]
    try:
        questions.show(closing.which(pack.title, rows))
        numbered = {str(number): one for number, one in enumerate(pack.scenarios, start=1)}
        return questions.choose(numbered, f"Please answer with a number from 1 to {len(numbered)}.")
    except (LeaveError, EndOfAnswersError):
        door.say("Nothing was started.")
        return None


def _states(kept: Store) -> dict[str, str]:
    """How far each scenario has come, by its id: what the attempt begun last says."""
    found = {}
    for entry in kept.entries():
        if entry.header is not None:
            code = receipt(entry.readable) if entry.finished else None
            found[entry.header.scenario.id] = (
                f"finished, {code}" if code else f"begun; go on with: alliance-trainer resume {entry.attempt[:8]}"
            )
    return found

"""An attempt read back from its journal: replayed, scored, with its words and what was tried again."""

from pathlib import Path

import msgspec

from alliance_trainer.cli import branching
from alliance_trainer.cli.attempts import played_scenario
from alliance_trainer.cli.branching import Attempted
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.course import Course
from alliance_trainer.core.debrief import Debrief, debrief
from alliance_trainer.core.errors import DamagedDataError
from alliance_trainer.core.keyless import KeylessScenario
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.own_words import OwnWords
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import Scorecard, score_course
from alliance_trainer.journal import own_words, scan, store
from alliance_trainer.journal.events import Header, Note
from alliance_trainer.journal.interchange import to_attempt, to_steps
from alliance_trainer.journal.receipt import receipt
from alliance_trainer.journal.scan import Clean, Records, TornTail
from alliance_trainer.journal.store import Store
from alliance_trainer.terminal.debrief_screens import Facts


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
    def keyless(self) -> KeylessScenario | None:
        """The scenario, if it was played from a pack: then no figure of the scorecard means anything."""
        return self.scenario if isinstance(self.scenario, KeylessScenario) else None

    @property
    def finished(self) -> bool:
        """Whether it was played to its end."""
        return scan.is_finished(self.records)

    @property
    def withheld(self) -> bool:
        """Whether nothing may be told of how it goes: an assessment that can still be gone on with."""
        return to_attempt(self.records).withheld

    @property
    def attempted(self) -> Attempted:
        """What its branches branch from."""
        return Attempted(data=self.path.parent.parent, records=self.records, scenario=self.scenario)

    @property
    def facts(self) -> Facts:
        """What stands beside the debrief, with all that was tried again so far.

        Every turn on the way can be tried again, except while an assessment is going on.
        """
        return Facts(
            title=self.scenario.title,
            mode=self.header.mode,
            attempt=self.header.attempt,
            receipt=receipt(self.records) if self.finished else None,
            place=str(self.path),
            tries=branching.second_tries(self.attempted),
            open_turns=tuple(exchange.number for exchange in self.course.way) if not self.withheld else (),
        )

    @property
    def words(self) -> tuple[OwnWords, ...]:
        """The trainee's own words, one for each exchange."""
        return own_words.words_of(self.records)

    @property
    def told(self) -> Debrief:
        """The debrief."""
        return debrief(self.course, self.card, self.words, own_words.hinted_turns(self.records))

    @property
    def notes(self) -> list[tuple[str, str]]:
        """The notes to self, as (turn, text)."""
        events = (record.event for record in self.records)
        return [(event.turn, event.text) for event in events if isinstance(event, Note)]


def read_back(path: Path, records: Records, scenario: Scenario) -> Played:
    """Replay and score the records. Raises IllegalStepError if they do not fit the scenario."""
    status = to_attempt(records).status
    course = replay(scenario, to_steps(records), status)
    card = score_course(compile_scenario(scenario), course, status)
    return Played(path=path, records=records, scenario=scenario, course=course, card=card)


def open_played(settings: Settings, wanted: str | None) -> Played:
    """The attempt whose id begins so, or the latest. Raises a TrainerError that says what is wrong with it."""
    kept = Store(folder=store.data_folder(settings.data_dir))
    entry = kept.find(wanted or "last")
    if not isinstance(entry.scanned, Clean | TornTail) or entry.header is None:
        raise DamagedDataError(
            f"{entry.path} {scan.describe(entry.scanned)}.",
            f"The {len(entry.scanned.records)} records before it can be read; nothing was changed. Restore a backup.",
        )
    return read_back(entry.path, entry.readable, played_scenario(kept, entry.header, settings.libraries))

"""An attempt's row for the history, drawn from its journal: played again on its own scenario, and scored."""

from alliance_trainer.cli.attempts import played_scenario
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.automaton import Automaton, compile_scenario
from alliance_trainer.core.errors import DamagedDataError
from alliance_trainer.core.history import AttemptRow
from alliance_trainer.core.keyless import KeylessScenario
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.played_rows import bare_row, row_of
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import score_course
from alliance_trainer.journal.events import Header
from alliance_trainer.journal.interchange import to_attempt
from alliance_trainer.journal.own_words import felt_of
from alliance_trainer.journal.scan import Clean, TornTail
from alliance_trainer.journal.store import Store, data_folder


class AttemptRows:
    """Draws rows; each scenario is read and compiled once. Of an assessment nothing is scored before it has ended."""

    def __init__(self, settings: Settings) -> None:
        self._store = Store(folder=data_folder(settings.data_dir))
        self._libraries = settings.libraries
        self._scenarios: dict[str, tuple[Scenario, Automaton | None]] = {}

    def row(self, attempt: str) -> AttemptRow:
        """The row of an attempt.

        Raises a TrainerError or ValueError if its records are damaged, its scenario is missing, or they do not fit.
        """
        entry = self._store.entry(attempt)
        if not isinstance(entry.scanned, Clean | TornTail) or entry.header is None:
            raise DamagedDataError(f"{entry.path} cannot be read.")
        records = entry.readable
        told = to_attempt(records)
        scenario, automaton = self._scenario(entry.header)
        if automaton is None or told.withheld:
            return bare_row(told, scenario)
        course = replay(scenario, told.steps, told.status)
        return row_of(told, course, score_course(automaton, course, told.status), felt_of(records))

    def _scenario(self, header: Header) -> tuple[Scenario, Automaton | None]:
        """The scenario, and what scores it; that is None for one of a pack, which has no key."""
        known = self._scenarios.get(header.scenario.sha256)
        if known is None:
            scenario = played_scenario(self._store, header, self._libraries)
            automaton = None if isinstance(scenario, KeylessScenario) else compile_scenario(scenario)
            known = self._scenarios[header.scenario.sha256] = scenario, automaton
        return known

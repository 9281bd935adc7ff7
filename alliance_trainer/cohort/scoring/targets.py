"""The scenario that attempts are scored against: found once, compiled once, and how an attempt goes through it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from alliance_trainer.cohort.scoring import scored as figures
from alliance_trainer.cohort.scoring.curve import Curve
from alliance_trainer.cohort.scoring.kinds import Kinds
from alliance_trainer.cohort.scoring.routes import Routes
from alliance_trainer.cohort.scoring.scored import Scored, VersionNote
from alliance_trainer.cohort.scoring.tables import Table, Walk
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.course import Course
from alliance_trainer.core.identity import Identity, identify
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import score_course

Resolve = Callable[[str, str | None, Path], Automaton | str]
"""The scenario to score an attempt against, by its id, its content's SHA-256 (None where the attempt does not
say) and the file that the attempt lies in; or why there is none, as the end of a sentence."""

_MOST_FOUND = 2_000
_MOST_COMPILED = 50

Way = Walk | Course


@dataclass(eq=False, kw_only=True)
class Target:
    """One version of a scenario; `table` is None where only the reference scorer can be used."""

    automaton: Automaton
    identity: Identity
    table: Table | None

    @cached_property
    def kinds(self) -> Kinds:
        """The kinds of its scored answers."""
        return Kinds(self.automaton)

    @cached_property
    def routes(self) -> Routes | None:
        """Its moves as arrays; None where not all of them are known."""
        return Routes(self.automaton, self.kinds) if self.automaton.complete else None

    @cached_property
    def curve(self) -> Curve | None:
        """The curve of the alliance along its ways."""
        return Curve(self.table) if self.table else None

    def follow(self, attempt: Attempt) -> Way:
        """The attempt's way. Raises IllegalStepError where it is not legal (see core.replay)."""
        table = self.table
        walk = table.walk(attempt.steps) if table else None
        if table is None or walk is None or (walk.place < table.first_ending and attempt.status == "complete"):
            return replay(self.automaton.scenario, attempt.steps, attempt.status)
        return walk

    def figures(self, attempt: Attempt, way: Way) -> Scored:
        """The figures of an attempt."""
        version = self.version(attempt)
        if isinstance(way, Walk):
            assert self.table, "a walk goes through a table"
            assert self.curve
            return figures.from_walk(attempt, version, self.table, self.curve, way)
        return figures.from_card(attempt, version, score_course(self.automaton, way, attempt.status))

    def kinds_of(self, way: Way) -> list[int]:
        """The kinds of the scored answers of a way."""
        kinds = self.kinds
        if isinstance(way, Course):
            return [
                kinds.number(kinds.pair(one.turn_id, one.offered), one.turn_id, one.response_id, one.notice)
                for one in way.scored
            ]
        assert self.table, "a walk goes through a table"
        edges = [self.table.edges[edge] for edge in way.scored]
        offers = [self.automaton.situations[edge.answer.place].moves for edge in edges]
        return [
            kinds.number(kinds.pair(edge.answer.turn, offer), edge.answer.turn, edge.answer.response, edge.notice)
            for edge, offer in zip(edges, offers, strict=True)
        ]

    def version(self, attempt: Attempt) -> VersionNote:
        """Whether the attempt was played in this very version, as far as it says."""
        here = self.identity
        if attempt.scenario_sha256 == here.sha256:
            return "same"
        parts: tuple[tuple[str | None, str, VersionNote], ...] = (
            (attempt.scenario_graph, here.graph, "re-routed"),
            (attempt.scenario_key, here.key, "re-keyed"),
            (attempt.scenario_text, here.text, "text"),
        )
        return _note(attempt, parts)


def _note(attempt: Attempt, parts: tuple[tuple[str | None, str, VersionNote], ...]) -> VersionNote:
    told = [part for part, _, _ in parts]
    if None not in told:
        note: VersionNote = next((note for part, own, note in parts if part != own), "same")
        return "other" if note == "same" and attempt.scenario_sha256 else note
    return "unstated" if attempt.scenario_sha256 is None and told == [None] * 3 else "other"


class Targets:
    """All targets so far. Few are kept at a time, so that hostile files cannot fill the memory with them."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._compiled: dict[str, Target] = {}
        self._found: dict[tuple[str, str, str | None], Target | str] = {}

    def find(self, scenario: str, sha256: str | None, file: Path) -> Target | str:
        """The target of an attempt in a file, or why there is none. It is the same for all files of a folder."""
        key = (str(file.parent), scenario, sha256)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            automaton = self._resolve(scenario, sha256, file)
            found = automaton if isinstance(automaton, str) else self._compile(automaton)
            self._found[key] = found
        return found

    def _compile(self, automaton: Automaton) -> Target:
        identity = identify(automaton.scenario)
        if identity.sha256 not in self._compiled:
            if len(self._compiled) >= _MOST_COMPILED:
                del self._compiled[next(iter(self._compiled))]
            table = Table(automaton) if Table.fits(automaton) else None
            self._compiled[identity.sha256] = Target(automaton=automaton, identity=identity, table=table)
        return self._compiled[identity.sha256]

"""The scenario that attempts are scored against: found once, compiled once, and what was done with it so far."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from alliance_trainer.cohort import scored as figures
from alliance_trainer.cohort.curve import Curve
from alliance_trainer.cohort.packing import BREACH_MASK, TRACE_BITS
from alliance_trainer.cohort.scored import Scored, VersionNote
from alliance_trainer.cohort.sums import Sums
from alliance_trainer.cohort.tables import Table, Walk
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.course import Course
from alliance_trainer.core.identity import identify
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import score_course

Resolve = Callable[[str, str | None, Path], Automaton | str]
"""The scenario to score an attempt against, by its id, its content's SHA-256 (None where the attempt does not
say) and the file that the attempt lies in; or why there is none, as the end of a sentence."""

_FLUSH = 64
_MOST_TARGETS = 2_000
_MOST_TABLES = 50

Way = Walk | Course
_Key = tuple[str, str, str | None]  # the folder, the scenario's id and hash


@dataclass(eq=False, kw_only=True, slots=True)
class Compiled:
    """One version of a scenario; `table` is None where only the reference scorer can be used."""

    automaton: Automaton
    sha256: str
    table: Table | None
    curve: Curve | None


@dataclass(eq=False, kw_only=True, slots=True)
class Target:
    """A scenario's version as some attempts name it, and the sums over them that are not added up yet.

    `recognise` gives the way of steps that are all known by their text, else None (see `Table.recognise`).
    """

    compiled: Compiled
    table: Table | None
    recognise: Callable[[bytes], Walk | None]
    first_ending: int
    version: VersionNote
    sums: Sums
    trainees: dict[str, int]
    edges: Counter[int] = field(default_factory=Counter)
    ways: list[Walk] = field(default_factory=list)
    endings: Counter[int] = field(default_factory=Counter)

    def follow(self, attempt: Attempt) -> Way:
        """The attempt's way. Raises IllegalStepError where it is not legal (see core.replay)."""
        table = self.table
        walk = table.walk(attempt.steps) if table else None
        if walk is None or (walk.place < self.first_ending and attempt.status == "complete"):
            return replay(self.compiled.automaton.scenario, attempt.steps, attempt.status)
        return walk

    def figures(self, attempt: Attempt, way: Way) -> Scored:
        """The figures of an attempt."""
        table, curve = self.table, self.compiled.curve
        if isinstance(way, Walk) and table and curve:
            return figures.from_walk(attempt, self.version, table, curve, way)
        assert isinstance(way, Course)
        return figures.from_card(attempt, self.version, score_course(self.compiled.automaton, way))

    def add(self, trainee: str, way: Way) -> None:
        """Add an attempt to the sums; only complete ones count for more than their number."""
        if isinstance(way, Course):
            self._add_course(trainee, way)
        elif way.place < self.first_ending or way.rewound:
            ending = self.compiled.automaton.ending_at(way.place)
            self.sums.attempts[figures.status_of(ending, way.rewound), self.version] += 1
        else:
            sums, trainees = way.sums, self.trainees
            trainees[trainee] = trainees.get(trainee, 0) + (sums >> TRACE_BITS)
            if sums & BREACH_MASK:
                self.sums.review += 1
            self.ways.append(way)
            if len(self.ways) >= _FLUSH:
                self._count()

    def _add_course(self, trainee: str, played: Course) -> None:
        card = score_course(self.compiled.automaton, played)
        self.sums.attempts[card.status, self.version] += 1
        if card.status == "complete":
            self.sums.add_card(self.compiled.automaton.scenario, trainee, card, played.scored)

    def _count(self) -> None:
        self.edges.update(chain.from_iterable([way.scored for way in self.ways]))
        self.endings.update([way.place for way in self.ways])
        self.ways = []

    def settle(self) -> None:
        """Add up what was only counted so far."""
        self._count()
        table = self.table
        if table is None:
            return
        self.sums.add_edges(table, self.edges)
        for place, count in self.endings.items():
            ending = table.automaton.ending_at(place)
            assert ending is not None, "only complete attempts are counted by where they ended"
            self.sums.attempts["complete", self.version] += count
            self.sums.endings[table.scenario.id, ending] += count
        self.edges, self.endings = Counter(), Counter()


def _unknown(_: bytes) -> None:
    """Without a table no step is known by its text."""


class Targets:
    """All targets so far. Few are kept at a time, so that hostile files cannot fill the memory with them."""

    def __init__(self, resolve: Resolve, sums: Sums) -> None:
        self._resolve = resolve
        self._sums = sums
        self._compiled: dict[str, Compiled] = {}
        self._found: dict[_Key, Target | None] = {}
        self._missing: dict[_Key, str] = {}

    def find(self, attempt: Attempt, file: Path) -> Target | None:
        """The target of an attempt in a file; None if there is none. It is the same for all files of a folder."""
        key = (str(file.parent), attempt.scenario, attempt.scenario_sha256)
        try:
            return self._found[key]
        except KeyError:
            if len(self._found) >= _MOST_TARGETS:
                self.settle()
                self._found.clear()
                self._missing.clear()
        found = self._found[key] = self._find(key, file)
        return found

    def why_not(self, attempt: Attempt, file: Path) -> str:
        """Why `find` found none just now, as the end of a sentence."""
        return self._missing[str(file.parent), attempt.scenario, attempt.scenario_sha256]

    def _find(self, key: _Key, file: Path) -> Target | None:
        _, scenario, sha256 = key
        automaton = self._resolve(scenario, sha256, file)
        if isinstance(automaton, str):
            self._missing[key] = automaton
            return None
        compiled = self._compile(automaton)
        version: VersionNote = "unstated"
        if sha256 is not None:
            version = "same" if sha256 == compiled.sha256 else "other"
        return Target(
            compiled=compiled,
            table=compiled.table,
            recognise=compiled.table.recognise if compiled.table else _unknown,
            first_ending=len(automaton.situations),
            version=version,
            sums=self._sums,
            trainees=self._sums.trainees,
        )

    def _compile(self, automaton: Automaton) -> Compiled:
        sha256 = identify(automaton.scenario).sha256
        if sha256 not in self._compiled:
            if len(self._compiled) >= _MOST_TABLES:
                del self._compiled[next(iter(self._compiled))]
            table = Table(automaton) if Table.fits(automaton) else None
            curve = Curve(table) if table else None
            self._compiled[sha256] = Compiled(automaton=automaton, sha256=sha256, table=table, curve=curve)
        return self._compiled[sha256]

    def settle(self) -> None:
        """Add up what was only counted so far; to be called at the end."""
        for target in self._found.values():
            if target is not None:
                target.settle()

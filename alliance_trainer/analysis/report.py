"""Everything that `analyze` says of a scenario, put together: proofs, ways, scores, turning points, the key."""

from collections.abc import Mapping
from functools import cached_property

import msgspec

from alliance_trainer.analysis import extremes
from alliance_trainer.analysis.cue_policies import policy_named
from alliance_trainer.analysis.extremes import JointWay, SkillRange
from alliance_trainer.analysis.key import Key, key_of
from alliance_trainer.analysis.march import Results, results
from alliance_trainer.analysis.proofs import Kind, Proofs, Way, prove
from alliance_trainer.analysis.sampling import Sample, sample
from alliance_trainer.analysis.ways import Ways, ways
from alliance_trainer.analysis.wording import CUES
from alliance_trainer.core.automaton import UNKNOWN
from alliance_trainer.core.expectations import covered
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.skills import Rated


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether something can happen, and how that is known; with a shortest way that shows it, where there is one.

    `plays`: where it was not observed, in how many random plays.
    """

    id: str
    holds: bool
    kind: Kind
    way: Way | None = None
    plays: int | None = None


class TurningResponse(msgspec.Struct, frozen=True, kw_only=True):
    """A response after which a better ending is out of reach: by how much at the most (1 to 4), and if always."""

    turn: str
    response: str
    lost: int
    always: bool


class Analysis(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The analysis of one scenario, each part worked out when it is asked for."""

    scenario: Scenario
    proofs: Proofs
    key: Key

    @property
    def complete(self) -> bool:
        """Whether all situations are known, so that everything here is exact."""
        return self.proofs.complete and self.key.moves is not None

    @cached_property
    def sample(self) -> Sample | None:
        """Random plays, where the proofs are not complete."""
        return None if self.proofs.complete else sample(self.scenario)

    @cached_property
    def ways(self) -> Ways:
        """How many ways there are, and how long; nothing where not all situations are known."""
        if not self.proofs.complete:
            return Ways(paths=None, shortest=None, longest=None)
        return ways(self.proofs.automaton)

    @cached_property
    def turns(self) -> tuple[Verdict, ...]:
        """For each turn whether a play can come to it."""
        first = {turn: places[0] for turn, places in self.proofs.automaton.at_turn.items()}
        seen = self.sample.turns if self.sample else frozenset[str]()
        return tuple(
            self._verdict(turn, turn in first, turn in seen, self._way(first.get(turn))) for turn in self.scenario.turns
        )

    @cached_property
    def responses(self) -> tuple[Verdict, ...]:
        """For each response (turn.response) whether it is on offer in some play."""
        seen = self.sample.responses if self.sample else frozenset[tuple[str, str]]()
        return tuple(
            self._verdict(f"{turn}.{name}", (turn, name) in self.proofs.offered, (turn, name) in seen, None)
            for turn, of in self.scenario.turns.items()
            for name in of.responses
        )

    @cached_property
    def endings(self) -> tuple[Verdict, ...]:
        """For each ending whether a play can come to it."""
        seen = {name for name, count in self.sample.endings.items() if count} if self.sample else set[str]()
        ways_there = self._ways_to_endings()
        return tuple(
            self._verdict(name, name in ways_there, name in seen, ways_there.get(name))
            for name in self.scenario.endings
        )

    def _verdict(self, name: str, found: bool, sampled: bool, way: Way | None) -> Verdict:
        if found or sampled:
            return Verdict(id=name, holds=True, kind="witnessed", way=way)
        if self.proofs.complete:
            return Verdict(id=name, holds=False, kind="proved")
        assert self.sample is not None
        return Verdict(id=name, holds=False, kind="not observed", plays=self.sample.plays)

    def _way(self, place: int | None) -> Way | None:
        return None if place is None else self.proofs.automaton.way_to(place)

    def _ways_to_endings(self) -> dict[str, Way]:
        """A shortest way to each ending that is found, its last answer included."""
        automaton = self.proofs.automaton
        found: dict[str, Way] = {}
        for place, one in enumerate(automaton.situations):
            for name, to in one.moves.items():
                ending = automaton.ending_at(to) if to != UNKNOWN else None
                if ending is not None and ending not in found:
                    found[ending] = (*automaton.way_to(place), (one.turn, name))
        return found

    @cached_property
    def ranges(self) -> Mapping[Rated, SkillRange]:
        """For each skill the fewest and the most moments and the most points; empty where they are not known."""
        return (extremes.ranges(self.key.moves) if self.key.moves else None) or {}

    @cached_property
    def joint_best(self) -> JointWay | None:
        """The way with the most points over the four skills together."""
        return extremes.joint_best(self.key.moves) if self.key.moves else None

    @cached_property
    def joint_least(self) -> JointWay | None:
        """The way with the fewest points over the four skills together."""
        return extremes.joint_least(self.key.moves) if self.key.moves else None

    @cached_property
    def random(self) -> Results | None:
        """What random play comes to, exactly; None where not all situations are known."""
        return self.key.policies.get("random")

    @cached_property
    def best_outcome(self) -> int | None:
        """What the best ending that can be reached is worth, 0 to 4; None if none can, or it is not known."""
        return self.proofs.automaton.outlook[0] if self.proofs.complete else None

    @cached_property
    def turning_points(self) -> tuple[TurningResponse, ...]:
        """The responses after which a better ending is out of reach, in the order of the file."""
        if not self.proofs.complete:
            return ()
        lost: dict[tuple[str, str], list[int]] = {}
        outlook = self.proofs.automaton.outlook
        for place, one in enumerate(self.proofs.automaton.situations):
            for name, to in one.moves.items():
                lost.setdefault((one.turn, name), []).append((outlook[place] or 0) - (outlook[to] or 0))
        return tuple(
            TurningResponse(turn=turn, response=name, lost=max(lost[turn, name]), always=min(lost[turn, name]) > 0)
            for turn, of in self.scenario.turns.items()
            for name in of.responses
            if max(lost.get((turn, name), [0])) > 0
        )

    @cached_property
    def cue_results(self) -> Mapping[str, Results]:
        """What following each cue comes to; empty where not all situations are known."""
        moves = self.key.moves
        return {} if moves is None else {cue: results(moves, policy_named(cue)(moves)) for cue in CUES}

    @cached_property
    def tested(self) -> tuple[int, int]:
        """How many responses the tests in the file give, and how many there are."""
        everything = sum(len(turn.responses) for turn in self.scenario.turns.values())
        return len(covered(self.scenario)), everything


def analyse(scenario: Scenario) -> Analysis:
    """The analysis of a scenario without errors."""
    proofs = prove(scenario)
    return Analysis(scenario=scenario, proofs=proofs, key=key_of(scenario, proofs.automaton))

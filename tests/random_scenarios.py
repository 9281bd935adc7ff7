"""Random scenarios and random plays of them, quick to build: strategies draw a shape and a seed.

Hypothesis shrinks the shape (fewer turns, no conditions, no loops ...); the seed fills it.
"""

import random
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from alliance_trainer.core import engine
from alliance_trainer.core.attempt import Step
from alliance_trainer.core.conditions import And, Chose, Compare, Condition, Not, Or, Visited
from alliance_trainer.core.model import ALLIANCE_BOUNDS, Scenario
from alliance_trainer.core.vocabulary.markers import MARKERS, RUPTURE_TYPES
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_VALUES
from alliance_trainer.core.vocabulary.skills import FURTHER_TASKS, SKILLS

SIGNS = ("<", "<=", "==", "!=", ">=", ">")
LONGEST_PLAY = 25


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a random scenario may have."""

    turns: int = 4
    responses: int = 4
    conditions: bool = True
    loops: bool = True
    effects: bool = True
    weights: bool = True
    further: bool = True
    quiet: bool = True


@dataclass(frozen=True, kw_only=True)
class Play:
    """The steps of one random play, with the status that is true of it, and where it came to stand."""

    steps: tuple[Step, ...]
    status: str
    state: engine.State


def shapes() -> st.SearchStrategy[Shape]:
    yes = st.booleans()
    return st.builds(
        Shape,
        turns=st.integers(1, 6),
        responses=st.integers(1, 6),
        conditions=yes,
        loops=yes,
        effects=yes,
        weights=yes,
        further=yes,
        quiet=yes,
    )


seeds = st.integers(0, 2**32 - 1)


def scenarios() -> st.SearchStrategy[Scenario]:
    return st.builds(make_scenario, shapes(), seeds)


@st.composite
def played(draw: st.DrawFn, rewinds: bool = True, unfinished: bool = True) -> tuple[Scenario, Play]:
    scenario = draw(scenarios())
    return scenario, make_play(scenario, draw(seeds), rewinds=rewinds, unfinished=unfinished)


def make_scenario(shape: Shape, seed: int) -> Scenario:
    return Scenario.model_validate(_Maker(shape, random.Random(seed)).scenario())


def random_shape(rng: random.Random) -> Shape:
    """A shape without Hypothesis, for bulk comparisons."""
    flags = {name: rng.random() < 0.7 for name in ("conditions", "loops", "effects", "weights", "further", "quiet")}
    return Shape(turns=rng.randint(1, 6), responses=rng.randint(1, 6), **flags)


class _Maker:
    """Builds the mapping of one scenario from a shape and a stream of random numbers."""

    def __init__(self, shape: Shape, rng: random.Random) -> None:
        self.shape, self.rng = shape, rng
        self.turns = [f"t{number}" for number in range(shape.turns)]
        self.endings = [f"e{number}" for number in range(rng.randint(1, 4))]
        self.offers = {turn: [f"r{n}" for n in range(rng.randint(1, shape.responses))] for turn in self.turns}
        self.own = [f"v{number}" for number in range(rng.randint(0, 2))] if shape.effects else []

    def scenario(self) -> dict[str, Any]:
        rng = self.rng
        return {
            "format": 1,
            "id": "random",
            "title": "Random",
            "summary": "Made by chance.",
            "patient": {"name": "P", "age": 40},
            "briefing": "None.",
            "start": rng.choice(self.turns) if self.shape.loops else self.turns[0],
            "alliance": {
                "bond": rng.choice((0, 45, 60, 100)),
                "task": rng.randint(0, 100),
                "tension": rng.randint(0, 5),
                "trust": rng.randint(0, 5),
            },
            "variables": {name: {"start": rng.randint(-1, 2), "min": -1, "max": 2} for name in self.own},
            "turns": {turn: self._turn(turn) for turn in self.turns},
            "endings": {
                ending: {"outcome": rng.choice(list(OUTCOME_VALUES)), "debrief": "..."} for ending in self.endings
            },
        }

    def _turn(self, turn: str) -> dict[str, Any]:
        rng, shape = self.rng, self.shape
        called = [skill for skill in SKILLS if rng.random() < 0.6]
        called += [task for task in FURTHER_TASKS if shape.further and rng.random() < 0.3]
        return {
            "patient": "...",
            "markers": self._markers(),
            "notice": not (shape.quiet and rng.random() < 0.3),
            "weight": rng.choice((1, 1, 2, 3, 10)) if shape.weights else 1,
            "responses": {name: self._response(turn, called) for name in self.offers[turn]},
        }

    def _markers(self) -> list[str]:
        kind = self.rng.choice(RUPTURE_TYPES)
        wanted = {"withdrawal", "confrontation"} if kind == "mixed" else {kind}
        return [
            self.rng.choice([name for name, marker in MARKERS.items() if marker.type == of])
            for of in sorted(wanted - {"none"})
        ]

    def _response(self, turn: str, called: list[str]) -> dict[str, Any]:
        rng, shape = self.rng, self.shape
        made: dict[str, Any] = {
            "says": "...",
            "why": "...",
            "to": self._routes(turn),
            "rates": {skill: rng.randint(-2, 2) for skill in called if rng.random() < 0.8},
            "harm": rng.choice((0, 0, 0, 0, 1, 2)),
        }
        if shape.conditions and rng.random() < 0.25:
            made["when"] = self._condition(2)
        if shape.effects and rng.random() < 0.5:
            made["effects"] = {
                name: rng.choice((-100, -2, -1, 1, 3, 100)) for name in self._variables() if rng.random() < 0.4
            }
        return made

    def _routes(self, turn: str) -> list[dict[str, Any]]:
        later = self.turns if self.shape.loops else self.turns[self.turns.index(turn) + 1 :]
        places = [*later, *later, *later, *self.endings]  # mostly on to a turn, so that plays are not all short
        routes: list[dict[str, Any]] = []
        while self.shape.conditions and len(routes) < 2 and self.rng.random() < 0.4:
            routes.append({"when": self._condition(2), "to": self.rng.choice(places)})
        return [*routes, {"to": self.rng.choice(places)}]

    def _variables(self) -> list[str]:
        return [*ALLIANCE_BOUNDS, *self.own]

    def _condition(self, depth: int) -> Condition:
        rng = self.rng
        kind = rng.choice(("atom", "atom", "not", "and", "or")) if depth else "atom"
        if kind == "not":
            return Not(of=self._condition(depth - 1))
        if kind == "atom":
            return self._atom()
        parts = tuple(self._condition(depth - 1) for _ in range(rng.randint(2, 3)))
        return And(parts=parts) if kind == "and" else Or(parts=parts)

    def _atom(self) -> Condition:
        rng = self.rng
        turn = rng.choice(self.turns)
        match rng.choice(("variable", "variable", "chose", "visited")):
            case "chose":
                return Chose(turn=turn, response=rng.choice(self.offers[turn]))
            case "visited":
                return Visited(turn=turn)
            case _:
                name = rng.choice(self._variables())
                number = rng.choice((0, 45, 60, 63)) if name in ("bond", "task", "goal") else rng.randint(-1, 5)
                return Compare(variable=name, sign=rng.choice(SIGNS), number=number)


ANSWERS = (None, *RUPTURE_TYPES)


def make_play(scenario: Scenario, seed: int, rewinds: bool = True, unfinished: bool = True) -> Play:
    """One random play. It is unfinished where no response is on offer, or when it gets long."""
    rng = random.Random(seed)
    state, steps = engine.begin(scenario), []
    leaves = rng.randint(0, 6) if unfinished and rng.random() < 0.2 else LONGEST_PLAY
    rewinding = rewinds and rng.random() < 0.3
    while len(steps) < leaves:
        met = [earlier.place for earlier in state.history() if not earlier.ended]
        if rewinding and rng.random() < 0.2:
            steps.append(Step(rewind=rng.choice(met)))
            state = engine.rewind(state, steps[-1].rewind)
        offered = list(engine.offered(scenario, state))
        if not offered:
            break
        steps.append(Step(turn=state.place, notice=rng.choice(ANSWERS), response=rng.choice(offered)))
        state, _ = engine.respond(scenario, state, steps[-1].response)
    status = "complete" if state.ended else rng.choice(("unfinished", "abandoned"))
    return Play(steps=tuple(steps), status=status, state=state)


NAMES = ("trust", "bond", "tension", "v-1", "apologies", "notable", "order", "android")


def condition_trees() -> st.SearchStrategy[Condition]:
    """Conditions of any form that the language can write: of at most so many atoms, filled from a seed."""
    return st.builds(lambda atoms, seed: _tree(random.Random(seed), atoms, 6), st.integers(1, 12), seeds)


def _tree(rng: random.Random, atoms: int, depth: int) -> Condition:
    if depth and rng.random() < 0.25:
        return Not(of=_tree(rng, atoms, depth - 1))
    if depth == 0 or atoms == 1:
        return _any_atom(rng)
    cuts = sorted(rng.sample(range(1, atoms), rng.randint(1, min(2, atoms - 1))))
    sizes = [end - begin for begin, end in zip([0, *cuts], [*cuts, atoms], strict=True)]
    parts = tuple([_tree(rng, size, depth - 1) for size in sizes])
    return And(parts=parts) if rng.random() < 0.5 else Or(parts=parts)


def _any_atom(rng: random.Random) -> Condition:
    name = rng.choice(NAMES)
    match rng.choice(("variable", "chose", "visited")):
        case "chose":
            return Chose(turn=name, response=rng.choice(NAMES))
        case "visited":
            return Visited(turn=name)
        case _:
            most = rng.choice((3, 999_999))
            return Compare(variable=name, sign=rng.choice(SIGNS), number=rng.randint(-most, most))


def raw(scenario: Scenario) -> dict[str, Any]:
    """The scenario as the mapping an author writes, without what is left at its default."""
    return scenario.model_dump(mode="json", exclude_defaults=True)


def rebuilt(scenario: Scenario, **changes: Any) -> Scenario:
    """The scenario validated anew, with some top-level fields changed."""
    return Scenario.model_validate(raw(scenario) | changes)

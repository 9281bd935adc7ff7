"""Cohorts made in memory for the tests of studies: plays of scenarios as Moments and Scored, by the reference scorer."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from alliance_trainer.cohort.result import CohortFigures, CohortResult
from alliance_trainer.cohort.scoring.scored import NoticedFigures, Scored, from_card
from alliance_trainer.cohort.study.moments import NOT_ANSWERED, NOT_ASKED, Moments, TurnRef
from alliance_trainer.cohort.study.wording import words_of
from alliance_trainer.core import engine
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.core.automaton import Automaton, compile_scenario
from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.replay import replay
from alliance_trainer.core.scoring import score_course
from alliance_trainer.core.tally import Tally, moment
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS

NOTHING = Tally()
NOTHING_NOTICED = NoticedFigures(0, 0, 0, 0, 0, 0, None, ((0,) * 4,) * 4, 0, 0)

Chooser = Callable[[random.Random, Scenario, str, list[str]], str]


@dataclass(frozen=True, kw_only=True)
class Made:
    """A cohort as the study takes it."""

    moments: Moments
    scored: tuple[Scored, ...]
    scenarios: Mapping[str, Scenario]
    result: CohortResult


def able(ability: float) -> Chooser:
    """Who chooses the response with the most points with this probability, else any."""

    def choose(rng: random.Random, scenario: Scenario, turn: str, offered: list[str]) -> str:
        rates = {name: sum(scenario.turns[turn].responses[name].rates.values()) for name in offered}
        return max(offered, key=lambda name: rates[name]) if rng.random() < ability else rng.choice(offered)

    return choose


def play(scenario: Scenario, chooser: Chooser, rng: random.Random, sees: float) -> tuple[Step, ...] | None:
    """A play to the end; None where it does not end soon."""
    state, steps = engine.begin(scenario), []
    while not state.ended and len(steps) < 40:
        turn, offered = state.place, list(engine.offered(scenario, state))
        if not offered:
            return None
        gold = scenario.turns[turn].rupture
        notice = gold if rng.random() < sees else rng.choice((*RUPTURE_TYPES, None))
        steps.append(Step(turn=turn, notice=notice, response=chooser(rng, scenario, turn, offered)))
        state, _ = engine.respond(scenario, state, steps[-1].response)
    return tuple(steps) if state.ended else None


def cohort(scenarios: Sequence[Scenario], trainees: int, seed: int = 1, **changes: Any) -> Made:
    """So many trainees of mixed ability, each once at each scenario that has an end in sight."""
    rng, plays = random.Random(seed), []
    for number in range(trainees):
        ability = rng.random()
        for scenario in scenarios:
            steps = play(scenario, able(ability), rng, ability)
            if steps is not None:
                plays.append((f"wren-{number:03d}", scenario, steps))
    return made(plays, **changes)


def opened(trainees: int, few: int) -> Made:
    """Two turns: the best response of the second is on offer to those `few` who gave the best at the first.

    Half of these choose it, the others `good`; half of the rest choose `good`, and half `bad`.
    """
    rates = {"waits": 2, "good": 1, "bad": -2}
    two = {
        name: {"says": f"{name} words", "why": "...", "to": "done", "rates": {"metacommunication": rate}}
        for name, rate in rates.items()
    }
    two["waits"] |= {"when": "chose(one.good)"}
    one = {
        name: {"says": f"{name} words", "why": "...", "to": "two", "rates": {"metacommunication": rates[name]}}
        for name in ("good", "bad")
    }
    scenario = Scenario.model_validate(
        {
            "format": 1,
            "id": "opened",
            "title": "Opened",
            "summary": "...",
            "patient": {"name": "P", "age": 40},
            "briefing": "...",
            "start": "one",
            "turns": {
                "one": {"patient": ["I see."], "markers": ["wd-denial"], "responses": one},
                "two": {"patient": ["Fine."], "markers": [], "responses": two},
            },
            "endings": {"done": {"outcome": "resolved", "debrief": "..."}},
        }
    )
    plays = []
    for number in range(trainees):
        first = "good" if number < few else "bad"
        second = ("waits", "good")[number % 2] if number < few else ("good", "bad")[number % 2]
        steps = [Step(turn=turn, notice="none", response=name) for turn, name in (("one", first), ("two", second))]
        plays.append((f"wren-{number:03d}", scenario, tuple(steps)))
    return made(plays)


def made(
    plays: Sequence[tuple[str, Scenario, tuple[Step, ...]]],
    confidence: Callable[[int], int] | None = None,
    statuses: Mapping[str, int] | None = None,
) -> Made:
    """Plays as a cohort; `confidence` by row; `statuses` as if so many attempts had been scored."""
    automata: dict[str, Automaton] = {}
    courses: list[tuple[str, Scenario, Course]] = []
    scored = []
    for trainee, scenario, steps in sorted(plays, key=lambda one: (one[0], one[1].id)):
        if scenario.id not in automata:
            automata[scenario.id] = compile_scenario(scenario)
        automaton = automata[scenario.id]
        course = replay(scenario, steps)
        courses.append((trainee, scenario, course))
        attempt = Attempt(attempt=f"{trainee}-{scenario.id}", trainee=trainee, scenario=scenario.id, steps=())
        scored.append(from_card(attempt, "same", score_course(automaton, course)))
    scenarios = {scenario.id: scenario for _, scenario, _ in plays}
    return Made(
        moments=columns(courses, confidence),
        scored=tuple(scored),
        scenarios=scenarios,
        result=result(len(scored), statuses or {"complete": len(scored), "unfinished": 0, "assisted": 0}),
    )


def result(scored: int, statuses: Mapping[str, int]) -> CohortResult:
    """A result that counts these and nothing else: the study looks at no other figure of it."""
    counted = {"statuses": statuses, "noticed": NOTHING_NOTICED, "harm": (0, 0), "hardest": None}
    figures = CohortFigures(**{name: counted.get(name, 0) for name in CohortFigures.__struct_fields__})
    told = {"read": scored, "scored": scored, "rows": (), "not_scored": (), "refused": {}, "figures": figures}
    return CohortResult(**{name: told.get(name, 0) for name in CohortResult.__struct_fields__})


def columns(courses: Sequence[tuple[str, Scenario, Course]], confidence: Callable[[int], int] | None = None) -> Moments:
    """The scored answers as columns, one by one."""
    rows = [
        (trainee, scenario, at, one) for trainee, scenario, course in courses for at, one in enumerate(course.scored)
    ]
    trainees = tuple(sorted({trainee for trainee, *_ in rows}))
    met = {(scenario.id, list(scenario.turns).index(one.turn_id)): (scenario, one) for _, scenario, _, one in rows}
    seen = seen_by_turn(rows)
    turns = tuple(
        TurnRef(
            scenario=name,
            turn=one.turn_id,
            rupture=one.turn.rupture,
            order=order,
            responses=tuple(scenario.turns[one.turn_id].responses),
            seen=tuple(seen[name, one.turn_id]),
        )
        for (name, order), (scenario, one) in sorted(met.items(), key=lambda item: item[0])
    )
    places = {(turn.scenario, turn.turn): place for place, turn in enumerate(turns)}
    tallies = [
        [moment(one.offered, one.response_id, skill, one.turn.weight) or NOTHING for skill in RATED] for *_, one in rows
    ]

    def each(name: str) -> Any:
        return np.array([[getattr(tally, name) for tally in row] for row in tallies], dtype=np.int64).reshape(
            -1, len(RATED)
        )

    def whole(values: Sequence[int]) -> Any:
        return np.array(values, dtype=np.int64)

    return Moments(
        trainees=trainees,
        turns=turns,
        trainee=whole([trainees.index(trainee) for trainee, *_ in rows]),
        turn=whole([places[scenario.id, one.turn_id] for _, scenario, _, one in rows]),
        step=whole([at for *_, at, _ in rows]),
        response=whole(
            [list(scenario.turns[one.turn_id].responses).index(one.response_id) for _, scenario, _, one in rows]
        ),
        notice=whole([noticed(one) for *_, one in rows]),
        confidence=whole([confidence(place) if confidence else -1 for place in range(len(rows))]),
        ms=whole([-1] * len(rows)),
        points=each("points"),
        offered=each("offered"),
        chance=each("chance"),
        variance=each("variance"),
        best=np.array([is_best(row[: len(SKILLS)]) for row in tallies], dtype=np.bool_),
        harm=whole([one.response.harm for *_, one in rows]),
        seen=whole([seen[scenario.id, one.turn_id].index(words_of(one.beats)) for _, scenario, _, one in rows]),
        stronger=whole([-1 if one.best else list(one.turn.responses).index(one.strongest) for *_, one in rows]),
        on_offer=choices([one for *_, one in rows]),
    )


def choices(rows: Sequence[Exchange]) -> Any:
    """Which responses could be chosen at each row, as many columns as the turn with the most of them has."""
    told = [[name in one.offered for name in one.turn.responses] for one in rows]
    most = max(map(len, told), default=0)
    return np.array([[*row, *[False] * (most - len(row))] for row in told], dtype=np.bool_).reshape(len(rows), most)


def seen_by_turn(rows: Sequence[tuple[str, Scenario, int, Exchange]]) -> dict[tuple[str, str], list[str]]:
    """What was seen at each turn, what most met first."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for _, scenario, _, one in rows:
        found.setdefault((scenario.id, one.turn_id), Counter())[words_of(one.beats)] += 1
    return {key: sorted(counts, key=lambda text: (-counts[text], text)) for key, counts in found.items()}


def is_best(tallies: Sequence[Tally]) -> bool:
    offered = sum(tally.offered for tally in tallies)
    return offered > 0 and sum(tally.points for tally in tallies) == offered


def noticed(one: Exchange) -> int:
    if not one.turn.notice:
        return NOT_ASKED
    return NOT_ANSWERED if one.notice is None else RUPTURE_TYPES.index(one.notice)

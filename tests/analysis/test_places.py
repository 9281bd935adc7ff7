"""The places of a scenario: a play looks the same on them, and no two of them could be one."""

import random
from itertools import combinations

from hypothesis import assume, given, settings
from random_scenarios import scenarios, seeds
from shipped import scenario as shipped_scenario
from sizes import scaled

from alliance_trainer.analysis.places import Places, places_of
from alliance_trainer.core import engine
from alliance_trainer.core.model import Beat, Scenario

STEPS = 20
BUDGET = 2_000


def with_beats(scenario: Scenario, seed: int) -> Scenario:
    """The scenario with beats that are shown at some times only, here and there."""
    rng = random.Random(seed)
    data = scenario.model_dump(mode="json", exclude_defaults=True)
    whens = ["trust >= 3", "tension < 2", "bond >= 60", "visited(t0)"]

    def beats() -> list[dict[str, str]]:
        return [{"says": "..."}, {"shows": f"signs {rng.random()}", "when": rng.choice(whens)}]

    for place in [*data["turns"].values(), *data["endings"].values()]:
        if rng.random() < 0.5:
            place["patient"] = beats()
    for turn in data["turns"].values():
        for response in turn["responses"].values():
            if rng.random() < 0.3:
                response["reply"] = beats()
    return Scenario.model_validate(data)


def shown(beats: tuple[Beat, ...], numbers: tuple[int, ...]) -> list[Beat]:
    return [beats[number] for number in numbers]


def follow(scenario: Scenario, found: Places, rng: random.Random) -> None:
    """One random play on both: the same is shown, offered and come to."""
    state, at = engine.begin(scenario), 0
    for _ in range(STEPS):
        if state.ended:
            close = found.endings[at - len(found.places)]
            assert close.ending == state.place
            beats = scenario.endings[state.place].patient
            assert shown(beats, close.patient) == list(engine.visible(state, beats))
            return
        place, turn = found.places[at], scenario.turns[state.place]
        assert place.turn == state.place
        assert shown(turn.patient, place.patient) == list(engine.visible(state, turn.patient))
        assert list(place.on_offer) == list(engine.offered(scenario, state))
        if not place.on_offer:
            return
        name = rng.choice(list(place.on_offer))
        state, happened = engine.respond(scenario, state, name)
        assert shown(turn.responses[name].reply, place.on_offer[name].reply) == list(happened.reply)
        at = place.on_offer[name].to


@given(scenario=scenarios(), seed=seeds)
@settings(max_examples=scaled(40))
def test_a_play_looks_the_same_on_the_places(scenario: Scenario, seed: int) -> None:
    scenario = with_beats(scenario, seed)
    found = places_of(scenario, BUDGET)
    assume(found is not None)
    assert found is not None
    for play in range(5):
        follow(scenario, found, random.Random(seed + play))


def told_apart(found: Places) -> set[tuple[int, int]]:
    """The pairs of places that some play tells apart, marked one by one until no more are found."""
    places = found.places

    def differ_now(one: int, other: int) -> bool:
        mine, theirs = places[one], places[other]
        if (mine.turn, mine.patient, list(mine.on_offer)) != (theirs.turn, theirs.patient, list(theirs.on_offer)):
            return True
        return any(mine.on_offer[name].reply != theirs.on_offer[name].reply for name in mine.on_offer)

    pairs = set(combinations(range(len(places)), 2))
    marked = {pair for pair in pairs if differ_now(*pair)}

    def differ_later(one: int, other: int) -> bool:
        for name, way in places[one].on_offer.items():
            here, there = sorted((way.to, places[other].on_offer[name].to))
            if here != there and (there >= len(places) or (here, there) in marked):
                return True
        return False

    while new := {pair for pair in pairs - marked if differ_later(*pair)}:
        marked |= new
    return marked


@given(scenario=scenarios())
@settings(max_examples=scaled(40))
def test_no_two_places_could_be_one(scenario: Scenario) -> None:
    found = places_of(scenario, BUDGET)
    if found is not None and len(found.places) <= 40:
        assert len(told_apart(found)) == len(found.places) * (len(found.places) - 1) // 2


def test_a_variable_that_is_never_felt_makes_no_place() -> None:
    found = places_of(shipped_scenario("its-fine"))
    assert found is not None
    assert len({place.turn for place in found.places}) == 12
    assert len(found.places) < 200, "there are 538 situations"

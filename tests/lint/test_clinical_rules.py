"""The clinical rules against slow readings of the same definitions, on random scenarios; and where they draw the line."""

import random
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from fragments import MINIMAL, merged, reported
from naive_scorer import FOUR, WORTH, moves, negative, start
from random_scenarios import Shape, make_scenario, raw
from sizes import scaled

from alliance_trainer.analysis.dropped import dropped_withdrawals
from alliance_trainer.analysis.proofs import Proofs, prove
from alliance_trainer.core import engine
from alliance_trainer.core.model import Response, Scenario
from alliance_trainer.core.vocabulary.stages import STAGE_DEPTHS, STAGES, steps_between
from alliance_trainer.lint import clinical_rules, proof_rules, runner
from alliance_trainer.scenario_files.loader import load

DEPTH = {"W0": 0, "W1": 1, "W2": 2, "W3": 2, "W4": 3, "W5": 4, "C0": 0, "C1": 1, "C2": 2, "C3": 2, "C4": 3, "C5": 3}
DEPTH["C6"] = 4
ASIDE = ("W3", "C3", "C5")
MEETS = ("recognition", "metacommunication", "responsibility", "inquiry", "empathy", "shifts")
MOST_WORLDS = 250
BUDGET = 500
"""Small, so that budgets that are reached are among the cases of the ways that are shown."""


@pytest.mark.parametrize(
    ("folder", "listed"), [(clinical_rules, runner.CLINICAL_RULES), (proof_rules, runner.PROOF_RULES)]
)
def test_every_module_of_the_folder_is_in_the_list_by_its_code(folder: Any, listed: tuple[Any, ...]) -> None:
    modules = {import_module(f"{folder.__name__}.{module.name}") for module in iter_modules(folder.__path__)}
    assert modules == set(listed)
    assert [rule.CODE for rule in listed] == sorted({rule.CODE for rule in listed})


def test_the_depths_and_the_moves_that_are_judged() -> None:
    assert STAGE_DEPTHS == DEPTH
    for before in STAGES:
        for after in STAGES:
            judged = "none" not in (before, after) and before[0] == after[0] and after not in ASIDE
            assert steps_between(before, after) == (DEPTH[after] - DEPTH[before] if judged else None)


def staged(rng: random.Random) -> Scenario:
    """A random scenario whose turns have stages, mostly of one model, and in which much is good or bad."""
    model, unforgiving = rng.choice("WC"), rng.random() < 0.5
    turns, loops, effects = rng.randint(2, 6), rng.random() < 0.5, rng.random() < 0.3
    shape = Shape(turns=turns, responses=4, loops=loops, effects=effects)
    if unforgiving:
        shape = Shape(turns=6, responses=6, conditions=False)
    mapping = raw(make_scenario(shape, rng.getrandbits(32)))
    mapping["endings"] |= {
        "e0": {"outcome": "impasse", "debrief": "..."},
        "e1": {"outcome": "resolved", "debrief": "..."},
    }
    for turn in mapping["turns"].values():
        turn["stage"] = rng.choice([name for name in STAGES if name[0] == model] * 2 + list(STAGES))
        for response in turn["responses"].values():
            if rng.random() < 0.4:
                response |= {
                    "rates": {name: rng.randint(0, 2) for name in ("recognition", "nondefensiveness")},
                    "harm": 0,
                }
            if rng.random() < 0.1:
                response["stance"] = rng.choice(("away", "against"))
            if unforgiving and (response.get("harm") or min([0, *response.get("rates", {}).values()]) < 0):
                response["to"] = "e0"
    return Scenario.model_validate(mapping)


class Worlds:
    """Everything a play can come to, world by world: with the furthest stage of each model, and what was dropped."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.edges: list[tuple[Any, str, Any]] = []
        self.small = True
        first = (start(scenario), self.further({"W": -1, "C": -1}, scenario.start), "")
        seen, todo = {first}, [first]
        while todo and self.small:
            here = todo.pop()
            for name, world in moves(scenario, here[0]).items() if here[0][0] in scenario.turns else ():
                there = self.after(here, name, world)
                self.edges.append((here, name, there))
                if there not in seen:
                    seen.add(there)
                    todo.append(there)
            self.small = len(seen) <= MOST_WORLDS

    def further(self, so_far: Any, turn: str) -> tuple[tuple[str, int], ...]:
        furthest, stage = dict(so_far), self.scenario.turns[turn].stage
        if stage != "none":
            furthest[stage[0]] = max(furthest[stage[0]], DEPTH[stage])
        return tuple(sorted(furthest.items()))

    def after(self, here: Any, name: str, world: Any) -> Any:
        (turn, *_), furthest, open_at = here
        found = self.scenario.turns[turn]
        if any(found.responses[name].rates.get(skill, 0) > 0 for skill in MEETS):
            open_at = ""
        elif "wd-" in str([marker.id for marker in found.markers]) and any(r.rates for r in found.responses.values()):
            open_at = turn
        known = world[0] in self.scenario.turns
        return world, self.further(furthest, world[0]) if known else furthest, open_at

    def response(self, edge: Any) -> Response:
        return self.scenario.turns[edge[0][0][0]].responses[edge[1]]

    def worth(self, world: Any) -> int | None:
        ending = self.scenario.endings.get(world[0])
        return WORTH[ending.outcome] if ending else None

    def stages(self, edge: Any) -> tuple[str, str | None]:
        target = self.scenario.turns.get(edge[2][0][0])
        return self.scenario.turns[edge[0][0][0]].stage, target.stage if target else None

    def steps(self, edge: Any) -> int | None:
        before, after = self.stages(edge)
        if after is None or "none" in (before, after) or before[0] != after[0] or after in ASIDE:
            return None
        return DEPTH[after] - DEPTH[before]

    def best(self) -> dict[Any, int]:
        """For each world the best ending in reach, -1 for none."""
        best = {here[0]: -1 for here, _, _ in self.edges}
        best |= {there[0]: worth for _, _, there in self.edges if (worth := self.worth(there[0])) is not None}
        grown = True
        while grown:
            grown = False
            for here, _, there in self.edges:
                if best.get(there[0], -1) > best[here[0]]:
                    best[here[0]], grown = best[there[0]], True
        return best


def is_good(response: Response) -> bool:
    total = sum(response.rates.get(skill, 0) for skill in FOUR)
    return total > 1 and not [rate for rate in response.rates.values() if rate < 0] and response.harm == 0


def is_bad(response: Response) -> bool:
    return min([0, *response.rates.values()]) == -2 or response.harm != 0 or response.stance == "against"


def expected(worlds: Worlds) -> set[tuple[str, ...]]:
    """Code, turn, and for a response its id and where it leads, of all findings but AT104."""
    found = {(code, edge[0][0][0], edge[1], edge[2][0][0]) for edge in worlds.edges for code in too_far(worlds, edge)}
    ways: dict[tuple[str, str], list[int | None]] = {}
    for edge in worlds.edges:
        ways.setdefault((edge[0][0][0], edge[1]), []).append(worlds.steps(edge))
        if (worlds.worth(edge[2][0]) or 0) >= 3 and edge[2][2]:
            found.add(("AT105", edge[2][2]))
    for (turn, name), steps in ways.items():
        if is_good(worlds.scenario.turns[turn].responses[name]) and all(
            step is not None and step < 0 for step in steps
        ):
            found.add(("AT100", turn, name))
    return found | ({("AT103",)} if no_error_is_mended(worlds) else set())


def too_far(worlds: Worlds, edge: Any) -> set[str]:
    """The codes that say of a move that it goes too far forward."""
    response, steps, (before, after) = worlds.response(edge), worlds.steps(edge), worlds.stages(edge)
    if steps is None:
        return set()
    if is_bad(response):
        return {"AT101"} if steps > 0 else set()
    exceptional = is_good(response) and sum(rate == 2 for rate in response.rates.values()) > 1
    leap = DEPTH[after or ""] - dict(edge[0][1])[before[0]]
    return {"AT102"} if leap > 1 and not exceptional else set()


def no_error_is_mended(worlds: Worlds) -> bool:
    turns = {edge[0][0][0] for edge in worlds.edges}
    if len(turns) < 5 or all(worlds.scenario.turns[turn].rupture == "none" for turn in turns):
        return False
    best = worlds.best()
    after = [best.get(edge[2][0], -1) for edge in worlds.edges if negative(worlds.response(edge))]
    return bool(after) and max(after) < 3 <= max(best.values())


def found_by_the_rules(proofs: Proofs) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for finding in (one for rule in runner.CLINICAL_RULES for one in rule.check(proofs)):
        match finding.path:
            case ("turns", turn, "responses", name, "to", index, "to"):
                to = proofs.scenario.turns[turn].responses[name].to[int(index)].to
                found.add((finding.code, turn, name) + ((to,) if finding.code != "AT100" else ()))
            case ("turns", turn):
                found.add((finding.code, turn))
            case ("turns",):
                found.add((finding.code,))
    return found - {("AT104",)}


def test_the_rules_find_what_a_slow_reading_of_their_definitions_finds() -> None:
    rng, hits = random.Random(31), dict.fromkeys(("AT100", "AT101", "AT102", "AT103", "AT105", "nothing"), 0)
    for _ in range(scaled(500)):
        seed = rng.getrandbits(32)
        scenario = staged(random.Random(seed))
        worlds = Worlds(scenario)
        # Where nothing can be answered at a turn it is met all the same; the slow reading sees answers only.
        if not worlds.small:
            continue
        proofs = prove(scenario)
        if proofs.stuck:
            continue
        wanted = expected(worlds)
        assert found_by_the_rules(proofs) == wanted, seed
        for code in {one[0] for one in wanted} or {"nothing"}:
            hits[code] += 1
    assert min(hits.values()) >= scaled(500) // 250, hits


def test_a_dropped_withdrawal_is_shown_by_a_way_that_can_be_played() -> None:
    rng, seen = random.Random(77), 0
    for _ in range(scaled(200)):
        scenario = staged(rng)
        for dropped in dropped_withdrawals(prove(scenario, BUDGET).automaton):
            seen += 1
            state = engine.begin(scenario)
            for turn, name in dropped.way:
                assert state.place == turn
                state, _ = engine.respond(scenario, state, name)
            assert state.place == dropped.ending
            assert scenario.endings[dropped.ending].value >= 3
            last = max(index for index, (turn, _) in enumerate(dropped.way) if turn == dropped.turn)
            for turn, name in dropped.way[last:]:
                rates = scenario.turns[turn].responses[name].rates
                assert all(rates.get(skill, 0) <= 0 for skill in MEETS)
    assert seen > scaled(200) / 50


def test_where_the_budget_is_reached_only_what_was_witnessed_is_reported() -> None:
    rng, seen = random.Random(5), 0
    for _ in range(scaled(60)):
        scenario = staged(rng)
        part, whole = found_by_the_rules(prove(scenario, 4)), found_by_the_rules(prove(scenario, BUDGET))
        assert part <= whole or not prove(scenario, BUDGET).complete
        seen += 0 < len(part) < len(whole)
    assert seen >= scaled(60) // 30


def codes(fragment: str) -> list[str]:
    found = reported(merged(fragment, MINIMAL))
    assert {item.severity for item in found} <= {"warning"}, found
    return [item.code for item in found]


BACK = """\
start: arriving
turns:
  arriving:
    patient: I walked here.
    responses:
      hurry: {says: You are late., rates: {recognition: -1}, why: Hurries., effects: {trust: -1}, to: wall}
      ask: {says: Tell me., rates: {recognition: 1}, why: Nothing is wrong., effects: {trust: +1}, to: wall}
  wall:
    patient: You sit there like a wall.
    stage: C1
    markers: [cf-complaint-therapist]
    responses:
      hear:
        says: And you were left alone with it.
        rates: {nondefensiveness: 2}
        why: Takes it in.
        to: WAYS
      pass: {says: Well., rates: {nondefensiveness: 0}, why: Passes over it., to: louder}
  louder:
    patient: A wall!
    stage: C0
    markers: [cf-complaint-therapist]
    responses:
      stay: {says: A wall., why: Stays with it., to: done}
"""
LOW_TRUST = "\n          - {when: trust < 2, to: louder}\n          - to: done"


def test_a_good_response_may_lead_back_where_trust_is_low() -> None:
    assert "AT100" in codes(BACK.replace("WAYS", "louder"))
    assert codes(BACK.replace("WAYS", LOW_TRUST)) == []


def test_a_good_response_is_not_reported_while_some_of_its_ways_are_not_known() -> None:
    scenario = load(merged(BACK.replace("WAYS", LOW_TRUST), MINIMAL).encode(), "minimal.yaml").scenario
    assert scenario is not None
    partly = prove(scenario, 2)
    assert partly.automaton.taken["wall", "hear"] == {0}
    assert found_by_the_rules(partly) == set()


SLIPPING_BACK = """\
turns:
  opening:
    patient: You sit there like a wall.
    stage: C0
    markers: [cf-complaint-therapist]
    responses:
      hear:
        says: A wall.
        rates: {nondefensiveness: 1}
        why: Takes it in, a little flatly.
        to:
          - {when: not visited(specific), to: specific}
          - {when: not visited(meant), to: meant}
          - to: hurt
  specific:
    patient: On Monday.
    stage: C1
    responses:
      stay:
        says: On Monday.
        rates: {nondefensiveness: 1}
        why: Stays with it.
        to: meant
      explain:
        says: I was thinking.
        rates: {nondefensiveness: -1}
        why: Explains.
        to: opening
  meant:
    patient: You do not care.
    stage: C2
    responses:
      explain-more:
        says: I was thinking hard.
        why: Explains.
        to: opening
  hurt:
    patient: I counted on you.
    stage: C4
    responses:
      be-there:
        says: And I was not there.
        why: Stays with it.
        to: done
"""


def test_who_has_slipped_back_may_take_up_where_they_were() -> None:
    assert "AT102" not in codes(SLIPPING_BACK)
    assert "AT102" in codes(
        SLIPPING_BACK.replace("{when: not visited(meant), to: meant}", "{when: trust > 1, to: hurt}")
    )


@pytest.mark.parametrize("aside", ["C3", "C5"])
@pytest.mark.parametrize(("before", "rates"), [("C0", "1"), ("C6", "2"), ("C0", "-2")])
def test_a_step_aside_is_neither_forward_nor_back(aside: str, before: str, rates: str) -> None:
    text = BACK.replace("WAYS", "louder").replace("nondefensiveness: 2", f"nondefensiveness: {rates}")
    text = text.replace("stage: C0", f"stage: {aside}").replace("stage: C1", f"stage: {before}")
    assert not {"AT100", "AT101", "AT102"} & set(codes(text))
    assert {"AT100", "AT101", "AT102"} & set(codes(text.replace(aside, "C2")))


FIVE = """\
start: t1
turns:
  t1: {patient: It's fine., markers: [wd-denial], responses: {a: {says: A., rates: {empathy: 1}, why: A., to: t2}, b: {says: B., rates: {empathy: -1}, why: B., to: T1B}}}
  t2: {patient: Two., responses: {a: {says: A., why: A., to: t3}}}
  t3: {patient: Three., responses: {a: {says: A., rates: {empathy: 1}, why: A., to: t4}, b: {says: B., rates: {empathy: -1}, why: B., to: T3B}}}
  t4: {patient: Four., responses: {a: {says: A., why: A., to: t5}}}
  t5: {patient: Five., responses: {a: {says: A., why: A., to: done}}}
endings:
  done: {outcome: OUTCOME, debrief: It ended.}
  bad: {outcome: impasse, debrief: It stuck.}
"""


@pytest.mark.parametrize(
    ("first", "third", "outcome", "wanted"),
    [
        ("bad", "bad", "resolved", ["AT103", "AT104"]),
        ("t2", "bad", "resolved", ["AT104"]),
        ("t2", "t5", "resolved", []),
        ("bad", "t5", "resolved-immediate", []),
        ("bad", "t4", "worked-on", ["AT104"]),
        ("bad", "bad", "resolved-immediate", ["AT103", "AT104"]),
        ("bad", "bad", "partly", []),
    ],
)
def test_recovery_and_routes(first: str, third: str, outcome: str, wanted: list[str]) -> None:
    text = FIVE.replace("T1B", first).replace("T3B", third).replace("OUTCOME", outcome)
    assert [code for code in codes(text) if code in ("AT103", "AT104")] == wanted


def test_where_there_are_no_errors_there_is_nothing_to_recover_from() -> None:
    text = FIVE.replace("T1B", "bad").replace("T3B", "bad").replace("OUTCOME", "resolved")
    assert "AT103" in codes(text)
    assert "AT103" not in codes(text.replace("empathy: -1", "empathy: 0"))


def test_the_only_route_is_named_turn_by_turn() -> None:
    text = FIVE.replace("T1B", "bad").replace("T3B", "bad").replace("OUTCOME", "resolved")
    (found,) = (item for item in reported(merged(text, MINIMAL)) if item.code == "AT104")
    assert "t1 > t2 > t3 > t4 > t5 > done" in found.message

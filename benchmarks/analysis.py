"""How long proofs and plays take: processor seconds, and ratios to a stated baseline in the same run.

Run it with:  python benchmarks/analysis.py
The story has 40 turns, four bounded variables and some 20 million ways. Aims: everything exact about it, `check`
included, within 0.5 s of processor time; a million plays a second of the 40-turn scenario of `forty_turns`.
"""

import statistics
import time
from collections.abc import Callable

import yaml
from forty_turns import forty_turns
from long_story import long_story

from alliance_trainer.analysis import simulation
from alliance_trainer.analysis.march import results
from alliance_trainer.analysis.moves import Moves, moves_of, scoring_automaton
from alliance_trainer.analysis.policies import random
from alliance_trainer.analysis.report import analyse
from alliance_trainer.core import engine
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint import runner
from alliance_trainer.scenario_files.loader import load

RUNS = 7
PLAYS = 1_000_000
BY_HAND = 300


def cpu(work: Callable[[], object]) -> float:
    """The median of the processor seconds that some runs take."""
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def scenario_of(text: str) -> Scenario:
    """The scenario of a sound text."""
    scenario = load(text.encode(), "made.yaml").scenario
    assert scenario is not None
    return scenario


def checked(text: str) -> None:
    """What `check` does with a file."""
    loaded = load(text.encode(), "long-story.yaml")
    assert loaded.scenario is not None
    loaded.with_findings(runner.run(loaded.scenario))


def exactly(scenario: Scenario) -> None:
    """Everything exact that `analyze` says of a scenario: proofs, ways, ranges, best way, random play."""
    found = analyse(scenario)
    assert found.complete
    _ = found.ways, found.turns, found.responses, found.endings, found.proofs.constants, found.turning_points
    _ = found.ranges, found.joint_best, found.joint_least
    moves = found.key.moves
    assert moves is not None
    results(moves, random(moves))


def by_the_engine(scenario: Scenario, moves: Moves) -> None:
    """The same plays, one by one, through the engine."""
    ready = simulation.tables(moves, random(moves))
    for play in range(BY_HAND):
        state = engine.begin(scenario)
        for _, name in simulation.replayed(ready, play, seed=1):
            state, _ = engine.respond(scenario, state, name)


def main() -> None:
    """Print the figures beside what is aimed at."""
    text = long_story()
    story = scenario_of(text)
    found = analyse(story)
    events = cpu(lambda: list(yaml.parse(text, Loader=yaml.CSafeLoader)))
    check, exact = cpu(lambda: checked(text)), cpu(lambda: exactly(story))
    print(f"long story: {found.ways.paths:,} ways, {len(found.proofs.automaton.situations):,} situations")
    print(f"  check       {check:6.3f} s   {check / events:5.1f} x reading its events")
    print(f"  exact       {exact:6.3f} s   {exact / events:5.1f} x")
    print(f"  together    {check + exact:6.3f} s   (aim: at most 0.5)")
    forty = scenario_of(forty_turns())
    moves = moves_of(scoring_automaton(forty))
    ready = simulation.tables(moves, random(moves))
    batch = cpu(lambda: simulation.simulate(ready, PLAYS, seed=1)) / PLAYS
    single = cpu(lambda: by_the_engine(forty, moves)) / BY_HAND
    print(f"forty turns: {1 / batch:,.0f} plays a second (aim: 1,000,000)")
    print(f"  {single / batch:,.0f} x as many as the engine plays one by one")


if __name__ == "__main__":
    main()

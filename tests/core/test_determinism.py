"""The same bytes under any hash seed: identities, automata and scorecards of random plays."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
PROGRAM = """
import hashlib, json, random
from random_scenarios import make_play, make_scenario, random_shape
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.identity import identify
from alliance_trainer.core.scoring import score
from alliance_trainer.reports.scorecard_data import scorecard_data
rng, found = random.Random(5), []
for _ in range(60):
    scenario = make_scenario(random_shape(rng), rng.getrandbits(32))
    play = make_play(scenario, rng.getrandbits(32))
    automaton = compile_scenario(scenario, 150)
    card = score(automaton, play.steps, play.status)
    attempt = Attempt(attempt="a", trainee="t", scenario="s", steps=play.steps)
    found.append(json.dumps([scorecard_data(attempt, card), identify(scenario).sha256, repr(automaton.situations)]))
print(hashlib.sha256("".join(found).encode()).hexdigest())
"""


def output(seed: str) -> bytes:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    return subprocess.run([sys.executable, "-c", PROGRAM], env=environment, check=True, capture_output=True).stdout


def test_the_hash_seed_changes_nothing() -> None:
    found = {output(seed) for seed in ("0", "1", "31337")}
    assert len(found) == 1
    assert len(found.pop().strip()) == 64

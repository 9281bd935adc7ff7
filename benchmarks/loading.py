"""How long reading scenarios takes at scale: 200 files of 40 turns, each step as a ratio to reading their events.

Run it with:  python benchmarks/loading.py
Prints processor time in milliseconds a file and the ratios, beside the ratio that is aimed at. The files differ, so
that nothing is read twice; the steps take turns, so that a machine that drifts drifts for all.
"""

import time
from collections import deque
from collections.abc import Callable

import yaml
from forty_turns import forty_turns

from alliance_trainer.lint import runner
from alliance_trainer.scenario_files.careful import parse_carefully
from alliance_trainer.scenario_files.loader import load
from alliance_trainer.scenario_files.parsing import parse_yaml

FILES = 200
AIMS = {"load and lint": 6.0}


def events(data: bytes) -> None:
    """Only the events of the C parser, thrown away."""
    deque(iter(yaml.CSafeLoader(data.decode()).get_event, None), maxlen=0)


def load_and_lint(data: bytes) -> None:
    """What `check` does with a file."""
    loaded = load(data, "forty-turns.yaml")
    assert loaded.scenario is not None
    loaded.with_findings(runner.run(loaded.scenario))


STEPS: dict[str, Callable[[bytes], object]] = {
    "events only": events,
    "parse_yaml": lambda data: parse_yaml(data, "forty-turns.yaml"),
    "load": lambda data: load(data, "forty-turns.yaml"),
    "load and lint": load_and_lint,
    "parse_carefully": lambda data: parse_carefully(data, "forty-turns.yaml"),
}


def main() -> None:
    """One file after another through every step."""
    spent = dict.fromkeys(STEPS, 0.0)
    for number in range(FILES):
        data = forty_turns().replace("in turn", f"in copy {number}, turn").encode()
        for name, step in STEPS.items():
            began = time.process_time()
            step(data)
            spent[name] += time.process_time() - began
    base = spent["events only"]
    for name, seconds in spent.items():
        aim = f"  (aim: at most {AIMS[name]:.0f})" if name in AIMS else ""
        print(f"{name:15} {seconds / FILES * 1000:6.1f} ms a file   {seconds / base:5.1f} x{aim}")
    print(f"base: the events of {FILES} files of {len(data):,} bytes, {base:.1f} s of processor time")


if __name__ == "__main__":
    main()

"""How long a person waits: whole processes, each as a ratio to `python -c pass` in the same run.

Run it with:  python benchmarks/startup.py
Prints the medians in milliseconds and the ratios, beside the ratios that are aimed at.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from forty_turns import forty_turns

RUNS = 15
AIMS = {"--version": 2, "--help": 18, "check": 25, "first line": 25}


def seconds(command: Sequence[str], environment: dict[str, str], until: bytes | None = None) -> float:
    """Seconds until the process ends, or until it has printed a line that contains `until`."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        if until is None:
            process.communicate(b"")
            return time.perf_counter() - began
        while line := process.stdout.readline():
            if until in line:
                break
        waited = time.perf_counter() - began
        process.stdin.close()
        process.stdout.read()
        return waited


def main() -> None:
    """Measure in turn, so that a machine that drifts drifts for all."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = Path(folder) / "forty-turns.yaml"
        scenario.write_text(forty_turns(), encoding="utf-8")
        environment = {**os.environ, "ALLIANCE_TRAINER_DATA": str(Path(folder) / "data")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as people have it: compiled at the first run
        program = Path(sys.executable).with_name("alliance-trainer")
        commands: dict[str, tuple[list[str], bytes | None]] = {
            "pass": ([sys.executable, "-c", "pass"], None),
            "--version": ([str(program), "--version"], None),
            "--help": ([str(program), "--help"], None),
            "check": ([str(program), "check", str(scenario)], None),
            "first line": ([str(program), "play", "its-fine"], b"Patient:"),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command, until in commands.values():
            seconds(command, environment, until)
        for _ in range(RUNS):
            for name, (command, until) in commands.items():
                times[name].append(seconds(command, environment, until))
    base = statistics.median(times["pass"])
    for name, values in times.items():
        ratio = statistics.median(value / own for value, own in zip(values, times["pass"], strict=True))
        aim = f"  (aim: at most {AIMS[name]})" if name in AIMS else ""
        print(f"{name:11} {statistics.median(values) * 1000:7.1f} ms   {ratio:5.1f} x{aim}")
    print(f"base: {base * 1000:.1f} ms, median of {RUNS} runs of each in turn")


if __name__ == "__main__":
    main()

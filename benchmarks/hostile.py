"""What hostile files cost a reader: each of the suite's, in a process of its own, beside the 2 s and 300 MB aimed at.

Run it with:  python benchmarks/hostile.py
Prints processor time, its ratio to reading an ordinary scenario of 40 turns again and again until 1 MiB is read, and
the largest memory of the process. POSIX only. Leave the machine alone meanwhile.
"""

import os
import sys
import time
from pathlib import Path

from forty_turns import forty_turns

from alliance_trainer.scenario_files.parsing import parse_yaml

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "scenario_files"))
from hostile_files import MIB, TEXTS, contents

AIM = "(aim: at most 2 s and 300 MB for the worst)"


def ordinary() -> float:
    """Seconds of processor time for 1 MiB of ordinary scenarios, none read twice."""
    copies = [forty_turns().replace("in turn", f"in copy {number}, turn").encode() for number in range(8)]
    began = time.process_time()
    for copy in copies:
        parse_yaml(copy, "forty-turns.yaml")
    return (time.process_time() - began) * MIB / sum(map(len, copies))


def cost(data: bytes) -> tuple[float, int]:
    """Seconds of processor time and MB of memory for reading one file in a child."""
    child = os.fork()
    if child == 0:
        parse_yaml(data, "hostile.yaml")
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss >> (20 if sys.platform == "darwin" else 10)


def main() -> None:
    """Every file once; the costliest last."""
    base = ordinary()
    found = sorted((*cost(contents(name)), name) for name in TEXTS)
    for seconds, megabytes, name in found:
        print(f"{seconds:5.2f} s {seconds / base:5.1f} x {megabytes:4} MB  {name}")
    print(f"{AIM}\nbase: 1 MiB of ordinary scenarios, {base:.2f} s")


if __name__ == "__main__":
    main()

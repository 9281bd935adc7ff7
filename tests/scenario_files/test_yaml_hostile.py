"""Hostile files are read to an end within 300 MB, and none runs away; benchmarks/hostile.py measures their time."""

import subprocess
import sys
from pathlib import Path

import pytest
from hostile_files import MIB, TEXTS, contents

from alliance_trainer.scenario_files.parsing import parse_yaml

# Reads each named file in a fresh child under hard limits: more than 20 s or 300 MB ends the child. The aim is 2 s; ten
# times as much is what no crowded machine makes of it, and what grows with the square of the size goes far beyond.
# Building the file is not the reader's work, so that is done before the limits are set.
_RUNNER = """
import os, resource, sys
sys.path[:0] = sys.argv[1:3]
from hostile_files import contents
from alliance_trainer.scenario_files.parsing import parse_yaml
for name in sys.argv[3:]:
    data = contents(name)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        try:
            parsed = parse_yaml(data, "hostile.yaml")
            print(name, "read", len(parsed.diagnostics), flush=True)
        except BaseException as error:
            print(name, "raised", type(error).__name__, flush=True)
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    print(name, "status", status, f"{usage.ru_utime + usage.ru_stime:.2f} s {usage.ru_maxrss // 1024} MB", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only: resource limits")
def test_hostile_files_cost_little() -> None:
    here = Path(__file__).parent
    command = [sys.executable, "-c", _RUNNER, str(here), str(here.parent.parent), *TEXTS]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(output)
    lines = output.splitlines()
    statuses = [line for line in lines if " status " in line]
    assert len(statuses) == len(TEXTS)
    assert [line for line in statuses if " status 0 " not in line] == []
    assert len([line for line in lines if " read " in line]) == len(TEXTS), output


# Unpleasant, but allowed: they are read to the end.
_HARMLESS = {"line ends", "line ends in a block", "blank lines in a block", "wide levels"}


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_files_are_refused_with_a_place(name: str) -> None:
    data = contents(name)
    parsed = parse_yaml(data, "hostile.yaml")
    lines = data.decode("utf-8", "replace").split("\n")
    assert (parsed.diagnostics == ()) == (name in _HARMLESS)
    assert len(parsed.diagnostics) <= 50
    assert len(data) <= MIB
    for item in parsed.diagnostics:
        assert 1 <= item.line <= len(lines)
        assert 1 <= item.column <= len(lines[item.line - 1]) + 1
        assert len(item.message) + len(item.hint) < 500


@pytest.mark.parametrize(("name", "code"), [("list entries", "AT033"), ("brackets", "AT032"), ("one line", "AT034")])
def test_limits_have_their_own_codes(name: str, code: str) -> None:
    assert code in {item.code for item in parse_yaml(contents(name), "x").diagnostics}


def test_the_limits_are_exact() -> None:
    def codes(text: str) -> set[str]:
        return {item.code for item in parse_yaml(text.encode(), "x").diagnostics}

    assert codes("a: " + "b" * 2_000) == set()
    assert codes("a: " + "b" * 2_001) == {"AT034"}
    assert codes("a: " + "[" * 23 + "]" * 23) == set()
    assert codes("a: " + "[" * 24 + "]" * 24) == {"AT032"}
    assert codes("a:\n" + "- b\n" * 49_997) == set()  # and the mapping, its key and the list
    assert codes("a:\n" + "- b\n" * 49_998) == {"AT033"}
    assert codes("a: b\n" + "#" * (MIB - 5)) == set()
    assert codes("a: b\n" + "#" * (MIB - 4)) == {"AT001"}
    assert codes('a: "b' + "\\\n  " * 4_900 + '"') == set()
    assert codes('a: "b' + "\\\n  " * 5_100 + '"') == {"AT034"}

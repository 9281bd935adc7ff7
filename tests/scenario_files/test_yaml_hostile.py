"""Hostile files are read to an end within 300 MB, and none runs away; benchmarks/hostile.py measures their time."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_files import MIB, TEXTS, contents

from alliance_trainer.scenario_files.parsing import parse_yaml

# Reads each file that it is told in a fresh child under hard limits: more than 20 s or 300 MB ends the child. The aim
# is 2 s; ten times as much is what no crowded machine makes of it, and what grows with the square of the size goes far
# beyond. Building the file is not the reader's work, so that is done before the limits are set.
_READER = """
import json, os, resource, sys
sys.path[:0] = sys.argv[1:3]
from hostile_files import contents
from alliance_trainer.scenario_files.parsing import parse_yaml
for line in sys.stdin:
    name = line.removesuffix(chr(10))
    data = contents(name)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        try:
            found = parse_yaml(data, "hostile.yaml").diagnostics
            places = [(item.line, item.column, len(item.message) + len(item.hint)) for item in found]
            print("read", json.dumps(places), flush=True)
        except BaseException as error:
            print("raised", type(error).__name__, flush=True)
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    used = f"{usage.ru_utime + usage.ru_stime:.2f} s {usage.ru_maxrss // 1024} MB"
    print("status", status, used, name, flush=True)
"""


@pytest.fixture(scope="module")
def reader() -> Iterator[subprocess.Popen[str] | None]:
    """The process that reads; None where a process cannot limit itself, on Windows."""
    if sys.platform == "win32":
        yield None
        return
    here = Path(__file__).parent
    command = [sys.executable, "-c", _READER, str(here), str(here.parent.parent)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


def _read(name: str, reader: subprocess.Popen[str] | None) -> list[Any]:
    """Line, column and number of letters of each diagnostic of a file; it was read within the limits."""
    if reader is None:
        found = parse_yaml(contents(name), "hostile.yaml").diagnostics
        return [(item.line, item.column, len(item.message) + len(item.hint)) for item in found]
    reader.stdin.write(f"{name}\n")
    reader.stdin.flush()
    lines = [reader.stdout.readline()]
    while lines[-1] and not lines[-1].startswith("status "):
        lines.append(reader.stdout.readline())
    print(*lines)
    assert lines[-1].startswith("status 0 ")
    (answer,) = lines[:-1]
    assert answer.startswith("read ")
    return json.loads(answer.removeprefix("read "))


# Unpleasant, but allowed: they are read to the end.
_HARMLESS = {"line ends", "line ends in a block", "blank lines in a block", "wide levels"}


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_files_cost_little_and_are_refused_with_a_place(
    name: str, reader: subprocess.Popen[str] | None
) -> None:
    found = _read(name, reader)
    data = contents(name)
    lines = data.decode("utf-8", "replace").split("\n")
    assert (found == []) == (name in _HARMLESS)
    assert len(found) <= 50
    assert len(data) <= MIB
    for line, column, length in found:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        assert length < 500


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

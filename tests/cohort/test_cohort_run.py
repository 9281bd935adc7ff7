"""A run over files: every good attempt is scored, every other one named; nothing depends on any order."""

import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import cohort_files
import msgspec
import pytest
from cohort_files import SCENARIO, bad_line, line, record, resolve, write_lines
from random_scenarios import Shape, make_scenario
from sizes import scaled

from alliance_trainer.cohort.reading.sources import find_files
from alliance_trainer.cohort.run import score_cohort
from alliance_trainer.cohort.scoring.scored import from_card
from alliance_trainer.cohort.scoring.tables import Table
from alliance_trainer.cohort.scoring.targets import Target
from alliance_trainer.cohort.spill import Collected
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.scoring import score
from alliance_trainer.journal import attempt_files
from alliance_trainer.journal.attempt_blocks import BlockReader
from alliance_trainer.journal.attempt_lines import read_line
from alliance_trainer.reports import cohort_json


def refused(result):
    return {(entry.file, entry.line): entry for entry in result.not_scored}


def test_damaged_and_illegal_records_among_good_ones(tmp_path: Path) -> None:
    good = [line(record(number), close=number % 4 > 0) for number in range(scaled(2000))]
    bad = [bad_line(number) for number in range(scaled(1000))]
    order: list[int] = [*range(len(good)), *range(-len(bad), 0)]
    random.Random(9).shuffle(order)
    lines = [good[place] if place >= 0 else bad[place][0] for place in order]
    path = write_lines(tmp_path / "cohort.attempts.jsonl", lines)
    result = score_cohort([path], resolve=resolve, rows=len(good), listed=len(bad))
    assert result.read == len(lines)
    assert result.scored == len(good)
    assert not result.all_scored
    assert {row.attempt.attempt for row in result.rows} == {f"good-{n:05d}" for n in range(len(good))}
    named = refused(result)
    for number, place in enumerate(order, start=1):
        if place < 0:
            _, words, step = bad[place]
            entry = named.pop((str(path), number))
            assert words in entry.reason
            assert entry.step == step
    assert not named


def test_rows_are_what_the_reference_scorer_says(tmp_path: Path) -> None:
    lines = [line(record(number)) for number in range(300)]
    path = write_lines(tmp_path / "cohort.attempts.jsonl", lines)
    rows = score_cohort([path], resolve=resolve, rows=1000).rows
    by_id = {attempt.attempt: attempt for attempt in map(read_line, lines) if isinstance(attempt, Attempt)}
    assert [(row.attempt.trainee, row.attempt.attempt) for row in rows] == sorted(
        (attempt.trainee, attempt.attempt) for attempt in by_id.values()
    )
    for row in rows:
        attempt = by_id[row.attempt.attempt]
        card = score(cohort_files.AUTOMATON, attempt.steps, attempt.status)
        assert row == msgspec.structs.replace(from_card(attempt, "same", card), of_record=row.of_record)
    of_record = [row for row in rows if row.of_record]
    assert len({row.attempt.trainee for row in of_record}) == len(of_record) == 10


def test_only_the_first_rows_are_kept_and_they_are_the_first(tmp_path: Path) -> None:
    lines = [line(record(number)) for number in range(100)]
    random.Random(1).shuffle(lines)
    path = write_lines(tmp_path / "cohort.attempts.jsonl", lines)
    everything = score_cohort([path], resolve=resolve, rows=1000).rows
    for most in (0, 1, 7, 99, 100):
        assert score_cohort([path], resolve=resolve, rows=most).rows == everything[:most]


def everyone(number: int, **changes: Any) -> dict[str, Any]:
    """A record by a trainee of its own, so that it is of record if it is complete."""
    return record(number, trainee=f"wren-{number:05d}", **changes)


def by_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Score every attempt by itself, with the reference scorer."""
    monkeypatch.setattr(Table, "fits", staticmethod(lambda _: False))
    monkeypatch.setattr(Target, "routes", None)


def test_the_reference_scorer_gives_the_same_sums(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_lines(tmp_path / "cohort.attempts.jsonl", [line(everyone(number)) for number in range(200)])
    by_table = score_cohort([path], resolve=resolve)
    with monkeypatch.context() as only_the_reference:
        by_the_reference(only_the_reference)
        by_reference = score_cohort([path], resolve=resolve)
    assert by_reference == by_table
    assert by_table.figures.statuses["complete"] == by_table.figures.of_record > 50
    assert by_table.figures.hardest is not None


def test_scenarios_with_loops_and_conditions_are_scored_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(12):
        scenario = make_scenario(Shape(turns=4), seed)
        automaton = compile_scenario(scenario, budget=2_000)
        lines = [line(everyone(number, scenario=scenario)) for number in range(25)]
        path = write_lines(tmp_path / f"{seed}.attempts.jsonl", lines)
        result = score_cohort([path], resolve=lambda *_, found=automaton: found)
        with monkeypatch.context() as only_the_reference:
            by_the_reference(only_the_reference)
            assert score_cohort([path], resolve=lambda *_, found=automaton: found) == result
        for row in result.rows:
            attempt = read_line(lines[int(row.attempt.attempt[-5:])])
            assert isinstance(attempt, Attempt)
            card = score(automaton, attempt.steps, attempt.status)
            assert row == msgspec.structs.replace(from_card(attempt, "other", card), of_record=row.of_record)


TAMPERING = [
    (b'"ms":', b'"ms":0'),
    (b'"ms":', b'"ms":-'),
    (b'"ms":', b'"ms": '),
    (b'"ms":', b'"m\\u0073":null,"ms":'),
    (b'"ms":', b'"ms":null,"ms":'),
    (b'"ms":', b'"ms":5,"ms":'),
    (b'},{', b'},{"ms":7,'),
    (b'},{', b'}, {'),
    (b'},{', b',"mood":[{"a":1},{"b":2}]},{'),
    (b'},{', b',"ms":3},{'),
    (b'},{', b'},{},{'),
    (b'},{', b'},{"rewind":"t0"},{'),
    (b'"response":', b'"rewind":"t0","response":'),
    (b'"response":', b'"response":"r0","response":'),
    (b'"notice":', b'"notice":"none","notice":'),
    (b'"notice":"none"', b'"notice":null'),
    (b'"turn":', b'"t\\u0075rn":'),
    (b'"turn":"t', b'"turn":"\\u0074'),
    (b'"steps":[', b'"steps":[],"steps":['),
    (b'"steps":[', b'"x":{"steps":[]},"steps":['),
    (b'"trainee":', b'"trainee":"wren-0","trainee":'),
    (b'"v":1,', b'"v":1,"v":1,'),
    (b'"v":1,', b''),
    (b'"status":"complete",', b''),
    (b'"status":"complete",', b'"status":"unfinished",'),
    (b'}]}', b'}],"mood":1}'),
    (b'}]}', b',"ms":12}]}'),
    (b'}]}', b'}]}}'),
]  # fmt: skip


def tampered(number: int) -> bytes:
    """A good record in which some text, at some place, was changed, or one byte."""
    rng = random.Random(number)
    whole = line(record(number))
    old, new = TAMPERING[number % len(TAMPERING)]
    places = [at for at in range(len(whole)) if whole.startswith(old, at)]
    if not places or number % 5 == 0:
        at = rng.randrange(len(whole))
        return whole[:at] + bytes([rng.choice(b'"\\,:{}[]019 amst\xff\x00')]) + whole[at + 1 :]
    at = rng.choice(places)
    return whole[:at] + new + whole[at + len(old) :]


def test_the_short_way_says_what_the_long_way_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps known by their text are never taken for others, nor is anything wrong with a line passed over."""
    count = scaled(4000)
    lines = [tampered(number) if number % 3 else line(record(number)) for number in range(count)]
    path = write_lines(tmp_path / "a.attempts.jsonl", lines)
    short = score_cohort([path], resolve=resolve, rows=count, listed=count)
    monkeypatch.setattr(BlockReader, "read", lambda *_: None)
    long = score_cohort([path], resolve=resolve, rows=count, listed=count)
    assert short.refused == long.refused
    assert short.not_scored == long.not_scored
    assert short.rows == long.rows
    assert short == long
    assert short.scored > count / 3
    assert short.refused["unreadable"] > count / 20


def test_the_same_attempt_twice_is_counted_once_and_named(tmp_path: Path) -> None:
    complete = next(record(n) for n in range(99) if record(n)["status"] == "complete")
    path = write_lines(tmp_path / "a.attempts.jsonl", [line(complete), line(complete, close=False)])
    write_lines(tmp_path / "b.attempts.jsonl", [line(complete | {"trainee": "other"})])
    result = score_cohort([tmp_path], resolve=resolve)
    assert result.scored == 1
    assert result.refused == {"conflict": 1, "repeated": 1}
    repeated, conflict = result.not_scored
    assert (repeated.kind, repeated.line) == ("repeated", 2)
    assert f"{path}, line 1" in repeated.reason
    assert conflict.kind == "conflict"
    assert f"{path}, line 1" in conflict.reason
    assert not result.all_scored
    (tmp_path / "b.attempts.jsonl").unlink()
    assert score_cohort([tmp_path], resolve=resolve).all_scored


def test_other_steps_under_the_same_id_are_a_conflict(tmp_path: Path) -> None:
    first, second = (record(n, attempt="same", trainee="same") for n in (1, 2))
    assert first["steps"] != second["steps"]
    write_lines(tmp_path / "a.attempts.jsonl", [line(first), line(second)])
    assert score_cohort([tmp_path], resolve=resolve).refused == {"conflict": 1}


def test_versions_are_noted(tmp_path: Path) -> None:
    lines = [line(record(1)), line(record(2, scenario_sha256="0" * 64)), line(record(3, scenario_sha256=None))]
    path = write_lines(tmp_path / "a.attempts.jsonl", lines)
    result = score_cohort([path], resolve=resolve)
    assert {note: count for note, count in result.figures.versions.items() if count} == {
        "same": 1,
        "other": 1,
        "unstated": 1,
    }
    assert {row.attempt.attempt[-1]: row.version for row in result.rows} == {"1": "same", "2": "other", "3": "unstated"}


def test_many_scenarios_do_not_fill_the_memory_and_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alliance_trainer.cohort import scanning
    from alliance_trainer.cohort.scoring import targets

    lines = [line(everyone(number, scenario_sha256=f"{number % 9}")) for number in range(60)]
    path = write_lines(tmp_path / "a.attempts.jsonl", lines)
    expected = score_cohort([path], resolve=resolve)
    monkeypatch.setattr(targets, "_MOST_FOUND", 2)
    monkeypatch.setattr(targets, "_MOST_COMPILED", 1)
    monkeypatch.setattr(scanning, "ENOUGH", 3)
    monkeypatch.setattr(attempt_files, "_BLOCK", 700)
    assert score_cohort([path], resolve=resolve) == expected


def test_folders_are_walked_and_nothing_is_read_twice(tmp_path: Path) -> None:
    inner = write_lines(tmp_path / "x" / "y" / "a.attempts.jsonl", [line(record(1))])
    packed = tmp_path / "x" / "b.attempts.jsonl.gz"
    packed.write_bytes(gzip.compress(line(record(2))))
    plain = write_lines(tmp_path / "x" / "c.jsonl", [line(record(3))])
    write_lines(tmp_path / "x" / "notes.txt", [b"not an attempt"])
    write_lines(tmp_path / "x" / "k7.torn-12", [b"not an attempt"])
    (tmp_path / "x" / "loop").symlink_to(tmp_path / "x", target_is_directory=True)
    os.mkfifo(tmp_path / "x" / "pipe.jsonl")
    for paths in ([tmp_path], [tmp_path / "x", inner, tmp_path, tmp_path / "x" / "y"], [packed, plain, inner, plain]):
        assert sorted(map(str, find_files(paths))) == sorted(map(str, (inner, packed, plain)))
        assert score_cohort(paths, resolve=resolve).scored == 3
    write_lines(tmp_path / "x" / "a" / "z.attempts.jsonl", [b"rubbish"])
    write_lines(tmp_path / "x" / "B" / "z.attempts.jsonl", [b"rubbish"])
    order = [packed, plain, tmp_path / "x/B/z.attempts.jsonl", tmp_path / "x/a/z.attempts.jsonl", inner]
    assert list(find_files([tmp_path])) == order
    with pytest.raises(UsageError, match="no file or folder"):
        score_cohort([tmp_path / "nowhere"], resolve=resolve)


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lines(tmp_path / "a.attempts.jsonl", [line(record(1))])
    (tmp_path / "closed").mkdir()
    real = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    result = score_cohort([tmp_path], resolve=resolve)
    assert result.scored == 1
    assert [entry.file for entry in result.not_scored] == [str(tmp_path / "closed")]
    assert "folder cannot be read" in result.not_scored[0].reason


def test_a_file_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.attempts.jsonl")
    try:
        write_lines(path, [b"rubbish"])
    except OSError:
        pytest.skip("this file system takes no such names")
    [entry] = score_cohort([tmp_path], resolve=resolve).not_scored
    assert "\N{REPLACEMENT CHARACTER}" in entry.file
    assert entry.file.encode()


def test_a_file_that_is_no_journal_is_named_as_one(tmp_path: Path) -> None:
    write_lines(tmp_path / "k7q2.jsonl", [b'{"kind":"header"}', b"rubbish"])
    write_lines(tmp_path / "empty.jsonl", [])
    result = score_cohort([tmp_path], resolve=resolve)
    assert [entry.attempt for entry in result.not_scored] == ["empty", "k7q2"]
    assert result.not_scored[1].line == 1
    assert "damaged at line 1" in result.not_scored[1].reason


ORDER = """
import sys, random
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from cohort_files import resolve
from alliance_trainer.cohort.run import score_cohort
from alliance_trainer.cohort.spill import Collected
from alliance_trainer.cohort.scoring.tables import Table
from alliance_trainer.cohort.scoring.targets import Target
from alliance_trainer.reports import cohort_csv, cohort_json
paths = [Path(name) for name in sys.argv[3:]]
random.Random(int(sys.argv[2])).shuffle(paths)
with Collected(cohort_json.attempt_entry, cohort_json.refused_attempt, cohort_json.refusal) as found:
    result = score_cohort(paths, resolve=resolve, sink=found)
    for piece in cohort_json.document(found.rows(), result, found.refusals()):
        sys.stdout.buffer.write(piece)
with Collected(cohort_csv.attempt_row, cohort_csv.refused_row, cohort_csv.no_entry) as found:
    score_cohort(paths, resolve=resolve, sink=found)
    for piece in cohort_csv.document(found.rows()):
        sys.stdout.buffer.write(piece)
"""


def test_the_bytes_depend_neither_on_the_order_of_files_nor_on_the_hash_seed(tmp_path: Path) -> None:
    lines = [bad_line(n)[0] if n % 7 == 0 else line(record(n)) for n in range(120)]
    files = [write_lines(tmp_path / f"{n:02d}.attempts.jsonl", lines[n::8]) for n in range(8)]
    tests = str(Path(cohort_files.__file__).parent)
    outputs = set()
    for seed in range(scaled(3)):
        command = [sys.executable, "-c", ORDER, tests, str(seed), *map(str, files)]
        environment = os.environ | {"PYTHONHASHSEED": str(seed)}
        done = subprocess.run(command, capture_output=True, check=True, env=environment)
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000


def test_how_attempts_are_spread_over_files_changes_no_score(tmp_path: Path) -> None:
    lines = [line(record(n)) for n in range(150)]
    random.Random(4).shuffle(lines)
    one = score_cohort([write_lines(tmp_path / "one" / "a.attempts.jsonl", lines)], resolve=resolve)
    for n in range(10):
        write_lines(tmp_path / "ten" / f"{n}.attempts.jsonl", lines[n::10])
    ten = score_cohort([tmp_path / "ten"], resolve=resolve)
    assert ten.rows == one.rows
    assert ten.figures == one.figures


def test_json_of_a_run_is_read_back(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.attempts.jsonl", [line(record(1)), b"rubbish", bad_line(0)[0]])
    with Collected(cohort_json.attempt_entry, cohort_json.refused_attempt, cohort_json.refusal) as found:
        result = score_cohort([tmp_path], resolve=resolve, sink=found)
        data = json.loads(b"".join(cohort_json.document(found.rows(), result, found.refusals())))
    assert (data["format"], data["version"]) == ("alliance-trainer/cohort-score", 1)
    assert [entry["status"] != "not-scored" for entry in data["attempts"]] == [False, True]
    assert [(entry["line"], entry["kind"]) for entry in data["not_scored"]] == [(2, "unreadable"), (3, "illegal")]
    assert data["cohort"]["scored"] == 1
    assert SCENARIO.id == data["attempts"][1]["scenario"]

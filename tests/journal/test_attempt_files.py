"""Interchange files: every line an attempt, or named with what is wrong with it; the file is never held."""

import gzip
import json
import random
import tracemalloc
from pathlib import Path
from typing import Any

import cohort_files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.journal import attempt_files
from alliance_trainer.journal.attempt_files import BadRecord, is_attempt_file, read_attempts
from alliance_trainer.journal.attempt_lines import MAX_LINE, glance, read_line, read_step

STEPS = [{"turn": "a", "notice": "none", "response": "b", "ms": 5}, {"turn": "c", "response": "d"}]
GOOD: dict[str, Any] = {"v": 1, "attempt": "x1", "trainee": "wren-27", "scenario": "s", "steps": STEPS}


def reasons(path: Path) -> dict[int, str]:
    return {number: found.reason for number, found in read_attempts(path) if isinstance(found, BadRecord)}


def test_a_record_as_the_design_page_writes_it() -> None:
    written = (
        b'{"v":1,"attempt":"k7q2m4","trainee":"wren-27","cohort":"autumn","occasion":"pre","scenario":"its-fine",'
        b'"scenario_sha256":"ab","mode":"assess","status":"complete","started":"2026-11-02T09:14:00Z","steps":'
        b'[{"turn":"slip","notice":"withdrawal","response":"own-the-slip","ms":8123},{"rewind":"slip"}]}'
    )
    assert read_line(written) == Attempt(
        attempt="k7q2m4",
        trainee="wren-27",
        cohort="autumn",
        occasion="pre",
        scenario="its-fine",
        scenario_sha256="ab",
        mode="assess",
        started="2026-11-02T09:14:00Z",
        steps=(Step(turn="slip", notice="withdrawal", response="own-the-slip", ms=8123), Step(rewind="slip")),
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"v": 2}, "version 2 of the format"),
        ({"v": 0}, "no version 0"),
        ({"v": "1"}, "'v' is a text"),
        ({"attempt": ""}, "'attempt' is empty"),
        ({"attempt": "x" * 201}, "longer than 200"),
        ({"trainee": None}, "'trainee' is nothing"),
        ({"steps": {}}, "'steps' is an object, where a list is expected"),
        ({"steps": [5]}, "step 1 is a whole number"),
        ({"steps": [{}, {"turn": 5}]}, "'turn' in step 2 is a whole number, where a text is expected"),
        ({"steps": [{"notice": "maybe"}]}, "'maybe', where none, withdrawal, confrontation or mixed"),
        ({"steps": [{"ms": 1.5}]}, "'ms' in step 1 is a number with a point"),
        ({"steps": [{"rewind": "a"}] * 2001}, "2001 steps"),
        ({"status": "done"}, "complete, unfinished or abandoned"),
        ({"mode": "exam"}, "practice or assess"),
    ],
)
def test_reasons_are_said_in_words(change: dict[str, Any], words: str) -> None:
    found = read_line(json.dumps(GOOD | change).encode())
    assert isinstance(found, str)
    assert words in found


@pytest.mark.parametrize("spaced", [False, True])
@pytest.mark.parametrize("status", ["complete", "unfinished"])
def test_a_key_that_stands_twice_is_never_missed(spaced: bool, status: str) -> None:
    text = json.dumps(GOOD | {"status": status}, separators=None if spaced else (",", ":"))
    assert isinstance(read_line(text.encode()), Attempt)
    for name in (*GOOD, "status", "turn", "notice", "response", "ms"):
        for value in ('"none"', "1", "[]", '"x1"', f'"{status}"', '"a"'):
            at = text.index(f'"{name}":')
            spelt = f'"{name}"' if len(value) % 2 else f'"\\u{ord(name[0]):04x}{name[1:]}"'
            line = f"{text[:at]}{spelt}:{value},{text[at:]}".encode()
            assert isinstance(read_line(line), str), line
            assert glance([line])[0] is None


def test_a_key_that_stands_twice_before_the_steps_is_never_glanced_over() -> None:
    head = {name: value for name, value in GOOD.items() if name != "steps"} | {"status": "complete"}
    text = json.dumps(head | {"steps": STEPS}, separators=(",", ":"))
    assert glance([text.encode()]) != [None]
    for name in head:
        for value in ('"complete"', "1", '"x1"', "null"):
            at = text.index(f'"{name}":')
            assert glance([f'{text[:at]}"{name}":{value},{text[at:]}'.encode()]) == [None]


def test_unknown_keys_are_for_later_versions() -> None:
    assert read_line(json.dumps(GOOD | {"mood": {"a": [1]}}).encode()) == read_line(json.dumps(GOOD).encode())


@given(st.binary(max_size=200))
@settings(max_examples=scaled(1500))
def test_any_bytes_end_in_words(data: bytes) -> None:
    found = read_line(data)
    assert isinstance(found, Attempt | str)
    assert all(one is None or isinstance(one, tuple) for one in glance([data]))


@given(st.integers(0, 10**6), st.data())
@settings(max_examples=scaled(1500))
def test_a_glance_never_says_more_than_a_whole_reading(number: int, data: st.DataObject) -> None:
    """With one byte changed anywhere: what is glanced and then known by its text is what is read."""
    line = bytearray(cohort_files.line(cohort_files.record(number % 50)))
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] = data.draw(st.sampled_from(b'"\\,:{}[]019 amst\xff\x00'))
    glanced = glance([bytes(line)])[0]
    whole = read_line(bytes(line))
    if glanced is not None and isinstance(whole, Attempt):
        facts, _ = glanced
        same = [name for name in Attempt.__struct_fields__ if name != "steps"]
        assert all(getattr(facts, name) == getattr(whole, name) for name in same)


def test_steps_by_their_text() -> None:
    assert read_step(b'"turn":"a","response":"b"') == Step(turn="a", response="b")
    for text in (b'"turn":"a"},{"turn":"b"', b'"turn":"a","turn":"a"', b'"turn":5', b"", b"}{", b'"turn":"a"}'):
        assert read_step(text) in (None, Step())
    assert read_step(b'"turn":"a","turn":"a"') is None


def test_lines_are_counted_blank_ones_too_and_all_kinds_of_line_end_are_read(tmp_path: Path) -> None:
    good = cohort_files.line(GOOD)
    path = tmp_path / "a.attempts.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + good + b"\r\n\n  \n" + good + b"\nrubbish\n" + good)
    found = list(read_attempts(path))
    assert [number for number, _ in found] == [1, 4, 5, 6]
    assert [type(one) for _, one in found] == [Attempt, Attempt, BadRecord, Attempt]
    assert found[2][1] == BadRecord(file=str(path), line=5, reason=found[2][1].reason)


def test_a_bad_record_is_named_by_its_id_where_that_can_be_read(tmp_path: Path) -> None:
    path = cohort_files.write_lines(tmp_path / "a.attempts.jsonl", [cohort_files.line(GOOD | {"steps": 1})])
    [(_, bad)] = read_attempts(path)
    assert bad.attempt == "x1"


def test_a_line_without_end_is_dropped_as_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "a.attempts.jsonl"
    good = cohort_files.line(GOOD)
    with path.open("wb") as file:
        file.write(good + b"\n")
        for _ in range(40):
            file.write(b"x" * (1 << 20))
        file.write(b"\n" + good + b"\n" + b"y" * (MAX_LINE + 1) + b"\n" + good)
    tracemalloc.start()
    found = [(number, type(one)) for number, one in read_attempts(path)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [(1, Attempt), (2, BadRecord), (3, Attempt), (4, BadRecord), (5, Attempt)]
    assert peak < 8 << 20
    assert all("longer than" in reason for reason in reasons(path).values())


@pytest.mark.parametrize("block", [1, 7, 64, 1 << 20])
def test_the_size_of_blocks_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    lines = [cohort_files.bad_line(n)[0] if n % 3 == 0 else cohort_files.line(cohort_files.record(n)) for n in range(9)]
    path = cohort_files.write_lines(tmp_path / "a.attempts.jsonl", lines)
    whole = list(read_attempts(path))
    monkeypatch.setattr(attempt_files, "_BLOCK", block)
    assert list(read_attempts(path)) == whole


def test_gzip_is_read_and_damage_is_named_after_what_is_sound(tmp_path: Path) -> None:
    rng = random.Random(1)
    lines = [cohort_files.line(cohort_files.record(number)) for number in range(400)]
    packed = gzip.compress(b"\n".join(lines))
    path = tmp_path / "a.attempts.jsonl.gz"
    path.write_bytes(packed)
    assert sum(isinstance(one, Attempt) for _, one in read_attempts(path)) == 400
    for _ in range(scaled(40)):
        cut = rng.randrange(1, len(packed) - 1)
        path.write_bytes(packed[:cut])
        assert "damaged" in list(reasons(path).values())[-1]
    path.write_bytes(b"not gzip")
    assert "damaged" in reasons(path)[1]


def test_zstd_without_a_reader_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(attempt_files.importlib, "import_module", missing)
    path = tmp_path / "a.attempts.jsonl.zst"
    path.write_bytes(b"\x28\xb5\x2f\xfd")
    assert "zstandard" in reasons(path)[1]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert "cannot be read" in reasons(tmp_path / "missing.attempts.jsonl")[1]
    (tmp_path / "folder.attempts.jsonl").mkdir()
    assert "cannot be read" in reasons(tmp_path / "folder.attempts.jsonl")[1]


def test_names_of_interchange_files() -> None:
    for name in ("a.attempts.jsonl", "A.ATTEMPTS.JSONL.gz", ".attempts.jsonl.zst"):
        assert is_attempt_file(Path(name))
    assert not is_attempt_file(Path("k7q2.jsonl"))

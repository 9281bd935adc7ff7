"""Interchange files: every line an attempt, or named with what is wrong with it; the file is never held."""

import gzip
import json
import random
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

import cohort_files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.journal import attempt_files, zstd_files
from alliance_trainer.journal.attempt_blocks import FIRST, BlockReader, unpacked
from alliance_trainer.journal.attempt_files import BadRecord, is_attempt_file, read_attempts, runs
from alliance_trainer.journal.attempt_lines import MAX_LINE, MAX_STEPS, read_line, read_step

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
            assert BlockReader().read(line + b"\n") is None


def test_a_key_that_stands_twice_before_the_steps_is_never_passed_over() -> None:
    head = {name: value for name, value in GOOD.items() if name != "steps"} | {"status": "complete"}
    text = json.dumps(head | {"steps": STEPS[:1]}, separators=(",", ":"))
    assert BlockReader().read(text.encode() + b"\n") is not None
    for name in head:
        for value in ('"complete"', "1", '"x1"', "null"):
            at = text.index(f'"{name}":')
            assert BlockReader().read(f'{text[:at]}"{name}":{value},{text[at:]}\n'.encode()) is None


def test_unknown_keys_are_for_later_versions() -> None:
    assert read_line(json.dumps(GOOD | {"mood": {"a": [1]}}).encode()) == read_line(json.dumps(GOOD).encode())


@given(st.binary(max_size=200))
@settings(max_examples=scaled(1500))
def test_any_bytes_end_in_words(data: bytes) -> None:
    found = read_line(data)
    assert isinstance(found, Attempt | str)
    assert BlockReader().read(data + b"\n") is None or isinstance(found, Attempt) or b"\n" in data


def attempts_in(reader: BlockReader, block: bytes) -> list[tuple[dict[str, Any], list[Step]]] | None:
    """What a block is read as: of each attempt its facts and its steps."""
    found = reader.read(block)
    if found is None:
        return None
    firsts = iter(found.firsts)
    steps: list[list[Step]] = []
    for number in unpacked(found.steps):
        if number == FIRST:
            steps.append([])
        steps[-1].append(reader.steps[next(firsts) if number == FIRST else number])
    same = [name for name in Attempt.__struct_fields__ if name != "steps"]
    return [({name: getattr(facts, name) for name in same}, way) for facts, way in zip(found.facts, steps, strict=True)]


def as_read_whole(line: bytes) -> tuple[dict[str, Any], list[Step]] | None:
    attempt = read_line(line)
    if not isinstance(attempt, Attempt):
        return None
    same = [name for name in Attempt.__struct_fields__ if name != "steps"]
    steps = [
        Step(turn=step.turn, notice=step.notice, response=step.response, rewind=step.rewind) for step in attempt.steps
    ]
    return {name: getattr(attempt, name) for name in same}, steps


@given(st.integers(0, 10**6), st.data())
@settings(max_examples=scaled(400))
def test_a_block_never_says_more_than_its_lines(number: int, data: st.DataObject) -> None:
    """With one byte changed anywhere in three lines: what is read from the block is what is read line by line."""
    lines = [cohort_files.line(cohort_files.record((number + more) % 60)) for more in range(3)]
    block = bytearray(b"".join(line + b"\n" for line in lines))
    reader = BlockReader()
    reader.read(bytes(block))  # its steps are known by their text now
    at = data.draw(st.integers(0, len(block) - 1))
    block[at] = data.draw(st.sampled_from(b'"\\,:{}[]019 amst\xff\x00\n'))
    found = attempts_in(reader, bytes(block))
    if found is not None:
        assert found == [as_read_whole(line) for line in bytes(block).split(b"\n")[:-1]]


def test_a_block_of_usual_lines_is_read_at_once() -> None:
    usual = [
        n
        for n in range(60)
        if cohort_files.record(n)["steps"] and not any("rewind" in s for s in cohort_files.record(n)["steps"])
    ]
    for timed in (True, False):
        lines = [cohort_files.line(cohort_files.record(n)) for n in usual if bool(n % 3) == timed]
        found = attempts_in(BlockReader(), b"".join(line + b"\n" for line in lines))
        assert found == [as_read_whole(line) for line in lines]
    mixed = [cohort_files.line(cohort_files.record(n)) + b"\n" for n in usual[:6]]
    assert BlockReader().read(b"".join(mixed)) is None


def test_a_step_lost_at_a_line_end_is_noticed() -> None:
    """The last step of a line without a time, and the first of the next, are no step together."""
    steps = b'"steps":[{"turn":"a","response":"b","ms":5},{"turn":"c","response":"d"%s}]}\n'
    head = b'{"v":1,"attempt":"x%d","trainee":"w","scenario":"s","status":"complete",'
    reader = BlockReader()
    assert reader.read((head % 1 + steps % b',"ms":7') * 2) is not None
    assert reader.read(head % 1 + steps % b"" + head % 2 + steps % b',"ms":7') is None
    assert reader.read(head % 1 + steps % b',"ms":07' + head % 2 + steps % b',"ms":7') is None
    good = head % 1 + steps % b',"ms":7'
    for between in (b" ", b"", b"\t", b"\r"):
        assert reader.read(good[:-1] + between + good) is None
    assert reader.read(good + b"\n" + good) is None
    assert reader.read(b"\n" + good) is None
    assert reader.read(good.replace(b'"trainee"', b'\n"trainee"')) is None
    assert (
        reader.read(
            good + b'{"v":1,"attempt":"y","trainee":"w","scenario":"s","status":"complete","steps":[]}\n' + good
        )
        is None
    )


def test_the_first_step_of_one_attempt_may_be_a_later_one_of_another() -> None:
    ways = [["a", "b"], ["b", "a"], ["b", "b", "a"]]
    for more in ({}, {"ms": 5}):
        steps = [[{"turn": turn, "response": "r"} | more for turn in way] for way in ways]
        lines = [cohort_files.line({"status": "complete"} | GOOD | {"steps": way}) for way in steps]
        found = attempts_in(BlockReader(), b"".join(line + b"\n" for line in lines))
        assert found == [as_read_whole(line) for line in lines]
        reader = BlockReader()
        reader.read(lines[0] + b"\n")
        again = cohort_files.line({"status": "complete"} | GOOD | {"steps": [steps[0][0]] * 2})
        assert attempts_in(reader, again + b"\n") == [as_read_whole(again)]


def test_too_many_steps_are_never_read_at_once() -> None:
    step = {"turn": "a", "response": "b", "ms": 5}
    for count in (MAX_STEPS, MAX_STEPS + 1):
        line = cohort_files.line({"status": "complete"} | GOOD | {"steps": [step] * count}) + b"\n"
        assert (BlockReader().read(line) is not None) == (count == MAX_STEPS)
        assert (BlockReader().read(line + line) is not None) == (count == MAX_STEPS)


@given(st.lists(st.integers(0, 40), max_size=30), st.lists(st.integers(0, 1200), max_size=4), st.booleans())
@settings(max_examples=scaled(150))
def test_parts_of_a_file_have_all_its_lines_once(lengths: list[int], cuts: list[int], ended: bool) -> None:
    lines = [b"%d" % number + b"x" * length for number, length in enumerate(lengths)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.attempts.jsonl"
        path.write_bytes(b"\n".join(lines) + (b"\n" if ended and lines else b""))
        size = path.stat().st_size
        bounds = sorted({0, *(cut for cut in cuts if cut < size)})
        found: list[bytes] = []
        for begin, end in zip(bounds, [*bounds[1:], None], strict=True):
            part = b"".join(run for run in runs(path, begin, end) if isinstance(run, bytes))
            found += part.split(b"\n")[:-1]
    assert found == lines


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


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("noisy", [False, True], ids=["words", "noise"])
def test_a_compressed_file_that_was_cut_off_or_changed_is_named_and_never_raises(
    tmp_path: Path, suffix: str, noisy: bool
) -> None:
    zstandard = pytest.importorskip("zstandard")
    rng = random.Random(5)
    names = [f"{rng.getrandbits(2000):x}" if noisy else f"a{number}" for number in range(1_500)]
    lines = b"".join(
        b'{"v":1,"attempt":"%s","trainee":"t","scenario":"s","steps":[]}\n' % name[:190].encode() for name in names
    )
    packed = gzip.compress(lines) if suffix == ".gz" else zstandard.ZstdCompressor().compress(lines)
    path = tmp_path / f"a.attempts.jsonl{suffix}"

    def read(data: bytes) -> list[Any]:
        path.write_bytes(data)
        return [record for _, record in read_attempts(path)]

    whole = read(packed)
    assert [record.attempt for record in whole] == [name[:190] for name in names]
    assert read(packed + packed) == whole + whole
    cuts = [
        1,
        5,
        11,
        100,
        len(packed) // 2,
        len(packed) - 9,
        len(packed) - 1,
        *(rng.randrange(1, len(packed)) for _ in range(20)),
    ]
    for cut in cuts:
        *before, last = read(packed[:cut])
        assert "damaged here" in last.reason
        assert before == whole[: len(before)]
    for _ in range(40):
        at = rng.randrange(len(packed))
        found = read(packed[:at] + bytes([packed[at] ^ rng.randrange(1, 256)]) + packed[at + 1 :])
        assert all(isinstance(record, Attempt | BadRecord) for record in found)


def test_a_plain_file_that_calls_itself_compressed_is_named(tmp_path: Path) -> None:
    pytest.importorskip("zstandard")
    for suffix in (".gz", ".zst"):
        path = tmp_path / f"a.attempts.jsonl{suffix}"
        path.write_bytes(b'{"v":1,"attempt":"a","trainee":"t","scenario":"s","steps":[]}\n' * 9)
        assert "damaged here" in reasons(path)[1]


def test_zstd_without_a_reader_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(zstd_files.importlib, "import_module", missing)
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

"""One process, several, or a Dask cluster: the same bytes; duplicates and bad records in whatever shards they lie."""

import multiprocessing
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cohort_files
import pytest
from cohort_files import bad_line, line, record, resolve, write_lines
from random_scenarios import rebuilt
from sizes import scaled

from alliance_trainer.cohort import engines, scanning, surveying
from alliance_trainer.cohort.engines import Workers
from alliance_trainer.cohort.run import ALONE, score_cohort
from alliance_trainer.cohort.spill import Collected
from alliance_trainer.core.automaton import Automaton, compile_scenario
from alliance_trainer.core.errors import TrainerError, UsageError
from alliance_trainer.journal import attempt_files
from alliance_trainer.reports import cohort_csv, cohort_json


def written(folder: Path, workers: Workers) -> tuple[bytes, bytes]:
    """The JSON and the CSV of a cohort."""
    with Collected(cohort_json.attempt_entry, cohort_json.refused_attempt, cohort_json.refusal) as found:
        result = score_cohort([folder], resolve=resolve, sink=found, workers=workers)
        as_json = b"".join(cohort_json.document(found.rows(), result, found.refusals()))
    with Collected(cohort_csv.attempt_row, cohort_csv.refused_row, cohort_csv.no_entry) as found:
        score_cohort([folder], resolve=resolve, sink=found, workers=workers)
        as_csv = b"".join(cohort_csv.document(found.rows()))
    return as_json, as_csv


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Good records, bad ones, and duplicates of both kinds, in several files."""
    lines = [line(record(number)) for number in range(scaled(90))]
    lines += [bad_line(number)[0] for number in range(scaled(32))]
    lines += [lines[3], lines[40], line(record(41, trainee="another")), line(record(42, attempt="good-00043"))]
    random.Random(5).shuffle(lines)
    for number in range(3):
        write_lines(tmp_path / "cohort" / f"{number}.attempts.jsonl", lines[number::3])
    write_lines(tmp_path / "cohort" / "k7.jsonl", [b'{"kind":"header"}'])
    return tmp_path / "cohort"


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveying, "_LEAST", 15_000)
    monkeypatch.setattr(surveying, "_FOR_EACH", 1_000)


@contextmanager
def quiet() -> Iterator[None]:
    """Dask warns of whatever it finds odd in a machine."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def test_shards_change_no_byte(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = written(folder, ALONE)
    assert b"it is the same attempt as in" in expected[0]
    assert b"differs from it" in expected[0]
    for size in (700, 5_000, 40_000):
        monkeypatch.setattr(surveying, "_ALL", size)
        assert written(folder, ALONE) == expected


def test_rows_are_found_again_wherever_they_lie(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = score_cohort([folder], resolve=resolve, rows=1000).rows
    monkeypatch.setattr(scanning, "_BETWEEN_MARKS", 300)
    monkeypatch.setattr(attempt_files, "_BLOCK", 500)
    path = folder / "1.attempts.jsonl"
    for size in (1 << 40, 5_000):
        monkeypatch.setattr(surveying, "_ALL", size)
        assert score_cohort([folder], resolve=resolve, rows=4).rows == everything[:4]
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert score_cohort([folder], resolve=resolve, rows=9).rows == everything[:9]


@pytest.mark.parametrize("copied", [True, False], ids=["copies of this process", "started afresh"])
def test_processes_change_no_byte(
    folder: Path, small_shards: None, monkeypatch: pytest.MonkeyPatch, copied: bool
) -> None:
    if copied and sys.platform != "linux":
        pytest.skip("processes are copied on Linux only: this was NOT tested")
    monkeypatch.setattr(engines, "_is_single", lambda: copied)
    with quiet():  # Python warns of copies beside the threads of the test runner
        assert written(folder, Workers(jobs=2)) == written(folder, ALONE)


def test_a_dask_cluster_changes_no_byte(folder: Path, small_shards: None) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        quiet(),
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", silence_logs=50
        ) as cluster,
    ):
        engine = "dask://" + cluster.scheduler_address.removeprefix("tcp://")
        assert written(folder, Workers(engine=engine)) == written(folder, ALONE)


@pytest.mark.parametrize(("workers", "words"), [({"jobs": 0}, "0 is no number"), ({"engine": "spark"}, "no engine")])
def test_what_cannot_be_meant_is_said(workers: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Workers(**workers)


def test_a_scheduler_that_is_not_there_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(engines, "_TIMEOUT", 0.3)
    with quiet(), pytest.raises(UsageError, match="no Dask scheduler"):
        score_cohort([folder], resolve=resolve, workers=Workers(engine="dask://127.0.0.1:9"))


class ChangedMeanwhile:
    """Finds one version of the scenario in the workers, and another in the process that started them."""

    def __call__(self, name: str, *_: object) -> Automaton | str:
        if name != cohort_files.SCENARIO.id:
            return "no"
        here = multiprocessing.parent_process() is None
        return compile_scenario(rebuilt(cohort_files.SCENARIO, title="Changed")) if here else cohort_files.AUTOMATON


def test_the_scenario_used_for_scoring_must_stay_the_same(folder: Path, small_shards: None) -> None:
    with pytest.raises(TrainerError, match="was changed while"):
        score_cohort([folder], resolve=ChangedMeanwhile(), workers=Workers(jobs=2))

"""How long `cohort score` takes and how much memory, against merely decoding the same file with msgspec.

    python benchmarks/cohort_score.py [--attempts 200000] [--repeat 3] [--rows]

Makes interchange attempts of about 12 steps on a scenario of 45 turns with 4 responses each, all from one seed, and
runs every task in a process of its own, the tasks in turn. Printed is the best of the repeats: the time of the work
without start-up, its ratio to decoding into the same typed records, and the peak of memory. The ratio counts;
seconds are those of this machine. What comes from a Parquet file of the same steps has its ratio to what DuckDB
needs merely to add up points by attempt, and to count the steps by attempt. `--rows` adds CSV and JSON, which take
far longer; --attempts 1000000 is what the project promises to score in twice the time and 300 MB.
"""

import argparse
import gc
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from alliance_trainer.__main__ import THRESHOLDS

TURNS, RESPONSES, SKILLS = 45, "abcd", ("recognition", "nondefensiveness", "metacommunication", "responsibility")
MARKERS = ([], ["wd-denial"], ["cf-complaint-therapist"], ["wd-denial", "cf-complaint-therapist"])
NOTICES = ("none", "withdrawal", "confrontation", "mixed")
SEED = 20261102


def scenario(seed: int = SEED) -> dict[str, object]:
    """A scenario whose ways are about 12 turns long."""
    rng = random.Random(seed)
    turns = {}
    for place in range(TURNS):
        responses = {}
        for letter in RESPONSES:
            to = place + rng.randint(2, 6)
            responses[f"response-{letter}"] = {
                "says": "says",
                "why": "why",
                "to": f"turn-{to:02d}" if to < TURNS else f"end-{rng.randrange(4)}",
                "rates": {skill: rng.randint(-2, 2) for skill in SKILLS},
                "harm": rng.choice((0, 0, 0, 0, 0, 0, 1, 2)),
            }
        turns[f"turn-{place:02d}"] = {"patient": "p", "markers": rng.choice(MARKERS), "responses": responses}
    outcomes = ("dropout", "sealed", "partly", "resolved")
    return {
        "format": 1,
        "id": "bench",
        "title": "Bench",
        "summary": "Made by chance.",
        "patient": {"name": "P", "age": 40},
        "briefing": "b",
        "start": "turn-00",
        "turns": turns,
        "endings": {f"end-{n}": {"outcome": outcome, "debrief": "d"} for n, outcome in enumerate(outcomes)},
    }


def steps_of(made: dict, rng: random.Random) -> list[dict[str, object]]:
    """One random way through the scenario."""
    at, steps = made["start"], []
    while at in made["turns"]:
        response = f"response-{rng.choice(RESPONSES)}"
        ms = rng.randrange(900, 30_000)
        steps.append({"turn": at, "notice": rng.choice(NOTICES), "response": response, "ms": ms})
        at = made["turns"][at]["responses"][response]["to"]
    return steps


def write_attempts(path: Path, count: int) -> float:
    """Write attempts of a tenth as many trainees; the mean number of steps."""
    made, rng, total = scenario(), random.Random(SEED + 1), 0
    with path.open("w", encoding="utf-8") as file:
        for _ in range(count):
            steps = steps_of(made, rng)
            total += len(steps)
            record = {
                "v": 1,
                "attempt": f"{rng.getrandbits(104):026x}",
                "trainee": f"wren-{rng.randrange(max(1, count // 10))}",
                "cohort": "autumn",
                "occasion": "pre",
                "scenario": "bench",
                "scenario_sha256": "0" * 64,
                "mode": "assess",
                "status": "complete",
                "started": f"2026-11-{rng.randint(1, 28):02d}T{rng.randint(8, 19):02d}:{rng.randint(0, 59):02d}:00Z",
                "steps": steps,
            }
            file.write(json.dumps(record, separators=(",", ":")) + "\n")
    return total / count


def decode_typed(path: Path) -> Callable[[], int]:
    """Nothing but msgspec, into the records that the scorer reads: what the ratios are to."""
    import msgspec

    from alliance_trainer.core.attempt import Attempt

    decode = msgspec.json.Decoder(Attempt).decode
    return lambda: _each_line(path, decode)


def decode_untyped(path: Path) -> Callable[[], int]:
    """Nothing but msgspec, into dicts and lists."""
    import msgspec

    return lambda: _each_line(path, msgspec.json.Decoder().decode)


def _each_line(path: Path, decode: Callable[[bytes], object]) -> int:
    count = 0
    with path.open("rb") as file:
        for line in file:
            decode(line)
            count += 1
    return count


def summary(path: Path) -> Callable[[], int]:
    """What `cohort score` shows on the screen."""
    from alliance_trainer.cohort.run import score_cohort

    return lambda: score_cohort([path], resolve=Bench(), rows=20).scored  # as many rows as the screen shows


def by_processes(path: Path) -> Callable[[], int]:
    """The same by several processes."""
    from alliance_trainer.cohort.engines import Workers
    from alliance_trainer.cohort.run import score_cohort

    return lambda: score_cohort([path], resolve=Bench(), rows=20, workers=Workers(jobs=JOBS)).scored


def from_parquet(path: Path) -> Callable[[], int]:
    """The same from a Parquet file of the steps."""
    return summary(_as_parquet(path))


def _as_parquet(path: Path) -> Path:
    """The steps of a file as a table beside it."""
    import duckdb

    table = path.with_name("bench.steps.parquet")
    if not table.exists():
        texts = ("attempt", "trainee", "scenario", "scenario_sha256", "mode", "status", "started", "cohort", "occasion")
        kinds = dict.fromkeys(texts, "VARCHAR")
        kinds["steps"] = "STRUCT(turn VARCHAR, notice VARCHAR, response VARCHAR, ms INTEGER)[]"
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in kinds.items())
        duckdb.execute(
            f"COPY (SELECT {', '.join(texts)}, number AS step, one.turn AS turn, one.notice AS notice, "
            "one.response AS response, one.ms AS ms FROM (SELECT *, unnest(steps) AS one, "
            "generate_subscripts(steps, 1) AS number FROM read_json(?, format = 'newline_delimited', "
            f"columns = {{{columns}}}))) TO '{table}' (FORMAT parquet)",
            [str(path)],
        )
    return table


def _aggregate(path: Path, query: str) -> Callable[[], int]:
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    connection.execute(f"CREATE VIEW steps AS SELECT * FROM '{_as_parquet(path)}'")
    connection.execute("CREATE TABLE key (turn VARCHAR, response VARCHAR, points INTEGER, offered INTEGER)")
    for turn_id, turn in scenario()["turns"].items():  # type: ignore[attr-defined]
        for name, response in turn["responses"].items():
            connection.execute("INSERT INTO key VALUES (?, ?, ?, 4)", [turn_id, name, sum(response["rates"].values())])
    return lambda: connection.execute(query).fetchall()[0][0]


def points_by_duckdb(path: Path) -> Callable[[], int]:
    """DuckDB adding up points by attempt: the least that scoring is."""
    query = "SELECT attempt, sum(points) AS points, sum(offered) AS offered FROM steps JOIN key USING (turn, response)"
    return _aggregate(path, f"SELECT count(*), avg(points / offered) FROM ({query} GROUP BY attempt)")


def counts_by_duckdb(path: Path) -> Callable[[], int]:
    """DuckDB counting the steps by attempt."""
    return _aggregate(path, "SELECT count(*), max(n) FROM (SELECT attempt, count(*) AS n FROM steps GROUP BY attempt)")


def as_csv(path: Path) -> Callable[[], int]:
    """What `cohort score --format csv` writes."""
    from alliance_trainer.cohort.run import score_cohort
    from alliance_trainer.cohort.spill import Collected
    from alliance_trainer.reports import cohort_csv

    def run() -> int:
        with Collected(cohort_csv.attempt_row, cohort_csv.refused_row, cohort_csv.no_entry) as found:
            result = score_cohort([path], resolve=Bench(), sink=found, rows=0)
            with path.with_suffix(".csv").open("wb") as file:
                file.writelines(cohort_csv.document(found.rows()))
        return result.scored

    return run


def as_json(path: Path) -> Callable[[], int]:
    """What `cohort score --format json` writes."""
    from alliance_trainer.cohort.run import score_cohort
    from alliance_trainer.cohort.spill import Collected
    from alliance_trainer.reports import cohort_json

    def run() -> int:
        with Collected(cohort_json.attempt_entry, cohort_json.refused_attempt, cohort_json.refusal) as found:
            result = score_cohort([path], resolve=Bench(), sink=found, rows=0)
            with path.with_suffix(".json").open("wb") as file:
                file.writelines(cohort_json.document(found.rows(), result, found.refusals()))
        return result.scored

    return run


class Bench:
    """Finds the scenario of the benchmark, wherever it is asked."""

    def __call__(self, *_: object) -> object:
        """The compiled scenario."""
        from alliance_trainer.core.automaton import compile_scenario
        from alliance_trainer.core.model import Scenario

        return compile_scenario(Scenario.model_validate(scenario()))


JOBS = 2
DECODE, POINTS, COUNTS = "decode, typed", "duckdb: points", "duckdb: counts"
TASKS = {
    DECODE: decode_typed,
    "decode, untyped": decode_untyped,
    "score to summary": summary,
    "by 2 processes": by_processes,
    POINTS: points_by_duckdb,
    COUNTS: counts_by_duckdb,
    "score a Parquet": from_parquet,
}
ROWS = {"score to CSV": as_csv, "score to JSON": as_json}


def work(task: str, path: Path) -> None:
    """One task in this process: its time, its processor time and the peak of memory, as JSON."""
    gc.set_threshold(*THRESHOLDS)  # for every task alike, as the program sets them when it starts
    run = (TASKS | ROWS)[task](path)
    began, used = time.perf_counter(), time.process_time()
    count = run()
    figures = {
        "wall": time.perf_counter() - began,
        "cpu": time.process_time() - used,
        "count": count,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


def measure(path: Path, repeat: int, tasks: list[str]) -> dict[str, dict[str, float]]:
    """The best of the repeats of each task, the tasks in turn."""
    best: dict[str, dict[str, float]] = {}
    for _ in range(repeat):
        for task in tasks:
            began = time.perf_counter()
            command = [sys.executable, __file__, "--task", task, "--file", str(path)]
            done = subprocess.run(command, capture_output=True, check=True, text=True)
            figures = json.loads(done.stdout) | {"process": time.perf_counter() - began}
            kept = best.setdefault(task, figures)
            best[task] = {name: min(kept[name], value) for name, value in figures.items()}
    return best


def show(best: dict[str, dict[str, float]]) -> None:
    """The table, and the ratios that are promised."""
    base = best[DECODE]
    print(f"{'':18}{'wall s':>8}{'ratio':>7}{'cpu s':>8}{'ratio':>7}{'whole process s':>17}{'ratio':>7}{'peak MB':>9}")
    for task, found in best.items():
        cells = "".join(
            f"{found[name]:{wide}.3f}{found[name] / base[name]:7.2f}"
            for name, wide in (("wall", 8), ("cpu", 8), ("process", 17))
        )
        print(f"{task:18}{cells}{found['peak']:9.0f}")
    one, two, table = (best[task] for task in ("score to summary", "by 2 processes", "score a Parquet"))
    times, peak = one["cpu"] / base["cpu"], one["peak"]
    print(f"scored in {times:.2f} times the time of decoding (promised: 2), {peak:.0f} MB (promised: 300)")
    print(f"2 processes: {one['wall'] / two['wall']:.2f} times as fast as one")
    print(
        f"a Parquet: {table['cpu'] / best[POINTS]['cpu']:.2f} times the time of DuckDB adding up points (promised: 5), "
        f"{table['cpu'] / best[COUNTS]['cpu']:.1f} times that of DuckDB counting steps"
    )


def main() -> None:
    """Measure, or do one task in a process of its own."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does when it starts
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--attempts", type=int, default=200_000)
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--rows", action="store_true")
    options.add_argument("--task")
    options.add_argument("--file", type=Path)
    chosen = options.parse_args()
    if chosen.task:
        work(chosen.task, chosen.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.attempts.jsonl"
        mean = write_attempts(path, chosen.attempts)
        # In a process of its own: what a process has used counts for those that it starts.
        subprocess.run(
            [sys.executable, __file__, "--task", POINTS, "--file", str(path)], capture_output=True, check=True
        )
        size = path.stat().st_size / 1e6
        print(f"{chosen.attempts} attempts of {mean:.1f} steps on average, {size:.0f} MB")
        show(measure(path, chosen.repeat, [*TASKS, *(ROWS if chosen.rows else ())]))


if __name__ == "__main__":
    main()

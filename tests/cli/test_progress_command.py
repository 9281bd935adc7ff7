"""Progress over the records: what it says, and that its index never says anything that the records do not."""

import json
import os
import shutil
from pathlib import Path

import pytest
from command import Done, command
from drills import spot

from alliance_trainer.cli import history
from alliance_trainer.cli.history import gather
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.scoring import SCORER_VERSION
from alliance_trainer.journal import index_file

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
WAYS = (
    "none\nexplain\nwithdrawal\nwonder\nmixed\nstay\nnone\nask\n",
    "confrontation\nown-it\nmixed\nstay\nnone\nask\n",
    "confrontation\nown-it\n",
)


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three attempts, the last one unfinished, and a drill."""
    folder = tmp_path_factory.mktemp("practised")
    path = folder / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    for typed in WAYS:
        assert command("play", path, "--seed", "1", "--trainee", "wren-27", data=folder / "data", typed=typed).code == 0
    assert spot(folder / "data", "none\n" * 3, "--count", "3", "--seed", "2").code == 0
    return folder / "data"


@pytest.fixture
def data(practised: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(practised, copy)
    return copy


def progress(data: Path) -> Done:
    done = command("progress", data=data, environment={"COLUMNS": "100"})
    assert done.code == 0, done.errors
    return done


def gathered(data: Path) -> history.Gathered:
    return gather(Settings(data_dir=data, libraries=(), plain=None, no_color=True))


def index_of(data: Path) -> dict[str, object]:
    found = json.loads((data / index_file.NAME).read_bytes().partition(b"\n")[2])
    assert isinstance(found, dict)
    return found


def test_it_tells_what_was_practised_what_comes_back_and_what_next(data: Path) -> None:
    out = progress(data).out
    assert "3 attempts and 1 drill" in out
    assert "noticing:" in out
    assert "metacommunication:" in out
    assert "My progress: what comes back." in out
    assert "tomorrow: " in out
    assert "alliance-trainer " in out
    assert out.count("Option ") == 3, "each attempt is listed"
    assert "unfinished" in out
    assert "streak" not in out


def test_before_anything_was_practised_it_says_so_and_makes_no_folder(tmp_path: Path) -> None:
    done = progress(tmp_path / "nothing")
    assert "Nothing has been practised yet." in done.out
    assert "Next:" in done.out
    assert not (tmp_path / "nothing").exists()


def test_the_figures_are_those_of_the_debrief(data: Path) -> None:
    rows = {row.attempt: row for row in gathered(data).history.attempts}
    assert len(rows) == 3
    for attempt, row in rows.items():
        told = json.loads(command("debrief", attempt, "--format", "json", data=data).out)
        assert (row.scenario, row.started[:4], row.mode) == (told["scenario"], "2026", told["mode"]) or row.started
        skills = {name: (one["points"], one["offered"], one["moments"]) for name, one in told["skills"].items() if one}
        assert row.skills == skills
        assert row.status == told["status"]
        counts = [[0] * 4 for _ in range(4)]
        kinds = ("none", "withdrawal", "confrontation", "mixed")
        for answer in row.noticed:
            counts[kinds.index(answer.rupture)][kinds.index(answer.answer)] += 1
        assert counts == told["noticed"]["confusion"]
        assert row.receipt == told["receipt"] or not row.finished


def test_with_and_without_its_index_it_says_the_same(data: Path) -> None:
    first = progress(data).out
    found = gathered(data).history
    path = data / index_file.NAME
    kept, written = path.read_bytes(), path.stat().st_mtime_ns
    assert progress(data).out == first
    assert path.stat().st_mtime_ns == written, "nothing changed, so nothing is written"
    title = kept.replace(b"The wrong form", b"The wrong farm")
    assert title != kept
    for damage in (b"", b"rubbish", kept[:-30], title, b"\0" * len(kept), kept[:50]):
        path.write_bytes(damage)
        assert gathered(data).history == found
        assert path.read_bytes() == kept
    path.unlink()
    assert progress(data).out == first


def test_an_index_of_another_version_is_not_used(data: Path) -> None:
    before = gathered(data).history
    path = data / index_file.NAME
    index = index_of(data)
    assert index["made_by"] == index_file._MAKER
    for row in index["attempts"].values():  # type: ignore[attr-defined]
        row[1]["title"] = "Old"
    index["made_by"] = "0.0.1 1.1"
    body = json.dumps(index).encode()
    path.write_bytes(index_file._HEADING + index_file._checksum(body) + b"\n" + body)
    assert gathered(data).history == before


def test_a_forged_row_lasts_only_while_its_journal_is_the_same_and_decides_nothing_else(data: Path) -> None:
    """The index is not secret: what holds is that records always win once anything about a journal is different."""
    before = gathered(data).history
    path, index = data / index_file.NAME, index_of(data)
    attempt = before.attempts[0].attempt
    index["attempts"][attempt][1]["title"] = "Forged"  # type: ignore[index]
    body = json.dumps(index).encode()
    path.write_bytes(index_file._HEADING + index_file._checksum(body) + b"\n" + body)
    assert gathered(data).history.attempts[0].title == "Forged"
    assert "Forged" not in command("debrief", attempt, data=data).out
    journal = data / "attempts" / f"{attempt}.jsonl"
    os.utime(journal, ns=(0, 0))
    assert gathered(data).history == before


def test_what_cannot_be_read_is_counted_and_looked_at_again(data: Path) -> None:
    whole = gathered(data).history
    journals = sorted((data / "attempts").glob("*.jsonl"))
    journal = next(path for path in journals if b'"answer":"confrontation"' in path.read_bytes())
    sound = journal.read_bytes()
    journal.write_bytes(sound.replace(b"confrontation", b"confr0ntation", 1))
    assert gathered(data).history.unread == 1
    assert "1 could not be read: see alliance-trainer data check" in " ".join(progress(data).out.split())
    journal.write_bytes(sound)
    assert gathered(data).history == whole
    torn = next(path for path in journals if path != journal)
    torn.write_bytes(torn.read_bytes()[:-1])
    assert gathered(data).history == whole, "a record that lacks only its line end counts"
    shutil.rmtree(data / "scenarios")
    (data / index_file.NAME).unlink()
    assert gathered(data).history.unread == 3


def test_an_attempt_that_went_on_or_was_deleted_is_seen_at_once(data: Path) -> None:
    before = gathered(data).history
    last = next(row for row in before.attempts if not row.finished)
    command("resume", last.attempt, data=data, typed="mixed\nstay\nnone\nask\n")
    (after,) = [row for row in gathered(data).history.attempts if row.attempt == last.attempt]
    assert after.finished
    assert len(after.noticed) > len(last.noticed)
    (data / "attempts" / f"{last.attempt}.jsonl").unlink()
    assert len(gathered(data).history.attempts) == 2
    assert last.attempt.encode() not in (data / index_file.NAME).read_bytes()


def test_a_folder_that_cannot_be_written_costs_only_time(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alliance_trainer.journal import disk

    def refuse(*_: object) -> None:
        raise OSError

    (data / index_file.NAME).unlink(missing_ok=True)
    monkeypatch.setattr(disk, "create", refuse)
    assert len(gathered(data).history.attempts) == 3
    assert not list(data.glob(f"{index_file.NAME}*"))


def test_progress_needs_neither_scenarios_nor_scorer_once_all_is_in_the_index(data: Path) -> None:
    import subprocess
    import sys

    gathered(data)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "alliance_trainer", "progress"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "ALLIANCE_TRAINER_DATA": str(data)},
    )
    for name in ("yaml", "numpy", "questionary", "alliance_trainer.core.scoring", "alliance_trainer.core.model"):
        assert f" {name}\n" not in done.stderr


def test_the_rows_name_the_scorer_that_draws_them() -> None:
    from alliance_trainer.core.history import ROWS

    assert ROWS.split(".")[1] == str(SCORER_VERSION), "with a new scorer the rows of the index are drawn anew"

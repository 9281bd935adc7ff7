"""What is finished: an attempt that says so and came to an ending, whoever wrote it and however it is read."""

from pathlib import Path
from typing import Any

import pytest
from cohort_files import AUTOMATON, line, record, resolve, write_lines
from test_cohort_journals import keep

from alliance_trainer.cohort.assessment.claims import Verified, Verifier
from alliance_trainer.cohort.assessment.unpacking import Keys
from alliance_trainer.cohort.run import score_cohort
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.scoring import score
from alliance_trainer.journal.attempt_lines import read_line
from alliance_trainer.journal.store import Store


def ended(status: str, *, rewound: bool = False) -> dict[str, Any]:
    """A record whose answers come to an ending, and what it says of itself."""
    return next(
        one | {"status": status}
        for one in map(record, range(500))
        if one["status"] == "complete" and rewound == any("rewind" in step for step in one["steps"])
    )


@pytest.mark.parametrize("status", ["unfinished", "abandoned"])
@pytest.mark.parametrize("rewound", [False, True])
@pytest.mark.parametrize("close", [False, True])
def test_a_record_that_says_it_is_not_finished_is_not(tmp_path: Path, status: str, rewound: bool, close: bool) -> None:
    """Whether its line is read with many others (it is closed, without a rewind), or by itself."""
    data = ended(status, rewound=rewound)
    path = write_lines(tmp_path / "a.attempts.jsonl", [line(data, close=close)])
    result = score_cohort([path], resolve=resolve)
    (row,) = result.rows
    assert (row.status, row.of_record) == ("unfinished", False)
    assert (result.figures.of_record, result.figures.trainees) == (0, 0)
    assert result.figures.statuses["unfinished"] == 1
    attempt = read_line(line(data))
    assert isinstance(attempt, Attempt)
    card = score(AUTOMATON, attempt.steps, attempt.status)
    assert (card.status, card.ending, card.outcome) == ("unfinished", row.ending, row.outcome)


def test_and_so_in_a_table_of_steps(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    from test_steps_tables import rows_of, write_table

    path = write_table(tmp_path / "steps.parquet", rows_of(ended("unfinished")))
    result = score_cohort([path], resolve=resolve)
    assert result.rows[0].status == "unfinished"
    assert result.figures.of_record == 0


def cut(path: Path, lines: int, more: bytes = b"") -> None:
    """Take away the last lines of a journal, and leave a piece."""
    kept = path.read_bytes().splitlines(keepends=True)[:-lines]
    path.write_bytes(b"".join(kept) + more)


@pytest.mark.parametrize("more", [b"", b'{"count":'])
def test_a_journal_whose_end_is_gone_is_unfinished_and_has_no_receipt(tmp_path: Path, more: bytes) -> None:
    store = Store(folder=tmp_path / "autumn")
    one = keep(store, 3, "wren")
    assert score_cohort([store.folder], resolve=resolve).rows[0].attempt.receipt
    cut(one.path, 1, more)
    (row,) = score_cohort([store.folder], resolve=resolve).rows
    assert row.ending is not None
    assert (row.status, row.of_record, row.attempt.receipt) == ("unfinished", False, None)


def verified(path: Path) -> Verified:
    (found,) = Verifier([], Keys(keys=())).verify([path])
    return found


def test_a_journal_that_was_cut_off_is_not_called_whole(tmp_path: Path) -> None:
    store = Store(folder=tmp_path / "autumn")
    one = keep(store, 3, "wren")
    whole = one.path.read_bytes()
    assert verified(one.path).claims.chain.state == "holds"
    one.path.write_bytes(whole[:-1])  # the line end alone: no record lacks anything
    assert verified(one.path).claims.chain.state == "holds"
    one.path.write_bytes(whole[:-5])
    found = verified(one.path)
    assert found.claims.chain.state == "fails"
    assert "was cut off" in found.claims.chain.reason
    assert (found.status, found.receipt) == ("unfinished", None)
    cut(one.path, 1)
    assert verified(one.path).claims.chain.state == "not checked"
    assert "no end" in verified(one.path).claims.chain.reason

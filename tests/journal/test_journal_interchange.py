"""A journal as an attempt: probes go with their choices, undos become rewinds, and the clock is not believed."""

import pytest
from journal_play import ATTEMPT, RECORDS, chained, header

from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.journal.events import Choice, Event, Note, Pause, Probe, Resume, Retract, Shown
from alliance_trainer.journal.interchange import clock_steps_back, to_attempt, to_steps
from alliance_trainer.journal.receipt import receipt


def probe(turn: str, answer: str) -> Probe:
    return Probe(turn=turn, answer=answer, ms=5)  # type: ignore[arg-type]


def choice(turn: str, response: str = "say-it") -> Choice:
    return Choice(turn=turn, response=response, ms=70)


def step(turn: str, notice: str | None = None, response: str = "say-it") -> Step:
    return Step(turn=turn, notice=notice, response=response, ms=70)  # type: ignore[arg-type]


def undo(turn: str, what: str = "choice") -> Retract:
    return Retract(turn=turn, what=what)  # type: ignore[arg-type]


BEFORE: list[tuple[list[Event], list[Step]]] = [
    ([], []),
    ([probe("a", "none")], []),
    ([probe("a", "none"), Shown(turn="a", order=("say-it",)), choice("a")], [step("a", "none")]),
    ([choice("a")], [step("a")]),
    ([probe("a", "none"), choice("a"), probe("b", "mixed")], [step("a", "none")]),
    ([probe("a", "none"), undo("a", "probe"), probe("a", "mixed"), choice("a")], [step("a", "none")]),
    (
        [probe("a", "none"), choice("a"), undo("a"), choice("a", "other")],
        [step("a", "none"), Step(rewind="a"), step("a", response="other")],
    ),
    (
        [probe("a", "none"), choice("a"), undo("a"), probe("a", "mixed"), choice("a")],
        [step("a", "none"), Step(rewind="a"), step("a", "mixed")],
    ),
    (
        [choice("a"), probe("b", "mixed"), undo("b", "probe"), undo("a"), choice("a"), probe("b", "none"), choice("b")],
        [step("a"), Step(rewind="a"), step("a"), step("b", "mixed")],
    ),
    ([choice("a"), probe("a", "none"), choice("a")], [step("a"), step("a", "none")]),
    (
        [probe("a", "none"), Note(turn="a", text="?"), Pause(at="2026-11-02T10:00:00Z"), choice("a")],
        [step("a", "none")],
    ),
]

AFTER: list[tuple[list[Event], list[Step]]] = [
    ([choice("a"), probe("a", "none")], [step("a", "none")]),
    ([choice("a")], [step("a")]),
    ([choice("a"), probe("a", "none"), choice("b"), probe("b", "mixed")], [step("a", "none"), step("b", "mixed")]),
    ([choice("a"), probe("a", "none"), undo("a", "probe"), probe("a", "mixed")], [step("a", "none")]),
    ([choice("a"), probe("a", "none"), choice("a"), probe("a", "mixed")], [step("a", "none"), step("a", "mixed")]),
    (
        [choice("a"), probe("a", "none"), undo("a"), choice("a"), probe("a", "mixed")],
        [step("a", "none"), Step(rewind="a"), step("a", "mixed")],
    ),
    ([choice("a"), probe("b", "none"), choice("b")], [step("a"), step("b", "none")]),
    ([choice("a"), undo("a"), probe("a", "none")], [step("a"), Step(rewind="a")]),
]


@pytest.mark.parametrize(("played", "steps"), BEFORE)
def test_steps_when_noticing_comes_first(played: list[Event], steps: list[Step]) -> None:
    assert to_steps(chained(header(), played)[0]) == tuple(steps)


@pytest.mark.parametrize(("played", "steps"), AFTER)
def test_steps_when_noticing_comes_after(played: list[Event], steps: list[Step]) -> None:
    assert to_steps(chained(header(notice="after"), played)[0]) == tuple(steps)


def test_a_whole_attempt() -> None:
    attempt = to_attempt(RECORDS)
    assert attempt == Attempt(
        attempt=ATTEMPT,
        trainee="wren-27",
        scenario="its-fine",
        scenario_sha256="a" * 64,
        scenario_graph="b" * 64,
        scenario_text="c" * 64,
        scenario_key="d" * 64,
        mode="practice",
        status="complete",
        started="2026-11-02T09:14:00Z",
        receipt=receipt(RECORDS),
        steps=to_steps(RECORDS),
    )
    assert sum(each.rewind is not None for each in attempt.steps) == 1
    assert sum(each.response is not None for each in attempt.steps) == 13


def test_cohort_occasion_and_status() -> None:
    first = header(cohort="autumn", occasion="pre", mode="assess")
    records, _ = chained(first, [choice("a")], ending=None)
    attempt = to_attempt(records)
    assert (attempt.cohort, attempt.occasion, attempt.mode) == ("autumn", "pre", "assess")
    assert attempt.status == "unfinished"


def test_an_attempt_that_was_ended_elsewhere_than_at_an_ending_is_abandoned() -> None:
    from alliance_trainer.journal.events import End
    from alliance_trainer.journal.record import write

    records, _ = chained(header(), [choice("a")], ending=None)
    end, _ = write(End(reason="turn-cap", count=2, head=records[-1].sum), seq=2, prev=records[-1].sum)
    assert to_attempt((*records, end)).status == "abandoned"


def test_records_without_a_header_are_refused() -> None:
    for records in ((), RECORDS[1:]):
        with pytest.raises(ValueError, match="no header"):
            to_attempt(records)


def test_a_clock_that_steps_back_is_stored_as_seen_and_flagged() -> None:
    times = ("2026-11-02T10:00:00Z", "1970-01-01T00:00:10Z", "2026-11-02T09:59:59Z", "2040-01-01T00:00:00Z")
    records, _ = chained(header(), [Pause(at=times[0]), Resume(at=times[1]), Pause(at=times[2]), Resume(at=times[3])])
    assert clock_steps_back(records) == (2, 3)
    assert [each.event.at for each in records[1:5]] == list(times)  # type: ignore[union-attr]
    assert clock_steps_back(RECORDS) == ()

"""Own words, hints, branches and how hard it was, in the journal: where they may stand, and that none is lost."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from disk_model import Killed, Tripwire, using
from journal_checks import JOURNAL, fresh, open_again
from journal_play import ATTEMPT, RECORDS, chained, forged, header

from alliance_trainer.core.own_words import OwnWords
from alliance_trainer.journal import branches, own_words, scan, writer
from alliance_trainer.journal.events import Branch, Choice, End, Felt, Note, Reason, Retract, Said
from alliance_trainer.journal.families import BRANCHES
from alliance_trainer.journal.interchange import to_attempt, to_steps
from alliance_trainer.journal.receipt import receipt
from alliance_trainer.journal.record import write
from alliance_trainer.journal.scan import Clean, Damaged

OLD = Path(__file__).parent.parent / "data" / "journal_format_1.jsonl"
FELT = Felt(answer="too-hard")


def choice(turn: str, response: str = "say-it") -> Choice:
    return Choice(turn=turn, response=response, ms=7)


def with_felt() -> scan.Records:
    record, _ = write(FELT, seq=len(RECORDS), prev=RECORDS[-1].sum)
    return (*RECORDS, record)


def test_an_old_journal_reads_and_tells_the_same() -> None:
    found = scan.scan(OLD.read_bytes())
    assert isinstance(found, Clean)
    attempt = to_attempt(found.records)
    assert attempt.status == "complete"
    assert [(step.turn, step.notice, step.response) for step in attempt.steps] == [
        ("form", "confrontation", "explain"),
        (None, None, None),
        ("form", "none", "own-it"),
        ("hurt", "mixed", "stay"),
    ]
    assert attempt.steps[1].rewind == "form"
    assert own_words.words_of(found.records) == (OwnWords(),) * 3
    assert own_words.felt_of(found.records) is None


def test_how_hard_it_was_follows_the_end_once_and_changes_nothing_else() -> None:
    records = with_felt()
    assert scan.is_finished(records)
    assert receipt(records) == receipt(RECORDS)
    assert to_attempt(records) == to_attempt(RECORDS)
    assert own_words.felt_of(records) == "too-hard"
    data = b"".join(write(each.event, seq=each.seq, prev=each.prev)[1] for each in records)
    assert isinstance(scan.scan(data), Clean)
    for more in ({"kind": "felt", "answer": "right"}, {"kind": "note", "turn": "a", "text": "x"}):
        found = scan.scan(data + forged(more, len(records), records[-1].sum))
        assert isinstance(found, Damaged)
        assert "after the end" in found.reason
    early = scan.scan(chained(header(), [FELT], ending=None)[1])
    assert isinstance(early, Damaged)


def test_the_writer_keeps_to_the_same_rule() -> None:
    with using(fresh()), writer.create(JOURNAL, header()) as journal:
        with pytest.raises(ValueError, match="only after the end"):
            journal.append(FELT)
        journal.append(choice("slip"))
        journal.finish(ending="over")
        journal.append(FELT)
        for event in (FELT, Note(turn="slip", text="x")):
            with pytest.raises(ValueError, match="after the end"):
                journal.append(event)


def test_killed_at_every_byte_of_the_last_answer_the_attempt_stays_finished() -> None:
    def play() -> None:
        with writer.create(JOURNAL, header()) as journal:
            journal.append(choice("slip"))
            journal.finish(ending="over")
            journal.append(FELT)

    wire = Tripwire(fresh())
    with using(wire):
        play()
    end = [number for number, (name, _, _) in enumerate(wire.trace) if name == "sync"][2]
    points = [(at, taken) for at in range(end + 1, len(wire.trace)) for taken in range(wire.trace[at][2] + 1)]
    assert len(points) > 90
    for at, taken in points:
        memory = fresh()
        with using(Tripwire(memory, kill_at=at, kill_bytes=taken)), suppress(Killed):
            play()
        memory.reboot()
        with using(memory):
            clean = open_again(memory)
            assert clean is not None
            assert scan.is_finished(clean.records)
            assert len(clean.records) in (3, 4)


def test_words_go_with_the_choice_that_followed_them() -> None:
    told = [
        Said(turn="a", text="first", ms=1),
        choice("a"),
        Reason(turn="a", text="why"),
        Retract(turn="a", what="choice"),
        choice("a", "other"),
        Said(turn="b", text="", ms=1),
        choice("b"),
        Said(turn="c", text="waiting", ms=1),
    ]
    records, _ = chained(header(say_first=True), told, ending=None)
    assert own_words.words_of(records) == (OwnWords(said="first", reason="why"), OwnWords(), OwnWords())
    assert own_words.waiting_words(records, "c") == "waiting"
    assert own_words.waiting_words(records, "a") == ""
    assert own_words.worded_turns(records) == {"a", "b", "c"}
    assert [own_words.reason_is_due(records[:count]) for count in (2, 3, 4, 5)] == [False, True, False, False]
    assert len(to_steps(records)) == 4, "words are no steps"


def test_a_branch_stands_on_the_records_before_the_choice_that_is_tried_again() -> None:
    records, _ = chained(header(), [choice("a"), choice("b"), choice("c")])
    first = branches.first_record(records, 1, app="1", branch="b" * 26, started="2026-11-02T09:14:00Z")
    assert (first.attempt, first.turn, first.at, first.head) == (ATTEMPT, "b", 2, records[2].sum)
    assert first.scenario == RECORDS[0].event.scenario  # type: ignore[union-attr]
    record, line = write(first, seq=0, prev="0" * 16, family=BRANCHES)
    assert isinstance(scan.scan(line, BRANCHES), Clean)
    assert isinstance(scan.scan(line), Damaged), "a branch is no attempt"
    added, more = write(choice("b", "better"), seq=1, prev=record.sum, family=BRANCHES)
    steps = branches.all_steps((record, added), records)
    assert [(step.turn, step.response) for step in steps] == [("a", "say-it"), ("b", "better")]
    assert branches.choice_tried(first, records) == 1
    end = End(ending="x", count=2, head=added.sum)
    last, ended = write(end, seq=2, prev=added.sum, family=BRANCHES)
    with pytest.raises(ValueError, match="felt"):
        write(FELT, seq=3, prev=last.sum, family=BRANCHES)
    assert isinstance(scan.scan(line + more + ended, BRANCHES), Clean)
    other, _ = chained(header(seed="9"), [choice("a"), choice("b"), choice("c")])
    for wrong in (other, records[:2]):
        with pytest.raises(Exception, match="does not fit the attempt"):
            branches.steps_before(first, wrong)


def test_a_branch_names_its_attempt_so_that_both_are_deleted_together(tmp_path: Path) -> None:
    records, _ = chained(header(), [choice("a")])
    first = branches.first_record(records, 0, app="1", branch="b" * 26, started="2026-11-02T09:14:00Z")
    with branches.shelf(tmp_path).begin(first.branch, first).writer as journal:
        path = journal.path
    assert json.loads(path.read_text())["attempt"] == ATTEMPT
    (found,) = branches.of_attempt(tmp_path, ATTEMPT)
    assert isinstance(found.branch, Branch)
    assert found.branch == first
    assert branches.of_attempt(tmp_path, "a" * 26) == []
    looked_up = branches.find(tmp_path, "bbbb")
    assert looked_up is not None
    assert looked_up.path == path

"""What is shown of attempts and what is not: each way of cheating that can be noticed is, and the others are named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import packed
import pytest
from msgspec.structs import replace

from alliance_trainer.cohort.assessment.claims import Verified, Verifier, unused
from alliance_trainer.cohort.assessment.unpacking import Keys
from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.core.replay import replay
from alliance_trainer.journal.events import Choice, Event, Header, Pause, Retract
from alliance_trainer.journal.interchange import to_attempt
from alliance_trainer.journal.scan import scan
from alliance_trainer.scenario_files.loader import load
from alliance_trainer.scenario_files.packs import key as key_files

MADE = packed.of_shipped("mm-hm")
KEYS = Keys(keys=(MADE.key,))
NAMES = ("unaltered", "chain", "key", "path")


def verify(path: Path, *codes: str, keys: Keys = KEYS) -> Verified:
    (found,) = Verifier(codes, keys).verify([path])
    return found


def states(found: Verified) -> tuple[str, ...]:
    return tuple(getattr(found.claims, name).state for name in NAMES)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return packed.played(MADE, tmp_path, 3)


def code_of(journal: Path) -> str:
    code = verify(journal).receipt
    assert code is not None
    return code


def test_of_an_honest_record_every_claim_holds(journal: Path) -> None:
    found = verify(journal, code_of(journal))
    assert states(found) == ("holds", "holds", "holds", "holds")
    assert not found.claims.failing
    assert found.remarks == ()
    assert (found.scenario, found.trainee, found.mode, found.seed) == ("mm-hm", "wren-27", "assess", "7")


def test_without_code_and_key_these_two_are_not_checked(journal: Path) -> None:
    found = verify(journal, keys=Keys())
    assert states(found) == ("not checked", "holds", "not checked", "holds")
    assert not found.claims.failing
    (journal.parent.parent / "scenarios").rename(journal.parent.parent / "gone")
    assert states(verify(journal, keys=Keys()))[3] == "not checked", "there is nothing to replay it in"
    assert states(verify(journal))[3] == "holds", "the key has the scenario"


def another_answer(events: list[Event]) -> list[Event]:
    """The last answer given differently, as it could have been: shown there, and leading to an ending."""
    number, last = next((at, one) for at, one in reversed(list(enumerate(events))) if isinstance(one, Choice))
    shown = MADE.pack.scenarios[0].places[last.turn].on_offer
    other = next(
        name for name, way in shown.items() if name != last.response and way.to in MADE.pack.scenarios[0].endings
    )
    return [*events[:number], replace(last, response=other), *events[number + 1 :]]


def slower(events: list[Event]) -> list[Event]:
    return [replace(one, ms=one.ms + 1) if isinstance(one, Choice) else one for one in events]


def other_name(events: list[Event]) -> list[Event]:
    first, *later = events
    assert isinstance(first, Header)
    return [replace(first, trainee="heron-11"), *later]


@pytest.mark.parametrize("change", [slower, other_name, another_answer])
def test_an_edited_record_is_whole_in_itself_but_not_the_one_with_the_receipt(
    journal: Path, tmp_path: Path, change: Callable[[list[Event]], list[Event]]
) -> None:
    edited = packed.forged(journal, change, tmp_path / "edited")
    found = verify(edited, code_of(journal))
    assert states(found) == ("fails", "holds", "holds", "holds")
    assert found.claims.failing
    assert verify(packed.forged(journal, list, tmp_path / "same"), code_of(journal)).claims.unaltered.state == "holds"


def test_the_record_of_another_play_does_not_fit_the_receipt(journal: Path, tmp_path: Path) -> None:
    swapped = packed.played(MADE, tmp_path / "other", 4)
    assert verify(swapped, code_of(journal)).claims.unaltered.state == "fails"
    assert "code mismatch" in verify(swapped, code_of(journal)).claims.unaltered.reason
    assert verify(swapped, code_of(journal), code_of(swapped)).claims.unaltered.state == "holds"


def test_a_byte_changed_by_hand_breaks_the_chain(journal: Path) -> None:
    journal.write_bytes(journal.read_bytes().replace(b'"ms":60000', b'"ms":60001', 1))
    found = verify(journal, "AAAA-AAAA-AAAA-AAAA")
    assert states(found)[:2] == ("fails", "fails")
    assert "damaged at line" in found.claims.chain.reason
    assert found.receipt is None


def test_a_way_that_could_not_be_taken_is_named(journal: Path, tmp_path: Path) -> None:
    def jump(events: list[Event]) -> list[Event]:
        at = next(number for number, one in enumerate(events) if isinstance(one, Choice))
        return [one for number, one in enumerate(events) if number != at]

    for keys in (KEYS, Keys()):
        found = verify(packed.forged(journal, jump, tmp_path / "jumped"), keys=keys)
        assert found.claims.path.state == "fails"
        assert "step 1" in found.claims.path.reason


def test_an_answer_taken_back_is_not_legal_in_assess_mode(journal: Path, tmp_path: Path) -> None:
    def undone(events: list[Event]) -> list[Event]:
        at, one = next((number, one) for number, one in enumerate(events) if isinstance(one, Choice))
        return [*events[: at + 1], Retract(turn=one.turn, what="choice"), *events[at:]]

    found = verify(packed.forged(journal, undone, tmp_path / "undone"))
    assert "taken back" in found.claims.path.reason


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        (Keys(keys=(packed.of_shipped("its-fine").key,)), "belongs to its pack"),
        (Keys(keys=(replace(MADE.key, salt="0" * 64),)), "changed"),
        (Keys(keys=(replace(MADE.key, commitment="0" * 64),)), "changed"),
    ],
)
def test_a_key_that_is_not_the_one_of_the_pack_is_named(journal: Path, keys: Keys, word: str) -> None:
    found = verify(journal, keys=keys)
    assert found.claims.key.state == "fails"
    assert word in found.claims.key.reason


def test_a_key_made_anew_with_other_ratings_is_not_the_one_that_was_committed(journal: Path) -> None:
    """The instructor keeps secret and map, changes a rating and makes hashes and promise fit: the pack tells."""
    one = MADE.key.scenarios[0]
    text = one.source.replace("recognition: 2", "recognition: 1", 1)
    identity = load(text.encode(), "mm-hm").identity
    assert identity is not None
    forged = replace(one, source=text, sha256=identity.sha256, key=identity.key)
    key = replace(MADE.key, scenarios=(forged,))
    key = replace(key, commitment=key_files.promised(key))
    assert key_files.changed(key) is None
    assert identity.key != one.key
    assert verify(journal, keys=Keys(keys=(key,))).claims.key.state == "fails"


def test_what_cannot_be_read_fails_and_stops_nobody_else(journal: Path, tmp_path: Path) -> None:
    (journal.parent / "broken.jsonl").write_bytes(b"nothing\n")
    found = Verifier((), KEYS).verify([tmp_path])
    assert [one.claims.failing for one in found] == [True, False] or [one.claims.failing for one in found] == [
        False,
        True,
    ]


def test_branches_and_drills_are_no_attempts(journal: Path, tmp_path: Path) -> None:
    for name in ("branches", "drills"):
        (tmp_path / name).mkdir()
        (tmp_path / name / journal.name).write_bytes(b'{"kind":"branch"}\n')
    assert len(Verifier((), KEYS).verify([tmp_path])) == 1


def test_attempts_as_data_have_no_chain_and_say_so(tmp_path: Path) -> None:
    file = tmp_path / "class.attempts.jsonl"
    file.write_text('{"attempt":"a","trainee":"wren-27","scenario":"mm-hm","steps":[]}\nnonsense\n')
    one, two = Verifier((), KEYS).verify([file])
    assert states(one) == ("not checked",) * 4
    assert states(two)[1] == "fails"
    assert Verifier(("AAAA-AAAA-AAAA-AAAA",), KEYS).verify([file])[0].claims.failing


def test_remarks_name_haste_pauses_and_missing_receipts(tmp_path: Path) -> None:
    hasty = packed.played(MADE, tmp_path / "hasty", 3, ms=900)
    assert any("faster than the lines can be read" in remark for remark in verify(hasty).remarks)
    unfinished = packed.played(MADE, tmp_path / "unfinished", 3, end=False)
    assert any("no receipt" in remark for remark in verify(unfinished).remarks)

    def paused(events: list[Event]) -> list[Event]:
        return [*events[:-2], Pause(at="2026-11-02T09:20:00Z"), Pause(at="2026-11-02T09:19:00Z"), *events[-2:]]

    remarks = verify(packed.forged(hasty, paused, tmp_path / "paused")).remarks
    assert any("2 times" in remark for remark in remarks)
    assert any("clock was set back" in remark for remark in remarks)


def test_remarks_name_ways_that_are_alike_and_second_tries(tmp_path: Path) -> None:
    seed = next(seed for seed in range(50) if len(steps_of(packed.played(MADE, tmp_path / f"try-{seed}", seed))) >= 5)
    folder = tmp_path / "room"
    for trainee in ("wren-27", "wren-27"):
        packed.played(MADE, folder, seed, trainee=trainee)
    found = Verifier((), KEYS).verify([folder])
    assert not any("the same answers" in remark for one in found for remark in one.remarks), "that is one person"
    packed.played(MADE, folder, seed, trainee="heron-11")
    found = Verifier((), KEYS).verify([folder])
    assert all(any("the same answers" in remark for remark in one.remarks) for one in found)
    again = [one for one in found if any("also played this scenario" in remark for remark in one.remarks)]
    assert [one.trainee for one in again] == ["wren-27", "wren-27"]


def steps_of(journal: Path) -> tuple[Step, ...]:
    return to_attempt(scan(journal.read_bytes()).records).steps


def test_receipts_that_are_of_nobody_are_named(journal: Path) -> None:
    code = code_of(journal)
    assert unused(("AAAA-AAAA-AAAA-AAAA", code), [verify(journal)]) == ("AAAA-AAAA-AAAA-AAAA",)


def attempt_of(journal: Path) -> Attempt:
    return to_attempt(scan(journal.read_bytes()).records)


def test_an_attempt_is_translated_to_the_scenario_that_was_packed(journal: Path) -> None:
    attempt = attempt_of(journal)
    told = KEYS.translated(attempt)
    one = MADE.key.scenarios[0]
    assert (told.scenario, told.scenario_sha256, told.scenario_key) == ("mm-hm", one.sha256, one.key)
    assert [step.notice for step in told.steps] == [step.notice for step in attempt.steps]
    assert [step.ms for step in told.steps] == [step.ms for step in attempt.steps]
    scenario = KEYS.scenario("mm-hm", one.sha256)
    assert scenario is not None
    assert replay(scenario, told.steps).state.ended
    assert KEYS.scenario("mm-hm", None) == scenario
    assert KEYS.scenario("mm-hm", "0" * 64) is None


@pytest.mark.parametrize("change", [{"scenario": "mm-hm"}, {"scenario": "x" + "a" * 16}, {"scenario_sha256": "0" * 64}])
def test_an_attempt_of_no_known_pack_is_left_as_it_is(journal: Path, change: dict[str, Any]) -> None:
    attempt = replace(attempt_of(journal), **change)
    assert KEYS.translated(attempt) is attempt


def test_ids_that_do_not_belong_where_they_stand_are_left_so_that_they_are_illegal(journal: Path) -> None:
    attempt = attempt_of(journal)
    first, second, *_ = attempt.steps
    mixed = replace(attempt, steps=(replace(first, response=second.response), Step(rewind="slip"), second))
    told = KEYS.translated(mixed).steps
    assert told[0].response == second.response
    assert told[1].rewind == "slip"
    assert told[2].response != second.response

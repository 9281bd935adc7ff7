"""The receipt: exactly that of the shared examples, changed by every change of a record, and read from any hand."""

import golden
import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_play import RECORDS, chained
from msgspec.structs import replace

from alliance_trainer.journal import receipt
from alliance_trainer.journal.events import Choice, End, Felt, Header

VECTORS = golden.read("integrity_vectors.json")
CODE = VECTORS["receipt"]


def test_the_chain_and_the_code_are_those_of_the_examples() -> None:
    hashes = receipt.chain(VECTORS["header"], VECTORS["events"])
    assert [each.hex() for each in hashes] == VECTORS["chain_hex"]
    assert receipt.code(hashes[-1]) == CODE


def test_the_order_of_keys_does_not_matter_and_every_value_does() -> None:
    turned = [dict(reversed(event.items())) for event in VECTORS["events"]]
    assert receipt.chain(VECTORS["header"], turned)[-1].hex() == VECTORS["chain_hex"][-1]
    for number, event in enumerate(VECTORS["events"]):
        for name in event:
            changed = [*VECTORS["events"]]
            changed[number] = event | {name: "else"}
            assert receipt.chain(VECTORS["header"], changed)[-1].hex() != VECTORS["chain_hex"][-1], (number, name)


def test_a_journal_has_one_receipt_whose_form_is_fixed() -> None:
    found = receipt.receipt(RECORDS)
    assert found is not None
    assert receipt.normal(found) == found
    assert receipt.receipt(()) is None


def test_any_change_to_any_record_gives_another_receipt_though_the_chain_is_made_anew() -> None:
    seen = {receipt.receipt(RECORDS)}
    for number, record in enumerate(RECORDS):
        events = [each.event for each in RECORDS]
        match record.event:
            case Header() as event:
                events[number] = replace(event, seed="another")
            case Choice() as event:
                events[number] = replace(event, ms=event.ms + 1)
            case _:
                del events[number]
        if not isinstance(record.event, End):
            seen.add(receipt.receipt(chained(events[0], events[1:-1])[0]))
    assert len(seen) == len(RECORDS), "each change gave a receipt of its own"


def test_what_was_said_after_the_end_changes_nothing() -> None:
    felt = replace(RECORDS[-1], seq=len(RECORDS), event=Felt(answer="right"))
    assert receipt.receipt((*RECORDS, felt)) == receipt.receipt(RECORDS)
    assert receipt.receipt(RECORDS[:-1]) != receipt.receipt(RECORDS)


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), CODE.replace("-", ""), " ".join(CODE.split("-")), f" {CODE}\n"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert receipt.normal(typed) == CODE


def test_digits_that_no_code_has_are_read_as_the_letters_they_look_like() -> None:
    assert receipt.normal(CODE.replace("O", "0").replace("I", "1")) == CODE


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    found = receipt.normal(typed)
    assert found is None or receipt.normal(found) == found


def test_codes_are_found_in_a_list_of_seats() -> None:
    other = "AAAA-BBBB-CCCC-2222"
    assert receipt.listed(f"seat 1; wren-27; {CODE}\nseat 2; {other.lower()}\nXAAAA-BBBB-CCCC-2222\n") == (CODE, other)

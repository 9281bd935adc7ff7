"""Sheets of ratings: read as they are meant, or refused with the place of the first cell that cannot be."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.cohort.study.agreeing import Agreement, agreement_of
from alliance_trainer.cohort.study.figures import Estimate, Figure, Withheld
from alliance_trainer.cohort.study.rating_sheet import read_sheet
from alliance_trainer.core.errors import UsageError
from alliance_trainer.reports.words_csv import COLUMNS
from alliance_trainer.terminal.agree_table import agree_blocks

HEAD = "item,ann,ben\n"
TWELVE = "".join(f"x{number},{number % 5},{min(4, number % 5 + (number % 3 == 1))}\n" for number in range(12))


def agreed(text: str) -> Agreement:
    return agreement_of(read_sheet(text))


def value(figure: Figure | None) -> float:
    assert isinstance(figure, Estimate)
    return figure.value


def test_a_sheet_of_two_raters_has_quadratic_kappa_and_never_plain_kappa() -> None:
    found = agreed(HEAD + TWELVE)
    assert found.sheet.scale == "0 to 4"
    assert isinstance(found.kappa, Estimate)
    assert found.kappa.low is not None
    assert found.kappa.high is not None
    assert value(found.linear_kappa) < value(found.kappa)
    assert isinstance(found.icc_one, Estimate)
    assert isinstance(found.alpha, Estimate)


def test_both_scales_of_numbers_say_the_same() -> None:
    lower = "".join(
        ",".join([item, *(str(int(one) - 2) for one in rest)]) + "\n"
        for item, *rest in (line.split(",") for line in TWELVE.splitlines())
    )
    up, down = agreed(HEAD + TWELVE), agreed(HEAD + lower)
    assert down.sheet.scale == "-2 to 2"
    for name in ("kappa", "linear_kappa", "icc_one", "icc_mean", "alpha", "interval_alpha"):
        assert value(getattr(up, name)) == pytest.approx(value(getattr(down, name)))


def test_words_are_compared_as_words() -> None:
    kinds = ("none", "withdrawal", "Confrontation", "mixed")
    text = HEAD + "".join(f"x{n},{kinds[n % 4]},{kinds[(n + n // 9) % 4].upper()}\n" for n in range(12))
    found = agreed(text)
    assert found.sheet.scale == "words"
    assert value(found.kappa) == pytest.approx(value(found.kappa))
    assert (found.linear_kappa, found.icc_one, found.icc_mean, found.interval_alpha) == (None, None, None, None)
    assert 0 < value(found.kappa) < 1
    assert 0 < value(found.alpha) < 1


def test_missing_ratings_are_left_out_and_counted() -> None:
    rows = "".join(f"x{n},{n % 5},{n % 5},{'' if n % 3 else n % 5}\n" for n in range(12))
    found = agreed("item,ann,ben,cleo\n" + rows + "x12,,,3\n")
    assert (found.rated, found.complete, found.missing) == (12, 4, 10)
    assert found.kappa is None
    assert value(found.alpha) == 1
    assert found.icc_one == Withheld(reason="it needs 10 items that all rated or more", n=4)
    assert found.disputed == ()


def test_ratings_of_own_words_are_a_sheet_like_any_other() -> None:
    words = [
        "I hear that it landed as a rebuke, and I'd rather know.",
        "=SUM(A1) is what she said, \u202eand \u201cquite\u201d so",
        "Let's go back\nto the diary",
    ]
    rows = [
        f'"{text} ({number})",{number % 5},{min(4, number % 5 + (number == 3))}'
        for number in range(4)
        for text in words
    ]
    found = agreed("what the trainee said,supervisor 1,supervisor 2\n" + "\n".join(rows) + "\n")
    assert len(found.sheet.items) == 12
    assert found.sheet.items[2].endswith("(0)")
    assert value(found.kappa) > 0.8


def test_the_sheet_of_a_trainees_own_words_is_read_with_a_column_a_supervisor() -> None:
    headings = ",".join(f'"{name}"' for name in (*COLUMNS, "Ann", "Ben"))
    rows = [
        f'"k7q2m4.{number}","its-fine","slip","It\'s fine, really.","I noticed, and wondered.",,{number % 5},{number % 5}'
        for number in range(12)
    ]
    found = agreed("\r\n".join((headings, *rows)))
    assert found.sheet.raters == ("Ann", "Ben")
    assert found.sheet.items[0] == "k7q2m4.0"
    assert value(found.kappa) == pytest.approx(1)
    alone = "\r\n".join(row.replace(f",,{number % 5},", ",,") for number, row in enumerate(rows))
    with pytest.raises(UsageError, match="two raters or more who rated, and the sheet has 1"):
        read_sheet(headings.replace(',"Ann"', "") + "\r\n" + alone)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_separator_byte_order_mark_or_line_end_will_do(separator: str) -> None:
    text = (HEAD + TWELVE).replace(",", separator).replace("\n", "\r\n")
    assert read_sheet("\ufeff" + text + separator * 2 + "\r\n\r\n") == read_sheet(HEAD + TWELVE)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("named", ["sep={}", "SEP={}", '"sep={}"', "sep={}{}"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_first_line_for_excel_is_read_away(separator: str, named: str, end: str) -> None:
    text = (HEAD + TWELVE).replace(",", separator).replace("\n", end)
    assert read_sheet("\ufeff" + named.format(separator, separator) + end + text) == read_sheet(HEAD + TWELVE)
    with pytest.raises(UsageError, match="line 4 of the sheet, ben"):
        read_sheet("sep=,\n" + HEAD + "x,1,2\ny,1,9\n")


@pytest.mark.parametrize("rating", ["0.5", "2.5", ".5", "1.", "-0.5", '"0,5"', "1.0"])
def test_of_a_broken_number_it_is_said_what_ratings_may_be(rating: str) -> None:
    for text in (f"x,{rating},{rating}\ny,{rating},{rating}\n", f"x,none,{rating}\ny,mixed,none\n"):
        with pytest.raises(UsageError) as caught:
            read_sheet(HEAD + text)
        assert "line 2 of the sheet" in caught.value.message
        assert "is no rating" in caught.value.message
        assert "A rating is a whole number, 0 to 4 or -2 to 2" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("sep=,", "is empty"),
        ("item,ann\nx,1\n", "two raters"),
        ("item,ann,ann\nx,1,2\n", "headed 'ann'"),
        ("item,ann,\nx,1,2\n", "column 3"),
        ("x,1,2\ny,2,2\n", "holds ratings, not headings"),
        (HEAD, "no items"),
        (HEAD + "x,1,2\nx,1,2\n", "lines 2 and 3"),
        (HEAD + "x,1,2,3\n", "line 2"),
        (HEAD + ",1,2\n", "names no item"),
        (HEAD + "x,1,2\ny,1,7\n", "line 3 of the sheet, ben: '7'"),
        (HEAD + "x,1,2\ny,2.5,1\n", "line 3 of the sheet, ann: '2.5'"),
        (HEAD + "x,-1,2\ny,1,4\n", "mixes two scales"),
        (HEAD + "x,none,mixed\ny,withdrawl,none\n", "line 3 of the sheet, ann: 'withdrawl'"),
        (HEAD + "x,1,2\ny,none,1\n", "'none' is no rating"),
        (HEAD + 'x,"1,2\n', "cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_named(text: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_sheet(text)
    assert words in caught.value.message
    assert caught.value.hint


def test_a_misspelt_word_is_guessed() -> None:
    with pytest.raises(UsageError, match="withdrawl") as caught:
        read_sheet(HEAD + "x,none,mixed\ny,withdrawl,none\n")
    assert "withdrawal" in caught.value.hint


@settings(max_examples=scaled(60))
@given(text=st.text(st.sampled_from('item,;\t\n"x0123-abé \ufeff\r\x00='), max_size=60))
def test_any_text_is_a_sheet_or_refused(text: str) -> None:
    with suppress(UsageError):
        found = agreed(text)
        assert len(found.sheet.ratings) == len(found.sheet.items) > 0
        assert {len(row) for row in found.sheet.ratings} == {len(found.sheet.raters)}


def test_few_items_have_counts_and_a_reason() -> None:
    found = agreed(HEAD + "x1,1,1\nx2,2,2\nx3,0,4\n")
    assert found.kappa == Withheld(reason="it needs 10 items that both rated or more", n=3)
    assert [one.item for one in found.disputed] == ["x3"]
    assert found.more_disputed == 0


def test_of_many_items_that_raters_differ_on_the_widest_apart_are_named_and_the_rest_counted() -> None:
    found = agreed(HEAD + "".join(f"x{number},{number % 3},4\n" for number in range(12)))
    assert [one.item for one in found.disputed] == ["x0", "x3", "x6", "x9", "x1"]
    assert found.more_disputed == 12 - 5
    assert "... 7 more" in str(agree_blocks(found))

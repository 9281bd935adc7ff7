"""Which columns of a gradebook are filled without being asked for, and what is said of what stood there before."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.reports import gradebook_canvas, gradebook_moodle
from alliance_trainer.reports.gradebook import Filled, Grade, Graded, Replaced, own_name, wish
from alliance_trainer.reports.roster import read_roster, unquoted

MINE = own_name("recognition")
FULL: Mapping[Graded, Grade] = {skill: Grade(share=Fraction(4, 5), told="4 of 5 points") for skill in SKILLS}
GRADES = {"ann": FULL, "bo": FULL}


def moodle(text: str, *columns: str, feedback: bool = False) -> Filled:
    wishes = gradebook_moodle.Wishes(match=None, best=None, feedback=feedback, columns=tuple(map(wish, columns)))
    return gradebook_moodle.fill_moodle(read_roster(text.encode()), GRADES, wishes)


def canvas(*titles: str, cells: str = "", columns: tuple[str, ...] = ()) -> Filled:
    text = f"Student,ID,Section,{','.join(titles)}\nAnn,ann,A,{cells or ',' * (len(titles) - 1)}\n"
    wishes = gradebook_canvas.Wishes(match=None, best=None, assignments=tuple(map(wish, columns)))
    return gradebook_canvas.fill_canvas(read_roster(text.encode()), GRADES, wishes)


def first_line(done: Filled) -> dict[str, str]:
    return dict(zip(done.roster.header, map(unquoted, done.roster.lines[1].cells), strict=True))


@pytest.mark.parametrize(
    "column",
    [
        "Recognition",
        "recognition (Real)",
        "Recognition (Percentage)",
        "Assignment: Recognition (Real)",
        "Quiz: RECOGNITION (Real)",
        "Aufgabe: Recognition (Punkte)",
        "Devoir : Recognition",
        MINE,
        f"{MINE} (Real)",
        f"Assignment: {MINE} (Real)",
    ],
)
def test_moodles_column_of_a_skill_is_filled_unasked(column: str) -> None:
    done = moodle(f"Name,ID number,{column}\nAnn,ann,\n")
    assert done.columns[0] == column
    assert first_line(done)[column] == "80.00"
    assert done.only_named == ()


@pytest.mark.parametrize(
    "column",
    [
        "Essay about recognition (Real)",
        "Assignment: Recognition essay (Real)",
        "Essay: Recognition (Real)",
        "Recognition 2 (Real)",
        "Recognition (Letter)",
        "Recognition (draft) (Real)",
    ],
)
def test_a_column_that_says_more_than_the_skill_is_left_alone_and_named(column: str) -> None:
    done = moodle(f"Name,ID number,{column},x\nAnn,ann,91.00,y\n", feedback=True)
    assert first_line(done)[column] == "91.00"
    assert first_line(done)[MINE] == "80.00"
    assert done.replaced == ()
    assert done.only_named == (column,)
    asked = moodle(f"Name,ID number,{column},x\nAnn,ann,91.00,y\n", f"recognition={column}")
    assert first_line(asked)[column] == "80.00"
    assert asked.only_named == ()


def test_of_several_columns_the_programs_own_is_filled_then_the_one_with_points() -> None:
    assert moodle(f"ID number,Recognition,{MINE} (Real)\nann,,\n").columns[0] == f"{MINE} (Real)"
    both = "Quiz: Recognition (Percentage),Quiz: Recognition (Real)"
    assert moodle(f"ID number,{both}\nann,,\n").columns[0] == "Quiz: Recognition (Real)"
    unclear = moodle("ID number,Quiz: Recognition (Real),Assignment: Recognition (Real)\nann,,\n")
    assert unclear.columns[0] == MINE
    assert len(unclear.only_named) == 2
    assert moodle("ID number,Recognition,Recognition\nann,1,2\n").columns[0] == MINE


@pytest.mark.parametrize("title", ["Recognition (4711)", "recognition (4711)", f"{MINE} (4711)"])
def test_canvas_assignment_of_a_skill_is_filled_unasked(title: str) -> None:
    assert canvas(title).columns == (title,)


def test_canvas_assignments_that_say_more_are_left_alone_and_named() -> None:
    done = canvas("Recognition (1)", "Taking responsibility essay (2)", cells=",9.5")
    assert done.columns == ("Recognition (1)",)
    assert first_line(done)["Taking responsibility essay (2)"] == "9.5"
    assert done.only_named == ("Taking responsibility essay (2)",)
    with pytest.raises(UsageError) as refused:
        canvas("Taking responsibility essay (2)")
    assert "Taking responsibility essay (2)" in refused.value.hint
    with pytest.raises(UsageError, match="several assignments name recognition"):
        canvas("Recognition (1)", "Recognition (2)")


def test_grades_and_comments_that_were_there_and_differ_are_counted_by_column() -> None:
    done = moodle(
        "ID number,Recognition (Real),Recognition (Feedback),Responsibility,Nondefensiveness\n"
        'ann,88.00,"Well argued, Ann","80,0",-\n'
        "bo,80,4 of 5 points,B+,\n",
        feedback=True,
    )
    assert done.replaced == (
        Replaced(column="Recognition (Real)", what="grade", count=1),
        Replaced(column="Recognition (Feedback)", what="comment", count=1),
        Replaced(column="Responsibility", what="grade", count=1),
    )
    assert canvas("Recognition (1)", cells="17").replaced == (
        Replaced(column="Recognition (1)", what="grade", count=1),
    )
    assert canvas("Recognition (1)", cells="80.0").replaced == ()
    assert canvas("Recognition (1)", cells="EX").replaced == ()


def test_the_comment_of_a_column_goes_where_moodle_has_it() -> None:
    for shown in ("Real", "Percentage"):
        done = moodle(f"ID number,Quiz: Recognition ({shown}),Quiz: Recognition (Feedback)\nann,,\n", feedback=True)
        assert first_line(done)["Quiz: Recognition (Feedback)"] == "4 of 5 points"


def test_a_grade_is_written_also_where_a_line_is_short() -> None:
    done = moodle("ID number,Name,Recognition\nann\nbo,Bo,\n", "recognition=Recognition")
    assert done.roster.written() == b"ID number,Name,Recognition\nann,,80.00\nbo,Bo,80.00\n"

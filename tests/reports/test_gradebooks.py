"""Gradebooks: the grades are right, nothing else is touched, nobody is lost, and nothing hostile gets in."""

import csv
import io
import os
import random
from fractions import Fraction
from pathlib import Path

import made_cohorts
import msgspec
import pytest
from random_scenarios import Shape, make_scenario
from sizes import scaled
from told_attempts import hostile, renamed, study_of

from alliance_trainer.cohort.study.figures import Study, TraineeStudy
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.reports import gradebook_canvas, gradebook_moodle
from alliance_trainer.reports.gradebook import GRADED, Filled, grades_of, match, spelt, wish
from alliance_trainer.reports.roster import read_roster

DATA = Path(__file__).parent.parent / "data" / "gradebooks"
SHAPE = Shape(turns=6, responses=4, conditions=False, loops=False)
SCENARIOS = [make_scenario(SHAPE, seed).model_copy(update={"id": f"random-{seed}"}) for seed in range(11, 19)]
STUDY = study_of(made_cohorts.cohort(SCENARIOS, 6, 5))
SHORT = study_of(made_cohorts.cohort(SCENARIOS[:1], 6, 5))
GRADES = grades_of(STUDY)
MOODLE = gradebook_moodle.Wishes(match=None, best=None, feedback=False, columns=())
CANVAS = gradebook_canvas.Wishes(match=None, best=None, assignments=())


def replaced(wishes: gradebook_moodle.Wishes, **changes: object) -> gradebook_moodle.Wishes:
    return msgspec.structs.replace(wishes, **changes)


def canvas(**changes: object) -> gradebook_canvas.Wishes:
    return msgspec.structs.replace(CANVAS, **changes)


def fill(name: str, wishes: gradebook_moodle.Wishes | gradebook_canvas.Wishes, study: Study = STUDY) -> Filled:
    roster = read_roster((DATA / name).read_bytes())
    if isinstance(wishes, gradebook_moodle.Wishes):
        return gradebook_moodle.fill_moodle(roster, grades_of(study), wishes)
    return gradebook_canvas.fill_canvas(roster, grades_of(study), wishes)


def golden(name: str, data: bytes) -> None:
    path = DATA / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(data)
    assert data == path.read_bytes()


def cells(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def changed(before: bytes, after: bytes, delimiter: str = ",") -> dict[tuple[int, int], str]:
    """The cells that are another now, or new, by line and column."""
    old, new = cells(before, delimiter), cells(after, delimiter)
    assert len(old) == len(new)
    return {
        (line, column): cell
        for line, (was, now) in enumerate(zip(old, new, strict=True))
        for column, cell in enumerate(now)
        if column >= len(was) or was[column] != cell
    }


# ------------------------------------------------------------------------------------------------------- grades


def test_a_grade_is_the_share_of_the_points() -> None:
    for skill in STUDY.skills:
        for score in skill.scores:
            grade = GRADES[score.trainee].get(skill.skill)
            assert grade is not None
            assert f"{score.figures.points} of {score.figures.offered} points" in grade.told
            enough = score.figures.moments >= 5
            assert grade.share == (Fraction(score.figures.points, score.figures.offered) if enough else None)
    assert {grade.share is None for grades in GRADES.values() for grade in grades.values()} == {True, False}


def test_few_moments_give_no_grade_and_no_interval() -> None:
    grades = [grade for one in grades_of(SHORT).values() for grade in one.values()]
    assert grades
    assert all(grade.share is None for grade in grades)
    assert not any("interval" in grade.told for grade in grades)


def without_breaches(study: Study) -> Study:
    def harmless(one: TraineeStudy) -> TraineeStudy:
        kept = tuple(msgspec.structs.replace(attempt, review=False) for attempt in one.attempts)
        return msgspec.structs.replace(one, attempts=kept)

    return msgspec.structs.replace(study, trainees=tuple(map(harmless, study.trainees)))


def test_the_overall_grade_needs_all_four_skills_and_no_breach() -> None:
    assert all(any(one.review for one in person.attempts) for person in STUDY.trainees)
    assert all(grades["overall"].share is None for grades in GRADES.values())
    found = grades_of(without_breaches(STUDY))
    for grades in found.values():
        shares = [grades[skill].share for skill in SKILLS]
        wanted = None if None in shares else sum(share for share in shares if share) / 4
        assert grades["overall"].share == wanted
    assert {grades["overall"].share is None for grades in found.values()} == {True, False}


@pytest.mark.parametrize(
    ("share", "best", "words"),
    [
        ("1", "100", "100.00"),
        ("0", "100", "0.00"),
        ("11/14", "100", "78.57"),
        ("1/8", "1", "0.13"),
        ("2/3", "7.5", "5.00"),
    ],
)
def test_a_grade_has_two_decimals(share: str, best: str, words: str) -> None:
    assert spelt(Fraction(share), Fraction(best)) == words


# ------------------------------------------------------------------------------------------------------ Moodle


def test_a_moodle_roster_with_new_columns() -> None:
    done = fill("moodle.csv", MOODLE)
    golden("moodle.filled.csv", done.roster.written())
    assert done.matched.column == "ID number"
    assert done.matched.without_row == ("wren-004",)
    assert set(done.matched.without_attempt) == {"staff-1", "lark-009"}
    assert done.matched.twice == ("wren-005",)


def test_a_moodle_roster_whose_columns_are_there_with_feedback() -> None:
    before = (DATA / "moodle-semicolon.csv").read_bytes()
    done = fill("moodle-semicolon.csv", replaced(MOODLE, feedback=True, match="Kennung", best=Fraction(10)))
    after = done.roster.written()
    golden("moodle-semicolon.filled.csv", after)
    assert before[:3] == after[:3] == b"\xef\xbb\xbf"
    header = cells(after, ";")[0]
    for (line, column), cell in changed(before, after, ";").items():
        assert line == 0 or cell == "" or "Feedback" in header[column] or 0 <= float(cell) <= 10
    for row in filter(None, cells(after, ";")[1:]):
        named = dict(zip(header, row, strict=True))
        for name, cell in named.items():
            if name.endswith("(Feedback)") and cell and cell != "well done":
                beside = named.get(name.replace("(Feedback)", "(Real)")) or named[name.removesuffix(" (Feedback)")]
                float(beside)


def test_feedback_never_stands_without_its_grade() -> None:
    for study in (STUDY, SHORT):
        done = fill("moodle.csv", replaced(MOODLE, feedback=True), study)
        header, *rows = cells(done.roster.written())
        for row in rows:
            for column, name in enumerate(header):
                if name.endswith("(Feedback)"):
                    grade = header.index(name.removesuffix(" (Feedback)"))
                    assert (row[column] == "") == (row[grade] == "")
    assert not any(any(row[6:]) for row in rows), "and with few moments there is neither"


def test_a_column_can_be_named_for_anything_that_is_graded() -> None:
    columns = tuple(map(wish, ("noticed=Quiz 3", "overall = Sum")))
    done = fill("moodle.csv", replaced(MOODLE, columns=columns))
    header = cells(done.roster.written())[0]
    assert header[-2:] == ["Quiz 3", "Sum"]
    assert done.columns == ("Quiz 3", "Sum")


# ------------------------------------------------------------------------------------------------------ Canvas


def test_a_canvas_gradebook_is_filled_in_the_assignments_that_were_named() -> None:
    before = (DATA / "canvas.csv").read_bytes()
    named = tuple(map(wish, ("Recognition of ruptures (4711)", "responsibility=4712")))
    done = fill("canvas.csv", canvas(assignments=named))
    after = done.roster.written()
    golden("canvas.filled.csv", after)
    assert done.columns == ("Recognition of ruptures (4711)", "Taking responsibility (4712)")
    assert done.kept == 2
    assert done.matched.empty == 1, "the student for tests; the rows above are nobody's"
    header = cells(after)[0]
    for (line, column), cell in changed(before, after).items():
        assert line >= 3, "header, posting policy and points possible stay"
        assert header[column] in done.columns
        assert 0 <= float(cell) <= (20 if "Recognition" in header[column] else 100)


def test_an_assignment_is_found_by_its_number_or_its_title() -> None:
    for words in (
        "recognition=Essay (4713)",
        "recognition=4713",
        "recognition=Anything else (4713)",
        "recognition=essay",
    ):
        done = fill("canvas.csv", canvas(assignments=(wish(words),), best=Fraction(5)))
        assert done.columns == ("Essay (4713)",)
        header, *rows = cells(done.roster.written())
        filled = [row[header.index("Essay (4713)")] for row in rows[2:]]
        assert any(filled)
        assert all(0 <= float(cell) <= 5 for cell in filled if cell)


REFUSED = {
    "a moodle roster for canvas": ("moodle.csv", CANVAS, "not a gradebook from Canvas"),
    "a canvas gradebook for moodle": ("canvas.csv", MOODLE, "not a roster from Moodle"),
    "no such column": ("moodle.csv", replaced(MOODLE, match="Matrikel"), "no column 'Matrikel'"),
    "nobody found": ("moodle.csv", replaced(MOODLE, match="First name"), "nobody in the roster"),
    "no such assignment": ("canvas.csv", canvas(assignments=(wish("recognition=Exam"),)), "no assignment 'Exam'"),
    "a read-only column": (
        "canvas.csv",
        canvas(assignments=(wish("recognition=Bonus (9)"),)),
        "no assignment 'Bonus (9)'",
    ),
    "an unnamed skill": ("canvas-plain.csv", CANVAS, "no assignment of the gradebook names a skill"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_filled_is_refused_in_one_sentence(case: str) -> None:
    name, wishes, words = REFUSED[case]
    with pytest.raises(UsageError) as refused:
        fill(name, wishes)
    assert words in refused.value.message
    assert refused.value.hint


def test_a_wish_says_which_skill() -> None:
    assert wish("Recognition of ruptures (12)").graded == "recognition"
    assert wish("responsibility=A = B (3)").column == "A = B (3)"
    for words in ("Essay (12)", "recognition and responsibility (3)", ""):
        with pytest.raises(UsageError):
            wish(words)
    assert {wish(f"{graded}=x").graded for graded in GRADED} == set(GRADED)


# ----------------------------------------------------------------------------------------- whose row is whose


def test_the_column_in_which_most_are_found_is_taken_without_regard_to_case() -> None:
    roster = read_roster(b"pseudonym,Username\n WREN-001 ,wren-001\nx,wren-002\n,Wren-003\n")
    found = match(roster, ["wren-001", "wren-002", "wren-003"], None, ("pseudonym", "Username"))
    assert found.column == "Username"
    assert found.rows == {"wren-001": 1, "wren-002": 2, "wren-003": 3}
    assert match(roster, ["wren-001"], "pseudonym", ()).empty == 1
    assert match(roster, ["wren-001"], "PSEUDONYM", ()).rows == {"wren-001": 1}


def test_two_trainees_of_one_name_get_nothing() -> None:
    roster = read_roster(b"Username,x\nWREN-1,\nlark-2,\n")
    found = match(roster, ["wren-1", "Wren-1", "lark-2"], None, ("Username",))
    assert found.rows == {"lark-2": 2}
    assert found.twice == ("WREN-1", "Wren-1", "wren-1")


def test_whoever_is_spelt_exactly_as_one_row_is_found_among_others_of_the_name() -> None:
    roster = read_roster(b"ID number,x\nAnna,\nanna,\naNNa,\nBEN,\nben,\nben,\nCLEO,\n")
    found = match(roster, ["Anna", "anna", "ANNA ", "ben", "BEN", "cleo"], None, ("ID number",))
    assert found.rows == {"Anna": 1, "anna": 2, "BEN": 4, "cleo": 7}
    assert found.twice == ("aNNa", "ANNA", "ben")
    everyone = {*found.rows, *(name.strip() for name in found.twice)}
    assert {"Anna", "anna", "ANNA", "ben", "BEN", "cleo"} <= everyone, "nobody is lost"


def test_a_name_that_two_trainees_have_but_for_spaces_is_nobodys() -> None:
    found = match(read_roster(b"ID number,x\nanna,\nben,\n"), ["anna", "anna ", "ben"], None, ("ID number",))
    assert found.rows == {"ben": 2}
    assert found.twice == ("anna",)


@pytest.mark.parametrize(
    ("rows", "trainees", "named"),
    [
        (b"wren-1\nwren-1\nwren-1\n", ["wren-1", "wren-2"], "wren-1"),
        (b"aNNa\n", ["Anna", "anna", "ANNA "], "aNNa, ANNA, Anna, anna"),
    ],
)
def test_where_it_is_not_clear_whose_row_is_whose_that_is_said(rows: bytes, trainees: list[str], named: str) -> None:
    with pytest.raises(UsageError) as refused:
        match(read_roster(b"ID number\n" + rows), trainees, None, ("ID number",))
    assert "not clear by the column ID number" in refused.value.message
    assert f"several rows or trainees: {named}." in refused.value.message
    assert "--match" in refused.value.hint


def test_hostile_names_reach_no_cell_that_is_written() -> None:
    """Names of trainees and whatever stands in the roster: only numbers and our own sentences are new in it."""
    rng = random.Random(8)
    tried = 0
    while tried < scaled(60):
        names = {one.trainee: hostile(rng) or "x" for one in STUDY.trainees}
        if len(set(names.values())) < len(names):
            continue
        tried += 1
        out = io.StringIO(newline="")
        known = [name.encode("utf-8", "replace").decode() for name in names.values()]
        rows = [[hostile(rng).encode("utf-8", "replace").decode(), name, "old"] for name in known]
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
            [["Name", "ID number", "x"], ["Ann", "wren-sure", "old"], *rows]
        )
        before = out.getvalue().encode()
        if b"\0" in before:
            continue
        grades = grades_of(renamed(STUDY, names | {STUDY.trainees[0].trainee: "wren-sure"}))
        wishes = replaced(MOODLE, feedback=True)
        after = gradebook_moodle.fill_moodle(read_roster(before), grades, wishes).roster.written()
        for (line, column), cell in changed(before, after).items():
            assert column >= 3
            assert line == 0 or cell == "" or cell[0].isdigit(), cell

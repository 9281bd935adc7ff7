"""Grades for a course system: what a trainee gets for each skill, and whose row of a roster it belongs into."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from alliance_trainer.cohort.scoring.scored import SkillFigures
from alliance_trainer.cohort.study.figures import Study
from alliance_trainer.core.counting import counted
from alliance_trainer.core.debrief import percent
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.recognition import Noticed
from alliance_trainer.core.vocabulary.skills import SKILLS, Skill
from alliance_trainer.reports.roster import Roster

Graded = Skill | Literal["noticed", "overall"]
"""What can be graded: the four skills, the question of what is noticed, and the mean of the four skills."""

GRADED: tuple[Graded, ...] = (*SKILLS, "noticed", "overall")

_NAMED = 5

LEAST_MOMENTS = 5
"""With fewer moments there are counts only, and no grade."""


Withheld = Literal["review", "skills", "moments"]
"""Why there is no grade: a person should look at a response first; not each of the four skills can be graded; or
there are too few moments, or none."""


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """What one trainee gets: a share from 0 to 1, or None and why there is none; and how it came about."""

    share: Fraction | None
    told: str
    withheld: Withheld | None = None


Grades = Mapping[str, Mapping[Graded, Grade]]
"""By trainee. What was never met is not there."""


def grades_of(study: Study) -> Grades:
    """The grades of everybody with an attempt of record."""
    found: dict[str, dict[Graded, Grade]] = {one.trainee: {} for one in study.trainees}
    for skill in study.skills:
        for score in skill.scores:
            if skill.skill in SKILLS:
                found[score.trainee][skill.skill] = _of_skill(score.figures)
    for noticed in study.recognition.trainees:
        grade = _of_noticed(Noticed(confusion=noticed.confusion))
        if grade is not None:
            found[noticed.trainee]["noticed"] = grade
    breaches = {one.trainee for one in study.trainees if any(attempt.review for attempt in one.attempts)}
    for trainee, grades in found.items():
        if grades:
            grades["overall"] = _overall(grades, breach=trainee in breaches)
    return found


def _of_skill(figures: SkillFigures) -> Grade:
    counts = f"{figures.points} of {counted(figures.offered, 'point')} in {counted(figures.moments, 'moment')}"
    if figures.moments < LEAST_MOMENTS:
        return Grade(share=None, told=counts, withheld="moments")
    low, high = percent(figures.low), percent(figures.high)
    told = f"{counts}; 95 % interval {low} to {high} of 100 ({figures.tier})"
    return Grade(share=Fraction(figures.points, figures.offered), told=told)


def _of_noticed(noticed: Noticed) -> Grade | None:
    asked = noticed.n_ruptures + noticed.n_foils
    if not asked:
        return None
    hits = noticed.n_ruptures - sum(row[0] for row in noticed.confusion[1:])
    alarms = counted(sum(noticed.confusion[0][1:]), "false alarm")
    told = f"{hits} of {counted(noticed.n_ruptures, 'rupture')} noticed, {alarms}"
    if asked < LEAST_MOMENTS:
        return Grade(share=None, told=told, withheld="moments")
    return Grade(share=noticed.score, told=told)


def _overall(grades: Mapping[Graded, Grade], *, breach: bool) -> Grade:
    """The mean of the four skills, where each has enough moments and no response was a breach."""
    shares = [grades[skill].share for skill in SKILLS if skill in grades]
    known = [share for share in shares if share is not None]
    if breach:
        return Grade(share=None, told="a person should look at a response first (harm 2)", withheld="review")
    if len(known) < len(SKILLS):
        return Grade(share=None, told="not every skill has enough moments", withheld="skills")
    return Grade(share=sum(known, Fraction(0)) / len(known), told="mean of the four skills")


def spelt(share: Fraction, best: Fraction) -> str:
    """A grade as it is written: with two decimals, halves rounded up; `best` is what a share of 1 gets."""
    hundredths = (200 * share * best + 1) // 2
    return f"{hundredths // 100}.{hundredths % 100:02d}"


class Matched(msgspec.Struct, frozen=True, kw_only=True):
    """Whose row is whose: by the values of a column of the roster, without regard to case where that is clear.

    `rows`: the line of each trainee. `without_row`: trainees that are not in the roster; `without_attempt`: values
    of the roster that are no trainee's; `twice`: values that stand for several rows or trainees, and are nobody's,
    other than those spelt exactly as one trainee is; `empty`: rows that say nothing there.
    """

    column: str
    rows: Mapping[str, int]
    without_row: tuple[str, ...]
    without_attempt: tuple[str, ...]
    twice: tuple[str, ...]
    empty: int


def match(
    roster: Roster, trainees: Iterable[str], wanted: str | None, usual: Sequence[str], people_from: int = 1
) -> Matched:
    """Find the rows of the trainees: by the wanted column, else by that of the usual ones that most are found in.

    `people_from`: the place of the first line that can be somebody's.
    Raises UsageError where there is no such column, or nobody is found.
    """
    names = {name.casefold(): place for place, name in reversed(list(enumerate(roster.header)))}
    tried = [wanted] if wanted is not None else list(usual)
    columns = [(names[name.casefold()], name) for name in tried if name.casefold() in names]
    if not columns:
        what = f"no column {wanted!r}" if wanted is not None else f"none of the columns {', '.join(usual)}"
        raise UsageError(
            f"the roster has {what}.",
            "Say which column has the pseudonyms: --match COLUMN. It has: " + ", ".join(roster.header[:12]),
        )
    everyone = sorted(set(trainees))
    found = [_matched(roster, everyone, place, people_from) for place, _ in columns]
    best = max(found, key=lambda matched: (len(matched.rows), len(matched.twice)))
    if best.twice and not best.rows:
        named = ", ".join(value[:60] for value in best.twice[:_NAMED]) + (", ..." if len(best.twice) > _NAMED else "")
        raise UsageError(
            f"whose row is whose is not clear by the column {best.column}: these stand for several rows or trainees:"
            f" {named}.",
            "Give each person a value of their own there, or name another column: --match COLUMN.",
        )
    if not best.rows:
        raise UsageError(
            f"nobody in the roster is a trainee of these attempts, by {' or '.join(one.column for one in found)}.",
            "Add a column with the pseudonyms to the roster and name it: --match COLUMN.",
        )
    return best


def _matched(roster: Roster, trainees: Sequence[str], column: int, people_from: int) -> Matched:
    values = [(place, value) for place, value in roster.values(column) if place >= people_from]
    lines: dict[str, list[tuple[int, str]]] = {}
    for place, value in values:
        if value:
            lines.setdefault(value.casefold(), []).append((place, value))
    people: dict[str, list[str]] = {}
    for trainee in trainees:
        people.setdefault(trainee.strip().casefold(), []).append(trainee)
    rows: dict[str, int] = {}
    twice: list[str] = []
    for key in sorted(lines.keys() & people.keys()):
        pairs = _pairs(lines[key], people[key])
        rows |= pairs
        twice += [value for place, value in lines[key] if place not in pairs.values()]
        twice += [trainee.strip() for trainee in people[key] if trainee not in pairs]
    return Matched(
        column=roster.header[column],
        rows=rows,
        without_row=tuple(trainee for key, same in sorted(people.items()) if key not in lines for trainee in same),
        without_attempt=tuple(same[0][1] for key, same in lines.items() if key not in people),
        twice=tuple(dict.fromkeys(twice)),
        empty=sum(not value for _, value in values),
    )


def _pairs(lines: Sequence[tuple[int, str]], people: Sequence[str]) -> dict[str, int]:
    """Of rows and trainees that are the same but for case, those that clearly belong together, by trainee.

    That is the only row and the only trainee; else whoever is spelt as one row is, and as no other row or trainee.
    """
    if len(lines) == len(people) == 1:
        return {people[0]: lines[0][0]}
    spelt_alike = Counter(trainee.strip() for trainee in people)
    exact: dict[str, list[int]] = {}
    for place, value in lines:
        exact.setdefault(value, []).append(place)
    return {
        trainee: exact[trainee.strip()][0]
        for trainee in people
        if spelt_alike[trainee.strip()] == 1 and len(exact.get(trainee.strip(), ())) == 1
    }


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into which column, as it was asked for: `SKILL=COLUMN`, or a column whose name names the skill."""

    graded: Graded
    column: str


def wish(words: str) -> Wish:
    """What was asked for. Raises UsageError where it is not clear which skill is meant."""
    before, sign, after = words.partition("=")
    for graded in GRADED:
        if sign and before.strip().casefold() == graded:
            return Wish(graded=graded, column=after.strip())
    named = names_of(words)
    if len(named) != 1:
        raise UsageError(
            f"it is not clear which skill goes into {words[:60]!r}.",
            f"Write SKILL=COLUMN, with one of {', '.join(GRADED)}.",
        )
    return Wish(graded=named[0], column=words.strip())


def names_of(column: str) -> list[Graded]:
    """What a column's name names."""
    folded = column.casefold()
    return [graded for graded in GRADED if graded in folded]


def own_name(skill: Skill) -> str:
    """The name of the column that the program itself makes for a skill."""
    return f"Alliance Trainer: {skill}"


def columns_of(skill: Skill, titles: Mapping[str, str]) -> list[str]:
    """The columns that are a skill's without being asked for: those of the program's own name, else of the skill's.

    `titles` has the title of each column, without what the course system adds to it. A title that says more than
    the skill, as in `Essay about responsibility`, may be of something else, with grades of its own.
    """
    for name in (own_name(skill), skill):
        found = [column for column, title in titles.items() if title.casefold() == name.casefold()]
        if found:
            return found
    return []


def only_named(titles: Mapping[str, str], wishes: Iterable[Wish]) -> tuple[str, ...]:
    """Of columns with their titles, those that name a skill for which none of them is filled."""
    left = {*SKILLS} - {wish.graded for wish in wishes if wish.column in titles}
    return tuple(column for column, title in titles.items() if left & {*names_of(title)})


class Replaced(msgspec.Struct, frozen=True, kw_only=True):
    """So many grades, or comments, of a column in whose place something else stood."""

    column: str
    what: Literal["grade", "comment"]
    count: int


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A roster that was filled: how many grades were written and into which columns, and what was left as it was.

    `withheld`: the trainees of the grades that were not given, by the reason, once for each grade. `reviewed`: the
    trainees who got grades, though a person should look at a response of theirs first. `replaced`: what differed
    from what stands there now. `only_named`: columns that name a skill and were not filled, because they were not
    asked for. `kept`: cells that say that the person is excused, or does not have the assignment.
    """

    roster: Roster
    matched: Matched
    written: int
    columns: tuple[str, ...]
    withheld: Mapping[Withheld, tuple[str, ...]]
    reviewed: tuple[str, ...]
    replaced: tuple[Replaced, ...]
    only_named: tuple[str, ...] = ()
    kept: int = 0

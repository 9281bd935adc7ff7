"""What attempts of record add up to, in whole numbers: exact, and the same in any order."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from alliance_trainer.cohort.arrays.columns import NOT_SHARED, STATUSES, VERSIONS, Array
from alliance_trainer.cohort.arrays.whole import Whole
from alliance_trainer.cohort.result import CohortFigures, SkillSummary, TurnNoticed
from alliance_trainer.cohort.scoring.kinds import Kind
from alliance_trainer.cohort.scoring.ledgers import AttemptSums, Ledger
from alliance_trainer.cohort.scoring.packing import COUNTS, PER_SKILL
from alliance_trainer.cohort.scoring.pooled import pooled_figures
from alliance_trainer.cohort.scoring.scored import noticed_figures
from alliance_trainer.cohort.scoring.targets import Target
from alliance_trainer.core.vocabulary.markers import RuptureType
from alliance_trainer.core.vocabulary.skills import FURTHER_TASKS, RATED, SKILLS, Rated

LEAST_ANSWERS = 5
"""With fewer answers nothing is said about how hard a turn is to notice."""

_DETAILS = COUNTS + 22
_TOGETHER = 1 << 15  # so many attempts at a time: the arrays of their answers stay small
_TurnKey = tuple[str, str, RuptureType]


class Totals:
    """Sums over attempts of record, worked out from the columns of all."""

    def __init__(self, whole: Whole, targets: Sequence[Target]) -> None:
        self._whole = whole
        self._ledgers = [Ledger(target) for target in targets]
        people = len(whole.trainees)
        self._points = {skill: np.zeros(people, dtype=np.int64) for skill in RATED}
        self._offered = {skill: np.zeros(people, dtype=np.int64) for skill in RATED}
        self._details = [0] * _DETAILS
        self._review = 0
        self._answered: Counter[_TurnKey] = Counter()
        self._named: Counter[_TurnKey] = Counter()
        self._exact: Counter[_TurnKey] = Counter()

    def shares(self) -> Array:
        """Of each complete attempt the share of the points of the four skills together; -1 for any other."""
        shares = np.full(len(self._whole.columns), -1.0)
        for ledger, rows, places, starts in self._chunks(np.ones(len(shares), dtype=bool)):
            shares[rows] = ledger.of_attempts(places, starts).shares(SKILLS)
        return shares

    def add(self, record: Array) -> None:
        """Add up the attempts of record."""
        counts: dict[Ledger, Array] = {}
        trainee = self._whole.columns.trainee
        for ledger, rows, places, starts in self._chunks(record):
            self._add_attempts(trainee[rows], ledger.of_attempts(places, starts))
            met = np.bincount(places, minlength=len(ledger.kinds))
            before = counts.get(ledger, np.zeros(0, dtype=np.int64))
            counts[ledger] = met + np.pad(before, (0, len(met) - len(before)))
        for ledger, met in counts.items():
            for kind, sums, count in ledger.totals(met):
                self._details = [total + each * count for total, each in zip(self._details, sums, strict=True)]
                self._add_notice(ledger.target.automaton.scenario.id, kind, count)

    def _chunks(self, chosen: Array) -> Iterator[tuple[Ledger, Array, Array, Array]]:
        """The chosen complete attempts, some at a time, all at one scenario: their rows, and of their answers
        the places in the ledger and where those of each begin."""
        columns = self._whole.columns
        ends = np.cumsum(columns.answers, dtype=np.int64)
        for begin in range(0, len(columns), _TOGETHER):
            rows = slice(begin, begin + _TOGETHER)
            answers = columns.answers[rows]
            kinds = columns.kinds[ends[begin] - answers[0] : ends[min(begin + _TOGETHER, len(ends)) - 1]]
            taken = chosen[rows] & (answers > 0)
            target = columns.target[rows]
            for number in np.flatnonzero(np.bincount(target[taken])).tolist():
                mine = taken & (target == number)
                found = kinds if mine.all() else kinds[np.repeat(mine, answers)]
                counts = answers[mine].astype(np.int64)
                ledger = self._ledgers[number]
                yield ledger, begin + np.flatnonzero(mine), ledger.places(found), np.cumsum(counts) - counts

    def _add_attempts(self, trainee: Array, sums: AttemptSums) -> None:
        self._review += int(np.count_nonzero(sums.breaches))
        for skill, (points, offered) in sums.skills.items():
            np.add.at(self._points[skill], trainee, points)
            np.add.at(self._offered[skill], trainee, offered)

    def _add_notice(self, scenario: str, kind: Kind, count: int) -> None:
        if kind.turn.rupture == "none" or not kind.turn.notice or kind.notice is None:
            return
        key = (scenario, kind.turn_id, kind.turn.rupture)
        self._answered[key] += count
        self._named[key] += count * (kind.notice != "none")
        self._exact[key] += count * (kind.notice == kind.turn.rupture)

    def figures(self, counted: Array, record: Array) -> CohortFigures:
        """What the sums say; `counted` are the attempts that are there once, of which some are of record."""
        columns = self._whole.columns
        statuses = np.bincount(columns.status[counted], minlength=len(STATUSES)).tolist()
        versions = np.bincount(columns.version[counted], minlength=len(VERSIONS)).tolist()
        skills = {skill: self._skill(skill) for skill in RATED}
        of_record = int(np.count_nonzero(record))
        return CohortFigures(
            statuses=dict(zip(STATUSES, statuses, strict=True)),
            versions=dict(zip(VERSIONS, versions, strict=True)),
            of_record=of_record,
            repeats=statuses[STATUSES.index("complete")] - of_record,
            trainees=int(np.count_nonzero(np.bincount(columns.trainee[record]))),
            skills={skill: skills[skill] for skill in SKILLS},
            further={task: skills[task] for task in FURTHER_TASKS},
            noticed=noticed_figures(self._details),
            not_shared=int(np.count_nonzero(counted & (columns.mode == NOT_SHARED))),
            harm=(self._details[COUNTS + 18], self._details[COUNTS + 19]),
            review=self._review,
            endings=self._endings(record),
            hardest=self._hardest(),
        )

    def _skill(self, skill: Rated) -> SkillSummary:
        place = PER_SKILL * RATED.index(skill)
        points, offered = self._points[skill], self._offered[skill]
        met = offered > 0
        pooled, over = pooled_figures(tuple(self._details[place : place + PER_SKILL]), points[met], offered[met])
        return SkillSummary(
            pooled=pooled,
            interval_over=over,
            mean=mean_share(points[met], offered[met]),
            trainees=int(np.count_nonzero(met)),
        )

    def _endings(self, record: Array) -> Mapping[str, Mapping[str, int]]:
        columns = self._whole.columns
        found: dict[str, Counter[str]] = {}
        for number, ledger in enumerate(self._ledgers):
            mine = columns.ending[record & (columns.target == number)]
            automaton = ledger.target.automaton
            for ending, count in zip(automaton.endings, np.bincount(mine, minlength=1).tolist(), strict=False):
                if count:
                    found.setdefault(automaton.scenario.id, Counter())[ending] += count
        return {scenario: dict(sorted(found[scenario].items())) for scenario in sorted(found)}

    def _hardest(self) -> TurnNoticed | None:
        return hardest(self._answered, self._named, self._exact)


def mean_share(points: Array, offered: Array) -> float | None:
    """The mean of points / offered, exact but for the last rounding; None if there are none.

    Added up by what was offered: there are few different denominators, and sums of fractions have no order.
    """
    if not len(points):
        return None
    kinds, which = np.unique(offered, return_inverse=True)
    sums = np.zeros(len(kinds), dtype=np.int64)
    np.add.at(sums, which, points)
    shares = map(Fraction, sums.tolist(), kinds.tolist())
    total = sum(shares, Fraction())
    return float(total / len(points))


def hardest(answered: Counter[_TurnKey], named: Counter[_TurnKey], exact: Counter[_TurnKey]) -> TurnNoticed | None:
    """The turn whose rupture was noticed least, among those with enough answers."""
    enough = [key for key, answers in answered.items() if answers >= LEAST_ANSWERS]
    if not enough:
        return None
    key = min(enough, key=lambda key: (Fraction(named[key], answered[key]), Fraction(exact[key], answered[key]), key))
    scenario, turn, rupture = key
    return TurnNoticed(
        scenario=scenario,
        turn=turn,
        rupture=rupture,
        answers=answered[key],
        noticed=named[key],
        exact=exact[key],
    )

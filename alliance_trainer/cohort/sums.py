"""What attempts add up to, in whole numbers: parts merge in any order and grouping to the same sums."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from operator import mul
from typing import get_args

from alliance_trainer.cohort.packing import (
    COUNTS,
    PER_SKILL,
    TRACE_BITS,
    pack_points,
    sums_of,
    unpack_details,
    unpack_points,
)
from alliance_trainer.cohort.result import CohortFigures, SkillSummary, TurnNoticed
from alliance_trainer.cohort.scored import VersionNote, noticed_figures, skill_figures
from alliance_trainer.cohort.tables import Table
from alliance_trainer.core.course import Exchange
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.scoring import CardStatus, Scorecard
from alliance_trainer.core.tally import Tally
from alliance_trainer.core.vocabulary.markers import RuptureType
from alliance_trainer.core.vocabulary.skills import FURTHER_TASKS, RATED, SKILLS, Rated

LEAST_ANSWERS = 5
"""With fewer answers nothing is said about how hard a turn is to notice."""

_DETAILS = COUNTS + 22
TurnKey = tuple[str, str, RuptureType]


@dataclass(kw_only=True, slots=True)
class Sums:
    """Sums over attempts; adding two gives the sums over both.

    `attempts` counts all by status and version; the rest is over complete attempts only. `details` as in
    `packing`; `trainees` has each trainee's packed points; `turns` has, for each turn with a rupture, answers,
    those that named a rupture, and those that named the right type.
    """

    attempts: Counter[tuple[CardStatus, VersionNote]] = field(default_factory=Counter)
    details: list[int] = field(default_factory=lambda: [0] * _DETAILS)
    trainees: dict[str, int] = field(default_factory=dict)
    endings: Counter[tuple[str, str]] = field(default_factory=Counter)
    answered: Counter[TurnKey] = field(default_factory=Counter)
    named: Counter[TurnKey] = field(default_factory=Counter)
    exact: Counter[TurnKey] = field(default_factory=Counter)
    review: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        trainees = dict(self.trainees)
        for trainee, points in other.trainees.items():
            trainees[trainee] = trainees.get(trainee, 0) + points
        return Sums(
            attempts=self.attempts + other.attempts,
            details=[mine + theirs for mine, theirs in zip(self.details, other.details, strict=True)],
            trainees=trainees,
            endings=self.endings + other.endings,
            answered=self.answered + other.answered,
            named=self.named + other.named,
            exact=self.exact + other.exact,
            review=self.review + other.review,
        )

    def add_edges(self, table: Table, counts: Mapping[int, int]) -> None:
        """Add the scored steps of complete attempts, given as how often each edge was taken."""
        edges = [table.edges[edge] for edge in counts]
        columns = zip(*(unpack_details(edge.details) for edge in edges), strict=True)
        for place, column in enumerate(columns):
            self.details[place] += sum(map(mul, column, counts.values()))
        for edge, count in zip(edges, counts.values(), strict=True):
            self._add_notice(table.scenario, edge.answer.turn, edge.notice, count)

    def add_card(self, scenario: Scenario, trainee: str, card: Scorecard, scored: Iterable[Exchange]) -> None:
        """Add a complete attempt that the reference scorer scored."""
        tallies: dict[Rated, Tally] = {}
        for skill, score in chain(card.skills.items(), card.further.items()):
            if score is not None:
                tallies[skill] = score.tally
        noticed = card.noticed
        counts = [*chain(*noticed.confusion), noticed.skipped, noticed.unasked, *card.harm]
        credit = (noticed.rupture_points, noticed.foil_points)
        of_skills = chain.from_iterable(sums_of(tallies.get(skill, Tally())) for skill in RATED)
        details = (*of_skills, *counts, *credit)
        self.details = [total + each for total, each in zip(self.details, details, strict=True)]
        self.trainees[trainee] = self.trainees.get(trainee, 0) + (pack_points(tallies) >> TRACE_BITS)
        self.endings[scenario.id, card.ending or ""] += 1
        self.review += card.review
        for exchange in scored:
            self._add_notice(scenario, exchange.turn_id, exchange.notice, 1)

    def _add_notice(self, scenario: Scenario, turn_id: str, notice: str | None, count: int) -> None:
        turn = scenario.turns[turn_id]
        if turn.rupture == "none" or not turn.notice or notice is None:
            return
        key = (scenario.id, turn_id, turn.rupture)
        self.answered[key] += count
        if notice != "none":
            self.named[key] += count
        if notice == turn.rupture:
            self.exact[key] += count

    def figures(self) -> CohortFigures:
        """What the sums say."""
        statuses: Counter[CardStatus] = Counter()
        versions: Counter[VersionNote] = Counter()
        for (status, version), count in self.attempts.items():
            statuses[status] += count
            versions[version] += count
        skills = self._skills()
        return CohortFigures(
            statuses={status: statuses[status] for status in get_args(CardStatus)},
            versions={version: versions[version] for version in get_args(VersionNote)},
            trainees=len(self.trainees),
            skills={skill: skills[skill] for skill in SKILLS},
            further={task: skills[task] for task in FURTHER_TASKS},
            noticed=noticed_figures(self.details),
            harm=(self.details[COUNTS + 18], self.details[COUNTS + 19]),
            review=self.review,
            endings=self._endings(),
            hardest=self._hardest(),
        )

    def _endings(self) -> dict[str, dict[str, int]]:
        endings: dict[str, dict[str, int]] = {}
        for (scenario, ending), count in sorted(self.endings.items()):
            endings.setdefault(scenario, {})[ending] = count
        return endings

    def _skills(self) -> dict[Rated, SkillSummary]:
        met = [place for place in range(len(RATED)) if self.details[PER_SKILL * place + 2]]
        # By what was offered: the sum of many fractions with few different denominators is exact in any order.
        points: list[Counter[int]] = [Counter() for _ in RATED]
        trainees = [0] * len(RATED)
        for packed in self.trainees.values():
            pairs = unpack_points(packed)
            for place in met:
                gained, offered = pairs[place]
                if offered:
                    points[place][offered] += gained
                    trainees[place] += 1
        return {
            skill: SkillSummary(
                pooled=skill_figures(tuple(self.details[PER_SKILL * place : PER_SKILL * (place + 1)])),
                mean=_mean(points[place], trainees[place]),
                trainees=trainees[place],
            )
            for place, skill in enumerate(RATED)
        }

    def _hardest(self) -> TurnNoticed | None:
        enough = [key for key, answers in self.answered.items() if answers >= LEAST_ANSWERS]
        if not enough:
            return None
        hardest = min(
            enough,
            key=lambda key: (
                Fraction(self.named[key], self.answered[key]),
                Fraction(self.exact[key], self.answered[key]),
                key,
            ),
        )
        scenario, turn, rupture = hardest
        return TurnNoticed(
            scenario=scenario,
            turn=turn,
            rupture=rupture,
            answers=self.answered[hardest],
            noticed=self.named[hardest],
            exact=self.exact[hardest],
        )


def _mean(points: Mapping[int, int], count: int) -> float | None:
    """The mean of shares, given as their numerators' sum by denominator."""
    if count == 0:
        return None
    total = sum((Fraction(gained, offered) for offered, gained in sorted(points.items())), Fraction())
    return float(total / count)

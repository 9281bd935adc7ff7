"""One attempt's figures, as a table or the reference scorer gives them; ready to be shown or written out."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from alliance_trainer.cohort.scoring.curve import Curve
from alliance_trainer.cohort.scoring.episodes import episodes_along, share_of
from alliance_trainer.cohort.scoring.packing import COUNTS, PER_SKILL, unpack_details
from alliance_trainer.cohort.scoring.tables import Table, Walk
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.episodes import Episode, Share
from alliance_trainer.core.recognition import Noticed
from alliance_trainer.core.scoring import AlliancePoint, CardStatus, Scorecard, TurningPoint
from alliance_trainer.core.tally import SCALE, Tier, tier_of, wilson
from alliance_trainer.core.tally import SkillScore as ExactScore
from alliance_trainer.core.vocabulary.skills import FURTHER_TASKS, SKILLS, Rated

VersionNote = Literal["same", "text", "re-keyed", "re-routed", "other", "unstated"]
"""Whether the attempt was played in the very scenario that it was scored against, as far as it says.

text: only words differ; re-keyed: it is scored by other ratings than those it was played with; re-routed: ways
differ, but not for this attempt; other: the scenario differs, and the attempt does not say in what.
"""

Independent = Literal["trainees", "answers"]
"""What an interval takes as independent of each other."""


class SkillFigures(msgspec.Struct, frozen=True, gc=False):
    """One skill: whole numbers exact, the others the nearest floats to the exact values (see core.tally)."""

    points: int
    offered: int
    moments: int
    score: float
    low: float
    high: float
    chance: float
    above_chance: float
    tier: Tier


class NoticedFigures(msgspec.Struct, frozen=True):
    """What was noticed (see core.recognition); `confusion` by row and column."""

    points: int
    offered: int
    n_ruptures: int
    n_foils: int
    rupture_points: int
    foil_points: int
    score: float | None
    confusion: tuple[tuple[int, ...], ...]
    skipped: int
    unasked: int


class Scored(msgspec.Struct, frozen=True):
    """An attempt with its figures; the fields are those of core.scoring.Scorecard.

    `attempt` says who played what and when; its steps are left out. `of_record`: it is complete, and the one that
    counts of its trainee's attempts at its scenario. `after_feedback`: see cohort.feedback.
    """

    attempt: Attempt
    version: VersionNote
    status: CardStatus
    assisted: bool
    review: bool
    answers: int
    ending: str | None
    outcome: int | None
    best_outcome: int | None
    outcome_regret: int | None
    turning_points: tuple[TurningPoint, ...] | None
    harm: tuple[int, int]
    episodes: tuple[Episode, ...]
    repair: Share
    recovery: Share
    alliance: tuple[AlliancePoint, ...]
    noticed: NoticedFigures
    skills: dict[Rated, SkillFigures | None]
    further: dict[Rated, SkillFigures | None]
    of_record: bool = True
    after_feedback: bool = False


@lru_cache(maxsize=8192)
def skill_figures(sums: tuple[int, ...]) -> SkillFigures | None:
    """The figures of a tally given as its six sums; None where the skill was never met.

    Quotients of whole numbers are correctly rounded, so that each equals the float of the exact fraction.
    """
    points, offered, moments, chance, _, variance = sums
    if moments == 0:
        return None
    full = SCALE * offered
    low, high = wilson(points / offered, chance * (full - chance) / variance)
    return SkillFigures(
        points,
        offered,
        moments,
        points / offered,
        low,
        high,
        chance / full,
        (SCALE * points - chance) / (full - chance),
        tier_of(moments),
    )


def noticed_figures(details: Sequence[int]) -> NoticedFigures:
    """The figures of the probe, from unpacked details."""
    counts = details[COUNTS:]
    foils, ruptures = sum(counts[:4]), sum(counts[4:16])
    rupture_points, foil_points = counts[20], counts[21]
    score = None
    if foils and ruptures:
        score = (rupture_points * foils + foil_points * ruptures) / (8 * ruptures * foils)
    return NoticedFigures(
        rupture_points + foil_points,
        4 * (ruptures + foils),
        ruptures,
        foils,
        rupture_points,
        foil_points,
        score,
        (tuple(counts[0:4]), tuple(counts[4:8]), tuple(counts[8:12]), tuple(counts[12:16])),
        counts[16],
        counts[17],
    )


def skills_of(details: Sequence[int], place: int, names: Sequence[Rated]) -> dict[Rated, SkillFigures | None]:
    """The figures of some skills that stand together in unpacked details, the first at a place."""
    figures: dict[Rated, SkillFigures | None] = {}
    for start, name in enumerate(names, place):
        sums = tuple(details[PER_SKILL * start : PER_SKILL * start + PER_SKILL])
        figures[name] = skill_figures(sums) if sums[2] else None
    return figures


def from_walk(attempt: Attempt, version: VersionNote, table: Table, curve: Curve, walk: Walk) -> Scored:
    """The figures of a way through a table."""
    edges = table.edges
    details = unpack_details(sum([edges[edge].details for edge in walk.scored]))
    way = [edges[edge].answer for edge in walk.way]
    ending = table.automaton.ending_at(walk.place)
    known = not walk.rewound
    lost = tuple([answer.lost for answer in way if answer.lost]) if known else None
    episodes = episodes_along(table, way) if known else ()
    return Scored(
        attempt=facts_of(attempt),
        version=version,
        status=status_of(attempt, ending, walk.rewound),
        assisted=walk.rewound,
        review=details[COUNTS + 19] > 0,
        answers=walk.answers,
        ending=ending,
        outcome=table.scenario.endings[ending].value if ending is not None and known else None,
        best_outcome=table.automaton.outlook[0],
        outcome_regret=None if lost is None else sum([point.lost for point in lost]),
        turning_points=lost,
        harm=(details[COUNTS + 18], details[COUNTS + 19]),
        episodes=episodes,
        repair=share_of([episode.resolved for episode in episodes]),
        recovery=share_of([each.resolved for each in episodes if each.trainee_made or each.worsened]),
        alliance=curve.along(walk),
        noticed=noticed_figures(details),
        skills=skills_of(details, 0, SKILLS),
        further=skills_of(details, len(SKILLS), FURTHER_TASKS),
    )


def facts_of(attempt: Attempt) -> Attempt:
    """The attempt without its steps."""
    return msgspec.structs.replace(attempt, steps=()) if attempt.steps else attempt


def status_of(attempt: Attempt, ending: str | None, rewound: bool) -> CardStatus:
    """The status that goes with what an attempt says of itself and where it stands, as in core.scoring.

    A record that was cut off may stand at an ending, and is not finished all the same.
    """
    if ending is None or attempt.status != "complete":
        return "unfinished"
    return "assisted" if rewound else "complete"


def from_card(attempt: Attempt, version: VersionNote, card: Scorecard) -> Scored:
    """The figures of a scorecard of the reference scorer."""
    return Scored(
        attempt=facts_of(attempt),
        version=version,
        status=card.status,
        assisted=card.assisted,
        review=card.review,
        answers=card.answers,
        ending=card.ending,
        outcome=card.outcome,
        best_outcome=card.best_outcome,
        outcome_regret=card.outcome_regret,
        turning_points=card.turning_points,
        harm=card.harm,
        episodes=card.episodes,
        repair=card.repair,
        recovery=card.recovery,
        alliance=card.alliance,
        noticed=_noticed(card.noticed),
        skills={skill: _figures(score) for skill, score in card.skills.items()},
        further={task: _figures(score) for task, score in card.further.items()},
    )


def _figures(score: ExactScore | None) -> SkillFigures | None:
    if score is None:
        return None
    return SkillFigures(
        score.tally.points,
        score.tally.offered,
        score.tally.moments,
        float(score.score),
        score.low,
        score.high,
        float(score.chance),
        float(score.above_chance),
        score.tier,
    )


def _noticed(noticed: Noticed) -> NoticedFigures:
    return NoticedFigures(
        noticed.points,
        noticed.offered,
        noticed.n_ruptures,
        noticed.n_foils,
        noticed.rupture_points,
        noticed.foil_points,
        None if noticed.score is None else float(noticed.score),
        noticed.confusion,
        noticed.skipped,
        noticed.unasked,
    )

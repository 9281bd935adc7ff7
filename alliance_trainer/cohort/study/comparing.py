"""Change between two occasions: each trainee's scores before and after, paired by pseudonym."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec
import numpy as np

from alliance_trainer.cohort.scoring.scored import VersionNote
from alliance_trainer.cohort.statistics import change, describe
from alliance_trainer.cohort.statistics.change import RELIABLE
from alliance_trainer.cohort.statistics.describe import Numbers
from alliance_trainer.cohort.study import enough
from alliance_trainer.cohort.study.figures import Figure
from alliance_trainer.cohort.study.skills import figures_by_trainee
from alliance_trainer.core.recognition import Noticed
from alliance_trainer.core.vocabulary.skills import SKILLS, Rated

if TYPE_CHECKING:  # a study is made from columns alone; reading files is not on its way
    from alliance_trainer.cohort.gathering import Gathered

Compared = Rated | Literal["noticed"]
"""A skill, or what was noticed (the probe's balanced score)."""

COMPARED: tuple[Compared, ...] = ("noticed", *SKILLS)
FEWEST_MOMENTS = 5
"""Below so many moments on either side a trainee's score is too uncertain to be compared."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """One trainee's scores on the two occasions, 0 to 1; `index`: the reliable change index, if it was asked for."""

    trainee: str
    before: float
    after: float
    index: float | None

    @property
    def reliable(self) -> bool:
        """Whether the change is more than error of measurement, at 95 %."""
        return self.index is not None and abs(self.index) > RELIABLE


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The change of one score over the trainees with `FEWEST_MOMENTS` or more moments on both occasions.

    `change` is the mean change (after less before) with its t interval; `g_av` its size. `too_few`: trainees who
    are on both occasions, but met too few moments on one of them. `no_index`: why there is no reliable change
    index, where one was asked for.
    """

    of: Compared
    pairs: tuple[Pair, ...]
    before: Figure
    after: Figure
    change: Figure
    g_av: Figure
    too_few: tuple[str, ...]
    no_index: str | None


class Remarks(msgspec.Struct, frozen=True, kw_only=True):
    """Of the attempts of record of one occasion: how many were made after feedback (see cohort.feedback), and in which
    version of its scenario each was played."""

    of_record: int
    after_feedback: int
    versions: Mapping[VersionNote, int]


class Comparisons(msgspec.Struct, frozen=True, kw_only=True):
    """Two occasions compared. `only_before` and `only_after` have no partner, `both` have one.

    `unfinished_...` have attempts on that occasion, but none that is complete. `scenarios_before` and `scenarios_after`
    say what was played, the remarks how; `same_scenarios` of those in `both` played the same ones on both occasions.
    `reliability` is that of the scores as given. `on_both`: attempts that lay among those of both occasions, and count
    as before.
    """

    both: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    unfinished_before: tuple[str, ...]
    unfinished_after: tuple[str, ...]
    scenarios_before: tuple[str, ...]
    scenarios_after: tuple[str, ...]
    same_scenarios: int
    remarks_before: Remarks
    remarks_after: Remarks
    reliability: float | None
    scores: tuple[Comparison, ...]
    on_both: int


def compare(
    before: "Gathered", after: "Gathered", reliability: float | None = None, *, on_both: int = 0
) -> Comparisons:
    """Compare two occasions. `reliability` (0 to below 1) is of the scores, from another sample.

    `on_both`: so many attempts of `before` lay among those of `after` too, and were left out there.
    """
    first, second = set(before.moments.trainees), set(after.moments.trainees)
    both = tuple(sorted(first & second))
    played_before, played_after = _played(before), _played(after)
    return Comparisons(
        both=both,
        only_before=tuple(sorted(first - second)),
        only_after=tuple(sorted(second - first)),
        unfinished_before=_unfinished(before),
        unfinished_after=_unfinished(after),
        scenarios_before=_scenarios(before),
        scenarios_after=_scenarios(after),
        same_scenarios=sum(played_before[name] == played_after[name] for name in both),
        remarks_before=_remarks(before),
        remarks_after=_remarks(after),
        reliability=reliability,
        on_both=on_both,
        scores=tuple(_comparison(of, both, _scores(before, of), _scores(after, of), reliability) for of in COMPARED),
    )


def _scenarios(gathered: "Gathered") -> tuple[str, ...]:
    return tuple(sorted({one.attempt.scenario for one in gathered.scored}))


def _played(gathered: "Gathered") -> dict[str, set[str]]:
    """The scenarios that each trainee played."""
    played: dict[str, set[str]] = {}
    for one in gathered.scored:
        played.setdefault(one.attempt.trainee, set()).add(one.attempt.scenario)
    return played


def _unfinished(gathered: "Gathered") -> tuple[str, ...]:
    return tuple(sorted({one.attempt.trainee for one in gathered.kept} - set(gathered.moments.trainees)))


def _remarks(gathered: "Gathered") -> Remarks:
    return Remarks(
        of_record=len(gathered.scored),
        after_feedback=sum(one.after_feedback for one in gathered.scored),
        versions=Counter(one.version for one in gathered.scored),
    )


def _scores(gathered: "Gathered", of: Compared) -> dict[str, float]:
    """The score of each trainee who met enough moments."""
    if of == "noticed":
        return _noticed(gathered)
    found = figures_by_trainee(gathered.moments, of)
    return {name: one.score for name, one in found.items() if one.moments >= FEWEST_MOMENTS}


def _noticed(gathered: "Gathered") -> dict[str, float]:
    """Each trainee's balanced score at the probe, over all attempts of record."""
    sums: dict[str, Noticed] = {}
    for one in gathered.scored:
        name = one.attempt.trainee
        sums[name] = sums.get(name, Noticed()) + Noticed(confusion=one.noticed.confusion)
    enough_of = {name: each for name, each in sums.items() if each.n_ruptures + each.n_foils >= FEWEST_MOMENTS}
    return {name: float(each.score) for name, each in enough_of.items() if each.score is not None}


def _comparison(
    of: Compared,
    both: Sequence[str],
    before: Mapping[str, float],
    after: Mapping[str, float],
    reliability: float | None,
) -> Comparison:
    names = [name for name in both if name in before and name in after]
    first, second = _column(names, before), _column(names, after)
    found = change.change(first, second)
    indices, no_index = _indices(first, second, reliability)
    pairs = zip(names, first.tolist(), second.tolist(), indices, strict=True)
    return Comparison(
        of=of,
        pairs=tuple(Pair(trainee=name, before=one, after=two, index=index) for name, one, two, index in pairs),
        before=_average(first),
        after=_average(second),
        change=_average(second - first),
        g_av=enough.given(found.g_av if found else None, len(names), enough.PAIRS, cases="pairs"),
        too_few=tuple(name for name in both if name not in names),
        no_index=no_index,
    )


def _column(names: Iterable[str], scores: Mapping[str, float]) -> Numbers:
    return np.array([scores[name] for name in names], dtype=np.float64)


def _average(values: Numbers) -> Figure:
    interval = describe.t_interval(values) if values.size >= enough.INTERVAL else None
    return enough.given(describe.mean(values), values.size, enough.AVERAGE, cases="pairs", interval=interval)


def _indices(first: Numbers, second: Numbers, reliability: float | None) -> tuple[list[float | None], str | None]:
    """The reliable change index of each pair, or why there is none."""
    nothing: list[float | None] = [None] * first.size
    if reliability is None:
        return nothing, None
    if first.size < enough.PAIRS:
        return nothing, f"it needs {enough.PAIRS} pairs or more"
    found = change.reliable_change(first, second, reliability)
    return (nothing, "the scores before do not vary") if found is None else (list(found.tolist()), None)

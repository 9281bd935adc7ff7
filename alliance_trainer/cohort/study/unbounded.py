"""Which figures stand without their interval only because what works it out is not installed, and the words for it."""

from collections.abc import Iterator

from alliance_trainer.cohort.statistics import quantiles
from alliance_trainer.cohort.study import enough
from alliance_trainer.cohort.study.figures import Estimate, Figure, Study


def lacking(name: str, figure: Figure | None) -> str | None:
    """Why a figure of this name has no interval, as the end of a sentence; None where it has one, or never does."""
    if quantiles.installed() or not isinstance(figure, Estimate) or figure.low is not None:
        return None
    least = {"mean": enough.INTERVAL, "mean_d_prime": enough.INTERVAL, "alpha": enough.ALPHA_TRAINEES}.get(name)
    return quantiles.MISSING if least is not None and figure.n >= least else None


def words_on(study: Study) -> str:
    """One sentence for all figures of a study that lack their interval; empty where none does."""
    if not any(lacking(name, figure) for name, figure in _figures(study)):
        return ""
    return f"Means and alpha stand without their 95 % interval; {quantiles.MISSING}"


def _figures(study: Study) -> Iterator[tuple[str, Figure]]:
    for skill in (*study.skills, *study.further):
        yield "mean", skill.mean
        yield "alpha", skill.alpha
    yield "mean_d_prime", study.recognition.mean_d_prime

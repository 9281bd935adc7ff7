"""The page on what the figures mean: its commands print what it shows, its examples are worked out anew, and no
figure of the tables is without its place there."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from guide import Run, blocks, runs, walked

from alliance_trainer.cohort.statistics import (
    agreement,
    calibration,
    change,
    describe,
    detection,
    items,
    quantiles,
    raters,
    reliability,
)
from alliance_trainer.cohort.statistics.additive import Additive
from alliance_trainer.cohort.statistics.describe import Numbers
from alliance_trainer.cohort.study import comparing, enough, responses, turns
from alliance_trainer.cohort.study.agreeing import agreement_of
from alliance_trainer.cohort.study.figures import Estimate, Figure
from alliance_trainer.cohort.study.rating_sheet import read_sheet
from alliance_trainer.reports.report_words import FEWEST
from alliance_trainer.reports.tables_cohort import FIGURES

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
SHEET = re.compile(r"`ratings\.csv`:\n\n```csv\n(.*?)```", re.S)

PLACES = {
    "pooled": "Two averages: cohort score and the report",
    "mean": "Mean, standard deviation, median",
    "sd": "Mean, standard deviation, median",
    "median": "Mean, standard deviation, median",
    "alpha": "Alpha",
    "person_variance": "Reliability and Phi",
    "turn_variance": "Reliability and Phi",
    "residual_variance": "Reliability and Phi",
    "reliability": "Reliability and Phi",
    "phi": "Reliability and Phi",
    "hits": "Hits and false alarms, d' and c",
    "false_alarms": "Hits and false alarms, d' and c",
    "d_prime": "Hits and false alarms, d' and c",
    "bias": "Hits and false alarms, d' and c",
    "a_prime": "Hits and false alarms, d' and c",
    "mean_d_prime": "Hits and false alarms, d' and c",
    "kappa": "Kappa",
    "type_kappa": "Kappa",
}
"""Where the figures of the table `cohort` are told of."""

COUNTS = {"scored", "of_record", "trainees"}


def flat(text: str) -> str:
    return " ".join(text.split())


def sections() -> dict[str, str]:
    """What stands under each heading, on one line."""
    _, *parts = re.split(r"^##+ (.+)$", PAGE, flags=re.M)
    return {heading: flat(text) for heading, text in zip(parts[::2], parts[1::2], strict=True)}


def of(*values: float) -> Numbers:
    return np.array(values, dtype=np.float64)


def two(value: float | None) -> str:
    """Two decimals, as on the page."""
    assert value is not None
    return f"{value:.2f}"


# ------------------------------------------------------------------------------------ the examples, worked out anew


def averages() -> Iterable[str]:
    points, offered = of(9, 3), of(10, 6)
    yield "takes 9 of 10 points, another 3 of 6. Together 12 of 16: " + two(items.facility(points, offered))
    yield "Mean of 0.90 and 0.50: " + two(describe.mean(points / offered))


def facility() -> Iterable[str]:
    yield "take 3, 1 and 2 of 4 points: 6 of 12, so " + two(items.facility(of(3, 1, 2), of(4, 4, 4)))
    yield f"below {two(turns.HARD)} a turn is called very hard, above {two(turns.EASY)} very easy"


def discrimination() -> Iterable[str]:
    found = items.item_rest(of(0, 0.5, 0.5, 1), of(0.4, 0.5, 0.7, 0.8))
    yield f"take 0, 0.5, 0.5 and 1 here, and 0.4, 0.5, 0.7 and 0.8 elsewhere: r = {two(found)}"
    yield f"Below {two(turns.WEAK)} it hardly tells trainees apart, and below 0 it runs backwards"


def elsewhere() -> Iterable[str]:
    yield f"take 0.5, 0.6, 0.6, 0.8 and 0.9 elsewhere: {two(describe.mean(of(0.5, 0.6, 0.6, 0.8, 0.9)))}"
    yield f"fewer than {responses.RARE * 100:.0f} in 100 chose of those to whom it was on offer"
    assert responses.MOST == 0.5, "half of them"


def phi() -> Iterable[str]:
    def model(each: float) -> Additive:
        return Additive(
            person_variance=0.03,
            turn_variance=0.01,
            residual_variance=0.12,
            eases=(0.5,),
            effects=(0.0,),
            turns_each=each,
        )

    ten, twenty = model(10), model(20)
    yield "With *p* = 0.03, *t* = 0.01, *e* = 0.12 and 10 turns each"
    yield f"reliability {two(ten.reliability)}, Phi {two(ten.phi)}"
    yield f"With 20 turns each: {two(twenty.reliability)} and {two(twenty.phi)}"


def alpha() -> Iterable[str]:
    matrix = np.array([[0, 0.5, 0], [0.5, 0.5, 0.5], [0.5, 1, 0.5], [1, 1, 1]])
    found = reliability.alpha(matrix)
    assert found is not None
    yield "0, 0.5, 0; 0.5, 0.5, 0.5; 0.5, 1, 0.5; 1, 1, 1"
    assert matrix.var(axis=0, ddof=1).sum() == pytest.approx(5 / 12)
    assert matrix.sum(axis=1).var(ddof=1) == pytest.approx(13 / 12)
    yield f"add up to 5/12, that of the totals is 13/12, and 3/2 times (1 - 5/13) is {two(found.value)}"


def mean() -> Iterable[str]:
    scores = of(0.40, 0.46, 0.50, 0.54, 0.58, 0.62, 0.66, 0.72)
    interval, quantile = describe.t_interval(scores), quantiles.t_quantile(0.975, 7)
    assert interval is not None
    yield "0.40, 0.46, 0.50, 0.54, 0.58, 0.62, 0.66 and 0.72"
    yield f"the mean {two(describe.mean(scores))}, the standard deviation {describe.sd(scores):.3f}"
    yield f"the median {two(describe.median(scores))}. With t = {quantile:.3f}"
    yield f"the interval goes from {two(interval[0])} to {two(interval[1])}"
    yield f"drawing the class again {describe.RESAMPLES} times from itself"


def noticing() -> Iterable[str]:
    some, every = detection.detect(8, 10, 3, 10), detection.detect(10, 10, 10, 10)
    assert some is not None
    assert every is not None
    yield f"8 of 10 ruptures are called so, and 3 of 10 plain moments: d' {two(some.d_prime)}, c {two(some.bias)}"
    yield f"has 10 of 10 and 10 of 10: d' {two(every.d_prime)}, c {two(every.bias)}"
    yield f"The first example has A' {two(some.a_prime)}"
    one, two_, three = (f"{100 * NormalDist().cdf(d / 2):.0f}" for d in (1, 2, 3))
    yield f"right about {one} times in 100 at a d' of 1, {two_} times at 2, and {three} times at 3"


def kappa() -> Iterable[str]:
    found = agreement.kappa(np.array([[15.0, 5.0], [3.0, 7.0]]))
    assert found is not None
    assert found.observed == pytest.approx(22 / 30)
    yield "Of 20 ruptures 15 are called so, of 10 plain moments 7 are left plain. Seen: 22 of 30."
    by_chance = "20/30 * 18/30 + 10/30 * 12/30".replace("*", "\N{MULTIPLICATION SIGN}")
    yield f"{by_chance} = {two(found.expected)}. Kappa is {two(found.value)}"


def sureness() -> Iterable[str]:
    right = np.array([True, *[False] * 3, *[True] * 5, False])
    sure = of(*[0.5] * 4, *[1] * 6)
    found, even = calibration.brier(sure, right), calibration.brier(of(0.5, 0.5), np.array([True, False]))
    assert found is not None
    assert even is not None
    yield "Of four answers at 50 % one is right, of six at 100 % five are."
    yield f"On the mean {sure.mean() * 100:.0f} % sure and {right.mean() * 100:.0f} % right"
    yield f"{found.over_confidence * 100:.0f} percentage points too sure"
    parts = f"{two(found.reliability)} - {two(found.resolution)} + {two(found.uncertainty)}"
    yield f"Brier {two(found.brier)} = {parts}"
    yield f"always saying 50 % gives {two(even.brier)}"


def moved() -> tuple[change.Change, Numbers, Numbers]:
    before, after = of(0.4, 0.5, 0.6, 0.7), of(0.5, 0.7, 0.6, 0.8)
    found = change.change(before, after)
    assert found is not None
    return found, before, after


def mean_change() -> Iterable[str]:
    found, _, _ = moved()
    yield f"go from 0.4, 0.5, 0.6, 0.7 to 0.5, 0.7, 0.6, 0.8: mean change +{two(found.mean)}"
    assert comparing.FEWEST_MOMENTS == 5
    yield "those with five moments or more on both occasions"


def size() -> Iterable[str]:
    found, before, after = moved()
    factor = change.small_sample_factor(3)
    assert describe.sd(before) == pytest.approx(describe.sd(after))
    yield f"both standard deviations are {describe.sd(before):.3f}: {two(found.mean)} / {describe.sd(before):.3f}"
    yield f"= {two(found.d_av)}, and times {two(factor)}, the factor for four pairs, {two(found.g_av)}"


def reliable() -> Iterable[str]:
    before = of(0.40, 0.55, 0.70)
    assert two(describe.sd(before)) == "0.15"
    low, high = (change.reliable_change(before, before + 0.20, given) for given in (0.60, 0.80))
    assert low is not None
    assert high is not None
    assert low[0] < change.RELIABLE < high[0]
    yield "The standard deviation before is 0.15, and somebody rises by 0.20."
    yield f"With R = 0.60 the index is {two(low[0])}: could be error. With R = 0.80 it is {two(high[0])}: reliable."
    yield f"Beyond {change.RELIABLE}, either way"
    shown = [block.text for block in blocks(PAGE) if "Reliably better" in block.text]
    assert [len(re.findall(r"trainee-\d+ \(", text)) for text in shown] == [1, 8]
    yield "With 0.36 one of the 21 is named; with the wish for 0.80 eight are"


def rated() -> tuple[Numbers, dict[str, Figure | None]]:
    """The sheet of the walk for instructors: its ratings, and its figures."""
    (text,) = SHEET.findall((ROOT / "docs" / "cohorts.md").read_text(encoding="utf-8"))
    sheet = read_sheet(text)
    found = agreement_of(sheet)
    named = {"kappa": found.kappa, "one": found.icc_one, "mean": found.icc_mean}
    named |= {"ordinal": found.alpha, "interval": found.interval_alpha}
    return np.array(sheet.ratings, dtype=np.float64), named


def value(name: str) -> str:
    figure = rated()[1][name]
    assert isinstance(figure, Estimate)
    return two(figure.value)


def quadratic() -> Iterable[str]:
    ratings, _ = rated()
    ann, ben = ratings.T
    seen, expected = float(((ann - ben) ** 2).mean()), float(((ann[:, None] - ben[None, :]) ** 2).mean())
    yield f"the first is {two(seen)} and the second {two(expected)}: kappa is {two(1 - seen / expected)}"
    assert two(1 - seen / expected) == value("kappa")


def correlations() -> Iterable[str]:
    yield f"In the sheet ICC(2,1) is {value('one')}, and ICC(2,k) of the two {value('mean')}"
    assert raters.icc_one(rated()[0]) is not None


def krippendorff() -> Iterable[str]:
    yield f"In the sheet {value('ordinal')} ordinal and {value('interval')} interval"


EXAMPLES: dict[str, Callable[[], Iterable[str]]] = {
    "Two averages: cohort score and the report": averages,
    "Facility": facility,
    "Discrimination": discrimination,
    "Elsewhere": elsewhere,
    "Reliability and Phi": phi,
    "Alpha": alpha,
    "Mean, standard deviation, median": mean,
    "Hits and false alarms, d' and c": noticing,
    "Kappa": kappa,
    "Calibration": sureness,
    "Mean change": mean_change,
    "g_av": size,
    "Reliable change, and what to give --reliability": reliable,
    "Quadratic kappa": quadratic,
    "ICC(2,1) and ICC(2,k)": correlations,
    "Krippendorff's alpha": krippendorff,
}


@pytest.mark.parametrize("heading", EXAMPLES)
def test_each_example_comes_out_as_it_says(heading: str) -> None:
    text = sections()[heading]
    for told in EXAMPLES[heading]():
        assert told in text


def test_no_example_is_left_unchecked() -> None:
    assert [heading for heading, text in sections().items() if "**Example.**" in text] == list(EXAMPLES)


# ----------------------------------------------------------------------------------------------- the rest of the page


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line within this process, in an empty folder."""
    folder = tmp_path / "reader"
    folder.mkdir()
    monkeypatch.chdir(folder)

    return runs(capsys)


def test_its_commands_print_what_it_shows(typed: Run) -> None:
    assert walked(PAGE, Path(), typed) == []
    assert sum(block.kind == "text" for block in blocks(PAGE)) >= 5


def test_the_averages_of_the_made_up_class_are_those_of_the_commands(typed: Run) -> None:
    for scenario in ("its-fine", "the-clock"):
        typed(["simulate", scenario, "-n", "40", "--seed", "2026", "--attempts", f"{scenario}.attempts.jsonl"])
    _, out = typed(["cohort", "score", ".", "--format", "json"])
    together = json.loads(out)["cohort"]["skills"]["metacommunication"]
    typed(["cohort", "export", ".", "--format", "csv", "--table", "cohort", "--out", "cohort.csv"])
    (of_report,) = (
        row
        for row in csv.DictReader(io.StringIO(Path("cohort.csv").read_text(encoding="utf-8")))
        if (row["subject"], row["figure"]) == ("metacommunication", "mean")
    )
    text = sections()["Two averages: cohort score and the report"]
    assert f"metacommunication is {together['score'] * 100:.0f} % together" in text
    assert f"`cohort.csv` say {float(of_report['value']) * 100:.0f} %, for the {of_report['n']} trainees" in text
    assert f"its `mean`, {together['mean']:.2f}, is that of all {together['trainees']}" in text


def test_every_figure_of_the_tables_has_its_place() -> None:
    assert set(FIGURES) == set(PLACES) | COUNTS
    assert set(PLACES.values()) <= set(sections())


def test_the_least_numbers_are_those_of_the_program() -> None:
    (table,) = re.findall(r"^\| figure \| needs \|\n\|---\|---\|\n((?:\|.+\n)+)", PAGE, re.M)
    assert dict(re.findall(r"^\| (.+?) \| (.+?) \|$", table, re.M)) == {
        "a trainee's score, and being in an average or a comparison": f"{enough.SCORE} moments",
        "mean, standard deviation, median, mean change; d', c, A', kappa and calibration of all": (
            f"{enough.AVERAGE} trainees"
        ),
        "the mean of the trainees' own d'": (
            f"{enough.AVERAGE} trainees with {enough.EACH_KIND} ruptures and {enough.EACH_KIND} plain moments each"
        ),
        "the interval of a mean or a median": f"{enough.INTERVAL} trainees",
        "facility; the flag that most chose another response than the best": f"{enough.FACILITY} answers",
        "discrimination; the flags on the best and on rare responses": f"{enough.DISCRIMINATION} answers",
        "being in the discrimination of a turn, and in *elsewhere*": f"{enough.OTHER_MOMENTS} other moments",
        "*elsewhere*": f"{enough.AVERAGE} choosers",
        "reliability, Phi and the variances": f"{enough.MODEL_TRAINEES} trainees",
        "being one of the turns of that model": f"{enough.MODEL_ANSWERS} answers",
        "alpha, over 2 turns or more that all met": f"{enough.ALPHA_TRAINEES} trainees",
        "d', c and A'": f"{enough.EACH_KIND} ruptures and {enough.EACH_KIND} plain moments that were answered",
        "kappa (of the kind alone: of ruptures that were noticed); calibration": f"{enough.LABELS} answers",
        "g_av, and reliable change": f"{enough.PAIRS} pairs",
        "any figure of agreement between raters": (
            f"{enough.RATED_ITEMS} items: that both rated, that all rated (ICC), or with two ratings (alpha)"
        ),
    }
    assert enough.SCORE == comparing.FEWEST_MOMENTS
    assert enough.AVERAGE == FEWEST, "and the report shows no average of fewer"


def test_the_sources_are_those_of_the_formulas() -> None:
    code = flat("".join(path.read_text(encoding="utf-8") for path in Path(describe.__file__).parent.glob("*.py")))
    sources = [told for text in sections().values() for told in re.findall(r"\*\*Source\.\*\* ([^*]+)", text)]
    named = [pair for told in sources for pair in re.findall(r"([A-Z][a-z]+) (\d{4})", told)]
    assert len(named) > 15
    assert [pair for pair in named if not re.search(r"\b{}(?: \d{{4}},)* {}\b".format(*pair), code)] == []

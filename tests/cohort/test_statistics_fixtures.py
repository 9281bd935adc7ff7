"""Every figure of the worked data sets: the formulas agree with the references named in their docstrings."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alliance_trainer.cohort.statistics import (
    additive,
    agreement,
    calibration,
    change,
    describe,
    detection,
    items,
    raters,
    reliability,
)
from alliance_trainer.cohort.statistics.describe import Numbers

DATA = Path(__file__).parent.parent / "data" / "statistics"
EXPECTED: dict[str, Any] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))


def rows(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def table(name: str) -> Numbers:
    """The numbers of a file without its first column; empty cells are NaN."""
    return np.array([[float(cell) if cell else np.nan for cell in row[1:]] for row in rows(name)])


def near(expected: Any, by: float = 1e-9) -> Any:
    return pytest.approx(expected, rel=by, abs=by)


COMPLETE, OF_COMPLETE = table("A_complete_matrix.csv"), EXPECTED["A_complete_matrix"]
MOST = np.array(OF_COMPLETE["max_points"], dtype=np.float64)
BRANCHING, OF_BRANCHING = table("B_branching_matrix.csv"), EXPECTED["B_branching_matrix"]
PAIRS, OF_PAIRS = table("C_prepost.csv"), EXPECTED["C_prepost"]
RATINGS, OF_RATINGS = table("D_ratings.csv"), EXPECTED["D_ratings"]
OF_RECOGNITION = EXPECTED["E_recognition"]


def test_totals_of_a_complete_form() -> None:
    totals = COMPLETE.sum(axis=1)
    assert describe.mean(totals) == near(OF_COMPLETE["mean"])
    assert describe.sd(totals) == near(OF_COMPLETE["sd"])
    assert describe.median(totals) == near(OF_COMPLETE["median"])
    assert describe.skewness(totals) == near(OF_COMPLETE["skewness"])
    assert describe.kurtosis(totals) == near(OF_COMPLETE["kurtosis"])
    ranks = [describe.percentile_rank(total, totals) for total in totals]
    assert ranks == near(list(OF_COMPLETE["percentile_midrank"].values()))
    assert describe.t_interval(totals / MOST.sum()) == near(tuple(OF_COMPLETE["mean_pomp_ci_t"]))


def test_items_of_a_complete_form() -> None:
    rests = [COMPLETE.sum(axis=1) - column for column in COMPLETE.T]
    columns = list(zip(COMPLETE.T, rests, strict=True))
    assert [items.facility(column, np.full(12, most)) for column, most in zip(COMPLETE.T, MOST, strict=True)] == near(
        OF_COMPLETE["facility"]
    )
    assert [describe.sd(column) for column in COMPLETE.T] == near(OF_COMPLETE["item_sd"])
    assert [items.item_rest(column, rest) for column, rest in columns] == near(OF_COMPLETE["r_drop"])
    assert [items.discriminative_efficiency(*pair) for pair in columns] == near(OF_COMPLETE["disc_eff"])
    assert items.effective_weights(COMPLETE) == near(tuple(OF_COMPLETE["effective_weight"]))


def test_reliability_of_a_complete_form() -> None:
    alpha = reliability.alpha(COMPLETE)
    assert alpha is not None
    assert alpha.value == near(OF_COMPLETE["alpha"])
    assert alpha.interval == near(tuple(OF_COMPLETE["feldt95"]))
    assert reliability.alpha_without(COMPLETE) == near(tuple(OF_COMPLETE["alpha_if_dropped"]))
    assert reliability.standard_error(COMPLETE) == near(OF_COMPLETE["sem"])


def test_a_study_of_persons_by_items() -> None:
    found = reliability.variances(COMPLETE / MOST)
    assert found is not None
    assert {"p": found.persons, "i": found.items, "res": found.rest} == near(OF_COMPLETE["gstudy_pomp"])
    for many in (8, 12):
        assert found.relative(many) == near(OF_COMPLETE[f"Erho2_{many}"])
        assert found.absolute(many) == near(OF_COMPLETE[f"Phi_{many}"])
    on_shares = reliability.alpha(COMPLETE / MOST)
    assert on_shares is not None
    assert found.relative(8) == near(on_shares.value)


def test_items_and_scores_with_turns_missing_by_design() -> None:
    persons, turns = np.nonzero(~np.isnan(BRANCHING))
    points = BRANCHING[persons, turns]
    offered = np.full(points.size, 4.0)
    rest, others = items.rest_of(points, offered, persons)
    assert set(others[persons == 0]) == {5}
    for place, expected in enumerate(OF_BRANCHING["items"].values()):
        at = turns == place
        assert at.sum() == expected["n"]
        assert items.facility(points[at], offered[at]) == near(expected["facility"])
        assert items.item_rest(points[at], rest[at]) == near(expected["r_item_rest"])
    shares = np.bincount(persons, weights=points) / np.bincount(persons, weights=offered)
    assert shares.tolist() == near(list(OF_BRANCHING["S"].values()))
    common = reliability.alpha(BRANCHING[:, [0, 1, 7]])
    assert common is not None
    assert common.value == near(OF_BRANCHING["alpha_common_items_n1_n2_n9"])


def test_the_additive_model_agrees_with_the_mixed_model() -> None:
    persons, turns = np.nonzero(~np.isnan(BRANCHING))
    assert additive.connected(persons, turns)
    found, expected = additive.fit(persons, turns, BRANCHING[persons, turns] / 4), OF_BRANCHING["adjusted_additive_ML"]
    assert found.person_variance == near(expected["s2_person"])
    assert found.residual_variance == near(expected["s2_residual"])
    assert found.eases == near(tuple(expected["node_effect"].values()))
    assert found.effects == near(tuple(expected["person_blup"].values()))


def test_on_a_complete_table_the_models_phi_is_that_of_the_study_of_persons_by_items() -> None:
    persons, turns = np.nonzero(~np.isnan(COMPLETE))
    found = additive.fit(persons, turns, (COMPLETE / MOST)[persons, turns])
    persons_part, items_part, rest = (OF_COMPLETE["gstudy_pomp"][name] for name in ("p", "i", "res"))
    # Maximum likelihood divides by 12 persons where expected mean squares divide by 11.
    assert found.residual_variance == near(rest * 11 / 12)
    assert found.person_variance + found.residual_variance / 8 == near((persons_part + rest / 8) * 11 / 12)
    assert found.turn_variance == near(items_part + rest / 12 / 12)
    assert found.phi == pytest.approx(OF_COMPLETE["Phi_8"], abs=0.002)
    assert found.reliability == pytest.approx(OF_COMPLETE["Erho2_8"], abs=0.001)


def test_change_of_pairs() -> None:
    before, after = PAIRS.T
    found = change.change(before, after)
    assert found is not None
    assert found.n == OF_PAIRS["n"]
    assert found.mean == near(OF_PAIRS["mean_diff"])
    assert found.interval == near(tuple(OF_PAIRS["ci95_mean_diff"]))
    assert found.t == near(OF_PAIRS["t"])
    assert (found.d_z, found.d_av) == near((OF_PAIRS["dz"], OF_PAIRS["dav"]))
    assert (found.g_z, found.g_av) == near((OF_PAIRS["gz"], OF_PAIRS["gav"]))
    assert describe.sd(after - before) == near(OF_PAIRS["sd_diff"])
    assert describe.correlation(before, after) == near(OF_PAIRS["r"])
    index = change.reliable_change(before, after, OF_PAIRS["rel_assumed"])
    assert index is not None
    assert index.tolist() == near(OF_PAIRS["rci"])
    cut = (after - before)[0] / index[0] * change.RELIABLE
    assert cut == near(OF_PAIRS["rci_cut"], 1e-4)  # the reference takes 1.959964 for 1.96


def test_the_bootstrap_of_a_mean_lies_where_the_references_does() -> None:
    found = describe.bootstrap_interval(PAIRS[:, 1] - PAIRS[:, 0], lambda drawn: drawn.mean(axis=1))
    assert found == pytest.approx(tuple(OF_PAIRS["boot_R"]["perc"]), abs=0.004)


def test_two_raters() -> None:
    counts = agreement.cross_table(RATINGS[:, 0], RATINGS[:, 1], np.arange(5.0))
    assert counts.tolist() == OF_RATINGS["confusion_r1_r2"]
    for weights, name in (("none", "kappa"), ("linear", "kappa_linear"), ("quadratic", "kappa_quadratic")):
        found, expected = agreement.kappa(counts, weights), OF_RATINGS[name]
        assert found is not None
        assert (found.value, found.se) == near((expected["kappa"], expected["se"]))
        assert (found.observed, found.expected) == near((expected["po"], expected["pe"]))


def test_three_raters() -> None:
    one, mean = raters.icc_one(RATINGS), raters.icc_mean(RATINGS)
    assert one is not None
    assert mean is not None
    assert (one.value, mean.value) == near((OF_RATINGS["ICC"]["ICC2"], OF_RATINGS["ICC"]["ICC2k"]))
    assert one.interval == near(tuple(OF_RATINGS["ICC2_ci"]))
    for level, expected in OF_RATINGS["kripp"].items():
        assert raters.krippendorff(RATINGS, level) == near(expected)


def test_three_raters_with_ratings_missing() -> None:
    ratings = RATINGS.copy()
    ratings[[0, 1, 7, 10, 10], [0, 0, 1, 0, 1]] = np.nan
    found = [raters.krippendorff(ratings, level) for level in ("nominal", "ordinal", "interval")]
    assert found == pytest.approx([0.3056, 0.7627, 0.7690], abs=6e-5)


def recognised() -> tuple[list[str], Numbers, Numbers, Numbers]:
    labels = OF_RECOGNITION["labels"]
    found = rows("E_recognition.csv")
    gold = np.array([float(labels.index(row[1])) for row in found])
    answer = np.array([float(labels.index(row[2])) for row in found])
    return labels, gold, answer, np.array([float(row[3]) for row in found])


def test_recognition_as_detection_and_as_labels() -> None:
    _, gold, answer, sure = recognised()
    counts = agreement.cross_table(gold, answer, np.arange(4.0))
    assert counts.tolist() == OF_RECOGNITION["confusion_gold_rows"]
    for part, name in ((counts, "kappa"), (counts[1:, 1:], "type_kappa_hits_only")):
        found, expected = agreement.kappa(part), OF_RECOGNITION[name]
        assert found is not None
        assert (found.value, found.se) == near((expected["kappa"], expected["se"]))
    hits, false_alarms = int(((gold > 0) & (answer > 0)).sum()), int(((gold == 0) & (answer > 0)).sum())
    signal, expected = detection.detect(hits, 26, false_alarms, 14), OF_RECOGNITION["sdt"]
    assert signal is not None
    assert (signal.hit_rate, signal.false_alarm_rate) == near((expected["H_ll"], expected["F_ll"]))
    assert (signal.d_prime, signal.bias, signal.ln_beta) == near(
        (expected["dprime"], expected["c"], expected["ln_beta"])
    )
    assert (signal.se, signal.a_prime, signal.b_d) == near(
        (expected["se_dprime"], expected["A_prime"], expected["B_D"])
    )
    assert signal.balanced_accuracy == near(expected["balanced_accuracy"])
    signed = np.where(answer > 0, sure, 1 - sure)
    assert detection.roc_area(signed[gold > 0], signed[gold == 0]) == near(OF_RECOGNITION["roc_auc_rupture_rating"])


@pytest.mark.parametrize("case", EXPECTED["sdt_cases"], ids=lambda case: case["name"])
def test_cases_of_detection(case: dict[str, Any]) -> None:
    found = detection.detect(case["hits"], case["n_signal"], case["fa"], case["n_noise"])
    assert found is not None
    assert (found.d_prime, found.bias, found.ln_beta, found.se) == near(
        (case["dprime"], case["c"], case["ln_beta"], case["se_dprime"])
    )
    assert (found.hit_rate, found.false_alarm_rate) == near((case["H_ll"], case["F_ll"]))
    assert (found.a_prime, found.balanced_accuracy, found.b_d) == near(
        (case["A_prime"], case["balanced_accuracy"], case["B_D"])
    )


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((10, 10, 0, 10), (3.381243, 0, 1)),
        ((0, 10, 0, 10), (0, 1.690622, 0.5)),
        ((3, 10, 6, 10), (-0.702673, 0.121453, 0.267857)),
        ((17, 20, 2, 8), (1.556877, -0.188983, 0.876471)),
    ],
    ids=["perfect", "never", "below chance", "unequal"],
)
def test_further_cases_of_detection(counts: tuple[int, int, int, int], expected: tuple[float, ...]) -> None:
    found = detection.detect(*counts)
    assert found is not None
    assert (found.d_prime, found.bias, found.a_prime) == pytest.approx(expected, abs=6e-7)


def test_confidence() -> None:
    _, gold, answer, sure = recognised()
    right, expected = gold == answer, OF_RECOGNITION["calibration"]
    assert right.mean() == near(OF_RECOGNITION["accuracy"])
    found = calibration.brier(sure, right)
    assert found is not None
    for name in ("brier", "reliability", "resolution", "uncertainty", "over_confidence"):
        assert getattr(found, name) == near(expected[name])
    assert calibration.type_2_area(sure, right) == near(expected["auroc2"])

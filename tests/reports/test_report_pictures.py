"""The pictures of the report, by what must hold of any of them."""

import re
from collections import Counter
from itertools import combinations, pairwise
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_studies import made_study
from sizes import scaled

from alliance_trainer.cohort.scoring.scored import SkillFigures
from alliance_trainer.cohort.study.figures import Estimate, Flow, FlowBand, SkillStudy, TraineeScore, Withheld
from alliance_trainer.reports.report_flow import Ways, steps_of, ways_of
from alliance_trainer.reports.report_flow_picture import WIDTH, flow_picture
from alliance_trainer.reports.report_header import skill_part
from alliance_trainer.reports.report_quotes import first_sentences, last_sentences
from alliance_trainer.reports.report_recognition import LEFT, SIDE, TOP, recognition_of
from alliance_trainer.reports.report_room import CLOSE, WIDE, Room
from alliance_trainer.reports.report_strip import strip_of
from alliance_trainer.reports.report_style import DARK_TINTS, LIGHT_TINTS
from alliance_trainer.reports.short_text import shortened

NONE = Withheld(reason="it is a test", n=0)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """People who walk at random through a few turns, some of them for long."""
    turns = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "end"]
    sums: Counter[tuple[int, str, str]] = Counter()
    best: Counter[tuple[int, str, str]] = Counter()
    people = draw(st.integers(1, 60))
    rng = draw(st.randoms(use_true_random=False))
    for _ in range(people):
        place = "a"
        for step in range(12):
            to = rng.choice(turns[1:]) if step < 11 else "end"
            sums[step, place, to] += 1
            best[step, place, to] += rng.random() < 0.5
            if to == "end":
                break
            place = to
    bands = tuple(
        FlowBand(
            step=step, turn=turn, to=to, ends=to == "end", best=best[step, turn, to], other=n - best[step, turn, to]
        )
        for (step, turn, to), n in sorted(sums.items())
    )
    return Flow(scenario="s", title="S", attempts=people, bands=bands, endings=(("end", "partly", people),))


def moved(ways: Ways, column: int) -> int:
    return sum(band.best + band.other for band in ways.bands if band.source[0] == column)


@settings(max_examples=scaled(60))
@given(flows(), st.sampled_from([WIDE, CLOSE]))
def test_nobody_is_lost_when_rare_ways_are_put_together(flow: Flow, room: Room) -> None:
    ways = ways_of(flow, room)
    for step in range(room.steps):
        assert moved(ways, step) == sum(band.best + band.other for band in flow.bands if band.step == step)
    columns = Counter(key[0] for key in ways.nodes)
    assert max(columns) <= room.steps
    assert max(columns.values()) <= room.nodes + 1
    assert ways.cut == any(band.step >= room.steps for band in flow.bands)
    for (column, _), node in ways.nodes.items():
        if node.ends:
            ended = [band for band in flow.bands if band.step + 1 == column and band.ends]
            assert node.people <= sum(band.best + band.other for band in ended), "no turn is called an ending"
    told = " ".join(step.onward for step in steps_of(ways))
    assert sum(map(int, re.findall(r" (\d+) \(\d+\)", told))) == sum(moved(ways, step) for step in range(room.steps))


@settings(max_examples=scaled(60))
@given(flows(), st.sampled_from([WIDE, CLOSE]))
def test_nodes_and_words_of_a_flow_stand_apart(flow: Flow, room: Room) -> None:
    picture = flow_picture(flow, ways_of(flow, room))
    for column in picture.columns:
        heights = sorted(label.y + 14 * line for label in column.labels for line in range(len(label.lines)))
        assert all(after - before >= 14 for before, after in pairwise(heights))
    places = [tuple(map(int, found)) for found in re.findall(r"M(\d+) (\d+)h8v(\d+)h-8z", picture.ends)]
    lines = [tuple(map(int, found)) for found in re.findall(r"M(\d+) (\d+)v(\d+)", picture.turns)]
    places += [(x - 4, top, high) for x, top, high in lines]
    assert len(places) == sum(len(column.labels) for column in picture.columns)
    for (x, top, high), (other, start, _) in combinations(sorted(places), 2):
        assert x != other or top + high < start
    assert all(0 <= x <= WIDTH - 100 and top + high <= picture.height for x, top, high in places)


@pytest.mark.parametrize("steps", [1, 4, 5, 7])
def test_every_label_of_a_flow_is_read_in_full_within_its_column(steps: int) -> None:
    """Ids of up to 64 letters, with and without hyphens, beside thin bars and in the last column."""
    names = ["end-all-smiles-and-nothing-said", "x" * 64, "after-the-long-summer-break-and-the-first-silence"]
    bands = tuple(
        FlowBand(step=step, turn=turn, to=to, ends=step == steps - 1, best=1, other=0)
        for step in range(steps)
        for turn, to in zip(names, names[1:] + names[:1], strict=True)
    )
    flow = Flow(scenario="s", title="S", attempts=40, bands=bands, endings=())
    ways = ways_of(flow, WIDE)
    picture = flow_picture(flow, ways)
    ends = [column.x for column in picture.columns[1:]] + [int(WIDTH)]
    for at, (column, end) in enumerate(zip(picture.columns, ends, strict=True)):
        told = sorted("".join(label.lines).replace(" ", "") for label in column.labels)
        kind = "end:" if at == steps else ""
        assert told == sorted(f"{node.people}{kind}{node.name}" for key, node in ways.nodes.items() if key[0] == at)
        heights = sorted(label.y + 14 * line for label in column.labels for line in range(len(label.lines)))
        assert all(after - before >= 14 for before, after in pairwise(heights))
        assert heights[0] > 0
        assert heights[-1] < picture.height
        assert all(column.x + 12 + 6.9 * len(line) <= end for label in column.labels for line in label.lines)


def a_skill(scores: list[int]) -> SkillStudy:
    figures = [
        SkillFigures(points, 1000, 12, points / 1000, 0.0, 1.0, 0.4, 0.0, "formative" if points % 2 else "provisional")
        for points in scores
    ]
    people = tuple(TraineeScore(trainee=f"wren-{at}", figures=one) for at, one in enumerate(figures))
    return SkillStudy(
        skill="recognition",
        trainees=len(people),
        pooled=figures[0] if figures else None,
        scores=people,
        mean=NONE,
        sd=NONE,
        median=NONE,
        model=NONE,
        alpha=NONE,
        common_turns=0,
    )


@settings(max_examples=scaled(100))
@given(st.lists(st.integers(0, 1000), max_size=40))
def test_no_dot_of_a_strip_hides_another(scores: list[int]) -> None:
    strip = strip_of(a_skill(scores))
    dots = [tuple(map(int, found)) for found in re.findall(r"M(-?\d+) (-?\d+)h0", strip.sure + strip.provisional)]
    assert len(dots) == len(scores)
    assert all(10 <= x <= 330 and 3 < y <= strip.floor + 0.5 for x, y in dots)
    if len({y for _, y in dots}) <= 9:
        for one, other in combinations(dots, 2):
            assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) >= 6
    assert (strip.box is not None) == (len(scores) >= 5)
    if strip.box:
        box = strip.box
        assert box.least <= box.lower <= box.middle <= box.upper <= box.greatest


def test_the_box_and_the_figures_beside_it_are_of_the_same_people() -> None:
    """Of those with a score: whoever met a skill too seldom is in neither, and the words say how many."""
    found = made_study(9, 1)
    drawn = set()
    for skill in (*found.skills, *found.further):
        strip = strip_of(skill)
        dots = len(re.findall("M", strip.sure + strip.provisional))
        drawn.add(dots)
        assert skill.mean.n == skill.sd.n == skill.median.n == dots == len(skill.scores) - strip.undrawn
        assert isinstance(skill.median, Estimate) == (strip.box is not None) == (strip.chance is not None)
        if strip.box and isinstance(skill.median, Estimate):
            assert strip.box.middle == pytest.approx(14 + 312 * skill.median.value)
        words = skill_part(skill).figures
        assert bool(re.search(r"\d %", words)) == (dots >= 5)
        assert "5 trainees with 5 moments" in words or dots >= 5
    assert 0 in drawn
    assert max(drawn) > 5


def test_a_trainees_point_lies_on_the_curve_of_their_d_prime() -> None:
    study = made_study(12, 4).recognition
    shown = recognition_of(study)
    normal = NormalDist()
    found = {one.trainee: one.detection.d_prime for one in study.trainees}
    assert shown.points
    for point in shown.points:
        alarms, hits = (point.x - LEFT) / SIDE, 1 - (point.y - TOP) / SIDE
        figure = found[point.trainee]
        assert isinstance(figure, Estimate)
        assert normal.inv_cdf(hits) - normal.inv_cdf(alarms) == pytest.approx(figure.value)
    for curve in shown.curves:
        x, y = map(float, curve.path.split("L")[7].split())
        d_prime = normal.inv_cdf(1 - (y - TOP) / SIDE) - normal.inv_cdf((x - LEFT) / SIDE)
        assert d_prime == pytest.approx(curve.d_prime, abs=0.15)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ink", "tints"), [("#000000", LIGHT_TINTS), ("#ffffff", DARK_TINTS)])
def test_text_is_plain_on_every_tint_and_the_tints_are_told_apart_by_lightness(
    ink: str, tints: tuple[str, ...]
) -> None:
    lights = [luminance(tint) for tint in tints]
    for light in lights:
        high, low = sorted((light, luminance(ink)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5
    away = lights if ink == "#000000" else [-light for light in lights]
    assert away[:4] == sorted(away[:4]), "towards the middle it gets nearer to the paper"
    assert away[3:] == sorted(away[3:], reverse=True)


@given(st.text(max_size=80), st.integers(10, 60))
def test_a_text_is_cut_to_its_length_and_keeps_the_right_end(text: str, most: int) -> None:
    line, cut = " ".join(text.split()), shortened(text, most)
    assert len(cut) <= most
    assert line.startswith(cut.strip("\u2026")) or len(line) <= most
    assert (cut == line) == (len(line) <= most) or "\u2026" in line


SENTENCES = st.sampled_from(
    [
        *("Fine.", "What did you say?", "'Nothing was ever good enough.'", "(looks away; the keys are in his hand)"),
        *("I was, sort of (not really) fine with it, until the evening, when he came back and asked.", "No!"),
        "Well\u2026 yes.",
    ]
)


@settings(max_examples=scaled(200))
@given(st.lists(SENTENCES, min_size=1, max_size=6), st.integers(5, 120))
def test_a_quotation_is_of_whole_sentences(sentences: list[str], most: int) -> None:
    text = " ".join(sentences)
    head, tail = first_sentences(text, most), last_sentences(text, most)
    heads = [" ".join(sentences[:at]) for at in range(1, len(sentences) + 1)]
    tails = [" ".join(sentences[at:]) for at in range(len(sentences))]
    assert head.removesuffix(" \u2026") in heads
    assert tail.removeprefix("\u2026 ") in tails
    assert (head == text) == (not head.endswith(" \u2026"))
    kept = heads.index(head.removesuffix(" \u2026")) + 1
    assert len(head) <= most or kept == 1 or len(heads[kept - 2]) < most / 2
    assert head == text or len(heads[kept - 1]) >= most / 2
    said = [one for one in sentences if not one.startswith("(")]
    assert not said or any(one in tail for one in said), "what was shown last stands with what was said before it"


@given(st.text(max_size=200), st.integers(1, 60))
def test_any_text_is_quoted_from_its_beginning_or_to_its_end(text: str, most: int) -> None:
    line = " ".join(text.split())
    assert line.startswith(first_sentences(text, most).removesuffix(" \u2026"))
    assert line.endswith(last_sentences(text, most).removeprefix("\u2026 "))

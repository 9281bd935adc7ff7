"""The picture, read back from its file: boxes that never touch, lines that end where they should and meet no other box."""

import random
import re
import sys
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import Shape, make_scenario, scenarios, seeds
from sizes import scaled
from svg_reading import Drawing, read_svg

from alliance_trainer.core.model import Scenario
from alliance_trainer.reports.graph_model import LETTERS, WORDS, graph_of
from alliance_trainer.reports.graph_shapes import outline
from alliance_trainer.reports.graph_style import STYLE
from alliance_trainer.reports.graph_svg import graph_figure, graph_svg
from alliance_trainer.scenario_files import library, loader

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from forty_turns import forty_turns  # noqa: E402  # it is no package


def of_size(turns: int) -> Scenario:
    """A random scenario with many turns, loops, conditions and endings."""
    return make_scenario(Shape(turns=turns, responses=6), turns)


def known() -> dict[str, Scenario]:
    found = {path.stem: loader.load_path(path).scenario for path in library.shipped()}
    found["forty-turns"] = loader.load(forty_turns().encode(), "forty-turns.yaml").scenario
    found |= {f"random-{turns}": of_size(turns) for turns in (12, 25)}
    assert all(found.values())
    return {name: scenario for name, scenario in found.items() if scenario is not None}


KNOWN = known()


def drawn(scenario: Scenario) -> Drawing:
    return read_svg(graph_figure(graph_of(scenario)))


@lru_cache(maxsize=30)
def known_drawing(name: str) -> Drawing:
    return drawn(KNOWN[name])


def assert_sound(drawing: Drawing, scenario: Scenario) -> None:
    boxes_are_apart(drawing)
    lines_are_right(drawing)
    all_is_inside(drawing)
    all_is_inside(read_svg(graph_svg(graph_of(scenario))))
    assert set(drawing.boxes) == {*scenario.turns, *scenario.endings}


def boxes_are_apart(drawing: Drawing) -> None:
    for one, other in combinations(drawing.boxes.values(), 2):
        apart = one.right < other.left or other.right < one.left or one.bottom < other.top or other.bottom < one.top
        assert apart, f"{one.name} and {other.name} touch"


def lines_are_right(drawing: Drawing) -> None:
    for way in drawing.ways:
        assert drawing.boxes[way.source].on_border(way.points[0]), f"{way.source}.{way.response} begins elsewhere"
        assert drawing.boxes[way.target].on_border(way.points[-1]), f"{way.source}.{way.response} ends elsewhere"
    for points in {*(way.points for way in drawing.ways), *(points for _, points in drawing.lines)}:
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        for box in drawing.boxes.values():
            if box.left > right or box.right < left:
                continue
            crossing = [point for point in points if box.holds(point, 0.3)]
            assert not crossing, f"a line runs through {box.name} at {crossing[0]}"


def all_is_inside(drawing: Drawing) -> None:
    for x, y in drawing.everything:
        assert 0 <= x <= drawing.width
        assert 0 <= y <= drawing.height


@pytest.mark.parametrize("name", KNOWN)
def test_known_scenarios_are_drawn_soundly(name: str) -> None:
    assert_sound(known_drawing(name), KNOWN[name])


@settings(max_examples=scaled(60))
@given(scenarios())
def test_every_scenario_is_drawn_soundly(scenario: Scenario) -> None:
    assert_sound(drawn(scenario), scenario)


@settings(max_examples=scaled(4))
@given(st.builds(Shape, turns=st.integers(7, 30), responses=st.integers(1, 9)), seeds)
def test_large_scenarios_are_drawn_soundly(shape: Shape, seed: int) -> None:
    scenario = make_scenario(shape, seed)
    assert_sound(drawn(scenario), scenario)


@settings(max_examples=scaled(30))
@given(scenarios())
def test_every_way_of_every_response_is_a_line(scenario: Scenario) -> None:
    ways = {(way.source, way.response, way.target) for way in drawn(scenario).ways}
    wanted = {
        (turn, name, route.to)
        for turn, of in scenario.turns.items()
        for name, response in of.responses.items()
        for route in response.to
    }
    assert ways == wanted


def test_what_is_visible_covers_every_way() -> None:
    """The line that shows when one points at a response runs where visible lines run."""
    for name in ("the-clock", "random-25"):
        drawing = known_drawing(name)
        visible = {(round(x), round(y)) for _, points in drawing.lines for x, y in points}
        for way in drawing.ways:
            hidden = [
                (x, y)
                for x, y in way.points
                if not any((round(x) + a, round(y) + b) in visible for a in (-1, 0, 1) for b in range(-16, 17))
            ]
            assert not hidden, f"{way.source}.{way.response} is not drawn at {hidden[:2]}"


def test_lines_back_are_drawn_apart_and_go_up() -> None:
    drawing = known_drawing("the-clock")
    back = [way for way in drawing.ways if drawing.boxes[way.target].top <= drawing.boxes[way.source].top]
    assert back
    for way in back:
        box = drawing.boxes[way.target]
        x, y = way.points[-1]
        assert y > box.top + 10, "entered from the side"
        assert abs(x - box.left) < 0.2 or abs(x - box.right) < 0.2
    assert any("back" in look for look, _ in drawing.lines)
    assert re.search(r"\.line\.back \{[^}]*dasharray", STYLE)


@pytest.mark.parametrize("name", KNOWN)
def test_every_text_has_room_in_its_box(name: str) -> None:
    sizes = {"name": 13 * 0.61, "choice": 12 * 0.61, "fact": 11 * 0.55, "mark": 10 * 0.55, "onward": 11 * 0.55}
    for box in known_drawing(name).boxes.values():
        for x, y, style, text in box.texts:
            assert box.top - 20 < y < box.bottom
            if style != "letter":
                assert x >= box.left + 8
                assert x + len(text) * sizes[style.split()[0]] <= box.right - 4, (box.name, text)


def test_kinds_are_told_apart_without_colour() -> None:
    drawing = known_drawing("its-fine")
    for box in drawing.boxes.values():
        texts = [text for _, _, style, text in box.texts if style == "letter"]
        assert LETTERS[box.kind] in texts  # type: ignore[index]  # a kind as it is drawn
        words = " ".join(text for _, _, style, text in box.texts if style == "fact")
        assert WORDS[box.kind].split(":")[0] in words  # type: ignore[index]  # the same
    assert len(set(LETTERS.values())) == len(WORDS) == 8
    looks = set()
    for kind in WORDS:
        dashes = re.findall(rf"\.{kind} \.box[^{{]*\{{([^}}]*)\}}", STYLE)
        shape = outline(kind, 0, 0, 100, 60)
        looks.add((shape, tuple(re.findall(r"dasharray: [\d ]+|width: [\d.]+", "".join(dashes)))))
    assert len(looks) == 8, "no two kinds have the same shape and line"


def contrast(colour: str, other: str) -> float:
    def luminance(text: str) -> float:
        parts = [int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_can_be_read_on_white_and_on_black() -> None:
    accents = set(re.findall(r"#[0-9A-Fa-f]{6}", STYLE))
    assert accents == {"#0078C8", "#C25400", "#757575"}
    for accent in accents:
        assert contrast(accent, "#ffffff") >= 4.5
        assert contrast(accent, "#000000") >= 4.5


def test_the_same_scenario_gives_the_same_bytes_in_ascii() -> None:
    graph = graph_of(KNOWN["random-25"])
    assert graph_svg(graph) == graph_svg(graph_of(of_size(25)))
    assert graph_svg(graph).isascii()
    assert graph_figure(graph).isascii()


def test_the_order_of_turns_in_the_file_does_not_matter_much() -> None:
    """Nothing depends on the start standing first."""
    scenario = KNOWN["its-fine"]
    names = list(scenario.turns)
    random.Random(3).shuffle(names)
    changed = scenario.model_copy(update={"turns": {name: scenario.turns[name] for name in names}})
    drawing = drawn(changed)
    assert_sound(drawing, changed)
    start = drawing.boxes[scenario.start]
    assert all(start.top <= box.top for box in drawing.boxes.values())
    assert any(text == "START" for _, _, _, text in start.texts)


def test_a_turn_that_nothing_leads_to_is_drawn_as_well() -> None:
    scenario = KNOWN["its-fine"]
    lonely = scenario.turns["slip"]
    changed = scenario.model_copy(update={"turns": {"aside": lonely, **scenario.turns}})
    assert_sound(drawn(changed), changed)


def test_the_longest_ids_and_titles_have_room() -> None:
    scenario = KNOWN["its-fine"]
    long, unbroken = ("a-very-long-name-" * 4)[:64].rstrip("-"), "x" * 64
    slip = scenario.turns["slip"]
    first = next(iter(slip.responses.values()))
    wide = slip.model_copy(update={"responses": {unbroken: first, long: first, **slip.responses}})
    changed = scenario.model_copy(
        update={"title": "W" * 200, "start": unbroken, "turns": {unbroken: wide, long: slip, **scenario.turns}}
    )
    drawing = drawn(changed)
    assert_sound(drawing, changed)
    for box in drawing.boxes.values():
        for x, _, style, text in box.texts:
            assert style == "letter" or x + len(text) * (8 if style == "name" else 6) <= box.right
    joined = "".join(text for _, _, style, text in drawing.boxes[unbroken].texts if style == "name")
    assert joined == unbroken

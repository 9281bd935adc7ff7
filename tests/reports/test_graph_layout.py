"""The layout alone: boxes and links in, coordinates out, whatever the graph looks like."""

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import scenarios
from sizes import scaled

from alliance_trainer.core.model import Scenario
from alliance_trainer.core.walk import walk
from alliance_trainer.reports.graph_crossings import crossings, neighbours_of, uncrossed
from alliance_trainer.reports.graph_lanes import offset, room
from alliance_trainer.reports.graph_layers import layers_of, rows_of, segments_of
from alliance_trainer.reports.graph_layout import Box, Layout, lay_out
from alliance_trainer.reports.graph_model import graph_of
from alliance_trainer.reports.graph_picture import picture_of

Case = tuple[list[Box], list[tuple[str, str]]]


def case(boxes: int, links: int, seed: int) -> Case:
    chance = random.Random(seed)
    names = [f"n{number}" for number in range(boxes)]
    made = [
        Box(
            id=name,
            width=chance.choice((40, 90, 200)),
            height=chance.choice((20, 60, 300)),
            side=chance.choice((0, 25)),
        )
        for name in names
    ]
    found = {(chance.choice(names), chance.choice(names)) for _ in range(links)}
    return made, sorted(found)


cases = st.builds(case, st.integers(1, 25), st.integers(0, 60), st.integers(0, 2**32 - 1))


def across(layout: Layout, box: Box) -> tuple[float, float]:
    place, half = layout.places[box.id], box.width / 2 + box.side
    return place.x - half, place.x + half


@settings(max_examples=scaled(150))
@given(cases)
def test_links_go_down_but_for_those_that_close_a_circle(made: Case) -> None:
    boxes, links = made
    layout = lay_out(boxes, links, boxes[0].id)
    for source, target in links:
        upper, lower = layout.places[source], layout.places[target]
        if (source, target) in layout.back:
            assert lower.layer <= upper.layer
        else:
            assert upper.layer < lower.layer
    for one, other in pairwise(layout.layers):
        assert one.bottom + 40 <= other.top, "room for lines between the layers"


@settings(max_examples=scaled(150))
@given(cases)
def test_boxes_and_bends_of_a_layer_keep_apart(made: Case) -> None:
    boxes, links = made
    layout = lay_out(boxes, links, boxes[0].id)
    for number, layer in enumerate(layout.layers):
        taken = [(*across(layout, box), box) for box in boxes if layout.places[box.id].layer == number]
        bends = [x for bend, x in layout.bends.items() if bend.layer == number]
        spans = sorted([(left, right) for left, right, _ in taken] + [(x, x) for x in bends])
        for (_, right), (left, _) in pairwise(spans):
            assert right + 11.9 <= left
        assert all(left >= -0.01 and right <= layout.width + 0.01 for left, right in spans)
        assert all(layer.top + box.height <= layer.bottom + 0.01 for _, _, box in taken)


@settings(max_examples=scaled(80))
@given(cases)
def test_a_link_passes_each_layer_between_its_ends_once(made: Case) -> None:
    boxes, links = made
    layout = lay_out(boxes, links, boxes[0].id)
    for source, target in links:
        course = layout.course(source, target)
        first, last = layout.places[source].layer, layout.places[target].layer
        step = -1 if last <= first else 1
        assert [bend.layer for bend in course] == list(range(first + step, last, step))
        assert all(bend in layout.bends and bend.target == target for bend in course)


@settings(max_examples=scaled(80))
@given(cases)
def test_the_order_never_crosses_more_than_the_order_given(made: Case) -> None:
    boxes, links = made
    names = [box.id for box in boxes]
    targets = {name: [to for source, to in links if source == name] for name in names}
    layers = layers_of(names, links, walk(names[0], targets).back)
    segments = segments_of(links, layers)
    rows = rows_of(names, segments, layers)
    below = neighbours_of(segments)[1]
    better = uncrossed(rows, segments)
    assert [sorted(map(str, row)) for row in better] == [sorted(map(str, row)) for row in rows]
    assert crossings(better, below) <= crossings(rows, below)


def test_what_can_be_drawn_without_crossings_is() -> None:
    names = ["a", "b1", "b2", "b3", "c1", "c2", "c3"]
    links = [("a", "b1"), ("a", "b2"), ("a", "b3"), ("b1", "c3"), ("b2", "c2"), ("b3", "c1")]
    layers = layers_of(names, links, frozenset())
    segments = segments_of(links, layers)
    rows = rows_of(names, segments, layers)
    below = neighbours_of(segments)[1]
    assert crossings(rows, below) == 3
    assert crossings(uncrossed(rows, segments), below) == 0


def test_a_line_through_many_layers_is_straight_and_a_chain_stands_in_a_column() -> None:
    names = [f"n{number}" for number in range(8)]
    links = [*pairwise(names), ("n0", "n7")]
    boxes = [Box(id=name, width=100, height=40) for name in names]
    layout = lay_out(boxes, links, "n0")
    assert len({round(x) for x in layout.bends.values()}) == 1
    assert len(layout.bends) == 6
    assert max(place.x for place in layout.places.values()) - min(place.x for place in layout.places.values()) < 60


@settings(max_examples=scaled(100))
@given(cases)
def test_a_walk_names_every_place_once_and_targets_after_sources(made: Case) -> None:
    boxes, links = made
    names = [box.id for box in boxes]
    targets = {name: [to for source, to in links if source == name] for name in names}
    walked = walk(names[0], targets)
    assert sorted(walked.order) == sorted(names)
    assert walked.order[0] == names[0]
    reached = walked.order[: walked.reached]
    places = {name: place for place, name in enumerate(reached)}
    for source, target in links:
        if source in places and (source, target) not in walked.back:
            assert places[source] < places[target]
    spread, waiting = {names[0]}, [names[0]]
    while waiting:
        new = set(targets[waiting.pop()]) - spread
        spread |= new
        waiting += new
    assert set(reached) == spread


def test_a_very_long_chain_needs_no_recursion() -> None:
    names = [f"n{number}" for number in range(5000)]
    walked = walk("n0", {name: [following] for name, following in pairwise(names)} | {names[-1]: []})
    assert walked.order == tuple(names)


@settings(max_examples=scaled(40))
@given(scenarios())
def test_lanes_stay_in_the_room_that_is_kept_free_for_them(scenario: Scenario) -> None:
    picture = picture_of(graph_of(scenario))
    for name, lanes in picture.router.lanes.items():
        targets = len(lanes.lanes)
        entered = any(to == name != source for source, to in picture.layout.back)
        used = [*lanes.lanes.values(), *([lanes.entry] if entered else [])]
        assert all(offset(lane) < room(targets, entered=entered) for lane in used)
        assert len({(lane.side, lane.rank) for lane in used}) == len(used), "no two lines in one lane"

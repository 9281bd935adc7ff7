"""A drill cannot be guessed from its order or from what is offered, and repeats nothing."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import scenario
from sizes import scaled

from alliance_trainer.core.draws import Draws
from alliance_trainer.core.drill import FOILS_IN_100, SURE_FROM, Wish, choose
from alliance_trainer.core.drill_items import Item, from_scenario, keys_of, sensible_ways
from alliance_trainer.core.drill_options import options
from alliance_trainer.core.history import DrillRow, History, Noticing, last_seen
from alliance_trainer.core.next_step import came_back, label_of, suggestion
from alliance_trainer.core.vocabulary.markers import MARKERS, MarkerId
from alliance_trainer.core.vocabulary.moments import FOIL_KINDS


def item(number: int, *markers: MarkerId, foil: int | None = None, source: str = "moments") -> Item:
    return Item(
        id=f"file/item-{number}",
        source=source,  # type: ignore[arg-type]
        title="Title",
        name="Patient",
        context="Context.",
        beats=(),
        markers=markers,
        why="Why.",
        content="0" * 16,
        foil=FOIL_KINDS[foil % 4] if foil is not None else None,
    )


NAMES = list(MARKERS)
TODAY = date(2026, 11, 27).toordinal()
POOL = [item(number, NAMES[number % 14]) for number in range(60)] + [item(60 + n, foil=n) for n in range(40)]


def drill(seed: int, **wish: object) -> tuple[Item, ...]:
    return choose(POOL, Wish(count=10, **wish), str(seed))  # type: ignore[arg-type]


@settings(max_examples=scaled(30))
@given(st.integers(0, 10**9), st.integers(1, 40), st.sets(st.sampled_from(NAMES)))
def test_nothing_is_asked_twice_and_the_same_seed_gives_the_same_drill(seed: int, count: int, due: set[str]) -> None:
    wish = Wish(count=count, due=dict.fromkeys(due, 1))
    chosen = choose(POOL, wish, str(seed))
    assert len(chosen) == count
    assert len({one.id for one in chosen}) == count
    assert choose(list(reversed(POOL)), wish, str(seed)) == chosen


def test_whether_it_is_a_foil_cannot_be_told_from_what_came_before() -> None:
    """The share after a foil, after a rupture, and at each place is the same but for chance (3 standard errors)."""
    foils = [[not one.markers for one in drill(seed)] for seed in range(600)]
    flat = [foil for row in foils for foil in row]
    share = FOILS_IN_100 / 100
    assert abs(sum(flat) / len(flat) - share) < 3 * (share * (1 - share) / len(flat)) ** 0.5
    for before in (True, False):
        after = [row[at] for row in foils for at in range(1, 10) if row[at - 1] is before]
        assert abs(sum(after) / len(after) - share) < 3 * (share * (1 - share) / len(after)) ** 0.5
    for place in range(10):
        here = [row[place] for row in foils]
        assert abs(sum(here) / len(here) - share) < 4 * (share * (1 - share) / len(here)) ** 0.5
    assert len({sum(row) for row in foils}) >= 5, "their number differs from drill to drill"


def test_what_is_due_comes_first_and_what_was_seen_comes_later() -> None:
    due = Counter(one.markers for seed in range(60) for one in drill(seed, due={"wd-denial": 1}) if one.markers)
    anyway = Counter(one.markers for seed in range(60) for one in drill(seed) if one.markers)
    assert due[("wd-denial",)] > 3 * anyway[("wd-denial",)]
    seen = {one.id: 5 for one in POOL[:50]}
    late = [one for seed in range(20) for one in choose(POOL, Wish(count=5, seen=seen), str(seed)) if one.markers]
    assert not any(one.id in seen for one in late)


ANSWERS = st.lists(
    st.tuples(st.integers(1, 40), st.sampled_from(POOL), st.sampled_from(["none", "withdrawal", "confrontation"])),
    max_size=60,
)


def history_of(answers: list[tuple[int, Item, str]]) -> History:
    """Drills of one answer each, so many days before TODAY."""
    rows = (
        DrillRow(
            drill=f"d{number}",
            started=f"{date.fromordinal(TODAY - days)}T10:00:00Z",
            feedback="each",
            noticed=(Noticing(item=one.id, markers=one.markers, foil=one.foil, answer=answer),),  # type: ignore[arg-type]
        )
        for number, (days, one, answer) in enumerate(sorted(answers, key=lambda answer: -answer[0]))
    )
    return History(drills=tuple(rows))


def is_foil(one: Item) -> bool:
    return not one.markers


def practised_by(drill: Iterable[Item]) -> set[str]:
    return {key for one in drill for key in keys_of(one.markers, one.foil)}


@settings(max_examples=scaled(100))
@given(ANSWERS, st.integers(0, 10**9), st.integers(SURE_FROM, 30))
def test_what_home_names_is_surely_in_and_of_the_rest_that_is_due_as_much_as_fits_the_longest_due_first(
    answers: list[tuple[int, Item, str]], seed: int, count: int
) -> None:
    history = history_of(answers)
    back = {one.key: one.due for one in came_back(history, TODAY)}
    chosen = choose(POOL, Wish(count=count, due=back, seen=last_seen(history.drills)), str(seed))
    practised = practised_by(chosen)
    if back:
        named = came_back(history, TODAY)[0]
        assert suggestion(history, TODAY, ()).what.startswith(f'Spot: "{label_of(named.key)}"')
        assert named.key in practised
    for foil in (False, True):
        due = {key: day for key, day in back.items() if (key not in NAMES) is foil}
        inside = due.keys() & practised
        assert len(inside) == min(len(due), sum(is_foil(one) is foil for one in chosen))
        assert max((due[key] for key in inside), default=0) <= min(
            (due[key] for key in due.keys() - inside), default=TODAY
        )


@pytest.mark.parametrize("named", ["wd-denial", "thinking-time"])
def test_what_is_named_is_in_where_chance_alone_would_leave_no_place_of_its_kind(named: str) -> None:
    """Of four places none is a foil's in 13 of 100 drills, and none a rupture's in 3."""
    for seed in range(200):
        assert named in practised_by(choose(POOL, Wish(count=SURE_FROM, due={named: 3}), str(seed)))


@pytest.mark.parametrize("due", [{"wd-denial": 3}, {"thinking-time": 3}, dict.fromkeys((*NAMES, *FOIL_KINDS), 3)])
def test_what_is_due_cannot_be_told_from_the_order_either(due: dict[str, int]) -> None:
    """A foil is as likely at each place, and after each kind; what came due first stands anywhere (4 standard errors)."""
    drills = [drill(seed, due=due) for seed in range(600)]
    share, named = FOILS_IN_100 / 100, min(due)
    for place in range(10):
        here = [is_foil(row[place]) for row in drills]
        assert abs(sum(here) / 600 - share) < 4 * (share * (1 - share) / 600) ** 0.5
        kind = [row[place] for row in drills if is_foil(row[place]) is (named in FOIL_KINDS)]
        held = sum(named in keys_of(one.markers, one.foil) for one in kind) / len(kind)
        overall = [one for row in drills for one in row if is_foil(one) is (named in FOIL_KINDS)]
        usual = sum(named in keys_of(one.markers, one.foil) for one in overall) / len(overall)
        assert abs(held - usual) < 4 * (usual * (1 - usual) / len(kind)) ** 0.5
    for before in (True, False):
        after = [is_foil(row[at]) for row in drills for at in range(1, 10) if is_foil(row[at - 1]) is before]
        assert abs(sum(after) / len(after) - share) < 4 * (share * (1 - share) / len(after)) ** 0.5


def test_of_many_that_came_due_on_one_day_each_has_its_turn() -> None:
    due = dict.fromkeys(NAMES, 3)
    kinds = Counter(MARKERS[one.markers[0]].type for seed in range(100) for one in drill(seed, due=due) if one.markers)
    assert 0.6 < kinds["withdrawal"] / kinds["confrontation"] < 1.6
    met = Counter(key for seed in range(100) for key in practised_by(drill(seed, due=due)) if key in due)
    assert len(met) == len(due)
    assert min(met.values()) > 20


def test_a_sign_that_is_due_comes_with_another_moment_than_last_time() -> None:
    last = {one.id: 5 for one in POOL if one.markers == ("wd-denial",)}
    fresh = list(last)[:2]
    seen = {name: day for name, day in last.items() if name not in fresh}
    for seed in range(60):
        found = [one.id for one in drill(seed, due={"wd-denial": 1}, seen=seen) if one.id in last]
        assert set(found) & set(fresh)


def test_a_wish_narrows_the_ruptures_and_keeps_the_foils() -> None:
    chosen = choose(POOL, Wish(count=60, marker="cf-defends-self"), "1")
    assert {one.markers for one in chosen} == {("cf-defends-self",), ()}
    kinds = {one.rupture for one in choose(POOL, Wish(count=60, type="withdrawal"), "1")}
    assert kinds == {"withdrawal", "none"}


def test_both_sources_come_alike_however_many_each_has() -> None:
    pool = POOL[:60] + [item(200 + n, NAMES[n % 14], source="library") for n in range(8)]
    sources = Counter(choose(pool, Wish(count=1), str(seed))[0].source for seed in range(400))
    assert 120 < sources["library"] < 280


@pytest.mark.parametrize("answer", ["withdrawal", "confrontation", "mixed"])
def test_the_mix_of_what_is_offered_says_nothing_about_the_truth(answer: str) -> None:
    mixed = item(1, "wd-denial", "cf-defends-self")
    several = item(2, "wd-denial", "wd-minimal-response", "wd-abstract-communication", "wd-deferential-appeasing")
    for one in (*POOL, mixed, several, item(3)):
        offered = options(one, answer, "7")  # type: ignore[arg-type]
        assert len(set(offered)) == 4
        kinds = Counter(MARKERS[name].type for name in offered)
        wanted = {"withdrawal": 2, "confrontation": 2} if answer == "mixed" else {answer: 3}
        assert all(kinds[kind] == many for kind, many in wanted.items())  # type: ignore[index]
        assert not one.markers or set(offered) & set(one.markers), "one that is there is among them"
    places = Counter(options(POOL[0], answer, str(seed)).index(POOL[0].markers[0]) for seed in range(200))  # type: ignore[arg-type]
    assert set(places) == {0, 1, 2, 3}


def test_draws_are_as_likely_as_each_other_and_the_same_for_ever() -> None:
    draws = Draws("a seed")
    counts = Counter(draws.below(6) for _ in range(6000))
    assert all(850 < counts[value] < 1150 for value in range(6))
    first = Draws("1")
    assert [first.below(1000) for _ in range(5)] == [723, 70, 618, 845, 518]
    assert sorted(Draws("2").shuffled(range(20))) == list(range(20))


@pytest.mark.parametrize("name", ["its-fine", "baby-awake"])
def test_a_turn_comes_with_its_briefing_and_the_exchange_before_it_on_a_sensible_way(name: str) -> None:
    story = scenario(name)
    ways = sensible_ways(story)
    found = {one.id: one for one in from_scenario(story)}
    assert ways[story.start].before is None
    assert set(found) == {f"{name}/{turn}" for turn in ways if story.turns[turn].notice}
    for one in found.values():
        turn = one.id.partition("/")[2]
        assert one.context == story.briefing.strip()
        assert one.beats
        assert one.markers == tuple(marker.id for marker in story.turns[turn].markers)
        assert (one.before is None) == (turn == story.start)
    assert len({one.content for one in found.values()}) == len(found)

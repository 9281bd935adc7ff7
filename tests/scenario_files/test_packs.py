"""Packs: nothing of the key is in them, a play goes as in the scenario, the key is fixed, and hostile ones are refused."""

import base64
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import golden
import msgspec
import packed
import pytest
import shipped
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from random_scenarios import Shape, make_scenario, raw, seeds
from sizes import scaled

from alliance_trainer.analysis.places import places_of
from alliance_trainer.core import effects, engine
from alliance_trainer.core.keyless import KeylessScenario, commitment, identify_keyless, is_opaque, usual_length
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_VALUES
from alliance_trainer.core.vocabulary.skills import RATED
from alliance_trainer.core.vocabulary.stages import STAGES
from alliance_trainer.core.vocabulary.strategies import STRATEGIES
from alliance_trainer.core.vocabulary.traps import TRAPS
from alliance_trainer.scenario_files.packs import key as keys
from alliance_trainer.scenario_files.packs import pack as packs
from alliance_trainer.scenario_files.packs.pack import UnreadableError

FIELDS = {
    *("format", "version", "app", "title", "closing", "commitment", "scenarios"),
    *("id", "language", "setting", "session", "patient", "briefing", "content_notes", "start", "turns", "places"),
    *("endings", "asks", "responses", "says", "reply", "turn", "on_offer", "to", "shows", "silence"),
    *("name", "age", "pronouns", "background", "topic", "level"),
}
"""Every key that a pack has, but for opaque ids: none of them rates, marks or explains."""


def strings(value: Any) -> Iterator[str]:
    """Every text in the data, keys included."""
    match value:
        case dict():
            for name, item in value.items():
                yield name
                yield from strings(item)
        case list():
            for item in value:
                yield from strings(item)
        case str():
            yield value


def names_in(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for name, item in value.items():
                yield name
                yield from names_in(item)
        case list():
            for item in value:
                yield from names_in(item)


def secrets_of(scenario: Scenario) -> tuple[set[str], set[str]]:
    """Words that must not stand in a pack by themselves, and texts that must not stand in it at all."""
    turns = scenario.turns.values()
    responses = [response for turn in turns for response in turn.responses.values()]
    words = {scenario.id, *scenario.turns, *scenario.endings, *scenario.variables, *scenario.tests}
    words |= {name for turn in turns for name in turn.responses}
    words |= {*MARKERS, *STAGES, *TRAPS, *STRATEGIES, *RATED, *OUTCOME_VALUES, "bond", "tension", "trust", "rates"}
    texts = {scenario.title, scenario.summary, *scenario.objectives}
    texts |= {response.why for response in responses} | {turn.inside for turn in turns if turn.inside}
    texts |= {ending.debrief for ending in scenario.endings.values()}
    texts |= {ending.title for ending in scenario.endings.values() if ending.title}
    return words, texts


@pytest.mark.parametrize("scenario_id", shipped.IDS)
def test_nothing_of_the_key_is_in_a_pack(scenario_id: str) -> None:
    data = packed.as_data(packed.of_shipped(scenario_id))
    found = set(strings(data))
    words, texts = secrets_of(shipped.scenario(scenario_id))
    spoken = {beat.says for turn in shipped.scenario(scenario_id).turns.values() for beat in turn.patient}
    assert not found & words
    for text in texts - spoken:
        # A title may be what the patient says; but nowhere does it stand by itself.
        assert text not in found
        assert len(text) < 20 or not any(text in each for each in found), text
    others = {name for name in names_in(data) if not is_opaque(name)}
    assert others <= FIELDS


def scrambled(scenario: Scenario, seed: int) -> Scenario:
    """The scenario with another key in every respect; where each answer leads is as before."""
    rng = random.Random(seed)
    data = raw(scenario) | {"title": "Other", "summary": "Other.", "objectives": ["Other"], "repair": "immediate"}
    data |= {"difficulty": rng.randint(1, 5), "authors": ["Somebody"], "tests": {}}
    for name, turn in data["turns"].items():
        turn |= {
            "markers": rng.sample(sorted(MARKERS), 2),
            "stage": "W1",
            "inside": "other",
            "weight": rng.randint(1, 9),
        }
        for said, response in turn["responses"].items():
            response |= {
                "rates": {skill: rng.randint(-2, 2) for skill in RATED},
                "why": f"other {rng.random()}",
                "harm": rng.randint(0, 2),
                "stance": "away",
                "effects": effects.changes_of(scenario.turns[name].responses[said]),
            }
    for ending in data["endings"].values():
        ending |= {"outcome": rng.choice(sorted(OUTCOME_VALUES)), "debrief": "other", "title": "other"}
    return Scenario.model_validate(data)


@pytest.mark.parametrize("scenario_id", ["its-fine", "mm-hm"])
def test_a_pack_does_not_depend_on_the_key_at_all(scenario_id: str) -> None:
    scenario = shipped.scenario(scenario_id)
    mine, theirs = packed.of(scenario), packed.of(scrambled(scenario, 5))
    assert mine.pack.commitment != theirs.pack.commitment
    assert replace(theirs.pack, commitment=mine.pack.commitment) == mine.pack


def sound(shape: Shape, seed: int) -> Scenario:
    """A random scenario in which something can always be said."""
    scenario = make_scenario(shape, seed)
    found = places_of(scenario, 2_000)
    assume(found is not None and found.endings and all(place.on_offer for place in found.places))
    return scenario


def walk(keyless: KeylessScenario, scenario: Scenario, one: keys.KeyedScenario, rng: random.Random) -> None:
    """A random play of both: each place of the pack stands for the turn, each answer for the response."""
    state, there = engine.begin(scenario), engine.begin(keyless)
    for _ in range(20):
        if state.ended:
            assert there.ended
            assert one.endings[there.place] == state.place
            return
        assert one.places[there.place] == state.place
        offered = engine.offered(scenario, state)
        meant = {one.responses[name][1]: name for name in engine.offered(keyless, there)}
        assert set(meant) == set(offered)
        assert keyless.turns[there.place].notice == scenario.turns[state.place].notice
        assert [beat.says for beat in engine.beats(keyless, there)] == [
            beat.says for beat in engine.beats(scenario, state)
        ]
        name = rng.choice(list(offered))
        assert keyless.turns[there.place].responses[meant[name]].says == offered[name].says
        state, _ = engine.respond(scenario, state, name)
        there, _ = engine.respond(keyless, there, meant[name])


@given(shape=st.builds(Shape, turns=st.integers(1, 5), responses=st.integers(1, 4)), seed=seeds)
@settings(max_examples=scaled(15))
def test_a_play_of_a_pack_goes_as_in_the_scenario(shape: Shape, seed: int) -> None:
    scenario = sound(shape, seed)
    made = packed.of(scenario)
    keyless = packs.keyless(made.pack, made.pack.scenarios[0])
    for play in range(4):
        walk(keyless, scenario, made.key.scenarios[0], random.Random(seed + play))


@pytest.mark.parametrize("scenario_id", shipped.IDS)
def test_so_does_a_play_of_every_shipped_scenario(scenario_id: str) -> None:
    made = packed.of_shipped(scenario_id)
    read = packs.read_pack(packs.encode(made.pack))
    assert read == made.pack
    keyless = packs.keyless(read, read.scenarios[0])
    for play in range(20):
        walk(keyless, shipped.scenario(scenario_id), made.key.scenarios[0], random.Random(play))


def all_ids(pack: packs.Pack) -> list[str]:
    return [name for name in strings(json.loads(packs.encode(pack))) if is_opaque(name)]


def test_ids_are_of_one_length_and_their_order_tells_nothing() -> None:
    """With many secrets the start, the endings and the best response stand anywhere in the file."""
    first: Counter[int] = Counter()
    best: Counter[int] = Counter()
    met: set[str] = set()
    for number in range(40):
        secret = number.to_bytes(32, "big")
        made = packed.of(golden.scenario(), secret)
        (one,), (known,) = packed.as_data(made)["scenarios"], made.key.scenarios
        for inner in (one, *one["turns"].values(), *one["places"].values()):
            for several in (each for each in inner.values() if isinstance(each, dict)):
                assert list(several) == sorted(several)
        first[list(one["places"]).index(one["start"])] += 1
        responses = list(one["turns"][one["places"][one["start"]]["turn"]]["responses"])
        best[[known.responses[name][1] for name in responses].index("a")] += 1
        ids = set(all_ids(made.pack))
        assert {len(name) for name in ids} == {17}
        assert not ids & met, "another secret gives other ids"
        met |= ids
    assert len(first) == len(one["places"])
    assert len(best) == len(responses)
    assert max(best.values()) <= 22, "a quarter of 40 is 10"


def test_the_commitment_is_that_of_the_examples() -> None:
    example = golden.read("integrity_vectors.json")["key_commitment"]
    assert commitment(bytes.fromhex(example["salt_hex"]), example["key"]) == example["sha256_salt_then_canonical_key"]


def other_digit(text: str) -> str:
    return ("1" if text[0] != "1" else "2") + text[1:]


CHANGES: dict[str, Callable[[keys.Key], keys.Key]] = {
    "a rating": lambda key: _first(key, source=key.scenarios[0].source.replace("recognition: -1", "recognition: 2", 1)),
    "what an id stands for": lambda key: _first(
        key, places=dict.fromkeys(key.scenarios[0].places, next(iter(key.scenarios[0].places.values())))
    ),
    "a hash": lambda key: _first(key, key=other_digit(key.scenarios[0].key)),
    "the salt": lambda key: replace(key, salt=other_digit(key.salt)),
    "the promise": lambda key: replace(key, commitment=other_digit(key.commitment)),
    "a scenario less": lambda key: replace(key, scenarios=key.scenarios[1:]),
}


def _first(key: keys.Key, /, **changes: Any) -> keys.Key:
    first, *others = key.scenarios
    return replace(key, scenarios=(replace(first, **changes), *others))


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_key_is_noticed(name: str) -> None:
    key = packed.of_shipped("its-fine", "mm-hm").key
    assert keys.changed(key) is None
    changed = CHANGES[name](key)
    assert changed != key
    assert keys.changed(changed) is not None


def test_the_key_file_names_the_content_that_was_packed() -> None:
    made = packed.of_shipped("its-fine", "mm-hm")
    for one, known in zip(made.pack.scenarios, made.key.scenarios, strict=True):
        assert identify_keyless(packs.keyless(made.pack, one)).sha256 == known.packed
    copy = packs.encode(made.pack.only(made.pack.scenarios[1].id))
    found = packs.in_copy(copy, made.key.scenarios[1].packed)
    assert isinstance(found, KeylessScenario)
    assert packs.in_copy(copy, made.key.scenarios[0].packed) is None
    assert packs.in_copy(b"{}", made.key.scenarios[0].packed) is None


def test_titles_say_whom_one_meets_and_no_more() -> None:
    made = packed.of_shipped("its-fine", "mm-hm")
    assert [one.title for one in made.pack.scenarios] == ["Marcus, session 4", "Ife, session 2"]
    twice = [golden.scenario(), Scenario.model_validate(raw(golden.scenario()) | {"id": "other"})]
    from alliance_trainer.scenario_files.packs import making  # only here

    pack = making.make([(one, "") for one in twice], packed.wanted()).pack
    assert [one.title for one in pack.scenarios] == ["P, session 1 (1)", "P, session 1 (2)"]
    assert not set(pack.scenarios[0].places) & set(pack.scenarios[1].places)


def test_the_usual_length_is_that_of_some_way() -> None:
    for one in ("its-fine", "mm-hm"):
        made = packed.of_shipped(one)
        keyless = packs.keyless(made.pack, made.pack.scenarios[0])
        usual = usual_length(keyless)
        assert 3 <= usual <= 15
        lengths = [blind_length(keyless, random.Random(seed)) for seed in range(400)]
        assert sum(length <= usual for length in lengths) >= 0.6 * len(lengths)
        assert sum(length < usual for length in lengths) <= 0.9 * len(lengths)


def blind_length(keyless: Scenario | KeylessScenario, rng: random.Random) -> int:
    """How many answers a way takes on which each response is drawn by lot."""
    state, answers = engine.begin(keyless), 0
    while offered := list(engine.offered(keyless, state)):
        state, _ = engine.respond(keyless, state, rng.choice(offered))
        answers += 1
    return answers


def data() -> dict[str, Any]:
    return packed.as_data(packed.of_shipped("mm-hm"))


def change(*path: Any, to: Any) -> bytes:
    """The pack with one value put somewhere else; a number in the path takes the n-th key of a mapping."""
    whole = data()
    at: Any = whole
    *way, last = [("scenarios"), 0, *path] if path[0] != "top" else path[1:]
    for step in way:
        at = at[list(at)[step]] if isinstance(at, dict) and isinstance(step, int) else at[step]
    at[list(at)[last] if isinstance(at, dict) and isinstance(last, int) else last] = to
    return json.dumps(whole).encode()


EVIL = (
    "../../../etc/passwd",
    "/etc/passwd",
    "C:\\con",
    "y" * 17,
    "xAAAAAAAAAAAAAAAA",
    "xaaaaaaaaaaaaaaaa\n",
    "",
    "\x1b[2J",
)

HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a half": lambda: json.dumps(data()).encode()[:5000],
    "no text": lambda: b"\xff\xfe\x00\x01",
    "a zip": lambda: b"PK\x03\x04" + b"\0" * 100,
    "another JSON": lambda: b'{"format": "alliance-trainer/check", "version": 1}',
    "a list": lambda: b"[1, 2]",
    "brackets": lambda: b'{"format":"alliance-trainer/pack","version":1,"x":' + b"[" * 200_000,
    "newer": lambda: change("top", "version", to=2),
    "an unknown field": lambda: change("top", "run", to="rm -rf"),
    "too large": lambda: b" " * (packs.MOST_BYTES + 1),
    "no scenario": lambda: change("top", "scenarios", to=[]),
    "twice": lambda: json.dumps(data() | {"scenarios": data()["scenarios"] * 2}).encode(),
    "a text for a number": lambda: change("session", to="four"),
    "a number for a text": lambda: change("briefing", to=4),
    "a huge text": lambda: change("briefing", to="x" * 3000),
    "no commitment": lambda: change("top", "commitment", to="0"),
    "a way to nowhere": lambda: change("places", 0, "on_offer", 0, "to", to="xaaaaaaaaaaaaaaaa"),
    "a start that is not there": lambda: change("start", to="xaaaaaaaaaaaaaaaa"),
    "a turn that is not there": lambda: change("places", 0, "turn", to="xaaaaaaaaaaaaaaaa"),
    "nothing on offer": lambda: change("places", 0, "on_offer", to={}),
    "a beat that is not there": lambda: change("places", 0, "patient", to=[39]),
    "a beat below none": lambda: change("places", 0, "patient", to=[-1]),
    "no endings": lambda: change("endings", to={}),
    **{f"id {evil!r}": lambda evil=evil: change("id", to=evil) for evil in EVIL},  # type: ignore[misc]
    **{f"start {evil!r}": lambda evil=evil: change("start", to=evil) for evil in EVIL},  # type: ignore[misc]
}
LATER: dict[str, Callable[[], bytes]] = {
    "an age": lambda: change("patient", "age", to=10**30),
    "two things in a beat": lambda: change("turns", 0, "patient", to=[{"says": "a", "shows": "b"}] * 3),
    "a condition in a beat": lambda: change("turns", 0, "patient", to=[{"says": "a", "when": "trust > 1"}] * 3),
    "a language": lambda: change("language", to="../en"),
    "a level": lambda: change("content_notes", to=[{"topic": "a", "level": "all"}]),
}


def played(content: bytes) -> KeylessScenario:
    pack = packs.read_pack(content)
    return packs.keyless(pack, pack.scenarios[0])


@pytest.mark.parametrize("name", [*HOSTILE, *LATER])
def test_a_hostile_pack_is_refused_with_one_reason(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        played((HOSTILE | LATER)[name]())
    assert "\n" not in str(caught.value)
    assert 10 < len(str(caught.value)) < 300


def test_a_newer_pack_says_so() -> None:
    with pytest.raises(UnreadableError, match="newer version"):
        packs.read_pack(HOSTILE["newer"]())


@given(st.binary(max_size=200))
@settings(max_examples=scaled(100))
def test_any_bytes_are_refused_or_a_pack(noise: bytes) -> None:
    with pytest.raises(UnreadableError):
        packs.read_pack(noise)


@given(st.data())
@settings(max_examples=scaled(25))
def test_a_pack_with_any_piece_changed_is_refused_or_still_plays(draw: st.DataObject) -> None:
    whole = packed.as_data(packed.of(golden.scenario()))
    spots: list[tuple[Any, Any]] = []

    def collect(value: Any) -> None:
        for step in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
            spots.append((value, step))
            collect(value[step])

    collect(whole)
    holder, step = draw.draw(st.sampled_from(spots))
    holder[step] = draw.draw(st.sampled_from([None, 0, -1, 10**40, 1.5, "", "x", [], {}, True, "../x"]))
    try:
        keyless = played(json.dumps(whole).encode())
    except UnreadableError:
        return
    assert usual_length(keyless) >= 1


def test_ids_hold_eighty_bits_of_the_secret() -> None:
    (name, *_) = packed.of_shipped("mm-hm").pack.scenarios[0].places
    assert re.fullmatch("x[a-z2-7]{16}", name)
    assert len(base64.b32decode(name[1:].upper())) == 10


def test_a_key_file_is_read_back() -> None:
    key = packed.of_shipped("its-fine").key
    assert msgspec.json.decode(keys.encode(key), type=keys.Key) == key

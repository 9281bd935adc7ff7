"""A key that can be guessed is caught, and a sound one is seldom accused: over scenarios built to be each."""

import random

import pytest
from random_scenarios import raw as bare
from random_scenarios import rebuilt
from sizes import scaled

from alliance_trainer.analysis.cues import advantages, choices_of
from alliance_trainer.analysis.key import CUE_ADVANTAGE, CUE_P, key_of, pooled
from alliance_trainer.analysis.wording import CUES
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint import key_runner

WORDS = [
    "the",
    "week",
    "began",
    "late",
    "and",
    "went",
    "on",
    "in",
    "the",
    "rain",
    "with",
    "two",
    "calls",
    "about",
    "the",
    "boiler",
    "while",
    "nobody",
    "had",
    "seen",
    "to",
    "the",
    "garden",
    "gate",
    "before",
    "the",
    "bus",
    "came",
    "past",
    "the",
    "market",
    "where",
    "they",
    "sell",
    "coats",
    "by",
    "weight",
    "and",
    "a",
    "man",
    "plays",
    "scales",
    "on",
    "Fridays",
]
OPENINGS = ("What of", "So it was", "Tell me of", "You said", "Shall we go by", "I hear of", "Would it be", "There is")
TURNS = 14
FOUR = (2, 0, -1, -2)


def line(dice: random.Random, *, sorry: bool = False) -> str:
    words = " ".join(dice.choices(WORDS, k=dice.randint(4, 26)))
    text = f"{dice.choice(OPENINGS)} {words}{dice.choice(('.', '?', '.'))}"
    return f"I am sorry. {text}" if sorry else text


def built(seed: int, best, turns: int = TURNS) -> Scenario:
    """A scenario of one way; `best` picks the place of the best response from a turn's texts."""
    dice = random.Random(seed)
    made = {}
    for number in range(turns):
        apology = dice.randrange(4)
        texts = [line(dice, sorry=at == apology) for at in range(4)]
        chosen = best(texts, dice)
        others = iter(dice.sample(FOUR[1:], 3))
        ratings = [FOUR[0] if at == chosen else next(others) for at in range(4)]
        to = f"t{number + 1}" if number + 1 < turns else "done"
        made[f"t{number}"] = {
            "patient": "...",
            "responses": {
                f"r{at}": {"says": text, "why": "...", "to": to, "rates": {"recognition": rating}}
                for at, (text, rating) in enumerate(zip(texts, ratings, strict=True))
            },
        }
    return Scenario.model_validate(
        {
            "format": 1,
            "id": f"built-{seed}",
            "title": "Built",
            "summary": "...",
            "patient": {"name": "P", "age": 40},
            "briefing": "...",
            "start": "t0",
            "turns": made,
            "endings": {"done": {"outcome": "partly", "debrief": "..."}},
        }
    )


def at_random(texts: list[str], dice: random.Random) -> int:
    return dice.randrange(len(texts))


GUESSABLE = {
    "longest": lambda texts, _: max(range(4), key=lambda at: len(texts[at])),
    "shortest": lambda texts, _: min(range(4), key=lambda at: len(texts[at])),
    "first": lambda *_: 0,
    "last": lambda *_: 3,
    "apologises": lambda texts, _: next(at for at, text in enumerate(texts) if text.startswith("I am sorry")),
}


@pytest.mark.parametrize("cue", GUESSABLE)
def test_a_scenario_that_rewards_a_cue_is_caught(cue: str) -> None:
    for seed in range(3):
        scenario = built(seed, GUESSABLE[cue])
        messages = [finding.message for finding in key_runner.judge(scenario) if finding.code == "AT110"]
        word = {"apologises": "that apologises"}.get(cue, f"the {cue} response")
        assert any(word in message for message in messages), messages
        if cue == "longest":
            assert "AT111" in {finding.code for finding in key_runner.judge(scenario)}


def test_mostly_is_enough_to_be_caught() -> None:
    """The longest is the best in four turns of five."""
    caught = 0
    for seed in range(10):
        scenario = built(
            seed,
            lambda texts, dice: GUESSABLE["longest"](texts, dice) if dice.random() < 0.8 else at_random(texts, dice),
        )
        found = {one.name: one for one in advantages(choices_of(scenario), 2_000)}["longest"]
        caught += found.advantage >= CUE_ADVANTAGE and found.p < CUE_P
    assert caught >= 8


def test_a_sound_key_is_flagged_in_about_one_run_of_ten_at_the_most() -> None:
    flagged, runs = 0, scaled(60)
    for seed in range(runs):
        found = advantages(choices_of(built(seed, at_random)), 1_000)
        flagged += any(one.advantage >= CUE_ADVANTAGE and one.p < CUE_P for one in found)
    assert flagged <= 0.15 * runs + 1


def test_the_pool_learns_from_the_other_scenarios() -> None:
    """A habit of wording that runs through a library is caught in the pool, and no other cue is."""
    apologetic = [built(seed, GUESSABLE["apologises"], turns=5) for seed in range(6)]
    found = {one.name: one for one in pooled(apologetic)}
    assert found["apologises"].advantage == pytest.approx(1)
    assert found["surface-ridge"].advantage > 0.8
    assert found["surface-ridge"].p < CUE_P
    sound = {one.name: one for one in pooled([built(seed, at_random, turns=5) for seed in range(6)])}
    assert all(one.advantage < CUE_ADVANTAGE or one.p >= CUE_P for one in sound.values())


def test_the_statistic_by_hand() -> None:
    """Two turns of two responses: the first response is the best once, by 4 points and by 2."""
    scenario = built(0, at_random, turns=2)
    raw = bare(scenario)
    for turn, ratings in (("t0", (2, -2)), ("t1", (0, 2))):
        names = list(raw["turns"][turn]["responses"])
        for name in names[2:]:
            del raw["turns"][turn]["responses"][name]
        for name, rating in zip(names, ratings, strict=False):
            raw["turns"][turn]["responses"][name]["rates"] = {"recognition": rating}
    found = {one.name: one for one in advantages(choices_of(Scenario.model_validate(raw)), 4_000)}
    # picks 4 and 0 of the means 2 and 1; the most over the means 2 and 1
    assert found["first"].advantage == pytest.approx((4 - 2 + 0 - 1) / (2 + 1))
    assert found["last"].advantage == pytest.approx(-found["first"].advantage)
    # four keys alike: gains of 3, 1, -1, -3; two of them gain as much as 1
    assert found["first"].p == pytest.approx(0.5, abs=0.03)


def test_other_languages_are_judged_without_words() -> None:
    scenario = built(1, GUESSABLE["apologises"])
    german = rebuilt(scenario, language="de")
    found = {one.name: one for one in key_of(german).advantages}
    assert found["apologises"].advantage == pytest.approx(0)
    assert set(found) == {*CUES, "surface-ridge"}

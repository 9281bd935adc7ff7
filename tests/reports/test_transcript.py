"""A transcript says what the patient did on this way, and nothing that was only possible on another."""

from hypothesis import given, settings
from random_scenarios import raw, rebuilt, scenarios, seeds
from sizes import scaled

from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.core.model import Scenario
from alliance_trainer.reports.transcript import transcript


@given(scenario=scenarios(), seed=seeds)
@settings(max_examples=scaled(100))
def test_an_ending_shows_only_the_beats_whose_conditions_hold(scenario: Scenario, seed: int) -> None:
    first = next(iter(scenario.turns))
    endings = raw(scenario)["endings"]
    for number, ending in enumerate(endings.values()):
        ending["patient"] = [
            {"says": f"been {number}", "when": f"visited({first})"},
            {"says": f"not been {number}", "when": f"not visited({first})"},
        ]
    played = courses.begin(rebuilt(scenario, endings=endings))
    for _ in range(12):
        offered = list(engine.offered(played.scenario, played.state))
        if not offered:
            break
        played = courses.answer(played, offered[seed % len(offered)], None)
    text = transcript(played, (), "txt")
    said = text.count('P: "been ') + text.count('P: "not been ')
    assert said == int(played.state.ended)
    if played.state.ended:
        assert ('P: "been ' in text) == (first in played.state.visited)

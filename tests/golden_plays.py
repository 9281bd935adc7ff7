"""Golden playthroughs: scripts for `play --script` that follow the tests written inside the shipped scenarios."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from shipped import scenario

from alliance_trainer.core import course as courses
from alliance_trainer.core.model import Expectation, Scenario, Turn
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_VALUES, RESOLVED_FROM

FOLDER = Path(__file__).parent / "playthroughs"

KINDS: dict[str, Callable[[int], bool]] = {
    "mends": lambda worth: worth >= RESOLVED_FROM,
    "fails": lambda worth: worth <= 1,
}
"""What is played of each scenario: its first test that makes it good, and its first that teaches by failing."""


class GoldenPlay(msgspec.Struct, frozen=True, kw_only=True):
    """One test of one scenario, as a play."""

    scenario: Scenario
    name: str

    @property
    def expected(self) -> Expectation:
        """What the test chooses and expects."""
        return self.scenario.tests[self.name]

    @property
    def script_file(self) -> Path:
        """Where the script lies."""
        return FOLDER / f"{self.scenario.id}.{self.name}.script"

    @property
    def transcript_file(self) -> Path:
        """Where the transcript lies, beside it."""
        return self.script_file.with_suffix(".transcript.txt")

    def script(self) -> str:
        """The answers, one a line, with comments that name the turns; what is noticed is always right."""
        lines = [f"# {self.scenario.id}, the test {self.name}: it ends at {self.expected.ending}."]
        course = courses.begin(self.scenario)
        for number, choice in enumerate(self.expected.choose, start=1):
            turn = self.scenario.turns[course.state.place]
            lines += ["", f"# {number}. {course.state.place}: {_signs(turn)}"]
            lines += [turn.rupture, choice] if turn.notice else [choice]
            course = courses.answer(course, choice, None)
        return "\n".join(lines) + "\n"


def golden_play(scenario_id: str, kind: str) -> GoldenPlay:
    """The play of this kind that a scenario has."""
    one = scenario(scenario_id)
    fitting = (name for name, test in one.tests.items() if test.ending and KINDS[kind](_worth(one, test.ending)))
    return GoldenPlay(scenario=one, name=next(fitting))


def _worth(one: Scenario, ending: str) -> int:
    return OUTCOME_VALUES[one.endings[ending].outcome]


def _signs(turn: Turn) -> str:
    return ", ".join(marker.id for marker in turn.markers) or "nothing is wrong"

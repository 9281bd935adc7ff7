"""Made-up trainees at a scenario: attempts as they might come from a class, for trying out what is done with cohorts.

Each trainee has an ability. The more able, the likelier the responses that take more of the points on offer, and the
likelier that what there is to notice is noticed. Nobody's real answers are in them, and nothing is claimed by them.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from statistics import NormalDist
from typing import TypeVar

from alliance_trainer.core.attempt import Attempt, NoticeAnswer, Step
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.engine import TURN_CAP
from alliance_trainer.core.identity import identify
from alliance_trainer.core.model import Response, Turn
from alliance_trainer.core.tally import moment
from alliance_trainer.core.vocabulary.skills import SKILLS

_Thing = TypeVar("_Thing")
_FIRST_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
_NORMAL = NormalDist()
_SLOPE = 1.6  # an average trainee says a line with all the points about five times as often as one without
_STEEPER = 1.6
_FLATTEST = 0.2
_NOTICING = 0.5
_SLIPS: Mapping[str, tuple[tuple[NoticeAnswer, float], ...]] = {
    "none": (("withdrawal", 0.5), ("confrontation", 0.3), ("mixed", 0.2)),
    "withdrawal": (("none", 0.7), ("confrontation", 0.1), ("mixed", 0.2)),
    "confrontation": (("none", 0.4), ("withdrawal", 0.2), ("mixed", 0.4)),
    "mixed": (("none", 0.3), ("withdrawal", 0.35), ("confrontation", 0.35)),
}
"""What is said instead, where it is not seen what there is."""


def made_up(automaton: Automaton, attempts: int, seed: int, trainees: int) -> Iterator[Attempt]:
    """So many attempts, shared out among the trainees in turn; the same seed, the same attempts.

    The automaton must be complete. An attempt that does not end within the cap on turns is left unfinished.
    """
    start = _FIRST_DAY + timedelta(days=seed % 28)
    players = [_Player(automaton, seed, f"trainee-{number:03d}") for number in range(1, trainees + 1)]
    played = identify(automaton.scenario)
    for number in range(attempts):
        again, place = divmod(number, trainees)
        began = start + timedelta(days=7 * again, minutes=20 * place)
        name = f"{automaton.scenario.id}-{seed}-{number + 1:05d}"
        steps, ended = players[place].play(random.Random(f"{seed}/{name}"))
        yield Attempt(
            attempt=name,
            trainee=players[place].name,
            scenario=automaton.scenario.id,
            scenario_sha256=played.sha256,
            scenario_graph=played.graph,
            scenario_text=played.text,
            scenario_key=played.key,
            mode="assess",
            status="complete" if ended else "unfinished",
            started=began.strftime("%Y-%m-%dT%H:%M:%SZ"),
            steps=steps,
        )


class _Player:
    """A trainee with abilities of its own, the same at every scenario."""

    def __init__(self, automaton: Automaton, seed: int, name: str) -> None:
        self.name = name
        self._automaton = automaton
        rng = random.Random(f"{seed}/{name}")
        self._ability = _normal(rng)
        self._eye = 0.6 * self._ability + 0.8 * _normal(rng)
        self._weights: dict[int, list[float]] = {}

    def play(self, rng: random.Random) -> tuple[tuple[Step, ...], bool]:
        """The steps of one attempt, and whether it came to an end."""
        steps: list[Step] = []
        place = 0
        while place < len(self._automaton.situations) and len(steps) < TURN_CAP:
            situation = self._automaton.situations[place]
            turn = self._automaton.scenario.turns[situation.turn]
            if not situation.moves:
                break
            response = _drawn(rng, list(situation.moves), self._weights_at(place, turn, situation.moves))
            steps.append(
                Step(
                    turn=situation.turn,
                    notice=self._notice(rng, turn) if turn.notice else None,
                    response=response,
                    ms=round(1000 * math.exp(2.3 + 0.5 * _normal(rng))),
                )
            )
            place = situation.moves[response]
        return tuple(steps), place >= len(self._automaton.situations)

    def _weights_at(self, place: int, turn: Turn, moves: Mapping[str, int]) -> list[float]:
        if place not in self._weights:
            slope = max(_FLATTEST, _SLOPE + _STEEPER * self._ability)
            shares = _shares({name: turn.responses[name] for name in moves})
            self._weights[place] = [math.exp(slope * share) for share in shares]
        return self._weights[place]

    def _notice(self, rng: random.Random, turn: Turn) -> NoticeAnswer:
        if rng.random() < 1 / (1 + math.exp(-_NOTICING - self._eye)):
            return turn.rupture
        answers, weights = zip(*_SLIPS[turn.rupture], strict=True)
        return _drawn(rng, answers, weights)


def _shares(offered: Mapping[str, Response]) -> list[float]:
    """The share of the points of the four skills that each response takes; 0 where nothing is on offer."""
    shares = []
    for name in offered:
        met = [tally for skill in SKILLS if (tally := moment(offered, name, skill, 1)) is not None]
        had = sum(tally.offered for tally in met)
        shares.append(sum(tally.points for tally in met) / had if had else 0.0)
    return shares


def _normal(rng: random.Random) -> float:
    """A draw from the standard normal distribution, by the one method of random numbers that never changes."""
    return _NORMAL.inv_cdf(min(max(rng.random(), 1e-12), 1 - 1e-12))


def _drawn(rng: random.Random, things: Sequence[_Thing], weights: Sequence[float]) -> _Thing:
    mark = rng.random() * sum(weights)
    for thing, weight in zip(things, weights, strict=True):
        mark -= weight
        if mark < 0:
            return thing
    return things[-1]

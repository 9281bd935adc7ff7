"""How responses move the patient through the stages, on the ways that plays really take."""

from collections.abc import Iterator
from functools import cached_property

import msgspec

from alliance_trainer.core.automaton import UNKNOWN, Automaton
from alliance_trainer.core.course import total
from alliance_trainer.core.model import Response, Scenario
from alliance_trainer.core.vocabulary.stages import STAGE_DEPTHS, Stage, steps_between


class StageMove(msgspec.Struct, frozen=True, kw_only=True):
    """A way on that some play takes: the turn, the response, its index in `to`, the two stages, and the steps between.

    `steps` is above 0 forward and below 0 back; None where the move is not judged (see `stages.steps_between`), to
    which an ending (`after` is None) belongs.
    """

    turn: str
    response: str
    index: int
    before: Stage
    after: Stage | None
    steps: int | None

    @property
    def path(self) -> tuple[str, ...]:
        """Where in the scenario the target is written."""
        return ("turns", self.turn, "responses", self.response, "to", str(self.index), "to")


def is_good(response: Response) -> bool:
    """Whether the four skills add up to 2 or more, none of the seven ratings is below 0, and there is no harm."""
    return total(response) >= 2 and all(rating >= 0 for rating in response.rates.values()) and not response.harm


def is_bad(response: Response) -> bool:
    """Whether any rating is -2, or the response does harm or goes against the patient."""
    return -2 in response.rates.values() or response.harm > 0 or response.stance == "against"


def is_exceptional(response: Response) -> bool:
    """Whether a response is good and two or more of its ratings are +2."""
    return is_good(response) and list(response.rates.values()).count(2) >= 2


class StageMoves(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The moves through the stages on one automaton."""

    automaton: Automaton

    @property
    def _scenario(self) -> Scenario:
        return self.automaton.scenario

    def of_responses(self) -> Iterator[tuple[Response, list[StageMove]]]:
        """Each response on offer in some play at a turn with a stage, in the order of the file, with its moves."""
        for turn_id, turn in self._scenario.turns.items():
            for name, response in turn.responses.items() if turn.stage != "none" else ():
                taken = self.automaton.taken.get((turn_id, name), frozenset())
                if taken:
                    yield response, [self._move(turn_id, name, index) for index in sorted(taken)]

    def _move(self, turn: str, name: str, index: int) -> StageMove:
        target = self._scenario.turns.get(self._scenario.turns[turn].responses[name].to[index].to)
        before, after = self._scenario.turns[turn].stage, target.stage if target else None
        steps = None if after is None else steps_between(before, after)
        return StageMove(turn=turn, response=name, index=index, before=before, after=after, steps=steps)

    @cached_property
    def leaps(self) -> dict[tuple[str, str, str], int]:
        """For a turn, a response and the turn it leads to: how far that goes beyond any stage met before, at the most.

        A patient who has slipped back takes up where they were: what counts is the furthest stage of the model that a
        play has come to, on that way here on which it is least.
        """
        furthest = {model: self._furthest(model) for model in "WC"}
        found: dict[tuple[str, str, str], int] = {}
        for place, one in enumerate(self.automaton.situations):
            for name, to in one.moves.items():
                if to == UNKNOWN or self.automaton.ending_at(to) is not None:
                    continue
                target = self.automaton.situations[to].turn
                before, after = self._scenario.turns[one.turn].stage, self._scenario.turns[target].stage
                if steps_between(before, after) is not None:
                    leap = STAGE_DEPTHS[after] - furthest[after[0]][place]
                    found[one.turn, name, target] = max(leap, found.get((one.turn, name, target), leap))
        return found

    def _furthest(self, model: str) -> list[int]:
        """For each situation the furthest stage of a model that was met up to it, on the way on which that is least.

        -1 where none was met. Depth by depth: what can be come to through nothing deeper.
        """
        own = [self._depth(one.turn, model) for one in self.automaton.situations]
        least: list[int | None] = [None] * len(own)
        for depth in range(-1, max(STAGE_DEPTHS.values()) + 1):
            open_places = [0, *(place for place, at in enumerate(least) if at is not None)]
            self._spread(open_places, [at <= depth for at in own], least, depth)
        return [at if at is not None else -1 for at in least]

    def _depth(self, turn: str, model: str) -> int:
        stage = self._scenario.turns[turn].stage
        return STAGE_DEPTHS[stage] if stage[0] == model else -1

    def _spread(self, queue: list[int], allowed: list[bool], least: list[int | None], depth: int) -> None:
        """Give each place that can be come to through allowed places this depth, unless it has one."""
        first = len(allowed)
        if not allowed or not allowed[0]:
            return
        least[0] = depth if least[0] is None else least[0]
        while queue:
            for to in self.automaton.situations[queue.pop()].moves.values():
                if 0 <= to < first and allowed[to] and least[to] is None:
                    least[to] = depth
                    queue.append(to)

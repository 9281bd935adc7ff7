"""The steps of an attempt played again through the engine: is each legal, and where does it lead."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from alliance_trainer.core import engine
from alliance_trainer.core.attempt import NoticeAnswer, Step
from alliance_trainer.core.engine import State
from alliance_trainer.core.errors import IllegalStepError
from alliance_trainer.core.model import Response, Scenario
from alliance_trainer.core.recognition import NOTICE_ANSWERS

Status = Literal["complete", "unfinished", "abandoned"]

_OTHER_VERSION = "The record may belong to another version of the scenario; it is left as it is."


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One response that was given.

    `step` counts the record's steps from 1. `offered` are the responses on offer at that moment. `scored`:
    the first answer at this turn in the whole attempt; later ones, after a loop or a rewind, never count.
    """

    step: int
    turn: str
    response: str
    notice: NoticeAnswer | None
    offered: Mapping[str, Response]
    before: State
    after: State
    scored: bool

    @property
    def chosen(self) -> Response:
        """The response itself."""
        return self.offered[self.response]


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt played again.

    `answers`: all of them, in order. `way`: those that led to where it stands, without what a rewind took
    back; the same as `answers` where nothing was rewound. `state`: where it stands.
    """

    answers: tuple[Answer, ...]
    way: tuple[Answer, ...]
    state: State
    rewound: bool

    @property
    def scored(self) -> tuple[Answer, ...]:
        """The scored steps: the first answer at each turn."""
        return tuple(answer for answer in self.answers if answer.scored)


def replay(scenario: Scenario, steps: Sequence[Step], status: Status = "complete") -> Replay:
    """Play the steps again, from the scenario's start.

    A rewind is legal at any moment, also from an ending. Where the status says unfinished or abandoned the
    way may stop anywhere; if it does reach an ending, that is taken as the end all the same.
    Raises IllegalStepError naming the step, counted from 1: a turn where the play does not stand, a response
    that is unknown or not on offer, an unknown notice answer, a step after the end, a rewind to a turn not
    met; and where the status says complete but the way does not end.
    """
    player = _Player(scenario)
    for number, step in enumerate(steps, start=1):
        try:
            player.take(number, step)
        except IllegalStepError as error:
            raise IllegalStepError(f"step {number}: {error.message}", error.hint or _OTHER_VERSION) from error
    if status == "complete" and not player.state.ended:
        raise IllegalStepError(
            f"the attempt is marked complete, but after step {len(steps)} it stands at {player.state.place!r}"
            " and has not ended",
            "Mark it unfinished if it is to be scored as far as it goes.",
        )
    return Replay(answers=tuple(player.answers), way=tuple(player.way), state=player.state, rewound=player.rewound)


class _Player:
    """Where the replay stands, and what was answered so far."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.state = engine.begin(scenario)
        self.answers: list[Answer] = []
        self.way: list[Answer] = []
        self.met: set[str] = set()
        self.rewound = False

    def take(self, number: int, step: Step) -> None:
        match step:
            case Step(rewind=str(turn), response=None):
                self._rewind(turn)
            case Step(turn=str(turn), response=str(response), rewind=None):
                self._answer(number, turn, response, step.notice)
            case Step(rewind=str()):
                raise IllegalStepError("it is a rewind and an answer at once")
            case _:
                raise IllegalStepError("it names no turn and response, and no rewind")

    def _rewind(self, turn: str) -> None:
        self.state = engine.rewind(self.state, turn)
        del self.way[self.state.depth :]
        self.rewound = True

    def _answer(self, number: int, turn: str, response: str, notice: NoticeAnswer | None) -> None:
        before = self.state
        if before.ended or before.place != turn:
            stands = "the attempt has ended" if before.ended else "the attempt is"
            raise IllegalStepError(f"{stands} at {before.place!r}, the record says {turn!r}")
        if notice is not None and notice not in NOTICE_ANSWERS:
            raise IllegalStepError(
                f"{notice!r} is no answer to 'what do you notice?'",
                f"One of {', '.join(NOTICE_ANSWERS)} is expected, or nothing where it was skipped.",
            )
        offered = engine.offered(self.scenario, before)
        self.state, _ = engine.respond(self.scenario, before, response)
        answer = Answer(
            step=number,
            turn=turn,
            response=response,
            notice=notice,
            offered=offered,
            before=before,
            after=self.state,
            scored=turn not in self.met,
        )
        self.met.add(turn)
        self.answers.append(answer)
        self.way.append(answer)

"""A scenario told for its author and its reviewer: every turn once, in an order that a reader can follow."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from alliance_trainer.core.conditions import Condition, write
from alliance_trainer.core.counting import counted
from alliance_trainer.core.course import total
from alliance_trainer.core.model import Beat, Ending, Response, Scenario, Turn
from alliance_trainer.core.outline_words import (
    HARM_WORDS,
    NO_RUPTURE,
    REPAIR_WORDS,
    asked_in_words,
    changes_in_words,
    expectation_in_words,
    marker_in_words,
    outcome_in_words,
    ratings_in_words,
    rupture_word,
    strategy_in_words,
)
from alliance_trainer.core.vocabulary.stages import STAGE_MEANINGS
from alliance_trainer.core.vocabulary.traps import TRAPS
from alliance_trainer.core.walk import Walk, walk

Row = tuple[str, str]
"""A label and what belongs to it."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One beat in words: spoken, or seen; and the condition on which it is shown, empty if always."""

    spoken: bool
    text: str
    condition: str


class ResponseTold(msgspec.Struct, frozen=True, kw_only=True):
    """A response: the words of the therapist, what they are worth, and where they lead."""

    id: str
    strongest: bool
    rows: tuple[Row, ...]


class TurnTold(msgspec.Struct, frozen=True, kw_only=True):
    """A turn with its number in the order of reading, from 1. `rupture` says what is marked, in a few words."""

    number: int
    id: str
    rupture: str
    beats: tuple[Shown, ...]
    rows: tuple[Row, ...]
    responses: tuple[ResponseTold, ...]

    @property
    def strongest(self) -> tuple[str, ...]:
        """The ids of the responses that are keyed as the strongest; none where all are worth the same."""
        return tuple(response.id for response in self.responses if response.strongest)


class EndingTold(msgspec.Struct, frozen=True, kw_only=True):
    """An ending, with what its outcome means in words."""

    id: str
    outcome: str
    beats: tuple[Shown, ...]
    rows: tuple[Row, ...]


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """The whole scenario: what stands at its top, its turns in the order of reading, its endings."""

    title: str
    id: str
    patient: str
    top: tuple[Row, ...]
    turns: tuple[TurnTold, ...]
    endings: tuple[EndingTold, ...]


def outline(scenario: Scenario) -> Outline:
    """Tell a scenario whose targets all exist."""
    return _Teller(scenario).whole()


def turn_walk(scenario: Scenario) -> Walk:
    """The turns in the order of reading, and the moves between them that lead back."""
    return walk(scenario.start, {name: targets(turn) for name, turn in scenario.turns.items()})


def targets(turn: Turn) -> list[str]:
    """Where the turn's responses can lead, each place once, in the order of the file."""
    return list(dict.fromkeys(route.to for response in turn.responses.values() for route in response.to))


def strongest_of(responses: Mapping[str, Response]) -> frozenset[str]:
    """The responses with the highest sum over the four skills; none where all have the same."""
    sums = {name: total(response) for name, response in responses.items()}
    most = max(sums.values())
    return frozenset(name for name, value in sums.items() if value == most > min(sums.values()))


def ways_on(response: Response) -> Iterator[tuple[str, str]]:
    """Each way on as (condition, place): "" where there is but one way, "otherwise" for the last of several."""
    for route in response.to:
        if route.when is not None:
            yield f"if {write(route.when)}", route.to
        else:
            yield "otherwise" if len(response.to) > 1 else "", route.to


def shown(beats: Iterable[Beat]) -> tuple[Shown, ...]:
    """The beats in words; a silence is written out."""
    return tuple(_shown(beat) for beat in beats)


def _shown(beat: Beat) -> Shown:
    if beat.says is not None:
        text = beat.says
    elif beat.shows is not None:
        text = beat.shows
    else:
        text = f"about {counted(beat.silence or 0, 'second')} of silence"
    return Shown(spoken=beat.says is not None, text=" ".join(text.split()), condition=_only(beat.when))


def _only(condition: Condition | None) -> str:
    return f"only if {write(condition)}" if condition is not None else ""


class _Teller:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.walk = turn_walk(scenario)
        self.numbers = {name: number for number, name in enumerate(self.walk.order, start=1)}

    def whole(self) -> Outline:
        scenario = self.scenario
        return Outline(
            title=scenario.title,
            id=scenario.id,
            patient=scenario.patient.name,
            top=tuple((label, text) for label, text in self._top() if text),
            turns=tuple(self._turn(name, scenario.turns[name]) for name in self.walk.order),
            endings=tuple(self._ending(name, ending) for name, ending in scenario.endings.items()),
        )

    def _top(self) -> Iterator[Row]:
        scenario, patient = self.scenario, self.scenario.patient
        pronouns = f" ({patient.pronouns})" if patient.pronouns else ""
        yield "Summary", scenario.summary
        yield "Patient", f"{patient.name}, {patient.age}{pronouns}. {patient.background or ''}"
        yield "Briefing", scenario.briefing
        yield "Setting", f"session {scenario.session}, {scenario.setting}"
        yield "Approach", scenario.approach or ""
        yield "Difficulty", f"{scenario.difficulty} of 5"
        yield "Repair", REPAIR_WORDS[scenario.repair]
        yield "Content", ", ".join(f"{note.topic} ({note.level})" for note in scenario.content_notes)
        yield "To learn", "; ".join(scenario.objectives)
        yield "Alliance", "at the start: " + ", ".join(f"{name} {v}" for name, v in scenario.start_values.items())
        yield "Language", scenario.language
        yield "Authors", ", ".join(scenario.authors)
        yield "Reviewed by", scenario.reviewed_by
        for name, test in scenario.tests.items():
            yield f"Test {name}", expectation_in_words(test)

    def _turn(self, name: str, turn: Turn) -> TurnTold:
        best = strongest_of(turn.responses)
        return TurnTold(
            number=self.numbers[name],
            id=name,
            rupture=rupture_word(turn),
            beats=shown(turn.patient),
            rows=tuple((label, text) for label, text in self._about(name, turn) if text),
            responses=tuple(
                ResponseTold(
                    id=own,
                    strongest=own in best,
                    rows=tuple((label, text) for label, text in self._response(name, turn, response) if text),
                )
                for own, response in turn.responses.items()
            ),
        )

    def _about(self, name: str, turn: Turn) -> Iterator[Row]:
        yield "Inside", turn.inside or ""
        yield "Stage", f"{turn.stage} ({STAGE_MEANINGS[turn.stage]})" if turn.stage != "none" else "none"
        yield "Rupture", turn.rupture if turn.markers else NO_RUPTURE
        for marker in turn.markers:
            yield "Marker", marker_in_words(marker)
        yield "Asked", asked_in_words(turn)
        yield "Weight", f"counts {turn.weight} times" if turn.weight > 1 else ""
        yield "Comes from", self._comes_from(name)

    def _comes_from(self, name: str) -> str:
        sources = [
            f"{turn_id} ({', '.join(ways)})"
            for turn_id, turn in self.scenario.turns.items()
            if (
                ways := [
                    own for own, response in turn.responses.items() if any(to == name for _, to in ways_on(response))
                ]
            )
        ]
        begins = ["the start"] if name == self.scenario.start else []
        return "; ".join([*begins, *sources]) or "nowhere: no way leads here"

    def _response(self, name: str, turn: Turn, response: Response) -> Iterator[Row]:
        yield "Says", f'"{" ".join(response.says.split())}"'
        yield "On offer", _only(response.when)
        yield "Ratings", ratings_in_words(turn, response)
        yield "Uses", "; ".join(strategy_in_words(strategy) for strategy in response.uses)
        yield "Trap", f"{response.trap}: {TRAPS[response.trap]}" if response.trap else ""
        yield "Stance", f"the therapist moves {response.stance}" if response.stance else ""
        yield "Harm", HARM_WORDS.get(response.harm, "")
        yield "Why", response.why
        yield "Reply", " ".join(_reply(one) for one in shown(response.reply))
        yield "Effects", changes_in_words(response)
        for condition, to in ways_on(response):
            yield "Leads to", f"{condition}: {self._place(name, to)}" if condition else self._place(name, to)

    def _place(self, name: str, to: str) -> str:
        if to not in self.scenario.turns:
            return f"-> ending {to} ({self.scenario.endings[to].outcome})"
        verb = "back to" if (name, to) in self.walk.back else "see"
        return f"-> {verb} turn {self.numbers[to]}, {to}"

    def _ending(self, name: str, ending: Ending) -> EndingTold:
        rows = (("Title", ending.title or ""), ("Debrief", ending.debrief), ("Comes from", self._comes_from(name)))
        return EndingTold(
            id=name,
            outcome=outcome_in_words(ending),
            beats=shown(ending.patient),
            rows=tuple((label, text) for label, text in rows if text),
        )


def _reply(beat: Shown) -> str:
    text = f'"{beat.text}"' if beat.spoken else f"({beat.text})"
    return f"{text} [{beat.condition}]" if beat.condition else text

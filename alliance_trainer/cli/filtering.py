"""Which scenarios are wanted: by marker, rupture type, skill, difficulty, content note, and whether they were tried."""

from collections.abc import Iterable, Mapping
from typing import get_args

import msgspec

from alliance_trainer.cli.words import one_of
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.suggestions import did_you_mean
from alliance_trainer.core.vocabulary.content_notes import TOGETHER, meant
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES, MarkerId
from alliance_trainer.core.vocabulary.skills import RATED
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.headers import Header

HARDEST = 5

_WORD = 4
"""A word of a note's topic with so many letters may be what a misspelt one means."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for; None, and an empty list of notes, admit everything.

    `difficulty` is a number from 1 to 5 or a range such as 2-4. `without`: none of these content notes.
    """

    marker: str | None = None
    type: str | None = None
    skill: str | None = None
    difficulty: str | None = None
    note: str | None = None
    without: tuple[str, ...] = ()
    untried: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing was asked for."""
        return self == Wanted()


def wanted(headers: tuple[Header, ...], asked: Wanted, tried: Mapping[str, int]) -> tuple[Header, ...]:
    """The headers of the scenarios that are wanted. Raises UsageError for a word or number that is none."""
    if asked.everything:
        return headers
    checked = _checked(asked, topics_of(headers))
    lowest, highest = _range(asked.difficulty)
    return tuple(
        header
        for header in headers
        if header.scenario is not None
        and lowest <= header.scenario.difficulty <= highest
        and not (asked.untried and tried.get(header.id))
        and _notes_fit(topics_of([header]), asked)
        and _turns_fit(header, checked)
    )


def topics_of(headers: Iterable[Header]) -> tuple[str, ...]:
    """The topics of all content notes, each once, in order."""
    scenarios = (header.scenario for header in headers if header.scenario is not None)
    return tuple(sorted({note.topic for scenario in scenarios for note in scenario.content_notes}, key=str.casefold))


def notes_meant(topics: tuple[str, ...], asked: Wanted) -> list[str]:
    """A sentence for each content note that was asked for in other words than stand in the files: what it means."""
    told = [("With", asked.note)] if asked.note is not None else []
    found = [
        (word, note, meant(note, topics)) for word, note in [*told, *(("Without", note) for note in asked.without)]
    ]
    return [
        f"{word} {note!r}: {', '.join(topics)}." for word, note, topics in found if topics != (note.strip().casefold(),)
    ]


def _checked(asked: Wanted, topics: tuple[str, ...]) -> Wanted:
    for option, notes in (("--note", [asked.note]), ("--without", asked.without)):
        for note in notes:
            if note is not None and not meant(note, topics):
                raise UsageError(f"{option}: no scenario has a content note {note[:40]!r}.", _notes_there(note, topics))
    if asked.marker is not None:
        one_of(asked.marker, get_args(MarkerId), "--marker")
    if asked.type is not None:
        one_of(asked.type, RUPTURE_TYPES, "--type")
    if asked.skill is not None:
        one_of(asked.skill, RATED, "--skill")
    return asked


def _notes_there(note: str, topics: tuple[str, ...]) -> str:
    """The note that was meant, if one is near; else all that there are."""
    words = (word for topic in topics for word in topic.split() if len(word) >= _WORD)
    near = did_you_mean(note, [*topics, *words, *(name for names in TOGETHER for name in names if meant(name, topics))])
    return f"{near} Each scenario's notes: alliance-trainer list" if near else f"There are: {', '.join(topics)}."


def _range(difficulty: str | None) -> tuple[int, int]:
    if difficulty is None:
        return 1, HARDEST
    first, _, last = difficulty.partition("-")
    try:
        lowest, highest = int(first), int(last or first)
    except ValueError:
        lowest, highest = 0, 0
    if not 1 <= lowest <= highest <= HARDEST:
        raise UsageError(f"--difficulty does not take {difficulty[:40]!r}.", "It takes 1 to 5, or a range such as 2-4.")
    return lowest, highest


def _notes_fit(topics: tuple[str, ...], asked: Wanted) -> bool:
    if asked.note is not None and not meant(asked.note, topics):
        return False
    return not any(meant(note, topics) for note in asked.without)


def _turns_fit(header: Header, asked: Wanted) -> bool:
    """Whether the scenario's turns have what is asked for; only then is the whole file read."""
    if asked.marker is None and asked.type is None and asked.skill is None:
        return True
    scenario = loader.load_path(header.path).scenario
    if scenario is None:
        return False
    return all((_has_type(scenario, asked.type), _has_marker(scenario, asked.marker), _rates(scenario, asked.skill)))


def _has_type(scenario: Scenario, wanted_type: str | None) -> bool:
    if wanted_type == "none":
        return _can_stay_plain(scenario)
    return wanted_type is None or any(turn.rupture == wanted_type for turn in scenario.turns.values())


def _can_stay_plain(scenario: Scenario) -> bool:
    """Whether some way leads to an ending without any rupture, conditions aside: nothing is wrong there at first."""
    ahead = [scenario.start]
    for turn in ahead:  # grows while it is walked
        if turn in scenario.endings:
            return True
        if turn in scenario.turns and scenario.turns[turn].rupture == "none":
            routes = (route.to for response in scenario.turns[turn].responses.values() for route in response.to)
            ahead += [to for to in routes if to not in ahead]
    return False


def _has_marker(scenario: Scenario, marker: str | None) -> bool:
    return marker is None or any(one.id == marker for turn in scenario.turns.values() for one in turn.markers)


def _rates(scenario: Scenario, skill: str | None) -> bool:
    responses = (response for turn in scenario.turns.values() for response in turn.responses.values())
    return skill is None or any(skill in response.rates for response in responses)

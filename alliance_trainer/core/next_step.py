"""What to practise next, and why: one suggestion, from what is due, what was found hard, and what was not tried yet."""

from collections.abc import Iterator, Sequence

import msgspec

from alliance_trainer.core.detection import Detected, leaning, sensitivity
from alliance_trainer.core.history import History, Shelved, day_of, detected
from alliance_trainer.core.pitch import pitch
from alliance_trainer.core.spacing import Waiting, due
from alliance_trainer.core.vocabulary.markers import MARKERS, rupture_type
from alliance_trainer.core.vocabulary.moments import FOIL_LABELS
from alliance_trainer.core.vocabulary.skills import SKILLS

_FEWEST = 5
"""Of a kind of rupture, so many must have been met before it is said that it is missed more than another."""


_LABELS: dict[str, str] = {"none": "a moment with nothing wrong"}
_LABELS.update({name: kind.label for name, kind in MARKERS.items()})
_LABELS.update({name: label for name, label in FOIL_LABELS.items()})  # noqa: C416  # their keys are narrower


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do: what, why, and the command that does it, in words as they are typed."""

    what: str
    why: str
    command: tuple[str, ...]


def suggestion(history: History, today: int, shelf: Sequence[Shelved]) -> Suggestion:
    """The suggestion for a day (numbered as by `date.toordinal`), with these scenarios in the library.

    First what was missed and is due: signs in a drill, then skills in a scenario. Then a leaning or a kind of
    rupture that is missed more than the other. Then a scenario that was not tried yet, at the difficulty that fits;
    at last a drill.
    """
    return next(_fitting(history, today, shelf))


def came_back(history: History, today: int) -> tuple[Waiting, ...]:
    """What is due on a day, the longest due first."""
    return due(history.queue, today)


def _fitting(history: History, today: int, shelf: Sequence[Shelved]) -> Iterator[Suggestion]:
    back = came_back(history, today)
    signs = [one for one in back if one.key not in SKILLS]
    if signs:
        yield _drill_on(signs, today)
    skills = [one for one in back if one.key in SKILLS]
    scenario = _scenario(history, shelf)
    if skills and scenario:
        yield _play_for(skills[0], scenario, today)
    yield from _leaning(history.detected)
    yield from _kind(history)
    if scenario and not _tried(history, scenario):
        why = f"You have not tried it yet; difficulty {scenario.difficulty} of 5."
        yield Suggestion(what=f'Play "{scenario.title}"', why=why, command=("play", scenario.id))
    why = "Nothing is due; ten single moments take about five minutes."
    yield Suggestion(what="A drill on single moments", why=why, command=("spot",))


def _drill_on(signs: Sequence[Waiting], today: int) -> Suggestion:
    first = signs[0]
    more = len(signs) - 1
    others = f", and {more} more" if more else ""
    why = f"You missed it {ago(today - first.missed)} {first.what}; it came due {ago(today - first.due)}."
    return Suggestion(what=f'Spot: "{label_of(first.key)}"{others}', why=why, command=("spot",))


def _play_for(skill: Waiting, scenario: Shelved, today: int) -> Suggestion:
    why = f"For {skill.key}: {skill.what}, {ago(today - skill.missed)}; it came due {ago(today - skill.due)}."
    return Suggestion(what=f'Play "{scenario.title}"', why=why, command=("play", scenario.id))


def _leaning(counts: Detected) -> Iterator[Suggestion]:
    found = sensitivity(counts)
    if found is None or "tend" not in leaning(found):
        return
    why = leaning(found)
    yield Suggestion(what="A drill on single moments", why=why, command=("spot",))


def _kind(history: History) -> Iterator[Suggestion]:
    """The kind of rupture that is missed clearly more than the other, if one is."""
    shares: dict[str, tuple[int, int]] = {}
    for kind in ("withdrawal", "confrontation"):
        met = {answered: many for answered, many in history.tallied.items() if rupture_type(answered[0]) == kind}
        shares[kind] = detected(met).hits, sum(met.values())
    kinds = sorted(shares, key=lambda kind: shares[kind][0] / max(1, shares[kind][1]))
    (seen, met_weak), (others, met_other) = (shares[kind] for kind in kinds)
    if min(met_weak, met_other) >= _FEWEST and others / met_other - seen / met_weak >= 1 / 5:
        why = f"You noticed {seen} of {met_weak}, and of {kinds[1]} {others} of {met_other}."
        yield Suggestion(what=f"Spot {kinds[0]}", why=why, command=("spot", "--type", kinds[0]))


def _scenario(history: History, shelf: Sequence[Shelved]) -> Shelved | None:
    """One that was not tried yet, else the one that was played longest ago; of those the nearest in difficulty."""
    wanted = pitch(history.judged).difficulty
    last = {row.scenario: day_of(row.started) for row in history.attempts}
    return min(shelf, key=lambda one: (last.get(one.id, 0), abs(one.difficulty - wanted), one.id), default=None)


def _tried(history: History, scenario: Shelved) -> bool:
    return any(row.scenario == scenario.id for row in history.attempts)


def label_of(key: str) -> str:
    """A key of spacing in a few words."""
    return _LABELS.get(key, key)


def ago(days: int) -> str:
    """So many days before today, in words."""
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"


def ahead(days: int) -> str:
    """So many days after today, in words; "now" for today and before."""
    if days <= 0:
        return "now"
    return "tomorrow" if days == 1 else f"in {days} days"

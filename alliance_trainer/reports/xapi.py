"""Attempts as statements of the Experience API (xAPI 1.0.3), one JSON object a line.

The same attempt gives the same bytes and the same statement ids, so that a store takes it once, however often it is
sent. People are known by their pseudonyms only.
"""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from alliance_trainer.cohort.scoring.scored import SkillFigures
from alliance_trainer.cohort.told import Answered, Told, steps_of
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.clean import clean
from alliance_trainer.core.vocabulary.skills import SKILLS

HOME_PAGE = "urn:alliance-trainer:trainees"
"""Whose pseudonyms they are, where no other home page is given."""

OURS = "urn:alliance-trainer"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, OURS)
_VERBS = "http://adlnet.gov/expapi/verbs/"
_TYPES = "http://adlnet.gov/expapi/activities/"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+")

Data = dict[str, Any]
_encode = msgspec.json.Encoder(order="sorted").encode


def is_home_page(text: str) -> bool:
    """Whether a text can stand as a home page: an address with its scheme, without spaces and brackets."""
    return _IRI.fullmatch(text) is not None and clean(text) == text


def statements(told: Iterable[Told], home_page: str = HOME_PAGE) -> Iterator[bytes]:
    """The statements of the attempts, a line each, in the order in which the attempts come."""
    for one in told:
        for statement in _of_attempt(one, home_page):
            yield _encode(statement) + b"\n"


def _of_attempt(told: Told, home_page: str) -> Iterator[Data]:
    made = _Maker(told, home_page)
    yield made.statement("attempted", "attempted", made.scenario, {})
    for answered in steps_of(told):
        if answered.exchange is not None:
            yield made.answered(answered)
    if told.scored.ending is not None:
        yield made.statement("completed", "completed", made.scenario, made.outcome(), scored=True)
    for skill in SKILLS:
        figures = told.scored.skills[skill]
        if figures is not None:
            activity = made.activity(("skill", skill), skill, "assessment")
            yield made.statement(f"skill:{skill}", "completed", activity, _skill_result(figures), scored=True)


class _Maker:
    """Makes the statements of one attempt."""

    def __init__(self, told: Told, home_page: str) -> None:
        self._told = told
        self._attempt = told.attempt
        self._home_page = home_page
        self.scenario = self.activity((), told.course.scenario.title, "simulation")

    def activity(self, below: tuple[str, ...], name: str, kind: str) -> Data:
        """An activity of the scenario, or the scenario itself."""
        place = ":".join((OURS, "scenario", self._attempt.scenario, *below))
        language = self._told.course.scenario.language or "und"
        return {
            "objectType": "Activity",
            "id": place,
            "definition": {"name": {language: clean(name)}, "type": _TYPES + kind},
        }

    def statement(self, what: str, verb: str, activity: Data, result: Data, *, scored: bool = False) -> Data:
        """One statement. The id of one that tells scores depends on the key that they were scored by."""
        key = (self._told.identity.key,) if scored else ()
        said: Data = {
            "id": self._id(what, *key),
            "actor": {
                "objectType": "Agent",
                "account": {"homePage": self._home_page, "name": clean(self._attempt.trainee)},
            },
            "verb": {"id": _VERBS + verb, "display": {"en": verb}},
            "object": activity,
            "context": self._context(activity),
        }
        if result:
            said["result"] = result
        if self._attempt.started is not None and _is_moment(self._attempt.started):
            said["timestamp"] = self._attempt.started
        return said

    def _id(self, *what: str) -> str:
        return str(
            uuid.uuid5(_NAMESPACE, "\x1f".join((self._home_page, *map(_encodable, (self._attempt.attempt, *what)))))
        )

    def _context(self, activity: Data) -> Data:
        context: Data = {
            "registration": self._id("attempt"),
            "platform": "Alliance Trainer",
            "extensions": _extensions(_facts(self._attempt)),
        }
        if activity is not self.scenario:
            context["contextActivities"] = {"parent": [{"objectType": "Activity", "id": self.scenario["id"]}]}
        return context

    def answered(self, answered: Answered) -> Data:
        """The statement of one answer, with its points over the four skills together."""
        step, exchange = answered.step, answered.exchange
        assert exchange is not None
        activity = self.activity(("turn", exchange.turn_id), exchange.turn_id, "cmi.interaction")
        # Their ids, not their texts: what is asked in an assessment does not go into another system.
        choices = [{"id": name} for name in exchange.turn.responses]
        activity["definition"] |= {"interactionType": "choice", "choices": choices}
        met = [answered.tallies[skill] for skill in SKILLS if skill in answered.tallies]
        result: Data = {"response": exchange.response_id}
        if met:
            result["score"] = _score(sum(one.points for one in met), sum(one.offered for one in met))
        if step.ms is not None and step.ms >= 0:
            result["duration"] = f"PT{step.ms / 1000:.2f}S"
        facts = {"step": answered.number, "notice": step.notice, "rupture": exchange.turn.rupture}
        facts |= {"harm": exchange.response.harm, "scored": exchange.scored, "undone": exchange.undone}
        result["extensions"] = _extensions(facts)
        return self.statement(f"step:{answered.number}", "answered", activity, result, scored=True)

    def outcome(self) -> Data:
        """What came of the whole attempt."""
        scored = self._told.scored
        facts = {"ending": scored.ending, "outcome": scored.outcome, "best-outcome": scored.best_outcome}
        facts |= {"harm-1": scored.harm[0], "harm-2": scored.harm[1], "card": scored.status}
        return {"completion": True, "extensions": _extensions(facts)}


def _skill_result(figures: SkillFigures) -> Data:
    facts = {"moments": figures.moments, "tier": figures.tier, "low": figures.low, "high": figures.high}
    facts |= {"chance": figures.chance}
    return {"score": _score(figures.points, figures.offered), "extensions": _extensions(facts)}


def _score(points: int, offered: int) -> Data:
    return {"scaled": points / offered, "raw": points, "min": 0, "max": offered}


def _facts(attempt: Attempt) -> Mapping[str, str | None]:
    return {
        "attempt": clean(attempt.attempt),
        "scenario-sha256": attempt.scenario_sha256 and clean(attempt.scenario_sha256),
        "mode": attempt.mode,
        "cohort": attempt.cohort and clean(attempt.cohort),
        "occasion": attempt.occasion and clean(attempt.occasion),
    }


def _extensions(facts: Mapping[str, object]) -> Data:
    return {f"{OURS}:extension:{name}": value for name, value in facts.items() if value is not None}


def _is_moment(text: str) -> bool:
    """Whether a text is a date and time with its zone, as the statements have it."""
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()

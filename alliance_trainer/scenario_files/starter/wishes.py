"""What an author can wish of a new scenario: the questions, their answers, and what holds where one is not answered."""

from collections.abc import Mapping

import msgspec

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.scalars import ID_PATTERN, RESERVED_IDS
from alliance_trainer.core.suggestions import did_you_mean, one_of
from alliance_trainer.core.vocabulary.markers import MARKERS, RUPTURE_TYPES, MarkerId, RuptureType
from alliance_trainer.core.vocabulary.strategies import RepairKind
from alliance_trainer.scenario_files.characters import FORBIDDEN_IN_TEXT, excerpt, name
from alliance_trainer.scenario_files.schema_values import as_id
from alliance_trainer.scenario_files.starter.stories import story

Given = Mapping[str, str]
"""Answers by the names of their questions, as they were typed."""

LONGEST = 200
YOUNGEST, OLDEST = 3, 120
NAMES = (
    "title",
    "name",
    "age",
    "pronouns",
    "setting",
    "rupture",
    "marker",
    "mistake",
    "difficulty",
    "repair",
    "author",
)
"""The questions in the order in which they are asked; each is also the name of an option."""

_ABOUT_A_RUPTURE = ("marker", "mistake", "repair")
"""Questions that do not arise where nothing is wrong."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of a few answers: the word for it, what a person reads, and what it means."""

    word: str
    label: str
    meaning: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question, and what holds where it is left unanswered. Without choices it is answered in free words."""

    name: str
    text: str
    default: str
    choices: tuple[Choice, ...] = ()


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """All that a new scenario is made from. `marker` is there unless the rupture is "none"; difficulty 1 to 5."""

    id: str
    title: str
    name: str
    age: int
    pronouns: str
    setting: str
    rupture: RuptureType
    marker: MarkerId | None
    mistake: bool
    difficulty: int
    repair: RepairKind
    author: str


def question(which: str, scenario_id: str, given: Given) -> Question | None:
    """The question of this name, as it arises after these answers; None where it does not.

    `given` may lack any answer, but none in it may be refused.
    """
    rupture = _rupture(given)
    if rupture == "none" and which in _ABOUT_A_RUPTURE:
        return None
    match which:
        case "rupture":
            return _picked(which, "Kind of rupture", _KINDS, rupture)
        case "marker":
            return _picked(which, "Main marker", _markers(rupture))
        case "mistake":
            return _picked(which, "Does a mistake of the therapist's start it", _MISTAKE)
        case "difficulty":
            return _picked(which, "Difficulty", _DIFFICULTIES, "2")
        case "repair":
            return _picked(which, "What the rupture needs", _REPAIRS)
        case _:
            return Question(name=which, text=_TEXTS[which], default=_default(which, scenario_id, given))


def refusal(which: str, text: str, scenario_id: str, given: Given) -> str:
    """Why this is no answer to the question, as sentences with what to write instead; empty if it is one."""
    asked = question(which, scenario_id, given)
    if asked is not None and asked.choices:
        words = [choice.word for choice in asked.choices]
        return _refused_word(which, text, list(MARKERS) if which == "marker" and "rupture" not in given else words)
    if which == "age":
        whole = text.isascii() and text.isdigit() and len(text) < 4 and YOUNGEST <= int(text) <= OLDEST
        return "" if whole else f"A whole number from {YOUNGEST} to {OLDEST} is expected."
    return _refused_text(text)


def settle(scenario_id: str, given: Given) -> Wishes:
    """The wishes behind these answers, with what holds for those that are missing.

    Raises UsageError that names the option, for an id that is none and for the first answer that is refused.
    """
    refuse_unless_id(scenario_id)
    answers = {which: tidy(text) for which, text in given.items()}
    for which in sorted(answers, key=_first_of_all):
        if question(which, scenario_id, answers) is None:
            raise UsageError(f"--{which} does not go with --rupture none.", "Nothing is wrong there: leave it out.")
        reason = refusal(which, answers[which], scenario_id, answers)
        if reason:
            raise UsageError(f"--{which} cannot be {excerpt(given[which])!r}.", reason)
    asked = (question(which, scenario_id, answers) for which in NAMES)
    settled = {one.name: one.default for one in asked if one is not None} | answers
    return msgspec.convert(
        {
            "id": scenario_id,
            "marker": None,
            "repair": "either",
            **settled,
            "mistake": settled.get("mistake") == "yes",
        },
        Wishes,
        strict=False,  # numbers are typed as text
    )


def tidy(text: str) -> str:
    """An answer as it is kept: on one line, with single spaces."""
    return " ".join(text.split())


def refuse_unless_id(text: str) -> None:
    """Raises UsageError, with an id that would do, for what cannot be the id of a scenario."""
    import re  # the same pattern as in the format

    if re.fullmatch(ID_PATTERN, text) and text not in RESERVED_IDS:
        return
    near = as_id(re.sub(r"\.ya?ml$", "", text.strip(), flags=re.IGNORECASE))
    hint = f"Did you mean {near!r}? " if near and near not in RESERVED_IDS else ""
    reason = "is kept by Windows for itself" if text in RESERVED_IDS else "is no id"
    raise UsageError(
        f"{excerpt(text)!r} {reason}.",
        f"{hint}An id has small letters, digits and hyphens, begins with a letter, and is at most 64 long.",
    )


def _first_of_all(which: str) -> int:
    """The rupture is looked at before what depends on it."""
    return -1 if which == "rupture" else NAMES.index(which)


def _rupture(given: Given) -> RuptureType:
    """The kind of rupture that was answered, or that follows from the marker; withdrawal without any answer."""
    for kind in RUPTURE_TYPES:
        if given.get("rupture") == kind:
            return kind
    for marker, about in MARKERS.items():
        if given.get("marker") == marker and "rupture" not in given:
            return about.type
    return "withdrawal"


def _default(which: str, scenario_id: str, given: Given) -> str:
    defaults = story(_rupture(given)).defaults
    if which == "pronouns" and given.get("name", defaults["name"]) != defaults["name"]:
        return "they/them"  # those of the story belong to its own name
    fixed = {
        "title": scenario_id.replace("-", " ").strip().capitalize(),
        "setting": "in person",
        "author": "unnamed author",
    }
    return fixed[which] if which in fixed else defaults[which]


def _refused_word(which: str, text: str, words: list[str]) -> str:
    if text in words:
        return ""
    if which == "marker" and any(text == marker for marker in MARKERS):
        wanted, kind = one_of(words), next(about.type for marker, about in MARKERS.items() if marker == text)
        return f"It is a marker of {kind}. For this kind of rupture: {wanted}."
    return f"{did_you_mean(text, words)} Possible here: {one_of(words)}.".strip()


def _refused_text(text: str) -> str:
    if not text:
        return "There is nothing in it. Write something, or leave it out."
    if len(text) > LONGEST:
        return f"It has {len(text)} characters; {LONGEST} are allowed."
    hidden = FORBIDDEN_IN_TEXT.search(text)
    return f"It has a character that cannot be seen, {name(hidden.group())}: leave that out." if hidden else ""


def _picked(which: str, text: str, choices: tuple[Choice, ...], default: str = "") -> Question:
    return Question(name=which, text=text, default=default or choices[0].word, choices=choices)


def _markers(rupture: RuptureType) -> tuple[Choice, ...]:
    return tuple(
        Choice(word=marker, label=about.label, meaning=about.meaning)
        for marker, about in MARKERS.items()
        if rupture in ("mixed", about.type)
    )


def _choices(meanings: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(word=word, label=word, meaning=meaning) for word, meaning in meanings.items())


_TEXTS = {
    "title": "Title",
    "name": "Patient's name",
    "age": "Age",
    "pronouns": "Pronouns",
    "setting": "Setting",
    "author": "Author",
}
_KINDS = _choices(
    {
        "withdrawal": "the patient moves away from you or the topic",
        "confrontation": "the patient moves against you",
        "mixed": "both at once: a complaint, and its being taken back",
        "none": "a foil: nothing is wrong between the two of you",
    }
)
_MISTAKE = _choices({"no": "it comes up in the course of the work", "yes": "the therapist has done something wrong"})
_DIFFICULTIES = tuple(
    Choice(word=word, label=label, meaning=meaning)
    for word, label, meaning in (
        ("1", "easy", "1 of 5, the signs are plain"),
        ("2", "rather easy", "2 of 5"),
        ("3", "medium", "3 of 5"),
        ("4", "rather hard", "4 of 5"),
        ("5", "hard", "5 of 5, the signs are faint"),
    )
)
_REPAIRS = _choices(
    {
        "exploratory": "a look at what lies under it",
        "immediate": "a reason, a change of task, a misunderstanding cleared up",
        "either": "both are good ways",
    }
)

"""The page docs/library.md, drawn from the shipped scenarios: what the library as a whole covers."""

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence

from alliance_trainer.analysis.ways import ways
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.model import Response, Scenario
from alliance_trainer.core.vocabulary.markers import MARKERS, RUPTURE_TYPES, RuptureType
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_MEANINGS, OUTCOME_VALUES
from alliance_trainer.core.vocabulary.stages import STAGE_MEANINGS
from alliance_trainer.core.vocabulary.strategies import STRATEGIES
from alliance_trainer.core.vocabulary.traps import TRAPS
from alliance_trainer.reports.markdown import escaped

Library = Sequence[Scenario]

_AGES = {
    "under 20": (0, 19),
    "20 to 29": (20, 29),
    "30 to 39": (30, 39),
    "40 to 49": (40, 49),
    "50 and over": (50, 120),
}
_KINDS: dict[RuptureType, str] = {
    "none": "nothing wrong",
    "withdrawal": "withdrawal",
    "confrontation": "confrontation",
    "mixed": "both at once",
}
_MAINLY = ("withdrawal", "confrontation", "both", "foil")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def page(library: Library) -> str:
    """The whole page; the scenarios in the order in which it is to name them."""
    parts = [
        *_opening(library),
        *_section("The scenarios", _scenarios(library)),
        *_section("Turns, endings and ways", _shapes(library), _WAYS),
        *_section(
            "What goes on in the turns", _turn_kinds(library), "How many turns, by what their markers add up to."
        ),
        *_section("Markers", _markers(library), _OF_MARKERS),
        *_section("Stages", _stages(library), "How many turns stand at each stage of the two models."),
        *_section("Strategies", _strategies(library), "How many responses use each, and in how many scenarios."),
        *_section("Traps", _traps(library), "How many responses are each trap, and in how many scenarios."),
        *_section("Endings", _endings(library), "How many endings have each outcome, and in how many scenarios."),
        *_section("Patients", _patients(library), _OF_PATIENTS),
        *_section("Settings", _places(library, lambda one: one.setting, "setting")),
        *_section("Approaches", _places(library, lambda one: one.approach or "not said", "approach")),
        *_section("Difficulty", _places(library, lambda one: str(one.difficulty), "difficulty, 1 to 5")),
        *_section(
            "Content notes", _notes(library), "What some would rather know of beforehand, and how much room it takes."
        ),
    ]
    return "\n".join(parts) + "\n"


_WAYS = (
    "Two ways differ if anything that was said differs; their number is exact. *Answers* says how many the shortest"
    " way has, and the longest."
)
_OF_MARKERS = "How many turns have each marker, in all and scenario by scenario, and how clear it is there, 1 to 5."
_OF_PATIENTS = (
    "Which patients meet which kinds of rupture, to see whether one group is always made the angry one, or the quiet"
    " one. First their scenarios: *mainly* of one kind where two thirds of the markers are of it; *a foil* where nothing"
    " is wrong unless the therapist makes it so. Then the turns, by what goes on in them."
)


def _opening(library: Library) -> list[str]:
    people = sum(one.reviewed_by != "none" for one in library)
    review = (
        f"A clinician has reviewed {_number(people)} of them (`reviewed_by`)."
        if people
        else "No clinician has reviewed any of them yet (`reviewed_by: none`)."
    )
    return [
        "# The library",
        "",
        *_paragraph(
            f"{_number(len(library)).capitalize()} scenarios come with the program, a file each in `scenarios/`. The"
            f" people in them are invented, and so is all that they say. {review} How the responses are rated is the"
            " authors' view; a supervisor may see it differently, and that is worth a talk."
        ),
        *_paragraph(_totals(library)),
        *_paragraph(
            "This page is drawn from the files: `UPDATE_GOLDEN=1` draws it anew when the tests are run. What the words"
            " mean stands in [format.md](format.md)."
        ),
    ]


def _totals(library: Library) -> str:
    turns = [turn for one in library for turn in one.turns.values()]
    ruptures = sum(turn.rupture != "none" for turn in turns)
    endings = sum(len(one.endings) for one in library)
    ages = [one.patient.age for one in library]
    return (
        f"All in all there are {_number(len(turns))} turns with {len(_responses(library))} responses, and"
        f" {endings} endings. At {ruptures} turns there is a rupture, at {len(turns) - ruptures} nothing is wrong."
        f" The patients are {min(ages)} to {max(ages)} years old."
    )


def _scenarios(library: Library) -> list[str]:
    head = ("scenario", "patient", "what it is about", "setting", "approach", "difficulty")
    return _table(
        head,
        (
            (
                _code(one.id),
                escaped(", ".join([one.patient.name, str(one.patient.age), one.patient.pronouns or "not said"])),
                escaped(one.summary),
                escaped(one.setting),
                escaped(one.approach or "not said"),
                one.difficulty,
            )
            for one in library
        ),
    )


def _shapes(library: Library) -> list[str]:
    head = ("scenario", "ruptures met", "turns", "endings", "best ending", "ways", "answers")
    return _table(head, (_shape(one) for one in library))


def _shape(scenario: Scenario) -> tuple[object, ...]:
    counted = ways(compile_scenario(scenario))
    best = max(scenario.endings.values(), key=lambda ending: ending.value)
    met = {turn.rupture for turn in scenario.turns.values()}
    return (
        _code(scenario.id),
        ", ".join(_KINDS[kind] for kind in RUPTURE_TYPES if kind in met and kind != "none") or "none",
        len(scenario.turns),
        len(scenario.endings),
        f"{_code(best.outcome)} (worth {best.value})",
        "without end" if counted.paths is None else f"{counted.paths:,}",
        f"{counted.shortest} to {counted.longest or 'any number'}",
    )


def _turn_kinds(library: Library) -> list[str]:
    rows = [(_code(one.id), *_kinds([one])) for one in library]
    return _table(("scenario", *_KINDS.values()), [*rows, ("**all**", *_kinds(library))])


def _kinds(library: Iterable[Scenario]) -> list[int]:
    """How many turns of each kind of rupture, in the order of RUPTURE_TYPES."""
    met = [turn.rupture for one in library for turn in one.turns.values()]
    return [met.count(kind) for kind in RUPTURE_TYPES]


def _markers(library: Library) -> list[str]:
    head = ("marker", "turns", "clarity", *(escaped(one.id) for one in library))
    return _table(head, (_marker(library, name) for name in MARKERS))


def _marker(library: Library, name: str) -> tuple[object, ...]:
    found = [[m.clarity for turn in one.turns.values() for m in turn.markers if m.id == name] for one in library]
    clarity = [value for of in found for value in of]
    span = f"{min(clarity)} to {max(clarity)}" if clarity else ""
    return (_code(name), len(clarity), span, *(len(of) or "" for of in found))


def _stages(library: Library) -> list[str]:
    rows = []
    for name, meaning in STAGE_MEANINGS.items():
        met = {one.id: sum(turn.stage == name for turn in one.turns.values()) for one in library}
        rows.append((_code(name), escaped(meaning), sum(met.values()), _counted(met)))
    return _table(("stage", "means", "turns", "scenarios"), rows)


def _strategies(library: Library) -> list[str]:
    known = [(name, f"{one.kind}: {one.meaning}") for name, one in STRATEGIES.items()]
    return _of_responses(library, "strategy", known, lambda response: response.uses)


def _traps(library: Library) -> list[str]:
    return _of_responses(library, "trap", TRAPS.items(), lambda response: [response.trap] if response.trap else [])


def _of_responses(
    library: Library, kind: str, known: Iterable[tuple[str, str]], named: Callable[[Response], Iterable[str]]
) -> list[str]:
    """One row a word, with how many responses have it and in how many scenarios."""
    rows = []
    for name, meaning in known:
        each = [sum(name in named(response) for response in _responses([one])) for one in library]
        rows.append((_code(name), escaped(meaning), sum(each), sum(map(bool, each))))
    return _table((kind, "means", "responses", "scenarios"), rows)


def _endings(library: Library) -> list[str]:
    rows = []
    for name, meaning in OUTCOME_MEANINGS.items():
        each = [sum(ending.outcome == name for ending in one.endings.values()) for one in library]
        rows.append((_code(name), escaped(meaning), OUTCOME_VALUES[name], sum(each), sum(map(bool, each))))
    return _table(("outcome", "means", "worth", "endings", "scenarios"), rows)


def groups(library: Library) -> dict[str, list[Scenario]]:
    """The scenarios by the pronouns and by the ages of their patients; each stands in one group of both kinds."""
    pronouns = sorted({one.patient.pronouns or "not said" for one in library})
    found = {word: [one for one in library if (one.patient.pronouns or "not said") == word] for word in pronouns}
    for name, (least, most) in _AGES.items():
        found[name] = [one for one in library if least <= one.patient.age <= most]
    return {name: of for name, of in found.items() if of}


def _patients(library: Library) -> list[str]:
    scenarios = ("mainly withdrawal", "mainly confrontation", "both alike", "a foil")
    head = ("patients", "how many", *scenarios, *(f"turns: {kind}" for kind in _KINDS.values()))
    rows = ((escaped(name), len(of), *_mainly_counts(of), *_kinds(of)) for name, of in groups(library).items())
    return _table(head, rows)


def _mainly_counts(library: Iterable[Scenario]) -> list[int]:
    found = [mainly(one) for one in library]
    return [found.count(kind) for kind in _MAINLY]


def mainly(scenario: Scenario) -> str:
    """Of which kind the scenario is: a foil, or the kind of two thirds of its markers, or both."""
    if any(ending.outcome == "worked-on" for ending in scenario.endings.values()):
        return "foil"
    types: list[str] = [MARKERS[marker.id].type for turn in scenario.turns.values() for marker in turn.markers]
    most = max(("withdrawal", "confrontation"), key=types.count)
    return most if 3 * types.count(most) >= 2 * len(types) else "both"


def _places(library: Library, of: Callable[[Scenario], str], kind: str) -> list[str]:
    """One row a value, with the scenarios that have it."""
    values = sorted({of(one) for one in library})
    listed = {value: [_code(one.id) for one in library if of(one) == value] for value in values}
    return _table((kind, "scenarios"), ((escaped(value), ", ".join(ids)) for value, ids in listed.items()))


def _notes(library: Library) -> list[str]:
    topics = sorted({note.topic for one in library for note in one.content_notes}, key=str.casefold)
    rows = []
    for topic in topics:
        levels = [(one.id, note.level) for one in library for note in one.content_notes if note.topic == topic]
        rows.append((escaped(topic), ", ".join(f"{_code(name)} ({level})" for name, level in levels)))
    return _table(("topic", "scenarios"), rows)


def _responses(library: Iterable[Scenario]) -> list[Response]:
    return [response for one in library for turn in one.turns.values() for response in turn.responses.values()]


def _counted(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{_code(name)} {number}" for name, number in numbers.items() if number)


def _section(title: str, table: list[str], words: str = "") -> list[str]:
    return [f"## {title}", "", *(_paragraph(words) if words else []), *table, ""]


def _paragraph(words: str) -> list[str]:
    return [*textwrap.wrap(words, 119, break_on_hyphens=False, break_long_words=False), ""]


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> list[str]:
    return [_row(head), "|---" * len(head) + "|", *map(_row, rows)]


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _code(word: str) -> str:
    """A word of the format, or an id: small letters, digits and hyphens, so that nothing in it needs an escape."""
    return f"`{word}`"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)

"""What each key of the format is for, and a line that shows it: for hints, editors and the authoring guide.

Beside `model`, which defines what is allowed; a test holds the two together.
"""

import msgspec
from pydantic import BaseModel

from alliance_trainer.core import model


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One key: what it is for, and a line of YAML that shows it."""

    meaning: str
    example: str


def _note(meaning: str, example: str) -> Note:
    return Note(meaning=meaning, example=example)


Part = type[BaseModel]

PARTS: dict[tuple[str, ...], tuple[Part, str]] = {
    (): (model.Scenario, "a scenario"),
    ("patient",): (model.Patient, "the patient"),
    ("alliance",): (model.Alliance, "the alliance"),
    ("variables", "*"): (model.Variable, "a variable"),
    ("content_notes", "*"): (model.ContentNote, "a content note"),
    ("turns", "*"): (model.Turn, "a turn"),
    ("turns", "*", "patient", "*"): (model.Beat, "a beat"),
    ("turns", "*", "markers", "*"): (model.Marker, "a marker"),
    ("turns", "*", "responses", "*"): (model.Response, "a response"),
    ("turns", "*", "responses", "*", "reply", "*"): (model.Beat, "a beat"),
    ("turns", "*", "responses", "*", "to", "*"): (model.Route, "an entry of `to`"),
    ("endings", "*"): (model.Ending, "an ending"),
    ("endings", "*", "patient", "*"): (model.Beat, "a beat"),
    ("tests", "*"): (model.Expectation, "a test"),
    ("tests", "*", "scores", "*"): (model.ScoreRange, "a range of scores"),
}
"""Where each part of the format stands (`*` is any id or place in a list), and what it is called."""

GUIDE: dict[Part, dict[str, Note]] = {
    model.Scenario: {
        "format": _note("The version of the format, always 1.", "format: 1"),
        "id": _note("The scenario's name for programs, the same as the file's name. For ever.", "id: its-fine"),
        "title": _note("The title that trainees see.", "title: It's fine"),
        "summary": _note(
            "One or two sentences for the list of scenarios.",
            "summary: A widower says a slip does not matter.",
        ),
        "language": _note("The language of the texts, as a code.", "language: en"),
        "authors": _note("Who wrote it.", "authors: [A. Author]"),
        "reviewed_by": _note("The clinician who reviewed it; none until one really has.", "reviewed_by: none"),
        "approach": _note("The therapeutic approach, in your words.", "approach: person-centred"),
        "setting": _note("Where and how they meet, in your words.", "setting: in person"),
        "session": _note("Which session this is, 1 to 999.", "session: 4"),
        "difficulty": _note("How hard it is, 1 (easy) to 5 (hard).", "difficulty: 2"),
        "repair": _note("What the rupture needs: immediate, exploratory, or either.", "repair: exploratory"),
        "content_notes": _note(
            "Topics that some would rather know of before.",
            "content_notes: [{topic: grief, level: mentioned}]",
        ),
        "objectives": _note(
            "What can be practised here, one line each.",
            "objectives: [Own a slip without asking for comfort]",
        ),
        "patient": _note("The person the trainee meets.", "patient: {name: Marcus, age: 45}"),
        "briefing": _note(
            "What the trainee knows before the first turn.", "briefing: You have just used the wrong name."
        ),
        "alliance": _note(
            "Where the alliance stands at the start.",
            "alliance: {bond: 60, task: 60, goal: 60, tension: 1, trust: 3}",
        ),
        "variables": _note(
            "Numbers of your own that conditions can read.",
            "variables: {apologies: {start: 0, min: 0, max: 3}}",
        ),
        "start": _note("The id of the first turn.", "start: slip"),
        "turns": _note("The turns, each under its own id.", "turns:"),
        "endings": _note("The endings, each under its own id.", "endings:"),
        "tests": _note(
            "Ways through the scenario that `check` plays, and what must come of them.",
            "tests: {mends-it: {choose: [own-the-slip, stay], ending: repaired}}",
        ),
    },
    model.Patient: {
        "name": _note("What the patient is called.", "name: Marcus"),
        "age": _note("How old the patient is, 3 to 120.", "age: 45"),
        "pronouns": _note("How to speak of the patient.", "pronouns: he/him"),
        "background": _note("What the therapist knows of the patient.", "background: Lost his wife two years ago."),
    },
    model.Alliance: {
        "bond": _note("The bond at the start, 0 to 100.", "bond: 60"),
        "task": _note("Agreement on what to do, 0 to 100.", "task: 60"),
        "goal": _note("Agreement on what for, 0 to 100.", "goal: 60"),
        "tension": _note("The tension at the start, 0 to 5.", "tension: 1"),
        "trust": _note("The trust at the start, 0 to 5.", "trust: 3"),
    },
    model.Variable: {
        "start": _note("Its value at the start.", "start: 0"),
        "min": _note("The lowest value it can have.", "min: 0"),
        "max": _note("The highest value it can have.", "max: 3"),
    },
    model.ContentNote: {
        "topic": _note("The topic, in a few neutral words.", "topic: grief"),
        "level": _note("How much room it takes: mentioned, discussed or central.", "level: mentioned"),
    },
    model.Turn: {
        "patient": _note("What the patient does: one text, or a list of beats.", "patient: It's fine. Really."),
        "responses": _note("What the therapist can say, each under its own id.", "responses:"),
        "inside": _note(
            "What goes on in the patient; shown only in the debrief.", "inside: He felt she was erased again."
        ),
        "stage": _note("The stage of the resolution model, or none.", "stage: W0"),
        "markers": _note("The rupture markers here; an empty list means no rupture.", "markers: [wd-denial]"),
        "notice": _note("Whether `what do you notice?` is asked here.", "notice: true"),
        "weight": _note("How much the turn counts, 1 to 10.", "weight: 1"),
    },
    model.Marker: {
        "id": _note("Which marker it is.", "id: wd-denial"),
        "clarity": _note("How clear it is, 1 to 5.", "clarity: 3"),
        "significance": _note("How much it matters, 1 to 5.", "significance: 4"),
    },
    model.Beat: {
        "says": _note("What the patient says.", "says: It's fine. Really."),
        "shows": _note("What can be seen.", "shows: looks at the door"),
        "silence": _note("A silence of so many seconds; written, never waited.", "silence: 5"),
        "when": _note("Only then is this beat shown.", "when: trust >= 3"),
    },
    model.Response: {
        "says": _note("The words of the therapist.", "says: I got her name wrong with you just now."),
        "why": _note("Why this response is good or not, for the debrief.", "why: Names the act and leaves room."),
        "to": _note("The id of the turn or ending it leads to, or a list of such with conditions.", "to: opening-up"),
        "when": _note("Only then is it on offer.", "when: apologies < 2"),
        "rates": _note("What it is worth, -2 to +2 for each skill.", "rates: {recognition: 2, nondefensiveness: 1}"),
        "uses": _note("The resolution strategies it uses.", "uses: [rs-acknowledge-contribution]"),
        "trap": _note("The trap it is: good words, bad function.", "trap: under-detection"),
        "stance": _note("Whether the therapist moves away or against here.", "stance: away"),
        "harm": _note("1 if it plausibly worsens the rupture, 2 if it is a breach.", "harm: 0"),
        "reply": _note("What the patient does at once, before the next turn.", "reply: He looks up."),
        "effects": _note(
            "How it changes the alliance and your variables; left out, a default rule applies.",
            "effects: {bond: +6, tension: -1}",
        ),
    },
    model.Route: {
        "when": _note("Only then does it lead there.", "when: tension >= 3"),
        "to": _note("The id of the turn or ending it leads to.", "to: thinner"),
    },
    model.Ending: {
        "outcome": _note("How good the ending is.", "outcome: resolved"),
        "debrief": _note("What this ending means, for the trainee.", "debrief: The slip was heard and mended."),
        "title": _note("A name for the ending.", "title: Heard"),
        "patient": _note("The patient's last words or acts.", "patient: Thank you for saying her name."),
    },
    model.Expectation: {
        "choose": _note("The responses to give, in order, by their ids.", "choose: [own-the-slip, stay]"),
        "ending": _note("The ending it must come to.", "ending: repaired"),
        "turns": _note("Turns that must be met in this order; others may come between.", "turns: [slip, opening-up]"),
        "scores": _note(
            "For a skill, between which percentages its score must lie.",
            "scores: {responsibility: {at_least: 80}}",
        ),
    },
    model.ScoreRange: {
        "at_least": _note("The lowest percentage allowed, 0 to 100.", "at_least: 80"),
        "at_most": _note("The highest percentage allowed, 0 to 100.", "at_most: 40"),
    },
}
"""For each part its keys."""


class Guide(msgspec.Struct, frozen=True, kw_only=True):
    """The guide of one kind of file: where its parts stand, and for each part its keys."""

    parts: dict[tuple[str, ...], tuple[Part, str]]
    keys: dict[Part, dict[str, Note]]

    def part_at(self, path: tuple[str, ...]) -> tuple[Part, str] | None:
        """The part of the format that stands at a path, with its name; None if none does."""
        for pattern, found in self.parts.items():
            if len(pattern) == len(path) and all(
                wanted in ("*", step) for wanted, step in zip(pattern, path, strict=True)
            ):
                return found
        return None


SCENARIO_GUIDE = Guide(parts=PARTS, keys=GUIDE)

"""What each key of a file of moments is for, and a line that shows it; beside `vignettes`, as `field_guide` is."""

from alliance_trainer.core import model, vignettes
from alliance_trainer.core.field_guide import GUIDE, Guide, Note, Part

MOMENT_PARTS: dict[tuple[str, ...], tuple[Part, str]] = {
    (): (vignettes.MomentFile, "a file of moments"),
    ("moments",): (vignettes.MomentSet, "the set of moments"),
    ("moments", "items", "*"): (vignettes.Vignette, "a moment"),
    ("moments", "items", "*", "patient", "*"): (model.Beat, "a beat"),
    ("moments", "items", "*", "markers", "*"): (model.Marker, "a marker"),
    ("moments", "items", "*", "content_notes", "*"): (model.ContentNote, "a content note"),
}
"""Where each part stands (`*` is any id or place in a list), and what it is called."""


def _note(meaning: str, example: str) -> Note:
    return Note(meaning=meaning, example=example)


MOMENT_KEYS: dict[Part, dict[str, Note]] = {
    vignettes.MomentFile: {
        "format": _note("The version of the format, always 1.", "format: 1"),
        "moments": _note("The moments of this file; the key that tells it from a scenario.", "moments:"),
    },
    vignettes.MomentSet: {
        "title": _note("The title that trainees see.", "title: First sessions"),
        "items": _note("The moments, each under its own id.", "items:"),
        "language": GUIDE[model.Scenario]["language"],
        "authors": GUIDE[model.Scenario]["authors"],
        "reviewed_by": GUIDE[model.Scenario]["reviewed_by"],
    },
    vignettes.Vignette: {
        "context": _note(
            "One to three sentences: who, which session, what was just said or done.",
            'context: Lena, 41, third session. You have just said: "That sounds hard."',
        ),
        "patient": _note("What the patient does: one text, or a list of beats.", "patient: It's fine. Really."),
        "markers": _note(
            "The rupture markers here; an empty list means that nothing is wrong: a foil.",
            "markers: [{id: wd-denial, clarity: 2}]",
        ),
        "foil": _note(
            "Only with an empty list of markers: what it is, though it may look like a rupture.",
            "foil: honest-disagreement",
        ),
        "why": _note(
            "What in words and signs shows it, and what it could be mistaken for.",
            "why: He agrees before she has finished, and looks at the door.",
        ),
        "content_notes": GUIDE[model.Scenario]["content_notes"],
    },
    model.Marker: GUIDE[model.Marker],
    model.Beat: {name: note for name, note in GUIDE[model.Beat].items() if name != "when"},
    model.ContentNote: GUIDE[model.ContentNote],
}
"""For each part its keys."""

MOMENT_GUIDE = Guide(parts=MOMENT_PARTS, keys=MOMENT_KEYS)

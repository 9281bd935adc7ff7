"""What the format of moments refuses beyond that of scenarios, as findings: codes AT064 to AT066."""

from collections.abc import Callable

from alliance_trainer.core.findings import Finding
from alliance_trainer.core.suggestions import possible
from alliance_trainer.core.vocabulary.moments import FOIL_KINDS
from alliance_trainer.scenario_files.schema_trouble import Trouble


def _foil_with_markers(trouble: Trouble) -> Finding:
    message = "This moment has markers and is called a foil: it can only be one of the two."
    hint = "Delete `foil` if something is wrong between the two, or write  markers: []  if nothing is."
    return trouble.finding("AT064", message, hint, path=(*trouble.path, "foil"))


def _foil_missing(trouble: Trouble) -> Finding:
    message = "This moment has no markers, and does not say what it is instead."
    hint = f"Name its markers, or write `foil:` and its kind. {possible(FOIL_KINDS)}"
    return trouble.finding("AT065", message, hint, path=(*trouble.path, "markers"), part="key")


def _beat_when(trouble: Trouble) -> Finding:
    message = "A beat has a condition, but a moment stands alone: nothing was said or chosen before it."
    path = (*trouble.path, "patient", str(trouble.context["beat"]), "when")
    return trouble.finding("AT066", message, "Delete `when`, or delete the beat.", path=path, part="key")


HANDLERS: dict[str, Callable[[Trouble], Finding | None]] = {
    "foil_with_markers": _foil_with_markers,
    "foil_missing": _foil_missing,
    "beat_when": _beat_when,
}
"""By the model's kinds of error."""

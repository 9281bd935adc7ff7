"""A draft of a scenario that does not hold: what is wrong is left out or filled in, to find more in the same run."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from alliance_trainer.core.field_guide import SCENARIO_GUIDE
from alliance_trainer.core.model import Scenario
from alliance_trainer.scenario_files.diagnostics import Diagnostic
from alliance_trainer.scenario_files.tree import Tree

_ROUNDS = 4  # a repair can bring out what was hidden before: an empty beat, a list with nothing left in it
_FILLED: dict[tuple[str, ...], Tree] = {
    ("format",): "1",
    ("id",): "draft",
    ("patient",): {"name": "Draft", "age": "30"},
    ("patient", "age"): "30",
}
_ALWAYS_TRUE = "bond >= 0"
# Without one of these the graph or the names are unknown, and every further finding would be a guess.
_NOT_TO_BE_GUESSED = frozenset({"turns", "endings", "responses", "variables", "start", "to"})


def has_clear_names(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether nothing is missing that has names: of a key that is there twice, the second is not in the tree."""
    repeated = (one.path.split(".") for one in diagnostics if one.code == "AT031")
    return all(_NOT_TO_BE_GUESSED.isdisjoint(path[-2:]) for path in repeated)


def salvage(tree: Tree) -> Scenario | None:
    """The scenario as far as it can be read; None where its turns, responses or ways are in doubt."""
    draft = _copied(tree)
    for _ in range(_ROUNDS):
        try:
            return Scenario.model_validate(draft)
        except ValidationError as error:
            for item in error.errors(include_url=False, include_context=False):
                if not _mend(draft, item["type"], item["loc"]):
                    return None
    return None


def _copied(tree: Tree) -> Any:
    match tree:
        case dict():
            return {key: _copied(value) for key, value in tree.items()}
        case list():
            return [_copied(item) for item in tree]
        case _:
            return tree


def _mend(draft: Any, kind: str, loc: tuple[int | str, ...]) -> bool:
    """Mend one problem in the draft; false where that would be a guess."""
    loc = loc[: loc.index("[key]")] if "[key]" in loc else loc
    if kind == "extra_forbidden":
        parent = _at(draft, loc[:-1])
        return isinstance(parent, dict) and parent.pop(str(loc[-1]), None) is not None
    required: tuple[dict[str, Tree], tuple[str, ...]] | None = None
    for parent, path, optional in _fields_around(draft, loc):
        if path[-1] in _NOT_TO_BE_GUESSED:
            break
        if path[-1] == "when":
            parent["when"] = _ALWAYS_TRUE
            return True
        if optional:
            parent.pop(path[-1], None)
            return True
        required = required or (parent, path)
    return required is not None and _fill(*required)


def _fields_around(draft: Any, loc: tuple[int | str, ...]) -> list[tuple[dict[str, Tree], tuple[str, ...], bool]]:
    """The format's fields on the way to a place, the innermost first: parent, path, whether it is optional."""
    found = []
    for length in range(len(loc), 0, -1):
        path = tuple(str(step) for step in loc[:length])
        part = SCENARIO_GUIDE.part_at(path[:-1])
        parent = _at(draft, loc[: length - 1])
        if part and path[-1] in part[0].model_fields and isinstance(parent, dict):
            found.append((parent, path, not part[0].model_fields[path[-1]].is_required()))
    return found


def _fill(parent: dict[str, Tree], path: tuple[str, ...]) -> bool:
    """Put something sound there; every text is different, so that no rule takes two for a repetition."""
    text = "partly" if path[-1] == "outcome" else f"Draft of {'.'.join(path)}"[-200:]
    parent[path[-1]] = _FILLED.get(path, text)
    return True


def _at(draft: Any, loc: tuple[int | str, ...]) -> Any:
    """What stands at a place of the draft; None where the author's short form ends before it."""
    for step in loc:
        in_dict = isinstance(draft, dict) and step in draft
        in_list = isinstance(draft, list) and isinstance(step, int) and step < len(draft)
        if not (in_dict or in_list):
            return None
        draft = draft[step]
    return draft

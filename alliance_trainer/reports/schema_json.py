"""The published JSON Schema of the format, for editors: drawn from the model that validates, with its guide.

It is about what an editor's YAML parser makes of a file: numbers for numbers, true and false. Four rules are
beyond it, and `check` alone holds them: the language of conditions, the place of conditions in `to`, the
order of a variable's numbers, and everything that joins one part of a file to another.
"""

import json
from typing import Any

from alliance_trainer.core.field_guide import GUIDE, Note, Part
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.moment_guide import MOMENT_KEYS
from alliance_trainer.core.scalars import ID_PATTERN
from alliance_trainer.core.vignettes import MomentFile
from alliance_trainer.core.vocabulary.skills import RATED

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_ID = "alliance-trainer:scenario:1"
MOMENTS_SCHEMA_ID = "alliance-trainer:moments:1"

Node = dict[str, Any]

_EDITOR_ID = ID_PATTERN.replace("^", "^(?!(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$)")
_NOTES: dict[Part, dict[str, Note]] = {**MOMENT_KEYS, **GUIDE}  # a beat as in scenarios: with its condition
_PARTS: dict[str, dict[str, Note]] = {part.__name__: notes for part, notes in _NOTES.items()}
_ONE_THING = [{"required": ["says"]}, {"required": ["shows"]}, {"required": ["silence"]}]


def schema_json(*, moments: bool = False) -> str:
    """The JSON Schema (draft 2020-12) of scenarios, or of files of moments, as text with a line end."""
    return json.dumps(moments_schema() if moments else schema(), indent=2, ensure_ascii=True) + "\n"


def schema() -> Node:
    """The JSON Schema of scenarios as plain data."""
    root, parts = _drawn(Scenario.model_json_schema())
    parts["Response"]["properties"]["rates"]["propertyNames"] = {"enum": list(RATED)}
    _or_bare_id(parts, "Turn")
    return _whole(SCHEMA_ID, "Scenario of the alliance trainer, format 1", root, parts)


def moments_schema() -> Node:
    """The JSON Schema of files of moments as plain data."""
    root, parts = _drawn(MomentFile.model_json_schema())
    del parts["Beat"]["properties"]["when"]  # a moment stands alone: there is nothing to ask about
    _or_bare_id(parts, "Vignette")
    parts["Vignette"]["oneOf"] = [
        {"properties": {"markers": {"minItems": 1}}, "not": {"required": ["foil"]}},
        {"properties": {"markers": {"maxItems": 0}}, "required": ["foil"]},
    ]
    return _whole(MOMENTS_SCHEMA_ID, "Moments of the alliance trainer, format 1", root, parts)


def _drawn(drawn: Node) -> tuple[Node, dict[str, Node]]:
    """What the model drew, tidied: the root, and the parts by name."""
    definitions: dict[str, Node] = drawn.pop("$defs", {})
    root = _tidy(drawn, definitions)
    parts = {name: _tidy(part, definitions) for name, part in list(definitions.items())}
    parts |= {name: _tidy(part, definitions) for name, part in definitions.items() if name not in parts}
    parts["Beat"]["oneOf"] = _ONE_THING
    return root, parts


def _or_bare_id(parts: dict[str, Node], owner: str) -> None:
    """A marker may be written as its bare id."""
    markers = parts[owner]["properties"]["markers"]
    markers["items"] = {"anyOf": [parts["Marker"]["properties"]["id"], markers["items"]]}


def _whole(name: str, title: str, root: Node, parts: dict[str, Node]) -> Node:
    return {"$schema": DIALECT, "$id": name, **root, "title": title, "$defs": dict(sorted(parts.items()))}


def _tidy(node: Node, definitions: dict[str, Node]) -> Node:
    """A part of the drawn schema without what only programs need, with what authors need."""
    tidied = {
        name: _tidied_value(name, value, definitions)
        for name, value in node.items()
        if not (name == "title" and "properties" not in node) and not (name == "default" and value in (None, []))
    }
    if "patternProperties" in tidied:
        tidied["patternProperties"] = {_EDITOR_ID: tidied["patternProperties"][ID_PATTERN]}
        tidied["additionalProperties"] = False
    if tidied.get("pattern") == ID_PATTERN:
        tidied["pattern"] = _EDITOR_ID
    if tidied.get("type") == "boolean":
        del tidied["type"]
        tidied["enum"] = [True, False, "yes", "no"]
    for name, note in _PARTS[node["title"]].items() if "properties" in node else ():
        described = {"description": f"{note.meaning} For example: {note.example}"}
        tidied["properties"][name] = tidied["properties"][name] | described
    return tidied


def _tidied_value(name: str, value: Any, definitions: dict[str, Node]) -> Any:
    match name, value:
        case (("properties" | "patternProperties"), dict()):
            return {key: _without_null(_tidy(item, definitions)) for key, item in value.items()}
        case "anyOf", list():
            return [_by_name(item, definitions) for item in value]
        case _, dict():
            return _tidy(value, definitions)
        case _:
            return value


def _by_name(item: Node, definitions: dict[str, Node]) -> Node:
    """A part that the model has drawn in place, moved to the definitions."""
    if "properties" in item:
        name = item["title"]
        definitions.setdefault(name, item)
        return {"$ref": f"#/$defs/{name}"}
    return _tidy(item, definitions)


def _without_null(node: Node) -> Node:
    """YAML's empty value means a forgotten text to the format, never none."""
    kept = [item for item in node.get("anyOf", []) if item != {"type": "null"}]
    if len(kept) == len(node.get("anyOf", [])):
        return node
    rest = {name: value for name, value in node.items() if name != "anyOf"}
    return rest | (kept[0] if len(kept) == 1 else {"anyOf": kept})

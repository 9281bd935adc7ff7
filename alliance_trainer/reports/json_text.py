"""JSON as every command writes it: indented for people, escaped for terminals, the same bytes everywhere."""

import json
from collections.abc import Mapping


def json_text(data: Mapping[str, object]) -> str:
    """The data as indented ASCII JSON with a line end: no byte of any text can act on a terminal."""
    return json.dumps(data, indent=2, ensure_ascii=True, allow_nan=False) + "\n"

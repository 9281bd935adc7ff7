"""A finding: one problem in a scenario, naming its place by the path in the scenario.

The loader alone knows which line and column a path is (`scenario_files.tree`), so rules stay pure.
"""

from typing import Literal

import msgspec

Severity = Literal["error", "warning"]
Part = Literal["value", "key"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One problem.

    `code` is stable and never reused (AT and three digits). `path` leads from the scenario's root to the
    place, e.g. ("turns", "slip", "responses", "own-the-slip", "to"); list items are named by their index
    as text. `part` says whether the key or the value at the path is meant. `offset` counts characters
    into a one-line value, where the trouble is inside it; `word` names it where only its spelling is known.
    """

    code: str
    severity: Severity
    path: tuple[str, ...]
    message: str
    hint: str = ""
    part: Part = "value"
    offset: int | None = None
    word: str = ""

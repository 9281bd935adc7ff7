"""What the list of scenarios shows of a file, read from the part above its turns where that is possible."""

import re
from pathlib import Path

import msgspec
from pydantic import ValidationError

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.model import Scenario
from alliance_trainer.scenario_files.loader import load, read_file
from alliance_trainer.scenario_files.parsing import parse_yaml

_AT_THE_MARGIN = re.compile(rb"^[^\s#][^\r\n]*", re.M)
# What stands below the header, for the model: it is the header alone that is read.
_REST = {
    "start": "turn",
    "turns": {"turn": {"patient": "-", "responses": {"response": {"says": "-", "why": "-", "to": "ending"}}}},
    "endings": {"ending": {"outcome": "partly", "debrief": "-"}},
}


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the library. `scenario` has everything but its real turns and endings; None if broken."""

    id: str
    path: Path
    scenario: Scenario | None

    @property
    def title(self) -> str:
        """The title, or the id of a file that cannot be read."""
        return self.scenario.title if self.scenario else self.id


def read_header(path: Path) -> Header:
    """The header of a file; never raises: a file that cannot be opened or read is a broken one."""
    try:
        data = read_file(path)
    except UsageError:
        return Header(id=path.stem, path=path, scenario=None)
    return Header(id=path.stem, path=path, scenario=_from_top(data) or load(data, str(path)).scenario)


def _from_top(data: bytes) -> Scenario | None:
    """The header, if all of it stands above the turns; None where only the whole file can tell.

    Below, only turns and endings may stand: a content note there must not be overlooked.
    """
    lines = list(_AT_THE_MARGIN.finditer(data))
    names = [line.group().split(b":")[0].strip() for line in lines]
    if b"turns" not in names or set(names[names.index(b"turns") :]) - {b"turns", b"endings"}:
        return None
    parsed = parse_yaml(data[: lines[names.index(b"turns")].start()], "header")
    if not isinstance(parsed.tree, dict) or parsed.diagnostics:
        return None
    try:
        return Scenario.model_validate({**parsed.tree, **_REST})
    except ValidationError:
        return None

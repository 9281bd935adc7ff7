"""The bytes of a scenario file to a scenario, with every problem of the YAML and of the format in one run.

A line in a wrong column, or set in with a tab, is the exception: what lies in what is unknown then, and only the YAML's
problems are told.

A file of moments is read by the same rules; its key `moments` tells it apart.
"""

import os
import stat
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace
from pydantic import ValidationError

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.findings import Finding
from alliance_trainer.core.model import Scenario
from alliance_trainer.scenario_files import limits
from alliance_trainer.scenario_files.diagnostics import MOST_SHOWN, Diagnostic
from alliance_trainer.scenario_files.limits import MOST_BYTES
from alliance_trainer.scenario_files.parsing import parse_yaml
from alliance_trainer.scenario_files.placing import placed
from alliance_trainer.scenario_files.tree import Parsed, Positions, Tree

if TYPE_CHECKING:  # json and hashes, which `check` does without
    from alliance_trainer.core.identity import Identity
    from alliance_trainer.core.vignettes import MomentFile
    from alliance_trainer.scenario_files.refused import Refused

SUFFIXES = limits.SUFFIXES

# Never wait for a pipe's other end; Windows has no such flag, but would translate line ends without O_BINARY.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Loaded(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What became of a file.

    `scenario` is there if nothing in the YAML or the format is an error; an id that is not the file's name
    does not prevent it. Else `draft` may be there: the scenario with what is wrong left out or filled in,
    good only for finding further problems in the same run. `moments` is there in place of a scenario if the file
    is a sound one of moments.
    """

    file: str
    positions: Positions
    scenario: Scenario | None
    draft: Scenario | None
    diagnostics: tuple[Diagnostic, ...]
    moments: "MomentFile | None" = None

    @property
    def text(self) -> str:
        """The file as its author wrote it."""
        return self.positions.source.written

    @property
    def has_errors(self) -> bool:
        """Whether a diagnostic is an error, not only a warning."""
        return any(diagnostic.severity == "error" for diagnostic in self.diagnostics)

    @cached_property
    def identity(self) -> "Identity | None":
        """The hashes of the scenario, taken when they are asked for; None without a scenario."""
        from alliance_trainer.core.identity import identify  # `check` does without

        return identify(self.scenario) if self.scenario else None

    def with_findings(self, findings: Iterable[Finding]) -> "Loaded":
        """The same with further findings (of lint) placed among the diagnostics."""
        found = [placed(finding, self.positions, self.file) for finding in findings]
        return replace(self, diagnostics=in_order((*self.diagnostics, *found)))


def load(data: bytes, file: str, *, expected_id: str | None = None) -> Loaded:
    """Read a scenario; never raises, whatever the bytes.

    `file` is the name that diagnostics carry. The id must be `expected_id` where one is given.
    """
    parsed = parse_yaml(data, file)
    broken = any(diagnostic.severity == "error" for diagnostic in parsed.diagnostics)
    if _holds_moments(parsed.tree):
        return _moments(parsed, file, broken=broken)
    scenario, refusal = _validated(parsed)
    findings: tuple[Finding, ...] = ()
    draft = _draft(scenario, parsed) if broken else None
    if refusal is not None:
        parsed, findings, draft = refusal.parsed, refusal.findings, refusal.draft
    if scenario and expected_id is not None and scenario.id != expected_id:
        from alliance_trainer.scenario_files.schema_problems import name_differs  # only where something is wrong

        findings = (*findings, name_differs(scenario.id, expected_id))
    return Loaded(
        file=file,
        positions=parsed.positions,
        scenario=None if broken else scenario,
        draft=draft,
        diagnostics=_joined(parsed, findings, file),
    )


def load_path(path: Path) -> Loaded:
    """Read the scenario in a file, whose name must be its id.

    Raises UsageError if there is no such file, it is not an ordinary one, or it cannot be read.
    """
    expected = path.stem if path.suffix in SUFFIXES else None
    return load(read_file(path), str(path), expected_id=expected)


def read_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of an ordinary file, at most one more than it may have (a scenario's most, if not told); never blocks.

    Raises UsageError if there is no such file, it is not an ordinary one, or it cannot be read.
    """
    try:
        _refuse_unless_ordinary(path, path.stat().st_mode)
        handle = os.open(path, _OPEN_FLAGS)
        with os.fdopen(handle, "rb") as file:
            _refuse_unless_ordinary(path, os.fstat(handle).st_mode)  # it may have been exchanged meanwhile
            return file.read(most + 1)
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.", _similar(path)) from None
    except PermissionError:
        hint = "Ask its owner for access, or copy it to a folder of your own."
        raise UsageError(f"The file {path} may not be read.", hint) from None
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "this is no file name"
        raise UsageError(f"The file {str(path)!r} cannot be read: {reason}.") from None


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in the order of the file; the first 50 of them, the last one saying so."""
    ordered = sorted(diagnostics, key=lambda item: (item.line, item.column, item.code))
    if len(ordered) > MOST_SHOWN:
        last = ordered[MOST_SHOWN - 1]
        more = f"(There are more problems in this file; only the first {MOST_SHOWN} are shown.)"
        hint = last.hint if more in last.hint else f"{last.hint} {more}".strip()
        ordered[MOST_SHOWN - 1 :] = [replace(last, hint=hint)]
    return tuple(ordered)


def _holds_moments(tree: Tree | None) -> bool:
    """Whether a file is one of moments; its key may be misspelt, but then what it holds must be like it."""
    if not isinstance(tree, dict) or "turns" in tree:
        return False
    if "moments" in tree:
        return True
    alike = [key for key, value in tree.items() if isinstance(value, dict) and "items" in value]
    if not alike:
        return False
    from alliance_trainer.core.suggestions import nearest  # only where something is wrong

    return any(nearest(key, ("moments",)) for key in alike[:MOST_SHOWN])


def _moments(parsed: Parsed, file: str, *, broken: bool) -> Loaded:
    """What became of a file of moments. It has no id of its own: its name is what its moments are found by."""
    from alliance_trainer.scenario_files.moment_reading import validated  # few files are of this kind

    moments, refusal = validated(parsed)
    findings: tuple[Finding, ...] = ()
    if refusal is not None:
        parsed, findings = refusal.parsed, refusal.findings
    return Loaded(
        file=file,
        positions=parsed.positions,
        scenario=None,
        draft=None,
        diagnostics=_joined(parsed, findings, file),
        moments=None if broken else moments,
    )


def _validated(parsed: Parsed) -> tuple[Scenario | None, "Refused | None"]:
    if parsed.tree is None:
        return None, None
    try:
        return Scenario.model_validate(parsed.tree), None
    except ValidationError as error:
        from alliance_trainer.scenario_files.refused import refused  # only where something is wrong

        return None, refused(error, parsed)


def _draft(scenario: Scenario | None, parsed: Parsed) -> Scenario | None:
    """What the model accepts of a file whose YAML has errors, unless these hide names."""
    from alliance_trainer.scenario_files.salvage import has_clear_names  # only where something is wrong

    return scenario if has_clear_names(parsed.diagnostics) else None


def _joined(parsed: Parsed, findings: Iterable[Finding], file: str) -> tuple[Diagnostic, ...]:
    """All diagnostics; of the format's, those on a line that the YAML is wrong on are its consequences."""
    wrong = {diagnostic.line for diagnostic in parsed.diagnostics if diagnostic.severity == "error"}
    found = (placed(finding, parsed.positions, file) for finding in findings)
    return in_order((*parsed.diagnostics, *(item for item in found if item.line not in wrong)))


def _refuse_unless_ordinary(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise UsageError(f"{path} is a folder, not a scenario.", "Name a file in it that ends in .yaml.")
    if not stat.S_ISREG(mode):
        raise UsageError(f"{path} is a pipe or a device, not an ordinary file.", "Save it as a file first.")


def _similar(path: Path) -> str:
    from alliance_trainer.core.suggestions import did_you_mean  # only where something is wrong

    try:
        beside = [other.name for other in path.parent.iterdir() if other.suffix in SUFFIXES]
    except OSError:
        return "Its folder does not exist, or cannot be read: check the path."
    return did_you_mean(path.name, beside) or "Check the spelling and the folder you are in."

"""Findings put in their places less the warnings that comments silence: only for files that have such comments."""

from collections.abc import Iterable

from msgspec.structs import replace

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.lint import moment_runner, runner
from alliance_trainer.lint.proof_rules import too_many_situations
from alliance_trainer.scenario_files.loader import Loaded, in_order
from alliance_trainer.scenario_files.pages import pages
from alliance_trainer.scenario_files.placing import placed
from alliance_trainer.scenario_files.silencing import Register, silenced

_ONLY_WITH_KEY = frozenset(f"AT{number}" for number in range(110, 130))
"""Codes that a run without `--key` does not look for."""


def settle(loaded: Loaded, findings: Iterable[Finding]) -> Loaded:
    """What was read, with further findings among its diagnostics, less what comments in the file silence."""
    found = tuple(placed(finding, loaded.positions, loaded.file) for finding in findings)
    known: dict[str, Severity] = dict.fromkeys(_ONLY_WITH_KEY, "warning")
    known |= {page.code: page.severity for page in (*pages(), *runner.pages(), *moment_runner.pages())}
    # Where not all ways could be looked at, what was not found may still be there.
    proved = all(one.code != too_many_situations.CODE for one in found)
    register = Register(known=known, unsure=_ONLY_WITH_KEY if proved else _ONLY_WITH_KEY | known.keys())
    diagnostics = silenced((*loaded.diagnostics, *found), loaded.positions.source, register)
    return replace(loaded, diagnostics=in_order(diagnostics))

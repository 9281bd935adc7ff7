"""Scenarios for playing: found by id or path, read, and refused with one clear message if they cannot be played."""

from collections.abc import Iterable
from pathlib import Path

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.findings import Finding
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint import runner
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.loader import Loaded


def checked(loaded: Loaded, *, key: bool = False) -> Loaded:
    """What was read, with the findings of the rules among its diagnostics, less what comments silence.

    With `key` the rules about the key are run too, which takes a second.
    """
    findings: tuple[Finding, ...] = ()
    if loaded.scenario is not None:
        findings = (*runner.run(loaded.scenario), *(_of_key(loaded.scenario) if key else ()))
    elif loaded.draft is not None:
        findings = runner.run_on_draft(loaded.draft)
    elif loaded.moments is not None:
        from alliance_trainer.lint import moment_runner  # few files are of this kind

        findings = moment_runner.run(loaded.moments)
    return settled(loaded, findings)


def _of_key(scenario: Scenario) -> tuple[Finding, ...]:
    from alliance_trainer.lint import key_runner  # with numpy: a plain check does without

    return key_runner.judge(scenario)


def settled(loaded: Loaded, findings: Iterable[Finding]) -> Loaded:
    """What was read, with further findings among its diagnostics, less what comments in the file silence."""
    if "#" not in loaded.text or "ignore" not in loaded.text.lower():
        return loaded.with_findings(findings)
    from alliance_trainer.cli.silence import settle  # few files have such a comment

    return settle(loaded, findings)


def open_playable(name: str, libraries: tuple[Path, ...]) -> tuple[Loaded, bytes]:
    """The scenario meant by an id or a path, and its bytes.

    Raises UsageError if there is none, it cannot be read, or it has errors.
    """
    from alliance_trainer.scenario_files import library  # `check`, which shares this module, does without

    path = library.find(name, libraries)
    data = loader.read_file(path)
    loaded = checked(loader.load(data, str(path), expected_id=path.stem))
    if loaded.moments is not None:
        raise UsageError(f"{path} holds moments, not a scenario.", "They are for:  alliance-trainer spot")
    errors = [one for one in loaded.diagnostics if one.severity == "error"]
    if errors or loaded.scenario is None:
        first = f" The first: line {errors[0].line}: {errors[0].message}" if errors else ""
        count = "a mistake" if len(errors) == 1 else f"{len(errors)} mistakes"
        raise UsageError(
            f"{path} has {count} and cannot be played.{first}", f"See all with: alliance-trainer check {path}"
        )
    return loaded, data

"""The command verify: which claims about recorded attempts and packs hold."""

from collections.abc import Iterable
from pathlib import Path

from alliance_trainer.cli.pack_keys import key_files
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.words import one_of
from alliance_trainer.cohort.assessment.claims import Verifier, unused, verify_pack
from alliance_trainer.cohort.assessment.unpacking import Keys
from alliance_trainer.core.errors import UsageError
from alliance_trainer.journal.receipt import listed, normal
from alliance_trainer.scenario_files.packs.key import open_key
from alliance_trainer.scenario_files.packs.pack import is_pack
from alliance_trainer.terminal.claims_screen import claims_blocks
from alliance_trainer.terminal.door import open_door

FAILING = 1
"""Exit code where a claim does not hold."""

_LONGEST_LIST = 1 << 20


def verify(settings: Settings, paths: list[Path], receipts: list[str], keys: list[Path], form: str) -> int:
    """The command `verify`. Raises UsageError for what cannot be read or is no receipt, key or pack."""
    form = one_of(form, ("text", "json"), "--format")
    codes = tuple(dict.fromkeys(code for each in receipts for code in _codes(each)))
    known = Keys(keys=tuple(open_key(path) for path in _keys(keys)))
    packs = [verify_pack(path, known) for path in paths if is_pack(path)]
    attempts = Verifier(codes, known).verify(path for path in paths if not is_pack(path))
    left = unused(codes, attempts)
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    if form == "json":
        from alliance_trainer.reports import json_text, verify_json  # the screen does without

        door.raw(json_text.json_text(verify_json.verify_data(attempts, packs, left)))
    else:
        for block in claims_blocks(attempts, packs, left):
            door.show(block)
    failing = any(one.claims.failing for one in attempts) or any(pack.key.state == "fails" for pack in packs)
    return FAILING if failing else 0


def _keys(paths: Iterable[Path]) -> list[Path]:
    """The key files; one that is named itself is taken whatever its name."""
    return [found for path in paths for found in (key_files([path]) if path.is_dir() else [path])]


def _codes(given: str) -> tuple[str, ...]:
    """The receipt, or those in the file of this name."""
    if (code := normal(given)) is not None:
        return (code,)
    path = Path(given)
    try:
        if not path.is_file() or path.stat().st_size > _LONGEST_LIST:
            raise UsageError(
                f"{given[:60]!r} is no receipt, and no list of them.", "A receipt looks like this: VJ7O-NU4D-DIQ6-YNPV"
            )
        found = listed(path.read_text(encoding="utf-8", errors="replace"))
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise UsageError(f"the list of receipts {given[:200]} cannot be read.", "Name another file.") from error
    if not found:
        raise UsageError(f"there is no receipt in {given}.", "A receipt looks like this: VJ7O-NU4D-DIQ6-YNPV")
    return found

"""The scenario that belongs to a recorded attempt."""

from pathlib import Path

from alliance_trainer.cli.scenarios import open_playable
from alliance_trainer.core.errors import DamagedDataError, UsageError
from alliance_trainer.core.model import Scenario
from alliance_trainer.journal.events import Header
from alliance_trainer.journal.store import Store
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.packs import pack

COPIES = (".yaml", pack.SUFFIX)
"""The suffixes of copies of what was played: scenario files, and packs of one scenario."""


def played_scenario(kept: Store, header: Header, libraries: tuple[Path, ...]) -> Scenario:
    """The scenario as it was when the attempt began: the copy kept with it, else the library's if it is the same.

    A KeylessScenario if it was played from a pack. Raises DamagedDataError if neither can be had.
    """
    data = kept.scenario(header.scenario.sha256)
    loaded = loader.load(data, header.scenario.id) if data is not None else None
    if loaded is not None and loaded.identity and loaded.identity.sha256 == header.scenario.sha256:
        assert loaded.scenario is not None
        return loaded.scenario
    packed = kept.scenario(header.scenario.sha256, pack.SUFFIX)
    if packed is not None and (found := pack.in_copy(packed, header.scenario.sha256)) is not None:
        return found
    try:
        loaded, _ = open_playable(header.scenario.id, libraries)
    except UsageError:
        loaded = None
    if loaded is not None and loaded.identity and loaded.identity.sha256 == header.scenario.sha256:
        assert loaded.scenario is not None
        return loaded.scenario
    raise DamagedDataError(
        f"the copy of the scenario {header.scenario.id!r} ({header.scenario.sha256[:8]}) that belongs to this attempt "
        "is missing or damaged. The attempt itself is as it was.",
        f"Restore {kept.folder / 'scenarios'} from a backup, or put the same version into a --library folder.",
    )

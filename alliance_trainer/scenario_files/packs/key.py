"""The key file: what an instructor keeps of a pack, to read what was played and to show that the key is the old one."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.keyless import commitment
from alliance_trainer.core.model import Scenario
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.packs.pack import MOST_SCENARIOS, Hex, Line, OpaqueId, UnreadableError, decoded

FORMAT = "alliance-trainer/pack-key"
VERSION = 1
SUFFIX = ".key"
MOST_BYTES = 80 << 20
"""A key file may have 80 MiB: it holds the scenarios as they were."""

Id = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9-]{0,63}\Z")]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class KeyedScenario(_Part, frozen=True, kw_only=True):
    """One scenario of the pack: what its ids stand for, and the scenario itself.

    `id` and `packed` are its id and its content's hash in the pack. `sha256` is the hash of the scenario, and
    `graph`, `text` and `key` are its parts. `places` and `endings` give the turn and the ending that an id of the
    pack stands for, `responses` the turn and the response. `source`: the scenario file.
    """

    id: OpaqueId
    packed: Hex
    scenario: Id
    sha256: Hex
    graph: Hex
    text: Hex
    key: Hex
    places: dict[OpaqueId, Id]
    responses: dict[OpaqueId, tuple[Id, Id]]
    endings: dict[OpaqueId, Id]
    source: str


class Key(_Part, frozen=True, kw_only=True):
    """A key file. `salt` and `secret` are 32 random bytes each, as hex digits."""

    format: str = FORMAT
    version: int = VERSION
    app: Line
    title: Line
    commitment: Hex
    salt: Hex
    secret: Hex
    scenarios: Annotated[tuple[KeyedScenario, ...], Meta(min_length=1, max_length=MOST_SCENARIOS)]


def committed(scenarios: Iterable[KeyedScenario]) -> list[dict[str, Any]]:
    """What the commitment fixes: of each scenario what its ids stand for and its hashes, so through `key` all ratings.

    `packed` is left out, since it depends on the commitment.
    """
    return [
        {name: value for name, value in msgspec.structs.asdict(one).items() if name not in ("packed", "source")}
        for one in scenarios
    ]


def promised(key: Key) -> str:
    """The commitment that belongs to what the key file holds now, 64 hex digits."""
    return commitment(bytes.fromhex(key.salt), committed(key.scenarios))


def changed(key: Key) -> str | None:
    """What is not as it was when the pack was made, as the end of a sentence; None if all is."""
    if promised(key) != key.commitment:
        return "it is not the key that the pack was made with: something in it was changed"
    for one in key.scenarios:
        if true_scenario(one) is None:
            return f"the scenario {one.scenario!r} in it is not as it was when the pack was made"
    return None


def true_scenario(one: KeyedScenario) -> Scenario | None:
    """The scenario with its key; None if it is not what its hash says."""
    loaded = loader.load(one.source.encode(errors="replace"), one.scenario)
    identity = loaded.identity
    if loaded.scenario is None or identity is None or loaded.scenario.id != one.scenario:
        return None
    stated = (one.sha256, one.graph, one.text, one.key)
    return loaded.scenario if stated == (identity.sha256, identity.graph, identity.text, identity.key) else None


def is_key(path: Path) -> bool:
    """Whether a path is that of a key file, by its name."""
    return path.suffix.lower() == SUFFIX


def open_key(path: Path) -> Key:
    """The key in a file, not yet proved. Raises UsageError, in one line, for whatever is no key file."""
    try:
        key = decoded(loader.read_file(path, MOST_BYTES), Key, FORMAT, VERSION, "key file", MOST_BYTES)
    except UnreadableError as error:
        raise UsageError(f"{path} cannot be used: {error}.", "Take the .key file that `pack` wrote.") from None
    assert isinstance(key, Key)
    return key


def encode(key: Key) -> bytes:
    """The key as the bytes of a file."""
    return msgspec.json.format(msgspec.json.encode(key, order="deterministic"), indent=1) + b"\n"

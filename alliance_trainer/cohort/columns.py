"""Scored attempts as columns: some ninety bytes each, whatever the number of files they came from."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, cast, get_args

import numpy as np
from numpy.typing import NDArray

from alliance_trainer.cohort.scored import VersionNote
from alliance_trainer.core.scoring import CardStatus

Array = NDArray[Any]

STATUSES: tuple[CardStatus, ...] = get_args(CardStatus)
VERSIONS: tuple[VersionNote, ...] = get_args(VersionNote)
COMPLETE = STATUSES.index("complete")

UNTOLD = np.iinfo(np.int64).max
"""The column `started` where the attempt does not say when: behind all others."""

_ID_BYTES = 32
_TOGETHER = 1 << 16  # so many ids at a time: more would take more memory and be no faster
_LONG = b"\xff"  # begins the column's entry of an id that does not fit; no text begins so
_USUAL = "2026-11-02T09:14:00Z"
_UNUSUAL = "?" * len(_USUAL)
_DIGITS = [place for place, letter in enumerate(_USUAL) if letter.isdigit()]
_SIGNS = [place for place, letter in enumerate(_USUAL) if not letter.isdigit()]
_USUAL_SIGNS = np.array([ord(_USUAL[place]) for place in _SIGNS], dtype=np.uint8)
_WEIGHTS = 1000 * 10 ** np.arange(len(_DIGITS) - 1, -1, -1, dtype=np.int64)
_TYPES: dict[str, Any] = {
    "id": "S1",
    "trainee": np.int32,
    "occasion": np.int32,
    "started": np.int64,
    "file": np.int32,
    "line": np.int32,
    "target": np.int32,
    "version": np.uint8,
    "status": np.uint8,
    "ending": np.int16,
    "trace": np.uint64,
    "answers": np.uint16,
    "kinds": np.uint16,
}


@dataclass(kw_only=True, eq=False)
class Columns:
    """One entry an attempt, but for `kinds`, which has `answers` entries for each, one way after the other.

    `trainee`, `occasion` and `target` count in lists that lie elsewhere. `id`: see `keys_of`. `started`: see
    `times`. `line` from 1, 0 for a journal. `version` counts in VERSIONS, `status` in STATUSES, `ending` in the
    scenario's endings (-1: none). `trace`: see `traces`. `answers` and `kinds` (see `kinds.Kinds`) are of the scored
    answers of complete attempts; all others have none.
    """

    id: Array
    trainee: Array
    occasion: Array
    started: Array
    file: Array
    line: Array
    target: Array
    version: Array
    status: Array
    ending: Array
    trace: Array
    answers: Array
    kinds: Array

    def __len__(self) -> int:
        return len(self.id)

    @classmethod
    def of(cls, **columns: Any) -> "Columns":
        """Columns from lists or arrays, in as few bytes as they need."""
        kinds = np.asarray(columns.pop("kinds"))
        wide = kinds.dtype.itemsize > 2 and bool((kinds >= 1 << 16).any())
        keys = {name: columns.pop(name) for name in ("id", "trainee")}
        made = {name: np.asarray(column, dtype=_TYPES[name]) for name, column in columns.items()}
        return cls(**keys, **made, kinds=kinds.astype(np.uint32 if wide else np.uint16))

    @classmethod
    def empty(cls) -> "Columns":
        """No attempts."""
        return cls(**{name: np.zeros(0, dtype=of) for name, of in _TYPES.items()})


def joined(parts: Sequence[Columns]) -> Columns:
    """Columns one behind the other. The parts are left empty, so that never two copies of all are there."""
    if len(parts) == 1:
        return parts[0]
    made = {}
    for field in fields(Columns):
        pieces = [getattr(part, field.name) for part in parts]
        made[field.name] = np.concatenate(pieces) if pieces else np.zeros(0, dtype=_TYPES[field.name])
        for part in parts:
            setattr(part, field.name, None)
    return Columns(**made)


def keys_of(names: Iterable[str]) -> tuple[Array, dict[bytes, str]]:
    """For each id or pseudonym what stands for it in an array; and those that are too long, by what stands for them."""
    keys = list(map(str.encode, names))
    longest = max(map(len, keys), default=0)
    if longest <= _ID_BYTES and b"\0" not in b"".join(keys):  # numpy drops zero bytes at the end
        return np.array(keys, dtype="S"), {}
    long = {}
    for place, key in enumerate(keys):
        if len(key) > _ID_BYTES or b"\0" in key:
            keys[place] = _LONG + hashlib.sha256(key).digest()[: _ID_BYTES - 1].replace(b"\0", b"\1")
            long[keys[place]] = key.decode()
    return np.array(keys, dtype="S"), long


def counted(keys: Array) -> tuple[Array, Array]:
    """The different keys, and for each key its place among them."""
    mix = mixed(keys)
    _, firsts, places = np.unique(mix, return_index=True, return_inverse=True)
    distinct = keys[firsts]
    if not bool((distinct[places] == keys).all()):  # different keys with one number: next to never
        distinct, places = np.unique(keys, return_inverse=True)
    return distinct, places.astype(np.int32)


def times(started: Sequence[str | None]) -> NDArray[np.int64]:
    """When attempts were started, as numbers that sort like the times (20261102091400000 in UTC), or UNTOLD."""
    padded = cast("Sequence[str]", started)
    if None in started or set(map(len, padded)) != {len(_USUAL)}:
        padded = [text if text and len(text) == len(_USUAL) else _UNUSUAL for text in started]
    letters = np.frombuffer("".join(padded).encode("ascii", "replace"), dtype=np.uint8).reshape(-1, len(_USUAL))
    digits = letters[:, _DIGITS] - np.uint8(ord("0"))  # below 0 goes round: too large as well
    usual = (letters[:, _SIGNS] == _USUAL_SIGNS).all(axis=1) & (digits <= 9).all(axis=1)
    numbers: NDArray[np.int64] = digits @ _WEIGHTS
    for place in np.flatnonzero(~usual).tolist():
        numbers[place] = _time(started[place])
    return numbers


def _time(text: str | None) -> int:
    try:
        when = datetime.fromisoformat(text or "")
        when = when.astimezone(UTC) if when.tzinfo else when
    except (ValueError, OverflowError):
        return int(UNTOLD)
    return int(when.strftime("%Y%m%d%H%M%S")) * 1000 + when.microsecond // 1000


def mixed(ids: Array) -> NDArray[np.uint64]:
    """A number for each id, the same for the same id; different ids seldom share one."""
    mixes = np.zeros(len(ids), dtype=np.uint64)
    for begin in range(0, len(ids), _TOGETHER):
        some = ids[begin : begin + _TOGETHER].astype(f"S{_ID_BYTES}")
        words = some.view(np.uint64).reshape(len(some), _ID_BYTES // 8)
        mix = mixes[begin : begin + _TOGETHER]
        for place in range(words.shape[1]):
            mix ^= words[:, place]
            mix *= np.uint64(0x9E3779B97F4A7C15)
            mix ^= mix >> np.uint64(29)
    return mixes

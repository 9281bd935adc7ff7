"""Ids and pseudonyms as arrays of short texts, however long they are."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_BYTES = 32
_TOGETHER = 1 << 16  # so many at a time: more would take more memory and be no faster
_LONG = b"\xff"  # begins what stands for a text that does not fit; no text begins so
_NUL = "\0"  # parts texts; numpy drops it at their end, so none that has one is taken as it is


class Keys(NamedTuple):
    """What stands in an array for each text; and the texts that are too long for it, by what stands for them."""

    array: Array
    long: Mapping[bytes, str]

    def of(self, rows: Array | slice) -> "Keys":
        """Those of some rows."""
        return Keys(self.array[rows], self.long)

    def text(self, row: int) -> str:
        """The text that a key stands for."""
        key = bytes(self.array[row])
        return self.long.get(key) or key.decode()


NO_KEYS = Keys(np.zeros(0, dtype="S1"), {})


def keys_of(names: Sequence[str]) -> Keys:
    """The keys of texts."""
    return keys_in(_NUL.join(names).encode(), len(names)) or _shortened(list(map(str.encode, names)))


def keys_in(texts: bytes, count: int) -> Keys | None:
    """The keys of so many texts that stand in one, parted by NULs; None if one of them has a NUL itself."""
    if not count:
        return NO_KEYS
    letters = np.frombuffer(texts + b"\0", dtype=np.uint8)
    ends = np.flatnonzero(letters == 0)
    if len(ends) != count:
        return None
    lengths = np.diff(ends, prepend=-1) - 1
    longest = int(lengths.max())
    if longest > _BYTES:
        return _shortened(texts.split(b"\0"))
    wide = max(longest, 1)
    if int(lengths.min()) == wide:
        keys = np.ascontiguousarray(letters.reshape(count, wide + 1)[:, :wide])
    else:
        keys = np.zeros((count, wide), dtype=np.uint8)
        keys[np.arange(wide) < lengths[:, None]] = letters[letters != 0]
    return Keys(keys.view(f"S{wide}")[:, 0], {})


def joined(*parts: Keys) -> Keys:
    """One behind the other."""
    long = {key: text for part in parts for key, text in part.long.items()}
    return Keys(np.concatenate([NO_KEYS.array, *(part.array for part in parts)]), long)


def sorted_texts(keys: Keys) -> tuple[tuple[str, ...], Array]:
    """The different texts that keys stand for, sorted, and for each key the place of its text among them."""
    distinct, places = counted(keys.array)
    if keys.long:
        texts = texts_of(Keys(distinct, keys.long))
        order = np.array(sorted(range(len(texts)), key=texts.__getitem__), dtype=np.int64)
    else:
        order = np.argsort(distinct)  # bytes of UTF-8 sort like the characters
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return texts_of(Keys(distinct[order], keys.long)), place.take(places)


def texts_of(keys: Keys) -> tuple[str, ...]:
    """The texts that keys stand for."""
    if keys.long:
        return tuple(map(keys.text, range(len(keys.array))))
    return tuple(b"\0".join(keys.array.tolist()).decode().split(_NUL)) if len(keys.array) else ()


def _shortened(texts: list[bytes]) -> Keys:
    """The keys of texts of which some are too long, or have a NUL."""
    long = {}
    for place, text in enumerate(texts):
        if len(text) > _BYTES or b"\0" in text:
            texts[place] = _LONG + hashlib.sha256(text).digest()[: _BYTES - 1].replace(b"\0", b"\1")
            long[texts[place]] = text.decode()
    return Keys(np.array(texts, dtype="S"), long)


def counted(keys: Array) -> tuple[Array, Array]:
    """The different keys, and for each key its place among them."""
    mix = mixed(keys)
    order = np.argsort(mix)
    mix = mix[order]
    new = np.ones(len(mix), dtype=bool)
    np.not_equal(mix[1:], mix[:-1], out=new[1:])
    distinct, places = keys[order[new]], np.empty(len(keys), dtype=np.int32)
    places[order] = np.cumsum(new, dtype=np.int32) - 1
    if bool((distinct[places] == keys).all()):
        return distinct, places
    distinct, others = np.unique(keys, return_inverse=True)  # different keys with one number: next to never
    return distinct, others.astype(np.int32)


def mixed(keys: Array) -> NDArray[np.uint64]:
    """A number for each key, the same for the same key; different keys seldom share one."""
    mixes = np.zeros(len(keys), dtype=np.uint64)
    for begin in range(0, len(keys), _TOGETHER):
        some = keys[begin : begin + _TOGETHER].astype(f"S{_BYTES}")
        words = some.view(np.uint64).reshape(len(some), _BYTES // 8)
        mix = mixes[begin : begin + _TOGETHER]
        for place in range(words.shape[1]):
            mix ^= words[:, place]
            mix *= np.uint64(0x9E3779B97F4A7C15)
            mix ^= mix >> np.uint64(29)
    return mixes

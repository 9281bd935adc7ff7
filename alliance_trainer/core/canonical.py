"""Canonical form: one spelling in bytes for each value, so that it can be hashed."""

import hashlib
import json
import unicodedata


def canonical(value: object) -> bytes:
    """Canonical JSON: keys sorted, no spaces, UTF-8 in NFC, whole numbers only.

    Raises TypeError for a float.
    """
    return json.dumps(_composed(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _composed(value: object) -> object:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case dict():
            return {unicodedata.normalize("NFC", str(name)): _composed(item) for name, item in value.items()}
        case list() | tuple():
            return [_composed(item) for item in value]
        case None | bool() | int():
            return value
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")


def digest(value: object) -> str:
    """SHA-256 of the canonical form, 64 hex digits."""
    return hashlib.sha256(canonical(value)).hexdigest()

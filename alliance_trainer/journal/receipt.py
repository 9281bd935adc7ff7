"""The receipt: a short code for a whole record, which any later change to the record changes.

Shown at the end of an attempt and copied by somebody else, it shows later that the record is still the same.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

from alliance_trainer.core.canonical import canonical
from alliance_trainer.journal import events
from alliance_trainer.journal.events import End
from alliance_trainer.journal.scan import Records

_DOMAIN = b"allytrain/1\0"
_BYTES = 10
_CODE = re.compile(r"(?<![A-Z2-7-])[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}(?![A-Z2-7-])")
_LOOK_ALIKES = str.maketrans("018", "OIB")
"""Digits that no code has, to the letters for which somebody copying by hand may take them."""


def chain(header: Mapping[str, object], later: Iterable[Mapping[str, object]]) -> list[bytes]:
    """The hash after each record: SHA-256 over the hash before and the record's canonical form, 32 bytes each.

    Before the first stands a name for this use of SHA-256. The hashes are whole ones, unlike the short checksums in
    the lines of a journal: two records with one short checksum can be made in minutes.
    """
    hashes = [hashlib.sha256(_DOMAIN + canonical(header)).digest()]
    for event in later:
        hashes.append(hashlib.sha256(hashes[-1] + canonical(event)).digest())
    return hashes


def code(last: bytes) -> str:
    """The first 80 bits of the last hash in base32, in four groups of four."""
    signs = base64.b32encode(last[:_BYTES]).decode("ascii")
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def receipt(records: Records) -> str | None:
    """The receipt of a journal, 4 x 4 letters and digits; None without records.

    It is over all records up to the end of the attempt: what may follow (how hard it was) does not change it. Of an
    attempt that goes on it changes with every record. It shows neither who played nor how often.
    """
    if not records:
        return None
    first, *later = (
        events.plain(record.event) | ({"seq": record.seq} if record.seq else {}) for record in _ended(records)
    )
    return code(chain(first, later)[-1])


def _ended(records: Records) -> Records:
    """The records up to the end of the attempt."""
    end = next((number for number, record in enumerate(records) if isinstance(record.event, End)), len(records))
    return records[: end + 1]


def normal(typed: str) -> str | None:
    """A receipt as somebody typed it, in its usual form; None if it cannot be one."""
    signs = re.sub(r"[\s-]", "", typed).upper().translate(_LOOK_ALIKES)
    found = "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))
    return found if _CODE.fullmatch(found) else None


def listed(text: str) -> tuple[str, ...]:
    """All receipts in a text, such as a list of seats, in their order."""
    return tuple(_CODE.findall(text.upper()))

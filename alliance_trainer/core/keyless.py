"""A scenario without its key, as a pack holds it: places to stand at, texts, and ways on; nothing that rates or names.

Its ids say nothing: each is drawn from a secret by HMAC. What decides where an answer leads is not in it either:
every place that can be told apart by playing is a turn of its own, so there are no variables, effects or conditions.
"""

import base64
import hashlib
import hmac
import re
from typing import Annotated, Any

from msgspec.structs import replace
from pydantic import Field

from alliance_trainer.core import engine, order
from alliance_trainer.core.canonical import canonical, digest
from alliance_trainer.core.identity import Identity, identify
from alliance_trainer.core.model import Beat, Ending, Scenario, Turn
from alliance_trainer.core.scalars import Id, Text

MOST_PLACES = 20_000
"""So many places (and so many endings) a scenario in a pack may have."""

_SEPARATOR = "\x1f"
_ID_BYTES = 10
_OPAQUE = re.compile(r"x[a-z2-7]{16}")
_WALKS = 64


class KeylessTurn(Turn):
    """A place: a turn at which it may be that nothing is shown."""

    patient: tuple[Beat, ...]


class KeylessScenario(Scenario):
    """A scenario of a pack. Its turns are places; what a scenario must have besides is filled in with nothing.

    `closing`: what is shown at the end in place of a debrief. `commitment`: 64 hex digits that fix the key.
    """

    turns: dict[Id, Turn] = Field(min_length=1, max_length=MOST_PLACES)
    endings: dict[Id, Ending] = Field(min_length=1, max_length=MOST_PLACES)
    closing: Text
    commitment: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def opaque(secret: bytes, *names: str) -> str:
    """An id that stands for these names: 17 letters and digits, whatever they are, which only the secret explains.

    80 bits of HMAC-SHA-256 in base32; the letter before them makes it an id of the format.
    """
    found = hmac.new(secret, _SEPARATOR.join(names).encode(), hashlib.sha256).digest()
    return "x" + base64.b32encode(found[:_ID_BYTES]).decode().lower()


def is_opaque(name: str) -> bool:
    """Whether a name has the form of the ids in packs."""
    return _OPAQUE.fullmatch(name) is not None


def commitment(salt: bytes, key: Any) -> str:
    """What fixes a key without showing it: SHA-256 over the salt and the key's canonical form, 64 hex digits.

    Raises TypeError for a key with floats in it.
    """
    return hashlib.sha256(salt + canonical(key)).hexdigest()


def identify_keyless(scenario: KeylessScenario) -> Identity:
    """The identity of a scenario in a pack: where the key's hash stands elsewhere, it has the commitment."""
    found = identify(scenario)
    parts = {"graph": found.graph, "text": found.text, "key": scenario.commitment}
    return replace(found, **parts, sha256=digest(parts))


def usual_length(scenario: Scenario) -> int:
    """About how many answers it takes to an ending: no more than this on three of four blind ways; at least 1."""
    return max(1, sorted(_length(scenario, str(seed)) for seed in range(_WALKS))[_WALKS * 3 // 4])


def _length(scenario: Scenario, seed: str) -> int:
    state = engine.begin(scenario)
    for answers in range(engine.TURN_CAP):
        offered = engine.offered(scenario, state)
        if not offered:
            return answers
        first = order.shuffled(f"{seed}{_SEPARATOR}{answers}", state.place, offered)[0]
        state, _ = engine.respond(scenario, state, first)
    return engine.TURN_CAP

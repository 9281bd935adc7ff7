"""The pack: one JSON file with all that is needed to play some scenarios, and nothing that rates what is said."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from pydantic import ValidationError

from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.keyless import MOST_PLACES, KeylessScenario, KeylessTurn, identify_keyless
from alliance_trainer.core.model import Beat, ContentNote, Patient
from alliance_trainer.scenario_files import loader

FORMAT = "alliance-trainer/pack"
VERSION = 1
SUFFIX = ".pack"
MOST_BYTES = 20 << 20
"""A pack may have 20 MiB; more is refused unread."""

MOST_SCENARIOS = 60
_NOTHING = "-"
"""Stands where the format of scenarios wants a text that a pack has not."""

OpaqueId = Annotated[str, Meta(pattern=r"\Ax[a-z2-7]{16}\Z")]
Words = Annotated[str, Meta(min_length=1, max_length=2000)]
Line = Annotated[str, Meta(min_length=1, max_length=200)]
Hex = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Numbers = tuple[Annotated[int, Meta(ge=0, le=39)], ...]
Plain = dict[str, str | int]
"""A beat, a person or a content note, in the keys that scenario files have; read strictly when a scenario is made."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class PackedResponse(_Part, frozen=True, kw_only=True):
    """What can be said at a turn, and all that may be done at once in reply."""

    says: Words
    reply: tuple[Plain, ...]


class PackedTurn(_Part, frozen=True, kw_only=True):
    """The texts of a turn; `asks`: whether "what do you notice?" is asked."""

    asks: bool
    patient: tuple[Plain, ...]
    responses: dict[OpaqueId, PackedResponse]


class PackedWay(_Part, frozen=True, kw_only=True):
    """Which beats of the reply are shown, by their numbers, and the id of the place or ending that comes then."""

    reply: Numbers
    to: OpaqueId


class PackedPlace(_Part, frozen=True, kw_only=True):
    """A turn as it can be met: the beats that are shown there, by their numbers, and the responses on offer."""

    turn: OpaqueId
    patient: Numbers
    on_offer: dict[OpaqueId, PackedWay]


class PackedScenario(_Part, frozen=True, kw_only=True):
    """One scenario without its key."""

    id: OpaqueId
    title: Line
    language: str
    setting: Line
    session: int
    patient: Plain
    briefing: Words
    content_notes: tuple[Plain, ...]
    start: OpaqueId
    turns: dict[OpaqueId, PackedTurn]
    places: Annotated[dict[OpaqueId, PackedPlace], Meta(min_length=1, max_length=MOST_PLACES)]
    endings: Annotated[dict[OpaqueId, tuple[Plain, ...]], Meta(min_length=1, max_length=MOST_PLACES)]


class Pack(_Part, frozen=True, kw_only=True):
    """A pack. `commitment` fixes the key of all its scenarios; `closing` is what is shown at the end of each."""

    format: str = FORMAT
    version: int = VERSION
    app: Line
    title: Line
    closing: Words
    commitment: Hex
    scenarios: Annotated[tuple[PackedScenario, ...], Meta(min_length=1, max_length=MOST_SCENARIOS)]

    def scenario(self, scenario_id: str) -> PackedScenario | None:
        """The scenario of this id."""
        return next((one for one in self.scenarios if one.id == scenario_id), None)

    def only(self, scenario_id: str) -> "Pack":
        """The same pack with this one of its scenarios."""
        return msgspec.structs.replace(self, scenarios=tuple(one for one in self.scenarios if one.id == scenario_id))


class _Named(msgspec.Struct):
    format: str
    version: int


def is_pack(path: Path) -> bool:
    """Whether a path is that of a pack: by its name, or else by what stands at the beginning of the file."""
    if path.suffix.lower() == SUFFIX:
        return True
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return f'"{FORMAT}"'.encode() in file.read(200)
    except (OSError, ValueError):  # ValueError: a null character in the name
        return False


def open_pack(path: Path) -> Pack:
    """The pack in a file. Raises UsageError, in one line, for whatever is no pack."""
    try:
        return read_pack(loader.read_file(path, MOST_BYTES))
    except UnreadableError as error:
        raise UsageError(f"{path} cannot be played: {error}.", "Ask whoever gave it to you for a whole copy.") from None


class UnreadableError(ValueError):
    """Why bytes are no pack or key file, as the end of a sentence."""


def read_pack(data: bytes) -> Pack:
    """The pack that these bytes are. Raises UnreadableError."""
    return refuse_dangling(decoded(data, Pack, FORMAT, VERSION, "pack"))


def decoded(data: bytes, kind: type[Any], form: str, version: int, what: str, most: int = MOST_BYTES) -> Any:
    """Bytes as a value of this kind, if they say so of themselves. Raises UnreadableError."""
    if len(data) > most:
        raise UnreadableError(f"it is larger than {most >> 20} MiB, and no {what} is")
    try:
        named = msgspec.json.decode(data, type=_Named)
        if named.format != form:
            raise UnreadableError(f"it is no {what} of this program")
        if named.version > version:
            raise UnreadableError(f"this {what} needs a newer version of this program")
        return msgspec.json.decode(data, type=kind)
    except UnreadableError:
        raise
    except msgspec.ValidationError as error:
        raise UnreadableError(f"it does not have the form of a {what} ({str(error)[:200]})") from None
    except (ValueError, RecursionError):  # msgspec's errors and UnicodeDecodeError are ValueErrors
        raise UnreadableError(f"it is no {what}, or only a part of one") from None


def refuse_dangling(pack: Pack) -> Pack:
    """The pack, if everything that it names is in it. Raises UnreadableError."""
    if len({one.id for one in pack.scenarios}) < len(pack.scenarios):
        raise UnreadableError("it holds a scenario twice")
    for one in pack.scenarios:
        known = one.places.keys() | one.endings.keys()
        if one.start not in one.places or len(known) < len(one.places) + len(one.endings):
            raise UnreadableError("its places do not fit together")
        for place in one.places.values():
            _refuse_place(one, place, known)
    return pack


def _refuse_place(one: PackedScenario, place: PackedPlace, known: Iterable[str]) -> None:
    turn = one.turns.get(place.turn)
    if turn is None or not place.on_offer or not _within(place.patient, turn.patient):
        raise UnreadableError("a place in it has no turn, or nothing on offer")
    for name, way in place.on_offer.items():
        response = turn.responses.get(name)
        if response is None or way.to not in known or not _within(way.reply, response.reply):
            raise UnreadableError("a way in it leads nowhere")


def _within(numbers: Numbers, beats: tuple[Plain, ...]) -> bool:
    return all(number < len(beats) for number in numbers)


def encode(pack: Pack) -> bytes:
    """The pack as the bytes of a file, always the same for the same pack.

    All that has an opaque id stands in the order of these ids, so that no order tells anything.
    """
    return msgspec.json.format(msgspec.json.encode(pack, order="deterministic"), indent=1) + b"\n"


def keyless(pack: Pack, one: PackedScenario) -> KeylessScenario:
    """One of the pack's scenarios, ready to be played. Raises UnreadableError."""
    try:
        return KeylessScenario.model_validate(_as_scenario(pack, one))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[0]
        raise UnreadableError(f"it does not have the form of a pack ({found['msg']})") from None


def in_copy(data: bytes, sha256: str) -> KeylessScenario | None:
    """The scenario in a copy that was kept of what was played; None if it is not the one with this hash."""
    try:
        pack = read_pack(data)
        found = keyless(pack, pack.scenarios[0])
    except UnreadableError:
        return None
    return found if identify_keyless(found).sha256 == sha256 else None


def _as_scenario(pack: Pack, one: PackedScenario) -> dict[str, Any]:
    beats = {name: [_beat(each) for each in turn.patient] for name, turn in one.turns.items()}
    responses = {
        name: {
            said: (response.says, [_beat(each) for each in response.reply]) for said, response in turn.responses.items()
        }
        for name, turn in one.turns.items()
    }
    return {
        "format": 1,
        "id": one.id,
        "title": one.title,
        "summary": one.title,
        "language": one.language,
        "setting": one.setting,
        "session": one.session,
        "patient": Patient.model_validate(one.patient),
        "briefing": one.briefing,
        "content_notes": [ContentNote.model_validate(note) for note in one.content_notes],
        "start": one.start,
        "turns": {
            name: KeylessTurn.model_validate(
                {
                    "patient": [beats[place.turn][number] for number in place.patient],
                    "notice": one.turns[place.turn].asks,
                    "responses": _on_offer(place, responses[place.turn]),
                }
            )
            for name, place in one.places.items()
        },
        "endings": {name: _ending(shown) for name, shown in one.endings.items()},
        "closing": pack.closing,
        "commitment": pack.commitment,
    }


def _beat(plain: Plain) -> Beat:
    return Beat.model_validate(plain)


def _on_offer(place: PackedPlace, texts: Mapping[str, tuple[str, list[Beat]]]) -> dict[str, Any]:
    return {
        name: {
            "says": texts[name][0],
            **_unless_empty("reply", [texts[name][1][number] for number in way.reply]),
            "why": _NOTHING,
            "effects": {},
            "to": [{"to": way.to}],
        }
        for name, way in place.on_offer.items()
    }


def _ending(beats: tuple[Plain, ...]) -> dict[str, Any]:
    # An outcome must be one of those there are; nothing reads this one.
    return {"outcome": "partly", "debrief": _NOTHING, **_unless_empty("patient", [_beat(each) for each in beats])}


def _unless_empty(name: str, beats: list[Beat]) -> dict[str, Any]:
    """Beats that need not be there must not be there as an empty list."""
    return {name: beats} if beats else {}

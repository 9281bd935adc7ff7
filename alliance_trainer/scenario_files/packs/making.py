"""Making a pack: from scenarios and two secrets to what is given out and what is kept."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from alliance_trainer.analysis.places import Close, Place, Shown, places_of
from alliance_trainer.core.errors import UsageError
from alliance_trainer.core.identity import identify
from alliance_trainer.core.keyless import MOST_PLACES, commitment, identify_keyless, opaque
from alliance_trainer.core.model import Beat, Scenario
from alliance_trainer.scenario_files.packs.key import Key, KeyedScenario, committed
from alliance_trainer.scenario_files.packs.pack import (
    Pack,
    PackedPlace,
    PackedResponse,
    PackedScenario,
    PackedTurn,
    PackedWay,
    Plain,
    keyless,
)

CLOSING = "That was the last answer. There is no comment here: what you said is looked at later. Thank you."
"""What is shown at the end, if the instructor has no other words."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack is to be called and to say at the end, by which version of the program, with which secrets.

    `salt` and `secret` are 32 random bytes each, new for each pack.
    """

    title: str
    closing: str
    app: str
    salt: bytes
    secret: bytes


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A pack, and the key that belongs to it."""

    pack: Pack
    key: Key


Source = tuple[Scenario, str]
"""A scenario without errors, and its file's text."""


def make(sources: Sequence[Source], wanted: Wanted) -> Made:
    """Make a pack of some scenarios with different ids.

    Raises UsageError for a scenario with too many places, or one in which there may be nothing to say.
    """
    titles = _titles([scenario for scenario, _ in sources])
    packers = [_Packer(scenario, wanted.secret) for scenario, _ in sources]
    keyed = [packer.keyed(text) for packer, (_, text) in zip(packers, sources, strict=True)]
    promise = commitment(wanted.salt, committed(keyed))
    pack = Pack(
        app=wanted.app,
        title=wanted.title,
        closing=wanted.closing,
        commitment=promise,
        scenarios=tuple(packer.packed(title) for packer, title in zip(packers, titles, strict=True)),
    )
    key = Key(
        app=wanted.app,
        title=wanted.title,
        commitment=promise,
        salt=wanted.salt.hex(),
        secret=wanted.secret.hex(),
        scenarios=tuple(_with_hash(pack, one) for one in keyed),
    )
    return Made(pack=pack, key=key)


def _with_hash(pack: Pack, one: KeyedScenario) -> KeyedScenario:
    packed = pack.scenario(one.id)
    assert packed is not None
    return msgspec.structs.replace(one, packed=identify_keyless(keyless(pack, packed)).sha256)


def _titles(scenarios: Sequence[Scenario]) -> list[str]:
    """By which names scenarios go in a pack: the patient's, since a title often says what there is to notice."""
    names = [f"{one.patient.name}, session {one.session}" for one in scenarios]
    met: Counter[str] = Counter()
    titles = []
    for name in names:
        met[name] += 1
        titles.append(f"{name} ({met[name]})" if names.count(name) > 1 else name)
    return titles


class _Packer:
    """One scenario on its way into a pack."""

    def __init__(self, scenario: Scenario, secret: bytes) -> None:
        self.scenario = scenario
        self.secret = secret
        found = places_of(scenario)
        if found is None or len(found.places) > MOST_PLACES or len(found.endings) > MOST_PLACES:
            raise UsageError(
                f"{scenario.id} has too many situations that can be told apart by playing, and cannot be packed.",
                "Let fewer conditions depend on each other: alliance-trainer analyze counts the situations.",
            )
        stuck = [place.turn for place in found.places if not place.on_offer]
        if stuck or not found.endings:
            where = f"nothing can be said at the turn {stuck[0]!r} then" if stuck else "no way comes to an ending"
            raise UsageError(f"{scenario.id} cannot be packed: {where}.", "alliance-trainer check says more.")
        self.place_ids = [self._id("place", str(number)) for number in range(len(found.places))]
        self.ending_ids = [self._id("ending", str(number)) for number in range(len(found.endings))]
        self.places = dict(zip(self.place_ids, found.places, strict=True))
        self.endings = dict(zip(self.ending_ids, found.endings, strict=True))
        self.met: dict[str, list[Place]] = {}
        for one in found.places:
            self.met.setdefault(one.turn, []).append(one)

    def _id(self, *names: str) -> str:
        return opaque(self.secret, self.scenario.id, *names)

    def _said(self, turn: str, response: str) -> str:
        return self._id("response", turn, response)

    def packed(self, title: str) -> PackedScenario:
        """The scenario as the pack has it."""
        scenario = self.scenario
        return PackedScenario(
            id=self._id("scenario"),
            title=title,
            language=scenario.language,
            setting=scenario.setting,
            session=scenario.session,
            patient=scenario.patient.model_dump(exclude_none=True),
            briefing=scenario.briefing,
            content_notes=tuple(note.model_dump() for note in scenario.content_notes),
            start=self.place_ids[0],
            turns={self._id("turn", name): self._turn(name) for name in self.met},
            places={name: self._place(one) for name, one in self.places.items()},
            endings={name: self._ending(one) for name, one in self.endings.items()},
        )

    def keyed(self, source: str) -> KeyedScenario:
        """What the ids stand for; the hash of what is in the pack is not known yet."""
        identity = identify(self.scenario)
        return KeyedScenario(
            id=self._id("scenario"),
            packed=identity.sha256,
            scenario=self.scenario.id,
            sha256=identity.sha256,
            graph=identity.graph,
            text=identity.text,
            key=identity.key,
            places={name: one.turn for name, one in self.places.items()},
            responses={self._said(*given): given for given in self._given()},
            endings={name: one.ending for name, one in self.endings.items()},
            source=source,
        )

    def _given(self) -> set[tuple[str, str]]:
        return {(turn, name) for turn, places in self.met.items() for one in places for name in one.on_offer}

    def _turn(self, name: str) -> PackedTurn:
        """The texts of a turn, without those that nobody can come to see."""
        turn = self.scenario.turns[name]
        replies = self._replies(name)
        responses = {
            self._said(name, said): PackedResponse(
                says=turn.responses[said].says, reply=_beats(turn.responses[said].reply, seen)
            )
            for said, seen in replies.items()
        }
        return PackedTurn(
            asks=turn.notice,
            patient=_beats(turn.patient, self._seen(name)),
            responses=responses,
        )

    def _seen(self, turn: str) -> Shown:
        return _together(place.patient for place in self.met[turn])

    def _replies(self, turn: str) -> dict[str, Shown]:
        names = dict.fromkeys(name for place in self.met[turn] for name in place.on_offer)
        return {
            name: _together(place.on_offer[name].reply for place in self.met[turn] if name in place.on_offer)
            for name in names
        }

    def _place(self, place: Place) -> PackedPlace:
        replies = self._replies(place.turn)
        ids = (*self.place_ids, *self.ending_ids)
        ways = {
            self._said(place.turn, name): PackedWay(reply=_among(replies[name], way.reply), to=ids[way.to])
            for name, way in place.on_offer.items()
        }
        return PackedPlace(
            turn=self._id("turn", place.turn),
            patient=_among(self._seen(place.turn), place.patient),
            on_offer=ways,
        )

    def _ending(self, close: Close) -> tuple[Plain, ...]:
        return _beats(self.scenario.endings[close.ending].patient, close.patient)


def _together(shown: Iterable[Shown]) -> Shown:
    return tuple(sorted({number for each in shown for number in each}))


def _among(seen: Shown, shown: Shown) -> Shown:
    """The numbers that beats have once those that nobody sees are left out."""
    return tuple(seen.index(number) for number in shown)


def _beats(beats: Sequence[Beat], shown: Shown) -> tuple[Plain, ...]:
    return tuple(beats[number].model_dump(exclude_none=True, exclude={"when"}) for number in shown)

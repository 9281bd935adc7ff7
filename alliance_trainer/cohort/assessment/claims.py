"""What can be shown of a recorded attempt, claim by claim; and of a pack."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from alliance_trainer.cohort.assessment import plausible
from alliance_trainer.cohort.assessment.unpacking import Keys
from alliance_trainer.cohort.reading.sources import find_files, is_journal, nothing_in
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.course import Course
from alliance_trainer.core.errors import IllegalStepError, TrainerError
from alliance_trainer.core.keyless import is_opaque
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.replay import replay
from alliance_trainer.journal.attempt_files import BadRecord, read_attempts
from alliance_trainer.journal.events import Header
from alliance_trainer.journal.families import ATTEMPTS, FAMILIES
from alliance_trainer.journal.interchange import to_attempt
from alliance_trainer.journal.receipt import receipt
from alliance_trainer.journal.scan import Clean, Records, Scanned, TornTail, describe, is_finished, scan
from alliance_trainer.scenario_files import loader
from alliance_trainer.scenario_files.packs import key as key_files
from alliance_trainer.scenario_files.packs import pack as packs

State = Literal["holds", "fails", "not checked"]
NOT_SHOWN = ("who played", "whether it was played once")
"""What no record can show, however it is checked."""

_LARGEST = 64 << 20
_OTHERS = {family.folder for family in FAMILIES if family is not ATTEMPTS}
"""Folders of journals that are of no attempt."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one thing holds; `reason` says why not, or why it was not checked, as the end of a sentence."""

    state: State
    reason: str = ""


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """The claims about one attempt.

    `unaltered`: it is the record whose receipt was given. `chain`: the record is whole in itself. `key`: the key is
    the one that the pack was made with. `path`: each answer could be given where it was given.
    """

    unaltered: Claim
    chain: Claim
    key: Claim
    path: Claim

    @property
    def failing(self) -> bool:
        """Whether one of them does not hold."""
        return any(claim.state == "fails" for claim in (self.unaltered, self.chain, self.key, self.path))


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt with its claims and remarks; what cannot be read of it is None.

    `scenario` is the true one's id where a key tells it. `receipt` is there once it is finished. `seed` decides the
    order of lines, and says which sitting it belongs to where one was announced.
    """

    file: str
    claims: Claims
    attempt: str | None = None
    trainee: str | None = None
    scenario: str | None = None
    mode: str | None = None
    status: str | None = None
    seed: str | None = None
    started: str | None = None
    receipt: str | None = None
    remarks: tuple[str, ...] = ()


class VerifiedPack(msgspec.Struct, frozen=True, kw_only=True):
    """A pack: what it is called, and whether the key given is the one it was made with."""

    file: str
    title: str
    commitment: str
    key: Claim


def _no(reason: str) -> Claim:
    return Claim(state="fails", reason=reason)


def _unchecked(reason: str) -> Claim:
    return Claim(state="not checked", reason=reason)


HOLDS = Claim(state="holds")


def _chain(scanned: Scanned, records: Records) -> Claim:
    """Whether the record is whole in itself. Lines that are cut off cleanly at its end show by the missing end only."""
    if not isinstance(scanned, Clean) and getattr(scanned, "whole", None) is None:
        return _no(f"it {describe(scanned)}")
    return HOLDS if is_finished(records) else _unchecked("it has no end, so nothing shows whether lines are missing")


class Verifier:
    """Checks attempts against receipts and keys."""

    def __init__(self, codes: Collection[str], keys: Keys) -> None:
        self._codes = codes
        self._keys = keys
        self._played: dict[str, Attempt] = {}
        self._changed: dict[str, str | None] = {}  # by a scenario's id: proving a key takes a while
        self._copies: dict[tuple[Path, str], Scenario | None] = {}

    def verify(self, paths: Iterable[Path]) -> list[Verified]:
        """All attempts in and below the paths.

        Raises UsageError for a path that does not exist, and for folders without any attempt.
        """
        found: list[Verified] = []
        places = list(paths)
        for file in find_files(places):
            if isinstance(file, BadRecord):
                found.append(_unreadable(file.file, file.reason))
            elif file.parent.name in _OTHERS:
                continue
            elif is_journal(file):
                found += self._journal(file)
            else:
                found += self._lines(file)
        if places and not found and all(path.is_dir() for path in places):
            raise nothing_in(places)
        beside = plausible.among(self._played)
        return [replace(one, remarks=(*one.remarks, *beside.get(one.file, ()))) for one in found]

    def _journal(self, file: Path) -> list[Verified]:
        try:
            scanned = scan(file.read_bytes()) if file.stat().st_size <= _LARGEST else None
        except OSError as error:
            return [_unreadable(str(file), f"the file cannot be read ({error.strerror or 'unknown reason'})")]
        if scanned is None:
            return [_unreadable(str(file), "it is larger than any journal")]
        records = scanned.records
        if isinstance(scanned, TornTail) and scanned.whole is not None:
            records = (*records, scanned.whole)
        header = records[0].event if records else None
        if not isinstance(header, Header):
            return [] if records else [_unreadable(str(file), f"it {describe(scanned)}")]
        return [self._attempt(file, scanned, records, header)]

    def _attempt(self, file: Path, scanned: Scanned, records: Records, header: Header) -> Verified:
        attempt = to_attempt(records)
        path, course = self._path(attempt, header, file)
        whole = isinstance(scanned, Clean | TornTail)
        code = receipt(records) if whole and is_finished(records) else None
        told = self._keys.translated(attempt)
        self._played[str(file)] = told
        remarks = plausible.of_record(records)
        if course is not None and (remark := plausible.hurried(course, told)) is not None:
            remarks.append(remark)
        return Verified(
            file=str(file),
            claims=Claims(
                unaltered=self._unaltered(code),
                chain=_chain(scanned, records),
                key=self._key(header),
                path=path if whole else _unchecked("the record is damaged"),
            ),
            attempt=header.attempt,
            trainee=header.trainee,
            scenario=told.scenario,
            mode=header.mode,
            status=attempt.status,
            seed=header.seed,
            started=header.started,
            receipt=code,
            remarks=tuple(remarks),
        )

    def _unaltered(self, code: str | None) -> Claim:
        if not self._codes:
            return _unchecked("no receipt was given (--receipt)")
        if code is None:
            return _no("it has no receipt, since it is not finished or not whole")
        if code not in self._codes:
            return _no(f"code mismatch: its receipt is {code}, and none of those given")
        return HOLDS

    def _key(self, header: Header) -> Claim:
        if not is_opaque(header.scenario.id):
            return _unchecked("it was not played from a pack")
        if not self._keys.keys:
            return _unchecked("no key was given (--key)")
        known = self._keys.find(header.scenario.id)
        if known is None:
            return _no("none of the keys given belongs to its pack")
        key, one = known
        if one.id not in self._changed:
            self._changed[one.id] = key_files.changed(key)
        if (reason := self._changed[one.id]) is not None:
            return _no(f"of the key: {reason}")
        if header.scenario.key != key.commitment or header.scenario.sha256 != one.packed:
            return _no("the pack that was played was made with another key than this")
        return HOLDS

    def _path(self, attempt: Attempt, header: Header, file: Path) -> tuple[Claim, Course | None]:
        """Whether the way is legal, and the way itself, if it is."""
        told = self._keys.translated(attempt)
        scenario = self._keys.scenario(told.scenario, told.scenario_sha256) if told is not attempt else None
        scenario = scenario or self._copy(header, file)
        if scenario is None:
            return _unchecked("the scenario that was played is not at hand"), None
        steps = attempt.steps if scenario.id == attempt.scenario else told.steps
        if header.mode == "assess" and any(step.rewind is not None for step in steps):
            return _no("an answer was taken back, and in assess mode none can be"), None
        try:
            return HOLDS, replay(scenario, steps, attempt.status)
        except IllegalStepError as error:
            return _no(error.message), None

    def _copy(self, header: Header, file: Path) -> Scenario | None:
        """The copy that was kept of what was played, if it is what its name says."""
        asked = (file.parent.parent / "scenarios", header.scenario.sha256)
        if asked not in self._copies:
            self._copies[asked] = _copy_in(*asked, header.scenario.id)
        return self._copies[asked]

    def _lines(self, file: Path) -> Iterable[Verified]:
        for number, attempt in read_attempts(file):
            name = f"{file}, line {number}"
            if isinstance(attempt, BadRecord):
                yield _unreadable(name, attempt.reason)
                continue
            self._played[name] = told = self._keys.translated(attempt)
            plain = "a file of attempts as data has no chain, so nothing shows that it was not changed"
            yield Verified(
                file=name,
                claims=Claims(
                    unaltered=_no(plain) if self._codes else _unchecked(plain),
                    chain=_unchecked(plain),
                    key=_unchecked(plain),
                    path=_unchecked("only journals are looked at so closely"),
                ),
                attempt=attempt.attempt,
                trainee=attempt.trainee,
                scenario=told.scenario,
                mode=attempt.mode,
                status=attempt.status,
                started=attempt.started,
                receipt=attempt.receipt,
            )


def _unreadable(file: str, reason: str) -> Verified:
    nothing = _unchecked("the record cannot be read")
    return Verified(file=file, claims=Claims(unaltered=nothing, chain=_no(reason), key=nothing, path=nothing))


def _copy_in(folder: Path, sha256: str, scenario_id: str) -> Scenario | None:
    try:
        if is_opaque(scenario_id):
            return packs.in_copy(loader.read_file(folder / f"{sha256}{packs.SUFFIX}", packs.MOST_BYTES), sha256)
        loaded = loader.load(loader.read_file(folder / f"{sha256}.yaml"), scenario_id)
    except TrainerError:
        return None
    return loaded.scenario if loaded.identity and loaded.identity.sha256 == sha256 else None


def verify_pack(file: Path, keys: Keys) -> VerifiedPack:
    """What can be shown of a pack. Raises UsageError if it is none."""
    pack = packs.open_pack(file)
    return VerifiedPack(file=str(file), title=pack.title, commitment=pack.commitment, key=_pack_key(pack, keys))


def _pack_key(pack: packs.Pack, keys: Keys) -> Claim:
    if not keys.keys:
        return _unchecked("no key was given (--key)")
    known = [keys.find(one.id) for one in pack.scenarios]
    if any(found is None or found[0].commitment != pack.commitment for found in known):
        return _no("none of the keys given is the one that it was made with")
    for found in known:
        assert found is not None
        if (reason := key_files.changed(found[0])) is not None:
            return _no(f"of the key: {reason}")
    return HOLDS


def unused(codes: Iterable[str], verified: Iterable[Verified]) -> tuple[str, ...]:
    """The receipts given that are of none of the attempts, in their order."""
    met = {one.receipt for one in verified}
    return tuple(code for code in codes if code not in met)

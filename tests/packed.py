"""Packs for the tests: made of shipped scenarios or of any, with secrets that are always the same."""

import json
import random
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import shipped
from msgspec.structs import replace

from alliance_trainer.core import engine
from alliance_trainer.core.keyless import KeylessScenario, identify_keyless
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.order import shuffled
from alliance_trainer.core.recognition import NOTICE_ANSWERS
from alliance_trainer.journal import events, store
from alliance_trainer.journal.events import Choice, End, Event, Header, Probe, ScenarioRef, Shown
from alliance_trainer.journal.record import GENESIS, write
from alliance_trainer.journal.scan import scan
from alliance_trainer.journal.store import Store
from alliance_trainer.scenario_files import library
from alliance_trainer.scenario_files.packs import making
from alliance_trainer.scenario_files.packs import pack as packs
from alliance_trainer.scenario_files.packs.making import Made, Wanted

SALT, SECRET = b"s" * 32, b"k" * 32
Data = dict[str, Any]


def wanted(secret: bytes = SECRET) -> Wanted:
    return Wanted(title="Autumn", closing=making.CLOSING, app="0", salt=SALT, secret=secret)


@cache
def of_shipped(*ids: str, secret: bytes = SECRET) -> Made:
    sources = [
        (shipped.scenario(one), (library.shipped_folder() / f"{one}.yaml").read_text(encoding="utf-8")) for one in ids
    ]
    return making.make(sources, wanted(secret))


def of(scenario: Scenario, secret: bytes = SECRET) -> Made:
    return making.make([(scenario, "")], wanted(secret))


def as_data(made: Made) -> Data:
    found: Data = json.loads(packs.encode(made.pack))
    return found


def header(keyless: KeylessScenario, attempt: str, **changes: Any) -> Header:
    identity = identify_keyless(keyless)
    told = {
        "trainee": "wren-27",
        "mode": "assess",
        "seed": "7",
        "notice": "before",
        "started": "2026-11-02T09:14:00Z",
    } | changes
    ref = ScenarioRef(id=keyless.id, sha256=identity.sha256, graph=identity.graph, text=identity.text, key=identity.key)
    return Header(v=events.FORMAT, app="0", attempt=attempt, scenario=ref, **told)  # type: ignore[arg-type]


def played(made: Made, data: Path, seed: int, *, ms: int = 60_000, end: bool = True, **changes: Any) -> Path:
    """A random play of a pack's first scenario, as the program records it; the journal."""
    keyless = packs.keyless(made.pack, made.pack.scenarios[0])
    rng, kept = random.Random(seed), Store(folder=data)
    kept.keep_scenario(identify_keyless(keyless).sha256, packs.encode(made.pack.only(keyless.id)), packs.SUFFIX)
    first = header(keyless, store.new_attempt_id(), **changes)
    state = engine.begin(keyless)
    with kept.begin(first).writer as journal:
        while not state.ended:
            offered = engine.offered(keyless, state)
            if keyless.turns[state.place].notice:
                journal.append(Probe(turn=state.place, answer=rng.choice(NOTICE_ANSWERS), ms=ms))
            journal.append(Shown(turn=state.place, order=shuffled(first.seed, state.place, offered)))
            name = rng.choice(sorted(offered))
            journal.append(Choice(turn=state.place, response=name, ms=ms))
            state, _ = engine.respond(keyless, state, name)
        if end:
            journal.finish(ending=state.place)
        return journal.path


def forged(journal: Path, change: Callable[[list[Event]], list[Event]], folder: Path) -> Path:
    """The journal with other events, its chain made anew so that it is whole in itself; beside its own copies."""
    found = scan(journal.read_bytes())
    path = folder / "attempts" / journal.name
    path.parent.mkdir(parents=True, exist_ok=True)
    seq, prev, lines = 0, GENESIS, b""
    for event in change([one.event for one in found.records]):  # type: ignore[misc]
        renewed = replace(event, count=seq, head=prev) if isinstance(event, End) else event
        one, line = write(renewed, seq=seq, prev=prev)
        seq, prev, lines = seq + 1, one.sum, lines + line
    path.write_bytes(lines)
    copies = folder / "scenarios"
    if not copies.exists():
        shutil.copytree(journal.parent.parent / "scenarios", copies)
    return path

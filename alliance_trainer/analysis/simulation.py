"""Plays by the million: whole batches of seeded plays of a policy, step by step, on the arrays of an automaton.

Play i of a seed draws at its step t one number of 30 bits, the same for every policy and every machine (see `draws`),
and takes the first of its moves whose threshold lies above it. So a play can be had again from the engine, move by
move (see `replayed`), and the two come to the same end.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from alliance_trainer.analysis.moves import Moves
from alliance_trainer.analysis.tallies import FIELD, Histogram, SkillSummary, unpacked
from alliance_trainer.core.engine import TURN_CAP
from alliance_trainer.core.vocabulary.skills import RATED, SKILLS, Skill

if TYPE_CHECKING:  # numpy costs 0.1 s, and only where arrays are made
    from alliance_trainer.analysis.moves import Array

BATCH = 8_192
"""So many plays go side by side: their arrays stay in the processor's cache."""

GOOD_FROM = 3
_BITS = 30
"""Of one draw: thresholds up to 2^30, which stands for never, fit into 32 bits."""


class Oddity(msgspec.Struct, frozen=True, kw_only=True):
    """A play that an author should look at: its number, and what is odd about it."""

    play: int
    kind: str
    reason: str


class OddPlay(msgspec.Struct, frozen=True, kw_only=True):
    """An odd play with the script that plays it."""

    play: int
    kind: str
    reason: str
    script: tuple[str, ...]


class Simulation(msgspec.Struct, frozen=True, kw_only=True):
    """What so many plays came to: how often each ending, and no ending; how often each response was given.

    `oddities` has at most one play of each kind: stuck, endless, a good ending with the worst answers, and the
    patient leaving after the best.
    """

    plays: int
    endings: dict[str, int]
    unfinished: int
    responses: dict[tuple[str, str], int]
    skills: dict[Skill, SkillSummary]
    oddities: tuple[Oddity, ...]


class Tables(msgspec.Struct, frozen=True, kw_only=True):
    """A policy on a scenario, made ready for batches.

    Each place has a row of thresholds; places without moves have one move that stays, worth nothing, so that
    finished plays can lie among the others for a while. `worth` has points (row 0) and offered (row 1) of each
    move, packed by skill.
    """

    moves: Moves
    first: "Array"
    to: "Array"
    thresholds: tuple["Array", ...]
    worth: tuple["Array", "Array"]
    final: "Array"


def tables(moves: Moves, probabilities: "Array") -> Tables:
    """Make a policy ready; `probabilities` has one for each move."""
    import numpy as np  # kept off the start-up path

    ends = np.flatnonzero(moves.count == 0)
    first = moves.first.copy()
    first[ends] = len(moves.to) + np.arange(len(ends))
    nothing = np.zeros(len(ends), dtype=np.uint64)
    columns = [RATED.index(skill) for skill in SKILLS]
    return Tables(
        moves=moves,
        first=first,
        to=np.concatenate([moves.to, ends]),
        thresholds=_thresholds(moves, probabilities),
        worth=(
            np.concatenate([_packed(moves.points[:, columns]), nothing]),
            np.concatenate([_packed(moves.offered[:, columns]), nothing]),
        ),
        final=moves.count == 0,
    )


def _thresholds(moves: Moves, probabilities: "Array") -> tuple["Array", ...]:
    """For the 1st, 2nd ... move of each place the number at which the next one begins; the last has none."""
    import numpy as np  # kept off the start-up path

    most = int(moves.count.max(initial=1))
    rows = np.full((most - 1, moves.places), 2**_BITS, dtype=np.int32)
    total = np.cumsum(probabilities)
    before = np.concatenate(([0.0], total))[moves.first.clip(max=max(len(total) - 1, 0))]
    for number in range(most - 1):
        going = np.flatnonzero(moves.count > number + 1)
        share = total[moves.first[going] + number] - before[going]
        rows[number, going] = np.ceil(np.clip(share, 0, 1) * 2**_BITS - 1e-3)
    return tuple(rows)


def _packed(sums: "Array") -> "Array":
    import numpy as np  # kept off the start-up path

    shifts = np.arange(len(SKILLS), dtype=np.uint64) * np.uint64(FIELD)
    packed: Array = (sums.astype(np.uint64) << shifts).sum(axis=1, dtype=np.uint64)
    return packed


def draws(seed: int, batch: int, step: int) -> "Array":
    """The numbers (0 to 2^30 - 1) that the plays of a batch draw at a step.

    Raw output of numpy's PCG64DXSM, which never changes: the upper half of each word for an even step, the lower
    half for the odd one after it.
    """

    return _half(_words(seed, batch, step), step)


def _words(seed: int, batch: int, step: int, first: int = 0, many: int = BATCH) -> "Array":
    """The words of so many plays of a batch, from its play number `first` on."""
    import numpy as np  # arrays are wanted already

    source = np.random.PCG64DXSM(np.random.SeedSequence(entropy=seed, spawn_key=(batch, step // 2)))
    words: Array = source.advance(first).random_raw(many)
    return words


def _half(words: "Array", step: int) -> "Array":
    import numpy as np  # arrays are wanted already

    shift = 64 - _BITS if step % 2 == 0 else 32 - _BITS
    part: Array = ((words >> np.uint64(shift)) & np.uint64(2**_BITS - 1)).astype(np.int32)
    return part


def simulate(ready: Tables, plays: int, seed: int) -> Simulation:
    """So many plays, from number 0 on. Every one ends, is stuck, or is cut off after 500 answers."""
    import numpy as np  # kept off the start-up path

    taken = np.zeros(len(ready.to), dtype=np.int64)
    endings = np.zeros(ready.moves.places, dtype=np.int64)
    histograms = [Histogram(ready.moves, skill) for skill in SKILLS]
    odd = _Odd(ready.moves)
    for batch in range((plays + BATCH - 1) // BATCH):
        size = min(BATCH, plays - batch * BATCH)
        place, points, offered = _batch(ready, seed, batch, size, taken)
        endings += np.bincount(place, minlength=ready.moves.places)
        for number, histogram in enumerate(histograms):
            histogram.add(unpacked(points, number), unpacked(offered, number))
        odd.look(batch * BATCH, place, points, offered)
    return Simulation(
        plays=plays,
        endings=dict(zip(ready.moves.automaton.endings, endings[ready.moves.situations :].tolist(), strict=True)),
        unfinished=int(endings[: ready.moves.situations].sum()),
        responses=_by_response(ready.moves, taken),
        skills={skill: histogram.summary() for skill, histogram in zip(SKILLS, histograms, strict=True)},
        oddities=odd.found(),
    )


def _batch(ready: Tables, seed: int, batch: int, size: int, taken: "Array") -> tuple["Array", "Array", "Array"]:
    """One batch to its end: where each play stands, and what it was worth; `taken` is counted up."""
    import numpy as np  # kept off the start-up path

    ended = (np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.uint64), np.zeros(size, dtype=np.uint64))
    who, words = np.arange(size), np.zeros(0, dtype=np.uint64)
    place, won, had = ended[0].copy(), ended[1].copy(), ended[2].copy()
    path: list[Array] = []
    for step in range(TURN_CAP):
        words = _words(seed, batch, step) if step % 2 == 0 else words
        drawn = _half(words[who] if len(who) < BATCH else words, step)
        move = ready.first.take(place)
        for row in ready.thresholds:
            move += (drawn >= row.take(place)).view(np.int8)
        path.append(move)
        won += ready.worth[0].take(move)
        had += ready.worth[1].take(move)
        place = ready.to.take(move)
        done = ready.final.take(place) if step % 2 else None  # whoever is at an end stays there meanwhile
        if done is not None and int(np.count_nonzero(done)) * 8 >= len(who):
            _put(ended, who[done], (place[done], won[done], had[done]))
            going = ~done
            who, place, won, had = who[going], place[going], won[going], had[going]
            if not len(who):
                break
    _put(ended, who, (place, won, had))
    taken += np.bincount(np.concatenate(path), minlength=len(taken))
    return ended


def _put(ended: tuple["Array", ...], who: "Array", values: tuple["Array", ...]) -> None:
    """Write down what became of these plays."""
    for kept, new in zip(ended, values, strict=True):
        kept[who] = new


def _by_response(moves: Moves, taken: "Array") -> dict[tuple[str, str], int]:
    turns = moves.automaton.scenario.turns
    counts = {(turn, name): 0 for turn, of in turns.items() for name in of.responses}
    for name, count in zip(moves.names, taken.tolist(), strict=False):  # behind the moves lie those that stay
        counts[name] += count
    return counts


class _Odd:
    """Keeps the oddest play of each kind."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves
        self._kept: dict[str, tuple[float, Oddity]] = {}

    def look(self, start: int, place: "Array", points: "Array", offered: "Array") -> None:
        """Look through a batch, whose first play has the number `start`."""
        import numpy as np  # kept off the start-up path

        ended = place >= self._moves.situations
        stuck = ~ended & (self._moves.count[place] == 0)
        self._keep("stuck", start, stuck.astype(float), "nothing is on offer any more")
        self._keep("endless", start, (~ended & ~stuck).astype(float), f"it goes on after {TURN_CAP} answers")
        values = np.full(self._moves.places, -1)
        values[self._moves.situations :] = self._moves.ending_values
        won = sum(unpacked(points, number) for number in range(len(SKILLS)))
        had = sum(unpacked(offered, number) for number in range(len(SKILLS)))
        share = won / np.maximum(had, 1)
        good, left = values[place] >= GOOD_FROM, values[place] == 0
        self._keep("undeserved", start, np.where(good, 1 - share, 0), "a good ending with few of the points", least=0.5)
        self._keep("unrewarded", start, np.where(left, share, 0), "the patient leaves, with most points won", least=0.5)

    def _keep(self, kind: str, start: int, oddness: "Array", reason: str, least: float = 0.0) -> None:
        number = int(oddness.argmax())
        best = float(oddness[number])
        if best > max(least, self._kept[kind][0] if kind in self._kept else 0.0):
            self._kept[kind] = (best, Oddity(play=start + number, kind=kind, reason=reason))

    def found(self) -> tuple[Oddity, ...]:
        """What was kept, the failing kinds first."""
        order = ("stuck", "endless", "undeserved", "unrewarded")
        return tuple(self._kept[kind][1] for kind in order if kind in self._kept)


def replayed(ready: Tables, play: int, seed: int) -> tuple[tuple[str, str], ...]:
    """The turns and responses of one play, by its number."""
    path: list[int] = []
    place, words, (batch, number) = 0, None, divmod(play, BATCH)
    for step in range(TURN_CAP):
        if ready.final[place]:
            break
        words = words if step % 2 and words is not None else _words(seed, batch, step, number, 1)
        path.append(_picked(ready, place, int(_half(words, step)[0])))
        place = int(ready.to[path[-1]])
    return tuple(ready.moves.names[move] for move in path)


def _picked(ready: Tables, place: int, drawn: int) -> int:
    return int(ready.first[place]) + sum(drawn >= int(row[place]) for row in ready.thresholds)


def odd_plays(ready: Tables, result: Simulation, seed: int) -> tuple[OddPlay, ...]:
    """The odd plays of a simulation, each with its script."""
    return tuple(
        OddPlay(
            play=one.play,
            kind=one.kind,
            reason=one.reason,
            script=script(ready.moves, replayed(ready, one.play, seed)),
        )
        for one in result.oddities
    )


def script(moves: Moves, path: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The path as answers for `play --script`: what there is to notice, then the response, turn by turn."""
    lines: list[str] = []
    for turn_id, name in path:
        turn = moves.automaton.scenario.turns[turn_id]
        lines += [f"# {turn_id}", *([turn.rupture] if turn.notice else []), name]
    return tuple(lines)

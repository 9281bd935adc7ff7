"""Many lines of an interchange file at once: what each attempt says of itself, and its steps as numbers.

Reading each step of each attempt would take most of the time of scoring a cohort, though few steps differ. So a step
is known by its text once it has been read, and from then on is only looked up. Only lines spelt as this program
spells them are read so; a block with any other line in it is handed back, to be read line by line.
"""

import re
import struct
from collections.abc import Callable, Sequence
from itertools import pairwise, repeat
from operator import sub
from typing import Annotated, Literal, cast

import msgspec
from msgspec import Meta

from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.journal.attempt_lines import MAX_LINE, MAX_NAME, MAX_STEPS, fits, read_step

FIRST = -1
"""Stands among the steps of a block where an attempt begins, in place of its first step."""

_Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
_STEPS = b'"steps":[{'
_NO_STEPS = b'"steps":[]}'
_CLOSED = _NO_STEPS + b"\n"
_BEHIND = b"}]}\n"  # the end of a line, which stands before the next one
_BETWEEN = b"},{"
_TIME = b',"ms":'
_AT_TIMES = re.compile(rb',"ms":[1-9][0-9]{0,14}').split  # any longer number is looked at closely
_MOST_LEARNT = 100_000
_PACKED = struct.Struct("=i")
_MISSED = _PACKED.pack(FIRST)


class Facts(Attempt, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An attempt without its steps; what `read_line` refuses in these fields is refused when it is decoded."""

    v: Literal[1] = 1
    attempt: _Name
    trainee: _Name
    scenario: _Name
    steps: tuple[()]


class _Usual(Facts, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The same where version and status are told, as they mostly are."""

    v: Literal[1]
    status: Literal["complete", "unfinished", "abandoned"]


_WAYS: tuple[Callable[[bytes], list[Facts]], ...] = (
    cast("Callable[[bytes], list[Facts]]", msgspec.json.Decoder(_Usual).decode_lines),
    msgspec.json.Decoder(Facts).decode_lines,
)
_decode_one = msgspec.json.Decoder(Facts).decode
_spell = msgspec.json.Encoder().encode_lines
_spell_one = msgspec.json.Encoder().encode


class Block(msgspec.Struct, frozen=True):
    """Some lines: the facts of each attempt, the number of its first step, and the numbers of all steps in a row.

    `steps` has four bytes for each number, as this machine orders them.
    """

    facts: list[Facts]
    firsts: list[int]
    steps: bytes


class BlockReader:
    """Reads blocks; `steps` are the steps met so far by their number (without `ms` and `confidence`)."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._numbers: dict[Step, int] = {}
        self._timed = _Texts()
        self._bare = _Texts()
        self._first: dict[bytes, int] = {}
        self._learnt = 0

    def read(self, block: bytes) -> Block | None:
        """Read whole lines, each with its line end; None if any of them needs a closer look."""
        if len(block) > MAX_LINE:
            return None
        if _TIME in block:
            pieces = _AT_TIMES(block)
            pieces[0] = _BEHIND + pieces[0]
            return self._read(block, self._timed, pieces, _BETWEEN)
        pieces = (_BEHIND + block).replace(_BEHIND, _BETWEEN + _BEHIND).split(_BETWEEN)[1:]
        return self._read(block, self._bare, pieces, b"")

    def _read(self, block: bytes, texts: "_Texts", pieces: list[bytes], before: bytes) -> Block | None:
        missed: list[bytes] = []
        texts.miss = missed.append
        steps = b"".join(map(texts.__getitem__, pieces))
        # Behind the last step of all there is only the end of the block.
        if missed.pop() != _BEHIND or not steps.endswith(_MISSED):
            return None
        steps = steps[: -len(_MISSED)]
        parts = list(map(bytes.rpartition, missed, repeat(_STEPS)))
        heads, found, texts_of_first = zip(*parts, strict=True) if parts else ((), (), ())
        firsts = list(map(self._first.get, texts_of_first, repeat(FIRST)))
        if FIRST in firsts or b"" in found:
            learnt = [self._learn(texts, part, before) for part in parts]
            return self._read(block, texts, pieces, before) if all(learnt) else None
        if len(pieces) > MAX_STEPS and _longest(steps) > MAX_STEPS:
            return None
        facts = _facts(heads)
        return None if facts is None else Block(facts, firsts, steps)

    def _learn(self, texts: "_Texts", part: tuple[bytes, bytes, bytes], before: bytes) -> bool:
        """Learn the step in a piece that was not known as a whole; whether it is one, where one can stand."""
        head, found, step = part
        if found:
            known = self._first.get(step) if head.startswith(_BEHIND) else None
            number = self._number(step) if known is None and head.startswith(_BEHIND) else known
            if number is not None:
                self._first[step] = number
        else:
            number = self._number(step[len(before) :]) if step.startswith(before) else None
            if number is not None:
                texts[step] = _PACKED.pack(number)
        return number is not None

    def _number(self, spelt: bytes) -> int | None:
        """The number of the step with this text, read carefully; None if it is not one, or needs a closer look."""
        odd = _TIME[1:] in spelt or b"\\" in spelt or b"\n" in spelt or self._learnt >= _MOST_LEARNT
        step = None if odd else read_step(spelt)
        if step is None or step.rewind is not None or step.turn is None or step.response is None:
            return None
        self._learnt += 1
        return self.number(step)

    def number(self, step: Step) -> int:
        """The number of an answer."""
        bare = Step(turn=step.turn, notice=step.notice, response=step.response)
        number = self._numbers.setdefault(bare, len(self.steps))
        if number == len(self.steps):
            self.steps.append(bare)
        return number


class _Texts(dict[bytes, bytes]):
    """The number of the step, in four bytes, in each piece that stands between two cuts; others go to `miss`.

    Mostly that is where a line begins: there stand the end of the line before it, the facts, and the first step.
    """

    miss: Callable[[bytes], None]

    def __missing__(self, piece: bytes) -> bytes:
        self.miss(piece)
        return _MISSED


def unpacked(steps: bytes) -> tuple[int, ...]:
    """The numbers of steps."""
    return struct.unpack(f"={len(steps) // _PACKED.size}i", steps)


def _longest(steps: bytes) -> int:
    """The number of steps of the longest attempt."""
    numbers = unpacked(steps)
    starts = [place for place, number in enumerate(numbers) if number == FIRST]
    return max(behind - start for start, behind in pairwise([*starts, len(numbers)]))


def _facts(heads: Sequence[bytes]) -> list[Facts] | None:
    """The facts that are spelt there, each behind the end of a line; None where they are not, or a key may stand twice.

    The key of the steps is the last of a record: what comes before it, closed at once, is a whole record.
    """
    if not all(map(bytes.startswith, heads, repeat(_BEHIND))):
        return None
    lines = _CLOSED.join([*[head[len(_BEHIND) :] for head in heads], b""])
    # Decoding what is spelt and spelling it again never makes it longer: so if all together are as long as before,
    # each of them is.
    for decode in _WAYS:
        try:
            facts = decode(lines)
        except (ValueError, RecursionError):
            continue
        if len(facts) == len(heads) and len(_spell(facts)) == len(lines):
            return facts
    single = lines.split(b"\n")[:-1]
    return _mixed(single) if len(single) == len(heads) else None


def _mixed(lines: list[bytes]) -> list[Facts] | None:
    """The same where some tell the version and the status, and others do not."""
    try:
        facts = list(map(_decode_one, lines))
    except (ValueError, RecursionError):
        return None
    spare = map(sub, map(len, lines), map(len, map(_spell_one, facts)))
    return facts if all(map(fits, lines, spare)) else None

"""What `simulate` says, for people: speed, endings, scores, what was never taken, and plays to look at."""

from collections.abc import Mapping, Sequence

from alliance_trainer.analysis.simulation import OddPlay, Simulation
from alliance_trainer.analysis.tallies import SkillSummary
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.terminal.blocks import Block, Entry, Item, Prose, Rule

_LABELS = 21


def simulation_blocks(
    result: Simulation,
    *,
    heading: str,
    seconds: float,
    lines: Mapping[tuple[str, str], int],
    odd: Sequence[OddPlay],
) -> list[Block]:
    """The page of one simulation. `lines` has the line of each response in the file."""
    per_second = f" ({result.plays / seconds:,.0f} a second)" if seconds > 0 else ""
    items: list[Item] = [
        Entry(label="Plays", text=f"{result.plays:,} in {seconds:.2f} s{per_second}", column=_LABELS),
        *(_ending(name, count, result.plays) for name, count in result.endings.items()),
    ]
    if result.unfinished:
        items.append(_ending("no ending", result.unfinished, result.plays))
    items += [Entry(label=skill, text=_summary(result.skills[skill]), column=_LABELS) for skill in SKILLS]
    first = Block(heading=Rule(left=heading, major=True), items=tuple(items))
    return [first, _coverage(result, lines), *_odd(odd)]


def _ending(name: str, count: int, plays: int) -> Entry:
    return Entry(label=name, text=f"{count:,} ({100 * count / plays:.1f} %)", column=_LABELS)


def _summary(summary: SkillSummary) -> str:
    if summary.mean is None:
        return "never met"
    middle = f"mean {summary.mean:.3f}, sd {summary.sd:.3f}"
    return f"{middle}; 5 % at {summary.p5:.2f} or below, 95 % at {summary.p95:.2f} or below"


def _coverage(result: Simulation, lines: Mapping[tuple[str, str], int]) -> Block:
    missing = [name for name, count in result.responses.items() if not count]
    taken = len(result.responses) - len(missing)
    items: list[Item] = [Prose(text=f"{taken} of {len(result.responses)} responses were given at least once.")]
    items += [Prose(text=f"line {lines.get(name, '?')}: {name[0]}.{name[1]} was never given") for name in missing]
    return Block(heading=Rule(left="Coverage"), items=tuple(items))


def _odd(odd: Sequence[OddPlay]) -> list[Block]:
    if not odd:
        return []
    items = [Entry(label=one.kind, text=f"play {one.play:,}: {one.reason}", column=_LABELS) for one in odd]
    note = Prose(text="Save the first of them as a script with --script-out FILE, and play it: play --script FILE.")
    return [Block(heading=Rule(left="Plays to look at"), items=(*items, note))]

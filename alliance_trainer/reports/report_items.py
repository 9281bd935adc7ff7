"""The turns of a cohort as a table: how hard they were, what was chosen there, what to look at."""

from collections.abc import Iterator

import msgspec

from alliance_trainer.cohort.study.figures import Estimate, Figure, ResponseUse, Study, TurnStudy, Withheld
from alliance_trainer.core.debrief import percent
from alliance_trainer.reports.report_quotes import first_sentences, last_sentences
from alliance_trainer.reports.report_room import Room
from alliance_trainer.reports.report_words import FEWEST, KINDS, allowed, decimals

NOTHING = "\N{EN DASH}"


class ItemResponse(msgspec.Struct, frozen=True, kw_only=True):
    """A response: how often it was chosen, and what is to be said of it."""

    id: str
    says: str
    use: str
    share: int | None
    best: bool
    notes: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A turn; `number` is its place in the scenario, from 1. `brief` has the responses where they are not quoted.

    `patient` is what most of those who met it saw, of so many `wordings`.
    """

    scenario: str
    quoted: bool
    number: int
    turn: str
    patient: str
    wordings: int
    kind: str
    met: int
    noticed: str
    facility: str
    discrimination: str
    flags: tuple[str, ...]
    responses: tuple[ItemResponse, ...]
    brief: str


class Items(msgspec.Struct, frozen=True, kw_only=True):
    """Turns with a flag and those without; and why some figures are not given."""

    flagged: tuple[Item, ...]
    plain: tuple[Item, ...]
    reasons: tuple[str, ...]


def items_of(study: Study, room: Room) -> Items:
    """The table in two parts."""
    titles = {note.scenario: note.title for note in study.scenarios}
    quoted = len(study.turns) <= room.turns
    flagged: list[Item] = []
    plain: list[Item] = []
    numbers: dict[str, int] = {}
    for turn in study.turns:
        numbers[turn.scenario] = numbers.get(turn.scenario, 0) + 1
        marked = turn.n >= FEWEST and bool(flags_of(turn))
        item = _item(turn, numbers[turn.scenario], titles, room.line if quoted or marked else 0)
        (flagged if marked else plain).append(item)
    reasons = sorted({reason for turn in study.turns for reason in _reasons(turn)})
    return Items(flagged=tuple(flagged), plain=tuple(plain), reasons=tuple(reasons))


def flags_of(turn: TurnStudy) -> tuple[str, ...]:
    """What an instructor should look at, at the turn and at its responses."""
    return (*turn.flags, *(flag for use in turn.responses for flag in use.flags))


def _item(turn: TurnStudy, number: int, titles: dict[str, str], line: int) -> Item:
    together = turn.together
    return Item(
        scenario=titles.get(turn.scenario, turn.scenario),
        quoted=line > 0,
        number=number,
        turn=turn.turn,
        patient=last_sentences(turn.patient, line) if line else "",
        wordings=turn.wordings if line else 1,
        kind=KINDS[turn.rupture],
        met=turn.n,
        noticed=_noticed(turn),
        facility=NOTHING if together is None else _percent(allowed(together.facility, turn.n)),
        discrimination=NOTHING if together is None else _decimals(allowed(together.discrimination, turn.n)),
        flags=turn.flags if turn.n >= FEWEST else (),
        responses=tuple(_response(turn, use, line) for use in turn.responses),
        brief="" if line else "; ".join(_briefly(turn, use) for use in turn.responses),
    )


def _noticed(turn: TurnStudy) -> str:
    if not turn.asked:
        return "not asked"
    if turn.rupture == "none":
        return f"{turn.asked - turn.named} of {turn.asked} left it plain"
    return f"{turn.named} of {turn.asked}, {turn.exact} by its kind"


def _response(turn: TurnStudy, use: ResponseUse, line: int) -> ItemResponse:
    many = _many(turn, use)
    harm = ("", "does harm", "a breach")[use.harm]
    rest = allowed(use.rest, min(use.n, turn.n))
    best = f"best {use.best_where}" if use.best_where else ""
    notes = [best, harm, *(use.flags if many else ())]
    if isinstance(rest, Estimate):
        notes.append(f"{percent(rest.value)} % elsewhere")
    return ItemResponse(
        id=use.response,
        says=first_sentences(use.says, line) if line and (use.best or use.flags) else "",
        use=f"{_chosen(turn, use)} ({percent(use.share)} %)" if many else _chosen(turn, use),
        share=percent(use.share) if many else None,
        best=use.best,
        notes="; ".join(note for note in notes if note),
    )


def _many(turn: TurnStudy, use: ResponseUse) -> bool:
    """Whether enough could choose it for a percentage."""
    return min(turn.n, use.on_offer) >= FEWEST


def _chosen(turn: TurnStudy, use: ResponseUse) -> str:
    """How many chose it; and of how many, where it was not on offer to all who met the turn."""
    return str(use.n) if use.on_offer == turn.n else f"{use.n} of {use.on_offer}"


def _briefly(turn: TurnStudy, use: ResponseUse) -> str:
    share = f"{percent(use.share)} %" if _many(turn, use) else _chosen(turn, use)
    return f"{'+ ' if use.best else ''}{use.response} {share}"


def _percent(figure: Figure) -> str:
    return f"{percent(figure.value)} %" if isinstance(figure, Estimate) else NOTHING


def _decimals(figure: Figure) -> str:
    return decimals(figure.value) if isinstance(figure, Estimate) else NOTHING


def _reasons(turn: TurnStudy) -> Iterator[str]:
    if turn.together is not None:
        named = {"share of points": turn.together.facility, "link with the rest": turn.together.discrimination}
        for name, figure in named.items():
            found = allowed(figure, turn.n)
            if isinstance(found, Withheld):
                yield f"{name}: {found.reason}"

"""What a journal's records hold besides the answers: own words, reasons, hints, how hard it was."""

from alliance_trainer.core.own_words import OwnWords
from alliance_trainer.core.pitch import FeltAnswer
from alliance_trainer.journal.events import Choice, Felt, Hint, Note, Pause, Reason, Resume, Said
from alliance_trainer.journal.scan import Records


def words_of(records: Records) -> tuple[OwnWords, ...]:
    """The words of each choice, in the order of the choices, those taken back among them.

    What was said at a turn first goes with the first choice there; a later one there has none of its own unless it
    was asked again.
    """
    told: list[OwnWords] = []
    waiting: dict[str, str] = {}
    for record in records:
        match record.event:
            case Said(turn=turn, text=text):
                waiting[turn] = text
            case Choice(turn=turn):
                told.append(OwnWords(said=waiting.pop(turn, "")))
            case Reason(text=text) if told:
                told[-1] = OwnWords(said=told[-1].said, reason=text)
            case _:
                pass
    return tuple(told)


def waiting_words(records: Records, turn: str) -> str:
    """What was said in own words at the turn at hand, whose choice has not come yet; empty if nothing."""
    for event in (record.event for record in reversed(records)):
        match event:
            case Choice(turn=answered) if answered == turn:
                return ""
            case Said(turn=said, text=text) if said == turn:
                return text
    return ""


def worded_turns(records: Records) -> frozenset[str]:
    """The turns at which words of one's own need not be asked for: given, or answered already."""
    events = (record.event for record in records)
    return frozenset(event.turn for event in events if isinstance(event, Said | Choice))


def reason_is_due(records: Records) -> bool:
    """Whether the last thing that was recorded is a choice, about which nothing further was asked yet."""
    telling = (record.event for record in reversed(records) if not isinstance(record.event, Note | Pause | Resume))
    return isinstance(next(telling, None), Choice)


def hinted_turns(records: Records) -> tuple[str, ...]:
    """The turns whose hint was looked at, each once, in order."""
    return tuple(dict.fromkeys(record.event.turn for record in records if isinstance(record.event, Hint)))


def felt_of(records: Records) -> FeltAnswer | None:
    """How hard the scenario was found; None if that was not told."""
    last = records[-1].event if records else None
    return last.answer if isinstance(last, Felt) else None

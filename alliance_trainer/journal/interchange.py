"""A journal's records as an attempt in plain data, the form in which attempts are scored and exchanged."""

from dataclasses import dataclass, field
from typing import Literal

from alliance_trainer.core.attempt import Attempt, NoticeAnswer, Step
from alliance_trainer.journal.events import Choice, End, First, Header, Pause, Probe, Resume, Retract
from alliance_trainer.journal.receipt import receipt
from alliance_trainer.journal.scan import Records, is_finished


def to_attempt(records: Records) -> Attempt:
    """The attempt that a journal's records tell of.

    Complete if it came to an ending, abandoned if it was ended for another reason, else unfinished. It has a receipt
    once it is ended: before that nobody was shown one.
    Raises ValueError for records without a header.
    """
    header = _header(records)
    return Attempt(
        attempt=header.attempt,
        trainee=header.trainee,
        cohort=header.cohort,
        occasion=header.occasion,
        scenario=header.scenario.id,
        scenario_sha256=header.scenario.sha256,
        scenario_graph=header.scenario.graph,
        scenario_text=header.scenario.text,
        scenario_key=header.scenario.key,
        mode=header.mode,
        status=_status(records),
        started=header.started,
        receipt=receipt(records) if is_finished(records) else None,
        steps=to_steps(records),
    )


def to_steps(records: Records) -> tuple[Step, ...]:
    """The steps taken: each choice with what was noticed at its turn, each undone choice as a rewind.

    Own words, reasons, hints and how hard it was are no part of them.

    What was noticed first at a turn stands, even if the answer was taken back before the choice. An answer at
    the turn in hand, with no choice yet, is left out. A branch's steps are those after the one it begins at.
    Raises ValueError for records without a header.
    """
    first = records[0].event if records else None
    if not isinstance(first, First):
        raise ValueError("these records have no header")
    steps = _Steps(notice_after=first.notice == "after")
    for record in records:
        match record.event:
            case Probe(turn=turn, answer=answer):
                steps.noticed(turn, answer)
            case Choice() as choice:
                steps.chosen(choice)
            case Retract(turn=turn, what="choice"):
                steps.taken.append(Step(rewind=turn))
            case _:
                pass
    return tuple(steps.taken)


def clock_steps_back(records: Records) -> tuple[int, ...]:
    """The numbers of the records whose time of day is earlier than one told before them.

    Times are shown as they were stored; the order of things is that of the records.
    """
    flagged = []
    latest = ""
    for record in records:
        match record.event:
            case Header(started=at) | Pause(at=at) | Resume(at=at):
                if at < latest:  # all times are in UTC and of one length, so they sort as text
                    flagged.append(record.seq)
                latest = max(at, latest)
            case _:
                pass
    return tuple(flagged)


@dataclass(kw_only=True, slots=True)
class _Steps:
    """The steps so far, and what was noticed at turns whose choice has not come yet."""

    notice_after: bool
    taken: list[Step] = field(default_factory=list)
    waiting: dict[str, NoticeAnswer] = field(default_factory=dict)

    def noticed(self, turn: str, answer: NoticeAnswer) -> None:
        """Put an answer to its step: the choice just made if notice comes after it, else the one to come."""
        last = self.taken[-1] if self.taken else None
        if not self.notice_after or last is None or last.turn != turn:
            self.waiting.setdefault(turn, answer)
        elif last.notice is None:
            self.taken[-1] = Step(turn=last.turn, response=last.response, ms=last.ms, notice=answer)

    def chosen(self, choice: Choice) -> None:
        """Add the step of a choice."""
        notice = self.waiting.pop(choice.turn, None)
        self.taken.append(Step(turn=choice.turn, notice=notice, response=choice.response, ms=choice.ms))


def _status(records: Records) -> Literal["complete", "unfinished", "abandoned"]:
    end = next((record.event for record in records[-2:] if isinstance(record.event, End)), None)
    if end is None:
        return "unfinished"
    return "complete" if end.ending is not None else "abandoned"


def _header(records: Records) -> Header:
    first = records[0].event if records else None
    if not isinstance(first, Header):
        raise ValueError("these records have no header")
    return first

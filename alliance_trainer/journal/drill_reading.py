"""A drill's records as a row of the trainee's history: each moment with the answer that stood in the end."""

from dataclasses import dataclass, field

from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.history import DrillRow, Noticing
from alliance_trainer.core.vocabulary.markers import MarkerId
from alliance_trainer.journal.drill_events import Asked, DrillHeader, Named, Noticed, Sure, TakenBack
from alliance_trainer.journal.families import AnyEvent
from alliance_trainer.journal.scan import Records


def drill_row(records: Records) -> DrillRow:
    """The row. A moment that was asked and not answered is left out. Raises ValueError without a header.

    What was taken back before any feedback does not count: the last answer stands.
    """
    header = records[0].event if records else None
    if not isinstance(header, DrillHeader):
        raise ValueError("these records have no header of a drill")
    reading = _Reading()
    for record in records:
        reading.take(record.event)
    reading.close()
    return DrillRow(
        drill=header.drill,
        started=header.started,
        feedback=header.feedback,
        noticed=tuple(reading.done),
        ms=reading.ms,
    )


@dataclass(kw_only=True, slots=True)
class _Reading:
    """The moments that are answered, and the one at hand."""

    done: list[Noticing] = field(default_factory=list)
    ms: int = 0
    asked: Asked | None = None
    answer: NoticeAnswer | None = None
    named: MarkerId | None = None
    sure: int | None = None

    def take(self, event: AnyEvent) -> None:
        """Go on by one record."""
        match event:
            case Asked():
                self.close()
                self.asked = event
            case Noticed(answer=answer, ms=ms):
                self.answer, self.ms = answer, self.ms + ms
            case Named(marker=marker, ms=ms):
                self.named, self.ms = marker, self.ms + ms
            case Sure(percent=percent):
                self.sure = percent
            case TakenBack(what="noticed"):
                self.answer = None
            case TakenBack():
                self.named = None
            case _:
                pass

    def close(self) -> None:
        """Be done with the moment at hand, if there is one with an answer."""
        if self.asked is not None and self.answer is not None:
            self.done.append(
                Noticing(
                    item=self.asked.item,
                    markers=self.asked.markers,
                    foil=self.asked.foil,
                    answer=self.answer,
                    named=self.named,
                    sure=self.sure,
                )
            )
        self.asked = self.answer = self.named = self.sure = None

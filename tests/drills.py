"""Drills by script: a library of its own with moments, and answers that are right, wrong or anything."""

from collections.abc import Callable
from pathlib import Path

from command import Done, command

from alliance_trainer.core.history import DrillRow, Noticing
from alliance_trainer.core.vocabulary.markers import MarkerId
from alliance_trainer.journal.drill_events import FORMAT, Asked, DrillHeader, Noticed
from alliance_trainer.journal.drill_reading import drill_row
from alliance_trainer.journal.families import DRILLS
from alliance_trainer.journal.scan import Clean
from alliance_trainer.journal.shelf import Shelf
from alliance_trainer.journal.store import Store, new_attempt_id

Decide = Callable[[Noticing], list[str]]

_RUPTURE = """\
    rupture-{number}:
      context: Session {number}. You have asked how the week was.
      patient: Words of rupture {number}.
      markers: [{marker}]
      why: Why of rupture {number}.
"""
_FOIL = """\
    foil-{number}:
      context: Session {number}. You have asked how the week was.
      patient: Words of foil {number}.
      markers: []
      foil: thinking-time
      why: Why of foil {number}.
      content_notes: [{{topic: grief}}]
"""


def library(folder: Path, ruptures: int = 20, foils: int = 20) -> Path:
    """A folder with one file of moments: so many ruptures, of two markers in turn, and so many foils."""
    (folder / "moments").mkdir(parents=True)
    markers = ("wd-denial", "cf-defends-self")
    text = "format: 1\nmoments:\n  title: Made up\n  items:\n"
    text += "".join(_RUPTURE.format(number=number, marker=markers[number % 2]) for number in range(ruptures))
    text += "".join(_FOIL.format(number=number) for number in range(foils))
    (folder / "moments" / "made-up.yaml").write_text(text, encoding="utf-8")
    return folder


def spot(data: Path, typed: str, *arguments: str | Path, environment: dict[str, str] | None = None) -> Done:
    return command("spot", *arguments, data=data, typed=typed, environment=environment)


def missed_long_ago(data: Path, *markers: MarkerId) -> None:
    """A drill in the past in which each of these signs was left plain."""
    header = DrillHeader(
        v=FORMAT,
        app="0.1.0",
        drill=new_attempt_id(),
        trainee="wren-27",
        seed="7",
        feedback="each",
        count=len(markers),
        started="2026-01-02T09:14:00Z",
    )
    opened = Store(folder=data, family=DRILLS).begin(header)
    for number, marker in enumerate(markers):
        item = f"past/moment-{number}"
        opened.writer.append(Asked(item=item, source="moments", markers=(marker,), content="0" * 16))
        opened.writer.append(Noticed(item=item, answer="none", ms=900))
    opened.writer.close()


def rows(data: Path) -> list[DrillRow]:
    """The drills in a data folder, oldest first."""
    shelf = Shelf(data=data, family=DRILLS)
    found = []
    for name in shelf.names():
        scanned = shelf.read(name)
        assert isinstance(scanned, Clean)
        found.append(drill_row(scanned.records))
    return sorted(found, key=lambda row: row.started)

"""The screens of the drill and of progress as text, at four widths, pretty and plain: reviewed, then frozen.

UPDATE_GOLDEN=1 rewrites them; look at the difference before you commit it.
"""

import io
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from alliance_trainer.core.drill_items import Item, from_scenario, from_vignettes
from alliance_trainer.core.history import AttemptRow, DrillRow, History, Noticing, Shelved
from alliance_trainer.core.next_step import suggestion
from alliance_trainer.core.progress import progress
from alliance_trainer.core.vocabulary.markers import MARKERS, MarkerId
from alliance_trainer.scenario_files.loader import load
from alliance_trainer.terminal import progress_screens, spot_scenes
from alliance_trainer.terminal.blocks import Block
from alliance_trainer.terminal.door import ROWS, Door, Look
from alliance_trainer.terminal.layout import lay_out

GOLDEN = Path(__file__).parent.parent / "golden_screens" / "drill"
EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
TODAY = date(2026, 11, 27).toordinal()
MOMENTS = """\
format: 1
moments:
  title: First sessions
  items:
    at-the-door:
      context: >-
        Lena, 41, bookbinder, third session, by telephone. She has told you that the lesson was cancelled again. You
        said: "That sounds like a long week."
      patient:
        - shows: laughs, and coughs to hide it
        - It's fine. It's only the fourth time, and one gets to know the waiting room.
        - silence: 6
      markers: [{id: wd-denial, clarity: 2, significance: 3}]
      why: She puts the weight of it away in a joke, and then there is nothing more to be said.
    the-seats:
      context: You have asked what happened on the way here.
      patient: The bus stopped, and I counted the seats until my hands were warm.
      markers: []
      foil: working-story
      why: A story with much detail, and the detail is the work.
      content_notes: [{topic: panic, level: mentioned}]
"""
NAMES: tuple[MarkerId, ...] = tuple(MARKERS)


def items() -> list[Item]:
    moments = load(MOMENTS.encode(), "first-sessions.yaml").moments
    scenario = load(EXAMPLE.read_bytes(), "example-scenario.yaml").scenario
    assert moments is not None
    assert scenario is not None
    return [*from_vignettes("first-sessions", moments), *from_scenario(scenario)]


def answer(item: Item, **changes: object) -> Noticing:
    fields = {"item": item.id, "markers": item.markers, "foil": item.foil, "answer": item.rupture}
    return Noticing(**(fields | changes))  # type: ignore[arg-type]


def drill_screens() -> Iterator[tuple[str, Block]]:
    denial, story, *turns = items()
    turn = next(one for one in turns if one.before is not None and one.markers)
    place = "moment 3 of 10"
    yield "intro", spot_scenes.intro(10, ["grief", "panic"], "each", again=True)
    yield "intro without comments", spot_scenes.intro(1, [], "off", again=False)
    yield "a vignette", spot_scenes.moment(denial, place)
    yield "a turn", spot_scenes.moment(turn, place)
    yield "what is going on", spot_scenes.notice_question(denial, place)
    order: tuple[MarkerId, ...] = ("wd-minimal-response", "cf-defends-self", "wd-denial", "wd-deferential-appeasing")
    yield "which sign", spot_scenes.sign_question(order, place)
    yield "how sure", spot_scenes.sure_question(place)
    yield "right", spot_scenes.feedback(denial, answer(denial, named="wd-denial"), place)
    yield "another sign", spot_scenes.feedback(denial, answer(denial, answer="mixed", named="cf-defends-self"), place)
    yield "missed", spot_scenes.feedback(turn, answer(turn, answer="none"), place)
    yield (
        "called a rupture",
        spot_scenes.feedback(story, answer(story, answer="withdrawal", named="wd-avoidant-storytelling"), place),
    )
    both = [answer(denial), answer(story, answer="mixed", named="wd-denial")]
    yield "all at the end", spot_scenes.review([denial, story], both)
    told = ("Ruptures seen 9, missed 4. Nothing wrong: left plain 8, called a rupture 5.", "You lean neither way.")
    back = [("tomorrow", ["denies", "a story that is the work"])]
    yield "the end", spot_scenes.closing(both, told, back, "/home/someone/drills/d2.jsonl")
    yield "the end without comments", spot_scenes.withheld(10, "/home/someone/drills/d2.jsonl")
    yield "help", spot_scenes.help_page()


def attempt(number: int) -> AttemptRow:
    day = date.fromordinal(TODAY - 60 + 4 * number).isoformat()
    noticed = tuple(
        Noticing(item=f"s/{n}", markers=(NAMES[n],) if n % 3 else (), answer="none" if n > number else "withdrawal")
        for n in range(8)
    )
    return AttemptRow(
        attempt=f"attempt{number}",
        scenario=f"s{number % 3}",
        title=("It's fine", "A quarter past", 'The "yes or no" of a very long title that has to be wrapped somewhere')[
            number % 3
        ],
        difficulty=2,
        mode="assess" if number == 5 else "practice",
        status="assisted" if number == 4 else "complete",
        started=f"{day}T18:00:00Z",
        finished=True,
        noticed=noticed,
        skills={"recognition": (2 + number, 12, 6), "responsibility": (9, 10, 5), "metacommunication": (1, 9, 4)},
        level=(60, 44 + 4 * number),
        repair=(number % 2, 1),
        ms=900_000,
        receipt="ABCD-EFGH-2345-6722",
    )


def history(many: int) -> History:
    answers = tuple(
        Noticing(item=f"m/{n}", markers=(NAMES[n % 14],) if n % 5 else (), answer="none" if n % 4 else "mixed", sure=80)
        for n in range(40)
    )
    drills = (
        DrillRow(
            drill="d", started=f"{date.fromordinal(TODAY - 1)}T08:00:00Z", feedback="each", noticed=answers, ms=600_000
        ),
    )
    return History(
        attempts=tuple(map(attempt, range(many))), drills=drills if many > 3 else (), unread=1 if many > 3 else 0
    )


def progress_of(many: int, width: int, *, plain: bool) -> Iterator[tuple[str, Block]]:
    shelf = (Shelved(id="its-fine", title="It's fine", difficulty=2),)
    found = history(many)
    told = progress(found, trainee="wren-27" if many else "", today=TODAY, suggestion=suggestion(found, TODAY, shelf))
    for number, block in enumerate(progress_screens.screens(told, width, plain=plain), start=1):
        yield f"progress after {many} attempts, part {number}", block


def screens(width: int, *, plain: bool) -> Iterator[tuple[str, Block]]:
    yield from drill_screens()
    for many in (0, 2, 9):
        yield from progress_of(many, width, plain=plain)


def drawn(width: int, *, plain: bool) -> str:
    out = io.StringIO()
    look = Look(plain=plain, reason="", colour=False, interactive=True)
    door = Door(look=look, out=out, errors=out, columns=lambda: width)
    for name, block in screens(width, plain=plain):
        out.write(f"##### {name}\n")
        door.show(block)
    return re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())


@pytest.mark.parametrize("plain", [False, True], ids=["pretty", "plain"])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_screens_are_as_they_were_reviewed(width: int, plain: bool) -> None:
    path = GOLDEN / f"{'plain' if plain else 'pretty'}-{width}.txt"
    text = drawn(width, plain=plain)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
    assert all(len(line) < width for line in text.splitlines() if not line.startswith("#####"))


def test_each_screen_fits_into_one_page_of_eighty_columns_but_what_is_told_at_the_end_at_once() -> None:
    for name, block in screens(80, plain=False):
        rows = sum(map(len, lay_out(block, 80)))
        assert rows <= ROWS, f"{name} takes {rows} rows"


@pytest.mark.parametrize("width", [40, 80])
def test_plain_screens_say_everything_in_words_and_nothing_twice(width: int) -> None:
    text = drawn(width, plain=True)
    assert not re.search(r"[+=-] [+=-] [+=-]", text), "signs in a row are for the eye only"
    for block in text.split("##### "):
        lines = [line for line in block.splitlines()[1:] if len(line) > 30]
        if not block.startswith(("progress", "all at the end")):
            assert len(lines) == len(set(lines)), block

"""Every text of every response can be read in full at 40, 60 and 80 columns, on a screen emulator."""

import io
from pathlib import Path

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from sizes import scaled

from alliance_trainer.core import course as courses
from alliance_trainer.core import engine
from alliance_trainer.core.engine import State
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.order import shuffled
from alliance_trainer.scenario_files import library, loader
from alliance_trainer.terminal import scenes
from alliance_trainer.terminal.blocks import Block, Entry, Option, Prose, Rule, Said, Seen
from alliance_trainer.terminal.door import Door, Look, pages
from alliance_trainer.terminal.layout import Line, lay_out
from alliance_trainer.terminal.plain import plain_lines
from alliance_trainer.terminal.wrapping import wrap

WIDTHS = (40, 60, 80)


def shipped() -> list[Path]:
    return list(library.shipped())


def scenario_at(path: Path) -> Scenario:
    scenario = loader.load_path(path).scenario
    assert scenario is not None
    return scenario


def folded(text: str) -> str:
    return " ".join(text.split())


def on_an_emulator(block: Block, columns: int, *, plain: bool) -> tuple[list[str], list[int]]:
    """All lines that a screen of this width shows, its history included, and the sizes of the pages."""
    out = io.StringIO()
    look = Look(plain=plain, reason="", colour=False, interactive=True)
    door = Door(look=look, out=out, errors=io.StringIO(), columns=lambda: columns)
    sizes: list[int] = []
    door.show(block, lambda: sizes.append(out.getvalue().count("\n")))
    sizes.append(out.getvalue().count("\n"))
    screen = pyte.HistoryScreen(columns, 24, history=5000)
    pyte.Stream(screen).feed(out.getvalue().replace("\n", "\r\n"))
    history = ["".join(line[at].data for at in range(columns)).rstrip() for line in screen.history.top]
    lines = history + [line.rstrip() for line in screen.display]
    return lines, [after - before for before, after in zip([0, *sizes], sizes, strict=False)]


@pytest.mark.parametrize("plain", [False, True], ids=["pretty", "plain"])
@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_every_response_of_every_turn_is_on_the_screen_in_full(path: Path, columns: int, plain: bool) -> None:
    scenario = scenario_at(path)
    for turn_id, turn in scenario.turns.items():
        here = State(place=turn_id, ended=False, values=scenario.start_values)
        course = courses.Course(scenario=scenario, state=here)
        ids = shuffled("1", turn_id, turn.responses)
        lines, pages = on_an_emulator(scenes.response_question(course, ids, 7, undo=True), columns, plain=plain)
        seen = folded(" ".join(lines))
        for response in turn.responses.values():
            assert folded(response.says) in seen, (turn_id, columns)
        assert all(len(line) < columns for line in lines), "a full line would be wrapped by the terminal"
        assert max(pages) <= 22


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_every_beat_and_every_comment_is_on_the_screen_in_full(path: Path, columns: int) -> None:
    scenario = scenario_at(path)
    for name in ("first", "last"):
        course = courses.begin(scenario)
        while not course.state.ended:
            beats = engine.beats(scenario, course.state)
            lines, _ = on_an_emulator(scenes.patient_turn(course, beats, 7), columns, plain=False)
            seen = folded(" ".join(lines))
            for beat in beats:
                assert folded(beat.says or beat.shows or "") in seen
            offered = engine.offered(scenario, course.state)
            course = courses.answer(course, list(offered)[0 if name == "first" else -1], "none")
            last = course.exchanges[-1]
            block = scenes.comment(course, last, tuple(last.offered))
            lines, _ = on_an_emulator(block, columns, plain=False)
            seen = folded(" ".join(lines))
            assert folded(last.response.why) in seen
            assert last.best or folded(last.offered[last.strongest].why) in seen


words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp"), blacklist_characters="\u2028\u2029"),
    min_size=1,
    max_size=60,
)


@settings(max_examples=scaled(400))
@given(st.lists(words, min_size=1, max_size=30), st.integers(4, 200))
def test_wrapping_loses_no_word_and_no_line_is_too_wide(parts: list[str], width: int) -> None:
    lines = wrap(" ".join(parts), width)
    assert "".join("".join(lines).split()) == "".join("".join(parts).split())
    assert all(cell_len(line) <= width for line in lines)


@settings(max_examples=scaled(200))
@given(st.lists(words, min_size=1, max_size=30), st.integers(16, 200), st.integers(0, 8))
def test_a_hanging_text_loses_nothing_either(parts: list[str], width: int, hanging: int) -> None:
    lines = wrap(" ".join(parts), width, hanging)
    assert "".join("".join(lines).split()) == "".join("".join(parts).split())
    assert all(cell_len(line) <= width for line in lines)
    assert all(line.startswith(" " * hanging) for line in lines[1:])


def test_what_must_be_folded_is_folded_where_it_can_be_read() -> None:
    path = "/home/somebody/.local/state/alliance-trainer/attempts"
    assert wrap(path, 39) == ["/home/somebody/.local/state/", "alliance-trainer/attempts"]
    assert wrap("x" * 500, 39) == ["x" * 39] * 12 + ["x" * 32]
    assert wrap("\u65e5" * 30, 21) == ["\u65e5" * 10] * 3
    combined = "e\u0301" * 100
    assert [cell_len(line) for line in wrap(combined, 40)] == [40, 40, 20]
    assert all(line.startswith("e") for line in wrap(combined, 40)), "no accent is parted from its letter"


@settings(max_examples=scaled(100))
@given(
    st.lists(st.sampled_from(["\u2026", "\u2014", "na\u00efve", "\x1b[31m", "\u200b", "\u65e5", "fine."]), min_size=30)
)
def test_signs_that_change_their_width_are_changed_before_the_lines_are_broken(parts: list[str]) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii", errors="replace")
    door = Door(look=Look(plain=False, reason="", colour=False, interactive=True), out=out, errors=out)
    text = " ".join(parts)
    door.show(Block(heading=Rule(left=text), items=(Prose(text=text), Option(number=1, text=text)), keys=text))
    door.say(text)
    out.flush()
    assert max(map(len, raw.getvalue().decode("ascii").splitlines())) < 80


@settings(max_examples=scaled(150))
@given(st.lists(words, min_size=1, max_size=20), st.integers(20, 200))
def test_no_screen_is_wider_than_the_terminal(parts: list[str], columns: int) -> None:
    text = " ".join(parts)
    items = (
        Prose(text=text),
        Said(who=parts[0], text=text),
        Seen(text=text),
        Option(number=3, text=text),
        Entry(label=parts[-1], text=text, indent=2),
    )
    block = Block(heading=Rule(left=text, right="turn 1"), items=items, keys="Enter go on   " + parts[0])
    pretty = [line.text for group in lay_out(block, columns) for line in group]
    plain = [line for group in plain_lines(block, columns) for line in group]
    assert all(cell_len(line) < columns for line in (*pretty, *plain))
    squeezed = "".join("".join(pretty).split())
    assert squeezed.count("".join(text.split())) >= 4 or columns < 40


def test_pages_keep_every_line_and_are_never_longer_than_asked() -> None:
    for sizes in ([3, 30, 1], [22], [23], [44, 45, 46], [1] * 50, []):
        groups = [[Line(text=f"{at}.{line}") for line in range(size)] for at, size in enumerate(sizes)]
        for rows in (8, 22):
            cut = pages(groups, rows)
            assert [line for page in cut for line in page] == [line for group in groups for line in group]
            assert all(0 < len(page) <= rows for page in cut)


def test_a_page_leaves_room_for_the_prompt_on_a_small_screen_and_is_never_long_on_a_tall_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    door = Door(
        look=Look(plain=False, reason="", colour=False, interactive=True), out=io.StringIO(), errors=io.StringIO()
    )
    for lines, rows in ((10, 8), (20, 18), (24, 22), (60, 22)):
        monkeypatch.setenv("LINES", str(lines))
        assert door.rows == rows


def test_the_screen_is_asked_for_its_width_each_time() -> None:
    widths = iter([80, 40])
    out = io.StringIO()
    look = Look(plain=True, reason="", colour=False, interactive=True)
    door = Door(look=look, out=out, errors=io.StringIO(), columns=lambda: next(widths))
    door.say("word " * 30)
    first = max(map(len, out.getvalue().splitlines()))
    out.truncate(0)
    out.seek(0)
    door.say("word " * 30)
    assert first > 70
    assert max(map(len, out.getvalue().splitlines())) < 40

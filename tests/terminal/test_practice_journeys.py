"""Practice on a real pseudo-terminal: own words, trying a turn again from the comment and the debrief, how it was."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from real_terminal import Terminal, put_away

from alliance_trainer.journal import branches
from alliance_trainer.journal.events import Branch, Choice, Felt, Header, Hint, Note, Pause, Reason, Retract, Said
from alliance_trainer.journal.store import Store

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pseudo-terminal: practice was NOT tested on one"),
]

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"

Open = Callable[..., Terminal]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    library = tmp_path / "library"
    library.mkdir()
    (library / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    terminals: list[Terminal] = []

    def open_one(*arguments: str, **more: object) -> Terminal:
        words = ("play", "example-scenario", "--seed", "1", *arguments) if arguments[:1] != ("debrief",) else arguments
        terminal = Terminal(*words, "--library", str(library), data=tmp_path / "data", **more)  # type: ignore[arg-type]
        terminals.append(terminal)
        return terminal

    yield open_one
    for terminal in terminals:
        put_away(terminal.child)


def folded(text: str) -> str:
    return " ".join(text.split())


def number_of(shown: str, words: str) -> str:
    (number,) = re.findall(r'(\d) "' + re.escape(words), folded(shown[shown.rindex("What do you say?") :]))
    return str(number)


def attempt_events(tmp_path: Path) -> list[object]:
    (entry,) = Store(folder=tmp_path / "data").entries()
    return [record.event for record in entry.readable]


def at_the_first_comment(opened: Open, *arguments: str) -> Terminal:
    """The first turn answered with a weak line; the comment stands there."""
    terminal = opened(*arguments)
    terminal.keys(["", "", ""])
    shown = terminal.keys(["3"])
    terminal.keys([number_of(shown, "The form shows us")])
    return terminal


def test_a_turn_is_tried_again_beside_the_attempt_and_the_attempt_goes_on_where_it_stood(
    opened: Open, tmp_path: Path
) -> None:
    terminal = at_the_first_comment(opened)
    assert "t try that turn again" in folded(terminal.printed)
    before = attempt_events(tmp_path)
    shown = terminal.keys(["t", ""])
    assert "for children" in terminal.printed[terminal.printed.rindex("alliance 53 -> 47") :]
    shown = terminal.keys([number_of(shown, "You are right")])
    assert "alliance 53 -> 55 (+ better)" in folded(shown)
    assert "try that turn again" not in folded(shown), "no branch grows from a branch"
    shown = terminal.keys(["u"])
    assert "Taken back" in shown
    shown = terminal.keys([""])
    terminal.keys([number_of(shown, "Sorry!")])
    shown = terminal.keys([""])
    assert "You are back in your attempt" in folded(shown)
    assert attempt_events(tmp_path) == before, "nothing of it in the attempt itself"
    (found,) = branches.every(tmp_path / "data")
    kinds = [type(record.event) for record in found.records]
    assert kinds[0] is Branch
    assert kinds.count(Choice) == 2
    assert kinds.count(Retract) == 1
    assert kinds[-1] is Pause
    shown = terminal.keys([""])
    assert "It's fine. Really." in folded(shown), "the attempt goes on from the first answer"
    terminal.keys(["q"])
    assert terminal.end() == 0


def test_from_the_debrief_a_turn_is_played_to_another_end_and_both_ways_are_shown(opened: Open, tmp_path: Path) -> None:
    terminal = at_the_first_comment(opened)
    shown = terminal.keys(["", "", "2"])
    terminal.keys([number_of(shown, "Good. Then")])
    terminal.keys([""])
    shown = terminal.keys(["3"])
    assert "Recorded: too hard." in shown
    assert isinstance(attempt_events(tmp_path)[-1], Felt)
    shown = terminal.keys([""])
    assert "1-2 try that turn again" in folded(shown)
    shown = terminal.keys(["1", ""])
    assert "What do you say?" in shown, "the probe of that turn is not asked again"
    terminal.keys([number_of(shown, "You are right"), "", ""])
    shown = terminal.keys(["4"])
    terminal.keys([number_of(shown, "That I had forgotten")])
    shown = terminal.keys(["", ""])
    assert "That turn, first and again" in shown
    assert "alliance 53 -> 47 (- worse) | alliance 53 -> 55 (+ better)" in folded(shown)
    shown = terminal.keys([""])
    assert "You are back in the debrief" in folded(shown)
    shown = terminal.keys(["", ""])
    assert "Debrief 4/4" in shown
    terminal.keys([""])
    assert terminal.end() == 0
    _both_ways_are_there_the_next_time(opened)


def _both_ways_are_there_the_next_time(opened: Open) -> None:
    again = opened("debrief")
    shown = again.keys(["", "", ""])
    assert "Debrief 4/4" in shown
    again.keys(["q"])
    assert again.end() == 0
    assert "Traceback" not in again.printed


def test_a_branch_that_is_left_in_the_debrief_says_how_to_go_on_with_it(opened: Open, tmp_path: Path) -> None:
    terminal = at_the_first_comment(opened)
    shown = terminal.keys(["", "", "2"])
    terminal.keys([number_of(shown, "Good. Then"), "", "", "", "2", "q"])
    assert terminal.end() == 0
    (found,) = branches.every(tmp_path / "data")
    assert f"resume {found.branch.branch[:8]}" in folded(terminal.printed)


def test_own_words_are_typed_skipped_and_hinted_at_by_keys(opened: Open, tmp_path: Path) -> None:
    terminal = opened("--say-first")
    terminal.keys(["", "", ""])
    shown = terminal.keys(["3"])
    assert "nothing about a real patient" in folded(shown)
    shown = terminal.keys(["?"])
    assert "It is never scored" in folded(shown)
    assert "write a few words" in terminal.keys(["x"])
    shown = terminal.keys(["You held that sheet by one corner."])
    assert "Recorded: your own words." in shown
    shown = terminal.keys([number_of(shown, "You are right")])
    assert "Why this one?" in shown
    shown = terminal.keys(["It leaves room."])
    assert 'Own words "You held that sheet by one corner."' in folded(shown)
    shown = terminal.keys(["", "", "4"])
    assert "Please nothing about a real patient." in folded(shown)
    assert "may be shown to others" not in folded(shown), "at length once in a sitting"
    shown = terminal.keys([""])
    assert "What do you say?" in shown
    terminal.keys(["u", "q"])
    assert terminal.end() == 0
    events = attempt_events(tmp_path)
    assert [event.text for event in events if isinstance(event, Said | Reason)] == [
        "You held that sheet by one corner.",
        "It leaves room.",
        "",
    ]
    assert [event.what for event in events if isinstance(event, Retract)] == ["probe"]


def test_after_too_hard_help_at_the_probe_gives_a_hint_that_is_recorded(opened: Open, tmp_path: Path) -> None:
    terminal = at_the_first_comment(opened)
    shown = terminal.keys(["", "", "2"])
    terminal.keys([number_of(shown, "Good. Then"), "", "3", "q"])
    assert terminal.end() == 0
    again = opened("--say-first")
    shown = again.keys([])
    assert "? at the first question gives a hint" in folded(shown)
    again.keys(["", ""])
    shown = again.keys(["?"])
    assert "One of them, both or neither is there." in shown
    again.keys(["q"])
    assert again.end() == 0
    latest = Store(folder=tmp_path / "data").entries()[-1].readable
    header = latest[0].event
    assert isinstance(header, Header)
    assert header.hints
    assert [record.event.turn for record in latest if isinstance(record.event, Hint)] == ["form"]


@pytest.mark.parametrize("before", [0, 2], ids=["part 1", "part 3"])
def test_on_every_part_of_the_debrief_a_number_tries_that_turn_again(opened: Open, before: int) -> None:
    terminal = at_the_first_comment(opened)
    shown = terminal.keys(["", "", "2"])
    terminal.keys([number_of(shown, "Good. Then")])
    shown = terminal.keys(["", "", *[""] * before])
    assert "1-2 try that turn again" in folded(shown)
    assert "a turn's number (1-2)" in folded(terminal.keys(["7"]))
    assert "save the transcript" in folded(terminal.keys(["?"]))
    shown = terminal.keys(["1", ""])
    assert "What do you say?" in shown


def test_letters_at_a_note_mean_what_they_mean_and_q_leaves(opened: Open, tmp_path: Path) -> None:
    terminal = opened()
    terminal.keys(["", ""])
    terminal.keys(["n"])
    assert "read everything so far again" in folded(terminal.keys(["?"]))
    assert "Looking back" in terminal.keys(["b"])
    assert "write a few words" in terminal.keys(["u"])
    assert "Noted." in terminal.keys(["she held it by one corner"])
    terminal.keys(["n", "q"])
    assert terminal.end() == 0
    assert "Go on with" in terminal.printed
    notes = [event.text for event in attempt_events(tmp_path) if isinstance(event, Note)]
    assert notes == ["she held it by one corner"]


def test_bytes_that_are_no_text_are_read_all_the_same(opened: Open, tmp_path: Path) -> None:
    terminal = opened("--say-first", environment={"PYTHONIOENCODING": "utf-8"})
    terminal.keys(["", "", "", "3"])
    half_erased = "caf\u00e9\x7f with her"  # Backspace takes one byte of two where a terminal is not told of UTF-8
    assert "Recorded: your own words." in terminal.answer(half_erased)
    assert "mistake of ours" not in terminal.printed
    terminal.keys(["q"])
    assert terminal.end() == 0
    (words,) = [event.text for event in attempt_events(tmp_path) if isinstance(event, Said)]
    assert words in ("caf\ufffd with her", "caf with her")


def test_a_line_that_the_terminal_cut_off_is_told_of_and_asked_for_again(opened: Open, tmp_path: Path) -> None:
    terminal = opened("--say-first")
    terminal.keys(["", "", "", "3"])
    for cut in ("a" + 1_500 * "\u2019", 1_500 * "\u2019"):
        shown = folded(terminal.answer(cut))
        assert "nothing of it was kept" in shown
        assert "Recorded" not in shown
    whole = 1_300 * "\u2019"
    assert "Recorded: your own words." in terminal.answer(whole)
    terminal.keys(["q"])
    assert terminal.end() == 0
    assert [event.text for event in attempt_events(tmp_path) if isinstance(event, Said)] == [whole]


def test_how_hard_it_was_is_told_by_number_or_word_and_help_offers_only_what_can_be_done(opened: Open) -> None:
    terminal = at_the_first_comment(opened)
    shown = terminal.keys(["", "", "2"])
    terminal.keys([number_of(shown, "Good. Then"), ""])
    assert "Please answer 1, 2 or 3, or press Enter" in terminal.keys(["9"])
    helped = folded(terminal.keys(["?"]))
    assert "1, 2, 3 say how hard you found it" in helped
    assert "undo" not in helped
    assert "note to self" not in helped
    assert "Recorded: too hard." in terminal.keys(["too hard"])

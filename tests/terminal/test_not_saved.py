"""An answer that cannot be kept: the screen that says so, and its three ways out, on a pseudo-terminal.

The disk is filled by a limit on the size of files, set from outside on the running program.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import command
from real_terminal import Terminal, put_away

from alliance_trainer.journal.events import Choice, Probe
from alliance_trainer.journal.scan import Clean
from alliance_trainer.journal.store import Entry, Store

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit (Linux): the NOT SAVED screen was NOT tested"),
]

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"


class Full:
    """A play that stands at the first probe, and a disk that can be full or not."""

    def __init__(self, folder: Path) -> None:
        self.library, self.data = folder / "library", folder / "data"
        self.library.mkdir()
        (self.library / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
        self.terminal = self.open("play", "example-scenario", "--seed", "1", "--library", str(self.library))
        self.terminal.keys(["", "", ""])

    def open(self, *arguments: str) -> Terminal:
        return Terminal(*arguments, data=self.data)

    @property
    def entry(self) -> Entry:
        (entry,) = Store(folder=self.data).entries()
        return entry

    def limit(self, room: int | None) -> None:
        """Allow files so many bytes more than the journal has now; None for any number."""
        import resource  # POSIX only

        most = resource.RLIM_INFINITY if room is None else self.entry.path.stat().st_size + room
        resource.prlimit(self.terminal.child.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Full]:
    disk = Full(tmp_path)
    disk.limit(20)
    yield disk
    put_away(disk.terminal.child)


def answers(entry: Entry) -> list[object]:
    assert isinstance(entry.scanned, Clean)
    return [record.event for record in entry.scanned.records if isinstance(record.event, Probe | Choice)]


def test_it_says_what_is_safe_and_saves_once_there_is_room(full: Full) -> None:
    shown = full.terminal.keys(["3"])
    assert "NOT SAVED" in shown
    assert "safe in" in " ".join(shown.split())
    assert "Recorded" not in full.terminal.printed
    assert not answers(full.entry)
    assert "NOT SAVED" in full.terminal.keys(["1"]), "there is still no room"
    full.limit(None)
    assert "Recorded: confrontation." in full.terminal.keys(["1"])
    assert len(answers(full.entry)) == 1
    assert "Recorded: option" in full.terminal.keys(["own-it"])


@pytest.mark.parametrize("way", ["q", "ctrl-d"])
def test_leaving_anyway_ends_with_5_and_keeps_what_was_there(full: Full, way: str) -> None:
    full.limit(None)
    full.terminal.keys(["3"])
    full.limit(20)
    assert "NOT SAVED" in full.terminal.keys(["own-it"])
    full.terminal.child.send("q\r" if way == "q" else "\x04")
    assert full.terminal.end() == 5
    assert "could not be saved" in full.terminal.printed
    assert "Saved." not in full.terminal.printed
    assert "mistake of ours" not in full.terminal.printed
    assert len(answers(full.entry)) == 1
    back = command("resume", "--library", full.library, data=full.data, typed="own-it\nmixed\nstay\n")
    assert back.code == 0, back.errors
    assert "Debrief 3/3" in back.out


def test_a_note_that_cannot_be_saved_says_so_too_and_no_other_note_is_offered(full: Full) -> None:
    full.terminal.keys(["n"])
    assert "NOT SAVED" in full.terminal.keys(["her hands"])
    assert "Please answer 1, 2 or q." in full.terminal.keys(["n"])
    full.limit(None)
    assert "Noted." in full.terminal.keys(["1"])


def test_it_goes_on_in_another_folder_with_everything_that_was_recorded(full: Full, tmp_path: Path) -> None:
    full.limit(None)
    full.terminal.keys(["3"])
    with full.entry.path.open("ab") as file:  # another program spoils the journal while it is open
        file.write(b"spoilt\n")
    assert "changed by another program" in " ".join(full.terminal.keys(["own-it"]).split())
    blocked = tmp_path / "a file"
    blocked.touch()
    for wrong, words in (("", "No folder was named"), (str(blocked), "Nothing can be kept")):
        shown = full.terminal.keys(["2", wrong])
        assert "NOT SAVED" in shown
        assert words in " ".join(shown.split())
    other = tmp_path / "other"
    assert "Recorded: option" in full.terminal.keys(["2", str(other)])
    full.terminal.child.send("q\r")
    assert full.terminal.end() == 0
    said = "".join(full.terminal.printed.split())
    assert re.search(r"alliance-trainerresume[a-z2-7]{8}--data-dir" + re.escape(str(other)), said)
    (entry,) = Store(folder=other).entries()
    assert len(answers(entry)) == 2
    back = command("resume", "--data-dir", other, data=full.data, typed="mixed\nstay\n")
    assert back.code == 0, back.errors
    assert "Debrief 3/3" in back.out, "the copy of the scenario has moved along"


def test_coming_back_to_a_full_disk_can_be_left_as_well(full: Full) -> None:
    full.limit(None)
    full.terminal.child.send("q\r")
    full.terminal.end()
    script = (
        "import resource;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({full.entry.path.stat().st_size + 20}, resource.RLIM_INFINITY));"
        "from alliance_trainer.__main__ import main; main()"
    )
    terminal = Terminal("resume", data=full.data, start=("-c", script))
    assert "NOT SAVED" in terminal.wait()
    terminal.child.send("q\r")
    assert terminal.end() == 5
    assert "mistake of ours" not in terminal.printed
    assert list((full.data / "attempts").iterdir()) == [full.entry.path]

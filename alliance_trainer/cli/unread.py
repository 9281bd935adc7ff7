"""What lay among attempts and was not read: said beside what could not be scored."""

from collections.abc import Sequence
from pathlib import Path

from alliance_trainer.cohort.reading.sources import passed_over, passed_over_in_words
from alliance_trainer.terminal.door import Door


def tell_unread(door: Door, paths: Sequence[Path]) -> None:
    """Say which files in the folders among the paths may hold attempts and were passed over, if there are any."""
    if files := passed_over(paths):
        door.say(passed_over_in_words(files), tone="warn")

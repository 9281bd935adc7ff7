"""What a patient was seen to do at a turn, in one line."""

from collections.abc import Iterable

from alliance_trainer.core.model import Beat


def words_of(beats: Iterable[Beat]) -> str:
    """What was said and shown, in order; what was shown stands in brackets."""
    return " ".join(map(_beat, beats))


def _beat(beat: Beat) -> str:
    if beat.says is not None:
        return beat.says.strip()
    return f"({beat.shows.strip()})" if beat.shows is not None else "(silence)"

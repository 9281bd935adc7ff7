"""What is said of attempts beside their figures, in words: in a few for one attempt, in a sentence for many."""

from collections.abc import Iterator, Mapping

from alliance_trainer.cohort.scoring.scored import Scored, VersionNote

AFTER_FEEDBACK = "played after feedback on the same scenario (comments in practice, or a debrief)"

_IN_SHORT: Mapping[VersionNote, str] = {
    "text": "other words",
    "re-keyed": "re-keyed",
    "re-routed": "re-routed",
    "other": "other version",
}
_IN_FULL: Mapping[VersionNote, str] = {
    "text": "played with other words in the scenario, which change no score",
    "re-keyed": "played before the ratings were changed, scored by those at hand",
    "re-routed": "played before the ways were changed, on a way that is still there",
    "other": "played in another version of the scenario, scored by the one at hand",
    "unstated": "without word of which version of the scenario was played",
}


def notes_of(scored: Scored) -> Iterator[str]:
    """What is to be said of one attempt: nothing, if it may be shared, no feedback came before it, and it was played
    in the very scenario that it was scored against, or does not say in which."""
    if scored.attempt.not_shared:
        yield "practice, not shared"
    if scored.after_feedback:
        yield "after feedback"
    if scored.version in _IN_SHORT:
        yield _IN_SHORT[scored.version]


def remarks(after_feedback: int, versions: Mapping[VersionNote, int]) -> Iterator[str]:
    """What is to be said of attempts of record, of which so many were made after feedback."""
    if after_feedback:
        yield f"{after_feedback} {AFTER_FEEDBACK}"
    if words := versions_in_words(versions):
        yield words


def versions_in_words(versions: Mapping[VersionNote, int]) -> str:
    """How many attempts were not played in the version that they were scored against, by kind; "" if all were."""
    return "; ".join(f"{versions[note]} {words}" for note, words in _IN_FULL.items() if versions.get(note))

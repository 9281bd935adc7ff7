"""Attempts told in full, and a study of them, for the tests of what is written from cohorts; and texts that are hostile."""

import random
from typing import Any

import cohort_files
import made_cohorts
import msgspec

from alliance_trainer.cohort.scoring.scored import from_card
from alliance_trainer.cohort.study.building import study
from alliance_trainer.cohort.study.figures import Study
from alliance_trainer.cohort.told import Teller, Told
from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.clean import clean
from alliance_trainer.core.scoring import score
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.journal.attempt_lines import read_line

TRIGGERS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
PIECES = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x",
    '"', '""', ",", ";", "'", "\x1b[31m", "\u202e", "\x00", " ", "wren", "ä", '=HYPERLINK("http://x")', "\ud800",
    "\ufeff", "\u200b", "<script>alert(1)</script>", "[x](http://evil)", "\u2028", "\U000e0041", "\\", "{", "}", "|",
]  # fmt: skip
"""Of which hostile names and texts are made."""

TELLER = Teller()


def bare(text: str | None) -> str:
    """What is left to compare of a text in a cell: cleaned, and without the marks that keep it from being run."""
    return clean(text or "").replace("'", "")


def hostile(rng: random.Random) -> str:
    return "".join(rng.choices(PIECES, k=rng.randrange(1, 5)))


def attempt_of(number: int, **changes: Any) -> Attempt:
    attempt = read_line(cohort_files.line(cohort_files.record(number)))
    assert isinstance(attempt, Attempt)
    return msgspec.structs.replace(attempt, **changes)


def told(number: int, *, of_record: bool = True, **changes: Any) -> Told:
    """The record of this number (see cohort_files), scored by the reference scorer and told."""
    attempt = attempt_of(number, **changes)
    card = score(cohort_files.AUTOMATON, attempt.steps, attempt.status)
    scored = msgspec.structs.replace(from_card(attempt, "same", card), of_record=of_record)
    return TELLER.tell(attempt, scored, cohort_files.SCENARIO, cohort_files.SHA256)


def study_of(made: made_cohorts.Made, policy: str = "first") -> Study:
    return study(policy=policy, result=made.result, moments=made.moments, scored=made.scored, scenarios=made.scenarios)


def small_study(trainees: int = 12, seed: int = 3) -> tuple[made_cohorts.Made, Study]:
    """A cohort of one scenario, and its study."""
    made = made_cohorts.cohort([cohort_files.SCENARIO], trainees, seed)
    return made, study_of(made)


def renamed(whole: Study, names: dict[str, str]) -> Study:
    """The study with other names for its trainees."""
    return msgspec.structs.replace(
        whole,
        trainees=tuple(msgspec.structs.replace(one, trainee=names[one.trainee]) for one in whole.trainees),
        skills=tuple(
            msgspec.structs.replace(
                skill,
                scores=tuple(msgspec.structs.replace(one, trainee=names[one.trainee]) for one in skill.scores),
            )
            for skill in whole.skills
        ),
        recognition=msgspec.structs.replace(
            whole.recognition,
            trainees=tuple(
                msgspec.structs.replace(one, trainee=names[one.trainee]) for one in whole.recognition.trainees
            ),
        ),
    )


FOUR = len(SKILLS)

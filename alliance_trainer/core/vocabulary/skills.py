"""The skills that are scored: the four of the scorecard, and three further tasks."""

from typing import Literal, get_args

Skill = Literal["recognition", "nondefensiveness", "metacommunication", "responsibility"]
FurtherTask = Literal["inquiry", "empathy", "shifts"]
Rated = Skill | FurtherTask

SKILLS: tuple[Skill, ...] = get_args(Skill)
FURTHER_TASKS: tuple[FurtherTask, ...] = get_args(FurtherTask)
RATED: tuple[Rated, ...] = (*SKILLS, *FURTHER_TASKS)

SKILL_MEANINGS: dict[Rated, str] = {
    "recognition": "sees the moment and acts on it",
    "nondefensiveness": "takes the complaint or the distance in, without arguing or collapsing",
    "metacommunication": "talks, tentatively, about what happens between the two",
    "responsibility": "names the own part, in proportion",
    "inquiry": "invites a joint look at what happened",
    "empathy": "stays with the negative feeling, also when it is about the therapist",
    "shifts": "explores the patient's step back, when it comes",
}

"""What only practice has on its screens: own words, a hint at the probe, trying a turn again, how hard it was."""

from msgspec.structs import replace

from alliance_trainer.core import hints
from alliance_trainer.core.course import Course
from alliance_trainer.core.own_words import OwnWords
from alliance_trainer.core.pitch import FeltAnswer
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Prose, Rule

SKIP = "Enter (or a dash) passes over it."

WARNING = "Please write nothing about a real patient: your words are kept on this computer, and may be shown to others."

SHORT_WARNING = "Please nothing about a real patient."

REASON = f"Why this one? One line. {SKIP} {SHORT_WARNING}"
"""The question after a response."""

NOTE = "Note to self, one line (please no real patient material):"

FELT_HINT = "Please answer 1, 2 or 3, or press Enter to go on without."

FELT_WORDS: dict[FeltAnswer, str] = {"too-easy": "too easy", "right": "right", "too-hard": "too hard"}

_BY_NUMBER: dict[str, FeltAnswer] = {str(number): answer for number, answer in enumerate(FELT_WORDS, start=1)}
FELT_CHOICES: dict[str, FeltAnswer] = (
    _BY_NUMBER | {answer: answer for answer in FELT_WORDS} | {words: answer for answer, words in FELT_WORDS.items()}
)
"""The answers to how hard it was, by number and by name."""


def announced(*, say_first: bool, hints: bool) -> list[Item]:
    """What the intro says about own words and hints, where there are any."""
    lines = [
        "Before you see what is on offer you write what you would say yourself." if say_first else "",
        "Last time you found it too hard: ? at the first question gives a hint." if hints else "",
    ]
    return [Prose(text=line) for line in lines if line]


def words_question(course: Course, at: str, *, undo: bool, warn: bool) -> Block:
    """What would you say, before you see what is on offer? `at`: which turn this is; `warn`: at full length."""
    name = course.scenario.patient.name
    items: list[Item] = [Prose(text=f"Your own words to {name}, in one line. Then you see what is on offer. {SKIP}")]
    items += [Gap(), Prose(text=WARNING)] if warn else [Prose(text=SHORT_WARNING)]
    return Block(
        heading=Rule(left="First in your own words: what would you say?", right=at),
        items=(Gap(), *items, Gap()),
        keys=f"a line + Enter   b look back{'   u undo' if undo else ''}   ? help   q save and leave",
    )


def own_words(words: OwnWords) -> list[Item]:
    """The trainee's own words as rows; none where nothing was written."""
    rows = [("Own words", f'"{words.said}"' if words.said else ""), ("Your why", words.reason)]
    return [Entry(label=label, text=text) for label, text in rows if text]


def hint(course: Course, seed: str) -> Block:
    """Two signs to look for at the turn at hand."""
    state = course.state
    away, against = hints.hint(state.place, course.scenario.turns[state.place], seed)
    rows = [
        Prose(text=f"- {MARKERS[marker].label} ({MARKERS[marker].type}): {MARKERS[marker].meaning}")
        for marker in (away, against)
    ]
    return Block(
        heading=Rule(left="A hint: two signs to look for"),
        items=(*rows, Prose(text="One of them, both or neither is there.")),
    )


def help_rows(*, words: bool) -> list[Entry]:
    """What help says about own words, where they are asked for."""
    if not words:
        return []
    text = f"a line as you would say it. It is never scored: hold it beside the lines on offer. {SKIP} {WARNING}"
    return [Entry(label="In words", text=text)]


def comment_keys(*, tries: bool, branch: bool) -> str:
    """The keys below a comment: in the attempt, or in a branch of it."""
    on = "Enter go on" if branch else "Enter go on with what you said"
    again = "   t try that turn again" if tries else ""
    return f"{on}{again}   u take it back   n note   ? help   q leave"


def only_keys(block: Block) -> Block:
    """The keys of a block alone, for when one is back at it."""
    return replace(block, heading=None, items=())


def felt_question() -> list[Item]:
    """How hard was it?"""
    return [Prose(text="How was it? 1 too easy, 2 right, 3 too hard. It helps to suggest what to play next.")]


def ending_help(*, asks: bool) -> Block:
    """What ? says below the last scene."""
    rows = [
        *([Entry(label="1, 2, 3", text="say how hard you found it; Enter goes on without")] if asks else []),
        Entry(label="Enter", text="go on; nothing more is asked about the patient"),
        Entry(label="b", text="look back: read everything again"),
        Entry(label="q", text="leave; all you answered is kept"),
    ]
    return Block(heading=Rule(left="Help"), items=tuple(rows))


def ending_keys(*, asks: bool, debrief: bool = True) -> str:
    """The keys below the last scene; what was played from a pack has no debrief."""
    how = "1-3 how it was   " if asks else ""
    return f"{how}Enter go on{' to the debrief' if debrief else ''}   b look back   ? help   q leave"

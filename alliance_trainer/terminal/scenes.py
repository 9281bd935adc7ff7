"""The screens of a play as blocks: the intro, a patient's turn, the two questions, the comment, help."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from alliance_trainer.core import engine
from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.counting import counted
from alliance_trainer.core.course import Course, Exchange
from alliance_trainer.core.keyless import KeylessScenario
from alliance_trainer.core.model import Beat, Scenario
from alliance_trainer.core.own_words import NO_WORDS, OwnWords
from alliance_trainer.core.reading import reading_of_notice
from alliance_trainer.core.vocabulary.markers import RUPTURE_TYPES
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.terminal import practice_scenes
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Option, Prose, Rule, Said, Seen
from alliance_trainer.terminal.session import Rules

_NUMBER_WORDS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)

NOTICE_MEANINGS = {
    "none": "Nothing special: {name} is with you and ready to work.",
    "withdrawal": "Withdrawal: {name} moves away from you or from the topic"
    " (gives in, goes quiet, changes the subject).",
    "confrontation": "Confrontation: {name} moves against you (complains, criticises, refuses).",
    "mixed": "Both at once.",
}

NOTICE_CHOICES: dict[str, NoticeAnswer] = {str(number): kind for number, kind in enumerate(RUPTURE_TYPES, start=1)}
"""The answers to the probe, by number and by name."""
NOTICE_CHOICES.update({kind: kind for kind in RUPTURE_TYPES})


def silence_in_words(seconds: int) -> str:
    """A silence as it is written on the screen; it is never waited."""
    number = _NUMBER_WORDS[seconds] if seconds < len(_NUMBER_WORDS) else str(seconds)
    return f"about {number} second{'' if seconds == 1 else 's'} of silence"


def beat_items(name: str, beats: Iterable[Beat]) -> list[Item]:
    """What the patient does, as items of a block."""
    items: list[Item] = []
    for beat in beats:
        if beat.says is not None:
            items.append(Said(who=name, text=beat.says))
        elif beat.shows is not None:
            items.append(Seen(text=beat.shows))
        elif beat.silence is not None:
            items.append(Seen(text=silence_in_words(beat.silence)))
    return items


def spaced(items: Iterable[Item]) -> list[Item]:
    """The items with an empty line wherever speech begins or ends."""
    done: list[Item] = []
    for item in items:
        if done and (isinstance(item, Said) or isinstance(done[-1], Said)):
            done.append(Gap())
        done.append(item)
    return done


def where(course: Course, about: int) -> str:
    """Which turn this is, of about how many."""
    return f"turn {course.number} of about {about}" if course.number <= about else f"turn {course.number}"


def first_words(place: str) -> Block:
    """Before the first attempt: what this is and is not, how to answer, where answers are kept."""
    return Block(
        heading=Rule(left="Before you start", major=True),
        items=(
            Gap(),
            Prose(
                text="This is a training aid for clinicians in training, for use beside supervision; it is not"
                " therapy, advice or an examination. The patients are fictional. The scores are formative and"
                " unvalidated: they comment on lines in a story, not on a person, and the best line depends on"
                " context."
            ),
            Gap(),
            Prose(text="Answer with a number and Enter. q leaves, always, and everything is saved."),
            Prose(text="Your answers stay on this computer, in this folder:"),
            Prose(text=place),
            Gap(),
        ),
        keys="Enter go on   q leave",
    )


def intro(scenario: Scenario, rules: Rules, about: int, *, details: bool) -> Block:
    """Who the patient is, what will be asked, and what topics come up."""
    patient = scenario.patient
    who = f"{patient.name}, {patient.age}. {patient.background or ''}".strip()
    items: list[Item] = [Gap(), Prose(text=who), Gap(), Prose(text=scenario.briefing.strip()), Gap()]
    asked = "what you say" if rules.notice == "off" else "what you notice, and what you say"
    items.append(
        Prose(text=f"You will be asked {asked}. You can leave at any moment (q); each answer is saved as you give it.")
    )
    if rules.practice:
        items.append(Prose(text="In practice you get a comment after each answer and may undo (u)."))
    items += practice_scenes.announced(say_first=rules.say_first, hints=rules.hints)
    items += [Gap(), *content_notes(scenario, details=details)]
    return Block(
        heading=Rule(left=scenario.title, right=f"{rules.mode} | about {counted(about, 'turn')}", major=True),
        items=tuple(items),
        keys="Enter start   d details   s choose another   ? help   q leave",
    )


def unasked(block: Block) -> Block:
    """The block without its keys, where nobody is asked anything."""
    return replace(block, keys="")


def unrecorded(block: Block) -> Block:
    """The block where nothing is recorded: there is nothing to save, and no note is taken."""
    return replace(block, keys=block.keys.replace("q save and leave", "q leave").replace("   n note", ""))


def welcome_back(course: Course, about: int) -> Block:
    """The first words after a pause."""
    last = course.last
    items: list[Item] = []
    if last is not None:
        items = [
            Prose(text="Where you were:"),
            *spaced(
                [
                    Said(who="You", text=last.response.says.strip(), role="You"),
                    *beat_items(course.scenario.patient.name, last.reply),
                ]
            ),
        ]
    return Block(
        heading=Rule(left=f"Welcome back: {course.scenario.title}", right=where(course, about), major=True),
        items=tuple(items),
    )


def content_notes(scenario: Scenario, *, details: bool) -> list[Item]:
    """The topics that come up; with details also how much room they take."""
    notes = scenario.content_notes
    if not notes:
        return [Entry(label="Content", text="no topics that usually need a note")]
    topics = ", ".join(f"{note.topic} ({note.level})" if details else note.topic for note in notes)
    items: list[Item] = [Entry(label="Content", text=topics)]
    if details:
        items += [Entry(label="To learn", text=objective) for objective in scenario.objectives]
    return items


def patient_turn(course: Course, beats: Sequence[Beat], about: int, came: Sequence[Item] = ()) -> Block:
    """What the patient does now; `came` is what the last answer brought, where no comment showed it."""
    scenario = course.scenario
    items = spaced([*came, *beat_items(scenario.patient.name, beats)])
    return Block(
        heading=Rule(left=scenario.title, right=where(course, about)),
        items=(Gap(), *items, Gap()),
        keys="Enter go on   b look back   n note   ? help   q save and leave",
    )


def notice_question(course: Course, about: int, *, undo: bool, hint: bool = False) -> Block:
    """What do you notice? `hint`: help names two signs to look for."""
    name = course.scenario.patient.name
    options = tuple(
        Option(number=number, text=NOTICE_MEANINGS[kind].format(name=name))
        for number, kind in enumerate(RUPTURE_TYPES, start=1)
    )
    return Block(
        heading=Rule(left="What do you notice?", right=where(course, about)),
        items=(*options, Gap()),
        keys=f"1-4 + Enter   b look back{'   u undo' if undo else ''}   n note   ? help{' and a hint' if hint else ''}"
        "   q save and leave",
    )


def response_question(course: Course, order: Sequence[str], about: int, *, undo: bool) -> Block:
    """What do you say?"""
    responses = course.scenario.turns[course.state.place].responses
    options = tuple(
        Option(number=number, text=f'"{responses[name].says.strip()}"') for number, name in enumerate(order, start=1)
    )
    numbers = f"1-{len(order)}" if len(order) > 1 else "1"
    return Block(
        heading=Rule(left="What do you say?", right=where(course, about)),
        items=(*options, Gap()),
        keys=f"{numbers} + Enter   b look back{'   u undo' if undo else ''}   n note   ? help   q save and leave",
    )


def moved(before: int, after: int) -> str:
    """A move of the alliance in numbers, sign and word."""
    sign, word = ("+", "better") if after > before else ("-", "worse") if after < before else ("=", "the same")
    return f"alliance {before} -> {after} ({sign} {word})"


def skill_words(exchange: Exchange) -> str:
    """How the response did on each skill that this turn calls for, in words."""
    by_word: dict[str, list[str]] = {"strong": [], "halfway": [], "weak": []}
    for skill in SKILLS:
        ratings = [response.rates.get(skill, 0) for response in exchange.offered.values()]
        mine = exchange.response.rates.get(skill, 0)
        if min(ratings) < max(ratings):
            word = "strong" if mine == max(ratings) else "weak" if mine == min(ratings) else "halfway"
            by_word[word].append(skill)
    return "; ".join(f"{word} in {', '.join(skills)}" for word, skills in by_word.items() if skills)


def comment(
    course: Course, exchange: Exchange, order: Sequence[str], words: OwnWords = NO_WORDS, keys: str = ""
) -> Block:
    """Practice only: why first, then the reply, the stronger line, what was noticed, and the own words, if any."""
    number = order.index(exchange.response_id) + 1
    name = course.scenario.patient.name
    items: list[Item] = [Entry(label="Why", text=exchange.response.why.strip()), Gap()]
    if exchange.reply:
        items += [*spaced(beat_items(name, exchange.reply)), Gap()]
    if exchange.best:
        items.append(Entry(label="Strongest", text="+ no line on offer here was stronger", tone="accent"))
    else:
        best = exchange.strongest
        text = f"option {order.index(best) + 1}. {exchange.offered[best].why.strip()}"
        items.append(Entry(label="Stronger", text=text, tone="accent"))
    skills = skill_words(exchange)
    if skills:
        items.append(Entry(label="Skills", text=f"the line you said was {skills}"))
    if exchange.notice is not None:
        items.append(Entry(label="Noticing", text=reading_of_notice(exchange.turn, exchange.notice)))
    items += practice_scenes.own_words(words)
    return Block(
        heading=Rule(left=f"You said {number}", right=moved(exchange.level_before, exchange.level_after)),
        items=tuple(items),
        keys=keys or practice_scenes.comment_keys(tries=True, branch=False),
    )


def ending(course: Course, came: Sequence[Item] = (), *, asks: bool = False) -> Block:
    """The last scene; `asks`: how hard the scenario was can be answered there."""
    name = course.scenario.patient.name
    last = course.scenario.endings[course.state.place]
    items = spaced([*came, *beat_items(name, engine.beats(course.scenario, course.state))])
    return Block(
        heading=Rule(left=course.scenario.title, right="the end"),
        items=(
            *(Gap(), *items, Gap(), *([Prose(text=last.title)] if last.title else [])),
            *([Gap()] if last.title and asks else []),
            *(practice_scenes.felt_question() if asks else []),
        ),
        keys=practice_scenes.ending_keys(asks=asks, debrief=not isinstance(course.scenario, KeylessScenario)),
    )


def looked_back(course: Course) -> Block:
    """Everything so far, to read again; nothing can be answered here."""
    name = course.scenario.patient.name
    items: list[Item] = []
    for exchange in course.way:
        items.append(Rule(left=f"turn {exchange.number}"))
        items += spaced(
            [
                *beat_items(name, exchange.beats),
                Said(who="You", text=exchange.response.says.strip(), role="You"),
                *beat_items(name, exchange.reply),
            ]
        )
    if not course.state.ended:
        items.append(Rule(left=f"turn {course.number}, now"))
        items += spaced(beat_items(name, engine.beats(course.scenario, course.state)))
    return Block(heading=Rule(left="Looking back", right=course.scenario.title), items=tuple(items))


def help_page(*, undo: bool, words: bool = False, keeps: bool = True) -> Block:
    """The keys, and what the two questions mean; `keeps`: what is answered is recorded."""
    leaving = "save and leave" if keeps else "leave, with nothing recorded"
    rows = [
        Entry(label="number", text="type the number of your answer, then Enter"),
        Entry(label="b", text="look back: read everything so far again"),
        *([Entry(label="u", text="undo: take back your last answer; the first one stays the score")] if undo else []),
        *([Entry(label="n", text="note to self; please no real patient material")] if keeps else []),
        Entry(label="q", text=f"{leaving}; so do Ctrl-C, Ctrl-D and closing the window"),
        Entry(
            label="Notice",
            text="a rupture is a strain in working together. Moving away is withdrawal,"
            " moving against is confrontation. Agreeing is not always harmony, and disagreeing is not always"
            " a rupture.",
        ),
        *practice_scenes.help_rows(words=words),
        Entry(label="Say", text="pick the line that fits this moment best. All of them could be said."),
    ]
    return Block(heading=Rule(left="Help"), items=tuple(rows))

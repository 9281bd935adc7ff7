"""The screens of a drill on single moments as blocks: intro, moment, three questions, feedback, the end."""

from collections.abc import Iterable, Sequence

from alliance_trainer.core.counting import counted
from alliance_trainer.core.detection import Detected
from alliance_trainer.core.drill_items import Item as Asked
from alliance_trainer.core.history import Noticing
from alliance_trainer.core.reading import reading_of, signs_of
from alliance_trainer.core.vocabulary.markers import MARKERS, RUPTURE_TYPES, MarkerId
from alliance_trainer.core.vocabulary.moments import FOIL_MEANINGS, SURE_STEPS, FeedbackWhen
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Option, Prose, Rule, Said
from alliance_trainer.terminal.scenes import NOTICE_MEANINGS, beat_items, spaced

_SURE_WORDS = {50: "50 %: as likely wrong as right", 100: "100 %: certain"}

_FEEDBACK = {
    "each": "After each one you see what it was, and why.",
    "end": "What they were, and why, comes when all are answered.",
    "off": "This time without comments: only what was asked is kept.",
}


def intro(count: int, topics: Sequence[str], feedback: FeedbackWhen, *, again: bool) -> Block:
    """What is asked, what topics come up, and whether some of it was missed before: which would tell too much."""
    items: list[Item] = [
        Gap(),
        Prose(
            text="Each moment stands alone: where you are, and what the patient does. In some of them something is"
            " wrong between the two of you, in others nothing is, though it may look so. Their order is left to chance."
        ),
        Gap(),
        Prose(text=f"{_FEEDBACK[feedback]} You can leave at any moment (q); each answer is saved as you give it."),
        Gap(),
    ]
    if again:
        items += [Prose(text="Some of what you missed before is due again, and is among them."), Gap()]
    topic = ", ".join(topics) or "no topics that usually need a note"
    items.append(Entry(label="Content", text=topic))
    return Block(
        heading=Rule(left="Spot", right=counted(count, "moment"), major=True),
        items=tuple(items),
        keys="Enter start   ? help   q leave",
    )


def moment(item: Asked, place: str) -> Block:
    """Where one is, the exchange just before if there is one, and what the patient does now."""
    return Block(
        heading=Rule(left=item.title, right=place),
        items=(Gap(), *scene(item), Gap()),
        keys="Enter go on   n note   ? help   q save and leave",
    )


def scene(item: Asked) -> list[Item]:
    """All of a moment that can be read."""
    items: list[Item] = [Prose(text=item.context), Gap()]
    if item.before is not None:
        before = item.before
        said = Said(who="You", text=before.said, role="You")
        items += [Rule(left="just before")]
        items += spaced([*beat_items(item.name, before.beats), said, *beat_items(item.name, before.reply)])
        items += [Rule(left="now")]
    return [*items, *spaced(beat_items(item.name, item.beats))]


def notice_question(item: Asked, place: str) -> Block:
    """What is going on?"""
    name = item.name if item.source == "library" else "the patient"
    options = tuple(
        Option(number=number, text=NOTICE_MEANINGS[kind].format(name=name))
        for number, kind in enumerate(RUPTURE_TYPES, start=1)
    )
    return Block(
        heading=Rule(left="What is going on?", right=place),
        items=(*options, Gap()),
        keys="1-4 + Enter   b look back   n note   ? help   q save and leave",
    )


def sign_question(order: Sequence[MarkerId], place: str) -> Block:
    """Which sign?"""
    options = tuple(
        Option(number=number, text=f"{MARKERS[name].label}: {MARKERS[name].meaning}")
        for number, name in enumerate(order, start=1)
    )
    return Block(
        heading=Rule(left="Which sign is the clearest?", right=place),
        items=(*options, Gap()),
        keys=f"1-{len(order)} + Enter   b look back   u undo   n note   ? help   q save and leave",
    )


def sure_question(place: str) -> Block:
    """How sure?"""
    options = tuple(
        Option(number=number, text=_SURE_WORDS.get(percent, f"{percent} %"))
        for number, percent in enumerate(SURE_STEPS, start=1)
    )
    return Block(
        heading=Rule(left="How sure are you of what is going on?", right=place),
        items=(*options, Gap()),
        keys="1-6 + Enter   b look back   u undo   n note   ? help   q save and leave",
    )


def feedback(item: Asked, answer: Noticing, place: str) -> Block:
    """What it was: right or not in words about the moment, the sign, and why."""
    return Block(
        heading=Rule(left="What it was", right=place),
        items=tuple(_told(item, answer)),
        keys="Enter go on   b look back   n note   ? help   q leave",
    )


def _told(item: Asked, answer: Noticing) -> Iterable[Item]:
    yield Prose(text=reading_of(item.markers, answer.answer), tone="strong")
    yield Gap()
    if answer.named is not None:
        yield Entry(label="Sign", text=_sign(item, answer.named))
    for marker in item.markers:
        yield Entry(label="Means", text=f"{MARKERS[marker].label}: {MARKERS[marker].meaning}")
    if item.foil is not None:
        yield Entry(label="It is", text=FOIL_MEANINGS[item.foil])
    if item.why:
        yield Entry(label="Why" if item.source == "moments" else "Inside", text=item.why)


def _sign(item: Asked, named: MarkerId) -> str:
    label = MARKERS[named].label
    if named in item.markers:
        return f'+ you named "{label}", and it is there'
    if not item.markers:
        return f'- you named "{label}"; there is no sign of a rupture here'
    return f'- you named "{label}"; what is there: {signs_of(item.markers)}'


def review(items: Sequence[Asked], answers: Sequence[Noticing]) -> Block:
    """All moments at once, for feedback at the end: each with its reading, those not right with why."""
    rows: list[Item] = []
    for number, (item, answer) in enumerate(zip(items, answers, strict=False), start=1):
        rows.append(Entry(label=f"Moment {number}", text=_opening(item), tone="strong"))
        rows.append(Prose(text=reading_of(item.markers, answer.answer)))
        if answer.named is not None:
            rows.append(Entry(label="Sign", text=_sign(item, answer.named), indent=2))
        if not answer.exact and item.why:
            rows.append(Entry(label="Why" if item.source == "moments" else "Inside", text=item.why, indent=2))
        rows.append(Gap())
    return Block(
        heading=Rule(left="What they were", major=True),
        items=tuple(rows),
        keys="Enter go on   n note   ? help   q leave",
    )


def _opening(item: Asked) -> str:
    said = next((beat.says for beat in item.beats if beat.says), None)
    return f'"{said.strip()}"' if said else item.title


def closing(
    answers: Sequence[Noticing], told: Sequence[str], back: Sequence[tuple[str, Sequence[str]]], place: str
) -> Block:
    """The end: counts of this drill, what all drills and plays say together, what comes back and when."""
    counts = sum((answer.counted for answer in answers), Detected())
    seen = [answer for answer in answers if answer.markers and answer.answer != "none"]
    named = [answer for answer in seen if answer.named is not None]
    items: list[Item] = [
        Entry(label="Ruptures", text=f"{counts.hits} seen, {counts.misses} missed", column=15),
        Entry(
            label="Nothing wrong",
            text=f"{counts.correct_rejections} left plain, {counts.false_alarms} called a rupture",
            column=15,
        ),
    ]
    if seen:
        right = sum(answer.exact for answer in seen)
        items.append(Entry(label="Kind", text=f"{right} of {len(seen)} called what they were", column=15))
    if named:
        right = sum(answer.named in answer.markers for answer in named)
        items.append(Entry(label="Sign", text=f"{right} of {len(named)} named", column=15))
    if told:
        items += [Gap(), Prose(text="All that you have answered so far, in drills and in plays:", tone="strong")]
        items += [Prose(text=line) for line in told]
    if back:
        items += [Gap(), Prose(text="What was missed comes back:", tone="strong")]
        items += [Entry(label=when, text=", ".join(labels), column=15) for when, labels in back]
    items += [Gap(), Entry(label="Kept in", text=place)]
    return Block(heading=Rule(left="Drill finished", right=_moments(len(answers)), major=True), items=tuple(items))


def withheld(count: int, place: str) -> Block:
    """The end of a drill without comments."""
    return Block(
        heading=Rule(left="Drill finished", right=_moments(count), major=True),
        items=(
            Prose(text="Kept without a comment, as you wished. It counts in:  alliance-trainer progress"),
            Gap(),
            Entry(label="Kept in", text=place),
        ),
    )


def _moments(count: int) -> str:
    return counted(count, "moment")


def help_page() -> Block:
    """The keys, and what the questions mean."""
    rows = [
        Entry(label="number", text="type the number of your answer, then Enter"),
        Entry(label="b", text="look back: read the moment again"),
        Entry(label="u", text="undo: take back your last answer about this moment, before you are told what it was"),
        Entry(label="n", text="note to self; please no real patient material"),
        Entry(label="q", text="save and leave; so do Ctrl-C, Ctrl-D and closing the window"),
        Entry(
            label="Wrong?",
            text="a rupture is a strain in working together. Moving away is withdrawal, moving against is"
            " confrontation. Agreeing is not always harmony; disagreeing, being tired, telling a story or thinking is"
            " not always a rupture.",
        ),
        Entry(label="Sign", text="one of four is there if there is a rupture; if there is none, none of them is"),
    ]
    return Block(heading=Rule(left="Help"), items=tuple(rows))

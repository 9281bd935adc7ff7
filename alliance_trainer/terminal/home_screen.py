"""The home screen, and the first words of all: what is there, what could come next, where everything lies."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from alliance_trainer.journal.preferences import Preferences
from alliance_trainer.terminal.blocks import Block, Entry, Gap, Item, Option, Prose, Rule

_TEXT_COLUMN = 25


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be done from home: its word, what the line says, and a few words about it."""

    word: str
    label: str
    about: str = ""


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """What the home screen shows; `unfinished` and `suggestion` are sentences, empty where there is nothing to say.

    `unread`: so many of the records cannot be read.
    """

    version: str
    trainee: str
    folder: str
    unfinished: str
    suggestion: str
    choices: tuple[Choice, ...]
    unread: int = 0


def home(shown: Home, *, listed: bool) -> Block:
    """The home screen: unfinished work first, then the choices, then one suggestion with its reason.

    `listed`: the choices as a list, where there is no room for a table, or in plain mode.
    """
    items: list[Item] = []
    if shown.unfinished:
        items += [Prose(text=f"Not finished: {shown.unfinished}", tone="accent"), Gap()]
    items += _rows(shown.choices, listed=listed)
    items.append(Gap())
    if shown.suggestion:
        items += [Prose(text=f"To practise next: {shown.suggestion}"), Gap()]
    if shown.unread:
        what = "1 of your records" if shown.unread == 1 else f"{shown.unread} of your records"
        items += [Prose(text=f"Not read: {what}. See  alliance-trainer data check", tone="warn"), Gap()]
    items.append(
        Prose(
            text=f"Your attempts are files in {shown.folder} (only on this computer; 'data export' copies them,"
            " 'data delete' removes them)."
        )
    )
    first = f"   Enter {shown.choices[0].label[0].lower()}{shown.choices[0].label[1:]}" if shown.choices else ""
    return Block(
        heading=Rule(left=f"Alliance Trainer {shown.version}", right=f"trainee: {shown.trainee}", major=True),
        items=tuple(items),
        keys=f"1-{len(shown.choices)} + Enter{first}   ? help   q leave",
    )


def _rows(choices: Sequence[Choice], *, listed: bool) -> list[Item]:
    if listed:
        return [
            Option(number=number, text=f"{one.label}{': ' if one.about else ''}{one.about}")
            for number, one in enumerate(choices, start=1)
        ]
    return [
        Entry(label=f"{number}  {one.label}", text=one.about, indent=2, column=_TEXT_COLUMN)
        for number, one in enumerate(choices, start=1)
    ]


def help_text() -> Block:
    """What ? says at home."""
    return Block(
        items=(
            Prose(text="A number and Enter takes that line; Enter alone takes the first one."),
            Prose(text="Everything here is also a command: alliance-trainer --help lists them."),
            Prose(text="q leaves. Nothing can be lost by leaving: each answer is kept as you give it."),
        )
    )


def welcome(folder: str, trainee: str) -> Block:
    """The very first words."""
    return Block(
        heading=Rule(left="Welcome", major=True),
        items=(
            Gap(),
            Prose(
                text="A training aid for clinicians, for use beside supervision: no therapy, no advice, no examination."
                " The patients are fictional; the scores are formative and unvalidated."
            ),
            Gap(),
            Prose(text="1. Answer with a number and Enter. q leaves, always, and everything is saved."),
            Prose(text=f"2. What you answer stays on this computer, in {folder}."),
            Prose(text=f"3. You appear as {trainee}. Enter keeps that; or type another name, not your own."),
            Gap(),
            Prose(text="Then three short turns show you the keys."),
        ),
        keys=f"Enter keep {trainee}   or another name   ? help   q leave",
    )


def name_help(trainee: str) -> Block:
    """What ? says where a pseudonym is asked for."""
    return Block(
        items=(
            Prose(text=f"A name for your records, so that nothing in them says who you are. Enter keeps {trainee}."),
            Prose(text="Another one: letters, digits, points, hyphens and underscores, not your own name."),
            Prose(text="It can be changed later, in the settings. q leaves."),
        )
    )


def another_name(trainee: str) -> str:
    """What is said before another pseudonym is taken."""
    return (
        f"You appear as {trainee}. Type another name, not your own, or press Enter to keep it. It holds for what you"
        " begin from then on; what you played before keeps its name."
    )


def for_instructors() -> Block:
    """Where those begin who write scenarios or score cohorts."""
    lines = (
        ("new ID", "a scenario that works, to make your own"),
        ("check FILE", "every problem, with its line and what to write instead"),
        ("preview FILE", "all of it in an order that can be read"),
        ("analyze FILE", "what can happen in it, and whether its key can be guessed"),
        ("cohort score FOLDER", "the attempts of many, scored"),
        ("cohort report FOLDER", "a page to discuss in class (--out FILE.html)"),
        ("pack FILES", "an assessment without the key (--out FILE)"),
    )
    rows: list[Item] = [Entry(label=command, text=about, indent=2, column=24) for command, about in lines]
    return Block(
        heading=Rule(left="For instructors", major=True),
        items=(
            Gap(),
            Prose(text="These are commands: write  alliance-trainer  and then"),
            Gap(),
            *rows,
            Gap(),
            Prose(text="Each explains itself with --help. Guides lie in docs/."),
        ),
        keys="Enter home   q leave",
    )


_NOTICE = {"before": "before you answer", "after": "after you have answered", "off": "not at all"}
_NEXT_NOTICE = {"before": "after", "after": "off", "off": "before"}


def changes_of(liked: Preferences) -> tuple[Preferences, ...]:
    """What each of the numbered settings makes of the present ones."""
    return (
        replace(liked, say_first=not liked.say_first),
        replace(liked, notice=_NEXT_NOTICE[liked.notice]),
        replace(liked, sure=not liked.sure),
    )


def liked_in_short(liked: Preferences) -> str:
    """The settings that are not the usual ones, in a few words."""
    notice = f"what you notice is asked {_NOTICE[liked.notice]}" if liked.notice != "before" else ""
    words = ["own words first"] * liked.say_first + [notice] * bool(notice) + ["how sure"] * liked.sure
    return ", ".join(words) or "as usual"


def settings(liked: Preferences, *, trainee: str, columns: int) -> Block:
    """The settings with their numbers; a number changes one."""

    def on(flag: bool) -> str:
        return "on" if flag else "off"

    items = (
        Option(number=1, text=f"Say it first: {on(liked.say_first)}. Your own words, before you see those on offer."),
        Option(number=2, text=f"What do you notice? It is asked {_NOTICE[liked.notice]}."),
        Option(number=3, text=f"How sure, in drills: {on(liked.sure)}. Asked after each of your answers."),
        Option(number=4, text=f"You appear as {trainee}. Take another name."),
        Gap(),
        Prose(text="1 to 3 hold for what you start from home; the commands play and spot go by their own options."),
        Prose(text=f"The screen has {columns} columns. --plain or ACCESSIBLE=1 makes it plain, NO_COLOR colourless."),
    )
    return Block(
        heading=Rule(left="Settings", major=True), items=items, keys="1-4 + Enter changes   Enter home   q leave"
    )

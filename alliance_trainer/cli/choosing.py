"""The list of scenarios, and choosing one from it."""

from collections import Counter

from alliance_trainer.cli.filtering import Wanted, notes_meant, topics_of, wanted
from alliance_trainer.cli.settings import Settings
from alliance_trainer.core.errors import UsageError
from alliance_trainer.journal.store import Store, data_folder
from alliance_trainer.scenario_files import library
from alliance_trainer.terminal import listing
from alliance_trainer.terminal.answers import EndOfAnswersError, TerminalAnswers
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.door import open_door


def _tried(settings: Settings) -> tuple[Counter[str], Counter[str]]:
    """How often each scenario was begun, and how often it was played to its end."""
    begun, finished = Counter[str](), Counter[str]()
    for entry in Store(folder=data_folder(settings.data_dir)).entries():
        if entry.header is not None:
            begun[entry.header.scenario.id] += 1
            finished[entry.header.scenario.id] += entry.finished
    return begun, finished


def show_list(settings: Settings, asked: Wanted) -> None:
    """The command `list`. Raises UsageError for a filter that makes no sense."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    headers, (tried, finished) = library.headers(settings.libraries), _tried(settings)
    shown = wanted(headers, asked, tried)
    door.show(listing.scenarios(shown, tried, finished, numbered=False))
    if not asked.everything:
        for sentence in notes_meant(topics_of(headers), asked):
            door.say(sentence)
        door.say(f"{len(shown)} of {len(headers)} scenarios.")


def choose(settings: Settings) -> str | None:
    """Let a person choose a scenario; None where they leave. Raises UsageError outside a terminal."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    headers = library.headers(settings.libraries)
    if not door.look.interactive:
        ids = ", ".join(header.id for header in headers)
        raise UsageError("no scenario was named.", f"Write  alliance-trainer play ID  with one of: {ids}")
    import sys  # the terminal is known to be there only now

    if len(headers) > listing.LONGEST and not door.look.plain:
        return listing.pick(door, headers, _tried(settings)[0])
    questions = Questions(door, TerminalAnswers(door, sys.stdin), {})
    numbered = {str(number): header.id for number, header in enumerate(headers, start=1)}
    try:
        questions.show(listing.scenarios(headers, *_tried(settings), numbered=True))
        return questions.choose(numbered | {header.id: header.id for header in headers}, "Please answer with a number.")
    except (LeaveError, EndOfAnswersError):
        return None

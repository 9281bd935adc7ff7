"""The commands `data export` and `data delete`: one's own records taken along, or gone for good."""

from collections.abc import Iterable
from pathlib import Path

from alliance_trainer.cli.keeping import home_of, title_of
from alliance_trainer.cli.settings import Settings
from alliance_trainer.cli.writing import write_new
from alliance_trainer.core.counting import counted
from alliance_trainer.core.errors import UsageError
from alliance_trainer.journal import deleting, exporting
from alliance_trainer.journal.events import Branch
from alliance_trainer.journal.families import BRANCHES, FAMILIES
from alliance_trainer.journal.store import Entry, Store, data_folder
from alliance_trainer.terminal.answers import EndOfAnswersError, TerminalAnswers
from alliance_trainer.terminal.asking import LeaveError, Questions
from alliance_trainer.terminal.blocks import Block, Gap, Item, Prose, Rule
from alliance_trainer.terminal.blocks import Entry as Row
from alliance_trainer.terminal.door import Door, open_door

_OUT_OF_REACH = "Backups, copies on other computers and what the disk itself still holds are out of reach."
_LISTED = 15


def export(settings: Settings, out: Path, *, instructor: bool, practice: bool) -> int:
    """The command `data export`. Raises CannotSaveError if something is there already, or nothing can be written."""
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    kept = Store(folder=data_folder(settings.data_dir))
    if practice and not instructor:
        raise UsageError("--with-practice goes with --for-instructor.", "Without it everything is copied anyway.")
    if instructor:
        _for_instructor(door, kept, out, practice=practice)
        return 0
    count = exporting.copy_all(kept, out)
    door.say(f"Copied {counted(count, 'file')} to {out}: everything that is recorded in {kept.folder}.")
    door.say(f"To look at the copy: alliance-trainer debrief --data-dir {out}")
    return 0


def _for_instructor(door: Door, kept: Store, out: Path, *, practice: bool) -> None:
    entries = kept.entries()
    attempts = exporting.attempts_for_instructor(entries, practice=practice)
    write_new(out, exporting.lines_of(attempts))
    left = len(entries) - len(attempts)
    door.say(f"Wrote {out}: {counted(len(attempts), 'attempt')}, answers only, no notes.")
    if left:
        why = "damaged" if practice else "practice, or damaged; --with-practice gives practice too"
        door.say(f"{left} stayed here ({why}).")


def delete(settings: Settings, attempts: list[str], *, everything: bool, sure: bool) -> int:
    """The command `data delete`. Raises UsageError where nothing was named or nobody can be asked."""
    if everything == bool(attempts):
        raise UsageError("what is to be deleted?", "Give --attempt ID (more than once if you like), or --all.")
    door = open_door(plain=settings.plain, no_color=settings.no_color)
    kept = Store(folder=data_folder(settings.data_dir))
    entries = _everything(kept) if everything else _with_branches(kept, dict.fromkeys(attempts))
    ids = [entry.attempt for entry in entries]
    paths = deleting.files_of(kept) if everything else deleting.belongings(kept, entries[::-1])  # attempts last
    if not paths:
        door.say(f"Nothing is recorded in {kept.folder}.")
        return 0
    _show(door, kept, entries, everything=everything)
    if not sure and not _agreed(door):
        door.say("Nothing was deleted.")
        return 0
    count = deleting.delete(kept, ids, paths)
    door.say(f"Deleted {counted(count, 'file')}. {_OUT_OF_REACH}")
    return 0


def _everything(kept: Store) -> list[Entry]:
    return [entry for family in FAMILIES for entry in kept.of(family).entries()]


def _with_branches(kept: Store, ids: Iterable[str]) -> list[Entry]:
    """The attempts, branches and drills that are meant, each attempt before its branches, which go with it.

    Raises UsageError for an id of which there is none.
    """
    named = [home_of(wanted, kept.folder).find(wanted) for wanted in ids]
    found = {entry.attempt: entry for one in named for entry in (one, *_branches_of(kept, one))}
    return list(found.values())


def _branches_of(kept: Store, one: Entry) -> list[Entry]:
    """The turns of an attempt that were tried again, as far as they can be read."""
    entries = kept.of(BRANCHES).entries()
    return [entry for entry in entries if isinstance(entry.first, Branch) and entry.first.attempt == one.attempt]


def _show(door: Door, kept: Store, entries: list[Entry], *, everything: bool) -> None:
    items: list[Item] = [_row(entry) for entry in entries[:_LISTED]]
    if len(entries) > _LISTED:
        items.append(Prose(text=f"... and {len(entries) - _LISTED} more"))
    what = "everything in the folder" if everything else "with fragments, notes and all that tells of them"
    items += [Gap(), Prose(text=f"In {kept.folder}: {what}. It cannot be undone. {_OUT_OF_REACH}")]
    number = counted(len(entries), "record")
    door.show(Block(heading=Rule(left=f"To delete: {number}", major=True), items=tuple(items)))


def _row(entry: Entry) -> Row:
    header = entry.header
    about = f", {header.mode}, {header.started[:10]}" if header else ""
    return Row(label=entry.attempt[:8], text=f"{title_of(entry)}{about}")


def _agreed(door: Door) -> bool:
    if not door.look.interactive:
        raise UsageError("nobody can be asked here whether to delete.", "Add --yes. Nothing was deleted.")
    import sys  # the terminal is known to be there only now

    door.show(Block(keys="delete + Enter deletes   Enter or q leaves everything as it is"))
    questions = Questions(door, TerminalAnswers(door, sys.stdin), {})
    try:
        return questions.choose(
            {"delete": True, "": False}, "Write the word delete, or press Enter to keep everything."
        )
    except (LeaveError, EndOfAnswersError):
        return False

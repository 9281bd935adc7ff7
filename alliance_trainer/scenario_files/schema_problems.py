"""What the format refuses, as findings in an author's words: codes AT040 to AT069, one function a kind.

Here are keys, words, lists and groups; values, ids and what holds within a part have modules of their own.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sized
from itertools import islice

from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from alliance_trainer.core.field_guide import SCENARIO_GUIDE, Guide
from alliance_trainer.core.findings import Finding
from alliance_trainer.core.suggestions import did_you_mean, hint_for, nearest, one_of, possible
from alliance_trainer.scenario_files import id_problems, moment_problems, rule_problems, value_problems
from alliance_trainer.scenario_files.characters import excerpt
from alliance_trainer.scenario_files.diagnostics import MOST_SHOWN
from alliance_trainer.scenario_files.misplaced import Misplaced
from alliance_trainer.scenario_files.schema_trouble import Trouble, troubles_of, written
from alliance_trainer.scenario_files.schema_values import listed, short, what_it_is

_MOST_KEYS = 24  # a scenario has 21 keys, and an author who looks for one wants to see them all
_KINDS_OF_WORDS = {
    "markers": "marker",
    "stage": "stage",
    "uses": "strategy",
    "trap": "trap",
    "outcome": "outcome",
    "rates": "skill",
    "stance": "stance",
    "level": "level",
    "repair": "kind of repair",
    "foil": "kind of foil",
}
_NO_COLON = "no_colon"
_NAME_AND_NUMBER = re.compile(r"([a-z][a-z0-9_-]*) +([+-]?[0-9]{1,9})")
_NAMED_ENTRIES = {
    "turns": "turn",
    "endings": "ending",
    "responses": "response",
    "variables": "variable",
    "items": "moment",
}


def findings_of(
    error: ValidationError,
    guide: Guide = SCENARIO_GUIDE,
    root: object = None,
    misplaced: Collection[Misplaced] = (),
) -> tuple[Finding, ...]:
    """The model's errors as findings, each place once; not many more than are ever shown.

    `root` is the tree that the model refused, `misplaced` its parts that are set in too far: what follows from
    them is left out. A file of a newer format gives one finding only: the others would all be its consequence.
    """
    found = {(one.finding.path, one.finding.message): one.finding for one in misplaced}
    for trouble in _colons_joined(troubles_of(error, guide, root)):
        if len(found) > MOST_SHOWN and trouble.path != ("format",):
            continue  # looking for what was meant by each of thousands of keys would take half a minute
        if any(one.explains(trouble.path) for one in misplaced):
            continue
        finding = _HANDLERS.get(trouble.kind, _anything_else)(trouble)
        if finding is not None and finding.code == "AT054":
            return (finding,)
        if finding is not None:
            found.setdefault((finding.path, finding.message), finding)
    return tuple(found.values())


def name_differs(own_id: str, expected: str) -> Finding:
    """The scenario's id is not the name of its file."""
    return Finding(
        code="AT055",
        severity="error",
        path=("id",),
        message=f"The id is {own_id!r}, but the file is called {excerpt(expected)!r}.",
        hint="Make them the same: people ask for a scenario by its id, and it is looked for by its name.",
    )


def _unknown_key(trouble: Trouble) -> Finding:
    guide = trouble.guide
    part, name = guide.part_at(trouble.path[:-1]) or (BaseModel, "this part")
    known, key = guide.keys.get(part, {}), trouble.path[-1]
    names = dict(guide.parts.values())
    homes = [names[where] for where, keys in guide.keys.items() if key in keys]
    if homes and f"{key}s" not in known:  # `ending` belongs in a test, but in a scenario `endings` was meant
        hint = f"`{key}` belongs in {one_of(homes)}: check how far this line is indented."
    elif nearest(key, known):
        hint = f"{did_you_mean(key, known)} {possible(known, _MOST_KEYS)}"
    elif "says" in known and isinstance(trouble.value, str):
        hint = f"If this is speech, put the whole line in quotes. {possible(known)}"
    else:
        hint = possible(known, _MOST_KEYS)
    return trouble.finding("AT040", f"There is no key {excerpt(key)!r} in {name}.", hint, part="key")


def _colons_joined(troubles: Iterable[Trouble]) -> Iterator[Trouble]:
    """The troubles; those of all keys like `bond 4` in one group as one of a kind of their own."""
    groups: set[tuple[str, ...]] = set()
    for trouble in troubles:
        group = trouble.path[:-1]
        if not _lacks_colon(trouble):
            yield trouble
        elif group not in groups:
            groups.add(group)
            yield replace(trouble, kind=_NO_COLON)


def _lacks_colon(trouble: Trouble) -> bool:
    """Whether the trouble is with a key like `bond 4`, with nothing behind it."""
    key = trouble.path[-1] if trouble.path else ""
    return _NAME_AND_NUMBER.fullmatch(key) is not None and written(trouble.root, trouble.path) == ""


def _no_colon(trouble: Trouble) -> Finding:
    """One finding for all such keys of a group, at the first."""
    group = written(trouble.root, trouble.path[:-1])
    entries = group.items() if isinstance(group, dict) else ()
    keys = [key for key, value in entries if value == "" and _NAME_AND_NUMBER.fullmatch(key)]
    pairs = ", ".join(_NAME_AND_NUMBER.sub(r"\1: \2", key) for key in keys[:_MOST_KEYS])
    path = (*trouble.path[:-1], keys[0])
    return trouble.finding(
        "AT049", f"A colon is missing in {short(keys[0])}.", f"Write  {pairs}", path=path, part="key"
    )


def _this(name: str, path: tuple[str, ...]) -> str:
    """The part at a path: "this scenario", "the turn 'slip'"."""
    noun = name.split(" ", 1)[1]
    own_id = len(path) > 1 and not path[-1].isdigit()
    return f"the {noun} {short(path[-1])}" if own_id else f"this {noun}"


def _missing_key(trouble: Trouble) -> Finding | None:
    parent, key = trouble.path[:-1], trouble.path[-1]
    part, name = trouble.guide.part_at(parent) or (BaseModel, "this part")
    known = trouble.guide.keys.get(part, {})
    present = trouble.value if isinstance(trouble.value, dict) else {}
    others = islice((other for other in present if other not in known), MOST_SHOWN)  # no more are reported
    if any(nearest(other, known) == key for other in others):
        return None  # it is there, misspelt, and reported as that
    note = known.get(key)
    hint = f"{note.meaning} Add a line such as:  {note.example}" if note else ""
    return trouble.finding("AT041", f"`{key}` is missing in {_this(name, parent)}.", hint, path=parent, part="key")


def _unknown_word(trouble: Trouble) -> Finding:
    if trouble.path == ("format",):
        return _other_format(trouble)
    kind = next((_KINDS_OF_WORDS[step] for step in reversed(trouble.path) if step in _KINDS_OF_WORDS), "word")
    word = short(trouble.value)
    if isinstance(trouble.value, str) and not trouble.value.strip():
        message = f"No {kind} is named here."
    else:
        message = f"There is no {kind} called {word}."
    hint = hint_for(str(trouble.value), trouble.expected)
    more = "" if possible(trouble.expected) else " `alliance-trainer explain AT042` lists all."
    return trouble.finding("AT042", message, hint + more)


def _other_format(trouble: Trouble) -> Finding:
    number = trouble.value
    newer = isinstance(number, int) and number > 1
    hint = "Update alliance-trainer to open it." if newer else "Write  format: 1"
    message = f"This file says that it is written in format {number}; this version reads format 1."
    return trouble.finding("AT054", message, hint)


def _not_a_list(trouble: Trouble) -> Finding:
    key, value = trouble.field, trouble.value
    if isinstance(value, str):
        entries = listed(value, "{{topic: {}, level: mentioned}}" if key == "content_notes" else "{}")
        hint = f"Write  {key}: {entries}" + ("" if value.strip() else "  or delete the line.")
    else:
        hint = 'Put a dash and a space, "- ", in front of the first key of each entry.'
    return trouble.finding("AT048", f"A list is expected here, found {what_it_is(value)}.", hint)


def _not_a_mapping(trouble: Trouble) -> Finding:
    part = trouble.guide.part_at(trouble.path)
    if part:
        hint = (
            f"{part[1].capitalize()} consists of keys with values. {possible(trouble.guide.keys[part[0]], _MOST_KEYS)}"
        )
    elif trouble.field in _NAMED_ENTRIES:
        entry = _NAMED_ENTRIES[trouble.field]
        hint = f"Each {entry} stands under an id of its own, indented and with a colon:  my-{entry}:"
    else:
        hint = f"For example:  {trouble.note.example}" if trouble.note else ""
    found = what_it_is(trouble.value)
    return trouble.finding("AT049", f"Keys with values are expected here, found {found}.", hint)


def _too_many(trouble: Trouble) -> Finding:
    assert isinstance(trouble.value, Sized)  # of a mapping the model does not count the entries
    many, most = len(trouble.value), trouble.context["max_length"]
    message = f"There are {many} entries here; at most {most} fit."
    return trouble.finding("AT056", message, "Leave some out, or move them to a further turn.", part="key")


def _none_at_all(trouble: Trouble) -> Finding:
    needed = _NAMED_ENTRIES.get(trouble.field, "entry")
    hint = trouble.note.meaning if trouble.note else "Write one, or delete the line."
    return trouble.finding("AT057", f"There is not one {needed} here; at least one is needed.", hint, part="key")


def _anything_else(trouble: Trouble) -> Finding:
    return trouble.finding("AT069", f"This does not fit here: {what_it_is(trouble.value)}.")


_HANDLERS: dict[str, Callable[[Trouble], Finding | None]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "literal_error": _unknown_word,
    "tuple_type": _not_a_list,
    "dict_type": _not_a_mapping,
    "model_type": _not_a_mapping,
    _NO_COLON: _no_colon,
    "too_long": _too_many,
    "too_short": _none_at_all,
    **value_problems.HANDLERS,
    **id_problems.HANDLERS,
    **rule_problems.HANDLERS,
    **moment_problems.HANDLERS,
}

"""What the format refuses, as findings in an author's words: codes AT040 to AT069, one function a kind."""

import re
from collections.abc import Callable
from itertools import islice

from pydantic import BaseModel, ValidationError

from alliance_trainer.core.field_guide import SCENARIO_GUIDE, Guide
from alliance_trainer.core.findings import Finding
from alliance_trainer.core.scalars import ID_PATTERN, RESERVED_IDS
from alliance_trainer.core.suggestions import did_you_mean, hint_for, nearest, possible
from alliance_trainer.scenario_files import moment_problems
from alliance_trainer.scenario_files.characters import excerpt
from alliance_trainer.scenario_files.diagnostics import MOST_SHOWN
from alliance_trainer.scenario_files.schema_trouble import Trouble, troubles_of
from alliance_trainer.scenario_files.schema_values import as_id, as_number, short, what_it_is

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
_NAMED_ENTRIES = {
    "turns": "turn",
    "endings": "ending",
    "responses": "response",
    "variables": "variable",
    "items": "moment",
}


def findings_of(error: ValidationError, guide: Guide = SCENARIO_GUIDE) -> tuple[Finding, ...]:
    """The model's errors as findings, each place once; not many more than are ever shown.

    A file of a newer format gives one finding only: the others would all be its consequence.
    """
    found: dict[tuple[tuple[str, ...], str], Finding] = {}
    for trouble in troubles_of(error, guide):
        if len(found) > MOST_SHOWN and trouble.path != ("format",):
            continue  # looking for what was meant by each of thousands of keys would take half a minute
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
    elsewhere = [where for where, keys in guide.keys.items() if key in keys]
    if nearest(key, known):
        hint = f"{did_you_mean(key, known)} {possible(known, _MOST_KEYS)}"
    elif elsewhere:
        names = dict(guide.parts.values())
        homes = " or ".join(names[where] for where in elsewhere)
        hint = f"`{key}` belongs in {homes}: check how far this line is indented."
    elif "says" in known and isinstance(trouble.value, str):
        hint = f"If this is speech, put the whole line in quotes. {possible(known)}"
    else:
        hint = possible(known, _MOST_KEYS)
    return trouble.finding("AT040", f"There is no key {excerpt(key)!r} in {name}.", hint, part="key")


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


def _not_a_number(trouble: Trouble) -> Finding:
    value = trouble.value
    meaning = trouble.note.meaning if trouble.note else ""
    if isinstance(value, str) and re.fullmatch(r"[+-]?[1-9][0-9]{9,}", value.strip()):
        return trouble.finding("AT044", f"The number {excerpt(value)} is out of range.", meaning)
    guess = as_number(value)
    hint = f"Write {guess}. {meaning}" if guess is not None else meaning
    return trouble.finding("AT043", f"A whole number is expected here, found {what_it_is(value)}.", hint)


def _out_of_range(trouble: Trouble) -> Finding:
    low, high = trouble.context.get("ge"), trouble.context.get("le")
    if high is not None:
        message = f"{short(trouble.value, quoted=False)} is too high: {high} is the most that is possible here."
    else:
        message = f"{short(trouble.value, quoted=False)} is too low: {low} is the least that is possible here."
    return trouble.finding("AT044", message, trouble.note.meaning if trouble.note else "")


def _empty_text(trouble: Trouble) -> Finding:
    hint = f"For example:  {trouble.note.example}" if trouble.note else "Write something, or delete the line."
    return trouble.finding("AT045", "Nothing stands here, but a text is needed.", hint)


def _long_text(trouble: Trouble) -> Finding:
    length, most = len(str(trouble.value)), trouble.context["max_length"]
    hint = "Shorten it, or spread it over several beats or turns."
    return trouble.finding("AT046", f"This text has {length:,} characters; at most {most:,} fit.", hint)


def _not_a_text(trouble: Trouble) -> Finding:
    hint = 'Write it on one line; with a colon or a bracket in it, put it in "quotes".'
    return trouble.finding("AT047", f"A text is expected here, found {what_it_is(trouble.value)}.", hint)


def _not_a_list(trouble: Trouble) -> Finding:
    key, value = trouble.field, trouble.value
    if isinstance(value, str):
        hint = f"Write  {key}: [{excerpt(value)}]" if value.strip() else f"Write  {key}: []  or delete the line."
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


def _bad_spelling(trouble: Trouble) -> Finding:
    if trouble.value == "":
        return _empty_text(trouble)
    if trouble.context.get("pattern") != ID_PATTERN:
        hint = "Write a code such as en, de or pt-br."
        return trouble.finding("AT062", f"{short(trouble.value)} is not the code of a language.", hint)
    better = as_id(str(trouble.value))
    better = f"{better}-1" if better in RESERVED_IDS else better
    hint = "An id begins with a letter; small letters a to z, digits and hyphens may follow, 64 at most."
    message = f"{short(trouble.value)} cannot be an id."
    return trouble.finding("AT050", message, f"Write {better!r}. {hint}" if better else hint)


def _reserved(trouble: Trouble) -> Finding:
    message = f"{short(trouble.value)} cannot be an id: Windows keeps this name for itself."
    return trouble.finding("AT051", message, f"Write {str(trouble.value) + '-1'!r}, or another name.")


def _not_yes_or_no(trouble: Trouble) -> Finding:
    message = f"true or false is expected here, found {what_it_is(trouble.value)}."
    return trouble.finding("AT052", message, trouble.note.meaning if trouble.note else "")


def _condition(trouble: Trouble) -> Finding:
    hint = "Examples:  trust >= 3   chose(turn.response)   visited(turn) and not tension > 2"
    message, offset = trouble.context.get("message"), trouble.context.get("offset")
    if message is None:
        found = what_it_is(trouble.value)
        return trouble.finding("AT053", f"A condition on one line is expected, found {found}.", hint)
    return trouble.finding("AT053", f"This condition cannot be read: {message}.", hint, offset=offset)


def _too_many(trouble: Trouble) -> Finding:
    many, most = trouble.context["actual_length"], trouble.context["max_length"]
    message = f"There are {many} entries here; at most {most} fit."
    return trouble.finding("AT056", message, "Leave some out, or move them to a further turn.", part="key")


def _none_at_all(trouble: Trouble) -> Finding:
    needed = _NAMED_ENTRIES.get(trouble.field, "entry")
    hint = trouble.note.meaning if trouble.note else "Write one, or delete the line."
    return trouble.finding("AT057", f"There is not one {needed} here; at least one is needed.", hint, part="key")


def _beat(trouble: Trouble) -> Finding:
    message = "A beat is one thing: it has exactly one of `says`, `shows` and `silence`."
    hint = "Make an entry of its own, with its own dash, of each thing that the patient does."
    return trouble.finding("AT058", message, hint)


def _last_route(trouble: Trouble) -> Finding:
    routes = _routes(trouble.value)
    message = "The last entry of `to` has a condition, so there may be no way on."
    hint = "Delete its `when`, or add an entry without one below:  - to: some-turn"
    return trouble.finding("AT059", message, hint, path=(*trouble.path, "to", str(len(routes) - 1), "when"))


def _early_route(trouble: Trouble) -> Finding:
    open_ends = (at for at, route in enumerate(_routes(trouble.value)) if not _has_condition(route))
    message = "This entry of `to` has no condition: what stands below it is never used."
    hint = "Give it a `when`, or move it to the end of the list."
    return trouble.finding("AT060", message, hint, path=(*trouble.path, "to", str(next(open_ends, 0))))


def _routes(response: object) -> list[object]:
    routes = response.get("to") if isinstance(response, dict) else None
    return routes if isinstance(routes, list) else [routes]


def _has_condition(route: object) -> bool:
    return isinstance(route, dict) and "when" in route


def _order(trouble: Trouble) -> Finding:
    message = "The numbers of this variable do not go together: `min` <= `start` <= `max` is needed."
    return trouble.finding(
        "AT061", message, "Without a line of their own, start and min are 0 and max is 10.", part="key"
    )


def _anything_else(trouble: Trouble) -> Finding:
    return trouble.finding("AT069", f"This does not fit here: {what_it_is(trouble.value)}.")


_HANDLERS: dict[str, Callable[[Trouble], Finding | None]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "literal_error": _unknown_word,
    "not_whole": _not_a_number,
    "int_type": _not_a_number,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "string_too_short": _empty_text,
    "string_too_long": _long_text,
    "string_type": _not_a_text,
    "tuple_type": _not_a_list,
    "dict_type": _not_a_mapping,
    "model_type": _not_a_mapping,
    "string_pattern_mismatch": _bad_spelling,
    "reserved_id": _reserved,
    "not_yes_no": _not_yes_or_no,
    "bool_type": _not_yes_or_no,
    "condition": _condition,
    "condition_shape": _condition,
    "too_long": _too_many,
    "too_short": _none_at_all,
    "beat": _beat,
    "route_last": _last_route,
    "route_early": _early_route,
    "variable_order": _order,
    **moment_problems.HANDLERS,
}

"""What the format refuses in a single value, as findings: numbers, texts, true and false (AT043 to AT047, AT052)."""

import re
from collections.abc import Callable

from alliance_trainer.core.findings import Finding
from alliance_trainer.scenario_files.characters import excerpt, name
from alliance_trainer.scenario_files.odd_signs import DASHES
from alliance_trainer.scenario_files.schema_trouble import Trouble
from alliance_trainer.scenario_files.schema_values import as_number, as_seconds, as_yes_or_no, short, what_it_is


def _not_a_number(trouble: Trouble) -> Finding:
    value = trouble.value
    meaning = trouble.note.meaning if trouble.note else ""
    if isinstance(value, str) and re.fullmatch(r"[+-]?[1-9][0-9]{9,}", value.strip()):
        return trouble.finding("AT044", f"The number {excerpt(value)} is out of range.", meaning)
    guess = as_seconds(value) if trouble.field == "silence" else as_number(value)
    advice = f"Write {guess}." if guess is not None else _other_minus(trouble)
    hint = f"{advice} {meaning}"
    return trouble.finding("AT043", f"A whole number is expected here, found {what_it_is(value)}.", hint)


def _other_minus(trouble: Trouble) -> str:
    """The advice where a number begins with a dash that is not the keyboard's; empty for all others."""
    text = trouble.value.strip() if isinstance(trouble.value, str) else ""
    if text[:1] not in DASHES or not re.fullmatch(r" ?[0-9]{1,9}", text[1:], re.A):
        return ""
    named = f"The sign in front is {name(text[0])}, not the hyphen of the keyboard."
    may_be_negative = trouble.path[-2:-1] in (("rates",), ("effects",)) or trouble.path[0] == "variables"
    return f"Write -{int(text[1:])}. {named}" if may_be_negative else named


def _out_of_range(trouble: Trouble) -> Finding:
    low, high = trouble.context.get("ge"), trouble.context.get("le")
    if high is not None:
        message = f"{short(trouble.value, quoted=False)} is too high: {high} is the most that is possible here."
    else:
        message = f"{short(trouble.value, quoted=False)} is too low: {low} is the least that is possible here."
    return trouble.finding("AT044", message, trouble.note.meaning if trouble.note else "")


def empty_text(trouble: Trouble) -> Finding:
    """There is nothing where a text or an id is needed."""
    hint = f"For example:  {trouble.note.example}" if trouble.note else "Write something, or delete the line."
    return trouble.finding("AT045", "Nothing stands here, but a text is needed.", hint)


def _long_text(trouble: Trouble) -> Finding:
    length, most = len(str(trouble.value)), trouble.context["max_length"]
    hint = "Shorten it, or spread it over several beats or turns."
    return trouble.finding("AT046", f"This text has {length:,} characters; at most {most:,} fit.", hint)


def _not_a_text(trouble: Trouble) -> Finding:
    hint = 'Write it on one line; with a colon or a bracket in it, put it in "quotes".'
    return trouble.finding("AT047", f"A text is expected here, found {what_it_is(trouble.value)}.", hint)


def _not_yes_or_no(trouble: Trouble) -> Finding:
    message = f"true or false is expected here, found {what_it_is(trouble.value)}."
    meaning = trouble.note.meaning if trouble.note else ""
    return trouble.finding("AT052", message, f"Write {as_yes_or_no(trouble.value) or 'true or false'}. {meaning}")


HANDLERS: dict[str, Callable[[Trouble], Finding | None]] = {
    "not_whole": _not_a_number,
    "int_type": _not_a_number,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "string_too_short": empty_text,
    "string_too_long": _long_text,
    "string_type": _not_a_text,
    "not_yes_no": _not_yes_or_no,
    "bool_type": _not_yes_or_no,
}
"""By the model's kinds of error."""

"""The scalars of the format: ids, texts, numbers, true and false, conditions.

They arrive as text, exactly as the author wrote them, and are typed here.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from alliance_trainer.core import conditions

ID_PATTERN = r"^[a-z][a-z0-9-]{0,63}$"
RESERVED_IDS = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))
"""No file can have such a name on Windows, so no id may be one."""
_WHOLE = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,8})")


def _whole(value: object) -> object:
    """A whole number as authors write it: 6, +6, -1. Not 010, 1:30, 6.0."""
    if isinstance(value, str):
        if not _WHOLE.fullmatch(value.strip()):
            raise PydanticCustomError("not_whole", "a whole number is expected")
        return int(value)
    return value


def _yes(value: object) -> object:
    words = {"true": True, "yes": True, "false": False, "no": False}
    if isinstance(value, str):
        if value.lower() not in words:
            raise PydanticCustomError("not_yes_no", "true or false is expected")
        return words[value.lower()]
    return value


def _condition(value: object) -> object:
    if value is None or isinstance(value, conditions.Condition):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("condition_shape", "a condition on one line is expected")
    try:
        return conditions.parse(value)
    except conditions.ConditionSyntaxError as error:
        context = {"message": error.message, "offset": error.offset}
        raise PydanticCustomError("condition", "{message}", context) from error


def _not_reserved(value: str) -> str:
    if value in RESERVED_IDS:
        raise PydanticCustomError("reserved_id", "Windows keeps this name for itself")
    return value


Whole = BeforeValidator(_whole)
Id = Annotated[str, Field(pattern=ID_PATTERN), AfterValidator(_not_reserved)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
YesNo = Annotated[bool, BeforeValidator(_yes)]
Rating = Annotated[int, Field(ge=-2, le=2), Whole]
OneToFive = Annotated[int, Field(ge=1, le=5), Whole]
ZeroToFive = Annotated[int, Field(ge=0, le=5), Whole]
Percent = Annotated[int, Field(ge=0, le=100), Whole]
Change = Annotated[int, Field(ge=-100, le=100), Whole]
Number = Annotated[int, Field(ge=-1000, le=1000), Whole]
When = Annotated[
    conditions.Compare | conditions.Chose | conditions.Visited | conditions.Not | conditions.And | conditions.Or | None,
    BeforeValidator(_condition),
    PlainSerializer(lambda value: value and conditions.write(value)),
    WithJsonSchema({"type": "string", "description": "e.g. trust >= 3 and not visited(slip)"}),
]

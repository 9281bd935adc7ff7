"""The `when` language: parsed by our own code into a tree, never evaluated as Python.

condition   := alternative
alternative := both ("or" both)*
both        := negation ("and" negation)*
negation    := "not" negation | "(" alternative ")" | atom
atom        := variable ("<" | "<=" | "==" | "!=" | ">=" | ">") integer
             | "chose" "(" turn "." response ")" | "visited" "(" turn ")"
"""

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Literal, NamedTuple

import msgspec

Comparison = Literal["<", "<=", "==", "!=", ">=", ">"]

_COMPARE = {"<": lt, "<=": le, "==": eq, "!=": ne, ">=": ge, ">": gt}
_TOKEN = re.compile(
    r"\s*(?:(?P<word>[a-z][a-z0-9-]*)|(?P<fraction>[+-]?\d{1,6}[.,]\d+)|(?P<number>[+-]?\d{1,6})"
    r"|(?P<sign><=|>=|==|!=|<(?!>)|>|[().]))"
)
_AT_LEAST, _AT_MOST, _IS_NOT = "write >= for 'at least'", "write <= for 'at most'", "write != for 'is not'"
_OTHER_SPELLINGS = {
    "=>": _AT_LEAST,
    "≥": _AT_LEAST,
    "=<": _AT_MOST,
    "≤": _AT_MOST,
    "<>": _IS_NOT,
    "≠": _IS_NOT,
    "&&": "write and in words",
    "||": "write or in words",
    "!": "write not in words",
    "=": "one = is not a comparison: write == for 'is exactly'",
}
_CAPITALS = re.compile("[A-Za-z][A-Za-z0-9-]{0,63}")
KEYWORDS = frozenset({"and", "or", "not", "chose", "visited"})
"""Words that cannot be the name of a variable."""
_MAX_DEPTH = 16


class Compare(msgspec.Struct, frozen=True, kw_only=True):
    """A variable compared with a whole number."""

    variable: str
    sign: Comparison
    number: int


class Chose(msgspec.Struct, frozen=True, kw_only=True):
    """True once this response has been given."""

    turn: str
    response: str


class Visited(msgspec.Struct, frozen=True, kw_only=True):
    """True once this turn has been answered."""

    turn: str


class Not(msgspec.Struct, frozen=True, kw_only=True):
    """The opposite of a condition."""

    of: "Condition"


class And(msgspec.Struct, frozen=True, kw_only=True):
    """All parts are true."""

    parts: tuple["Condition", ...]


class Or(msgspec.Struct, frozen=True, kw_only=True):
    """At least one part is true."""

    parts: tuple["Condition", ...]


Condition = Compare | Chose | Visited | Not | And | Or
Atom = Compare | Chose | Visited


class ConditionSyntaxError(ValueError):
    """A condition that cannot be read; `offset` counts characters from its start."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class _Token(NamedTuple):
    kind: str
    text: str
    offset: int


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise ConditionSyntaxError(_unreadable(text, start), start)
        kind = str(match.lastgroup)
        found.append(_Token(kind, match[kind], match.start(kind)))
        at = match.end()
    found.append(_Token("end", "the end", end))
    return found


def _unreadable(text: str, start: int) -> str:
    """What to say of a sign that begins no token: how it is written here, if it has a meaning elsewhere."""
    known = next((words for sign, words in _OTHER_SPELLINGS.items() if text.startswith(sign, start)), None)
    if known is not None:
        return known
    capitals = _CAPITALS.match(text, start)
    if capitals is not None:
        return f"write {capitals.group().lower()!r} in small letters"
    return f"this sign has no meaning in a condition: {text[start]!r}"


class _Parser:
    """One pass over the tokens of one condition, by recursive descent of bounded depth."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    @property
    def _now(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> bool:
        if self._now.kind != "end" and self._now.text in texts:
            self._at += 1
            return True
        return False

    def _need(self, text: str, after: str) -> None:
        if not self._take(text):
            raise ConditionSyntaxError(f"{after} needs {text!r} here, found {self._now.text!r}", self._now.offset)

    def whole(self) -> Condition:
        result = self._alternative()
        if self._now.kind != "end":
            raise ConditionSyntaxError(
                f"{self._now.text!r} does not fit here: join conditions with and / or", self._now.offset
            )
        return result

    def _alternative(self) -> Condition:
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Or(parts=tuple(parts))

    def _both(self) -> Condition:
        parts = [self._negation()]
        while self._take("and"):
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else And(parts=tuple(parts))

    def _negation(self) -> Condition:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ConditionSyntaxError("nested too deeply: split it over two turns", self._now.offset)
        if self._take("not"):
            result: Condition = Not(of=self._negation())
        elif self._take("("):
            result = self._alternative()
            self._need(")", "an opened parenthesis")
        else:
            result = self._atom()
        self._depth -= 1
        return result

    def _name(self, what: str) -> str:
        token = self._now
        if token.kind != "word":
            raise ConditionSyntaxError(f"{what} is expected here, found {token.text!r}", token.offset)
        self._at += 1
        return token.text

    def _atom(self) -> Condition:
        start = self._now
        if self._take("chose"):
            self._need("(", "chose")
            turn = self._name("a turn's id")
            self._need(".", "chose(turn.response)")
            response = self._name("a response's id")
            self._need(")", "chose(turn.response)")
            return Chose(turn=turn, response=response)
        if self._take("visited"):
            self._need("(", "visited")
            turn = self._name("a turn's id")
            self._need(")", "visited(turn)")
            return Visited(turn=turn)
        if start.text in KEYWORDS:
            raise ConditionSyntaxError(f"{start.text!r} needs a condition on each side", start.offset)
        return self._comparison()

    def _comparison(self) -> Compare:
        variable = self._name("a variable")
        sign = self._now
        if sign.text not in _COMPARE:
            raise ConditionSyntaxError(
                f"after {variable!r} one of < <= == != >= > is expected, found {sign.text!r}", sign.offset
            )
        self._at += 1
        number = self._now
        if number.kind != "number":
            raise ConditionSyntaxError(f"a whole number is expected here, found {number.text!r}", number.offset)
        self._at += 1
        return Compare(variable=variable, sign=sign.text, number=int(number.text))  # type: ignore[arg-type]  # checked against _COMPARE above


@lru_cache(maxsize=1024)  # a scenario says the same again and again; conditions never change, so they can be shared
def parse(text: str) -> Condition:
    """Read a condition.

    Raises ConditionSyntaxError with the offset of the trouble. Linear in the length of the text.
    """
    if not text.strip():
        raise ConditionSyntaxError("the condition is empty: leave `when` out if it always holds", 0)
    return _Parser(text).whole()


def holds(condition: Condition | None, values: Mapping[str, int], chosen: Set[str], visited: Set[str]) -> bool:
    """Whether a condition is true; no condition always is. A variable that is not there counts as 0."""
    match condition:
        case None:
            return True
        case Compare(variable=variable, sign=sign, number=number):
            return bool(_COMPARE[sign](values.get(variable, 0), number))
        case Chose(turn=turn, response=response):
            return f"{turn}.{response}" in chosen
        case Visited(turn=turn):
            return turn in visited
        case Not(of=inner):
            return not holds(inner, values, chosen, visited)
        case And(parts=parts):
            return all(holds(part, values, chosen, visited) for part in parts)
        case Or(parts=parts):
            return any(holds(part, values, chosen, visited) for part in parts)


def atoms(condition: Condition | None) -> Iterator[Atom]:
    """Every comparison, chose() and visited() in a condition, from left to right."""
    match condition:
        case None:
            return
        case Not(of=inner):
            yield from atoms(inner)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from atoms(part)
        case Compare() | Chose() | Visited():
            yield condition


def write(condition: Condition) -> str:
    """The condition in its canonical spelling; parsing it gives the same condition."""
    match condition:
        case Compare(variable=variable, sign=sign, number=number):
            return f"{variable} {sign} {number}"
        case Chose(turn=turn, response=response):
            return f"chose({turn}.{response})"
        case Visited(turn=turn):
            return f"visited({turn})"
        case Not(of=inner):
            return f"not {_grouped(inner)}"
        case And(parts=parts):
            return " and ".join(_grouped(part) for part in parts)
        case Or(parts=parts):
            return " or ".join(_grouped(part) for part in parts)


def _grouped(condition: Condition) -> str:
    text = write(condition)
    return f"({text})" if isinstance(condition, And | Or) else text

"""What can be seen of a response without understanding it: its length, its place, and tell-tale words.

The word lists are of this project and for English; for other languages only what needs no words is counted.
"""

import re
from collections.abc import Sequence

_CARING = (
    "care", "caring", "feel", "feels", "feeling", "feelings", "felt", "gentle", "glad", "hard", "hear", "heard",
    "hurt", "hurts", "kind", "lonely", "matter", "matters", "painful", "safe", "support", "together", "tough",
    "trust", "understand", "understandable", "upset", "warm", "welcome", "difficult",
)  # fmt: skip
_APOLOGY = r"sorry|apolog\w+|forgive me|my fault|my mistake|i was wrong|i got (?:it|that|this) wrong|i regret"
_PROCESS = (
    r"i wonder|i notice|i'm noticing|i noticed|i'm aware|i sense|between us|between you and me|the two of us|"
    r"us two|here with me|in here|in this room|in the room|just now|right now|what(?:'s| is) happening|"
    r"how is it for you|what's it like|as we speak|you and i|you and me"
)
_FIGURES: dict[str, re.Pattern[str]] = {
    "caring": re.compile(rf"\b(?:{'|'.join(_CARING)})\b", re.I),
    "apology": re.compile(rf"\b(?:{_APOLOGY})\b", re.I),
    "process": re.compile(rf"\b(?:{_PROCESS})\b", re.I),
}

CUES = (
    "first",
    "last",
    "longest",
    "shortest",
    "middling",
    "caring",
    "apologises",
    "process-words",
    "question",
    "most-i",
)
"""The cues a trainee could follow without reading for sense, in the order of the columns of `cues`."""


def cues(texts: Sequence[str], language: str = "en") -> list[list[float]]:
    """For each response of one turn how strongly each cue speaks for it (a row a response, columns as CUES)."""
    lengths = [len(text) for text in texts]
    middle = sorted(lengths)[len(lengths) // 2]
    return [
        [
            float(-place),
            float(place),
            float(length),
            float(-length),
            float(-abs(length - middle)),
            *(float(_count(kind, text, language)) for kind in ("caring", "apology", "process")),
            float(text.count("?")),
            float(_count_i(text, language)),
        ]
        for place, (text, length) in enumerate(zip(texts, lengths, strict=True))
    ]


def figures(text: str, language: str = "en") -> list[float]:
    """The nine figures of a text that the surface-cue ridge weighs: its letters and sentences; caring, apologising and
    process words; question marks, I, you, and commas."""
    return [
        float(len(text)),
        float(len(re.findall(r"[.!?…]+(?:\s|$)", text))),
        *(float(_count(kind, text, language)) for kind in ("caring", "apology", "process")),
        float(text.count("?")),
        float(_count_i(text, language)),
        float(len(re.findall(r"\byou(?:r|rs|'\w+)?\b", text, re.I))) if _english(language) else 0.0,
        float(text.count(",")),
    ]


def _english(language: str) -> bool:
    return language.split("-", maxsplit=1)[0] == "en"


def _count(kind: str, text: str, language: str) -> int:
    return len(_FIGURES[kind].findall(text.replace("\u2019", "'"))) if _english(language) else 0


def _count_i(text: str, language: str) -> int:
    return len(re.findall(r"\bI\b", text)) if _english(language) else 0

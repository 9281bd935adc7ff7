"""Nothing that could act on a terminal, or hide, gets through the cleaning."""

import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import scaled

from alliance_trainer.core.clean import MARK, clean

BIDI = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
ZERO_WIDTH = [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]
TAGS = list(range(0xE0000, 0xE0080))
SURROGATES = list(range(0xD800, 0xE000))
CONTROLS = [code for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and code not in (9, 10)]
FORBIDDEN = frozenset(map(chr, CONTROLS + BIDI + ZERO_WIDTH + TAGS + SURROGATES))

PIECES = [
    "\x1b[31m", "\x1b]0;title\x07", "\x1b]8;;http://evil\x1b\\x\x1b]8;;\x1b\\", "\x1b]52;c;aGk=\x07", "\x1bPq\x1b\\",
    "\x1b_apc\x1b\\", "\x9b31m", "\x9d0;t\x9c", "\r", "\b\b\b", "\x00", "\x7f", "\x0b", "\x0c", "\x85", "\u202e",
    "\u2066", "\u200b", "\u2060", "\ufeff", "\U000e0041", "\U000e007f", "\ud800", "\udfff", "[/]", "[link=x]y[/link]",
    ":smile:", "\u2028", "\u2029", "\t", "\n", "It's fine.", "ä", "日本", "👩",
]  # fmt: skip


def test_each_forbidden_character_is_marked_alone_and_inside_text() -> None:
    for character in FORBIDDEN:
        assert clean(character) == MARK
        assert clean(f"a{character}b") == f"a{MARK}b"


def test_ordinary_text_passes_unchanged() -> None:
    for text in (
        "It's fine. Really.",
        "naïve \u2013 \u201cquoted\u201d \u2026 ✓",
        "日本語",
        "line\nbreak",
        "",
        "👍",
        "\u0301a",
    ):
        assert clean(text) == text
    assert clean("a\tb") == "a b"
    assert clean("a\r\nb") == f"a{MARK}\nb"


def test_payloads() -> None:
    chance = random.Random(7)
    for _ in range(scaled(5000)):
        payload = "".join(chance.choices(PIECES, k=chance.randrange(1, 9)))
        cleaned = clean(payload)
        assert not FORBIDDEN & set(cleaned), repr(payload)
        assert "\t" not in cleaned
        assert len(cleaned) == len(payload)
        assert cleaned.encode()


@given(st.text(alphabet=st.characters(exclude_categories=())))
@settings(max_examples=scaled(1000))
def test_any_text(text: str) -> None:
    cleaned = clean(text)
    assert not FORBIDDEN & set(cleaned)
    assert clean(cleaned) == cleaned
    kept = [(before, after) for before, after in zip(text, cleaned, strict=True) if after != MARK]
    assert all(before == after or (before == "\t" and after == " ") for before, after in kept)
    assert cleaned.encode().decode() == cleaned

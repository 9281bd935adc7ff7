"""The one door to the screen: nothing hostile gets through, colours can be read, the look follows the rules."""

import io
import random
import re

import pytest
from sizes import scaled

from alliance_trainer.terminal import door as doors
from alliance_trainer.terminal.blocks import Block, Entry, Option, Prose, Rule, Said, Seen
from alliance_trainer.terminal.door import Door, Look, decide_look

PIECES = [
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://evil\x1b\\",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1bP1$r0m\x1b\\",
    "\x1b_Gf=100;AAAA\x1b\\",
    "\x9b31m",
    "\x9d0;title\x9c",
    "\r",
    "\b\b\b",
    "\x07",
    "\x00",
    "\x7f",
    "\x85",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\U000e0041",
    "\u2028",
    "[/]",
    "[bold]",
    "[link=http://evil]x[/link]",
    ":smile:",
    "\\[red]",
    "plain words",
    "It's fine.",
    "\ud800",
]
CURLY = "\u201cIt\u2019s fine \u2013 really\u2026\u201d"
ALLOWED = re.compile(r"\x1b\[[0-9;]*m")
FORBIDDEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)


def payloads(count: int) -> list[str]:
    chance = random.Random(7)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 6))) for _ in range(count)]


@pytest.mark.parametrize("plain", [False, True], ids=["pretty", "plain"])
def test_no_payload_reaches_the_screen_alive(plain: bool) -> None:
    for text in payloads(scaled(2500)):
        out, errors = io.StringIO(), io.StringIO()
        look = Look(plain=plain, reason="", colour=True, interactive=True)
        door = Door(look=look, out=out, errors=errors, columns=lambda: 60)
        items = (
            Prose(text=text, tone="accent"),
            Said(who=text, text=text),
            Seen(text=text),
            Option(number=1, text=text),
            Entry(label=text, text=text, tone="warn"),
        )
        door.show(Block(heading=Rule(left=text, right=text, major=True), items=items, keys=text))
        door.say(text)
        door.prompt(text)
        door.complain(text, text)
        written = out.getvalue() + errors.getvalue()
        rest = ALLOWED.sub("", written) if not plain else written
        assert not FORBIDDEN.search(rest), repr(text)
        assert not plain or "\x1b" not in written
        for markup in ("[/]", "[bold]", ":smile:"):
            assert rest.count(markup) == 0 or markup in text
        if "[/]" in text and len(text) < 20 and FORBIDDEN.search(text) is None and "\ud800" not in text:
            assert "[/]" in rest, "markup stays the text it is"


def contrast(colour: str, ground: str) -> float:
    def luminance(value: str) -> float:
        channels = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_both_accents_can_be_read_on_white_and_on_black() -> None:
    from rich.color import Color

    for colours in doors._COLOURS.values():
        assert len(colours) == 2
        for name in colours.values():
            colour = "#" + "".join(f"{part:02x}" for part in Color.parse(name).get_truecolor())
            assert contrast(colour, "#FFFFFF") >= 4.5, name
            assert contrast(colour, "#000000") >= 4.5, name


@pytest.mark.parametrize(
    ("plain", "environment", "interactive", "dumb", "expected"),
    [
        (None, {}, True, False, False),
        (None, {}, False, False, True),
        (None, {}, True, True, True),
        (None, {"ACCESSIBLE": "1"}, True, False, True),
        (None, {"ACCESSIBLE": "0"}, True, False, False),
        (False, {"ACCESSIBLE": "1"}, True, False, False),
        (True, {}, True, False, True),
        (False, {}, False, True, False),
    ],
)
def test_which_look_is_chosen(
    plain: bool | None, environment: dict[str, str], interactive: bool, dumb: bool, expected: bool
) -> None:
    look = decide_look(plain=plain, no_color=False, environment=environment, interactive=interactive, dumb=dumb)
    assert look.plain is expected
    assert bool(look.reason) is expected


@pytest.mark.parametrize(("encoding", "shown"), [("utf-8", CURLY), ("ascii", '"It\'s fine - really..."')])
def test_signs_that_the_screen_does_not_have_get_twins(encoding: str, shown: str) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
    door = Door(look=Look(plain=True, reason="", colour=False, interactive=False), out=out, errors=out)
    door.say(CURLY)
    assert raw.getvalue().decode(encoding).strip() == shown

"""The one door to the screen: every word that a person sees goes out here, cleaned, and never as markup."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO, TypeVar

import msgspec
from msgspec.structs import replace

from alliance_trainer.core.clean import clean
from alliance_trainer.core.errors import ScreenClosedError
from alliance_trainer.terminal.blocks import Block, Drawing, Item, Pair, Tone
from alliance_trainer.terminal.layout import Line, lay_out
from alliance_trainer.terminal.plain import plain_lines
from alliance_trainer.terminal.wrapping import wrap

Piece = TypeVar("Piece", bound=Item)

if TYPE_CHECKING:
    from rich.console import Console

ROWS = 22
"""A block longer than this is shown in pages, so that nothing scrolls away unread on 24 rows."""

_ASCII_TWINS = {
    "\u2013": "-",
    "\u2014": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2026": "...",
}
_COLOURS = {
    "truecolor": {"accent": "#0078C8", "warn": "#C25400"},
    "256": {"accent": "color(63)", "warn": "color(131)"},  # #5F5FFF and #AF5F5F; the nearest two are too light
}
"""All reach a contrast of 4.5 on white and on black; a word or sign always says the same."""


@contextmanager
def _open_screen() -> Iterator[None]:
    # An exception of our own, because Typer ends a broken pipe with an exit code that looks like findings.
    try:
        yield
    except BrokenPipeError as error:
        raise ScreenClosedError from error


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """How the screen is used: plain or not and why, in colour or not, and whether a person sits there."""

    plain: bool
    reason: str
    colour: bool
    interactive: bool


def decide_look(
    *, plain: bool | None, no_color: bool, environment: Mapping[str, str], interactive: bool, dumb: bool
) -> Look:
    """--plain or --no-plain first, then ACCESSIBLE, then what the screen can do."""
    if plain is not None:
        chosen, reason = plain, "of --plain" if plain else ""
    elif environment.get("ACCESSIBLE", "") not in ("", "0"):
        chosen, reason = True, "ACCESSIBLE is set"
    elif not interactive or dumb:
        chosen, reason = True, "this is not a full terminal"
    else:
        chosen, reason = False, ""
    colour = not (no_color or environment.get("NO_COLOR")) and not chosen
    return Look(plain=chosen, reason=reason, colour=colour, interactive=interactive)


class Door:
    """Writes blocks and lines; the only place that touches the console."""

    def __init__(self, *, look: Look, out: TextIO, errors: TextIO, columns: Callable[[], int] | None = None) -> None:
        self.look = look
        self._out = out
        self._errors = errors
        self._columns = columns or (lambda: shutil.get_terminal_size((80, 24)).columns)
        self._console: Console | None = None

    @property
    def columns(self) -> int:
        """The screen's width now, in cells: at least 20, asked anew for each block."""
        return max(20, self._columns())

    @property
    def encoding(self) -> str:
        """The screen's encoding."""
        return getattr(self._out, "encoding", None) or "utf-8"

    @property
    def rows(self) -> int:
        """How many rows a page may take."""
        return max(8, min(ROWS, shutil.get_terminal_size((80, 24)).lines - 2))

    def show(self, block: Block, pause: Callable[[], None] | None = None) -> None:
        """Show a block; with `pause`, in pages of at most `rows` lines, pausing between them."""
        lines: list[list[Line]]
        block = self._safe_block(block)
        if self.look.plain:
            lines = [[Line(text=text) for text in group] for group in plain_lines(block, self.columns)]
        else:
            lines = [[Line(text="")], *lay_out(block, self.columns)]
        if pause is None:
            self._write([line for group in lines for line in group])
            return
        for at, page in enumerate(pages(lines, self.rows)):
            if at:
                pause()
            self._write(page)

    def say(self, text: str, tone: Tone = "body") -> None:
        """One paragraph outside any block, wrapped to the screen."""
        self._write([Line(text=line, tone=tone) for line in wrap(self._safe(text), self.columns - 1)])

    def lines(self, lines: list[Line]) -> None:
        """Lines as they are, for what has its own layout (a quoted file, a table)."""
        self._write(lines)

    def safe(self, text: str) -> str:
        """The text as this screen shows it, for what has to be measured before it is shown."""
        return self._safe(text)

    def raw(self, text: str) -> None:
        """Text for programs (JSON, CSV, schemas) exactly as it is: already safe by its own format's rules."""
        with _open_screen():
            self._out.write(text)

    def prompt(self, text: str) -> None:
        """The sign that an answer is expected, without a line's end."""
        with _open_screen():
            self._out.write(self._safe(text))
            self._out.flush()

    def complain(self, message: str, hint: str = "") -> None:
        """An error: what is wrong, then what to do, to the error stream."""
        with suppress(OSError):  # where even this cannot be written, the exit code has to say it
            for text in (f"Error: {message}", hint):
                if text:
                    self._errors.write(self._safe(text) + "\n")
            self._errors.flush()

    def _write(self, lines: list[Line]) -> None:
        with _open_screen():
            for line in lines:
                text = self._safe(line.text).rstrip()
                if self.look.plain or line.tone == "body":
                    self._out.write(text + "\n")
                else:
                    self._styled(text, line)
            self._out.flush()

    def _styled(self, text: str, line: Line) -> None:
        from rich.text import Text  # kept off the path of plain mode and of programs

        shown = Text(text)
        shown.stylize(self._style(line.tone), 0, line.reach)
        self._rich().print(shown, no_wrap=True, overflow="ignore", crop=False)

    def _style(self, tone: Tone) -> str:
        colour = _COLOURS.get(self._rich().color_system or "", {}).get(tone)
        if colour is None:
            return "bold"
        return f"bold {colour}" if tone == "accent" else colour

    def _rich(self) -> "Console":
        if self._console is None:
            from rich.console import Console  # 25 ms, needed only where something is styled

            self._console = Console(
                file=self._out,
                highlight=False,
                markup=False,
                emoji=False,
                no_color=not self.look.colour,
                width=400,
            )
        return self._console

    def _safe_block(self, block: Block) -> Block:
        """The block with every text safe before it is laid out, since that can change its width."""
        heading = self._safe_item(block.heading) if block.heading else None
        items = tuple(self._safe_item(item) for item in block.items)
        return replace(block, heading=heading, items=items, keys=self._safe(block.keys))

    def _safe_item(self, item: Piece) -> Piece:
        found = {name: getattr(item, name) for name in item.__struct_fields__}
        texts: dict[str, object] = {name: self._safe(text) for name, text in found.items() if isinstance(text, str)}
        if isinstance(item, Drawing):
            texts["lines"] = tuple(self._safe(line) for line in item.lines)
        if isinstance(item, Pair):
            texts |= {side: tuple(map(self._safe, getattr(item, side))) for side in ("left", "right")}
        return replace(item, **texts)

    def _safe(self, text: str) -> str:
        """The text cleaned, in signs that the screen's encoding has."""
        cleaned = clean(text)
        encoding = self.encoding
        return cleaned if _fits(cleaned, encoding) else "".join(_twin(sign, encoding) for sign in cleaned)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _twin(sign: str, encoding: str) -> str:
    """The sign, or what stands for it where the encoding has it not: a twin, the bare letter, a question mark."""
    if _fits(sign, encoding):
        return sign
    import unicodedata  # only where the screen is poorer than the text

    return _ASCII_TWINS.get(sign) or unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode() or "?"


def pages(groups: list[list[Line]], rows: int) -> list[list[Line]]:
    """The groups on pages of at most `rows` lines, broken between groups where that is possible."""
    done: list[list[Line]] = []
    page: list[Line] = []
    for group in groups:
        if page and len(page) + len(group) > rows:
            done.append(page)
            page = []
        done.extend(group[at : at + rows] for at in range(0, len(group) - rows, rows))
        page = page + group[(len(group) - 1) // rows * rows :]
    return [*done, page] if page else done


def open_door(*, plain: bool | None, no_color: bool) -> Door:
    """The door to this program's own screen. Never fails: a closed stream becomes one that leads nowhere."""
    out = sys.stdout if sys.stdout is not None else open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # stays open for the program's life
    errors = sys.stderr if sys.stderr is not None else open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # the same
    for stream in (out, errors):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    interactive = sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty() and out.isatty()
    look = decide_look(
        plain=plain,
        no_color=no_color,
        environment=os.environ,
        interactive=interactive,
        dumb=os.environ.get("TERM", "dumb") == "dumb" and os.name != "nt",
    )
    return Door(look=look, out=out, errors=errors)

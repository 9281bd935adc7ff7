"""A guide page as its reader goes through it: block by block, with files that grow and commands run in one folder.

- A ```yaml block is put into the file that the page has named last: what is new or different, with the keys above it.
  `check` then reports exactly the codes that the paragraph right above the block names, or nothing. A block that is
  only a comment has to stand in the file already.
- The commands of a ```sh block are run in order. One that is followed by a ```text block prints just that; a line of
  three dots stands for any lines. It finds errors where the text shows one, else it ends well.
- ```sh waits: these commands wait for a person. They are not run; their options have to be in their help.
"""

import re
import shlex
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from command import within

from alliance_trainer.cli.scenarios import checked
from alliance_trainer.scenario_files.loader import load_path

Run = Callable[[list[str]], tuple[int, str]]
"""Runs a command line in the reader's folder: its exit code, and all that it printed."""


def runs(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs it within this process."""

    def typed(arguments: list[str]) -> tuple[int, str]:
        done = within(capsys, *arguments)
        return done.code, done.out + done.errors

    return typed


WAITS = "waits"
_FENCE = "```"
_CODE = re.compile(r"\bAT\d{3}\b")
_FILE = re.compile(r"\b[a-z][a-z0-9-]*\.yaml\b")
_OPTION = re.compile(r"(?<!\S)--?[a-z][a-z-]*")
_GROUP = re.compile(r"\s*[^\s:#][^:#]*:\s*(#.*)?")
"""A key with nothing behind it: what belongs to it stands below."""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A fenced block: its kind, what else its first line says, its text, and where it stands on the page."""

    kind: str
    marker: str
    text: str
    line: int
    above: str
    """The paragraph right above it."""
    named: str
    """The file of a scenario that was named last before it; empty if none was."""


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    lines = page.splitlines()
    fences = [at for at, line in enumerate(lines) if line.startswith(_FENCE)]
    found = []
    for first, last in zip(fences[::2], fences[1::2], strict=True):
        kind, _, marker = lines[first].removeprefix(_FENCE).partition(" ")
        before = "\n".join(lines[:first])
        found.append(
            Block(
                kind=kind,
                marker=marker,
                text="".join(f"{line}\n" for line in lines[first + 1 : last]),
                line=first + 1,
                above=before.rstrip().rpartition("\n\n")[2],
                named=(_FILE.findall(before) or [""])[-1],
            )
        )
    return found


def walked(page: str, folder: Path, run: Run) -> list[str]:
    """What is not as the page says, with the line of the block; empty if all is."""
    found: list[str] = []
    for block, after in pairwise([*blocks(page), None]):
        assert block is not None
        found += (f"line {block.line}: {complaint}" for complaint in _followed(block, after, folder, run))
    return found


def _followed(block: Block, after: Block | None, folder: Path, run: Run) -> Iterator[str]:
    match block.kind:
        case "yaml":
            yield from _written(block, folder)
        case "sh" if block.marker == WAITS:
            yield from _offered(block, run)
        case "sh":
            shown = after.text if after is not None and after.kind == "text" else None
            yield from _typed(block, shown, run)


def _written(block: Block, folder: Path) -> Iterator[str]:
    file = folder / block.named
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    if not entries(block.text).keys() - {""}:
        if block.text not in before:
            yield f"{block.named} has no such lines"
        return
    file.write_text(grown(before, block.text), encoding="utf-8")
    reported = {one.code for one in checked(load_path(file)).diagnostics}
    told = set(_CODE.findall(block.above))
    if reported != told:
        yield f"check reports {sorted(reported)}, and the text names {sorted(told)}"


def _commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    for line in block.text.splitlines():
        program, *arguments = shlex.split(line, comments=True)
        assert program == "alliance-trainer", f"line {block.line}: a reader cannot type this everywhere: {line}"
        yield line, arguments


def _typed(block: Block, shown: str | None, run: Run) -> Iterator[str]:
    code, printed = 0, ""
    for line, arguments in _commands(block):
        if code:
            yield f"ends with {code}, and more is typed: {printed}"
        if _waits(arguments):
            yield f"this waits for a person, say so: {line}"
            return
        code, printed = run(arguments)
    expected = 1 if shown is not None and re.search(r": error AT\d", shown) else 0
    if code != expected:
        yield f"ends with {code}: {printed}"
    if shown is not None and not _is_like(shown, printed):
        yield f"prints something else:\n{printed}"


def _waits(arguments: list[str]) -> bool:
    return "--watch" in arguments or (arguments[0] == "play" and "--script" not in arguments)


def _is_like(shown: str, printed: str) -> bool:
    lines = (r"(?:.*\n)*" if line == "..." else re.escape(line.rstrip()) + r" *\n" for line in shown.splitlines())
    return re.fullmatch("".join(lines), printed.rstrip() + "\n") is not None


def _offered(block: Block, run: Run) -> Iterator[str]:
    for line, arguments in _commands(block):
        if not _waits(arguments):
            yield f"this does not wait for anybody: {line}"
        code, told = run([arguments[0], "--help"])
        missing = {word for word in arguments if _OPTION.fullmatch(word)} - set(_OPTION.findall(told))
        if code or missing:
            yield f"{arguments[0]} has no {sorted(missing)}: {line}"


# ------------------------------------------------------------------------------------------ a file that grows


def grown(base: str, block: str) -> str:
    """The base with the block put in: groups that both have are gone into, all else of the block is put in whole.

    What is new stands at the end of its group. Comments below a line that is replaced go with it.
    """
    old, new = entries(base), entries(block)
    for key, text in new.items():
        if key and key in old and _is_group(old[key]) and _is_group(text):
            head, _, body = text.partition("\n")
            new[key] = f"{head}\n{grown(old[key].partition(chr(10))[2], body)}"
    return "".join((old | {key: text for key, text in new.items() if key}).values())


def entries(text: str) -> dict[str, str]:
    """A group cut into its entries, each with all that stands under it; what stands above the first is under ""."""
    lines = text.splitlines(keepends=True)
    depth = min((_depth(line) for line in lines if _says(line)), default=0)
    found, key = {"": ""}, ""
    for line in lines:
        if _says(line) and _depth(line) == depth:
            key = line.partition(":")[0].strip()
            assert key not in found, f"{key} stands there twice"
            found[key] = ""
        found[key] += line
    return found


def _is_group(text: str) -> bool:
    head, _, body = text.partition("\n")
    inner = [line.strip() for line in body.splitlines() if _says(line)]
    return bool(_GROUP.fullmatch(head) and inner) and not inner[0].startswith("- ")


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())

"""A new scenario as the text of its file: a starter story with an author's wishes in it, and comments beside it."""

import re
from collections.abc import Iterator, Mapping
from textwrap import wrap

from alliance_trainer.scenario_files.starter.stories import Story, remarks, story
from alliance_trainer.scenario_files.starter.wishes import Wishes

SCHEMA_NAME = "scenario.schema.json"
"""What the file for editors is called that lies beside a scenario."""

_FOR_EDITORS = f"# yaml-language-server: $schema=./{SCHEMA_NAME}\n"
_MARK = re.compile(r"( *)#([=+]) ([a-z-]+)")
_SLOT = re.compile(r'"\{\{([a-z-]+)\}\}"|\{\{([a-z-]+)\}\}')
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9'/.() -]*")
_BEGINS = re.compile(r" *(?:- |[a-z_]+: )")
_NOT_PLAIN = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
"""Words that some programs take for something else than a text."""
_COLUMNS = 118


def write(wishes: Wishes, *, for_editors: bool) -> str:
    """The text of the file, with a line end; `for_editors` puts the schema beside it into the first line."""
    chosen = story(wishes.rupture)
    values = _values(wishes, chosen)
    lines = [_filled(line, values) for line in _lines(chosen, wishes, values)]
    head = _FOR_EDITORS if for_editors else ""
    return head + _comment(remarks()["head"], 0, values) + "\n\n" + "\n".join(lines) + "\n"


def _values(wishes: Wishes, chosen: Story) -> dict[str, str]:
    """What can stand in a slot, by name: the author's answers, and the pieces that follow from them."""
    answers = {
        "id": wishes.id,
        "title": wishes.title,
        "name": wishes.name,
        "age": str(wishes.age),
        "pronouns": wishes.pronouns,
        "setting": wishes.setting,
        "marker": wishes.marker or "",
        "clarity": str(6 - wishes.difficulty),  # what is harder to see makes it harder
        "difficulty": str(wishes.difficulty),
        "repair": wishes.repair,
        "author": wishes.author,
    }
    pieces = {name: _put_in(_chosen(chosen, name, wishes), answers) for name in chosen.pieces}
    return pieces | answers


def _chosen(chosen: Story, name: str, wishes: Wishes) -> str:
    """The text of a piece for these answers."""
    texts = chosen.pieces[name]
    keys = (wishes.marker or "", "mistake" if wishes.mistake else "no-mistake", wishes.repair)
    return next(texts[key] for key in keys if key in texts)


def _put_in(text: str, values: Mapping[str, str]) -> str:
    """A text with its slots filled with the values as they are."""
    return _SLOT.sub(lambda slot: values[slot[1] or slot[2]], text)


def _lines(chosen: Story, wishes: Wishes, values: Mapping[str, str]) -> Iterator[str]:
    """The lines of the story, with comments and whole pieces in the place of their marks."""
    for line in chosen.scenario.splitlines():
        mark = _MARK.fullmatch(line)
        if mark is None:
            yield line
        elif mark[2] == "=":
            yield _comment(remarks()[mark[3]], len(mark[1]), values)
        else:
            yield from (mark[1] + part for part in _chosen(chosen, mark[3], wishes).splitlines())


def _comment(text: str, indent: int, values: Mapping[str, str]) -> str:
    lines = wrap(_put_in(text, values), _COLUMNS - indent - 2, break_on_hyphens=False)
    return "\n".join(f"{' ' * indent}# {line}" for line in lines)


def _filled(line: str, values: Mapping[str, str]) -> str:
    """A line with its slots filled; one that becomes too long goes on below, further in, where YAML joins it again."""
    filled = _SLOT.sub(lambda slot: _written(slot, values), line)
    if len(filled) <= _COLUMNS or filled == line:
        return filled
    indent = len(line) - len(line.lstrip())
    inner = " " * (indent + 2 if _BEGINS.match(line) else indent)
    words = wrap(filled.lstrip(), _COLUMNS - indent, break_long_words=False, break_on_hyphens=False)
    return " " * indent + f"\n{inner}".join(words)


def _written(slot: re.Match[str], values: Mapping[str, str]) -> str:
    """What stands in a slot: a whole text as plainly as is safe, a part of one as it is written inside quotes."""
    if slot[1] is None:
        return _escaped(values[slot[2]])
    value = values[slot[1]]
    plain = len(value) < _COLUMNS // 2 and _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN
    return value if plain else f'"{_escaped(value)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')

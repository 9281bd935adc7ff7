"""What YAML allows and a scenario does not: each refusal with its words and its place.

The functions look at single events of the parser and return problems; `compose` decides when to ask them.
"""

import re

import yaml

from alliance_trainer.scenario_files import characters
from alliance_trainer.scenario_files.diagnostics import Problem
from alliance_trainer.scenario_files.events import offsets
from alliance_trainer.scenario_files.source import Source
from alliance_trainer.scenario_files.tree import Path

_COMMENT = re.compile("#[^\n]*")
_BEHIND_BLANK = re.compile(r"(?:^|[ \t])#.*")  # a comment
_LINE_WITH_MORE = re.compile("^[ \t]*+[^ \t\r\n#]", re.M)  # than blanks and a comment
_WORD = re.compile(r"\S{0,200}")


def too_many(index: int, most: int, path: Path) -> Problem:
    """The file has more parts than are ever read."""
    return Problem(
        code="AT033",
        start=index,
        end=index + 1,
        message=f"This file has more than {most:,} parts; reading stopped here.",
        hint="Check that this is the scenario and not another file. If it is, make two scenarios of it.",
        path=path,
    )


def too_deep(index: int, deepest: int, path: Path) -> Problem:
    """A list or mapping lies deeper than any scenario needs."""
    return Problem(
        code="AT032",
        start=index,
        end=index + 1,
        message=f"Lists and groups lie more than {deepest} deep in each other here; reading stopped.",
        hint="Check the brackets, dashes and indentation on this line: a scenario needs about eight levels.",
        path=path,
    )


def alias(event: yaml.AliasEvent, path: Path) -> Problem:
    """`*name`: more often a text that begins with a star than a wish for YAML's references."""
    return Problem(
        code="AT025",
        start=offsets(event)[0],
        end=offsets(event)[1],
        message="A star at the start of a text means a reference to another place, which scenarios do not have.",
        hint='If the star belongs to the text, put the text in quotes ("*sighs* ..."); else write the text out.',
        path=path,
    )


def properties(event: yaml.NodeEvent, source: Source, path: Path) -> list[Problem]:
    """The anchor and the tag in front of a text, list or mapping, if there are any."""
    found = []
    if event.anchor is not None:
        start, end = _property_span(event, source, "&")
        found.append(
            Problem(
                code="AT024",
                start=start,
                end=end,
                message="& at the start of a text gives it a name for references, which scenarios do not have.",
                hint='If the & belongs to the text, put the text in quotes ("& so on"); else leave it out.',
                path=path,
            )
        )
    if getattr(event, "tag", None) is not None:
        start, end = _property_span(event, source, "!")
        found.append(tag(start, end, path))
    return found


def tag(start: int, end: int, path: Path) -> Problem:
    """`!word`: a tag, or a text that begins with an exclamation mark; in a condition it is meant as not."""
    if path[-1:] == ("when",):
        message, hint = "! has no meaning at the start of a condition.", "Write not in words:  not visited(turn)"
    else:
        message = "! at the start of a text names a type of data, which scenarios do not have."
        hint = 'If the ! belongs to the text, put the text in quotes ("! No."); else leave the word with ! out.'
    return Problem(code="AT026", start=start, end=end, message=message, hint=hint, path=path)


def collection_as_key(start: int, end: int, path: Path) -> Problem:
    """A list or mapping where a key is due."""
    return Problem(
        code="AT030",
        start=start,
        end=end,
        message="A list or group in brackets stands here where the name of an entry is due.",
        hint='Write a plain word before the colon, or put the whole text in quotes: "[looks away]: fine".',
        path=path,
    )


def duplicate_key(text: str, span: tuple[int, int], first_line: int, path: Path) -> Problem:
    """The same key twice in one mapping."""
    name = characters.excerpt(text)
    return Problem(
        code="AT031",
        start=span[0],
        end=span[1],
        message=f'"{name}" is here a second time; the first one is on line {first_line}.',
        hint="Keep one of the two, or give this one another name.",
        path=path,
    )


def may_be_odd_key(text: str, gap: str) -> bool:
    """Whether `key_problem` may have anything to say about a key. A glance: most are sound."""
    return "?" in gap or text == "<<" or not text or text.isspace()


def key_problem(text: str, span: tuple[int, int], is_plain: bool, gap: str, path: Path) -> Problem | None:
    """What is wrong with a key by itself: a merge key, an empty one, or one marked with a question mark.

    `gap` is what stands between the key and the text or bracket before it.
    """
    start, end = span
    if text == "<<" and is_plain:
        message = "<< would copy entries from another place, which scenarios do not have."
        return _key("AT027", span, path, message, "Write the entries out here.")
    before = _COMMENT.sub(lambda comment: " " * len(comment.group()), gap).rstrip()
    if before.endswith("?"):
        mark = start - len(gap) + len(before) - 1
        message = "A question mark followed by a space has a meaning of its own at the start of a line."
        return _key("AT035", (mark, end), path, message, 'Put the text in quotes ("? ..."), or leave the mark out.')
    if not text.strip():
        message = "There is no name in front of this colon."
        return _key(
            "AT035", (start, max(end, start + 1)), path, message, "Write the name of the entry, or delete the colon."
        )
    return None


def _key(code: str, span: tuple[int, int], path: Path, message: str, hint: str) -> Problem:
    return Problem(code=code, start=span[0], end=span[1], message=message, hint=hint, path=path)


def second_document(event: yaml.DocumentEndEvent, source: Source) -> Problem | None:
    """What follows the scenario, if it is the start of another document or a directive.

    Anything else is left to the parser. Directives never reach it: it compares each with all others.
    """
    text, start = source.text, offsets(event)[0]
    ended = text.startswith("...", start)
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if _BEHIND_BLANK.sub("", text[start:end]).strip() not in ("", "..."):
            break
        start = end + 1
    if start >= len(text) or not (ended or text.startswith(("---", "%"), start)):
        return None
    if text[start] == "%":
        return directive(start, start + 1)
    return Problem(
        code="AT029",
        start=start,
        end=start + (3 if text.startswith("---", start) else 1),
        message="A second document begins here; a file holds one scenario.",
        hint='Put the second scenario into a file of its own, or delete the line "---" or "...".',
    )


def directives(source: Source) -> list[tuple[int, int]]:
    """The offsets of the lines at the top of the file that begin with %: orders to the YAML parser."""
    text, found = source.text, []
    line = _LINE_WITH_MORE.search(text)
    while line is not None and text.startswith("%", line.start()):
        start, line_end = line.start(), text.find("\n", line.start())
        end = len(text) if line_end < 0 else line_end
        found.append((start, start + len(text[start:end].removesuffix("\r"))))
        line = _LINE_WITH_MORE.search(text, end)
    return found


def directive(start: int, end: int) -> Problem:
    """A line that begins with %."""
    return Problem(
        code="AT028",
        start=start,
        end=end,
        message="A line that begins with % is an order to the YAML parser, which scenarios do not have.",
        hint='Delete the line. If it is a text, put it in quotes: "% ...".',
    )


def block_span(span: tuple[int, int], source: Source) -> tuple[int, int]:
    """Where the written form of a block ends: its end mark lies behind its trailing blank lines."""
    start, end = span
    return start, start + len(source.text[start:end].rstrip())


def _property_span(event: yaml.NodeEvent, source: Source, sign: str) -> tuple[int, int]:
    """The offsets of an anchor or a tag in front of a node."""
    start, limit = offsets(event)
    at = source.text.find(sign, start, limit)
    at = start if at < 0 else at
    word = _WORD.match(source.text, at)
    return at, at if word is None else word.end()

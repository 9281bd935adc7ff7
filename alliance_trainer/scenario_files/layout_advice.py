"""Advice on layout: tabs, indentation, dashes and colons without their space, lines without a name."""

import math
import re
from collections.abc import Iterator
from itertools import islice

from alliance_trainer.scenario_files import odd_signs, slips, texts
from alliance_trainer.scenario_files import quote_advice as quotes
from alliance_trainer.scenario_files.characters import excerpt
from alliance_trainer.scenario_files.complaint import Advice, Complaint, indentation
from alliance_trainer.scenario_files.diagnostics import MOST_SHOWN, Problem

_TAB_IN_MARGIN = re.compile(r"^ *\t", re.MULTILINE)
_KEY_WITHOUT_SPACE = re.compile(r" *(?:- +)?([A-Za-z][\w-]{0,63}):[^\s:]")
_LONE_WORD = re.compile(r" *(?:- +)?[A-Za-z][\w-]{0,63}\s*$")
_ONE_WORD = re.compile(r" *(?:- +)?[\w-]+\s*$")
_ENTRY = re.compile(r" *(?:- +)+")
_MOST_LINES = 1_000  # as far as is looked back for the columns around a line
_OPEN_VALUE = re.compile(r"(?:^|[\s{,])(?:-|[^\s:#{,][^:\n]{0,200}:) +(?=\S)")


def tab(complaint: Complaint) -> Advice | None:
    """A tab in the indentation of the line that the parser could not read, or behind a list's dash."""
    if not _TAB_IN_MARGIN.match(complaint.line):
        if complaint.character != "\t" or complaint.before.strip(" -"):
            return None
        return Advice(problem=_tab_at(complaint, complaint.index), blots={complaint.index: " "})
    text, start = complaint.source.text, complaint.line_start
    others = (match.end() - 1 for match in _TAB_IN_MARGIN.finditer(text) if match.start() != start)
    return Advice(
        problem=_tab_at(complaint, start + complaint.line.index("\t")),
        more=tuple(_tab_at(complaint, offset) for offset in islice(others, MOST_SHOWN)),
    )


def _tab_at(complaint: Complaint, offset: int) -> Problem:
    return complaint.problem(
        "AT014",
        (offset, offset + 1),
        "This line is set in with a tab; YAML lines are set in with spaces.",
        'Replace tabs by spaces on all lines; the editor can do it for you (look for "indent using spaces").',
    )


def line_without_colon(complaint: Complaint) -> Advice:
    """A line among named entries that has no name of its own."""
    source, start = complaint.source, complaint.origin
    number = source.position(start)[0]
    end = source.starts[number - 1] + len(source.parsed_line(number))
    rest = source.text[start:end]
    if len(rest) > 1 and rest[0] == "-":
        problem = texts.dash_without_space(start, rest, complaint.path)
    elif rest[:1] in ("'", '"') and rest[0] not in rest[1:]:
        return quotes.unclosed(complaint, start)
    elif advice := _other_sign(complaint, start, rest):
        return advice
    else:
        problem = _colon_missing(complaint, number) or _nameless(complaint, start, end)
    return Advice(problem=problem, blots=_as_comment(complaint, number), keeps_tree=False)


def inner_line(complaint: Complaint) -> Advice | None:
    """A colon that makes no sense because the text it is in began on a line above: what is wrong there?

    None where the line itself is the trouble: it holds a value already, or several words before the colon.
    """
    if _OPEN_VALUE.search(complaint.before) or not _ONE_WORD.match(complaint.before):
        return None
    above = complaint.line_above(complaint.number)
    if above == 0:
        return None
    begin = complaint.source.starts[above - 1] + indentation(complaint.source.parsed_line(above))
    if advice := odd_signs.other_colon(begin, complaint.source.parsed_line(above).lstrip(" "), complaint.path):
        return advice
    problem = _colon_missing(complaint, above)
    if problem is not None:
        deeper = indentation(complaint.line) > indentation(complaint.source.parsed_line(above))
        blots = {} if deeper else _as_comment(complaint, above)
        return Advice(problem=problem, blots=blots, keeps_tree=False)
    start = complaint.line_start + indentation(complaint.line)
    shown = excerpt(complaint.source.parsed_line(above), 30)
    problem = complaint.problem(
        "AT015",
        (start, complaint.index),
        f"This line is set further in than line {above} ({shown}), which is complete without it.",
        "Line it up with its neighbours. If it goes on with the text above, put that whole text in quotes.",
    )
    return Advice(problem=problem)


def entry_below_text(complaint: Complaint) -> Advice | None:
    """A list entry with a name, in the middle of a text: of the entry above, or of one beside the list's name."""
    if complaint.last is None or not _ENTRY.match(complaint.before):
        return None
    start, end = complaint.last
    source = complaint.source
    first = source.position(start)[0]
    if end > complaint.index or source.position(end)[0] != complaint.number or first == complaint.number:
        return None
    if source.text[source.starts[first - 1] : start].lstrip(" ").startswith("-"):
        return Advice(problem=_out_of_column(complaint, complaint.line_start + indentation(complaint.line)))
    problem = complaint.problem(
        "AT015",
        (start, source.starts[first - 1] + len(source.parsed_line(first))),
        "This text stands beside its name, but the lines below are list entries with a dash.",
        'If it is an entry as well, put it on a line of its own that begins with "- ".',
    )
    return Advice(problem=problem)


def uneven(complaint: Complaint) -> Advice:
    """A line that begins where no list or mapping around it does, or that is of the other kind."""
    start = complaint.index
    if complaint.stuck.context_index is None:
        message = "The first entries of this file begin in another column than this line."
        hint = "Begin all lines of the outermost level in the first column."
        return Advice(problem=_at_line(complaint, start, message, hint))
    if len(complaint.before) + 1 == complaint.source.position(complaint.origin)[1]:
        advice = _entry_among_names if "mapping" in complaint.stuck.context else _name_among_entries
        return advice(complaint, complaint.line.strip(" "))
    return _entry_below_comment(complaint) or Advice(problem=_out_of_column(complaint, start))


def _entry_below_comment(complaint: Complaint) -> Advice | None:
    """A list entry below a text in the same column that has no dash, with a comment between the two."""
    start, end = complaint.last or (complaint.index, complaint.index)
    source = complaint.source
    begins = source.begins_line(start) and source.position(start)[1] == len(complaint.before) + 1
    if start == complaint.index or not begins or not _ENTRY.match(complaint.line):
        return None
    return slips.without_dash(start, end, source, complaint.path, repair=True)


def _entry_among_names(complaint: Complaint, line: str) -> Advice:
    """A line in the column of named entries, which begins with a dash."""
    source, start = complaint.source, complaint.index
    first = source.position(complaint.origin)[0]
    if not line.startswith("-") or source.text[source.starts[first - 1] : complaint.origin].strip(" ") == "-":
        return Advice(problem=_out_of_column(complaint, start))
    message = "A list entry (with a dash) stands here among named entries."
    hint = "Set the list further in than the name it belongs to, or give this line a name and a colon."
    if first == complaint.line_above(complaint.number):
        hint += f' If line {first} is an entry of the same list, begin that line with "- ".'
    return Advice(problem=_at_line(complaint, start, message, hint))


def _name_among_entries(complaint: Complaint, line: str) -> Advice:
    """A line in the column of list entries, without the dash they begin with."""
    start = complaint.index
    if line[:1] in odd_signs.DASHES:
        return odd_signs.other_dash(start, line, complaint.path)
    if line.startswith("-"):
        return Advice(problem=texts.dash_without_space(start, line.strip(), complaint.path))
    message = "The lines around this one are list entries with a dash; this one has none."
    hint = 'Begin it with "- " if it is a new entry; set it further in if it belongs to the entry above.'
    return Advice(problem=_at_line(complaint, start, message, hint))


def _out_of_column(complaint: Complaint, start: int) -> Problem:
    """A line that begins in a column of its own; `start` is the offset of its first sign."""
    column = start - complaint.line_start + 1
    near = _columns_beside(complaint, column)
    columns = "column " + " or ".join(map(str, near)) if near else "other columns"
    message = f"This line begins in column {column}, but the lines around it begin in {columns}."
    hint = "Use the space bar to line it up exactly with the entries it belongs to."
    return _at_line(complaint, start, message, hint)


def _at_line(complaint: Complaint, start: int, message: str, hint: str) -> Problem:
    """A problem of the uneven kind from an offset to the end of the complaint's line."""
    return complaint.problem("AT015", (start, complaint.line_start + len(complaint.line)), message, hint)


def _columns_beside(complaint: Complaint, column: int) -> list[int]:
    """The nearest columns on either side in which something begins that a line can belong to, from 1."""
    is_entry = _ENTRY.match(complaint.line) is not None
    columns = set(_open_columns(complaint, behind_dashes=not is_entry)) - {column}
    left, right = [at for at in columns if at < column], [at for at in columns if at > column]
    return [*([max(left)] if left else []), *([min(right)] if right else [])]


def _open_columns(complaint: Complaint, *, behind_dashes: bool) -> Iterator[int]:
    """The columns of the line above and of what it lies in, from the inside out."""
    number, least = complaint.line_above(complaint.number), math.inf
    for _ in range(_MOST_LINES):
        if number == 0 or least == 0:
            return
        line = complaint.source.parsed_line(number)
        if indentation(line) < least:
            least = indentation(line)
            yield least + 1
            if behind_dashes and (dash := _ENTRY.match(line)):
                yield dash.end() + 1
        number = complaint.line_above(number)


def _other_sign(complaint: Complaint, start: int, rest: str) -> Advice | None:
    """A dash at the start of a line, or a colon behind its first word, that is not the keyboard's."""
    if rest[:1] in odd_signs.DASHES:
        return odd_signs.other_dash(start, rest, complaint.path)
    return odd_signs.other_colon(start, rest, complaint.path)


def _colon_missing(complaint: Complaint, number: int) -> Problem | None:
    """The colon, or the space behind it, that a line lacks to be a named entry."""
    source = complaint.source
    line, start = source.parsed_line(number), source.starts[number - 1]
    if match := _KEY_WITHOUT_SPACE.match(line):
        return texts.colon_without_space(start + match.start(1), match.group(1), complaint.path)
    if not _LONE_WORD.match(line):
        return None
    word = line.strip().removeprefix("-").strip()
    at = start + line.index(word)
    return complaint.problem(
        "AT023",
        (at, at + len(word)),
        f'There is no colon behind the name "{excerpt(word)}".',
        f'Write "{excerpt(word)}:", with its value behind it or on the lines below.',
    )


def _nameless(complaint: Complaint, start: int, end: int) -> Problem:
    shown = excerpt(complaint.source.text[start:end])
    return complaint.problem(
        "AT023",
        (start, end),
        f'This line has no name with a colon, as the lines around it have: "{shown}".',
        "If it goes on with the text above, set it further in than that text's name; else give it a name.",
    )


def _as_comment(complaint: Complaint, number: int) -> dict[int, str]:
    """The blot that makes a comment of a line, so that the lines after it can be read."""
    line = complaint.source.parsed_line(number)
    return {complaint.source.starts[number - 1] + indentation(line): "#"}

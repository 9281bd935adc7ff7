"""Advice on layout: tabs, indentation, dashes and colons without their space, lines without a name."""

import re
from itertools import islice

from alliance_trainer.scenario_files import texts
from alliance_trainer.scenario_files.characters import excerpt
from alliance_trainer.scenario_files.complaint import Advice, Complaint, in_quotes, indentation
from alliance_trainer.scenario_files.diagnostics import MOST_SHOWN, Problem

_TAB_IN_MARGIN = re.compile(r"^ *\t", re.MULTILINE)
_KEY_WITHOUT_SPACE = re.compile(r" *(?:- +)?([A-Za-z][\w-]{0,63}):[^\s:]")
_LONE_WORD = re.compile(r" *(?:- +)?[A-Za-z][\w-]{0,63}\s*$")
_ONE_WORD = re.compile(r" *(?:- +)?[\w-]+\s*$")
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
        return unclosed_quote(complaint, start)
    else:
        problem = _colon_missing(complaint, number) or _nameless(complaint, start, end)
    return Advice(problem=problem, blots=_as_comment(complaint, number), keeps_tree=False)


def unclosed_quote(complaint: Complaint, start: int, closed_on: int | None = None) -> Advice:
    """A quote that was opened and never closed, or closed by a quote that was meant to open the next text."""
    source = complaint.source
    line = source.position(start)[0]
    quote = source.text[start]
    end = source.starts[line - 1] + len(source.parsed_line(line))
    text = source.text[start + 1 : end]
    where = "is never closed"
    if closed_on is not None:
        where = f"is closed only by the next {quote}, on line {closed_on}"
    problem = complaint.problem(
        "AT016",
        (start, end),
        f"The quote {quote} that opens this text {where}.",
        f"Close the text on the line where it ends: {in_quotes(text)}.",
    )
    return Advice(problem=problem, blots={start: "_"})


def inner_line(complaint: Complaint) -> Advice | None:
    """A colon that makes no sense because the text it is in began on a line above: what is wrong there?

    None where the line itself is the trouble: it holds a value already, or several words before the colon.
    """
    if _OPEN_VALUE.search(complaint.before) or not _ONE_WORD.match(complaint.before):
        return None
    above = complaint.line_above(complaint.number)
    if above == 0:
        return None
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


def uneven(complaint: Complaint) -> Advice:
    """A line that begins where no list or mapping around it does, or that is of the other kind."""
    column = len(complaint.before) + 1
    is_entry = complaint.line.strip().startswith("- ") or complaint.line.strip() == "-"
    block = complaint.source.position(complaint.origin)[1]
    start = complaint.index
    end = complaint.line_start + len(complaint.line)
    if complaint.stuck.context_index is None:
        message = "The first entries of this file begin in another column than this line."
        hint = "Begin all lines of the outermost level in the first column."
    elif column == block and "mapping" in complaint.stuck.context and is_entry:
        message = "A list entry (with a dash) stands here among named entries."
        hint = "Set the list further in than the name it belongs to, or give this line a name and a colon."
    elif column == block and "mapping" not in complaint.stuck.context and not is_entry:
        message = "The lines around this one are list entries with a dash; this one has none."
        hint = 'Begin it with "- " if it is a new entry; set it further in if it belongs to the entry above.'
        if complaint.line.lstrip(" ").startswith("-"):
            return Advice(problem=texts.dash_without_space(start, complaint.line.strip(), complaint.path))
    else:
        message = f"This line begins in column {column}, but the lines around it begin in {_neighbours(complaint)}."
        hint = "Use the space bar to line it up exactly with the entries it belongs to."
    return Advice(problem=complaint.problem("AT015", (start, end), message, hint))


def _neighbours(complaint: Complaint) -> str:
    above = complaint.line_above(complaint.number)
    columns = {indentation(complaint.source.parsed_line(above)) + 1} if above else set()
    if complaint.stuck.context_index is not None:
        columns.add(complaint.source.position(complaint.origin)[1])
    columns.discard(len(complaint.before) + 1)
    return "column " + " or ".join(str(column) for column in sorted(columns)) if columns else "other columns"


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

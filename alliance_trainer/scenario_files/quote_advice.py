"""Advice on quotes: one that is never closed, and a text that goes on behind the closing one."""

import re

from alliance_trainer.scenario_files.characters import excerpt
from alliance_trainer.scenario_files.complaint import Advice, Complaint, in_quotes

_OBEYED = re.compile(r"[#:,\[\]{}]")


def unclosed(complaint: Complaint, start: int, closed_on: int | None = None) -> Advice:
    """A quote that was opened and never closed, or closed by a quote that was meant to open the next text."""
    source = complaint.source
    line = source.position(start)[0]
    quote = source.text[start]
    end = source.starts[line - 1] + len(source.parsed_line(line))
    text = source.text[start + 1 : end]
    where = "is never closed"
    if closed_on is not None:
        where = f"is closed only by the next {quote}, on line {closed_on}"
    hint = f"Close the text on the line where it ends: {in_quotes(text)}."
    if quote == "'" and text[:1].isalnum():
        hint += f" If the ' is an apostrophe, use double quotes: {in_quotes(quote + text)}."
    problem = complaint.problem("AT016", (start, end), f"The quote {quote} that opens this text {where}.", hint)
    comments = {start + 1 + at: "_" for at, sign in enumerate(text) if sign == "#"}
    return Advice(problem=problem, blots={start: "_", **comments})


def touches(complaint: Complaint) -> bool:
    """Whether the text in front of the trouble is one in quotes."""
    if complaint.last is None:
        return False
    start, end = complaint.last
    gap = complaint.source.text[end : complaint.index]
    quoted = end - start > 1 and complaint.source.text[start] in "'\""
    return quoted and end <= complaint.index and not gap.strip(" ") and "\n" not in gap


def after(complaint: Complaint) -> Advice:
    """A text in quotes that goes on after the closing quote."""
    start, end = complaint.last or (complaint.index, complaint.index)
    text, source = complaint.source.text, complaint.source
    if "\n" in text[start:end]:  # it was meant to end on its first line
        return unclosed(complaint, start, closed_on=source.position(end)[0])
    rest = text[complaint.index : complaint.line_start + len(complaint.line)]
    in_brackets = "flow" in complaint.stuck.context
    whole = text[start : complaint.index] + (until_bracket(rest) if in_brackets else rest.rstrip())
    message = f"The quotes close before the text ends: {excerpt(whole)}"
    hint = f"Put the whole text in quotes of the other kind: {in_quotes(whole)}."
    if end == complaint.index and text[start] == "'":  # an apostrophe, as in 'It's fine'
        message = "An apostrophe inside single quotes closes them."
        hint = f"Use double quotes: {_without_single_quotes(whole)}."
    elif text[start] == '"' and whole.endswith('"'):
        hint = f"Put the whole text in single quotes: {in_quotes(whole)}."
    problem = complaint.problem("AT012", (start, start + len(whole)), message, hint)
    signs = {start + match.start(): "_" for match in _OBEYED.finditer(text[start:end])}
    return Advice(problem=problem, blots={**signs, start: "_", end - 1: "_"})


def _without_single_quotes(whole: str) -> str:
    """The text in double quotes; in both ways where the quote that opens it may be an apostrophe as well."""
    if whole.endswith("'"):
        return in_quotes(whole[1:-1])
    return f"{in_quotes(whole[1:])}, or {in_quotes(whole)} if the first ' is an apostrophe too"


def until_bracket(rest: str) -> str:
    """The rest of a text inside brackets: up to the comma or bracket that ends it."""
    return re.split(r"[,\]}]", rest, maxsplit=1)[0].rstrip()

"""The parser's complaints turned into advice: what the author most likely meant, and how to write it.

The parser says where it could not go on; the slip itself is often a quote, bracket or colon before that
place. Each function here knows one kind of complaint and looks at the lines around it. Where a slip lies
inside one text, the advice names the characters to blot out so that reading can go on.
"""

import re
from collections.abc import Callable

from alliance_trainer.scenario_files import braces, refusals, texts
from alliance_trainer.scenario_files import layout_advice as layout
from alliance_trainer.scenario_files import quote_advice as quotes
from alliance_trainer.scenario_files.characters import excerpt
from alliance_trainer.scenario_files.complaint import Advice, Complaint, in_quotes, indentation

_VALUE_START = re.compile(r"^ *(?:- +)*[^\s:#][^:]{0,200}:\s+(?=\S)|^ *(?:- +)+(?=\S)")
_SURROGATE = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}")
_LONGEST_NAME = 1_000  # the parser looks no further than 1,024 characters for the colon
_SMART = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab"


def advise(complaint: Complaint) -> Advice:
    """The advice that fits a complaint; always one, in general words where nothing better is known."""
    rules = (_TAB, *(rule for rule in _RULES if _fits(rule, complaint)))
    for _, _, answer in rules:
        advice = answer(complaint)
        if advice is not None:
            return advice
    return _unknown(complaint)


def _unknown(complaint: Complaint) -> Advice:
    start = complaint.index
    end = max(start, complaint.line_start + len(complaint.line))
    shown = excerpt(complaint.source.text[start:end]) or "the end of the file"
    problem = complaint.problem(
        "AT010",
        (start, end),
        f"The file cannot be read from here on: {shown}",
        "Look at the quotes, brackets, colons and the indentation of this line and the one above it.",
    )
    return Advice(problem=problem)


def _quote_at_end(complaint: Complaint) -> Advice:
    return quotes.unclosed(complaint, complaint.origin)


def _escape(complaint: Complaint) -> Advice | None:
    """A backslash in double quotes that begins nothing known."""
    at = complaint.source.text.rfind("\\", complaint.origin, complaint.index + 1)
    if at < 0:
        return None
    if half := _SURROGATE.match(complaint.source.text, at):
        problem = texts.bad_escape(at, len(half.group()), complaint.path)
    else:
        shown = excerpt(complaint.source.text[at : at + 2])
        problem = complaint.problem(
            "AT022",
            (at, at + 2),
            f"A backslash in double quotes starts a code, and {shown} is none.",
            "Write the backslash twice, or put the text in single quotes, or leave the backslash out.",
        )
    return Advice(problem=problem, blots={at: "_"})


def _block_header(complaint: Complaint) -> Advice:
    at = complaint.origin
    sign = complaint.source.text[at : at + 1]
    problem = complaint.problem(
        "AT036",
        (at, at + 1),
        f"After {sign} the line must end: the text begins on the next line, set further in.",
        f"Move the text to the next line. If {sign} belongs to the text, put the whole text in quotes.",
    )
    return Advice(problem=problem, blots={at: "_"})


def _name_sign(complaint: Complaint) -> Advice:
    return _text_start(complaint, complaint.origin)


def _tag(complaint: Complaint) -> Advice:
    at = complaint.source.text.find("!", complaint.origin, complaint.index + 1)
    at = complaint.origin if at < 0 else at
    return Advice(problem=refusals.tag(at, at + 1, complaint.path), blots={at: "_"})


def _directive(complaint: Complaint) -> Advice:
    end = complaint.source.text.find("\n", complaint.origin)
    return Advice(problem=refusals.directive(complaint.origin, complaint.index if end < 0 else end))


def _start(complaint: Complaint) -> Advice | None:
    """A character that cannot begin a text."""
    if not complaint.character or (complaint.character in ",]}" and "flow" in complaint.stuck.context):
        return _brackets(complaint)
    if complaint.character == ":":
        return _no_name(complaint)
    if complaint.character == "\t":  # only the slower parser stops at a tab inside a text
        problem = texts.bad_character("AT004", complaint.index, 1, "\t", complaint.path)
        return Advice(problem=problem, blots={complaint.index: " "})
    return None if complaint.character == "\n" else _text_start(complaint, complaint.index)


def _text_start(complaint: Complaint, at: int) -> Advice:
    number = complaint.source.position(at)[0]
    end = complaint.source.starts[number - 1] + len(complaint.source.parsed_line(number))
    sign = excerpt(complaint.source.text[at : at + 1])
    problem = complaint.problem(
        "AT018",
        (at, at + 1),
        f"A text cannot begin with {sign} unless it is in quotes.",
        f"Put the whole text in quotes: {in_quotes(complaint.source.text[at:end])}.",
    )
    return Advice(problem=problem, blots={at: "_"})


def _dash(complaint: Complaint) -> Advice:
    problem = complaint.problem(
        "AT037",
        (complaint.index, complaint.index + 1),
        "A dash followed by a space begins a list entry, and no list can begin in the middle of a line.",
        "If it is a list, begin it on the next line, set further in; if it is a text, put it in quotes.",
    )
    return Advice(problem=problem, blots={complaint.index: "_"})


def _colon(complaint: Complaint) -> Advice | None:
    """A colon inside a text without quotes, or a line that the text above has swallowed."""
    return layout.entry_below_text(complaint) or layout.inner_line(complaint) or _unquoted_colon(complaint)


def _unquoted_colon(complaint: Complaint) -> Advice:
    if len(complaint.before) > _LONGEST_NAME:
        return _long_name(complaint)
    begin, text = _text_around(complaint)
    blots = {complaint.index: "_"}
    if text[:1] and text[0] in _SMART:
        start = complaint.line_start + begin
        return Advice(problem=texts.smart_quotes((start, start + len(text)), complaint.path, text), blots=blots)
    problem = complaint.problem(
        "AT011",
        (complaint.index, complaint.index + 1),
        "This text has a colon followed by a space, so it is taken for the name of another entry.",
        f"Put the whole text in quotes: {in_quotes(text)}." if begin else "Put the whole text in quotes.",
    )
    return Advice(problem=problem, blots=blots)


def _text_around(complaint: Complaint) -> tuple[int, str]:
    """The column (from 0) where the text around the trouble begins, and the text; 0 if on a line above."""
    if "flow" in complaint.stuck.context:
        begin = max(complaint.before.rfind(": "), complaint.before.rfind(", ")) + 2
        return begin, complaint.before[begin:] + quotes.until_bracket(complaint.line[len(complaint.before) :])
    match = _VALUE_START.match(complaint.before)
    begin = match.end() if match else 0
    return begin, complaint.line[begin:].partition(" #")[0].strip()


def _long_name(complaint: Complaint) -> Advice:
    message = f"What stands in front of this colon is too long for a name ({len(complaint.before):,} characters)."
    hint = "If it is a text with a colon in it, put the whole text in quotes."
    span = (complaint.line_start + indentation(complaint.line), complaint.index)
    return Advice(problem=complaint.problem("AT034", span, message, hint), blots={complaint.index: "_"})


def _brackets(complaint: Complaint) -> Advice:
    """Trouble inside brackets or braces: a missing comma, or a bracket that is never closed."""
    source = complaint.source
    at = complaint.origin if complaint.opened is None else complaint.opened
    opened = source.position(at)[0]
    bracket = source.text[at : at + 1]
    closing = {"[": "]", "{": "}"}.get(bracket, "bracket")
    left = indentation(complaint.line) <= indentation(source.parsed_line(opened))
    if opened != complaint.number and (left or not complaint.character):
        end = source.starts[opened - 1] + len(source.parsed_line(opened))
        message = f"The {bracket} here is never closed; reading got stuck on line {complaint.number}."
        hint = f"Close it with {closing}. If it belongs to a text, put the text in quotes: "
        problem = complaint.problem("AT020", (at, end), message, hint + in_quotes(source.text[at:end]) + ".")
        return Advice(problem=problem, blots={at: "_"})
    if advice := braces.missing_comma(complaint):
        return advice
    if complaint.character == ":":
        return _unquoted_colon(complaint)
    if quotes.touches(complaint):
        return quotes.after(complaint)
    message = f"Inside the brackets that {bracket} opens, a comma or the closing {closing} is missing here."
    hint = f"Separate entries with commas and close with {closing}; put texts with commas or brackets in quotes."
    return Advice(problem=complaint.problem("AT020", (complaint.index, complaint.index + 1), message, hint))


def _structure(complaint: Complaint) -> Advice | None:
    """Something stands where the next entry should begin: left over from this line, or out of line."""
    if complaint.character and complaint.character in "]}":
        message = f"There is no bracket that this {complaint.character} could close."
        hint = "Delete it, or put the text that it belongs to in quotes."
        span = (complaint.index, complaint.index + 1)
        return Advice(problem=complaint.problem("AT020", span, message, hint), blots={complaint.index: "_"})
    if complaint.character == ":" and not complaint.before.strip(" -?"):
        return _no_name(complaint)
    if quotes.touches(complaint):
        return quotes.after(complaint)
    if not complaint.before.strip(" "):
        return layout.uneven(complaint) if complaint.character else None
    return _after_bracket(complaint)


def _colon_in_brackets(complaint: Complaint) -> Advice | None:
    """`{recognition:[1, 2]}`: a name inside brackets whose colon has no space behind it."""
    name = re.search(r"[\w-]+$", complaint.before[-100:])
    if name is None:
        return None
    start = complaint.index - len(name.group())
    return Advice(problem=texts.colon_without_space(start, name.group(), complaint.path))


def _no_name(complaint: Complaint) -> Advice:
    message, hint = "There is no name in front of this colon.", "Write the name, or delete the colon."
    return Advice(problem=complaint.problem("AT035", (complaint.index, complaint.index + 1), message, hint))


def _after_bracket(complaint: Complaint) -> Advice | None:
    """A text that begins with a bracket and goes on after it is closed."""
    text = complaint.source.text
    start, end = complaint.last or (complaint.index, complaint.index)
    if text[start : start + 1] not in ("[", "{") or text[end : complaint.index].strip(" "):
        return None
    line_end = complaint.line_start + len(complaint.line)
    problem = complaint.problem(
        "AT013",
        (start, line_end if text.find("\n", start, end) < 0 else end),
        f"A text that begins with {text[start]} is taken for a list: {excerpt(text[start:line_end])}",
        f"Put the whole text in quotes: {in_quotes(text[start:line_end])}.",
    )
    return Advice(problem=problem, blots={start: "_", end - 1: "_"})


_Rule = tuple[str, str, Callable[[Complaint], Advice | None]]

_TAB: _Rule = ("", "", layout.tab)
# What the parser says is wrong, what it says it was doing (parts of its words, either parser's), who answers.
_RULES: tuple[_Rule, ...] = (
    ("end of stream|document (indicator|separator)", "quoted scalar", _quote_at_end),
    ("", "quoted scalar", _escape),
    ("", "block scalar", _block_header),
    ("", "an alias|an anchor", _name_sign),
    ("tag handle|tag URI", "", _tag),
    ("", "a tag", _tag),
    ("", "a directive", _directive),
    ("mapping values are not allowed", "", _colon),
    ("could not find expected ':'", "", layout.line_without_colon),
    ("sequence entries are not allowed", "", _dash),
    ("found unexpected ':'", "", _colon_in_brackets),
    ("mapping keys are not allowed", "", _start),
    ("cannot start any token|node content", "", _start),
    ("expected ',' or", "", _brackets),
    ("expected key|block end|'-' indicator|document start", "", _structure),
)


def _fits(rule: _Rule, complaint: Complaint) -> bool:
    problem, context, _ = rule
    stuck = complaint.stuck
    return bool(re.search(problem, stuck.problem) and re.search(context, stuck.context))

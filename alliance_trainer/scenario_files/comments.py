"""Comments: how one is written that silences warnings, and where one cuts off a text that was meant to go on."""

import re
from collections.abc import Sequence

from alliance_trainer.scenario_files.complaint import in_quotes
from alliance_trainer.scenario_files.diagnostics import Problem
from alliance_trainer.scenario_files.source import Source
from alliance_trainer.scenario_files.tree import Path

# Two capital letters and a digit somewhere behind them look like a code, also where it is misspelt. Plain words do
# not, so that "# ignore this for now" stays an ordinary comment.
_CODE = r"(?:[A-Z]{2}|at)\w*\d\w*"
SILENCING = re.compile(rf"(?<!\S)# ?(?i:ignore)[ :]+({_CODE}(?: *, *{_CODE})*)", re.ASCII)
"""A comment, or the end of one, that silences warnings; its group holds the codes, parted by commas."""

_BEHIND = re.compile(r"[ \t]+#")
_TEXTS = frozenset({"says", "shows", "why", "inside", "debrief", "summary", "briefing", "title", "background", "topic"})
_SHORT_FORMS = frozenset({"patient", "reply"})
_LISTS = _SHORT_FORMS | {"objectives"}


def cut_text(span: tuple[int, int], source: Source, path: Path) -> Problem | None:
    """The comment that follows directly on a text without quotes that trainees or authors read.

    None where there is no such comment, where it silences warnings, or where the text is an id, a number, a
    condition or a name: behind these a comment is what it looks like.
    """
    behind = _BEHIND.match(source.text, span[1])
    if behind is None or span[0] >= span[1] or not _is_read(path):
        return None
    at = behind.end() - 1
    if SILENCING.match(source.text, at):
        return None
    line_end = source.text.find("\n", at)
    end = at + len(source.text[at : len(source.text) if line_end < 0 else line_end].rstrip())
    whole = in_quotes(" ".join(source.written[span[0] : min(end, span[0] + 400)].split()))
    return Problem(
        code="AT039",
        start=at,
        end=end,
        message="The text ends in front of this #: what stands behind it is a comment, which nobody will see.",
        hint=f"If it belongs to the text, put all in quotes: {whole}. If not, move it to a line of its own.",
        path=path,
    )


def may_cut(text: str, starts: Sequence[int], ends: Sequence[int], node: int, at: int) -> bool:
    """Whether the # at `at`, with only spaces between it and a node without quotes, may be what `cut_text` reports.

    `starts` and `ends` are offsets as in `marks.Marks`. True too often rather than too seldom: what a list holds
    is not looked at.
    """
    if SILENCING.match(text, at):
        return False
    if node == 0:
        return True
    behind_name = text[ends[node - 1] : starts[node]].lstrip().startswith(":")
    name = text[starts[node - 1] : ends[node - 1]]
    return not behind_name or name in _TEXTS or name in _SHORT_FORMS or name[:1] in ("'", '"')


def _is_read(path: Path) -> bool:
    """Whether a person reads the text at a path as prose, as far as its keys tell."""
    if len(path) > 1 and path[-1].isdigit():
        return path[-2] in _LISTS
    return bool(path) and (path[-1] in _TEXTS or (len(path) > 1 and path[-1] in _SHORT_FORMS))

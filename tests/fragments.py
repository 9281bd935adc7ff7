"""Fragments of scenarios: a small sound scenario in which top-level keys can be replaced."""

import re

from alliance_trainer.cli import scenarios
from alliance_trainer.scenario_files.diagnostics import Diagnostic
from alliance_trainer.scenario_files.loader import Loaded, load

MINIMAL = """\
format: 1
id: minimal
title: A late arrival
summary: A patient nearly stays away.
patient:
  name: Ines
  age: 38
briefing: It is her third session.
start: opening
turns:
  opening:
    patient: I nearly did not come today.
    responses:
      wonder:
        says: And yet you are here.
        why: Meets both halves.
        to: done
endings:
  done:
    outcome: worked-on
    debrief: The session went on.
"""

_BLOCK = re.compile(r"^[^\s#].*\n(?:(?:[ \t#].*)?\n)*", re.M)


def blocks(text: str) -> dict[str, str]:
    """The text cut into its top-level keys, each with all that stands under it."""
    return {block.split(":")[0]: block for block in _BLOCK.findall(text)}


def merged(fragment: str, base: str = MINIMAL) -> str:
    """The base with the fragment's top-level keys put in the place of its own, or at the end.

    A fragment with moments stands alone, but for the format: it is a file of the other kind.
    """
    base = "format: 1\n" if "moments" in blocks(fragment) else base
    return "".join((blocks(base) | blocks(fragment)).values())


def checked(text: str, expected_id: str | None = None) -> Loaded:
    """What `check` reports on a text: the loader's diagnostics and those of the rules, less what comments silence."""
    return scenarios.checked(load(text.encode(), "minimal.yaml", expected_id=expected_id))


def reported(text: str, expected_id: str | None = None) -> tuple[Diagnostic, ...]:
    return checked(text, expected_id).diagnostics


def marked_line(text: str) -> int:
    """The number of the line with a comment that begins with `<-`."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if "# <-" in line)

"""Runs the rules over a file of moments. A new rule: one module, one line here."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from alliance_trainer.core.findings import Finding
from alliance_trainer.core.manual import Page, page_of
from alliance_trainer.core.vignettes import MomentFile
from alliance_trainer.lint.moment_rules import repeated_moment, share_of_foils
from alliance_trainer.lint.places import Path
from alliance_trainer.lint.rules import listed_twice, unfinished_text
from alliance_trainer.lint.runner import Documented


class MomentRule(Documented, Protocol):
    """What a module of `moment_rules` has."""

    def check(self, moments: MomentFile) -> Iterable[Finding]:
        """What is wrong, in the order of the file."""
        ...


MOMENT_RULES: tuple[MomentRule, ...] = (repeated_moment, share_of_foils)
"""The rules that only files of moments have, by their codes."""


def run(moments: MomentFile) -> tuple[Finding, ...]:
    """Everything the rules find; unfinished texts and markers listed twice are looked for as in scenarios."""
    found = list(unfinished_text.unfinished(texts(moments)))
    for name, item in moments.moments.items.items():
        path = ("moments", "items", name, "markers")
        found += listed_twice.repeated(path, [marker.id for marker in item.markers], "marker")
    return (*found, *(finding for rule in MOMENT_RULES for finding in rule.check(moments)))


def texts(moments: MomentFile) -> Iterator[tuple[Path, str]]:
    """Every text that a trainee reads, with its path."""
    yield ("moments", "title"), moments.moments.title
    for name, item in moments.moments.items.items():
        path = ("moments", "items", name)
        yield (*path, "context"), item.context
        for number, beat in enumerate(item.patient):
            if beat.says is not None:
                yield (*path, "patient", str(number), "says"), beat.says
            if beat.shows is not None:
                yield (*path, "patient", str(number), "shows"), beat.shows
        yield (*path, "why"), item.why


def pages() -> tuple[Page, ...]:
    """The manual pages of the rules, by their codes."""
    return tuple(page_of(rule.CODE, rule.SEVERITY, rule.__doc__ or "") for rule in MOMENT_RULES)

"""Runs the rules over a scenario and hands out their manual pages. A new rule: one module, one line here."""

from collections.abc import Iterable
from typing import Protocol

from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.manual import Page, page_of
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint.rules import (
    all_conditional,
    listed_twice,
    missing_target,
    no_foil,
    no_way_out,
    repeated_response,
    shared_id,
    taken_variable,
    trap_on_best,
    unfinished_text,
    unknown_effect,
    unknown_memory,
    unknown_start,
    unknown_variable,
    unreached_ending,
    unreached_turn,
    unscored_turn,
    unused_variable,
)


class Rule(Protocol):
    """What a module of `rules` has: its docstring is the manual page (see core.manual)."""

    CODE: str
    SEVERITY: Severity
    __doc__: str | None

    def check(self, scenario: Scenario) -> Iterable[Finding]:
        """What is wrong, in the order of the file."""
        ...


RULES: tuple[Rule, ...] = (
    missing_target,
    unknown_start,
    unreached_turn,
    unreached_ending,
    shared_id,
    no_way_out,
    unknown_variable,
    unknown_effect,
    unused_variable,
    unknown_memory,
    repeated_response,
    trap_on_best,
    unscored_turn,
    no_foil,
    all_conditional,
    taken_variable,
    unfinished_text,
    listed_twice,
)
"""All rules, by their codes."""


def run(scenario: Scenario) -> tuple[Finding, ...]:
    """Everything the rules find, rule by rule. Never raises for a scenario that the model accepts."""
    return tuple(finding for rule in RULES for finding in rule.check(scenario))


_UNSURE_ON_DRAFTS: tuple[Rule, ...] = (
    unused_variable,
    trap_on_best,
    unscored_turn,
    no_foil,
    all_conditional,
    unfinished_text,
)
"""What they miss may be what the draft leaves out."""


def run_on_draft(draft: Scenario) -> tuple[Finding, ...]:
    """What can be said of a scenario with parts left out or filled in: only what is wrong whatever they are."""
    sure = (rule for rule in RULES if rule not in _UNSURE_ON_DRAFTS)
    return tuple(finding for rule in sure for finding in rule.check(draft))


def pages() -> tuple[Page, ...]:
    """The manual pages of the rules, by their codes."""
    return tuple(page_of(rule.CODE, rule.SEVERITY, rule.__doc__ or "") for rule in RULES)

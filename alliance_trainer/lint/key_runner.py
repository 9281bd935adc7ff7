"""Runs the rules about the key, which cost a second and run only when they are asked for. A new one: one line here."""

from collections.abc import Iterable
from typing import Protocol

from alliance_trainer.analysis.key import Key, key_of
from alliance_trainer.core.findings import Finding
from alliance_trainer.core.manual import Page, page_of
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint.graph import is_whole
from alliance_trainer.lint.key_rules import (
    collinear,
    cue_pays,
    defensive_pays,
    foil_share,
    forgiving,
    good_second_best,
    little_to_gain,
    longest_is_best,
    not_separable,
    profitable_error,
    skills_conflict,
)
from alliance_trainer.lint.runner import Documented


class KeyRule(Documented, Protocol):
    """What a module of `key_rules` has."""

    def check(self, key: Key) -> Iterable[Finding]:
        """What is wrong with the key."""
        ...


KEY_RULES: tuple[KeyRule, ...] = (
    cue_pays,
    longest_is_best,
    little_to_gain,
    skills_conflict,
    forgiving,
    good_second_best,
    defensive_pays,
    not_separable,
    collinear,
    foil_share,
    profitable_error,
)
"""The rules about the key, by their codes."""

KEY_FROM = 4
"""With fewer turns at which there is anything to gain nothing is said of a key: chance alone explains it."""


def run(key: Key) -> tuple[Finding, ...]:
    """Everything that the rules find, rule by rule."""
    if len(key.choices) < KEY_FROM:
        return ()
    return tuple(finding for rule in KEY_RULES for finding in rule.check(key))


def judge(scenario: Scenario) -> tuple[Finding, ...]:
    """The same for a scenario; nothing while a target does not exist."""
    return run(key_of(scenario)) if is_whole(scenario) else ()


def pages() -> tuple[Page, ...]:
    """The manual pages of the rules, by their codes."""
    return tuple(page_of(rule.CODE, rule.SEVERITY, rule.__doc__ or "") for rule in KEY_RULES)

"""Runs the rules over a scenario and hands out their manual pages. A new rule: one module, one line here."""

from collections.abc import Iterable
from typing import Protocol

from alliance_trainer.analysis.proofs import Proofs, prove
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.manual import Page, page_of
from alliance_trainer.core.model import Scenario
from alliance_trainer.lint.clinical_rules import (
    bad_goes_forward,
    dropped_withdrawal,
    good_goes_back,
    long_jump,
    no_recovery,
    one_way,
)
from alliance_trainer.lint.graph import is_whole
from alliance_trainer.lint.proof_rules import (
    always_true,
    failing_test,
    farmable_loop,
    never_on_offer,
    never_shown,
    never_taken,
    no_ending_from_here,
    nothing_on_offer,
    too_many_situations,
)
from alliance_trainer.lint.rules import (
    letter_id,
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
    unknown_in_test,
    unknown_memory,
    unknown_start,
    unknown_variable,
    unreached_ending,
    unreached_turn,
    unscored_turn,
    unused_variable,
)


class Documented(Protocol):
    """What every rule has: its docstring is the manual page (see core.manual)."""

    CODE: str
    SEVERITY: Severity
    __doc__: str | None


class Rule(Documented, Protocol):
    """What a module of `rules` has."""

    def check(self, scenario: Scenario) -> Iterable[Finding]:
        """What is wrong, in the order of the file."""
        ...


class ProofRule(Documented, Protocol):
    """What a module of `proof_rules` has."""

    def check(self, proofs: Proofs) -> Iterable[Finding]:
        """What is wrong on some way or on all."""
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
    taken_variable,
    unfinished_text,
    listed_twice,
    letter_id,
    unknown_in_test,
)
"""The rules that look at the scenario as it is written, by their codes."""

PROOF_RULES: tuple[ProofRule, ...] = (
    nothing_on_offer,
    never_on_offer,
    never_taken,
    always_true,
    never_shown,
    no_ending_from_here,
    farmable_loop,
    too_many_situations,
    failing_test,
)
"""The rules that look at all ways through it, by their codes."""


CLINICAL_RULES: tuple[ProofRule, ...] = (
    good_goes_back,
    bad_goes_forward,
    long_jump,
    no_recovery,
    one_way,
    dropped_withdrawal,
)
"""The rules about what is clinically likely, by their codes."""


def run(scenario: Scenario) -> tuple[Finding, ...]:
    """Everything the rules find, rule by rule. Never raises for a scenario that the model accepts.

    Nothing is proved while there are errors: a misspelt name is the finding, and not all that follows from it.
    """
    found = [finding for rule in RULES for finding in rule.check(scenario)]
    if is_whole(scenario) and not any(finding.severity == "error" for finding in found):
        proofs = prove(scenario)
        found += [finding for rule in PROOF_RULES for finding in rule.check(proofs)]
        found += [finding for rule in CLINICAL_RULES for finding in rule.check(proofs)]
    return tuple(found)


_UNSURE_ON_DRAFTS: tuple[Rule, ...] = (
    unused_variable,
    trap_on_best,
    unscored_turn,
    no_foil,
    unfinished_text,
)
"""What they miss may be what the draft leaves out."""


def run_on_draft(draft: Scenario) -> tuple[Finding, ...]:
    """What can be said of a scenario with parts left out or filled in: only what is wrong whatever they are."""
    sure = (rule for rule in RULES if rule not in _UNSURE_ON_DRAFTS)
    return tuple(finding for rule in sure for finding in rule.check(draft))


def pages() -> tuple[Page, ...]:
    """The manual pages of the rules, by their codes."""
    every: tuple[Documented, ...] = (*RULES, *PROOF_RULES, *CLINICAL_RULES)
    found = (page_of(rule.CODE, rule.SEVERITY, rule.__doc__ or "") for rule in every)
    return tuple(sorted(found, key=lambda page: page.code))

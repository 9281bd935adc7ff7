"""No error can be recovered from.

To repair what one has just made worse is what this training is for. In this scenario no mistaken response, wherever it
is given, leaves a good ending in reach. Let at least one of them lead to where the patient can still be met.
A response is mistaken if it does harm or any of its ratings is below 0; an ending is good if it is worth 3 or more.
Only scenarios of five turns or more with a rupture and a good ending are looked at.

Bad:

    turns:   # <- each of the mistakes ends in silence
      opening:
        patient: It's fine. Really.
        markers: [wd-denial]
        responses:
          wonder:
            says: I wonder what it costs you to say so.
            rates: {recognition: 1}
            why: Stays with it.
            to: half
          take-it:
            says: Good.
            rates: {recognition: -1}
            why: Takes it at its word.
            to: stuck
      half:
        patient: It was a bit much.
        responses:
          follow:
            says: Too much of what?
            rates: {inquiry: 1}
            why: Follows.
            to: homework
          own:
            says: I piled it on.
            rates: {responsibility: 1}
            why: Owns a part.
            to: pace
      homework:
        patient: The homework.
        responses:
          which:
            says: All of it?
            why: Asks.
            to: terms
      pace:
        patient: You were so quick.
        responses:
          slow:
            says: I was.
            why: Owns it.
            to: terms
      terms:
        patient: One page a week I could do.
        responses:
          agree:
            says: One page, then.
            why: Settles it with her.
            to: done
    endings:
      done: {outcome: resolved, debrief: She was heard.}
      stuck: {outcome: sealed, debrief: She was not heard.}

Good:

    turns:
      opening:
        patient: It's fine. Really.
        markers: [wd-denial]
        responses:
          wonder:
            says: I wonder what it costs you to say so.
            rates: {recognition: 1}
            why: Stays with it.
            to: half
          take-it:
            says: Good.
            rates: {recognition: -1}
            why: Takes it at its word.
            to: thinner
      half:
        patient: It was a bit much.
        responses:
          follow:
            says: Too much of what?
            why: Follows.
            to: homework
      thinner:
        patient: Yes. Good.
        markers: [wd-minimal-response]
        responses:
          go-back:
            says: I took that too quickly just now.
            rates: {recognition: 1}
            why: Mends what was passed over.
            to: half
          plan:
            says: Then on to the plan.
            rates: {recognition: -1}
            why: Passes over it again.
            to: stuck
      homework:
        patient: The homework.
        responses:
          which:
            says: All of it?
            why: Asks.
            to: terms
      terms:
        patient: One page a week I could do.
        responses:
          agree:
            says: One page, then.
            why: Settles it with her.
            to: done
    endings:
      done: {outcome: resolved, debrief: She was heard.}
      stuck: {outcome: sealed, debrief: She was not heard.}
"""

from collections.abc import Iterable, Iterator

from alliance_trainer.analysis.proofs import Proofs
from alliance_trainer.core.automaton import Automaton
from alliance_trainer.core.episodes import mistaken
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.vocabulary.outcomes import RESOLVED_FROM

CODE = "AT103"
SEVERITY: Severity = "warning"
TURNS_FROM = 5
"""Shorter scenarios have no room for a way back."""


def check(proofs: Proofs) -> Iterable[Finding]:
    """At most one finding; none where not all situations are known."""
    if not proofs.complete or len(proofs.turns) < TURNS_FROM or not _has_rupture(proofs):
        return
    if not _is_good(proofs.automaton.outlook[0]):
        return
    mistakes = _after_mistakes(proofs.automaton)
    first = next(mistakes, None)  # nobody can recover where nobody can err
    if first is not None and not _is_good(first[0]) and not any(_is_good(value) for (value,) in mistakes):
        yield Finding(
            code=CODE,
            severity=SEVERITY,
            path=("turns",),
            part="key",
            message="No error can be recovered from: after any mistaken response every good ending is out of reach.",
            hint="Let one of them lead to a turn from which the way back is open.",
        )


def _has_rupture(proofs: Proofs) -> bool:
    return any(proofs.scenario.turns[turn].rupture != "none" for turn in proofs.turns)


def _after_mistakes(automaton: Automaton) -> Iterator[tuple[int | None]]:
    """The value of the best ending in reach, for each place that a mistaken response leads to."""
    turns = automaton.scenario.turns
    mistakes = {turn: {name for name, one in of.responses.items() if mistaken(one)} for turn, of in turns.items()}
    for one in automaton.situations:
        for name in mistakes[one.turn] & one.moves.keys():
            yield (automaton.outlook[one.moves[name]],)


def _is_good(value: int | None) -> bool:
    return value is not None and value >= RESOLVED_FROM

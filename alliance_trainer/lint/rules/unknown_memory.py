"""A condition asks about a turn or response that does not exist.

`visited(turn)` is true once that turn has been answered, `chose(turn.response)` once that response has been given.
With a name that no turn or response has, the condition can never be true.

Bad:

    turns:
      opening:
        patient:
          - I nearly did not come today.
          - says: You again.
            when: visited(openning)   # <- the turn is called opening
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done

Good:

    turns:
      opening:
        patient:
          - I nearly did not come today.
          - says: You again.
            when: visited(opening)
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: done
          insist:
            says: You should come every week.
            why: Lectures.
            to: opening
"""

from collections.abc import Iterable

from alliance_trainer.core.conditions import Atom, Chose, Compare
from alliance_trainer.core.findings import Finding, Severity
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.suggestions import hint_for
from alliance_trainer.lint.places import condition_atoms

CODE = "AT079"
SEVERITY: Severity = "error"


def check(scenario: Scenario) -> Iterable[Finding]:
    """One finding for each such name of a condition."""
    for path, atom in condition_atoms(scenario):
        unknown = _unknown(scenario, atom)
        if unknown:
            word, message, known = unknown
            yield Finding(
                code=CODE,
                severity=SEVERITY,
                path=path,
                word=word,
                message=message,
                hint=hint_for(word, known),
            )


def _unknown(scenario: Scenario, atom: Atom) -> tuple[str, str, Iterable[str]] | None:
    """The unknown name, a message on it, and the known ones; None if all is well."""
    if isinstance(atom, Compare):
        return None
    turn = scenario.turns.get(atom.turn)
    if turn is None:
        return atom.turn, f"There is no turn {atom.turn!r}.", scenario.turns
    if isinstance(atom, Chose) and atom.response not in turn.responses:
        message = f"There is no response {atom.response!r} in the turn {atom.turn!r}."
        return atom.response, message, turn.responses
    return None

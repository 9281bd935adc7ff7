"""Attempts played from a pack, translated by its key: opaque ids become those of the scenario that was packed."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec
from msgspec.structs import replace

from alliance_trainer.core.attempt import Attempt, Step
from alliance_trainer.core.model import Scenario
from alliance_trainer.scenario_files.packs.key import Key, KeyedScenario, true_scenario


class Keys(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The key files at hand."""

    keys: tuple[Key, ...] = ()

    @cached_property
    def _known(self) -> dict[str, tuple[Key, KeyedScenario]]:
        return {one.id: (key, one) for key in self.keys for one in key.scenarios}

    @cached_property
    def _scenarios(self) -> dict[tuple[str, str], Scenario | None]:
        return {(one.scenario, one.sha256): true_scenario(one) for _, one in self._known.values()}

    def find(self, scenario_id: str) -> tuple[Key, KeyedScenario] | None:
        """The key that knows a scenario by its id in a pack, and what it knows of it."""
        return self._known.get(scenario_id)

    def scenario(self, scenario_id: str, sha256: str | None) -> Scenario | None:
        """A packed scenario by its own id, as it was when it was packed.

        Without a hash any of this id will do; with one only that very scenario.
        """
        if sha256 is not None:
            return self._scenarios.get((scenario_id, sha256))
        return next((found for (name, _), found in self._scenarios.items() if name == scenario_id), None)

    def translated(self, attempt: Attempt) -> Attempt:
        """The attempt as if it had been played in the scenario that was packed; itself if no key knows it.

        An id that does not belong where it stands is left as it is, so that the attempt is found not to be legal.
        """
        known = self._known.get(attempt.scenario)
        if known is None or attempt.scenario_sha256 not in (None, known[1].packed):
            return attempt
        one = known[1]
        return replace(
            attempt,
            scenario=one.scenario,
            scenario_sha256=one.sha256,
            scenario_graph=one.graph,
            scenario_text=one.text,
            scenario_key=one.key,
            steps=_steps(attempt.steps, one.places, one.responses),
        )


def _steps(
    steps: Sequence[Step], places: Mapping[str, str], responses: Mapping[str, tuple[str, str]]
) -> tuple[Step, ...]:
    done = []
    for step in steps:
        turn = step.turn and places.get(step.turn, step.turn)
        of, response = responses.get(step.response or "", ("", ""))
        done.append(
            replace(
                step,
                turn=turn,
                response=response if response and of == turn else step.response,
                rewind=step.rewind and places.get(step.rewind, step.rewind),
            )
        )
    return tuple(done)

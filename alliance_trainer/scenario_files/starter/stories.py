"""The starter stories as they lie in this folder: scenarios with marks in them, and the texts the marks stand for."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from alliance_trainer.core.vocabulary.markers import RuptureType
from alliance_trainer.scenario_files.parsing import parse_yaml

_FOLDER = Path(__file__).parent
_BETWEEN = "---\n"


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One story.

    `pieces` has for each name a text for each answer it depends on: a marker, mistake or no-mistake, or a kind of
    repair. `scenario` is the text with the marks that its head explains.
    """

    defaults: Mapping[str, str]
    pieces: Mapping[str, Mapping[str, str]]
    scenario: str


@cache
def story(rupture: RuptureType) -> Story:
    """The story about this kind of rupture."""
    head, _, scenario = _read(rupture).partition(_BETWEEN)
    return msgspec.convert({**_tree(head, rupture), "scenario": scenario}, Story)


@cache
def remarks() -> Mapping[str, str]:
    """The comments for authors, by name; the same in all stories."""
    return msgspec.convert(_tree(_read("remarks"), "remarks"), dict[str, str])


def _read(name: str) -> str:
    return (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def _tree(text: str, name: str) -> dict[str, object]:
    """A file of ours as texts and mappings, read as scenarios are: `no` and `47` stay texts."""
    parsed = parse_yaml(text.encode(), f"{name}.yaml")
    assert isinstance(parsed.tree, dict), f"the starter file {name}.yaml is broken"
    assert not parsed.diagnostics, parsed.diagnostics
    return dict(parsed.tree)

"""The short and the careful way through one file, held to each other."""

from alliance_trainer.scenario_files.careful import parse_carefully
from alliance_trainer.scenario_files.parsing import parse_quickly
from alliance_trainer.scenario_files.tree import Parsed


def agree(data: bytes) -> Parsed:
    """What a file is read as: carefully, and if the short way reads it at all, then exactly as that does."""
    careful, quick = parse_carefully(data, "any.yaml"), parse_quickly(data, "any.yaml")
    if quick is None:
        return careful
    assert careful.diagnostics == quick.diagnostics == ()
    assert quick.tree == careful.tree
    assert quick.positions.source == careful.positions.source
    assert list(quick.positions.places.items()) == list(careful.positions.places.items())
    return quick

"""Bytes of a scenario file to a plain tree, its positions and every problem of its YAML: the way in here."""

from alliance_trainer.scenario_files.marks import LatePlaces
from alliance_trainer.scenario_files.quick import compose_quickly, plain_text
from alliance_trainer.scenario_files.source import make_source
from alliance_trainer.scenario_files.tree import Parsed, Positions


def parse_yaml(data: bytes, file: str) -> Parsed:
    """Read the bytes of one scenario file; never raises for any bytes.

    `file` is the name that the diagnostics carry. At most 50 diagnostics, in the order of the file.
    """
    quickly = parse_quickly(data, file)
    if quickly is not None:
        return quickly
    from alliance_trainer.scenario_files.careful import parse_carefully  # 10 ms, and sound files do without

    return parse_carefully(data, file)


def parse_quickly(data: bytes, file: str) -> Parsed | None:
    """Like `parse_yaml` for a file that is sound and plain; None for all others, and for some sound ones."""
    text = plain_text(data)
    composed = None if text is None else compose_quickly(text)
    if text is None or composed is None:
        return None
    tree, marks = composed
    places = LatePlaces(tree, marks)
    return Parsed(tree=tree, positions=Positions(source=make_source(file, text), places=places), diagnostics=())

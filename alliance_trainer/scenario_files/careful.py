"""The careful way through a scenario file, sound or not: a plain tree, its positions and every problem of its YAML."""

from msgspec.structs import replace

from alliance_trainer.scenario_files import refusals
from alliance_trainer.scenario_files.advice import advise
from alliance_trainer.scenario_files.complaint import Advice, Complaint
from alliance_trainer.scenario_files.compose import Composed, compose
from alliance_trainer.scenario_files.decoding import read_source
from alliance_trainer.scenario_files.diagnostics import MOST_SHOWN, Problem, diagnose
from alliance_trainer.scenario_files.events import Stuck
from alliance_trainer.scenario_files.limits import MOST_NODES
from alliance_trainer.scenario_files.problems import YAML_PAGES
from alliance_trainer.scenario_files.source import Source
from alliance_trainer.scenario_files.tree import Parsed, Positions, Tree

_SEVERITY = {page.code: page.severity for page in YAML_PAGES}
# Reading again after each repair is worth its time for a handful of slips, not for a file that is none.
_MOST_REPAIRS = 20
_MOST_CHARACTERS = 2 << 20


def parse_carefully(data: bytes, file: str) -> Parsed:
    """Like `parse_yaml`, with every problem named."""
    reading = read_source(data, file)
    source, problems = reading.source, list(reading.problems)
    if not reading.readable:
        return _parsed(None, Positions(source=source, places={}), problems)
    orders = refusals.directives(source)
    source = source.with_characters({start: "#" for start, _ in orders})  # so that the rest can be read
    composed, source, advices = _compose_with_repairs(source)
    problems += [*(refusals.directive(*order) for order in orders[: MOST_SHOWN + 1]), *composed.problems]
    for advice in advices:
        for problem in (advice.problem, *advice.more):
            _add_unless_line_is_known(problem, problems, source)
    tree = composed.tree if all(advice.keeps_tree for advice in advices) else None
    root = _root_problem(composed, source)
    if root is not None:
        tree = None
        _add_unless_line_is_known(root, problems, source)
    return _parsed(tree, Positions(source=source, places=composed.places), problems)


def _compose_with_repairs(source: Source) -> tuple[Composed, Source, list[Advice]]:
    """Compose; where a slip inside one text spoils the rest, or the parser is stuck on it, blot it out and try again.

    So the slips of all lines are reported in one run. A blot takes the place of one character, so that every
    offset stays as it was.
    """
    found: list[Advice] = []
    nodes = 0
    for attempt in range(1, _MOST_REPAIRS + 2):
        composed = compose(source)
        nodes += composed.nodes
        advices = _advices(composed, source)
        found += advices
        blots = {at: sign for advice in advices for at, sign in advice.blots.items()}
        if not blots or nodes > MOST_NODES or attempt * len(source.text) > _MOST_CHARACTERS:
            break
        source = source.with_characters(blots)
    return composed, source, found


def _advices(composed: Composed, source: Source) -> tuple[Advice, ...]:
    """What has to be repaired next; what the parser is stuck on only where no slip before it may be the reason."""
    if composed.slips or composed.stuck is None:
        return composed.slips
    return (advise(_complaint(composed.stuck, composed, source)),)


def _complaint(stuck: Stuck, composed: Composed, source: Source) -> Complaint:
    return Complaint(stuck=stuck, source=source, path=composed.path, last=composed.last, opened=composed.opened)


def _add_unless_line_is_known(problem: Problem, problems: list[Problem], source: Source) -> None:
    """Add a problem, unless its line has an error already: then it is most likely only a consequence.

    A space that is not a plain one has none: it is read as if it were.
    """
    line = source.position(problem.start)[0]
    errors = (other for other in problems if _SEVERITY[other.code] == "error" and other.code != "AT038")
    if all(source.position(other.start)[0] != line for other in errors):
        problems.append(problem)


def _root_problem(composed: Composed, source: Source) -> Problem | None:
    """What is wrong with a file that has no entries: it is empty, a list, or a bare text."""
    if composed.stuck is not None or isinstance(composed.tree, dict):
        return None
    if composed.tree is None and composed.problems:
        return None  # a limit ended the reading
    place = composed.places.get(())
    start, end = place.value if place else (0, 0)
    if composed.tree in (None, ""):
        return Problem(
            code="AT008",
            start=start,
            end=end,
            message="There is nothing in this file but comments or empty lines.",
            hint='A scenario begins with "format: 1". The command "new" writes one to start from.',
        )
    what = "a list" if isinstance(composed.tree, list) else "a single text"
    return Problem(
        code="AT009",
        start=start,
        end=min(end, start + len(source.line(source.position(start)[0]))),
        message=f"This file is {what}; a scenario is made of entries with a name, a colon and a value.",
        hint='Begin with "format: 1", then "id: ...", each on a line of its own.',
    )


def _parsed(tree: Tree | None, positions: Positions, problems: list[Problem]) -> Parsed:
    problems = sorted(problems, key=lambda problem: (problem.start, problem.code))
    shown = [diagnose(problem, _SEVERITY[problem.code], positions.source) for problem in problems[:MOST_SHOWN]]
    if len(problems) > MOST_SHOWN:
        more = f"{shown[-1].hint} (There are more problems in this file; only the first {MOST_SHOWN} are shown.)"
        shown[-1] = replace(shown[-1], hint=more)
    return Parsed(tree=tree, positions=positions, diagnostics=tuple(shown))

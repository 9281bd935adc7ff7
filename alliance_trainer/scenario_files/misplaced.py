"""Parts of a file that are set in too far, so that they stand inside what they should stand beside.

Such a slip makes the model complain of everything that is now missing, unknown or there twice. Here the slip itself
is found in the tree, and said once.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec

from alliance_trainer.core.field_guide import Guide, Part
from alliance_trainer.core.findings import Finding
from alliance_trainer.scenario_files.diagnostics import MOST_SHOWN, Diagnostic, dotted
from alliance_trainer.scenario_files.schema_values import short
from alliance_trainer.scenario_files.tree import Parsed, Path, Positions, Tree

_REPEATED = "AT031"


class Misplaced(msgspec.Struct, frozen=True, kw_only=True):
    """One such part: what to say of it, and the paths at and below which everything else follows from it.

    `is_emptied` where the part's keys stand below it, no further in than its own: among those of the part above.
    """

    finding: Finding
    covers: frozenset[Path]
    is_emptied: bool = False

    def explains(self, path: Path) -> bool:
        """Whether a trouble at a path follows from this."""
        return any(path[:length] in self.covers for length in range(1, len(path) + 1))

    def repeats(self, diagnostic: Diagnostic, positions: Positions) -> bool:
        """Whether a key is there twice because the keys of this part stand among those of the one above."""
        path = self.finding.path
        if not self.is_emptied or diagnostic.code != _REPEATED or _parent(diagnostic) != dotted(path[:-1]):
            return False
        return diagnostic.line > positions.pointer(path, part="key").line


def find(parsed: Parsed, guide: Guide) -> tuple[Misplaced, ...]:
    """The misplaced parts of a file, as far as they can be told from others for sure; only the first of very many."""
    repeated = {_parent(one) for one in parsed.diagnostics if one.code == _REPEATED}
    return tuple(islice(_all(parsed.tree, guide, repeated), MOST_SHOWN))


def _parent(diagnostic: Diagnostic) -> str:
    """The dotted path of what the place of a diagnostic is part of."""
    return diagnostic.path.rpartition(".")[0]


def _all(tree: Tree | None, guide: Guide, repeated: set[str]) -> Iterator[Misplaced]:
    for pattern, (part, name) in guide.parts.items():
        if pattern[-1:] != ("*",) or pattern[:-2] not in guide.parts:
            continue
        above, above_name = guide.parts[pattern[:-2]]
        outer_keys = {key for key in guide.keys[above] if _is_firm(key, above, (*pattern[:-2], key, "*"), guide)}
        for path, entries, outer in _groups(tree, pattern[:-1]):
            for entry_id, entry in entries.items():
                is_key = entry_id in outer_keys and entry_id not in outer
                if is_key and not _is_like(entry, guide.keys[part]):
                    yield _key_as_id((*path, entry_id), entries, name, above_name)
                elif isinstance(entry, dict):
                    yield from _ids_as_keys((*path, entry_id), entry, part, name, repeated)


def _is_firm(key: str, part: Part, entries: Path, guide: Guide) -> bool:
    """Whether a key is likelier to be that of its part than an id: it is needed there, or named entries stand in it."""
    return part.model_fields[key].is_required() or entries in guide.parts


def _groups(
    tree: Tree | None, pattern: Path, path: Path = ()
) -> Iterator[tuple[Path, Mapping[str, Tree], Mapping[str, Tree]]]:
    """Every group of named entries at a pattern: its path, the group, and the group or part that it stands in."""
    if not isinstance(tree, dict):
        return
    for step in tree if pattern[0] == "*" else pattern[:1]:
        inner = tree.get(step)
        if len(pattern) > 1:
            yield from _groups(inner, pattern[1:], (*path, step))
        elif isinstance(inner, dict):
            yield (*path, step), inner, tree


def _is_like(entry: Tree, keys: Mapping[str, object]) -> bool:
    """Whether an entry has a key of the part that it should be."""
    return isinstance(entry, dict) and any(key in keys for key in entry)


def _key_as_id(path: Path, entries: Mapping[str, Tree], name: str, above: str) -> Misplaced:
    """A key of the part above, such as `endings`, as if it were the id of an entry, such as a turn."""
    *outer, group, key = path
    ids = list(entries)
    followers = ids[ids.index(key) + 1 :] if entries[key] == "" else []  # they belong to the key, not to the group
    return Misplaced(
        finding=_finding(
            path,
            f"`{key}` stands in `{group}` here, as if it were the id of {name}.",
            f"`{key}` belongs in {above}: line it up exactly with `{group}`.",
        ),
        covers=frozenset((path, (*outer, key), *((*outer, group, follower) for follower in followers))),
    )


def _ids_as_keys(
    path: Path, entry: Mapping[str, Tree], part: Part, name: str, repeated: set[str]
) -> Iterator[Misplaced]:
    """The ids of entries, such as turns, that stand among the keys of the entry above."""
    needed = [key for key, field in part.model_fields.items() if field.is_required()]
    for key, value in entry.items():
        if key in part.model_fields:
            continue
        is_whole = isinstance(value, dict) and bool(needed) and all(one in value for one in needed[:2])
        is_emptied = value == "" and dotted(path) in repeated  # what belongs to it stands below, not further in
        if is_whole or is_emptied:
            message = f"There is no key {short(key)} in {name}."
            hint = f"If this is {name} of its own, line it up exactly with {short(path[-1])}, the one above."
            finding = _finding((*path, key), message, hint)
            yield Misplaced(finding=finding, covers=frozenset((finding.path,)), is_emptied=is_emptied)


def _finding(path: Path, message: str, hint: str) -> Finding:
    return Finding(code="AT040", severity="error", path=path, message=message, hint=hint, part="key")

"""What changed between two runs over the same files: problems that are new, and problems that are gone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from alliance_trainer.scenario_files.diagnostics import Diagnostic


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """The problems of the second run that the first had not, and those that it has no more."""

    new: tuple[Diagnostic, ...]
    gone: tuple[Diagnostic, ...]


def difference(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> Difference:
    """Compare two runs. A problem that only moved to another line is the same one."""
    before, after = tuple(before), tuple(after)
    return Difference(new=tuple(_without(after, before)), gone=tuple(_without(before, after)))


def _without(some: Iterable[Diagnostic], others: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    known = Counter(map(_sameness, others))
    for one in some:
        if known[_sameness(one)]:
            known[_sameness(one)] -= 1
        else:
            yield one


def _sameness(one: Diagnostic) -> tuple[str, ...]:
    return one.file, one.code, one.path, re.sub(r"\d+", "", one.message)  # messages may name other lines

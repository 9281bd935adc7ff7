"""One error of the model, with its place in the author's file and what the guide says about that place."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from pydantic import ValidationError

from alliance_trainer.core.field_guide import Guide, Note
from alliance_trainer.core.findings import Finding


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """One error of the model, with the tags of its own machinery taken out of the path.

    `root` is the whole tree as the author wrote it, where it is at hand.
    """

    kind: str
    path: tuple[str, ...]
    on_key: bool
    value: object
    context: Mapping[str, Any]
    guide: Guide
    root: object = None
    expected: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The key that the trouble stands under, list places left out."""
        return next((step for step in reversed(self.path) if not step.isdigit()), "")

    @property
    def note(self) -> Note | None:
        """What the guide says about the key, if it is one of the format's own."""
        path = self.path
        while path and path[-1].isdigit():
            path = path[:-1]
        for end in (len(path), len(path) - 1):  # `rates: {recognition: 5}` is explained by `rates`
            part = self.guide.part_at(path[: end - 1]) if end > 0 else None
            if part and path[end - 1] in self.guide.keys[part[0]]:
                return self.guide.keys[part[0]][path[end - 1]]
        return None

    @property
    def is_short(self) -> bool:
        """Whether the author wrote one thing where the format has a list: the path then goes on below it."""
        return isinstance(written(self.root, self.path[:-1]), str)

    def finding(self, code: str, message: str, hint: str = "", **place: Any) -> Finding:
        """An error here; `place` may change path, part or offset."""
        values: dict[str, Any] = {"path": self.path, "part": "key" if self.on_key else "value"} | place
        return Finding(code=code, severity="error", message=message, hint=hint.strip(), **values)


def written(root: object, path: tuple[str, ...]) -> object:
    """What an author wrote at a path; None where a short form ends before it."""
    for step in path:
        if isinstance(root, dict):
            root = root.get(step)
        elif isinstance(root, list) and step.isdecimal() and int(step) < len(root):
            root = root[int(step)]
        else:
            return None
    return root


def troubles_of(error: ValidationError, guide: Guide, root: object = None) -> Iterator[Trouble]:
    """The errors, those of the two halves of one vocabulary joined."""
    errors = error.errors(include_url=False)
    words: dict[tuple[int | str, ...], tuple[str, ...]] = {}
    for item in errors:
        if item["type"] == "literal_error":
            place = _without_tags(item["loc"])
            words[place] = words.get(place, ()) + tuple(re.findall(r"'([^']*)'", item["ctx"]["expected"]))
    for item in errors:
        place = _without_tags(item["loc"])
        yield Trouble(
            kind=item["type"],
            path=tuple(str(step) for step in place),
            on_key="[key]" in item["loc"],
            value=item["input"],
            context=item.get("ctx", {}),
            guide=guide,
            root=root,
            expected=words.get(place, ()),
        )


def _without_tags(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    return loc[: loc.index("[key]")] if "[key]" in loc else loc

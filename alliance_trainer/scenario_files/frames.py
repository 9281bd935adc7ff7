"""An open list or mapping of a file that is being read: what is in it so far, and what comes next."""

from typing import Any

import msgspec

from alliance_trainer.scenario_files.tree import Path


class Frame(msgspec.Struct, kw_only=True):
    """An open list or mapping. `keep` is False for what will not be in the tree (the value of a second key).

    `first` says where each key of a mapping stood first.
    """

    node: Any  # a mapping if `is_mapping`, else a list
    is_mapping: bool
    path: Path
    keep: bool
    start: int
    flow: bool
    key: str | None = None
    key_span: tuple[int, int] = (0, 0)
    keep_value: bool = True
    first: dict[str, int] = msgspec.field(default_factory=dict)

    @property
    def awaits_key(self) -> bool:
        """Whether the key of a mapping is due."""
        return self.is_mapping and self.key is None

    @property
    def next_path(self) -> Path:
        """The path of the value that comes next."""
        step = self.key if self.is_mapping else str(len(self.node))
        return self.path if step is None else (*self.path, step)

    @property
    def keeps_next(self) -> bool:
        """Whether the value that comes next will be in the tree."""
        return self.keep and (not self.is_mapping or self.keep_value)

"""A disk in memory that knows what would survive a power cut, and a tripwire that kills or fails operations."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from alliance_trainer.journal import disk

OPERATIONS = [
    "make_folder",
    "is_folder",
    "exists",
    "names",
    "changed_at",
    "read",
    "tail",
    "create",
    "open_append",
    "size",
    "write",
    "truncate",
    "close",
    "sync",
    "sync_folder",
    "replace",
    "remove",
]

REAL = SimpleNamespace(**{name: getattr(disk, name) for name in OPERATIONS})


class Killed(BaseException):
    """The process is dead: no operation has any effect any more."""


@contextmanager
def using(base: Any) -> Iterator[None]:
    """The journal works on another disk."""
    before = {name: getattr(disk, name) for name in OPERATIONS}
    for name in OPERATIONS:
        setattr(disk, name, getattr(base, name))
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(disk, name, function)


@dataclass
class Inode:
    data: bytes = b""
    synced: bytes = b""
    links: int = 1


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@dataclass
class MemoryDisk:
    """Folders, files and descriptors. `synced` and `durable` are what a power cut leaves for certain."""

    folders: set[Path] = field(default_factory=set)
    files: dict[Path, Inode] = field(default_factory=dict)
    durable: dict[Path, Inode] = field(default_factory=dict)
    open_files: dict[int, Inode] = field(default_factory=dict)
    next_descriptor: int = 1000

    def _parent(self, path: Path) -> None:
        if path.parent not in self.folders:
            raise _error(errno.ENOENT)

    def make_folder(self, path: Path) -> None:
        if path in self.folders or path in self.files:
            raise _error(errno.EEXIST)
        self._parent(path)
        self.folders.add(path)

    def is_folder(self, path: Path) -> bool:
        return path in self.folders

    def exists(self, path: Path) -> bool:
        return path in self.folders or path in self.files

    def names(self, folder: Path) -> list[str]:
        if folder not in self.folders:
            raise _error(errno.ENOENT)
        return sorted(path.name for path in {*self.files, *self.folders} if path.parent == folder)

    def changed_at(self, path: Path) -> int:
        self._inode(path)
        return 0

    def _inode(self, path: Path) -> Inode:
        if path not in self.files:
            raise _error(errno.ENOENT)
        return self.files[path]

    def read(self, path: Path) -> bytes:
        return self._inode(path).data

    def tail(self, path: Path, most: int) -> tuple[int, int, bytes]:
        data = self._inode(path).data
        return len(data), 0, data[-most:]

    def _descriptor(self, inode: Inode) -> int:
        self.next_descriptor += 1
        self.open_files[self.next_descriptor] = inode
        return self.next_descriptor

    def create(self, path: Path) -> int:
        if self.exists(path):
            raise _error(errno.EEXIST)
        self._parent(path)
        self.files[path] = Inode()
        return self._descriptor(self.files[path])

    def open_append(self, path: Path) -> int:
        return self._descriptor(self._inode(path))

    def _opened(self, descriptor: int) -> Inode:
        if descriptor not in self.open_files:
            raise _error(errno.EBADF)
        return self.open_files[descriptor]

    def size(self, descriptor: int) -> int:
        inode = self._opened(descriptor)
        if inode.links == 0:
            raise _error(errno.ENOENT)
        return len(inode.data)

    def write(self, descriptor: int, data: bytes) -> int:
        self._opened(descriptor).data += data
        return len(data)

    def truncate(self, descriptor: int, length: int) -> None:
        inode = self._opened(descriptor)
        inode.data = inode.data[:length].ljust(length, b"\0")

    def close(self, descriptor: int) -> None:
        self._opened(descriptor)
        del self.open_files[descriptor]

    def sync(self, descriptor: int) -> None:
        inode = self._opened(descriptor)
        inode.synced = inode.data

    def sync_folder(self, path: Path) -> None:
        if path not in self.folders:
            raise _error(errno.ENOENT)
        self.durable = {name: inode for name, inode in self.durable.items() if name.parent != path}
        self.durable |= {name: inode for name, inode in self.files.items() if name.parent == path}

    def replace(self, source: Path, target: Path) -> None:
        inode = self._inode(source)
        if target in self.files:
            self.files[target].links = 0
        self.files[target] = inode
        del self.files[source]

    def remove(self, path: Path) -> None:
        self._inode(path).links = 0
        del self.files[path]

    def copied(self) -> "MemoryDisk":
        """Another disk with the same on it, without the descriptors: no process has anything open there."""
        inodes = {id(each): Inode(each.data, each.synced, each.links) for each in self._inodes()}
        return MemoryDisk(
            folders=set(self.folders),
            files={path: inodes[id(inode)] for path, inode in self.files.items()},
            durable={path: inodes[id(inode)] for path, inode in self.durable.items()},
        )

    def _inodes(self) -> list[Inode]:
        return [*self.files.values(), *self.durable.values()]

    # What happens to a computer, as opposed to what a program does:

    def reboot(self) -> None:
        """The process is gone; all that was written is there."""
        self.open_files.clear()

    def lose_power(self, kept: int = 0, *, zeros: bool = False) -> None:
        """Only what was synced is sure to be there; `kept` bytes behind it made it, the others may be NUL."""
        self.open_files.clear()
        self.files = dict(self.durable)
        for inode in self.files.values():
            behind = inode.data[len(inode.synced) :] if inode.data.startswith(inode.synced) else b""
            filling = b"\0" * len(behind[kept:]) if zeros else b""
            inode.data = inode.synced + behind[:kept] + filling


@dataclass
class Tripwire:
    """Passes operations on to a disk, counts them, and stops or fails at the planned ones.

    `kill_at` is the number of the operation before which the process dies; in a write, after `kill_bytes`.
    `plan` may raise an OSError for an operation, or return how many bytes a write takes.
    """

    base: Any
    kill_at: int | None = None
    kill_bytes: int = 0
    plan: Callable[[int, str, tuple[Any, ...]], int | None] | None = None
    trace: list[tuple[str, Any, int]] = field(default_factory=list)
    dead: bool = False

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in OPERATIONS:
            raise AttributeError(name)

        def operation(*arguments: Any) -> Any:
            return self._run(name, arguments)

        return operation

    def _run(self, name: str, arguments: tuple[Any, ...]) -> Any:
        if self.dead:
            raise Killed
        number = len(self.trace)
        self.trace.append((name, arguments[0], len(arguments[1]) if name == "write" else 0))
        if number == self.kill_at:
            if name == "write" and self.kill_bytes:
                self.base.write(arguments[0], arguments[1][: self.kill_bytes])
            self.dead = True
            raise Killed
        taken = self.plan(number, name, arguments) if self.plan else None
        if taken is not None:
            arguments = (arguments[0], arguments[1][:taken])
        return getattr(self.base, name)(*arguments)

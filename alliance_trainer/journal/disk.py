"""The one place that touches the operating system: thin functions, so that tests can stand in for every one.

Every function raises OSError when the system refuses. Flags and calls that only some systems have are
guarded here and nowhere else. Modes are set by us, never left to the umask: files 0600, folders 0700.
"""

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

_FILE_MODE = 0o600
_FOLDER_MODE = 0o700
# O_NOFOLLOW: a link planted under a journal's name must not redirect a write. O_BINARY: Windows would turn
# each line feed into two bytes. O_CLOEXEC: no child process inherits the file.
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # opening a pipe that lies under a journal's name must not hang
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EBADF}
_READ_SIZE = 1 << 20

_REASONS = {
    errno.ENOSPC: "the disk is full",
    getattr(errno, "EDQUOT", -1): "your quota on this disk is used up",
    errno.EFBIG: "the file may not grow any further here",
    errno.EROFS: "the folder is read-only",
    errno.EACCES: "this account may not write there",
    errno.EPERM: "this account may not write there",
    errno.EIO: "the disk reported an error",
    errno.ENOENT: "the folder or file is not there any more",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.ELOOP: "there is a link where the file should be",
    errno.EEXIST: "there is already a file of that name",
    errno.ENAMETOOLONG: "the path is too long",
}


def why(error: OSError) -> str:
    """The reason of a refusal, in words, as the end of a sentence."""
    number = error.errno
    if number in _REASONS:
        return _REASONS[number]
    return f"the system says: {os.strerror(number) if number else error}"


def make_folder(path: Path) -> None:
    """Make one folder, mode 0700. Raises FileExistsError if it is there, FileNotFoundError without its parent."""
    path.mkdir(mode=_FOLDER_MODE)
    with suppress(OSError):  # a file system without modes refuses; the folder is there all the same
        path.chmod(_FOLDER_MODE)


def is_folder(path: Path) -> bool:
    """Whether there is a folder (or a link to one)."""
    return path.is_dir()


def exists(path: Path) -> bool:
    """Whether anything lies there, a broken link included."""
    return os.path.lexists(path)


def names(folder: Path) -> list[str]:
    """The names in a folder, sorted."""
    return sorted(entry.name for entry in folder.iterdir())


def changed_at(path: Path) -> int:
    """When a file last changed, in nanoseconds since 1970."""
    return path.stat().st_mtime_ns


def read(path: Path) -> bytes:
    """All bytes of a regular file."""
    descriptor = os.open(path, os.O_RDONLY | _SAFE | _NO_WAIT)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file", str(path))
        parts = []
        while part := os.read(descriptor, _READ_SIZE):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def tail(path: Path, most: int) -> tuple[int, int, bytes]:
    """Of a regular file: its size in bytes, when it last changed in ns since 1970, and at most so many last bytes."""
    descriptor = os.open(path, os.O_RDONLY | _SAFE | _NO_WAIT)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file", str(path))
        os.lseek(descriptor, max(0, found.st_size - most), os.SEEK_SET)
        return found.st_size, found.st_mtime_ns, os.read(descriptor, most)
    finally:
        os.close(descriptor)


def create(path: Path) -> int:
    """A descriptor for appending to a new file, mode 0600. Raises FileExistsError if anything lies there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | _SAFE, _FILE_MODE)
    if hasattr(os, "fchmod"):
        with suppress(OSError):  # a file system without modes refuses; the file is there all the same
            os.fchmod(descriptor, _FILE_MODE)
    return descriptor


def open_append(path: Path) -> int:
    """A descriptor for appending to a file that exists."""
    return os.open(path, os.O_WRONLY | os.O_APPEND | _SAFE | _NO_WAIT)


def size(descriptor: int) -> int:
    """The length in bytes. Raises FileNotFoundError once the file has been deleted or replaced by name."""
    found = os.fstat(descriptor)
    if found.st_nlink == 0:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    return found.st_size


def write(descriptor: int, data: bytes) -> int:
    """One write; how many bytes went in, which may be fewer than given."""
    return os.write(descriptor, data)


def truncate(descriptor: int, length: int) -> None:
    """Cut the file to a length in bytes; works on a full disk too."""
    os.ftruncate(descriptor, length)


def close(descriptor: int) -> None:
    """Give the descriptor back."""
    os.close(descriptor)


if sys.platform == "darwin":
    import fcntl

    def sync(descriptor: int) -> None:
        """Return once the bytes are on the disk itself; macOS's plain fsync leaves them in the drive's cache."""
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.ENOTTY}:
                raise
            os.fsync(descriptor)  # a network disk without the full form, so nothing was synced yet

else:

    def sync(descriptor: int) -> None:
        """Return once the bytes are on the disk."""
        os.fsync(descriptor)


def sync_folder(path: Path) -> None:
    """Return once the folder's names are on the disk; nothing to do where folders cannot be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def replace(source: Path, target: Path) -> None:
    """Rename a file within one folder, in one step, over whatever lies at the target."""
    source.replace(target)


def remove(path: Path) -> None:
    """Delete a file."""
    path.unlink()

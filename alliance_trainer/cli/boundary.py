"""The one error boundary: every way this program can end, with its words and its exit code."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from alliance_trainer import __version__
from alliance_trainer.core.errors import ScreenClosedError, TrainerError
from alliance_trainer.terminal.signals import StoppedError

BUG = 70
"""Exit code for a mistake of ours."""
NOT_SAVED = 5
BROKEN_PIPE = 141
SIGNALS = 128
"""Exit codes above it say which signal ended the program."""
INTERRUPTED = 130


def run(arguments: list[str], app: Callable[[list[str]], int] | None = None) -> int:
    """Run the command line and return the exit code. Never lets an exception out."""
    try:
        return _flushed((app or _app)(arguments))
    except TrainerError as error:
        _complain(error.message, error.hint)
        return error.exit_code
    except (BrokenPipeError, ScreenClosedError):
        _leave_quietly()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except StoppedError as stopped:
        return stopped.exit_code
    except OSError as error:
        return _system_trouble(error)
    except Exception as error:  # the last line of defence: one line and a file, no traceback
        return _bug(error)


def _flushed(code: int) -> int:
    """The exit code, once all that was said is out."""
    if code > SIGNALS:
        _leave_quietly()  # the terminal may be gone, and the doors flush what they say
    elif sys.stdout is not None:
        sys.stdout.flush()
    return code


def _app(arguments: list[str]) -> int:
    from alliance_trainer.cli.app import app  # here, so that trouble while importing is caught as well

    try:
        app(args=arguments, prog_name="alliance-trainer")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    return 0


def _complain(message: str, hint: str) -> None:
    from alliance_trainer.terminal.door import open_door  # only where there is something to complain about

    open_door(plain=None, no_color=True).complain(message, hint)


def _leave_quietly() -> None:
    """Somebody closed the pipe we write to: no message, and none at the interpreter's end either."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)


def _system_trouble(error: OSError) -> int:
    what = error.strerror or "the system refused"
    where = f" ({error.filename})" if error.filename else ""
    _leave_quietly()
    _complain(f"the system refused a file or the output: {what}{where}.", "Answers recorded before are safe.")
    return NOT_SAVED


def _bug(error: Exception) -> int:
    """One line, and a private file that holds the traceback but no text of a scenario or an answer."""
    where = _crash_file(error)
    _complain(
        f"this is a mistake of ours ({type(error).__name__}). Answers recorded before are safe.",
        f"Please report it with the file {where}." if where else "Please report what you did.",
    )
    return BUG


def _crash_file(error: Exception) -> Path | None:
    import tempfile  # these two cost 30 ms, and only a mistake of ours needs them
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        f"alliance-trainer {__version__}, Python {sys.version.split()[0]}, {sys.platform}",
        datetime.now(UTC).isoformat(timespec="seconds"),
        f"{type(error).__module__}.{type(error).__qualname__}",
        *(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames),
    ]
    try:
        handle, name = tempfile.mkstemp(prefix="alliance-trainer-crash-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return Path(name)

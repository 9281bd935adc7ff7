"""The program as a fork of the tests' own process, which has its modules already: a fraction of a fresh start's time.

With the same isolation: the child has its own memory, streams, signals and working folder. What depends on how an
interpreter starts, or makes processes and threads of its own, must be started afresh (see `can_fork`).
"""

import gc
import importlib
import io
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import alliance_trainer

_STARTING = ("PYTHON", "LC_", "LANG")
"""Variables of the environment that count when the interpreter starts."""

_PROCESSES = {"--jobs", "--engine", "parquet", "--watch"}
"""Words on the command line that mean processes or threads of the program's own."""

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGALRM", "SIGTSTP", "SIGCONT", "SIGWINCH", "SIGUSR1", "SIGPIPE")


def can_fork(words: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Whether a run with these arguments and this much of an environment of its own can be a fork."""
    if not hasattr(os, "fork") or any(name.startswith(_STARTING) for name in environment):
        return False
    spelt = {part for word in words for part in word.split("=")}
    return not (_PROCESSES & spelt or any(".parquet" in word for word in words))


@cache
def preload() -> None:
    """Have the program's modules in this process once, so that no child has to load them."""
    for path in sorted((Path(alliance_trainer.__file__).parent / "cli").glob("*.py")):
        importlib.import_module(f"alliance_trainer.cli.{path.stem}")
    for name in ("rich.text", "rich.console", "typer.rich_utils", "filelock", "platformdirs", "jinja2", "questionary"):
        importlib.import_module(name)


@contextmanager
def ready_to_fork() -> Iterator[None]:
    """All is loaded, and the child will not go through all that the tests have made to find garbage."""
    preload()
    gc.freeze()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # about forks beside the threads of the test runner
            yield
    finally:
        gc.unfreeze()


def be_the_program(
    words: Sequence[str], environment: Mapping[str, str], cwd: Path | None, prepare: Callable[[], None]
) -> None:
    """In the child, whose descriptors 0 to 2 `prepare` has put in place: run the program; never returns."""
    code = 99
    try:
        prepare()
        _fresh_streams()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for name in _SIGNALS:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN if name == "SIGPIPE" else signal.SIG_DFL)
        os.environ.pop("PYTHONUNBUFFERED", None)
        os.environ.update(environment)
        if cwd is not None:
            os.chdir(cwd)
        sys.argv = ["alliance-trainer", *words]
        from alliance_trainer.__main__ import main  # here, so that a test can still import it by itself

        code = _code_of(main)
    finally:
        for stream in (sys.stdout, sys.stderr):
            _flush(stream)
        os._exit(code)


def _fresh_streams() -> None:
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, "r", closefd=False)), encoding="utf-8")
    for number, name in ((1, "stdout"), (2, "stderr")):
        raw = io.FileIO(number, "w", closefd=False)
        stream = io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", line_buffering=raw.isatty() or number == 2)
        setattr(sys, name, stream)


def _flush(stream: object) -> None:
    with suppress(OSError, ValueError):  # whoever read it has gone
        stream.flush()  # type: ignore[attr-defined]


def _code_of(main: Callable[[], None]) -> int:
    try:
        main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    return 0

"""The command line as other programs meet it: arguments in, exit code and streams out."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a run left behind."""

    code: int
    out: str
    errors: str


def _environment() -> dict[str, str]:
    """That of the tests, but with output buffered as it is for most people."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def command(
    *arguments: str | Path,
    data: Path,
    typed: str = "",
    environment: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> Done:
    """Run the program without a terminal; `typed` is what comes in on standard input."""
    done = subprocess.run(
        [sys.executable, "-m", "alliance_trainer", *map(str, arguments)],
        input=typed.encode(),
        capture_output=True,
        check=False,
        env={**_environment(), "ALLIANCE_TRAINER_DATA": str(data), **(environment or {})},
        cwd=cwd,
        timeout=120,
    )
    return Done(code=done.returncode, out=done.stdout.decode(), errors=done.stderr.decode())

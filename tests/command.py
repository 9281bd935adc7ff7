"""The command line as other programs meet it: arguments in, exit code and streams out."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import pytest
from forking import be_the_program, can_fork, ready_to_fork

_SECONDS = 120


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
    words = [str(argument) for argument in arguments]
    own = {"ALLIANCE_TRAINER_DATA": str(data), **(environment or {})}
    if can_fork(words, own):
        return _forked(words, typed.encode(), own, cwd)
    done = subprocess.run(
        [sys.executable, "-m", "alliance_trainer", *words],
        input=typed.encode(),
        capture_output=True,
        check=False,
        env={**_environment(), **own},
        cwd=cwd,
        timeout=_SECONDS,
    )
    return Done(code=done.returncode, out=done.stdout.decode(), errors=done.stderr.decode())


def within(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Done:
    """Run it within this process, which starts it once for all calls."""
    from alliance_trainer.cli.boundary import run  # whoever starts the program anew does without

    capsys.readouterr()
    code = run(list(map(str, arguments)))
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return Done(code=code, out=said.out, errors=said.err)


def _forked(words: list[str], typed: bytes, environment: dict[str, str], cwd: Path | None) -> Done:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        given.write(typed)
        given.seek(0)

        def streams() -> None:
            for number, stream in enumerate((given, out, errors)):
                os.dup2(stream.fileno(), number)

        with ready_to_fork():
            child = os.fork()
            if child == 0:
                be_the_program(words, environment, cwd, streams)
        code = _waited_for(child, words)
        texts = []
        for stream in (out, errors):
            stream.seek(0)
            texts.append(stream.read().decode())
        return Done(code=code, out=texts[0], errors=texts[1])


def _waited_for(child: int, words: list[str]) -> int:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise TimeoutError(f"alliance-trainer {' '.join(words)} did not end")

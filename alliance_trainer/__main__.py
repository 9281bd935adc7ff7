"""The way in: answers --version before anything heavy is imported, and moves global options to the front."""

import gc
import os
import sys

from alliance_trainer import __version__

THRESHOLDS = (100_000, 20, 20)
"""For the garbage collector: start-up makes 60,000 objects and no garbage, and a cohort little; a tenth of the time."""

_FLAGS = ("--plain", "--no-plain", "--no-color")
_VALUED = ("--data-dir", "--library")


def globals_first(arguments: list[str]) -> list[str]:
    """The arguments with the global options moved to the front, so that they may stand anywhere.

    Nothing behind `--` is touched.
    """
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            return [*front, *rest, argument, *waiting]
        if argument in _FLAGS or argument.startswith(tuple(f"{name}=" for name in _VALUED)):
            front.append(argument)
        elif argument in _VALUED:
            value = next(waiting, None)
            if value is None:
                return [argument]  # alone, so that the complaint is about it
            front += [argument, value]
        else:
            rest.append(argument)
    return [*front, *rest]


def _version() -> bool:
    """Say the version; False where the output is closed or full, which the long way knows how to say."""
    try:
        sys.stdout.write(f"alliance-trainer {__version__}\n")
        sys.stdout.flush()
    except (AttributeError, OSError):
        return False
    return True


def main() -> None:
    """Run the program with the arguments it was started with, and exit with its code."""
    if sys.argv[1:] == ["--version"] and _version():
        return
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins costs 10 ms and finds none
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small: threads would only wait for another
    gc.set_threshold(*THRESHOLDS)
    from alliance_trainer.cli.boundary import run  # 40 ms of imports that --version does without

    code = run(globals_first(sys.argv[1:]))
    gc.freeze()  # else Python looks through all modules for garbage while it ends: a fifth of the time of `check`
    sys.exit(code)


if __name__ == "__main__":
    main()

"""A process of its own that opens and closes one attempt as it is told, for the tests of the lock."""

import sys
from pathlib import Path

from alliance_trainer.journal.events import Note
from alliance_trainer.journal.lock import InUseError
from alliance_trainer.journal.store import Store


def main(folder: str, attempt: str) -> None:
    store, opened = Store(folder=Path(folder)), None
    for line in sys.stdin:
        if line == "open\n":
            try:
                opened = store.resume(attempt)
                opened.writer.append(Note(turn="slip", text="mine"))
                print("won", flush=True)
            except InUseError as error:
                print(f"lost: {error.message}", flush=True)
        elif opened is not None:
            opened.writer.close()
            opened = None
            print("closed", flush=True)
        else:
            print("nothing", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

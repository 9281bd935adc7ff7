"""Who does the work on shards: this process, several of this machine, or a Dask cluster. The results are the same."""

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import lru_cache, partial
from multiprocessing import connection
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import uuid4

import msgspec

from alliance_trainer.core.errors import TrainerError, UsageError

DASK = "dask"
_ADDRESS = "dask://"
_WAITING = 2  # so many shards for each worker are under way at a time, so that results do not pile up
_TIMEOUT = 10  # seconds
_THREADS = Path("/proc/self/task")
_THRESHOLDS = (100_000, 20, 20)  # of the garbage collector: as in the program itself

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class Workers(msgspec.Struct, frozen=True, kw_only=True):
    """Who works: `engine` is local, dask, or dask://host:port; `jobs` the number of processes on this machine."""

    jobs: int = 1
    engine: str = "local"

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise UsageError(f"{self.jobs} is no number of processes.", "Give --jobs 1 or more.")
        if self.engine not in ("local", DASK) and not self.engine.startswith(_ADDRESS):
            raise UsageError(f"{self.engine!r} is no engine.", "Give local, dask, or dask://HOST:PORT.")

    @property
    def alone(self) -> bool:
        """Whether all is done in this process."""
        return self.jobs == 1 and self.engine == "local"


class Crew:
    """The workers at work: `map` is their only door. They are called when first needed, and leave at the end."""

    def __init__(self, workers: Workers) -> None:
        self.workers = workers
        self._hired = ExitStack()
        self._submit: Callable[..., Any] | None = None
        self._at_once = workers.jobs

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hired.close()

    def map(self, work: Callable[[_Task], _Result], tasks: Sequence[_Task]) -> Iterator[_Result]:
        """The results in the order of the tasks. Work, tasks and results are pickled, unless it is done here.

        Each worker has one copy of the work for all of its tasks: what the work keeps for itself is there again.
        """
        if self.workers.alone or (len(tasks) < 2 and self.workers.engine == "local"):
            return map(work, tasks)
        return self._few_at_a_time(work, tasks)

    def _few_at_a_time(self, work: Callable[[_Task], _Result], tasks: Sequence[_Task]) -> Iterator[_Result]:
        if self._submit is None:
            self._submit = self._processes() if self.workers.engine == "local" else self._dask()
        under_way: deque[Any] = deque()
        pickled = pickle.dumps((uuid4().hex, work))  # workers may outlive this call: what they kept is for it alone
        try:
            for task in tasks:
                if len(under_way) >= _WAITING * self._at_once:
                    yield under_way.popleft().result()
                under_way.append(self._submit(_do, pickled, task))
            while under_way:
                yield under_way.popleft().result()
        except BrokenProcessPool:
            raise TrainerError(
                "one of the processes ended before its work was done, perhaps for want of memory.",
                "Try again with a smaller --jobs. Nothing was changed.",
            ) from None

    def _processes(self) -> Callable[..., Any]:
        how = "fork" if _is_single() else "spawn"  # a copy of this process begins at once, but is unsafe beside threads
        pool = ProcessPoolExecutor(self.workers.jobs, multiprocessing.get_context(how), _begin)
        self._hired.callback(pool.shutdown, wait=True, cancel_futures=True)
        return pool.submit

    def _dask(self) -> Callable[..., Any]:
        client = _client(self.workers, self._hired)
        self._at_once = max(self._at_once, len(client.scheduler_info().get("workers", {})))
        return partial(client.submit, pure=False)


def _do(pickled: bytes, task: Any) -> Any:
    return _unpickled(pickled)(task)


@lru_cache(maxsize=2)
def _unpickled(work: bytes) -> Any:
    _, loaded = pickle.loads(work)
    return loaded


def _is_single() -> bool:
    """Whether this process has one thread, as far as the system tells (Linux does)."""
    try:
        return len(list(_THREADS.iterdir())) == 1
    except OSError:
        return False


def _begin() -> None:
    gc.set_threshold(*_THRESHOLDS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process once the one that started it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _client(workers: Workers, hired: ExitStack) -> Any:  # an extra, not typed in full
    try:
        from distributed import Client, LocalCluster  # an extra, and half a second of imports
    except ModuleNotFoundError:
        raise UsageError(
            "--engine dask needs the package dask.", "Add it with: pip install 'alliance-trainer[dask]'"
        ) from None
    cluster: Any = LocalCluster
    client: Any = Client
    if workers.engine == DASK:
        here = cluster(n_workers=workers.jobs, threads_per_worker=1, dashboard_address=None, silence_logs=50)
        return hired.enter_context(client(hired.enter_context(here)))
    address = workers.engine.removeprefix(_ADDRESS)
    try:
        return hired.enter_context(client(f"tcp://{address}", timeout=_TIMEOUT))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"There is no Dask scheduler to be had at {address}.", "Give its address: --engine dask://HOST:PORT."
        ) from error

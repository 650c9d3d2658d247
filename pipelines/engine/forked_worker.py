"""Worker processes forked from one that has all imported: they start in milliseconds.

Importing Beam and all of ours takes 4 to 6 s of processor time, most of what a run on some thousand
texts costs. Before it does anything else the driver forks a nursery, which warms the tables that
every worker looks things up in and forks a worker whenever the driver asks; what both have read
stands in memory once. A process that has threads (a notebook, a test, one that has read a file by
Arrow) must not fork: locks would be held for ever. There workers import all anew
(pipelines.engine.watched_worker).
"""

import contextlib
import gc
import json
import logging
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from apache_beam.runners.portability.fn_api_runner.worker_handlers import WorkerHandler
from apache_beam.transforms.environments import Environment, python_sdk_capabilities

from dedupe.text.characters import letters
from pipelines.engine.watched_worker import LOST, WatchedWorkerHandler, WorkerLostError
from pipelines.engine.worker import die_with, serve
from sources.credits.line_classifier import sifted
from sources.outlets.outlets import domain_of
from sources.text.code_points import folds, kinds

URN = "copytrail:env:forked_worker:v1"
_READY = b"ready"
_MOST_BYTES = 1 << 20
_TASKS = Path("/proc/self/task")


def _threads() -> int:
    """How many threads this process has, those of C++ included (Linux)."""
    return len(list(_TASKS.iterdir())) if _TASKS.exists() else threading.active_count()


_THREADS_OF_LIBRARIES = _threads()
"""Those that numpy and the allocator start as they are imported, and stop or renew at a fork."""


def may_fork() -> bool:
    """Whether workers can be forked from this process: once at most, and before it has threads.

    Threads of C++ count as Python's do: Arrow starts some as it reads a file, gRPC as it connects.
    """
    is_first, Nursery.is_first = Nursery.is_first, False
    return is_first and sys.platform == "linux" and not _has_threads()


def _has_threads() -> bool:
    return threading.active_count() > 1 or _threads() > _THREADS_OF_LIBRARIES


@contextmanager
def nursery() -> Iterator[None]:
    """Forks the nursery, where this process may, before what the block does can start a thread."""
    if may_fork():
        Nursery.start()
    try:
        yield
    finally:
        Nursery.kill()


def has_nursery() -> bool:
    """Whether workers can be forked now."""
    return Nursery.line is not None


def forking_environment() -> Environment:
    """The environment whose workers the nursery forks; it gets ready while the graph is built."""
    Nursery.get_ready()
    return _ForkingEnvironment(capabilities=python_sdk_capabilities(), artifacts=())


class Nursery:
    """The nursery of this process's run, and how many of its workers are at work."""

    line: socket.socket | None = None
    """Closing it, or ending, ends the nursery."""
    is_first: bool = True
    pid: int = 0
    workers: int = 0

    @classmethod
    def start(cls) -> None:
        """Forks it."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        driver = os.getpid()
        if (nursery := _fork()) == 0:
            ours.close()  # or it would not see the driver close it
            _end_with(partial(_nurse, theirs, driver))
        theirs.close()
        cls.line, cls.pid = ours, nursery

    @classmethod
    def get_ready(cls) -> None:
        """Has it make what every worker needs."""
        if cls.line is not None:
            cls.line.send(_READY)

    @classmethod
    def kill(cls) -> None:
        """Ends it at once if it is there, and its workers with it."""
        if cls.line is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(cls.pid, signal.SIGKILL)
            cls.end()

    @classmethod
    def end(cls) -> None:
        """Waits for it, so that what its workers used counts as used by this process."""
        line, cls.line = cls.line, None
        if line is not None:
            line.close()
            os.waitpid(cls.pid, 0)


@Environment.register_urn(URN, bytes)
class _ForkingEnvironment(Environment):
    def to_runner_api_parameter(self, context: object) -> tuple[str, bytes]:
        return URN, b""

    @staticmethod
    def from_runner_api_parameter(
        payload: bytes, capabilities: Any, artifacts: Any, resource_hints: Any, context: object
    ) -> "_ForkingEnvironment":
        return _ForkingEnvironment(capabilities, artifacts, resource_hints)


@WorkerHandler.register_environment(URN, bytes)
class _ForkedWorkerHandler(WatchedWorkerHandler):
    """A worker that the nursery forks."""

    def begin(self, environment: dict[str, str]) -> Callable[[], None]:
        """Has the nursery fork a worker, which holds the other end of a line while it lives.

        Raises:
            WorkerLostError: the nursery has ended, with a worker that was lost before all were
                started.
        """
        line = Nursery.line
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                if line is None:
                    raise BrokenPipeError
                socket.send_fds(line, [json.dumps(environment).encode()], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise WorkerLostError(LOST) from error
        Nursery.workers += 1
        return partial(_wait, ours)

    def kill(self) -> None:
        """Ends the nursery, with which its workers end."""
        Nursery.kill()

    def stop_worker(self) -> None:
        """Waits until the worker has stopped; the last one ends the nursery."""
        super().stop_worker()
        Nursery.workers -= 1
        if not Nursery.workers:
            Nursery.end()


def _wait(worker: socket.socket) -> None:
    with worker:
        worker.recv(1)  # nothing is ever sent: it returns as the worker ends


def warm() -> None:
    """Makes what every process of a run would make for itself; those forked later share it."""
    letters(), kinds(), folds(), domain_of("example.com"), sifted(["A line."], 1)
    import numpy.ma  # noqa: F401 numpy imports it when it first looks for distinct values

    gc.collect()
    gc.freeze()  # so that no collection copies the pages that they share


def _nurse(requests: socket.socket, driver: int) -> None:
    """Forks a worker for each request until the driver is gone."""
    die_with(driver)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    me, workers = os.getpid(), []
    while True:
        content, descriptors, _, _ = socket.recv_fds(requests, _MOST_BYTES, 1)
        if not content:
            break
        if content == _READY:
            warm()
            continue
        if (worker := _fork()) == 0:
            _end_with(partial(_work, json.loads(content), requests, descriptors[0], me))
        os.close(descriptors[0])
        workers.append(worker)
    for worker in workers:
        os.waitpid(worker, 0)


def _work(environment: Mapping[str, str], requests: socket.socket, line: int, parent: int) -> None:
    requests.close()
    die_with(parent)
    for handler in logging.getLogger().handlers[:]:
        logging.getLogger().removeHandler(handler)
    os.environ.update(environment)
    serve([])


def _fork() -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        # from 3.12 on Python warns of numpy's threads, which numpy itself stops before a fork
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _end_with(work: Callable[[], None]) -> None:
    """Does the work of a forked process and ends it: nothing of its parent's is run or flushed."""
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)

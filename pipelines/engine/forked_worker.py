"""Worker processes forked from one that has all imported: they start in milliseconds.

Importing Beam and all of ours takes 4 to 6 s of processor time, most of what a run on some thousand
texts costs. Before it has a thread of its own the driver forks a nursery, which warms the tables
that every worker looks things up in and forks a worker whenever the driver asks; what both have
read stands in memory once. A process that has threads (a notebook, a test) must not fork: gRPC's
locks would be held for ever. There workers import all anew (pipelines.engine.runner).
"""

import gc
import json
import logging
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from apache_beam.portability.api import endpoints_pb2
from apache_beam.runners.portability.fn_api_runner.worker_handlers import (
    GrpcWorkerHandler,
    WorkerHandler,
)
from apache_beam.transforms.environments import Environment, python_sdk_capabilities
from google.protobuf import json_format, text_format

from dedupe.text.characters import letters
from pipelines.engine.worker import die_with, serve
from sources.credits.line_classifier import sifted
from sources.outlets.outlets import domain_of
from sources.text.code_points import folds, kinds

URN = "copytrail:env:forked_worker:v1"
_DONE = b"done"
_MOST_BYTES = 1 << 20


def may_fork() -> bool:
    """Whether workers can be forked from this process: once at most, before gRPC is in use."""
    is_first, _Nursery.is_first = _Nursery.is_first, False
    return is_first and sys.platform == "linux" and threading.active_count() == 1


def forking_environment() -> Environment:
    """The environment whose workers a nursery forks, which this call starts; see may_fork."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    driver = os.getpid()
    if (nursery := _fork()) == 0:
        _end_with(partial(_nurse, theirs, driver))
    theirs.close()
    _Nursery.line, _Nursery.pid = ours, nursery
    return _ForkingEnvironment(capabilities=python_sdk_capabilities(), artifacts=())


class _Nursery:
    """The nursery of this process's run, and how many of its workers are at work."""

    line: socket.socket | None = None
    """Closing it, or ending, ends the nursery."""
    is_first: bool = True
    pid: int = 0
    workers: int = 0

    @classmethod
    def end(cls) -> None:
        """Waits for it, so that what its workers used counts as used by this process."""
        if cls.line is not None:
            cls.line.close()
            cls.line = None
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
class _ForkedWorkerHandler(GrpcWorkerHandler):
    def __init__(self, _: bytes, state: Any, provision_info: Any, grpc_server: Any) -> None:
        super().__init__(state, provision_info, grpc_server)

    def start_worker(self) -> None:
        """Has the nursery fork a worker, and waits in a thread for its end."""
        if _Nursery.line is None:
            raise RuntimeError("no nursery was started in this process")
        options = self.provision_info.provision_info.pipeline_options
        told = {
            "WORKER_ID": self.worker_id,
            "PIPELINE_OPTIONS": json_format.MessageToJson(options),
            "CONTROL_API_SERVICE_DESCRIPTOR": _descriptor(self.control_address),
            "LOGGING_API_SERVICE_DESCRIPTOR": text_format.MessageToString(
                self.logging_api_service_descriptor()
            ),
        }
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(_Nursery.line, [json.dumps(told).encode()], [theirs.fileno()])
        _Nursery.workers += 1
        self._waiting = threading.Thread(name="run_worker", target=_wait, args=[ours])
        self._waiting.start()

    def stop_worker(self) -> None:
        """Beam has told the worker to stop: waits until it has."""
        self._waiting.join()
        _Nursery.workers -= 1
        if not _Nursery.workers:
            _Nursery.end()


def _descriptor(address: str) -> str:
    return str(text_format.MessageToString(endpoints_pb2.ApiServiceDescriptor(url=address)))


def _wait(worker: socket.socket) -> None:
    with worker:
        if worker.recv(len(_DONE)) != _DONE:
            raise RuntimeError("a worker process ended before its work was done")


def warm() -> None:
    """Makes what every process of a run would make for itself; those forked later share it."""
    letters(), kinds(), folds(), domain_of("example.com"), sifted(["A line."], 1)
    import numpy.ma  # noqa: F401 numpy imports it when it first looks for distinct values

    gc.collect()
    gc.freeze()  # so that no collection copies the pages that they share


def _nurse(requests: socket.socket, driver: int) -> None:
    """Forks a worker for each request until the driver is gone."""
    _close_all_but(requests.fileno())
    die_with(driver)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm()
    me, workers = os.getpid(), []
    while True:
        content, descriptors, _, _ = socket.recv_fds(requests, _MOST_BYTES, 1)
        if not content:
            break
        if (worker := _fork()) == 0:
            _end_with(partial(_work, json.loads(content), requests, descriptors[0], me))
        os.close(descriptors[0])
        workers.append(worker)
    for worker in workers:
        os.waitpid(worker, 0)


def _work(told: Mapping[str, str], requests: socket.socket, line: int, parent: int) -> None:
    requests.close()
    die_with(parent)
    for handler in logging.getLogger().handlers[:]:
        logging.getLogger().removeHandler(handler)
    os.environ.update(told)
    serve([])
    os.write(line, _DONE)


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


def _close_all_but(kept: int) -> None:
    """Closes what the driver had open: a run's lock is held by whoever has its file open."""
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))

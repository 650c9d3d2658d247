"""Worker processes whose end is seen: one that is lost ends the run, whatever it did and when.

Beam's own handlers wait for an answer to each instruction. From a process that died before it was
connected none comes, and the run would wait for ever with its lock held.
"""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, ClassVar

from apache_beam.portability.api import endpoints_pb2
from apache_beam.runners.portability.fn_api_runner.worker_handlers import (
    GrpcWorkerHandler,
    WorkerHandler,
)
from apache_beam.transforms.environments import Environment, python_sdk_capabilities
from google.protobuf import json_format, text_format

LOST = "a worker process ended before its work was done"
URN = "copytrail:env:spawned_worker:v1"
_AGAIN_S = 0.2
"""Seconds after which instructions that were given since are failed as well."""


class WorkerLostError(RuntimeError):
    """A worker process ended before its work was done: killed, or out of memory."""


class WatchedWorkerHandler(GrpcWorkerHandler):
    """Beam's handle of a worker process; a subclass says how one is started and ended."""

    _at_work: ClassVar[set["WatchedWorkerHandler"]] = set()

    def __init__(self, _: bytes, state: Any, provision_info: Any, grpc_server: Any) -> None:
        super().__init__(state, provision_info, grpc_server)
        self._is_closing, self._is_lost = threading.Event(), False

    def begin(self, environment: dict[str, str]) -> Callable[[], None]:
        """Starts a process that serves as the environment says; returns what waits for its end."""
        raise NotImplementedError

    def kill(self) -> None:
        """Ends the process at once."""
        raise NotImplementedError

    def start_worker(self) -> None:
        """Starts the process, and a thread that waits for its end."""
        options = self.provision_info.provision_info.pipeline_options
        control = endpoints_pb2.ApiServiceDescriptor(url=self.control_address)
        logs = self.logging_api_service_descriptor()
        wait = self.begin(
            {
                "WORKER_ID": self.worker_id,
                "PIPELINE_OPTIONS": json_format.MessageToJson(options),
                "CONTROL_API_SERVICE_DESCRIPTOR": str(text_format.MessageToString(control)),
                "LOGGING_API_SERVICE_DESCRIPTOR": str(text_format.MessageToString(logs)),
            }
        )
        self._at_work.add(self)
        self._watch = threading.Thread(name="watch_worker", target=self._watched, args=[wait])
        self._watch.daemon = True
        self._watch.start()

    def close(self) -> None:
        """Tells the worker to stop, unless it is lost: Beam would wait for its connections."""
        self._is_closing.set()
        if not self._is_lost:
            super().close()
        self._at_work.discard(self)

    def stop_worker(self) -> None:
        """Beam has told the worker to stop: waits until it has."""
        self._watch.join()

    def _watched(self, wait: Callable[[], None]) -> None:
        wait()
        if not self._is_closing.is_set():
            self._lose_all()

    def _lose_all(self) -> None:
        """Fails what Beam waits for, of every worker: the others' work is in vain."""
        lost = tuple(self._at_work)
        for worker in lost:
            worker._is_lost = True
            worker.kill()
            # in a thread: it waits until what is to be sent has room, which it may never have
            threading.Thread(target=worker.data_conn.close, daemon=True).start()
        while not self._is_closing.is_set():
            for worker in lost:
                with contextlib.suppress(RuntimeError):  # an instruction was added meanwhile
                    worker.control_conn.abort(WorkerLostError(LOST))
            self._is_closing.wait(_AGAIN_S)


@Environment.register_urn(URN, bytes)
class SpawnedWorkers(Environment):
    """Workers in processes that import everything anew."""

    def __init__(self, capabilities: Any = None, artifacts: Any = (), hints: Any = None) -> None:
        super().__init__(capabilities or python_sdk_capabilities(), artifacts, hints)

    def to_runner_api_parameter(self, context: object) -> tuple[str, bytes]:
        """Called by Beam."""
        return URN, b""

    @staticmethod
    def from_runner_api_parameter(
        payload: bytes, capabilities: Any, artifacts: Any, resource_hints: Any, context: object
    ) -> "SpawnedWorkers":
        """Called by Beam."""
        return SpawnedWorkers(capabilities, artifacts, resource_hints)


@WorkerHandler.register_environment(URN, bytes)
class SpawnedWorkerHandler(WatchedWorkerHandler):
    """A worker in a process that imports everything anew (pipelines.engine.worker)."""

    def begin(self, environment: dict[str, str]) -> Callable[[], None]:
        """Starts `python -m pipelines.engine.worker`."""
        command = [sys.executable, "-P", "-m", "pipelines.engine.worker", str(os.getpid())]
        self._process = subprocess.Popen(command, env=os.environ | environment)
        return lambda: (self._process.wait(), None)[1]

    def kill(self) -> None:
        """Ends the process at once."""
        self._process.kill()

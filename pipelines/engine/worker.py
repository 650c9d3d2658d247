"""A worker process of the embedded engine: Beam's own, quiet, and gone when its driver is gone."""

import ctypes
import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from typing import TextIO, cast

from pipelines.engine.allocator import give_back

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(driver_pid: int) -> None:
    """Serves the driver until it says stop.

    Ctrl-C reaches the whole process group: the driver decides what to do with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with(driver_pid)
    serve(sys.argv)


def die_with(parent_pid: int) -> None:
    """Asks the kernel (Linux) to end this process with its parent.

    A parent that was killed leaves nobody to say stop.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent_pid:  # it was killed before the kernel could be asked
            os._exit(1)


def serve(arguments: Sequence[str]) -> None:
    """Serves the driver that the environment names until it says stop."""
    collect_rarely()
    give_back()
    sys.stderr = cast(TextIO, LateWords(sys.stderr))
    # the driver gets every record over the wire; here it would be printed a second time
    handler = logging.StreamHandler()
    handler.setLevel(logging.CRITICAL)
    logging.basicConfig(handlers=[handler])
    # only now: the import takes seconds, in which a signal may come, and it warns
    from apache_beam.runners.worker import sdk_worker_main

    sdk_worker_main.main(arguments)


def collect_rarely() -> None:
    """Texts become many small records that live long: to look for cycles at each 700th is vain."""
    gc.set_threshold(50_000, 20, 50)


class LateWords:
    """A stream whose first words wait: a driver that is killed closes its sockets, of which Beam's
    threads complain, shortly before the kernel ends its workers.
    """

    def __init__(self, stream: TextIO, wait_s: float = 0.5) -> None:
        self._stream, self._wait_s, self._lock = stream, wait_s, threading.Lock()

    def write(self, text: str) -> int:
        """Writes the text, the first one late; other threads wait with it."""
        with self._lock:
            time.sleep(self._wait_s)
            self._wait_s = 0.0
        return self._stream.write(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


if __name__ == "__main__":
    main(int(sys.argv[1]))

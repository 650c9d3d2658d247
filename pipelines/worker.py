"""A worker process of the embedded engine: Beam's own, quiet, and gone when its driver is gone."""

import ctypes
import logging
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(driver_pid: int) -> None:
    """Serves the driver until it says stop.

    Ctrl-C reaches the whole process group: the driver decides what to do with it. A driver that was
    killed leaves nobody to say stop, so the kernel is asked to (Linux).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != driver_pid:  # it was killed before the kernel could be asked
            return
    # the driver gets every record over the wire; here it would be printed a second time
    handler = logging.StreamHandler()
    handler.setLevel(logging.CRITICAL)
    logging.basicConfig(handlers=[handler])
    # only now: the import takes seconds, in which a signal may come, and it warns
    from apache_beam.runners.worker import sdk_worker_main

    sdk_worker_main.main(sys.argv)


if __name__ == "__main__":
    main(int(sys.argv[1]))

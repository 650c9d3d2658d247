"""The process that reads pages for sources.isolation: pages come in, articles go out, in order.

The kernel keeps the time: a timer without handler ends the process even inside a C library or a
regular expression, and even when nobody is left who could kill it. It counts the process's own CPU
time, so that a page's fate does not hang on what else the machine does; a wall clock, much later,
ends what waits and does nothing.
"""

import pickle
import resource
import signal
import struct
import sys
from typing import Any, BinaryIO

from sources.extract import extract_article
from sources.limits import Limits

HEADER = struct.Struct("<Q")
WALL_FACTOR = 12
"""Wall-clock time for a page over its CPU time: a machine may be as busy as that."""


def write_message(stream: BinaryIO, message: Any) -> None:
    """Sends one object: eight bytes of length, then its pickle."""
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(HEADER.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_message(stream: BinaryIO) -> Any:
    """The next object; None at the end, and where the writer ended in the middle of one.

    Both ends of the pipe are our own processes, so that unpickling is safe.
    """
    header = stream.read(HEADER.size)
    size = HEADER.unpack(header)[0] if len(header) == HEADER.size else 0
    content = stream.read(size)
    return pickle.loads(content) if size and len(content) == size else None


def main() -> None:
    """Serves pages until the input ends: first the limits, then page after page."""
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not get between the messages
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody listens any more: end without a word
    limits: Limits | None = read_message(incoming)
    if limits is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.max_memory_bytes, limits.max_memory_bytes))
    while (page := read_message(incoming)) is not None:
        signal.setitimer(signal.ITIMER_PROF, limits.timeout_s)
        signal.setitimer(signal.ITIMER_REAL, WALL_FACTOR * limits.timeout_s)
        result = extract_article(page, limits)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_message(outgoing, result)


if __name__ == "__main__":
    main()

"""CPU time of a piece of work, for tests that bound it; the clock's would be the machine's load."""

import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def within(limit_s: float, work: Callable[[], Result]) -> Result:
    """Returns what the work gives.

    Once the time was that of a collection of the test process's own memory, and a busy neighbour on
    the same core doubles it: what hangs hangs again.

    Raises:
        AssertionError: it took so many seconds of CPU time three times.
    """
    for _ in range(3):
        start = time.process_time()
        result = work()
        spent_s = time.process_time() - start
        if spent_s < limit_s:
            return result
    raise AssertionError(f"{spent_s:.1f} s of CPU time, and {limit_s} are too many")

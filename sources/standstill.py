"""Whether a process waits for something that is not the processor, as the kernel tells (Linux)."""

from pathlib import Path

_STATE, _USER_TICKS, _SYSTEM_TICKS = 0, 11, 12
"""Fields of /proc/PID/stat behind the name (proc(5))."""


def sleeping_at(pid: int) -> int | None:
    """The CPU time, in ticks, at which the process sleeps; None where it does not.

    One that wants the processor and does not get it, is stopped, or waits for a disk does not
    sleep. None also where the kernel does not tell.
    """
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return None
    is_asleep = told[_STATE] == "S"
    return int(told[_USER_TICKS]) + int(told[_SYSTEM_TICKS]) if is_asleep else None

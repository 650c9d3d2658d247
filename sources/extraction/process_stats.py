"""How much memory a page's reading took at most, as the kernel tells (Linux).

Where memory runs out inside a C library, its error names anything but that: lxml's "unknown error",
lexbor's "Error 2", or a page without markup.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

_STATE, _USER_TICKS, _SYSTEM_TICKS = 0, 11, 12
"""Fields of /proc/PID/stat behind the name (proc(5))."""


_OWN = Path("/proc/self")
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_FORGET_PEAK = "5"
"""For /proc/PID/clear_refs (proc(5)): the peak of resident memory is what there is now."""


def forget_peak() -> None:
    """Lets `peak_bytes` tell of what comes from here on."""
    with suppress(OSError):
        _OWN.joinpath("clear_refs").write_text(_FORGET_PEAK)


def peak_bytes() -> int:
    """The most resident memory of this process since `forget_peak`; 0 where nobody knows."""
    written = _PEAK.search(_read("status"))
    return 1024 * int(written[1]) if written else 0


def mapped_bytes() -> int:
    """The address space of this process, which is what a limit on it counts; 0 where unknown."""
    fields = _read("statm").split()
    return int(fields[0]) * os.sysconf("SC_PAGE_SIZE") if fields else 0


def _read(name: str) -> str:
    with suppress(OSError):
        return _OWN.joinpath(name).read_text("ascii")
    return ""


def sleeping_at(pid: int) -> int | None:
    """The CPU time, in ticks, at which the process sleeps; None where it does not.

    One that wants the processor and does not get it, is stopped, or waits for a disk does not
    sleep. None also where the kernel does not tell.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return None
    is_asleep = fields[_STATE] == "S"
    return int(fields[_USER_TICKS]) + int(fields[_SYSTEM_TICKS]) if is_asleep else None

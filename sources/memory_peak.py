"""How much memory a page's reading took at most, as the kernel tells (Linux).

Where memory runs out inside a C library, its error names anything but that: lxml's "unknown error",
lexbor's "Error 2", or a page without markup.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

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
    told = _PEAK.search(_read("status"))
    return 1024 * int(told[1]) if told else 0


def mapped_bytes() -> int:
    """The address space of this process, which is what a limit on it counts; 0 where unknown."""
    told = _read("statm").split()
    return int(told[0]) * os.sysconf("SC_PAGE_SIZE") if told else 0


def _read(name: str) -> str:
    with suppress(OSError):
        return _OWN.joinpath(name).read_text("ascii")
    return ""

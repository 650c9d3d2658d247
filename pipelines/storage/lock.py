"""One run at a time for each output folder, and no lock that outlives its run.

On one machine the kernel's lock on the folder decides: it ends with its holder, however that ends.
`.lock` is for people, and for machines that share the folder, whose kernels know nothing of each
other: its holder touches it once a minute, and what was not touched for long is taken over.
"""

import errno
import fcntl
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pipelines.errors import LockedError, UsageError
from pipelines.storage import filesystem

TOUCH_EVERY_S = 60.0
STALE_S = 1_800.0
"""A lock of another machine that was not touched for so long: thirty touches were missed."""
_TRIES, _TRY_EVERY_S = 5, 0.1
"""Somebody who asks for the status has the kernel's lock for a moment."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@contextmanager
def locked(folder: str) -> Iterator[str | None]:
    """Holds the lock of `folder`; gives a note where what a dead run left was taken over.

    Raises:
        LockedError: another run holds it.
        UsageError: the folder cannot be written.
    """
    if not filesystem.is_local(
        folder
    ):  # object stores have no exclusive create; see docs/operations
        yield None
        return
    with _kernel_lock(folder):
        path = Path(folder) / ".lock"
        note = _take(path)
        try:
            with _touched(path):
                yield note
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def _touched(path: Path) -> Iterator[None]:
    """Keeps the time of the file new, by which other machines see that its holder lives.

    By a timer's signal and not in a thread: a process that has one forks no workers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def touch(*_: object) -> None:
        with suppress(OSError):
            os.utime(path)

    before = signal.signal(signal.SIGALRM, touch)
    signal.setitimer(signal.ITIMER_REAL, TOUCH_EVERY_S, TOUCH_EVERY_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _kernel_lock(folder: str) -> Iterator[None]:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise UsageError(f"--output {folder} cannot be read: {error}") from error
    try:
        _flock(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _flock(descriptor: int, folder: str) -> None:
    for left in range(_TRIES, -1, -1):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if left:
                time.sleep(_TRY_EVERY_S)
                continue
        held = holder_of(folder)
        who = f" ({held})" if held else ""
        message = f"another run on this machine works on {folder}{who}; wait for it"
        raise LockedError(message)


def _take(path: Path) -> str | None:
    """Links a finished file into place: a lock is never seen without its holder's name."""
    own = path.with_name(f".lock-{os.getpid()}")
    holder = {"host": socket.gethostname(), "pid": os.getpid(), "since_s": int(time.time())}
    try:
        own.write_text(json.dumps(holder | {"boot": _boot()}))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise  # a full disk is no wrong usage
        raise UsageError(f"--output {path.parent} cannot be written: {error}") from error
    note = None
    try:
        for _ in range(3):
            try:
                os.link(own, path)
                return note
            except FileExistsError:
                note = _clear_stale(path, own)
        raise LockedError(f"{path} is held by another run that started just now; try again")
    finally:
        own.unlink()


def _clear_stale(path: Path, own: Path) -> str:
    """Removes the lock of a run that is gone; says so.

    Who stands in it with this host, or this boot of a kernel (a container's name is a new one at
    each start), is gone: the kernel's lock is ours. So is who left nothing that can be read. The
    time of another machine's is compared with that of a file made just now on the same disk.

    Raises:
        LockedError: it is another machine's, and was touched a short while ago.
    """
    holder = _holder(path)
    host, pid = holder.get("host"), holder.get("pid")
    is_ours = not holder or _is_of_this_machine(holder)
    try:
        age_s = own.stat().st_mtime - path.stat().st_mtime
    except FileNotFoundError:
        return "another run ended just now"
    if not is_ours and age_s < STALE_S:
        raise LockedError(
            f"another run (pid {pid} on {host}) works on {path.parent}; wait for it, or delete "
            f"{path} if that machine is gone"
        )
    path.unlink(missing_ok=True)
    return f"took over the lock of pid {pid} on {host}, which is gone"


def _is_of_this_machine(holder: dict[str, Any]) -> bool:
    boot = _boot()
    return holder.get("host") == socket.gethostname() or bool(boot and holder.get("boot") == boot)


def _boot() -> str:
    """What names this boot of this machine's kernel, in all its containers; "" where unknown."""
    with suppress(OSError):
        return _BOOT.read_text().strip()
    return ""


def _holder(path: Path) -> dict[str, Any]:
    """What the lock says; nothing where that cannot be read."""
    try:
        holder = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return holder if isinstance(holder, dict) else {}


def held_since_s(folder: str) -> float | None:
    """Since when a live run works on the folder, in seconds since 1970; None where none does."""
    path = Path(folder) / ".lock"
    holder = _holder(path)
    if not holder or not _may_live(folder, holder):
        return None
    since = holder.get("since_s")
    with suppress(OSError):
        return float(since) if isinstance(since, int | float) else path.stat().st_mtime
    return None


def holder_of(folder: str) -> str | None:
    """Who works on the folder and for how long, as a sentence; None where nobody does."""
    holder = _holder(Path(folder) / ".lock")
    pid, host = holder.get("pid"), holder.get("host")
    if pid is None or host is None:
        return None
    if not _may_live(folder, holder):
        return f"pid {pid} on {host}, which is gone; the next start takes over"
    since = held_since_s(folder)
    return f"pid {pid} on {host}" + (f", for {_spell(time.time() - since)}" if since else "")


def _may_live(folder: str, holder: dict[str, Any]) -> bool:
    """Whether the holder of a lock may live; of this machine the kernel's lock tells."""
    if not _is_of_this_machine(holder):
        return True
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)  # and with it the lock, if we had it for this moment
    return False


def _spell(seconds: float) -> str:
    """A time as people say it.

    >>> _spell(59), _spell(3_700), _spell(200_000)
    ('59 s', '1 h 1 min', '55 h 33 min')
    """
    whole = max(0, int(seconds))
    if whole < 120:
        return f"{whole} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min" if whole >= 3600 else f"{whole // 60} min"

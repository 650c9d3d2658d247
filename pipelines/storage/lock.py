"""One run at a time for each output folder."""

import errno
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import LockedError, UsageError
from pipelines.storage import filesystem


@contextmanager
def locked(folder: str) -> Iterator[str | None]:
    """Holds the lock of `folder`; gives a warning where a dead run's lock was taken over.

    The kernel's lock on the folder decides between starts on one machine: it ends with its holder,
    so that no two starts can take over the same stale lock. The name in `.lock` is for people, and
    for machines that share the folder: their kernels know nothing of each other.

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
        warning = _take(path)
        try:
            yield warning
        finally:
            path.unlink(missing_ok=True)


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
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LockedError(f"another run on this machine works on {folder}; wait for it") from None


def _take(path: Path) -> str | None:
    """Links a finished file into place: a lock is never seen without its holder's name."""
    own = path.with_name(f".lock-{os.getpid()}")
    try:
        own.write_text(json.dumps({"host": socket.gethostname(), "pid": os.getpid()}))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise  # a full disk is no wrong usage
        raise UsageError(f"--output {path.parent} cannot be written: {error}") from error
    warning = None
    try:
        for _ in range(3):
            try:
                os.link(own, path)
                return warning
            except FileExistsError:
                warning = _clear_stale(path)
        raise LockedError(f"{path} is held by another run that started just now; try again")
    finally:
        own.unlink()


def _clear_stale(path: Path) -> str:
    try:
        holder = json.loads(path.read_text())
    except (OSError, ValueError):
        holder = {}
    host, pid = holder.get("host"), holder.get("pid")
    if host != socket.gethostname() or _is_held(pid):
        raise LockedError(
            f"another run (pid {pid} on {host}) works on {path.parent}; wait for it, or delete "
            f"{path} if that machine is gone"
        )
    path.unlink(missing_ok=True)
    return f"took over the lock of pid {pid}, which is gone"


def holder_of(folder: str) -> str | None:
    """Who works on the folder, as a sentence; None where nobody does."""
    try:
        holder = json.loads((Path(folder) / ".lock").read_text())
        pid, host = holder["pid"], holder["host"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if host == socket.gethostname() and not (pid == os.getpid() or _is_held(pid)):
        return f"pid {pid} on {host}, which is gone; the next start takes over"
    return f"pid {pid} on {host}"


def _is_held(pid: object) -> bool:
    # a container starts again under the same name and pid: this process has no older lock
    if not isinstance(pid, int) or pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

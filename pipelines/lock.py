"""One run at a time for each output folder."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines import storage
from pipelines.errors import LockedError


@contextmanager
def locked(folder: str) -> Iterator[str | None]:
    """Holds the lock of `folder`; gives a warning where a dead run's lock was taken over.

    Raises:
        LockedError: another run holds it.
    """
    if not storage.is_local(folder):  # object stores have no exclusive create; see docs/operations
        yield None
        return
    path = Path(folder) / ".lock"
    warning = _take(path)
    try:
        yield warning
    finally:
        path.unlink(missing_ok=True)


def _take(path: Path) -> str | None:
    """Links a finished file into place: a lock is never seen without its holder's name."""
    own = path.with_name(f".lock-{os.getpid()}")
    own.write_text(json.dumps({"host": socket.gethostname(), "pid": os.getpid()}))
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
    if host != socket.gethostname() or (isinstance(pid, int) and _is_alive(pid)):
        raise LockedError(
            f"another run (pid {pid} on {host}) works on {path.parent}; wait for it, or delete "
            f"{path} if that machine is gone"
        )
    path.unlink(missing_ok=True)
    return f"took over the lock of pid {pid}, which is gone"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

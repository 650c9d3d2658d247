"""copytrail, of whose workers one is killed as it comes to a named place.

    python tests/runs/operation/lost_worker.py PLACE MARK run ...

PLACE is the name of a DoFn, `start` (before the worker is connected), or `spawned` (the same where
workers cannot be forked); MARK a file that is made by the worker that is killed, the first to come.
"""

import contextlib
import functools
import importlib
import os
import pkgutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines import stages as rooms
from pipelines.engine import forked_worker, watched_worker, worker


def stages() -> dict[str, Any]:
    """Every DoFn of ours by its name."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(rooms.__path__, f"{rooms.__name__}.")
    ]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type) and "DoFn" in {base.__name__ for base in value.__mro__[1:]}
    }


def dying(work: Callable[..., Any], mark: Path) -> Callable[..., Any]:
    """The function; in the process that calls it first it is never done."""

    @functools.wraps(work)
    def ended(*args: Any, **named: Any) -> Any:
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            return work(*args, **named)
        return os.kill(os.getpid(), signal.SIGKILL)

    return ended


def killed_as_it_begins(begin: Callable[..., Any], mark: Path) -> Callable[..., Any]:
    """The method that starts a worker; the first process that it starts is killed at once."""

    @functools.wraps(begin)
    def begun(handler: Any, environment: dict[str, str]) -> Any:
        wait = begin(handler, environment)
        with contextlib.suppress(FileExistsError):
            mark.touch(exist_ok=False)
            handler.kill()
        return wait

    return begun


def main(place: str, mark: Path) -> None:
    if place == "spawned":  # a thread is what forbids to fork
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        handler = watched_worker.SpawnedWorkerHandler
        setattr(handler, "begin", killed_as_it_begins(handler.begin, mark))  # noqa: B010
    elif place == "start":
        setattr(forked_worker, "serve", dying(worker.serve, mark))  # noqa: B010
    else:
        stage = stages()[place]
        setattr(stage, "process", dying(stage.process, mark))  # noqa: B010


if __name__ == "__main__":
    from pipelines.commands.app import main as copytrail

    main(sys.argv[1], Path(sys.argv[2]))
    del sys.argv[1:3]
    copytrail()

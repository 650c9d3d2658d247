"""How a command ends: its exit code, and one line on standard error where it failed."""

import contextlib
import logging
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from rich.console import Console

from pipelines import log
from pipelines.errors import FAILED, LOCKED, USAGE, LockedError, UsageError


class UnreadError(Exception):
    """Who reads standard output has closed it, as `head` does: they have what they wanted."""


class Printer(Console):
    """A console that ends the command quietly where nobody reads on; rich's would end it with 1."""

    def on_broken_pipe(self) -> NoReturn:
        """Called by rich."""
        raise UnreadError


shown = Console(stderr=True, highlight=False)
printed = Printer(highlight=False)


class Stopped(BaseException):
    """Ctrl-C or SIGTERM. No KeyboardInterrupt, of which typer makes an exit without a word."""


_LOST = ("Channel closed prematurely.", "a worker process ended before its work was done")
"""What Beam and ours (engine/watched_worker.py) say where a worker process was killed."""
_signals: list[int] = []
"""Those that stopped this process: Beam makes a RuntimeError of what is raised inside a stage."""


def leave(code: int) -> NoReturn:
    """Ends the process at once, with all that was written flushed.

    Beam and grpc leave daemon threads behind. Python stops them while it finishes, and one that is
    inside C++ then takes the process down: `terminate called without an active exception`, exit
    code 134 after a run that was published (seen in a CI run).
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # a reader that closed the pipe
            stream.flush()
    os._exit(code)


def stop(number: int, _: object) -> NoReturn:
    """Handles a signal that asks the process to end."""
    _signals.append(number)
    logging.disable()  # Beam would log the place that it was stopped at as an error
    raise Stopped


def guarded(command: Callable[[], object]) -> int:
    """The exit code of a command that may fail in the ways we know."""
    try:
        code = command()
        return code if isinstance(code, int) else 0
    except UsageError as error:
        return failed(str(error), USAGE)
    except LockedError as error:
        return failed(str(error), LOCKED)
    except UnreadError:
        return 0
    except Stopped:
        return _stopped()
    except Exception as error:  # noqa: BLE001 - whatever it is becomes one line
        if _signals:
            return _stopped()
        if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help
            shown.print(str(getattr(error, "message", error)), markup=False)
            return USAGE
        if type(error).__module__.startswith(("click", "typer")):
            return failed(_usage(error), USAGE)
        return failed(_cause(error), FAILED)


def _cause(error: Exception) -> str:
    """The error in one line; Beam makes a RuntimeError of a stage's, its traceback first."""
    lines = str(error).strip().splitlines() or [""]
    if lines[-1] in _LOST:
        return (
            f"a worker process ended ({lines[-1]}); start it again: splits under way are read apart"
        )
    is_beams = isinstance(error, RuntimeError) and "[while running " in lines[-1]
    return lines[-1] if is_beams else f"{type(error).__name__}: {lines[-1]}"


def _stopped() -> int:
    message = "stopped; nothing was published, the next start goes on from here"
    return failed(message, 128 + _signals[-1])


def _usage(error: Exception) -> str:
    message_of = getattr(error, "format_message", None)
    return f"{message_of() if message_of else error}; see `copytrail --help`"


def failed(message: str, code: int) -> int:
    """Says in one line what failed; gives the code back."""
    if log.is_json():
        log.failure(message, code)
        return code
    logging.getLogger("copytrail").debug("traceback", exc_info=True)
    shown.print(f"copytrail: {log.plain_text(message)}", markup=False, soft_wrap=True)
    return code

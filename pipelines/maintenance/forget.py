"""Takes days out of the history of an output folder."""

from pipelines.errors import UsageError
from pipelines.history.history import History
from pipelines.output.publish import Output
from pipelines.storage import filesystem
from pipelines.storage.lock import locked
from pipelines.window import window_of


def forget_days(output: str, window: str) -> str:
    """Forgets the days of the window; says which.

    Raises:
        UsageError: the window names none, or the folder holds no runs.
        LockedError: a run works on the folder.
    """
    days = window_of(window)
    history = History(Output(output))
    if not filesystem.exists(history.output.runs):
        raise UsageError(f"{output} holds no runs; name the folder given to run as --output")
    with locked(output):
        history.recover()
        forgotten = history.forget(days)
    if not forgotten:
        return f"the history holds no day of {days.name}"
    days_named = ", ".join(day.isoformat() for day in forgotten)
    return f"forgot {days_named}; runs that were published stay as they are"

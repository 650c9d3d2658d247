"""How a run says how far it is: bars for people at a terminal, lines of a log for machines."""

import time
from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from pipelines import log
from pipelines.exchange.progress import STAGES, Display, Standing

LINES_EVERY_S = 10.0
"""Between two lines of a stage: some hundred lines for a run of an hour."""


class Bars:
    """A bar for each stage, with pages a second and the time left."""

    def __init__(self, console: Console | None = None) -> None:
        """Draws on standard error unless told otherwise."""
        self._progress = Progress(
            TextColumn("{task.description:>8}"),
            BarColumn(bar_width=30),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[figures]}"),
            console=console or Console(stderr=True),
        )
        self._tasks: dict[str, TaskID] = {
            stage: self._progress.add_task(stage, total=1.0, figures="") for stage in STAGES
        }
        self._progress.start()

    def show(self, standings: Sequence[Standing]) -> None:
        """Draws how far all stages are."""
        for standing in standings:
            self._progress.update(
                self._tasks[standing.stage], completed=standing.done, figures=figures_of(standing)
            )

    def close(self, is_whole: bool) -> None:
        """Leaves the bars as they are, or full."""
        for task in self._tasks.values() if is_whole else ():
            self._progress.update(task, completed=1.0)
        self._progress.stop()


class Lines:
    """An event `progress` for each stage that moved, every ten seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Tells the time by `clock`, seconds."""
        self._clock = clock
        self._told_at = clock()
        self._told: dict[str, tuple[float, int]] = {}

    def show(self, standings: Sequence[Standing]) -> None:
        """Logs what moved since the last time."""
        if self._clock() - self._told_at < LINES_EVERY_S:
            return
        self._told_at = self._clock()
        for standing in standings:
            if standing.pages and self._told.get(standing.stage) != (standing.done, standing.pages):
                self._told[standing.stage] = standing.done, standing.pages
                log.event("progress", _fields(standing))

    def close(self, is_whole: bool) -> None:
        """Says nothing: the run's own event follows."""


def figures_of(standing: Standing) -> str:
    """What stands behind a bar.

    >>> figures_of(Standing("extract", 0.25, 600, 3, 60.0))
    '600 pages, 10/s, 3 rejected, 3:00 left'
    """
    if not standing.pages:
        return ""
    parts = [f"{standing.pages} pages", f"{standing.per_s():.0f}/s"]
    parts += [f"{standing.rejected} rejected"] if standing.rejected else []
    left = standing.left_s()
    minutes, seconds = divmod(round(left or 0), 60)
    return ", ".join([*parts, *([f"{minutes}:{seconds:02d} left"] if left is not None else [])])


def _fields(standing: Standing) -> dict[str, object]:
    left = standing.left_s()
    return {
        "stage": standing.stage,
        "done": round(standing.done, 3),
        "pages": standing.pages,
        "rejected": standing.rejected,
        "pages_per_s": round(standing.per_s(), 1),
        "left_s": None if left is None else round(left),
    }


DISPLAYS: Mapping[str, Callable[[], Display]] = {"bars": Bars, "lines": Lines}

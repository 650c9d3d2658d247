"""How far a run is: workers leave empty files whose names carry counts, the driver lists them.

Beam gives metrics only at the end, and workers may be on other machines, so the work folder is the
channel; a listing costs the same for a bucket as for a disk. Names hold digits and hashes only.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines import storage

STAGES = ("extract", "clean", "match", "tables")
EVERY_S = 0.5
"""Between two words of one shard: each is a file."""


@dataclass(frozen=True, slots=True)
class Count:
    """How far one shard of one stage is."""

    pages: int
    rejected: int
    is_done: bool


def tell(folder: str, stage: str, shard: str, count: Count) -> None:
    """Leaves word of a shard; a later count replaces an earlier one when they are read."""
    done = "done" if count.is_done else "part"
    name = f"{stage}~{shard}~{count.pages}~{count.rejected}~{done}"
    storage.write_bytes(storage.join(folder, name), b"")


def read_counts(folder: str) -> dict[tuple[str, str], Count]:
    """The furthest count of each stage and shard."""
    counts: dict[tuple[str, str], Count] = {}
    for path in storage.list_files(folder, "*~*~*~*~*"):
        name = path.rsplit("/", 1)[-1]
        if name.endswith(".tmp"):
            continue
        stage, shard, pages, rejected, done = name.split("~")
        count = Count(int(pages), int(rejected), done == "done")
        if (stage, shard) not in counts or counts[stage, shard].pages <= count.pages:
            counts[stage, shard] = count
    return counts


class Watcher:
    """Draws the progress of a run while its body is executed."""

    def __init__(
        self, folder: str, sizes: Mapping[str, Mapping[str, int]], progress: Progress
    ) -> None:
        """Watches `folder`; `sizes` holds for each stage how much each of its shards stands for."""
        self._folder = folder
        self._sizes = sizes
        self._progress = progress
        self._is_whole = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Watcher":
        self._progress.start()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._is_whole = kind is None
        self._stop.set()
        self._thread.join()
        self._progress.stop()

    def _watch(self) -> None:
        tasks = {stage: self._progress.add_task(stage, total=1.0, told="") for stage in STAGES}
        started = time.monotonic()
        while not self._stop.wait(0.5):
            counts = read_counts(self._folder)
            for stage in STAGES:
                own = {shard: count for (at, shard), count in counts.items() if at == stage}
                told = self._told(own, time.monotonic() - started) if stage == "extract" else ""
                done = share_done(own, self._sizes[stage])
                self._progress.update(tasks[stage], completed=done, told=told)
        for task in tasks.values():
            if self._is_whole:
                self._progress.update(task, completed=1.0)

    def _told(self, counts: Mapping[str, Count], elapsed_s: float) -> str:
        pages = sum(count.pages for count in counts.values())
        rejected = sum(count.rejected for count in counts.values())
        told = f"{pages} pages, {pages / elapsed_s:.0f}/s, {rejected} rejected"
        done = share_done(counts, self._sizes["extract"])
        return told + (f", {time_left(elapsed_s, done)} left" if 0.02 < done < 1 else "")


def share_done(counts: Mapping[str, Count], sizes: Mapping[str, int]) -> float:
    """The share of all shards, by size, that is finished; 0 to 1."""
    done = sum(sizes.get(shard, 0) for shard, count in counts.items() if count.is_done)
    return min(1.0, done / max(1, sum(sizes.values())))


def time_left(elapsed_s: float, done: float) -> str:
    """How long the rest takes at the speed so far.

    >>> time_left(60, 0.25)
    '3:00'
    """
    left = round(elapsed_s * (1 - done) / done)
    return f"{left // 60}:{left % 60:02d}"


def bars() -> Progress:
    """The bars of a run: stage, bar, time, and what the stage says of itself."""
    return Progress(
        TextColumn("{task.description:>8}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[told]}"),
        transient=False,
    )

"""How far a run is: workers leave files of a byte whose names carry counts, the driver lists them.

Beam gives metrics only at the end, and workers may be on other machines, so the work folder is the
channel; a listing costs the same for a bucket as for a disk. Names hold digits and hashes only.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from pipelines.storage import filesystem

STAGES = ("extract", "clean", "match", "tables")
FINISHED = 1_000
"""What the name of a shard that is done says in thousandths; of one that is not, at most 999."""
EVERY_S = 0.5
"""Between two words of one shard: each is a file."""


@dataclass(frozen=True, slots=True)
class Count:
    """How far one shard of one stage is."""

    pages: int
    rejected: int
    is_done: bool
    share: float = 0.0
    """Of the shard, 0 to 1, as far as that is known before its end."""


def tell(folder: str, stage: str, shard: str, count: Count) -> None:
    """Leaves word of a shard; a later count replaces an earlier one when they are read.

    An object store takes three requests for a file, so there only what is done is told.
    """
    if not count.is_done and not filesystem.is_local(folder):
        return
    share = FINISHED if count.is_done else int(count.share * (FINISHED - 1))
    name = f"{stage}~{shard}~{count.pages}~{count.rejected}~{share:04d}"
    filesystem.write_bytes(filesystem.join(folder, name), b"\n")


PART_SHARDS = 100
"""Shards of a stage that goes part by part: hundredths of its key space."""


def tell_part(folder: str, stage: str, part: int, parts: int, pages: int) -> None:
    """Leaves word that a part is done: the hundredths of the key space that end in it.

    How many parts there are is known only when the texts are counted.
    """
    first, end = (-(-PART_SHARDS * place // parts) for place in (part, part + 1))
    shards = [str(shard) for shard in range(first, end)] or [f"part-{part}"]
    for shard, n in zip(shards, [pages, *[0] * (len(shards) - 1)], strict=True):
        tell(folder, stage, shard, Count(n, 0, is_done=True))


def read_counts(folder: str) -> dict[tuple[str, str], Count]:
    """The furthest count of each stage and shard."""
    counts: dict[tuple[str, str], Count] = {}
    for path in filesystem.list_files(folder, "*~*~*~*~????"):  # no unfinished file
        name = path.rsplit("/", 1)[-1]
        stage, shard, pages, rejected, share = name.split("~")
        count = Count(int(pages), int(rejected), share == str(FINISHED), int(share) / FINISHED)
        if (stage, shard) not in counts or counts[stage, shard].pages <= count.pages:
            counts[stage, shard] = count
    return counts


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one stage is."""

    stage: str
    done: float
    """Share of the stage, 0 to 1."""
    pages: int
    rejected: int
    elapsed_s: float
    """Since its first word."""

    def per_s(self) -> float:
        """Pages a second so far."""
        return self.pages / self.elapsed_s if self.elapsed_s > 0 else 0.0

    def left_s(self) -> float | None:
        """Seconds for the rest at the speed so far; None before there is one, and at the end."""
        is_running = 0.02 < self.done < 1 and self.elapsed_s > 0
        return self.elapsed_s * (1 - self.done) / self.done if is_running else None


class Display(Protocol):
    """Where a run says how far it is."""

    def show(self, standings: Sequence[Standing]) -> None:
        """Called twice a second with all stages, in their order."""

    def close(self, is_whole: bool) -> None:
        """Called once at the end; `is_whole` where nothing failed."""


class Watcher:
    """Shows the progress of a run while its body is executed."""

    def __init__(
        self, folder: str, sizes: Mapping[str, Mapping[str, int]], display: Display
    ) -> None:
        """Watches `folder`; `sizes` holds for each stage how much each of its shards stands for."""
        self._folder = folder
        self._sizes = sizes
        self._display = display
        self._started: dict[str, float] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Watcher":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._display.close(is_whole=kind is None)

    def _watch(self) -> None:
        while not self._stop.wait(EVERY_S):
            counts = read_counts(self._folder)
            self._display.show([self._standing(stage, counts) for stage in STAGES])

    def _standing(self, stage: str, counts: Mapping[tuple[str, str], Count]) -> Standing:
        own = {shard: count for (at, shard), count in counts.items() if at == stage}
        now = time.monotonic()
        started = self._started.setdefault(stage, now) if own else now
        return Standing(
            stage=stage,
            done=share_done(own, self._sizes[stage]),
            pages=sum(count.pages for count in own.values()),
            rejected=sum(count.rejected for count in own.values()),
            elapsed_s=now - started,
        )


def share_done(counts: Mapping[str, Count], sizes: Mapping[str, int]) -> float:
    """The share of all shards, by size, that is done; 0 to 1."""
    done = sum(sizes.get(shard, 0) * count.share for shard, count in counts.items())
    return min(1.0, done / max(1, sum(sizes.values())))

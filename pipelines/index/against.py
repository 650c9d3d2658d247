"""Which runs a question is looked up in: those of an output folder by its index, or one run."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipelines.config.settings import Settings
from pipelines.index.build import index_folder
from pipelines.index.part import IndexedArticle
from pipelines.index.run_index import RunIndex
from pipelines.index.run_scan import RunScan
from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.output.read_run import find_run
from pipelines.storage import filesystem


class Searched(Protocol):
    """A published run that can be searched."""

    run_id: str
    run: str
    settings: Settings
    most: int | None
    """Articles that are compared, where there are more."""

    def candidates(self, text: str) -> Iterator[list[IndexedArticle]]:
        """Yields the articles that may share a passage with a text."""

    def partners(self, articles: Sequence[IndexedArticle], most: int) -> list[IndexedArticle]:
        """Other articles that the run found to share text with one of these."""

    def named(self, column: str, value: str) -> list[IndexedArticle]:
        """The articles whose article_id or canonical_url is this value."""

    def close(self) -> None:
        """Gives its files back."""


@dataclass(frozen=True, slots=True)
class Against:
    """The runs of a folder, the newest first, and what to know of them."""

    runs: tuple[Searched, ...]
    notes: tuple[str, ...]

    def indexes(self) -> list[RunIndex]:
        """The runs that are searched by the index."""
        return [run for run in self.runs if isinstance(run, RunIndex)]


@contextmanager
def opened_runs(folder: str) -> Iterator[Against]:
    """Opens the runs to search: all published ones of an output folder that has an index.

    Runs that are not in the index are read whole. Without an index the latest run alone is read,
    and a note says so; `folder` may also be a run.

    Raises:
        UsageError: there is no run, or the index is damaged.
    """
    against = _against(folder)
    try:
        yield against
    finally:
        for run in against.runs:
            run.close()


def _against(folder: str) -> Against:
    latest = find_run(folder)
    if not filesystem.is_local(folder) or not index_folder(folder).is_dir():
        return Against((RunScan(latest),), _without_index(folder))
    output = Output(folder)
    runs: list[Searched] = []
    left_out = []
    for manifest in reversed(publish.in_order(output)):
        path = index_folder(folder) / f"run={manifest['run_id']}"
        run = output.run(manifest["run_id"])
        if path.is_dir():
            runs.append(RunIndex(path, run))
        else:
            left_out.append(manifest["run_id"])
            runs.append(RunScan(run))
    note = (
        f"{len(left_out)} of {len(runs)} runs are not in the index and were read whole; "
        f"`copytrail index {folder}` adds them"
    )
    return Against(tuple(runs), (note,) if left_out else ())


def _without_index(folder: str) -> tuple[str, ...]:
    others = len(filesystem.list_folders(str(Path(folder) / "runs"), "run=*")) - 1
    if others < 1:
        return ()
    return (
        f"only the latest run was read, not the {others} others; "
        f"`copytrail index {folder}` makes all of them searchable, and quickly",
    )

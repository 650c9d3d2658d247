"""What extract_vs_pool times, in a module of its own: worker processes import it by name."""

import time
from dataclasses import dataclass
from functools import lru_cache

from pipelines.config.settings import Settings
from pipelines.exchange.work_folder import Work
from pipelines.stages.extract.inputs import Split
from pipelines.stages.extract.staged_split import stage_split
from sources.extraction.isolated_reader import IsolatedReader
from sources.limits import Limits


@dataclass(frozen=True, slots=True)
class Job:
    """One split and where its articles go."""

    split: Split
    folder: str


@lru_cache(maxsize=1)
def _reader() -> IsolatedReader:
    """One for each worker; its process ends with the worker's end of the pipe."""
    return IsolatedReader(Limits())


def extract(job: Job) -> tuple[float, float]:
    """Extracts one split; gives when it began and ended."""
    start = time.time()
    stage_split(job.split, job.split.key(""), Settings(), Work(job.folder, "run"), _reader())
    return start, time.time()

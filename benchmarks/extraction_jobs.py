"""What extract_vs_pool times, in a module of its own: worker processes import it by name."""

import time
from dataclasses import dataclass
from functools import lru_cache

from pipelines.inputs import Split
from pipelines.settings import Settings
from pipelines.staging import Work
from pipelines.transforms.extract import stage_split
from sources.isolation import IsolatedReader
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

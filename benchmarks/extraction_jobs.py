"""What extract_vs_pool times, in a module of its own: worker processes import it by name."""

import time
from dataclasses import dataclass

from pipelines.inputs import Split
from pipelines.settings import Settings
from pipelines.staging import Work
from pipelines.transforms.extract import stage_split


@dataclass(frozen=True, slots=True)
class Job:
    """One split and where its articles go."""

    split: Split
    folder: str


def extract(job: Job) -> tuple[float, float]:
    """Extracts one split; gives when it began and ended."""
    start = time.time()
    stage_split(job.split, job.split.key(""), Settings(), Work(job.folder, "run"))
    return start, time.time()

"""A part of the history that takes the place of a split: earlier runs staged its articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from pipelines.history.day_file import day_state
from pipelines.history.history import DERIVED, Day
from pipelines.storage import filesystem


@dataclass(frozen=True, slots=True)
class KeptSplit:
    """A row group of a day's file."""

    path: str
    day: date
    group: int
    made_of: str
    """Names its articles, and all that rows are prepared by."""

    def articles(self, columns: Sequence[str] | None = None) -> pa.Table:
        """Its articles, sorted by id, whole or some of their columns."""
        return day_state(filesystem.read_bytes(self.path), self.day).group(self.group, columns)

    @property
    def prepared(self) -> str:
        """Where earlier runs kept its articles as matching finds them."""
        return filesystem.join(self.path.rpartition("/")[0], self.prepared_name)

    @property
    def prepared_name(self) -> str:
        """The name of that file; all of a day's files begin alike."""
        return f"day={self.day}{DERIVED}{self.group}"

    @property
    def samples_name(self) -> str:
        """The name of the file with lines and shingles of its sampled texts."""
        return f"{self.prepared_name}-samples"


def kept_splits(days: Sequence[Day], prepared_by: str) -> Mapping[str, KeptSplit]:
    """The parts of these days by key; a key names its content, and sorts by day.

    `prepared_by` is a digest of the settings and the code that their articles are prepared by.
    """
    return {
        f"{day.day}-{day.digest}-{group}": KeptSplit(
            day.path, day.day, group, f"{day.digest} {group} {prepared_by}"
        )
        for day in days
        for group in range(day.groups)
    }

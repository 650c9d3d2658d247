"""A part of the history that takes the place of a split: earlier runs staged its articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from pipelines import storage
from pipelines.history import Day
from pipelines.state_file import day_state


@dataclass(frozen=True, slots=True)
class KeptSplit:
    """A row group of a day's file."""

    path: str
    day: date
    group: int

    def articles(self, columns: Sequence[str] | None = None) -> pa.Table:
        """Its articles, sorted by id, whole or some of their columns."""
        return day_state(storage.read_bytes(self.path), self.day).group(self.group, columns)


def kept_splits(days: Sequence[Day]) -> Mapping[str, KeptSplit]:
    """The parts of these days by key; a key names its content, and sorts by day."""
    return {
        f"{one.day}-{one.digest}-{group}": KeptSplit(one.path, one.day, group)
        for one in days
        for group in range(one.groups)
    }

"""Sources are told what others' ratings say of their hosts."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam

from pipelines.batches import from_bytes, to_bytes
from pipelines.ratings_file import ratings_of
from pipelines.table_files import table_of
from sources.ratings import Ratings, conflict_rows, rating_rows
from sources.registry import Registry


@dataclass
class TellRatings(beam.DoFn):
    """The rows of sources with ext_ratings and rating_conflicts; without ratings as they are."""

    ratings: bytes | None
    registry: Registry

    def process(self, part: tuple[int, bytes]) -> Iterator[tuple[int, bytes]]:
        """One part of sources."""
        if self.ratings is None:
            yield part
            return
        known = Ratings(ratings_of(self.ratings))
        rows = []
        for row in from_bytes(part[1]).to_pylist():
            is_registered = row["identity_basis"] == "registry"
            found = known.of(row["source_id"], is_registered, row["hosts"], self.registry)
            told = {"ext_ratings": rating_rows(found), "rating_conflicts": conflict_rows(found)}
            rows.append(row | told if row["hosts"] else row)
        yield part[0], to_bytes(table_of("sources", rows))

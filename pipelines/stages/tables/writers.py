"""Rows become the parts of published tables; which part depends on the key, never on the worker."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import apache_beam as beam
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.config.settings import Settings
from pipelines.exchange.article_keys import id_keys
from pipelines.exchange.partitions import part_of, part_range
from pipelines.exchange.progress import Count, tell
from pipelines.exchange.staged_parts import read_parts, staged_parts
from pipelines.exchange.work_folder import Work
from pipelines.output.table_files import in_order, write_part
from pipelines.stages.outlets.host_sources import HostSources, day_of
from pipelines.stages.tables.articles import published_articles, tally_of
from pipelines.stages.tables.sources import tally_bytes
from pipelines.storage import staged_tables
from pipelines.storage.arrow import from_bytes, to_bytes
from schemas.exchange import ASSIGNMENTS, REJECTED_SEEN
from schemas.tables import TABLES
from sources.text.keys import key_of
from sources.urls import host_of

ASSIGNED = "assignments"
"""The name under which assignments are staged."""
_ROWS = 10_000
"""Rejected rows that are looked at at once."""
_PLACE = ("input", "position")
LIGHT = 4
"""Rows of other tables weigh so much less than articles: their files hold as many times more."""


def part_count(rows: int, rows_per_file: int) -> int:
    """How many files a table of so many rows has; at least one."""
    return max(1, -(-rows // rows_per_file))


def sent_rows(
    work: Work, name: str, key: str, rows: pa.Table, column: str, per_file: int, articles: int
) -> Iterator[tuple[int, bytes]]:
    """Rows of a table staged for the file that each belongs to.

    Args:
        work: the run's folders.
        name: of the table.
        key: of what the rows were made of.
        rows: of the table.
        column: of article or cluster ids, which the files are ranges of.
        per_file: rows of a file.
        articles: in all, which sets the number of files.
    """
    ids = id_keys(rows.column(column).to_pylist())
    return staged_parts(work, name, key, rows, part_of(ids, part_count(articles, per_file)))


@dataclass
class WriteTable(beam.DoFn):
    """The parts of one table."""

    name: str
    folder: str
    work: Work

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[int]:
        """One part, sorted; gives its number of rows."""
        rows = read_parts(self.work, self.name, part[1], TABLES[self.name])
        yield write_ordered(self.folder, self.name, part[0], rows, self.work)


@dataclass
class WriteWhole(beam.DoFn):
    """A table of one part, which crosses no exchange."""

    name: str
    folder: str
    work: Work

    def process(self, part: tuple[int, bytes]) -> Iterator[int]:
        """The part; gives its number of rows."""
        rows = from_bytes(part[1]).cast(TABLES[self.name])
        yield write_ordered(self.folder, self.name, part[0], rows, self.work)


def write_ordered(folder: str, name: str, number: int, rows: pa.Table, work: Work) -> int:
    """Writes one part of a table, sorted; gives its number of rows."""
    write_part(folder, name, number, in_order(name, rows))
    tell(work.progress(), "tables", name, Count(rows.num_rows, 0, is_done=True))
    return int(rows.num_rows)


@dataclass
class WriteArticles(beam.DoFn):
    """The parts of the table articles; gives what they add up to for their sources."""

    settings: Settings
    work: Work
    folder: str

    def process(
        self,
        part: tuple[int, Iterable[bytes]],
        articles: int,
        keys: Sequence[str],
        hosts: bytes,
    ) -> Iterator[tuple[bytes, bytes]]:
        """One part: every split's articles of its range of ids, with what clustering says."""
        parts = part_count(articles, self.settings.run.rows_per_file)
        first, last = part_range(part[0], parts)
        staged = [
            self._range(key, first, last)
            for key in sorted(keys)
            if key not in self.work.history_splits
        ]
        places = filter(None, part[1])
        assigned = read_parts(self.work, ASSIGNED, places, ASSIGNMENTS)
        sources = HostSources.from_bytes(hosts)
        table = self._new(published_articles(pa.concat_tables(staged), assigned, sources))
        write_part(self.folder, "articles", part[0], table)
        yield tally_bytes(tally_of(table, assigned))

    def _new(self, articles: pa.Table) -> pa.Table:
        """The articles that are not in the history: a page fetched again was published before."""
        known = [
            split.articles(["article_id"]).column(0) for split in self.work.history_splits.values()
        ]
        if not known:
            return articles
        ids = pa.chunked_array([chunk for ids_of in known for chunk in ids_of.chunks], pa.string())
        return articles.filter(pc.invert(pc.is_in(articles.column("article_id"), ids)))

    def _range(self, key: str, first: str, last: str) -> pa.Table:
        return staged_tables.read_range(self.work.clean(key), "article_id", first, last)


def list_parts(articles: int, rows_per_file: int) -> Iterator[tuple[int, bytes]]:
    """Every part of the table articles, at no place: none is missing for want of clusters."""
    for number in range(part_count(articles, rows_per_file)):
        yield number, b""


@dataclass
class SendRejected(beam.DoFn):
    """Rejected inputs of a split to the part of their place."""

    work: Work
    rows_per_file: int

    def process(self, key: str, rejected: int) -> Iterator[tuple[int, bytes]]:
        """One split's rejected inputs, of so many in all."""
        n_parts = part_count(rejected, self.rows_per_file)
        for number, table in enumerate(staged_tables.read_batches(self.work.rejected(key), _ROWS)):
            places = zip(*(table.column(name).to_pylist() for name in _PLACE), strict=True)
            ids = [key_of(f"{path}#{position}") for path, position in places]
            parts = part_of(np.array(ids, np.uint64), n_parts)
            yield from staged_parts(self.work, "rejected", f"{key}-{number}", table, parts)


@dataclass
class CountRejected(beam.DoFn):
    """How many rejected pages of a split each host has on each day."""

    work: Work

    def process(self, key: str) -> Iterator[bytes]:
        """One split's rejected inputs."""
        staged = staged_tables.read_batches(self.work.rejected(key), _ROWS, ["url", "fetched_at"])
        counts = [by_host_and_day(_seen(table)) for table in staged]
        whole = pa.concat_tables([REJECTED_SEEN.empty_table(), *counts])
        yield to_bytes(by_host_and_day(whole))


def _seen(rejected: pa.Table) -> pa.Table:
    """Rejected rows by host and day, a page each (schema REJECTED_SEEN)."""
    urls, seen = (rejected.column(name).to_pylist() for name in ("url", "fetched_at"))
    hosts = [host_of(url) if url else None for url in urls]
    columns = [hosts, [day_of(None, at) for at in seen], [1] * len(urls), seen, seen]
    arrays = [
        pa.array(values, field.type) for values, field in zip(columns, REJECTED_SEEN, strict=True)
    ]
    return pa.table(arrays, schema=REJECTED_SEEN)


def by_host_and_day(rejected: pa.Table) -> pa.Table:
    """Rejected pages (schema REJECTED_SEEN) added up; those without a host are left out."""
    known = rejected.filter(pc.is_valid(rejected.column("host")))
    added = [("pages", "sum"), ("first_at", "min"), ("last_at", "max")]
    summed = known.group_by(["host", "on"], use_threads=False).aggregate(added)
    names = ["host", "on", *(f"{name}_{how}" for name, how in added)]
    return summed.select(names).rename_columns(REJECTED_SEEN.names)

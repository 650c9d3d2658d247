"""Staged articles lose their outlets' boilerplate and become members with keys to match by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from apache_beam.pvalue import TaggedOutput
from numpy.typing import NDArray

from dedupe.bands import band_keys
from dedupe.recurring import Recurring
from dedupe.samples import sampled
from dedupe.signatures import signatures
from pipelines import storage
from pipelines.batches import column, ragged_column, split_rows, to_bytes
from pipelines.evidence import evidence_bytes
from pipelines.membership import member_table
from pipelines.outlet_samples import boilerplate_of, outlet_keys
from pipelines.partitions import part_of
from pipelines.progress import Count, tell
from pipelines.settings import Settings
from pipelines.staging import Work
from schemas.article import Article
from schemas.exchange import KEYS, PATHS
from schemas.staged import article_records, article_table
from sources.announcements import announcements
from sources.boilerplate import without_lines
from sources.keys import key_of
from sources.registered_agencies import with_agencies
from sources.registry import Registry

NO_PATH = pa.scalar(0, pa.uint64())


@dataclass
class CleanSplits(beam.DoFn):
    """Stages each split's clean articles and members; gives its key, and tagged what to join."""

    settings: Settings
    work: Work
    partitions: int
    registry: Registry

    def process(self, key: str, lines: Sequence[bytes], shingles: Sequence[bytes]) -> Iterator[Any]:
        """One split, with all boilerplate that was found."""
        table = storage.read_table(self.work.articles(key))
        cleaned = clean_articles(table, boilerplate_of(list(lines), np.uint64))
        articles = [with_agencies(one, self.registry) for one in cleaned]
        storage.write_table(self.work.clean(key), article_table(articles))
        words = self.settings.match.shingle_words
        members = member_table(articles, boilerplate_of(list(shingles), np.uint32), words, key)
        storage.write_table(self.work.members(key), members)
        for tag, rows in (("bands", self._bands(members)), ("samples", self._samples(members))):
            for part in by_key(rows, self.partitions).items():
                yield TaggedOutput(tag, part)
        for part in by_host(paths(members), self.partitions).items():
            yield TaggedOutput("paths", part)
        yield TaggedOutput("evidence", evidence_bytes(announcements(articles)))
        tell(self.work.progress(), "clean", key, Count(len(articles), 0, is_done=True))
        yield key

    def _bands(self, members: pa.Table) -> pa.Table:
        """Band keys of each text that is long enough to compare, and a key of every text."""
        match = self.settings.match
        shingles = ragged_column(members, "shingles")
        long = np.flatnonzero(shingles.lengths() >= match.min_shingles)
        signed = signatures(shingles.take(long), match.permutations, match.seed)
        keys = band_keys(signed, match.bands, match.band_rows)
        articles = np.repeat(column(members, "article")[long], match.bands)
        # the text itself is one more band: exact copies are found however short they are
        keys = np.concatenate([keys.ravel(), column(members, "text_key")])
        articles = np.concatenate([articles, column(members, "article")])
        return pa.table([pa.array(keys), pa.array(articles)], schema=KEYS)

    def _samples(self, members: pa.Table) -> pa.Table:
        """Sampled shingles, one row each."""
        kept = sampled(ragged_column(members, "shingles"), self.settings.match.sample_one_in)
        articles = column(members, "article")[kept.owners()]
        # spread over 64 bits, so that parts of the key space are even
        keys = kept.values.astype(np.uint64) << np.uint64(32) | kept.values
        return pa.table([pa.array(keys), pa.array(articles)], schema=KEYS)


def clean_articles(table: pa.Table, boilerplate: Recurring) -> list[Article]:
    """The staged articles without the lines that recur at their outlet, in the same order."""
    articles = article_records(table)
    keys = outlet_keys(table).tolist()
    lines = {key: _of_outlet(boilerplate, key) for key in set(keys)}
    return [
        without_lines(article, lines[key]) if lines[key].size else article
        for article, key in zip(articles, keys, strict=True)
    ]


def _of_outlet(boilerplate: Recurring, outlet: int) -> NDArray[np.unsignedinteger]:
    first, last = np.searchsorted(boilerplate.outlets, [outlet, outlet + 1])
    return boilerplate.values[first:last]


def paths(members: pa.Table) -> pa.Table:
    """Host, path and day of each article that has a host; the path of a front page is null."""
    path = members["path_key"]
    path = pc.if_else(pc.equal(path, NO_PATH), pa.scalar(None, pa.uint64()), path)
    at = pc.coalesce(members["claimed_at"], members["fetched_at"])
    rows = pa.table([members["host"], path, at.cast(pa.date32())], schema=PATHS)
    return rows.filter(pc.is_valid(rows["host"]))


def by_key(rows: pa.Table, partitions: int) -> dict[int, bytes]:
    """Rows by part of their key, as elements."""
    parts = split_rows(rows, part_of(column(rows, "key"), partitions))
    return {number: to_bytes(some) for number, some in parts.items()}


def by_host(rows: pa.Table, partitions: int) -> dict[int, bytes]:
    """Rows by part of their host, as elements."""
    keys = np.array([key_of(host) for host in rows.column("host").to_pylist()], np.uint64)
    parts = split_rows(rows, part_of(keys, partitions))
    return {number: to_bytes(some) for number, some in parts.items()}

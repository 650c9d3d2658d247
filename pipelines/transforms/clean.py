"""Staged articles lose their outlets' boilerplate and become members with keys to match by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import apache_beam as beam
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from apache_beam.pvalue import TaggedOutput
from numpy.typing import NDArray

from dedupe.bands import band_keys
from dedupe.samples import sampled
from dedupe.signatures import signatures
from pipelines import storage
from pipelines.batches import column, ragged_column
from pipelines.cleaning import clean_table, with_registered_agencies
from pipelines.evidence import evidence_bytes
from pipelines.membership import member_table
from pipelines.outlet_samples import boilerplate_of
from pipelines.partitions import part_of
from pipelines.progress import Count, tell
from pipelines.settings import Settings
from pipelines.staged_parts import staged_parts
from pipelines.staging import Work
from pipelines.window import Window, days_of
from schemas.article import Article
from schemas.exchange import KEYS, PATHS
from schemas.staged import article_records
from sources.announcements import announcements
from sources.keys import key_of
from sources.mirrors import HREFLANG
from sources.registry import Registry

NO_PATH = pa.scalar(0, pa.uint64())


@dataclass
class CleanSplits(beam.DoFn):
    """Stages each split's clean articles and members; gives its key, and tagged what to join."""

    settings: Settings
    work: Work
    registry: Registry
    window: Window | None

    def process(
        self, key: str, lines: Sequence[bytes], shingles: Sequence[bytes], into: int
    ) -> Iterator[Any]:
        """One split, with all boilerplate that was found."""
        table = self.work.staged(key)
        cleaned = clean_table(table, boilerplate_of(list(lines), np.uint64))
        articles = with_registered_agencies(cleaned, self.registry)
        # every part of the table articles reads the row groups that meet its range of ids
        # ... of the window's articles; of the history's only texts are read again, by matching
        needed = ["article_id", "text"] if key in self.work.kept else articles.column_names
        storage.write_table(self.work.clean(key), articles.select(needed), rows=512)
        words = self.settings.match.shingle_words
        found = boilerplate_of(list(shingles), np.uint32)
        members = member_table(articles, found, words, key, self._days(key, articles))
        storage.write_table(self.work.members(key), members)
        for tag, rows in (("bands", self._bands(members)), ("samples", self._samples(members))):
            parts = part_of(column(rows, "key"), into)
            for part in staged_parts(self.work, tag, key, rows, parts):
                yield TaggedOutput(tag, part)
        seen = paths(members)
        for part in staged_parts(self.work, "paths", key, seen, host_parts(seen, into)):
            yield TaggedOutput("paths", part)
        yield TaggedOutput("evidence", evidence_bytes(announcements(announcing(articles))))
        tell(self.work.progress(), "clean", key, Count(articles.num_rows, 0, is_done=True))
        yield key

    def _days(self, key: str, articles: pa.Table) -> list[date] | None:
        if self.window is None:
            return None
        if (kept := self.work.kept.get(key)) is not None:
            return [kept.day] * articles.num_rows
        return days_of(articles, self.window)

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


def announcing(articles: pa.Table) -> list[Article]:
    """The articles that may say something of another host."""
    snippets = articles.column("snippets").combine_chunks()
    is_told = pc.is_valid(articles.column("declared_url")).to_numpy().copy()
    is_told |= pc.list_value_length(articles.column("announced_hosts")).to_numpy() > 0
    is_link = pc.equal(snippets.flatten().field("kind"), HREFLANG)
    is_told[pc.list_parent_indices(snippets).filter(is_link).to_numpy()] = True
    return article_records(articles.filter(pa.array(is_told)))


def paths(members: pa.Table) -> pa.Table:
    """Host, path and day of each article that has a host; the path of a front page is null."""
    path = members["path_key"]
    path = pc.if_else(pc.equal(path, NO_PATH), pa.scalar(None, pa.uint64()), path)
    at = pc.coalesce(members["claimed_at"], members["fetched_at"])
    rows = pa.table([members["host"], path, at.cast(pa.date32())], schema=PATHS)
    return rows.filter(pc.is_valid(rows["host"]))


def host_parts(rows: pa.Table, partitions: int) -> NDArray[np.int64]:
    """The part of each row's host."""
    hosts = rows.column("host").combine_chunks().dictionary_encode()
    keys = np.array([key_of(host) for host in hosts.dictionary.to_pylist()], np.uint64)
    parts: NDArray[np.int64] = part_of(keys, partitions)[hosts.indices.to_numpy()]
    return parts

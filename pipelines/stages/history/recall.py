"""Parts of the history take the way of splits, by what earlier runs prepared of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import apache_beam as beam
import numpy as np
import pyarrow as pa
from apache_beam.pvalue import TaggedOutput
from numpy.typing import NDArray

from dedupe.text.boilerplate import Boilerplate
from pipelines.config.settings import Settings
from pipelines.exchange.article_keys import boilerplate_outlets, id_keys, text_hashes
from pipelines.exchange.partitions import MIN_PARTS, mixed_parts, part_of
from pipelines.exchange.staged_parts import staged_parts
from pipelines.exchange.work_folder import Work
from pipelines.history.derived_file import derived_content
from pipelines.stages.boilerplate.samples import (
    KNOWN_COLUMNS,
    boilerplate_of,
    hash_batches,
    sampled_rows,
    samples_of,
)
from pipelines.stages.boilerplate.transforms import sent_samples
from pipelines.stages.history.samples import kept_values
from pipelines.stages.match.keys import band_rows, sample_rows
from pipelines.stages.match.member_texts import staged_with_texts
from pipelines.stages.match.prepared_days import Preparation, renewed
from pipelines.stages.match.transforms import labels_of_members
from pipelines.stages.outlets.evidence import announcing, evidence_table
from pipelines.stages.outlets.host_paths import host_parts, paths
from pipelines.storage import filesystem
from pipelines.storage.arrow import column, joined, ragged_column, to_bytes
from schemas.exchange import OUTLET_TEXTS
from schemas.history import CONTENTS, PREPARED
from sources.mirrors.announcements import announcements
from sources.outlets.registry import Registry


@dataclass
class OwnOrKept(beam.DoFn):
    """Does one thing to splits of the run's own input and another to parts of the history."""

    work: Work
    own: beam.DoFn
    recalled: beam.DoFn

    def process(self, key: str, *sides: Any) -> Iterable[Any]:
        """One split or part."""
        results: Iterable[Any] = (
            self.recalled if key in self.work.history_splits else self.own
        ).process(key, *sides)
        return results


@dataclass
class LookBack(beam.DoFn):
    """Gives the key of a part of the history, and tagged which texts its outlets have."""

    work: Work

    def process(self, key: str) -> Iterator[Any]:
        """One part."""
        outlets, hashes = _known_texts(self.work, key)
        yield TaggedOutput("counts", len(outlets))
        for part in hash_batches(outlets, hashes, MIN_PARTS).items():
            yield TaggedOutput("texts", part)
        yield key


@dataclass
class SampleHistory(beam.DoFn):
    """As SampleOutlets, of a part of the history: only texts of new samples are read."""

    settings: Settings
    work: Work

    def process(self, key: str, bounds: Sequence[bytes], into: int) -> Iterator[TaggedOutput]:
        """One part."""
        outlets, hashes = _known_texts(self.work, key)
        rows = sampled_rows(outlets, hashes, joined(list(bounds), OUTLET_TEXTS))
        words, texts = self.settings.match.shingle_words, self.settings.boilerplate.sample_texts
        values = kept_values(self.work, key, rows, hashes, words)
        samples = samples_of(outlets[rows], hashes[rows], values, texts)
        yield from sent_samples(self.work, key, samples, into)


@dataclass
class RecallMembers(beam.DoFn):
    """As CleanSplits, of a part of the history, whose texts are read only where they must be."""

    settings: Settings
    work: Work
    registry: Registry

    def process(
        self, key: str, lines: Sequence[bytes], shingles: Sequence[bytes], into: int
    ) -> Iterator[Any]:
        """One part, with all boilerplate that was found."""
        by = preparation(lines, shingles, self.settings, self.registry)
        rows, evidence = self._prepared(key, by)
        for tag, sent, parts in _to_parts(rows, into):
            for part in staged_parts(self.work, tag, key, sent, parts):
                yield TaggedOutput(tag, part)
        yield TaggedOutput("evidence", to_bytes(evidence))
        flags = pa.array(np.zeros(rows.num_rows, np.bool_))
        known = pa.table([rows["article"], rows["content"], flags], schema=CONTENTS)
        yield TaggedOutput("contents", to_bytes(known))
        yield key

    def _prepared(self, key: str, by: Preparation) -> tuple[pa.Table, pa.Table]:
        """The prepared rows and what they tell of other hosts; what had to be made is kept."""
        known = self.work.prepared(key)
        rows, evidence = known or (PREPARED.empty_table(), None)
        if known is None:
            rows = by.rows(self.work.staged(key))
        elif (stale := by.stale(rows)).size:
            rows = renewed(rows, stale, by.rows(self.work.staged(key).take(stale)))
        else:
            return rows, evidence
        evidence = self._evidence(key, rows, by)
        content = derived_content(self.work.history_splits[key].made_of, [rows, evidence])
        filesystem.write_bytes(
            self.work.derived(self.work.history_splits[key].prepared_name), content
        )
        return rows, evidence

    def _evidence(self, key: str, rows: pa.Table, by: Preparation) -> pa.Table:
        is_told = rows.column("is_announcing")
        if not is_told.combine_chunks().true_count:
            return evidence_table([])
        announcing_articles, _ = by.cleaned(self.work.staged(key).filter(is_told))
        return evidence_table(announcements(announcing(announcing_articles)))


@dataclass
class SendRecalled(beam.DoFn):
    """As SendMembers, of a part of the history: only members that are needed are made."""

    settings: Settings
    work: Work
    registry: Registry

    def process(
        self,
        key: str,
        labelled: bytes,
        into: int,
        lines: Sequence[bytes],
        shingles: Sequence[bytes],
    ) -> Iterator[tuple[int, bytes]]:
        """One part."""
        labels, is_found = labels_of_members(labelled, _known_articles(self.work, key))
        if not is_found.any():
            return
        by = preparation(lines, shingles, self.settings, self.registry)
        articles = self.work.staged(key).filter(pa.array(is_found))
        cleaned, repeated = by.cleaned(articles)
        days = [self.work.history_splits[key].day] * cleaned.num_rows
        hashes = text_hashes(articles.column("text"))
        members = by.members(cleaned, repeated, key, hashes, days)
        parts = mixed_parts(labels[is_found], into)
        yield from staged_with_texts(self.work, key, members, cleaned, parts)


def _to_parts(rows: pa.Table, into: int) -> Iterator[tuple[str, pa.Table, NDArray[np.int64]]]:
    """What crosses an exchange of prepared rows, with the part of each row."""
    articles = column(rows, "article")
    bands = band_rows(ragged_column(rows, "bands"), column(rows, "text_key"), articles)
    yield "bands", bands, part_of(column(bands, "key"), into)
    samples = sample_rows(ragged_column(rows, "samples"), articles)
    yield "samples", samples, part_of(column(samples, "key"), into)
    seen = paths(rows, rows["on"], rows["outlet_name"])
    yield "paths", seen, host_parts(seen, into)


def _known_articles(work: Work, key: str) -> NDArray[np.uint64]:
    if (known := work.prepared(key, ["article"])) is not None:
        return column(known[0], "article")
    return id_keys(work.staged(key, ["article_id"]).column(0).to_pylist())


def _known_texts(work: Work, key: str) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """The outlet of each article, and the hash of its text as extracted."""
    if (known := work.prepared(key, ["outlet", "text"])) is not None:
        return column(known[0], "outlet"), column(known[0], "text")
    articles = work.staged(key, KNOWN_COLUMNS)
    return boilerplate_outlets(articles), text_hashes(articles.column("text"))


def preparation(
    lines: Sequence[bytes], shingles: Sequence[bytes], settings: Settings, registry: Registry
) -> Preparation:
    """What articles of the history are prepared by, of batches of boilerplate."""
    return Preparation(
        _sorted_once(tuple(lines), np.uint64),
        _sorted_once(tuple(shingles), np.uint32),
        settings.match,
        registry,
    )


@lru_cache(maxsize=2)
def _sorted_once(batches: tuple[bytes, ...], dtype: type[np.unsignedinteger]) -> Boilerplate:
    # the same for every part of the history, of which a month has 30, each asking twice
    return boilerplate_of(list(batches), dtype)

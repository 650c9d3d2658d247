"""A day of the history as matching finds it, made once and kept beside the day.

It hangs on the day's articles, on settings and code, which its file names, and on what was found to
be boilerplate of each article's outlet: where that changed, the outlet's articles are made anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.candidates.keys import CandidateRules, match_keys
from dedupe.hashing import mix64, set_hashes
from dedupe.text.boilerplate import Boilerplate
from pipelines.exchange.article_keys import boilerplate_outlets, text_hashes
from pipelines.stages.boilerplate.removal import clean_articles, with_registered_agencies
from pipelines.stages.match.members import key_shingles, member_table
from pipelines.stages.outlets.evidence import is_announcing
from pipelines.stages.outlets.host_paths import day_looked_up
from pipelines.storage.arrow import column, list_array, ragged_column
from schemas.history import CONTENTS, PREPARED
from schemas.member import COMPARED, MEMBERS, REPEATED
from schemas.ragged import places_in
from sources.outlets.registry import Registry
from sources.text.keys import key_of

_NOT_TOLD = ("article", "split", "day", *COMPARED, *REPEATED)
_TOLD = [name for name in MEMBERS.names if name not in _NOT_TOLD]


@dataclass(frozen=True, slots=True, eq=False)
class Preparation:
    """All that articles of the history are prepared by."""

    lines: Boilerplate
    shingles: Boilerplate
    match: CandidateRules
    registry: Registry

    def cleaned(self, articles: pa.Table) -> tuple[pa.Table, list[str]]:
        """Staged articles without their outlets' recurring lines, and those that each carries."""
        cleaned, repeated = clean_articles(articles, self.lines)
        return with_registered_agencies(cleaned, self.registry), repeated

    def members(
        self,
        cleaned: pa.Table,
        repeated: Sequence[str],
        key: str,
        hashes: NDArray[np.uint64],
        days: Sequence[date] | None = None,
    ) -> pa.Table:
        """Clean articles of a split as members; hashes are those of the texts as extracted."""
        words = self.match.shingle_words
        return member_table(cleaned, self.shingles, words, key, repeated, hashes, days)

    def frames(self, outlets: NDArray[np.int64]) -> NDArray[np.uint64]:
        """The digest of what each of the outlets repeats, by which an article was prepared."""
        both = (_sums_of(boilerplate, outlets) for boilerplate in (self.lines, self.shingles))
        lines, shingles = both
        return mix64(lines) ^ shingles

    def rows(self, articles: pa.Table) -> pa.Table:
        """Staged articles of a day as its prepared rows (schema PREPARED)."""
        cleaned, repeated = self.cleaned(articles)
        hashes = text_hashes(articles.column("text"))
        members = self.members(cleaned, repeated, "", hashes)
        keys = match_keys(key_shingles(members), self.match)
        outlets = boilerplate_outlets(articles)
        columns = {
            "article": members.column("article"),
            "text": pa.array(hashes),
            "outlet": pa.array(outlets),
            "host": members.column("host"),
            "path_key": members.column("path_key"),
            "on": day_looked_up(members),
            "outlet_name": members.column("outlet"),
            "is_announcing": pa.array(is_announcing(cleaned)),
            "frame": pa.array(self.frames(outlets)),
            "text_key": members.column("text_key"),
            "content": pa.array(contents(members)),
            "bands": list_array(keys.bands),
            "samples": list_array(keys.samples),
        }
        return pa.table([columns[name] for name in PREPARED.names], schema=PREPARED)

    def stale(self, prepared: pa.Table) -> NDArray[np.int64]:
        """The rows whose outlet's boilerplate is no longer what they were prepared by."""
        frames = self.frames(column(prepared, "outlet"))
        return np.flatnonzero(frames != column(prepared, "frame"))


def renewed(prepared: pa.Table, rows: NDArray[np.int64], made: pa.Table) -> pa.Table:
    """The prepared table with others in these rows."""
    places = np.arange(prepared.num_rows)
    places[rows] = prepared.num_rows + np.arange(len(rows))
    return pa.concat_tables([prepared, made]).take(places).combine_chunks()


def contents(members: pa.Table) -> NDArray[np.uint64]:
    """For each member the digest of all that matching makes of it, in whatever day it stands."""
    rows = zip(*(members.column(name).to_pylist() for name in _TOLD), strict=True)
    hashes = np.array([key_of(repr(row)) for row in rows], np.uint64)
    for name in (*COMPARED, *REPEATED):
        hashes = mix64(hashes) ^ set_hashes(ragged_column(members, name))
    return hashes


def contents_table(members: pa.Table, *, is_new: bool) -> pa.Table:
    """The members' contents (schema CONTENTS)."""
    flags = np.full(members.num_rows, is_new)
    columns = [members.column("article"), pa.array(contents(members)), pa.array(flags)]
    return pa.table(columns, schema=CONTENTS)


def _sums_of(boilerplate: Boilerplate, outlets: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The sum of the mixed values that recur at each outlet, with their carriers; 0 for none."""
    if not boilerplate.outlets.size:
        return np.zeros(len(outlets), np.uint64)
    known, starts = np.unique(boilerplate.outlets, return_index=True)
    mixed = mix64(boilerplate.values.astype(np.uint64) ^ mix64(boilerplate.carriers))
    sums = np.add.reduceat(mixed, starts)
    places = places_in(known, outlets)
    return np.where(known[places] == outlets, sums[places], np.uint64(0))

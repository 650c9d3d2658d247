"""One part of a run's index: up to PART_ROWS of its articles, in files that never change.

    articles.sqlite     what is shown of each article, its text, and which words it holds
    fingerprints.npy    ascending fingerprints (dedupe.candidates.winnowing), uint32
    owners.npy          the article of each, as its number within the run, uint32
    buckets.npy         where each upper half of a fingerprint begins, so that one is found by
                        reading a page of the file and not a path through all of it
    signatures.parquet  article_id and MinHash values, as datasketch keeps them, for other tools

Words are kept as the hashes that matching reads, so that both agree in every script on what a word
is, on case and on digits; SQLite's FTS5 keeps the lists.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from dedupe.candidates.minhash import signatures
from dedupe.candidates.winnowing import fingerprints
from dedupe.text.shingles import distinct, placed_shingles
from dedupe.text.words import Words, read_words
from pipelines.config.settings import Settings
from schemas.ragged import Ragged

PART_ROWS = 200_000
"""Articles of a part. Of 400 words each has some 90 fingerprints of 8 bytes: 140 MB are sorted at
once."""
COMMON = 5_000
"""Articles; a fingerprint of more is nobody's passage. Its list is not read."""
_TABLE = """
create table articles (
    number integer primary key, article_id text not null, canonical_url text, url text, host text,
    source_id text, outlet text, title text, published_at integer, fetched_at integer,
    cluster_id text, role text, credit text, input text, position integer,
    size integer not null, text blob not null
);
create virtual table words using fts5(
    title, text, content='', detail=column, columnsize=0, tokenize='ascii'
);
"""
_DAY = "coalesce(published_at, fetched_at)"
_LOOKED_UP = f"""
create index by_id on articles (article_id);
create index by_address on articles (canonical_url);
create index by_outlet on articles (source_id, {_DAY});
create index by_host on articles (host, {_DAY});
create index by_day on articles ({_DAY});
"""
COLUMNS = (
    *("article_id", "canonical_url", "url", "host", "source_id", "outlet", "title"),
    *("published_at", "fetched_at", "cluster_id", "role", "credit", "input", "position"),
)
"""What is kept of an article beside its text."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What articles are to be like beside the words they hold."""

    outlet: str | None = None
    """Their source_id or host."""
    since: datetime | None = None
    """When they were published by their own claim, or else fetched, at the earliest."""
    before: datetime | None = None
    """Earlier than that."""


ANY = Wanted()


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """An article as the index holds it; the fields are columns of the table articles."""

    article_id: str
    canonical_url: str | None
    url: str | None
    host: str | None
    source_id: str | None
    outlet: str | None
    title: str | None
    published_at: datetime | None
    fetched_at: datetime | None
    cluster_id: str | None
    role: str | None
    credit: str | None
    input: str | None
    position: int | None
    text: str


def write_part(
    folder: Path, first: int, batches: Iterator[Sequence[dict[str, Any]]], rules: Settings
) -> int:
    """Writes the files of a part into an empty folder; returns how many articles it holds.

    Args:
        folder: where the files go.
        first: number of its first article; the others follow.
        batches: rows with COLUMNS and `text`; all of them together fit a part.
        rules: whose words a shingle has and whose permutations a signature.
    """
    prints: list[Ragged] = []
    schema = signature_schema(rules)
    number = first
    with (
        closing(sqlite3.connect(folder / "articles.sqlite")) as base,
        pq.ParquetWriter(folder / "signatures.parquet", schema, compression="zstd") as signed,
    ):
        base.executescript(f"pragma journal_mode=off; pragma synchronous=off; {_TABLE}")
        for rows in batches:
            words = read_words([row["text"] for row in rows])
            placed = placed_shingles(words.hashes, rules.match.shingle_words)
            prints.append(fingerprints(placed))
            signed.write_table(_signed([row["article_id"] for row in rows], placed, rules))
            _insert(base, rows, words, number)
            number += len(rows)
        base.executescript(_LOOKED_UP)
        base.commit()
    _write_fingerprints(folder, first, prints)
    return number - first


def _insert(
    base: sqlite3.Connection, rows: Sequence[dict[str, Any]], words: Words, first: int
) -> None:
    titles = read_words([row["title"] or "" for row in rows])
    texts = [row["text"].encode("utf-8", "replace") for row in rows]
    base.executemany(
        f"insert into articles values ({', '.join('?' * (len(COLUMNS) + 3))})",
        [
            (
                first + place,
                *map(_stored, (row[name] for name in COLUMNS)),
                len(text),
                _packed(text),
            )
            for place, (row, text) in enumerate(zip(rows, texts, strict=True))
        ],
    )
    base.executemany(
        "insert into words (rowid, title, text) values (?, ?, ?)",
        [
            (first + place, word_tokens(titles.hashes[place]), word_tokens(words.hashes[place]))
            for place in range(len(rows))
        ],
    )


def word_tokens(hashes: NDArray[np.uint64]) -> str:
    """The distinct words of a text or a question, as the tokens that the index keeps of them."""
    words = np.unique((hashes >> np.uint64(32)).astype(">u4"))
    return words.tobytes().hex(" ", 4)


def _packed(text: bytes) -> bytes:
    packed: bytes = pa.compress(text, codec="zstd", asbytes=True)
    return packed


def _stored(value: Any) -> Any:
    return (value - _EPOCH) // _MICROSECOND if isinstance(value, datetime) else value


def signature_schema(rules: Settings) -> pa.Schema:
    """The schema of signatures.parquet, which says how to make a signature of another text."""
    match = rules.match
    return pa.schema(
        [
            pa.field("article_id", pa.string(), nullable=False),
            pa.field("minhash", pa.list_(pa.uint32(), match.permutations), nullable=False),
        ],
        metadata={
            "scheme": "affine32",
            "seed": str(match.seed),
            "permutations": str(match.permutations),
            "shingle_words": str(match.shingle_words),
            "shingles": "dedupe.text.shingles.shingle_hashes",
        },
    )


def _signed(names: Sequence[str], placed: Ragged, rules: Settings) -> pa.Table:
    values = signatures(distinct(placed), rules.match.permutations, rules.match.seed)
    schema = signature_schema(rules)
    flat = pa.array(values.ravel())
    lists = pa.FixedSizeListArray.from_arrays(flat, rules.match.permutations)
    return pa.table([pa.array(names, pa.string()), lists], schema=schema)


def _write_fingerprints(folder: Path, first: int, prints: Sequence[Ragged]) -> None:
    parts: list[NDArray[np.uint64]] = [np.empty(0, np.uint64)]
    for batch in prints:
        owners = (batch.owners() + first).astype(np.uint64)
        parts.append(batch.values.astype(np.uint64) << np.uint64(32) | owners)
        first += len(batch)
    both = np.concatenate(parts)
    both.sort()
    keys = (both >> np.uint64(32)).astype(np.uint32)
    np.save(folder / "fingerprints.npy", keys)
    np.save(folder / "owners.npy", both.astype(np.uint32))
    starts = np.searchsorted(keys, np.arange(1 << 16, dtype=np.uint32) << np.uint32(16))
    np.save(folder / "buckets.npy", np.append(starts, len(keys)))


class IndexPart:
    """An open part, for reading.

    Args:
        folder: of the part.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = np.load(folder / "fingerprints.npy", mmap_mode="r")
        self.owners = np.load(folder / "owners.npy", mmap_mode="r")
        self.buckets = np.load(folder / "buckets.npy", mmap_mode="r")
        address = f"{(folder / 'articles.sqlite').resolve().as_uri()}?mode=ro&immutable=1"
        self.base = sqlite3.connect(address, uri=True)

    def close(self) -> None:
        """Gives its files back."""
        self.base.close()

    def sharing(self, prints: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The articles that share a fingerprint, as row numbers, and how many each shares.

        Args:
            prints: of one text, ascending and distinct.
        """
        lists = [self._owners(int(value)) for value in prints]
        return np.unique(np.concatenate([np.empty(0, np.uint32), *lists]), return_counts=True)

    def _owners(self, value: int) -> NDArray[np.uint32]:
        start, stop = self.buckets[value >> 16 : (value >> 16) + 2].tolist()
        bucket = self.keys[start:stop]
        first = start + int(np.searchsorted(bucket, np.uint32(value), "left"))
        last = start + int(np.searchsorted(bucket, np.uint32(value), "right"))
        return np.asarray(self.owners[first : last if last - first <= COMMON else first])

    def holding(self, words: str, column: str | None, most: int, wanted: Wanted = ANY) -> list[int]:
        """Row numbers of articles that hold all words, the last ones first, at most `most`.

        Args:
            words: tokens as `word_tokens` gives them.
            column: title or text; None: all words in both together.
            most: rows.
            wanted: what they are like besides.
        """
        tokens = words.split()
        if not tokens:
            return []
        phrases = [f'{column} : "{word}"' if column else f'"{word}"' for word in tokens]
        conditions, values = _conditions(wanted)
        joined = "join articles on number = words.rowid" if values else ""
        rows = self.base.execute(
            f"select words.rowid from words {joined} "
            f"where {' and '.join(['words match ?', *conditions])} "
            "order by words.rowid desc limit ?",
            (" AND ".join(phrases), *values, most),
        )
        return [int(row[0]) for row in rows]

    def newest(self, wanted: Wanted, most: int) -> list[int]:
        """Row numbers of the articles that are as wanted, the newest first, at most `most`."""
        conditions, values = _conditions(wanted)
        rows = self.base.execute(
            f"select number from articles where {' and '.join(['true', *conditions])} "
            f"order by {_DAY} desc limit ?",
            (*values, most),
        )
        return [int(row[0]) for row in rows]

    def articles(self, numbers: Sequence[int]) -> list[IndexedArticle]:
        """The articles with these row numbers, in that order."""
        chosen = f"select {', '.join(COLUMNS)}, size, text from articles where number = ?"
        return [
            _article(row)
            for number in numbers
            for row in self.base.execute(chosen, (number,)).fetchall()
        ]

    def numbers(self, article_id: str) -> list[int]:
        """The numbers of the articles with this id: one or none."""
        rows = self.base.execute("select number from articles where article_id = ?", (article_id,))
        return [int(row[0]) for row in rows]

    def named(self, column: str, value: str) -> list[IndexedArticle]:
        """The articles whose article_id or canonical_url is this value, by id.

        Args:
            column: one of these two.
            value: of the column.
        """
        rows = self.base.execute(
            f"select {', '.join(COLUMNS)}, size, text from articles where {column} = ? "
            "order by article_id",
            (value,),
        )
        return [_article(row) for row in rows.fetchall()]


def _conditions(wanted: Wanted) -> tuple[list[str], list[Any]]:
    """The conditions on a row of articles in SQL, and their values."""
    given = [
        ("(source_id = ? or host = ?)", (wanted.outlet, wanted.outlet)),
        (f"{_DAY} >= ?", (_stored(wanted.since),)),
        (f"{_DAY} < ?", (_stored(wanted.before),)),
    ]
    chosen = [(condition, values) for condition, values in given if values[0] is not None]
    return [condition for condition, _ in chosen], [
        value for _, values in chosen for value in values
    ]


def _article(row: Sequence[Any]) -> IndexedArticle:
    *values, size, packed = row
    facts = dict(zip(COLUMNS, values, strict=True))
    for name in ("published_at", "fetched_at"):
        if facts[name] is not None:
            facts[name] = _EPOCH + facts[name] * _MICROSECOND
    text = pa.decompress(packed, decompressed_size=size, codec="zstd", asbytes=True).decode()
    return IndexedArticle(**facts, text=text)

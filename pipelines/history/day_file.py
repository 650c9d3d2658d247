"""The form in which a day's articles are kept for later runs: one file, checked whole when read.

A line with the version, a line of facts (JSON), the articles as Parquet, and the SHA-256 of all of
it. Articles are kept as they were read from their pages, before anything is taken out of them: what
an outlet repeats depends on other days too, so that it is found anew by each run, exactly as if all
pages were read again.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.staged_articles import STAGED_ARTICLES

_COLUMNS = ";".join(f"{field.name} {field.type}" for field in STAGED_ARTICLES)
VERSION = f"1-{hashlib.blake2b(_COLUMNS.encode(), digest_size=4).hexdigest()}"
"""Of the form, and of the columns: a file of other columns is never taken for one of ours."""
ROWS = 8192
"""Articles in a row group: what one element of the graph reads."""
_MAGIC = b"copytrail state "
_DIGEST = 32
# 9: on 2,000 planted texts 299 bytes an article in .09 s, where 3 took 324 and 15 took 288 in 1.7 s
_LEVEL = 9
# a page as large as a row group: a story's copies are repeats within zstd's reach
_PAGE = 1 << 26


class UnreadableStateError(Exception):
    """The file is not what was written, or was written by another version; says which."""


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What a day's file says of itself."""

    day: str
    """ISO 8601."""
    fingerprint: str
    """Of the run that filed it; `rebuilt from RUN` where the file was lost."""
    extraction: str
    """Digest of the settings its pages were read with."""


@dataclass(frozen=True, slots=True, eq=False)
class DayState:
    """A day's articles, not yet decoded."""

    facts: DayFacts
    articles: pa.Buffer
    """As Parquet."""

    def digest(self) -> str:
        """Names the articles and nothing else: the same pages give the same later runs."""
        return hashlib.blake2b(self.articles, digest_size=12).hexdigest()

    def rows(self) -> int:
        """How many articles there are."""
        return int(self._file().metadata.num_rows)

    def groups(self) -> int:
        """How many row groups there are."""
        return int(self._file().num_row_groups)

    def group(self, number: int, columns: Sequence[str] | None = None) -> pa.Table:
        """The articles of one row group."""
        names = list(columns) if columns else None
        return self._file().read_row_group(number, names, use_threads=False)

    def _file(self) -> pq.ParquetFile:
        return pq.ParquetFile(pa.BufferReader(self.articles))


class DayWriter:
    """Makes the file of a day out of tables of articles, in bounded memory."""

    def __init__(self) -> None:
        """Begins a file without articles."""
        self._sink = pa.BufferOutputStream()
        self._waiting = [STAGED_ARTICLES.empty_table()]
        self._writer = pq.ParquetWriter(
            self._sink,
            STAGED_ARTICLES.remove_metadata(),
            compression="zstd",
            compression_level=_LEVEL,
            data_page_size=_PAGE,
        )

    def add(self, articles: pa.Table) -> None:
        """Takes some articles; what makes a row group is compressed."""
        self._waiting.append(articles.select(STAGED_ARTICLES.names))
        if sum(table.num_rows for table in self._waiting) >= ROWS:
            self._flush()

    def content(self, facts: DayFacts) -> bytes:
        """The whole file, when all articles were added."""
        self._flush()
        self._writer.close()
        header = json.dumps(asdict(facts), sort_keys=True).encode()
        articles = self._sink.getvalue().to_pybytes()
        content = b"%s%s\n%s\n%s" % (_MAGIC, VERSION.encode(), header, articles)
        return content + hashlib.sha256(content).digest()

    def _flush(self) -> None:
        order = [(name, "ascending") for name in ("article_id", "fetched_at", "input", "position")]
        articles = pa.concat_tables(self._waiting).sort_by(order)
        self._waiting = [STAGED_ARTICLES.empty_table()]
        if articles.num_rows:
            self._writer.write_table(articles.cast(self._writer.schema), row_group_size=2 * ROWS)


def day_state(content: bytes, day: date) -> DayState:
    """What DayWriter.content wrote.

    Raises:
        UnreadableStateError: it is not the whole file of that day, in this version's form.
    """
    first = content[:64].partition(b"\n")[0]
    if not first.startswith(_MAGIC):
        raise UnreadableStateError("is no file of the history")
    if (version := first[len(_MAGIC) :].decode("ascii", "replace")) != VERSION:
        raise UnreadableStateError(f"has version {version[:40]} of the history, wanted {VERSION}")
    body = content[:-_DIGEST]
    if hashlib.sha256(body).digest() != content[-_DIGEST:]:
        raise UnreadableStateError("is damaged: its checksum does not fit")
    start = body.index(b"\n", len(first) + 1) + 1
    facts = DayFacts(**json.loads(body[len(first) + 1 : start]))
    if facts.day != day.isoformat():
        raise UnreadableStateError(f"holds the day {facts.day}, wanted {day}")
    return DayState(facts, pa.py_buffer(body).slice(start))

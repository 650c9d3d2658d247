"""Ratings that a user names: TOML files that say which columns of which files hold them.

Everything is read and checked before a run reads a page, and is part of the run's fingerprint.
"""

import csv
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Literal

import pyarrow as pa
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq
from pydantic import Field

from pipelines.config.toml_files import FilePart, read_checked
from pipelines.errors import UsageError
from pipelines.storage.arrow import from_bytes, to_bytes
from sources.hosts import normal_host
from sources.outlets.ratings import HOST, Rating
from sources.urls import host_of

MAX_ROWS = 2_000_000
"""More is no list of outlets; all of it is handed to the worker that joins it."""
_HEAD_BYTES = 65_536
"""In which the first line of a file has to end."""
RATINGS = pa.schema([(field.name, pa.string()) for field in fields(Rating)])

Column = Annotated[str, Field(min_length=1, description="the name of a column of the file")]


class Observed(FilePart):
    """Which rows somebody rated: others may be computed, or filled in from a neighbour."""

    column: Column
    values: tuple[str, ...] = Field(min_length=1, description="rows with one of these are taken")


class RatingEntry(FilePart):
    """A data set of ratings and where it stands."""

    dataset: str = Field(min_length=1, max_length=200, description="its name and version")
    file: str = Field(description="CSV (.csv, .csv.gz, .tsv) or Parquet, from this file's folder")
    key: Column = Field(description="the column with the host, domain, address or registry id")
    key_kind: Literal["host", "outlet"] = Field(
        "host", description="host: hosts, domains or addresses; outlet: ids of the registry"
    )
    value: Column = Field(description="the column with the rating, which is taken as it stands")
    scale: str = Field(min_length=1, description="what the values mean, for the reader")
    licence: str = Field(min_length=1, description="the data set's licence")
    observed: Observed | None = Field(None, description="none: all rows are")


class RatingsFile(FilePart):
    """Data sets of ratings."""

    dataset: tuple[RatingEntry, ...] = Field((), description="one [[dataset]] each")


def load_ratings(paths: Sequence[str]) -> pa.Table | None:
    """The ratings of all files (schema RATINGS), sorted; None where no file is named.

    Raises:
        UsageError: a file cannot be read, lacks a column, or has no row that can be used.
    """
    if not paths:
        return None
    tables = [
        _rows(Path(path).parent / entry.file, entry, path)
        for path in paths
        for entry in read_ratings_file(path).dataset
    ]
    joined = pa.concat_tables([RATINGS.empty_table(), *tables])
    return joined.sort_by([(name, "ascending") for name in RATINGS.names])


def read_ratings_file(path: str) -> RatingsFile:
    """One file of mappings, checked for itself; raises UsageError as load_ratings does."""
    return read_checked(RatingsFile, "ratings", path)


def ratings_bytes(table: pa.Table) -> bytes:
    """The ratings as they cross to the worker that joins them."""
    return to_bytes(table)


def ratings_of(content: bytes) -> list[Rating]:
    """The inverse of ratings_bytes, as records."""
    return [Rating(**row) for row in from_bytes(content).to_pylist()]


def _rows(file: Path, entry: RatingEntry, told_in: str) -> pa.Table:
    where = f"ratings {told_in}: {entry.dataset}"
    table = _read(file, entry, where)
    if table.num_rows > MAX_ROWS:
        raise UsageError(f"{where}: {file} has {table.num_rows} rows, at most {MAX_ROWS} are read")
    rows = [row for row in table.to_pylist() if _is_observed(row, entry)]
    rated = [
        (entry.dataset, entry.key_kind, key, value, entry.scale, entry.licence)
        for row in rows
        if (value := row[entry.value]) and (key := _key(row[entry.key], entry.key_kind))
    ]
    if not rated:
        raise UsageError(
            f"{where}: none of {table.num_rows} rows of {file} can be used; "
            f"{entry.key} has to hold {_WANTED[entry.key_kind]}, {entry.value} a value"
            + (f", {entry.observed.column} one of observed.values" if entry.observed else "")
        )
    columns = [pa.array(column, pa.string()) for column in zip(*rated, strict=True)]
    return pa.table(columns, schema=RATINGS)


_WANTED = {"host": "hosts or addresses", "outlet": "ids of the registry"}


def _read(file: Path, entry: RatingEntry, where: str) -> pa.Table:
    """The columns that the entry names, as text."""
    wanted = [entry.key, entry.value, *([entry.observed.column] if entry.observed else [])]
    try:
        if file.suffix == ".parquet":
            table = pq.read_table(file, columns=list(dict.fromkeys(wanted)))
        else:
            table = pc_csv.read_csv(
                file,
                parse_options=pc_csv.ParseOptions(
                    delimiter=_delimiter(file, wanted), newlines_in_values=True
                ),
                convert_options=pc_csv.ConvertOptions(
                    include_columns=list(dict.fromkeys(wanted)),
                    column_types=dict.fromkeys(wanted, pa.string()),
                    strings_can_be_null=True,
                ),
            )
        _check_columns(table, wanted)
        return table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    except (OSError, pa.ArrowException, KeyError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise UsageError(f"{where}: {file} cannot be read: {reason}") from error


def _delimiter(file: Path, wanted: Sequence[str]) -> str:
    """What stands between the names of the wanted columns in the first line.

    A comma, as the suffix says, unless only another one parts that line into them: spreadsheets of
    half of Europe write `;`.
    """
    with pa.input_stream(str(file)) as stream:  # as Arrow unpacks it
        head = stream.read(_HEAD_BYTES).decode("utf-8-sig", "replace")
    for delimiter in ("\t" if ".tsv" in file.suffixes else ",", ";", "\t", "|"):
        header = next(csv.reader([head.partition("\n")[0]], delimiter=delimiter), [])
        if set(wanted) <= {name.strip() for name in header}:
            return delimiter
    return "\t" if ".tsv" in file.suffixes else ","


def _check_columns(table: pa.Table, wanted: Sequence[str]) -> None:
    """That Parquet had them all, for it leaves out silently what is not there."""
    for name in wanted:
        if name not in table.column_names:
            raise KeyError(f"column {name} is not in it")


def _is_observed(row: dict[str, str | None], entry: RatingEntry) -> bool:
    return entry.observed is None or row[entry.observed.column] in entry.observed.values


def _key(written: str | None, kind: str) -> str | None:
    """The key as it is looked up; None for what is no host, such as one page of a platform."""
    if written is None or kind != HOST:
        return written
    if "//" in written:
        rest = written.partition("//")[2].partition("/")[2]
        return None if rest.strip() else host_of(written)
    return None if "/" in written.rstrip("/") else normal_host(written.rstrip("/"))

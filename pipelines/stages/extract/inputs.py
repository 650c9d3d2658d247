"""What there is to read: patterns become files, files become splits of about equal size.

A split is the unit of work and of resuming. Splits depend on the files alone, never on the
number of workers.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from apache_beam.io.filesystem import BeamIOError
from apache_beam.io.filesystems import FileSystems

from pipelines.errors import UsageError
from pipelines.storage import filesystem

WANTED_SPLITS = 4096
"""From where on splits become larger instead of more: 8 GB of input by default."""
LARGEST = {"warc": 1 << 30}
"""Bytes up to which splits grow: an archive as crawlers write them, some 30,000 pages of half an
hour, which is what an interruption loses at most."""
LARGEST_OF_TEXTS = 1 << 26
"""The same where texts stand in the files: some 55,000, of which a worker holds one split."""


FORMATS = {
    ".warc": "warc",
    ".warc.gz": "warc",
    ".wacz": "wacz",
    ".html": "html",
    ".html.gz": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson": "jsonl",
    ".ndjson.gz": "jsonl",
    ".csv": "csv",
    ".csv.gz": "csv",
    ".parquet": "parquet",
    ".txt": "text",
    ".txt.gz": "text",
}
SPLITTABLE = ("warc", "parquet")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file as the filesystem lists it."""

    path: str
    size_bytes: int
    modified_s: float
    """Seconds since 1970 (UTC), 0 where the filesystem does not say."""
    format: str


@dataclass(frozen=True, slots=True)
class Split:
    """A part of one file, or several small files whole."""

    files: tuple[InputFile, ...]
    start: int = 0
    """First byte (WARC) or row (Parquet) of the part."""
    end: int | None = None
    """One past the last; None: to the end of the file."""

    def key(self, binding: str) -> str:
        """A name for what this split makes, bound to `binding`: settings and code version."""
        told = json.dumps([asdict(self), binding], sort_keys=True)
        return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()

    def size_bytes(self) -> int:
        """Roughly how much there is to read."""
        whole = sum(file.size_bytes for file in self.files)
        return whole if self.end is None else min(whole, self.end - self.start)


@dataclass(frozen=True, slots=True)
class Found:
    """The files that patterns name, and those among them that nothing here can read."""

    files: tuple[InputFile, ...]
    unread: tuple[str, ...]


def find_files(patterns: Sequence[str], forced_format: str = "auto") -> Found:
    """The files that the patterns name, each once, sorted by path.

    Raises:
        UsageError: a pattern matches nothing, or a file named outright has an unknown format.
    """
    files: dict[str, InputFile] = {}
    unread: set[str] = set()
    for pattern in patterns:
        for path, size, modified in _match(pattern):
            kind = _format_of(path) if forced_format == "auto" else forced_format
            if kind:
                files[path] = InputFile(path, size, modified, kind)
            elif path == pattern:
                raise UsageError(f"{path} has no known format; {_known()}")
            else:
                unread.add(path)
    if not files:
        raise UsageError(f"{', '.join(patterns)} holds nothing to read; {_known()}")
    return Found(tuple(files[path] for path in sorted(files)), tuple(sorted(unread)))


def splits(files: Sequence[InputFile], split_bytes: int) -> list[Split]:
    """The work, largest first, so that a round-robin over workers is even.

    Splits of a large input are larger (pipelines.stages.extract.inputs).
    """
    total = sum(file.size_bytes for file in files)
    found: list[Split] = []
    for kind in sorted({file.format for file in files}):
        size = split_size(kind, total, split_bytes)
        # of a usual input each archive is a split: workers have more of them to share
        whole = size // 2 if size > split_bytes else 0
        small = [one for one in files if one.format == kind and _is_small(one, whole)]
        large = [one for one in files if one.format == kind and not _is_small(one, whole)]
        found.extend(Split(tuple(some)) for some in _bundles(small, size))
        found.extend(split for file in large for split in _parts(file, size))
    return sorted(found, key=lambda split: (-split.size_bytes(), split.files[0].path, split.start))


def _is_small(file: InputFile, whole: int) -> bool:
    """Whether it is read whole, beside others."""
    return file.format not in SPLITTABLE or file.size_bytes <= whole


def _match(pattern: str) -> Iterator[tuple[str, int, float]]:
    if filesystem.is_local(pattern) and filesystem.exists(pattern):
        yield from _local_files(pattern)
        return
    try:
        found = FileSystems.match([pattern])[0].metadata_list
        if not [one for one in found if not one.path.endswith("/")] or _is_folder(pattern):
            found = FileSystems.match([filesystem.join(pattern, "**")])[0].metadata_list
    except (BeamIOError, ValueError) as error:
        raise UsageError(f"--input {pattern} cannot be listed: {error}") from error
    if not found:
        raise UsageError(f"--input {pattern} matches no file; check the path or quote the pattern")
    for one in found:
        if not one.path.rsplit("/", 1)[-1].startswith("."):
            yield one.path, one.size_in_bytes, one.last_updated_in_seconds or 0.0


def _local_files(path: str) -> Iterator[tuple[str, int, float]]:
    """The file itself or all files below the folder, whatever characters their names hold.

    Dot-folders are left out: .git, and the .work of an output folder.
    """
    found = [path] if Path(path).is_file() else []
    for folder, inner, names in os.walk(path):
        inner[:] = [name for name in inner if not name.startswith(".")]
        found.extend(str(Path(folder, name)) for name in names if not name.startswith("."))
    for one in found:
        told = Path(one).stat() if Path(one).exists() else Path(one).lstat()  # a link to nothing
        yield one, told.st_size, told.st_mtime


def _is_folder(pattern: str) -> bool:
    found = FileSystems.match([filesystem.join(pattern, "*")])[0].metadata_list
    return bool(found)


def _format_of(path: str) -> str | None:
    name = path.rsplit("/", 1)[-1].lower()
    return next((kind for suffix, kind in FORMATS.items() if name.endswith(suffix)), None)


def _known() -> str:
    return f"known are {', '.join(FORMATS)}; --set input.format=warc reads any name as WARC"


def _parts(file: InputFile, split_bytes: int) -> Iterator[Split]:
    """Ranges of bytes (WARC) or of rows (Parquet); an empty file is one split."""
    extent, step = file.size_bytes, split_bytes
    if file.format == "parquet":
        extent, step = _parquet_rows(file, split_bytes)
    for start in range(0, max(extent, 1), step):
        yield Split((file,), start, start + step if start + step < extent else None)


def _parquet_rows(file: InputFile, split_bytes: int) -> tuple[int, int]:
    """How many rows the file has and how many make a split; (1, 1) where it cannot be opened."""
    try:
        with filesystem.opened(file.path) as stream:
            rows = pq.ParquetFile(pa.PythonFile(stream, mode="r")).metadata.num_rows
    except (pa.ArrowException, OSError):
        return 1, 1  # the reader will reject it with its reason
    per_split = max(1000, rows * split_bytes // max(1, file.size_bytes))
    return rows, per_split


def _bundles(files: Iterable[InputFile], split_bytes: int) -> Iterator[list[InputFile]]:
    bundle: list[InputFile] = []
    size = 0
    for file in files:
        if bundle and size + file.size_bytes > split_bytes:
            yield bundle
            bundle, size = [], 0
        bundle.append(file)
        size += file.size_bytes
    if bundle:
        yield bundle


def split_size(file_format: str, input_bytes: int, asked: int) -> int:
    """Bytes of a split of such a file, in an input of so many bytes; never less than asked.

    By doubling, so that an input that grows a little keeps the splits that were extracted.

    >>> [split_size("parquet", size, 2_000_000) for size in (10**9, 10**10, 10**13)]
    [2000000, 4000000, 64000000]
    >>> split_size("warc", 10**13, 2_000_000), split_size("warc", 10**13, 2_000_000_000)
    (1024000000, 2000000000)
    """
    size, largest = asked, LARGEST.get(file_format, LARGEST_OF_TEXTS)
    while size * WANTED_SPLITS < input_bytes and size * 2 <= largest:
        size *= 2
    return size

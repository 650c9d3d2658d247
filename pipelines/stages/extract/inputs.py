"""What there is to read: patterns become files, files become splits of about equal size.

A split is the unit of work and of resuming. Splits depend on the files alone, never on the
number of workers.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.errors import UsageError
from pipelines.stages.extract.local_inputs import LocalFiles, seal_of
from pipelines.storage import filesystem

WANTED_SPLITS = 4096
"""From where on splits become larger instead of more: 8 GB of input by default."""
LARGEST = {"warc": 1 << 30}
"""Bytes up to which splits grow: an archive as crawlers write them, some 30,000 pages of half an
hour, which is what an interruption loses at most."""
LARGEST_OF_TEXTS = 1 << 26
"""The same where texts stand in the files: some 55,000, of which a worker holds one split."""


_HIVE_NULL = "__HIVE_DEFAULT_PARTITION__"
FORMATS = {
    ".warc": "warc",
    ".wet": "warc",
    ".arc": "warc",
    ".wacz": "wacz",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".txt": "text",
}
PACKED = (".gz", ".zst")
"""Behind the others, in any case; whether a file is packed is seen by its first bytes."""
ARCHIVES = ("warc", "wacz", "html")
SPLITTABLE = ("warc", "parquet")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file as the filesystem lists it."""

    path: str
    size_bytes: int
    modified_s: float
    """Seconds since 1970 (UTC), 0 where the filesystem does not say."""
    format: str
    seal: str = ""
    """What changes with any change of the file and cannot be set back: inode and time of change;
    empty where the filesystem has neither."""

    def constants(self) -> dict[str, str]:
        """The columns that folders of the path give all its rows: `outlet=post/day=2026-03-02/`."""
        named = (part.partition("=") for part in self.path.split("/")[:-1])
        columns = {name: unquote(value) for name, is_named, value in named if is_named and name}
        return {name: value for name, value in columns.items() if value != _HIVE_NULL}


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
        identity = json.dumps([asdict(self), binding], sort_keys=True)
        return hashlib.blake2b(identity.encode(), digest_size=12).hexdigest()

    def size_bytes(self) -> int:
        """Roughly how much there is to read."""
        whole = sum(file.size_bytes for file in self.files)
        return whole if self.end is None else min(whole, self.end - self.start)

    def share_read(self, path: str, position: int) -> float:
        """Roughly which share of it was read when a record of it was, from 0 to 1.

        Args:
            path: the record's file.
            position: of the record: a byte of an archive, a row of Parquet. Lines say nothing of
                how many follow, so that of such a file only those before it count.
        """
        if not self.files:
            return 0.0
        sizes = [file.size_bytes for file in self.files]
        at = next((at for at, file in enumerate(self.files) if file.path == path), 0)
        within = 0.0
        if self.files[at].format == "warc" or self.end is not None:
            end = self.files[at].size_bytes if self.end is None else self.end
            if self.files[at].format == "warc":
                end = min(end, self.files[at].size_bytes)
            within = min(1.0, max(0.0, (position - self.start) / max(1, end - self.start)))
        return (sum(sizes[:at]) + within * sizes[at]) / max(1, sum(sizes))

    def share(self) -> float:
        """Roughly which share of its file it is, from 0 to 1; 1 where it holds whole files, or
        none: all of its files may have changed.
        """
        if len(self.files) != 1 or self.files[0].format != "warc":
            return 1.0
        size = self.files[0].size_bytes
        if not size:
            return 1.0
        return (min(size, size if self.end is None else self.end) - self.start) / size


@dataclass(frozen=True, slots=True)
class InputFiles:
    """The files that patterns name, and what is to be told of others among them."""

    files: tuple[InputFile, ...]
    warnings: tuple[str, ...]


def find_files(
    patterns: Sequence[str],
    forced_format: str = "auto",
    excluded: Sequence[str] = (),
    follows_links: bool = False,
) -> InputFiles:
    """The files that the patterns name, each once, sorted by path.

    Args:
        patterns: files, folders and globs.
        forced_format: of all files; auto: by their names.
        excluded: folders of our own output, which are never input.
        follows_links: whether links are followed that lead out of the folder they stand in.

    Raises:
        UsageError: a pattern matches nothing, or a file named outright has an unknown format.
    """
    files: dict[str, InputFile] = {}
    warnings: set[str] = set()
    for pattern in patterns:
        local = LocalFiles(tuple(excluded), follows_links)
        for path, size, modified, seal in _match(pattern, local):
            kind = _format_of(path) if forced_format == "auto" else forced_format
            if kind:
                files[path] = InputFile(path, size, modified, kind, seal)
            elif path == pattern:
                raise UsageError(f"{path} has no known format; {_known()}")
            else:
                warnings.add(f"{path} was not read: its format is unknown")
        warnings.update(local.warnings)
    if not files:
        raise UsageError(f"{', '.join(patterns)} holds nothing to read; {_known()}")
    listed = tuple(files[path] for path in sorted(files))
    return InputFiles(listed, tuple(sorted({*warnings, *_mixed(listed)})))


def _mixed(files: Sequence[InputFile]) -> Iterator[str]:
    """A warning for each folder in which tables lie beside archives: one may be there by chance."""
    by_folder: dict[str, list[InputFile]] = {}
    for file in files:
        by_folder.setdefault(file.path.rpartition("/")[0], []).append(file)
    for folder, inside in by_folder.items():
        tables = [file.path.rpartition("/")[2] for file in inside if file.format not in ARCHIVES]
        if tables and len(tables) < len(inside):
            more = f" and {len(tables) - 3} more" if len(tables) > 3 else ""
            yield (
                f"{folder or '.'} holds archives and tables; the tables were read too: "
                f"{', '.join(tables[:3])}{more}"
            )


def has_changed(file: InputFile) -> bool:
    """Whether the file is not what it was when it was listed, as its filesystem tells."""
    if file.seal:
        try:
            status = os.stat(file.path)  # noqa: PTH116 - Path would lose a leading ./
        except OSError:
            return True
        return (status.st_size, seal_of(status)) != (file.size_bytes, file.seal)
    if filesystem.is_local(file.path):
        return False
    matches = filesystem.match(file.path)
    if not matches:
        return True
    now = matches[0].size_in_bytes, matches[0].last_updated_in_seconds or 0.0
    return now != (file.size_bytes, file.modified_s)


def splits(files: Sequence[InputFile], split_bytes: int) -> list[Split]:
    """The work, largest first, so that a round-robin over workers is even.

    Splits of a large input are larger (below).
    """
    total = sum(file.size_bytes for file in files)
    work: list[Split] = []
    for kind in sorted({file.format for file in files}):
        size = split_size(kind, total, split_bytes)
        # of a usual input each archive is a split: workers have more of them to share
        whole = size // 2 if size > split_bytes else 0
        small = [file for file in files if file.format == kind and _is_small(file, whole)]
        large = [file for file in files if file.format == kind and not _is_small(file, whole)]
        work.extend(Split(tuple(bundle)) for bundle in _bundles(small, size))
        work.extend(split for file in large for split in _parts(file, size))
    return sorted(work, key=lambda split: (-split.size_bytes(), split.files[0].path, split.start))


def _is_small(file: InputFile, whole: int) -> bool:
    """Whether it is read whole, beside others."""
    return file.format not in SPLITTABLE or file.size_bytes <= whole


def _match(pattern: str, local: LocalFiles) -> Iterator[tuple[str, int, float, str]]:
    if filesystem.is_local(pattern):
        listed = list(local.named(pattern))
        if not listed and not local.warnings and not filesystem.exists(pattern):
            message = f"--input {pattern} matches no file; check the path or quote the pattern"
            raise UsageError(message)
        yield from listed
        return
    try:
        matches = filesystem.match(pattern)
        if not [match for match in matches if not match.path.endswith("/")] or _is_folder(pattern):
            matches = filesystem.match(filesystem.join(pattern, "**"))
    except (OSError, ValueError) as error:
        raise UsageError(f"--input {pattern} cannot be listed: {error}") from error
    if not matches:
        raise UsageError(f"--input {pattern} matches no file; check the path or quote the pattern")
    for match in matches:
        if not match.path.rsplit("/", 1)[-1].startswith("."):
            yield match.path, match.size_in_bytes, match.last_updated_in_seconds or 0.0, ""


def _is_folder(pattern: str) -> bool:
    matches = filesystem.match(filesystem.join(pattern, "*"))
    return bool(matches)


def _format_of(path: str) -> str | None:
    name = path.rsplit("/", 1)[-1].lower()
    for packed in PACKED:
        name = name.removesuffix(packed)
    return next((kind for suffix, kind in FORMATS.items() if name.endswith(suffix)), None)


def _known() -> str:
    suffixes = ", ".join(FORMATS)
    return f"known are {suffixes}, each also as .gz or .zst; --set input.format=warc forces WARC"


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


def split_size(file_format: str, input_bytes: int, wanted: int) -> int:
    """Bytes of a split of such a file, in an input of so many bytes; never less than asked.

    By doubling, so that an input that grows a little keeps the splits that were extracted.

    >>> [split_size("parquet", size, 2_000_000) for size in (10**9, 10**10, 10**13)]
    [2000000, 4000000, 64000000]
    >>> split_size("warc", 10**13, 2_000_000), split_size("warc", 10**13, 2_000_000_000)
    (1024000000, 2000000000)
    """
    size, largest = wanted, LARGEST.get(file_format, LARGEST_OF_TEXTS)
    while size * WANTED_SPLITS < input_bytes and size * 2 <= largest:
        size *= 2
    return size

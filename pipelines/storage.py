"""Files on any filesystem that Beam knows, written whole or not at all."""

import fnmatch
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems


def join(folder: str, *names: str) -> str:
    """The path of a file below `folder`, on whatever filesystem that is."""
    return str(FileSystems.join(folder, *names))


def exists(path: str) -> bool:
    """Whether a file or folder stands at `path`."""
    return bool(FileSystems.exists(path))


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The file's bytes as they are stored, never decompressed on the way."""
    with FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED) as stream:
        yield stream


def read_bytes(path: str) -> bytes:
    """The whole file."""
    with opened(path) as stream:
        return stream.read()


def write_bytes(path: str, content: bytes) -> None:
    """Writes a file so that a reader sees all of it or nothing: beside it first, then renamed."""
    unfinished = f"{path}.{uuid4().hex}.tmp"
    with FileSystems.create(
        unfinished,
        mime_type="application/octet-stream",
        compression_type=CompressionTypes.UNCOMPRESSED,
    ) as stream:
        stream.write(content)
    FileSystems.rename([unfinished], [path])


def make_folder(path: str) -> None:
    """Makes the folder where the filesystem has folders; nothing where it is there."""
    if not exists(path):
        FileSystems.mkdirs(path)


def delete(path: str) -> None:
    """Removes a file or a whole folder; nothing where there is none."""
    if exists(path):
        FileSystems.delete([path])


def list_files(folder: str, pattern: str = "*") -> list[str]:
    """Paths of the files in `folder` whose name matches, sorted; none where it is missing."""
    found = FileSystems.match([join(folder, "*")])[0].metadata_list
    paths = [cast(str, one.path) for one in found]
    return sorted(path for path in paths if fnmatch.fnmatchcase(path.rsplit("/", 1)[-1], pattern))


def write_table(path: str, table: pa.Table) -> None:
    """Stages an Arrow table as Parquet; lz4 because it is read again soon and thrown away."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="lz4", row_group_size=4096)
    write_bytes(path, sink.getvalue())


def read_table(path: str, columns: list[str] | None = None) -> pa.Table:
    """A staged Parquet file, whole or some of its columns."""
    with opened(path) as stream:
        return pq.read_table(pa.PythonFile(stream, mode="r"), columns=columns, use_threads=False)

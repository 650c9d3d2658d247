"""Files on any filesystem that Beam knows, written whole or not at all."""

import fnmatch
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

import pipelines.fsspec_files  # noqa: F401  Beam knows more addresses by it


def join(folder: str, *names: str) -> str:
    """The path of a file below `folder`, on whatever filesystem that is."""
    return str(FileSystems.join(folder, *names))


def absolute(path: str) -> str:
    """The path as any process of this machine finds it, whatever folder it runs in."""
    return os.path.abspath(path) if is_local(path) else path  # noqa: PTH100 resolve() follows links


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
    """Writes a file so that a reader sees all of it or nothing.

    On a disk beside it first, then renamed; an object store shows an object when it is whole. Beam
    cannot write an empty object to S3.
    """
    unfinished = f"{path}.{uuid4().hex}.tmp" if is_local(path) else path
    with (
        _gone_if_failed(unfinished),
        FileSystems.create(
            unfinished,
            mime_type="application/octet-stream",
            compression_type=CompressionTypes.UNCOMPRESSED,
        ) as stream,
    ):
        stream.write(content)
    if unfinished != path:
        FileSystems.rename([unfinished], [path])


def write_durably(path: str, content: bytes) -> None:
    """Writes a file as write_bytes does, and so that a power cut leaves all of it or nothing.

    Without it the name of a file may survive and what it holds may not.
    """
    if not is_local(path):
        write_bytes(path, content)
        return
    unfinished = Path(f"{path}.{uuid4().hex}.tmp")
    with _gone_if_failed(str(unfinished)):
        unfinished.write_bytes(content)
        _sync(unfinished)
    unfinished.replace(path)
    _sync(unfinished.parent)


@contextmanager
def _gone_if_failed(path: str) -> Iterator[None]:
    """Deletes what a failed write left: on a full disk it takes the space of the next try."""
    try:
        yield
    except OSError:
        with suppress(OSError):
            if is_local(path):  # an object store has nothing unfinished
                delete(path)
        raise


def make_folder(path: str) -> None:
    """Makes the folder where the filesystem has folders; nothing where it is there."""
    if not exists(path):
        FileSystems.mkdirs(path)


def delete(path: str) -> None:
    """Removes a file or a whole folder; nothing where there is none."""
    if is_local(path):
        delete_local(Path(path))
    else:
        _delete_objects([path] if exists(path) else _objects(path))


def delete_local(path: Path) -> None:
    """Removes a file, a link or a whole folder of this machine; nothing where there is none.

    Not by Beam, which would take [ and * in the path for a pattern.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def list_files(folder: str, pattern: str = "*") -> list[str]:
    """Paths of the files in `folder` whose name matches, sorted; none where it is missing."""
    if is_local(folder):
        inside = Path(folder).iterdir() if exists(folder) else ()
        paths = [str(path) for path in inside if path.is_file()]
    else:
        found = FileSystems.match([join(folder, "*")])[0].metadata_list
        paths = [cast(str, one.path) for one in found]
    return sorted(path for path in paths if fnmatch.fnmatchcase(path.rsplit("/", 1)[-1], pattern))


def list_folders(folder: str, pattern: str) -> list[str]:
    """Paths of the folders in `folder` whose name matches, sorted; none where it is missing."""
    if is_local(folder):
        return sorted(str(path) for path in Path(folder).glob(pattern) if path.is_dir())
    names = {path.removeprefix(folder).strip("/").split("/")[0] for path in _objects(folder)}
    return sorted(join(folder, name) for name in names if fnmatch.fnmatchcase(name, pattern))


def is_local(path: str) -> bool:
    """Whether the path is on this machine's disk, where renames and links are atomic."""
    return "://" not in path


def rename(source: str, target: str) -> None:
    """Gives a file its final name; atomic on a local disk."""
    FileSystems.rename([source], [target])


def move(source: str, target: str) -> None:
    """Gives a file a name that may be on another disk, or in an object store; seen whole there."""
    write_bytes(target, read_bytes(source))
    delete(source)


def rename_folder(source: str, target: str, last: str) -> None:
    """Gives a folder its final name.

    Atomic on a disk. In an object store one object after another is copied, the file named `last`
    after all others: who sees it there sees the whole folder. The source goes when that stands, so
    that an interrupted rename can be made again; what it left at `target` goes first.
    """
    if is_local(source):
        rename(source, target)
        return
    delete(target)
    paths = sorted(_objects(source), key=lambda path: (path.endswith(f"/{last}"), path))
    for path in paths:
        FileSystems.copy([path], [target + path.removeprefix(source)])
    _delete_objects(paths[::-1])


def _objects(folder: str) -> list[str]:
    """All objects below a folder of an object store, however deep."""
    found = FileSystems.match([join(folder, "**")])[0].metadata_list
    return [cast(str, one.path) for one in found]


def _delete_objects(paths: list[str]) -> None:
    if paths:
        FileSystems.delete(paths)


def sync_tree(folder: str) -> None:
    """Makes a local folder's files survive a power cut; other filesystems see to that themselves.

    Linux needs the folders themselves synced too, or a file's name may be lost.
    """
    if is_local(folder):
        for path in [*Path(folder).rglob("*"), Path(folder)]:
            _sync(path)


def sync(path: str) -> None:
    """Makes a local file survive a power cut; its name is its folder's."""
    if is_local(path):
        _sync(Path(path))


def sync_folder(folder: str) -> None:
    """Makes the names in a local folder survive a power cut."""
    if is_local(folder):
        _sync(Path(folder))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_table(path: str, table: pa.Table, rows: int = 4096) -> None:
    """Stages an Arrow table as Parquet; lz4 because it is read again soon and thrown away."""
    sink = pa.BufferOutputStream()
    # dictionaries of shingles and texts would be longer than these: 12 us a text in vain
    pq.write_table(table, sink, compression="lz4", row_group_size=rows, use_dictionary=False)
    write_bytes(path, sink.getvalue())


def write_batches(path: str, tables: Sequence[pa.Table], schema: pa.Schema) -> None:
    """Stages tables of one schema as the batches of one Arrow file, for read_batch.

    zstd: of texts and pairs it leaves .57 to .75 of what lz4 does, for 2 us a text.
    """
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", compression_level=1))
    with pa.ipc.new_file(sink, schema, options=options) as writer:
        for table in tables:
            writer.write_batch(_one_batch(table))
    write_bytes(path, sink.getvalue())


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)


def read_batch(path: str, number: int) -> pa.Table:
    """One of the tables that write_batches staged; nothing else is read."""
    if is_local(path):  # a part reads a batch of every split: 60 us, by way of Beam 250
        with pa.OSFile(path) as file, pa.ipc.open_file(file) as batches:
            return pa.Table.from_batches([batches.get_batch(number)])
    with opened(path) as stream, pa.ipc.open_file(pa.PythonFile(stream, mode="r")) as file:
        return pa.Table.from_batches([file.get_batch(number)])


def read_table(path: str, columns: list[str] | None = None) -> pa.Table:
    """A staged Parquet file, whole or some of its columns."""
    with opened(path) as stream:
        return pq.read_table(pa.PythonFile(stream, mode="r"), columns=columns, use_threads=False)


def read_range(path: str, column: str, first: str, last: str) -> pa.Table:
    """The rows of a staged file, sorted by `column`, whose value lies in [first, last].

    Only the row groups whose statistics meet the range are read.
    """
    with opened(path) as stream:
        file = pq.ParquetFile(pa.PythonFile(stream, mode="r"))
        place = file.schema_arrow.get_field_index(column)
        groups = [
            group
            for group in range(file.num_row_groups)
            if _meets(file.metadata.row_group(group).column(place).statistics, first, last)
        ]
        table = file.read_row_groups(groups, use_threads=False)
    values = table.column(column)
    return table.filter(pc.and_(pc.greater_equal(values, first), pc.less_equal(values, last)))


def _meets(statistics: pq.Statistics | None, first: str, last: str) -> bool:
    if statistics is None or not statistics.has_min_max:
        return True  # a group without rows has none
    return bool(statistics.min <= last and statistics.max >= first)

"""Files on any filesystem that Beam knows, written whole or not at all.

Those of this machine need no Beam: importing it takes a second and a half, and commands that only
read tables do not.
"""

import fnmatch
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import uuid4


def _stores() -> Any:
    """Beam's FileSystems, which knows object stores; imported when the first address is met."""
    from apache_beam.io.filesystems import FileSystems

    import pipelines.storage.fsspec_files  # noqa: F401  Beam knows more addresses by it

    return FileSystems


def join(folder: str, *names: str) -> str:
    """The path of a file below `folder`, on whatever filesystem that is."""
    if is_local(folder):
        return os.path.join(folder, *names)  # noqa: PTH118 - Path would lose a leading ./
    return str(_stores().join(folder, *names))


def absolute(path: str) -> str:
    """The path as any process of this machine finds it, whatever folder it runs in."""
    return os.path.abspath(path) if is_local(path) else path  # noqa: PTH100 resolve() follows links


def exists(path: str) -> bool:
    """Whether a file or folder stands at `path`."""
    return os.path.exists(path) if is_local(path) else bool(_stores().exists(path))  # noqa: PTH110


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The file's bytes as they are stored, never decompressed on the way."""
    with (
        Path(path).open("rb")
        if is_local(path)
        else _stores().open(path, compression_type="uncompressed")
    ) as stream:
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
    if not is_local(path):
        with _stores().create(
            path, mime_type="application/octet-stream", compression_type="uncompressed"
        ) as stream:
            stream.write(content)
        return
    unfinished = Path(f"{path}.{uuid4().hex}.tmp")
    with _gone_if_failed(unfinished):
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
    unfinished.rename(path)


def write_durably(path: str, content: bytes) -> None:
    """Writes a file as write_bytes does, and so that a power cut leaves all of it or nothing.

    Without it the name of a file may survive and what it holds may not.
    """
    if not is_local(path):
        write_bytes(path, content)
        return
    unfinished = Path(f"{path}.{uuid4().hex}.tmp")
    with _gone_if_failed(unfinished):
        unfinished.write_bytes(content)
        _sync(unfinished)
    unfinished.replace(path)
    _sync(unfinished.parent)


@contextmanager
def _gone_if_failed(path: Path) -> Iterator[None]:
    """Deletes what a failed write left: on a full disk it takes the space of the next try."""
    try:
        yield
    except OSError:
        with suppress(OSError):
            delete_local(path)
        raise


def make_folder(path: str) -> None:
    """Makes the folder where the filesystem has folders; nothing where it is there."""
    if exists(path):
        return
    if is_local(path):
        Path(path).mkdir(parents=True)
    else:
        _stores().mkdirs(path)


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
        paths = [cast(str, stored.path) for stored in match(join(folder, "*"))]
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
    if is_local(source):
        Path(source).rename(target)
    else:
        _stores().rename([source], [target])


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
        _stores().copy([path], [target + path.removeprefix(source)])
    _delete_objects(paths[::-1])


def _objects(folder: str) -> list[str]:
    """All objects below a folder of an object store, however deep."""
    return [cast(str, stored.path) for stored in match(join(folder, "**"))]


def match(pattern: str) -> list[Any]:
    """Path, size and time of the objects that a pattern names, as Beam tells them.

    Raises:
        OSError: the store does not answer.
        ValueError: it is no address of a store that Beam knows.
    """
    return list(_stores().match([pattern])[0].metadata_list)


def _delete_objects(paths: list[str]) -> None:
    if paths:
        _stores().delete(paths)


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

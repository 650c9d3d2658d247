"""Addresses that Beam has no file system for, by way of fsspec: Beam's name for Azure is azfs://.

For Beam these are object stores: no folders, nothing that is half written. What a store needs to
know (keys, accounts) it takes from the environment, as its package or fsspec says.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

from apache_beam.io.filesystem import (
    BeamIOError,
    CompressedFile,
    CompressionTypes,
    FileMetadata,
    FileSystem,
)

PACKAGES = {
    "abfs": "adlfs",
    "abfss": "adlfs",
    "az": "adlfs",
    "oci": "ocifs",
    "oss": "ossfs",
    "s3a": "s3fs",
}
"""What fsspec needs for each scheme."""
_MODIFIED = ("LastModified", "last_modified", "mtime", "timeModified", "updated")
"""Where these packages say when a file was changed."""
BYTES = "application/octet-stream"


class FsspecFiles(FileSystem):
    """The objects of one scheme, as Beam asks for them; subclasses name the scheme."""

    SCHEME = ""

    @classmethod
    def scheme(cls) -> str:
        """What addresses begin with; none of this class itself, which Beam asks too."""
        return cls.SCHEME

    def join(self, basepath: str, *paths: str) -> str:
        """The address of something below another."""
        return "/".join([basepath.rstrip("/"), *(part.strip("/") for part in paths)])

    def split(self, path: str) -> tuple[str, str]:
        """The address of a folder, and the name in it."""
        folder, _, name = path.rpartition("/")
        return folder, name

    def mkdirs(self, path: str) -> None:
        """Nothing: a folder is there when an object is in it."""

    def has_dirs(self) -> bool:
        """No: listings begin with a prefix."""
        return False

    def _list(self, prefix: str) -> Iterator[FileMetadata]:
        folder = prefix.rpartition("/")[0]
        store = _store(self.scheme())
        inside = store._strip_protocol(folder) + "/"
        for name, info in store.find(folder, detail=True).items():
            path = f"{folder}/{name.removeprefix(inside)}"
            if path.startswith(prefix):
                yield _metadata(path, info)

    def open(
        self, path: str, mime_type: str = BYTES, compression_type: str = CompressionTypes.AUTO
    ) -> BinaryIO:
        """An object to be read."""
        return _plain(_store(self.scheme()).open(path, "rb"), path, compression_type)

    def create(
        self, path: str, mime_type: str = BYTES, compression_type: str = CompressionTypes.AUTO
    ) -> BinaryIO:
        """An object to be written; it is there when it is closed."""
        return _plain(_Unsent(_store(self.scheme()), path), path, compression_type)

    def copy(self, source_file_names: Sequence[str], destination_file_names: Sequence[str]) -> None:
        """Copies objects, one to each destination."""
        for source, target in zip(source_file_names, destination_file_names, strict=True):
            _store(self.scheme()).cp_file(source, target)

    def rename(
        self, source_file_names: Sequence[str], destination_file_names: Sequence[str]
    ) -> None:
        """Copies objects, then deletes what was copied."""
        self.copy(source_file_names, destination_file_names)
        self.delete(source_file_names)

    def exists(self, path: str) -> bool:
        """Whether an object stands there; a folder is none."""
        try:
            return bool(self._told(path)["type"] == "file")
        except FileNotFoundError:
            return False

    def size(self, path: str) -> int:
        """Bytes of an object."""
        return int(self.metadata(path).size_in_bytes)

    def last_updated(self, path: str) -> float:
        """When it was changed, seconds since 1970 (UTC); 0 where the store does not say."""
        return float(self.metadata(path).last_updated_in_seconds)

    def checksum(self, path: str) -> str:
        """What changes with the object, as fsspec puts it together."""
        return str(_store(self.scheme()).checksum(path))

    def metadata(self, path: str) -> FileMetadata:
        """Path, size and time of an object."""
        try:
            return _metadata(path, self._told(path))
        except FileNotFoundError as error:
            raise BeamIOError(f"{path} is not there", {path: error}) from error

    def delete(self, paths: Sequence[str]) -> None:
        """Deletes objects; one that is gone already is no error."""
        for path in paths:
            try:
                _store(self.scheme()).rm_file(path)
            except FileNotFoundError:
                continue

    def _told(self, path: str) -> dict[str, Any]:
        info: dict[str, Any] = _store(self.scheme()).info(path)
        return info


class _Unsent(BytesIO):
    """What is to be an object; sent whole, so that none is ever half there."""

    def __init__(self, store: Any, path: str) -> None:
        super().__init__()
        self._store, self._path = store, path

    def close(self) -> None:
        """Sends it."""
        content = None if self.closed else self.getvalue()
        super().close()
        if content is not None:
            self._store.pipe_file(self._path, content)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Sends it, unless it was not written to its end."""
        if kind is None:
            self.close()
        else:
            super().close()


def _store(scheme: str) -> Any:
    """fsspec's own file system, which it keeps, and makes anew in a forked process."""
    try:
        import fsspec

        # listings are not kept: other processes write what this one reads
        return fsspec.filesystem(scheme, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        package = PACKAGES[scheme]
        raise ValueError(f"{scheme}:// needs pip install fsspec {package}: {error}") from error


def _plain(stream: BinaryIO, path: str, compression_type: str) -> BinaryIO:
    kind = FileSystem._get_compression_type(path, compression_type)
    if kind == CompressionTypes.UNCOMPRESSED:
        return stream
    packed: BinaryIO = CompressedFile(stream, compression_type=kind)
    return packed


def _metadata(path: str, info: dict[str, Any]) -> FileMetadata:
    when = next((info[name] for name in _MODIFIED if info.get(name)), 0.0)
    seconds = when.timestamp() if isinstance(when, datetime) else float(when)
    return FileMetadata(path, info["size"], seconds)


KNOWN = [type(f"{scheme.title()}Files", (FsspecFiles,), {"SCHEME": scheme}) for scheme in PACKAGES]
"""Beam knows a scheme by the classes that there are."""

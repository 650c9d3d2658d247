"""What starts that were killed leave behind, cleared away by the next one under the lock."""

from collections.abc import Iterator
from pathlib import Path

from pipelines.storage import filesystem

_NAMES = ("*.tmp", ".latest-*", ".lock-*", ".pruned-*")
"""What is renamed or deleted in the same breath that makes it: nobody else reads it."""


def sweep(output: str, fingerprint: str) -> None:
    """Deletes what no start will take up again; call it with the lock held.

    Staged tables without a manifest are half a run, and only extracted splits are taken up by
    another run than their own. A folder named by --work is left alone, for it may be shared.
    """
    if filesystem.is_local(output):
        for path in _left(Path(output), fingerprint):
            filesystem.delete_local(path)


def _left(output: Path, fingerprint: str) -> Iterator[Path]:
    for folder in (output, output / "runs", output / "state", output / ".work" / "extracted"):
        yield from (path for pattern in _NAMES for path in folder.glob(pattern))
    for staged in (output / "runs").glob(".staged-*"):
        if not (staged / "run.json").exists():
            yield staged
        else:
            yield from staged.glob("*.tmp")
    yield from (
        path
        for path in (output / ".work").glob("*")
        if path.name not in ("extracted", fingerprint) and path.is_dir()
    )

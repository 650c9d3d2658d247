"""What an output folder holds: runs, what waits, who works on it, and what is left lying about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.errors import UsageError
from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.storage import filesystem
from pipelines.storage.lock import holder_of


@dataclass(frozen=True, slots=True)
class RunStatus:
    """One run, published or waiting."""

    run_id: str
    written_at: datetime
    size_bytes: int
    counts: Mapping[str, Any]
    inputs: Sequence[Mapping[str, Any]]
    """What was read: path, format, records."""
    n_warnings: int
    breaches: Sequence[str]
    is_latest: bool


@dataclass(frozen=True, slots=True)
class Status:
    """All that stands in an output folder."""

    folder: str
    holder: str | None
    """Who works on it."""
    published: Sequence[RunStatus]
    """Oldest first."""
    waiting: Sequence[RunStatus]
    damaged: Sequence[str]
    n_staged_splits: int
    staged_bytes: int
    history_days: Sequence[str]
    """Days of the history, where the folder keeps one."""
    history_bytes: int


def status(folder: str) -> Status:
    """What the output folder holds; nothing in it is changed.

    Args:
        folder: of published runs, on this machine.

    Raises:
        UsageError: it is no output folder.
    """
    output = Output(folder)
    if not filesystem.is_local(folder) or not Path(output.runs).is_dir():
        raise UsageError(f"{folder} is no output folder on this machine: it has no folder runs")
    latest = (Path(folder) / "latest").resolve()
    extracted = Path(folder) / ".work" / "extracted"
    state = Path(folder) / "state"
    return Status(
        folder=folder,
        holder=holder_of(folder),
        published=[
            _run(output.run(manifest["run_id"]), manifest, latest)
            for manifest in publish.in_order(output)
        ],
        waiting=[
            _run(output.staged(manifest["fingerprint"]), manifest, latest)
            for manifest in publish.waiting(output)
        ],
        damaged=publish.told_damaged(output),
        n_staged_splits=len(filesystem.list_files(str(extracted), "*.json")),
        staged_bytes=size_of(Path(folder) / ".work"),
        history_days=sorted(
            path.name.removeprefix("day=")[:10] for path in state.glob("day=*.state")
        ),
        history_bytes=size_of(state),
    )


def size_of(folder: Path) -> int:
    """Bytes of all files below; 0 where there are none."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def _run(path: str, manifest: Mapping[str, Any], latest: Path) -> RunStatus:
    written = (Path(path) / "run.json").stat().st_mtime
    return RunStatus(
        run_id=manifest["run_id"],
        written_at=datetime.fromtimestamp(written, UTC),
        size_bytes=size_of(Path(path)),
        counts=manifest.get("counts", {}),
        inputs=manifest.get("inputs", ()),
        n_warnings=len(manifest.get("warnings", ())),
        breaches=[breach["message"] for breach in manifest.get("checks", {}).get("breaches", ())],
        is_latest=Path(path).resolve() == latest,
    )

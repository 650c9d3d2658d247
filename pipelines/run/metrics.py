"""OUT/metrics.prom: what the last start came to, for the textfile collector of Prometheus.

The collector reads every *.prom file of one folder; a link there leads here. The file is replaced
by a rename, so that it is never read half written.
"""

import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipelines.errors import LOCKED, PUBLISHED, PUBLISHED_WITH_WARNINGS
from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.output.read_run import manifest_of
from pipelines.storage import filesystem
from pipelines.storage.lock import held_since_s

NAME = "metrics.prom"
_HELP = {
    "exit_code": "of the last start: 0 published, 3 with warnings, 4 held back, 5 failed, 2 usage",
    "last_start_timestamp_seconds": "when the last start began",
    "duration_seconds": "how long the last start took",
    "last_success_timestamp_seconds": "when a start last ended with a published run (0 or 3)",
    "pages": "of the newest published run, by what became of them",
    "warnings": "of the newest published run",
    "held_back_runs": "that wait for somebody to publish or discard them",
    "lock_held_since_timestamp_seconds": "since when a run works that kept a start away, or 0",
    "held_back_outlet": "1 for each outlet and check that hold a waiting run back",
}
_LOCKED_SINCE = "lock_held_since_timestamp_seconds"
_SUCCESS = "last_success_timestamp_seconds"


def write_metrics(folder: str, exit_code: int, started_s: float) -> None:
    """Writes the metrics of a start that ended with this code; `started_s` is in seconds of 1970.

    Where another run works on the folder, which will write its own, only since when it does: so a
    run that stands still for a night is seen. Nothing where there is no folder.
    """
    output = Path(folder)
    if not filesystem.is_local(folder) or not output.is_dir():
        return
    if exit_code == LOCKED:
        _write_lock(folder)
        return
    now = time.time()
    is_success = exit_code in (PUBLISHED, PUBLISHED_WITH_WARNINGS)
    success = now if is_success else _last_success(output / NAME)
    samples: list[tuple[str, Mapping[str, str], float]] = [
        ("exit_code", {}, exit_code),
        ("last_start_timestamp_seconds", {}, started_s),
        ("duration_seconds", {}, now - started_s),
        *([(_SUCCESS, {}, success)] if success else []),
        (_LOCKED_SINCE, {}, 0),
        *_newest(folder),
        *_held(folder),
    ]
    filesystem.write_durably(str(output / NAME), "".join(_lines(samples, folder)).encode())


def _write_lock(folder: str) -> None:
    """Says since when the folder's lock is held; all other lines stay as they are."""
    path = Path(folder) / NAME
    before = path.read_text("utf-8") if path.exists() else ""
    others = [line for line in before.splitlines(keepends=True) if _LOCKED_SINCE not in line]
    held = _lines([(_LOCKED_SINCE, {}, held_since_s(folder) or 0)], folder)
    filesystem.write_durably(str(path), "".join([*others, *held]).encode())


def _newest(folder: str) -> Iterator[tuple[str, Mapping[str, str], float]]:
    try:
        manifest = manifest_of(filesystem.join(folder, "latest"))
        for fate in ("articles", "rejected", "skipped"):
            yield "pages", {"fate": fate}, manifest["counts"][fate]
        yield "warnings", {}, len(manifest["warnings"])
    except (OSError, ValueError, KeyError):
        return  # nothing was published yet, or it is damaged: no figures rather than wrong ones


def _held(folder: str) -> Iterator[tuple[str, Mapping[str, str], float]]:
    waiting = publish.waiting(Output(folder))
    yield "held_back_runs", {}, len(waiting)
    for manifest in waiting:
        yield from (
            ("held_back_outlet", {"run": manifest["run_id"], **outlet}, 1)
            for outlet in _outlets(manifest)
        )


def _outlets(manifest: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    for breach in manifest.get("checks", {}).get("breaches", ()):
        if breach["holds"] and breach["source_id"]:
            yield {"source": breach["source_id"], "check": breach["check"]}


def _lines(samples: list[tuple[str, Mapping[str, str], float]], folder: str) -> Iterator[str]:
    """The exposition format: each metric's samples together, after what it is."""
    for name, described in _HELP.items():
        own = [(labels, value) for at, labels, value in samples if at == name]
        if own:
            yield f"# HELP copytrail_{name} {described}\n# TYPE copytrail_{name} gauge\n"
        for labels, value in own:
            shown = {"output": str(Path(folder).resolve()), **labels}
            inner = ",".join(f'{key}="{_escaped(text)}"' for key, text in shown.items())
            yield f"copytrail_{name}{{{inner}}} {value:.15g}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _last_success(path: Path) -> float | None:
    """What the file of the start before says; None where none succeeded."""
    try:
        match = re.search(rf"^copytrail_{_SUCCESS}{{.*}} (\S+)$", path.read_text("utf-8"), re.M)
        return float(match[1]) if match else None
    except (OSError, ValueError):
        return None

"""Small makers of inputs and runs for the tests of the pipeline."""

import gzip
import hashlib
import json
import os
import random
import subprocess
import sys
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.commands.app import app
from pipelines.commands.exit_status import guarded
from pipelines.config.settings import load_settings
from pipelines.run.execute import execute
from pipelines.run.outcome import Outcome
from pipelines.run.request import Request
from pipelines.window import window_of
from tests.runs.beam_once import beam_asks_once

ROOT = Path(__file__).parents[2]
WORDS = ("harbour", "council", "bridge", "engineer", "river", "winter", "budget", "ferry", "mayor")


def story(seed: int, words: int = 80) -> str:
    """A text of its own for every seed."""
    chance = random.Random(seed)
    return " ".join(f"{chance.choice(WORDS)}{chance.randint(1, 99)}" for _ in range(words)) + "."


def jsonl(path: Path, rows: Iterable[object]) -> Path:
    """A file with one JSON value a line; a string stands for itself."""
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    content = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def run(inputs: Iterable[Path | str], output: Path, *sets: str, **changes: Any) -> Outcome:
    """A run in this process, with one worker unless `sets` says otherwise."""
    request = Request(
        inputs=tuple(map(str, inputs)),
        output=str(output),
        settings=load_settings(None, ["run.workers=1", *sets]),
    )
    with beam_asks_once():
        return execute(_changed(request, changes))


def run_rows(folder: Path, rows: Iterable[object], *sets: str) -> list[dict[str, Any]]:
    """The published articles of rows of JSON Lines, in the order of the rows."""
    outcome = run([jsonl(folder / "rows.jsonl", rows)], folder / "out", *sets)
    return sorted(table(outcome, "articles"), key=lambda row: row["position"])


def table(outcome: Outcome, name: str) -> list[dict[str, Any]]:
    """All rows of a published table."""
    files = sorted(Path(outcome.path, name).iterdir())
    return [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]


def digests(outcome: Outcome) -> Mapping[str, str]:
    """SHA-256 of each published file, run.json included."""
    root = Path(outcome.path)
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def command(*args: str | Path) -> int:
    """The exit code of the command line, in this process."""
    with beam_asks_once():
        return guarded(lambda: app([str(argument) for argument in args], standalone_mode=False))


def started(*args: str | Path) -> subprocess.Popen[str]:
    """The command line in a process and a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from pipelines.commands.app import main; main()", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def _changed(request: Request, changes: Mapping[str, Any]) -> Request:
    values = {name: getattr(request, name) for name in Request.__slots__}
    return Request(**{**values, **changes})


def page_row(day: str, host: str, text: str, number: int = 0, **more: Any) -> dict[str, Any]:
    """A row of a text fetched on the day, claimed an hour before; later ones five minutes later."""
    at = f"{day}T12:{5 * number:02d}:00Z"
    fields = {"fetched_at": at, "published_at": at.replace("T12", "T11"), "title": text[:30]}
    return {"url": f"https://{host}.example/{day}/{number}", "text": text, **fields, **more}


def page_rows(day: str, *pages: tuple[str, str]) -> list[dict[str, Any]]:
    """Rows of texts that were fetched on the day, by host, one after the other."""
    return [page_row(day, host, text, number) for number, (host, text) in enumerate(pages)]


def run_day(
    output: Path, day: str, rows: Iterable[Mapping[str, Any]], *sets: str, **changes: Any
) -> Outcome:
    """A run of the window on a file with these rows."""
    path = rows_file(output.parent / f"{output.name}-inputs", day, rows)
    return run([path], output, "run.partitions=1", *sets, window=window_of(day), **changes)


def rows_file(folder: Path, day: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """A file of these rows, named by its content: the same rows are the same file."""
    listed = list(rows)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{day}-{zlib.crc32(repr(listed).encode())}.jsonl"
    return path if path.exists() else jsonl(path, listed)


def all_tables(outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, less the folders of inputs and the name of the run."""
    return {
        name: [_anywhere(row) for row in table(outcome, name)]
        for name in outcome.manifest["tables"]
    }


def _anywhere(row: dict[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name != "run_id"}
    return values | {"input": Path(row["input"]).name} if "input" in row else values

"""Ends a run before each of its writes, syncs, renames and links, and looks at what is left.

Started as a process of its own: it imports everything once, starts no thread, and forks for every
run, so that a hundred of them cost a second each. What is counted are the calls by which Python
changes a disk; a run of rows in one process makes no others (`strace -f -e trace=file,write,fsync`
lists the same). A write counts twice: before it, and when half of it is done.

    python tests/runs/windows/kill_points.py FOLDER kill|full|in-place sample|publishing|1/8|200-220
"""

import builtins
import errno
import hashlib
import io
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from pipelines.commands.app import app
from pipelines.commands.exit_status import guarded
from pipelines.engine.forked_worker import warm
from pipelines.output import publish
from tests.runs.beam_once import beam_asks_once
from tests.runs.makers import jsonl, story

CHANGES = ("fsync", "link", "mkdir", "rename", "replace", "rmdir", "symlink", "unlink")
NEED_SPACE = {"open", "write", "fsync", "link", "mkdir", "symlink"}
"""What a full disk refuses; names can still be changed and files deleted."""
DAYS = ("2026-03-01", "2026-03-02")
"""What is published in turn; with a window, so that the history's files are among those written."""
Happening = Callable[[int, str], None]


class Points:
    """Counts the calls that change a disk; `happen` is called before each, with its number."""

    def __init__(self, folder: Path, happen: Happening) -> None:
        """Counts what is below the folder, and what names no path at all."""
        self._folder = str(folder)
        self._happen = happen
        self._n = 0
        for name in CHANGES:
            setattr(os, name, self._counted(name, getattr(os, name)))
        self._open = builtins.open
        builtins.open = io.open = self._opened

    def point(self, kind: str) -> None:
        """One more."""
        self._n += 1
        self._happen(self._n, kind)

    def _counted(self, kind: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **named: Any) -> Any:
            self.point(kind)
            return call(*args, **named)

        return counted

    def _opened(self, file: Any, mode: str = "r", *args: Any, **named: Any) -> Any:
        is_ours = isinstance(file, str | os.PathLike) and str(file).startswith(self._folder)
        if not is_ours or not set(mode) & set("wxa+"):
            return self._open(file, mode, *args, **named)
        self.point("open")
        raw = _Halved(os.fspath(file), mode.replace("b", "").replace("t", ""))
        raw.points = self
        buffered = io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding="utf-8")


class _Halved(io.FileIO):
    """A file that may be written to half."""

    points: Points

    def write(self, content: Any) -> int:
        """All of it, in two parts."""
        view = memoryview(content)
        done = 0
        for part in (view[: len(view) // 2], view[len(view) // 2 :]):
            self.points.point("write")
            done += super().write(part) or 0
        return done


def kill_at(number: int) -> Happening:
    def happen(n: int, _: str) -> None:
        if n == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return happen


def full_from(number: int) -> Happening:
    def happen(n: int, kind: str) -> None:
        if n >= number and kind in NEED_SPACE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return happen


@dataclass(frozen=True, slots=True)
class Days:
    """An output folder with one day published, and the inputs of that day and the next."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "out"

    def restore(self) -> None:
        """The output folder as the first day left it."""
        shutil.rmtree(self.output, ignore_errors=True)
        shutil.copytree(self.root / "first", self.output, symlinks=True)

    def command(self, day: int) -> list[str]:
        rows = str(self.root / f"{day}.jsonl")
        return ["run", "--input", rows, "--output", str(self.output), "--window", DAYS[day - 1]]

    def start(self, day: int, happen: Happening | None = None, is_in_place: bool = False) -> int:
        """The exit code of a start in a process of its own; -9 where it was killed."""
        return forked(lambda: self._run(day, happen, is_in_place))

    def _run(self, day: int, happen: Happening | None, is_in_place: bool) -> int:
        if is_in_place:
            publish.publish = published_in_place
        if happen is not None:
            Points(self.root, happen)
        return guarded(lambda: app(self.command(day), standalone_mode=False))


def published_in_place(
    output: publish.Output, fingerprint: str, manifest: Mapping[str, Any]
) -> str:
    """How not to do it: readers are sent to a folder that is then filled."""
    run = output.run(manifest["run_id"])
    Path(run).mkdir()
    publish.point_latest(output, manifest["run_id"])
    publish.keep_staged(output, fingerprint, manifest)
    shutil.copytree(output.staged(fingerprint), run, dirs_exist_ok=True)
    shutil.rmtree(output.staged(fingerprint))
    return run


def forked(body: Callable[[], int]) -> int:
    """What the body returns in a process of its own, which ends there."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        _end(body)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _end(body: Callable[[], int]) -> NoReturn:
    code = 99
    try:
        code = body()
    finally:
        os._exit(code)


def seen(output: Path) -> str:
    """The id of the run that a reader of `latest` finds, whole; else what is wrong with it."""
    try:
        run = (output / "latest").resolve()  # once: a reader keeps to one run
        manifest = json.loads((run / "run.json").read_bytes())
        for table, described in manifest["tables"].items():
            for file in described["files"]:
                content = (run / table / file["name"]).read_bytes()
                if hashlib.sha256(content).hexdigest() != file["sha256"]:
                    return f"{table} is not what run.json says"
    except (OSError, ValueError, KeyError) as error:
        return f"{type(error).__name__}: {error}"
    return str(manifest["run_id"])


def watch(output: Path, faults: Path) -> int:
    """A reader that reads all the while; writes down what it finds wrong."""
    while True:
        if (state := seen(output)) not in DAYS:
            faults.write_text(state)
        time.sleep(0.02)


def tree(output: Path) -> dict[str, str]:
    """Every file and link below the folder with what it holds, less metrics, which tell times."""
    digests = {}
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        if path.is_symlink():
            digests[name] = f"-> {path.readlink()}"
        elif path.is_file() and name != "metrics.prom":
            digests[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return digests


def prepared(root: Path) -> tuple[Days, dict[str, str], list[str]]:
    """The days, what an undisturbed second day leaves, and the kinds of its points in order."""
    for day in (1, 2):
        rows = [
            {
                "text": story(10 * day + page),
                "url": f"https://{host}.example/{day}/{page}",
                "fetched_at": f"{DAYS[day - 1]}T06:00:00Z",
            }
            for page in range(3)
            for host in ("harbourpost", "valleycourier")
        ]
        jsonl(root / f"{day}.jsonl", rows)
    days = Days(root)
    warm()  # a quarter of the processor time of every run
    assert days.start(1) == 0
    shutil.copytree(days.output, root / "first", symlinks=True)
    kinds = root / "kinds"
    # appended by a descriptor: the counted calls would count themselves
    log = os.open(kinds, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    assert days.start(2, lambda _, kind: (os.write(log, f"{kind}\n".encode()), None)[1]) == 0
    os.close(log)
    return days, tree(days.output), kinds.read_text().split()


def faults_at(days: Days, number: int, how: str, undisturbed: Mapping[str, str]) -> Iterator[str]:
    """What is wrong after a start that ended at this point, and after the next start."""
    days.restore()
    seen_by_reader = days.root / "reader"
    seen_by_reader.unlink(missing_ok=True)
    reader = os.fork()
    if reader == 0:
        _end(lambda: watch(days.output, seen_by_reader))
    try:
        happen = full_from(number) if how == "full" else kill_at(number)
        code = days.start(2, happen, is_in_place=how == "in-place")
        if code not in ((0, 3, 5) if how == "full" else (-signal.SIGKILL,)):
            yield f"ended with {code}"
        if (left := seen(days.output)) not in DAYS:
            yield f"left readers with: {left}"
        if (code := days.start(2)) not in (0, 3):
            yield f"the next start ended with {code}"
        after = tree(days.output)
        changed = {name for name, _ in after.items() ^ undisturbed.items()}
        if changed:
            yield f"the next start left otherwise: {sorted(changed)[:5]}"
    finally:
        os.kill(reader, signal.SIGKILL)
        os.waitpid(reader, 0)
    if seen_by_reader.exists():
        yield f"a reader saw: {seen_by_reader.read_text()}"


def chosen(kinds: Sequence[str], which: str, how: str) -> Sequence[int]:
    """The points to try: `sample`, `publishing`, or a part of all as `1/8` or `200-220`.

    All where a disk is full are those that need space: before others it is as before the next.
    """
    link = kinds.index("symlink") + 1  # the only one: of it `latest` is made
    publishing = max(n for n, kind in enumerate(kinds[:link], 1) if kind == "rename")
    if which == "publishing":  # before the run has its name
        return [publishing]
    if which == "sample":  # also amid staging, and before `latest` names it
        return [len(kinds) // 3, publishing, link + 1]
    if "-" in which:
        first, last = map(int, which.split("-"))
        return range(first, min(last, len(kinds)) + 1)
    part, parts = map(int, which.split("/"))
    tried = range(1, len(kinds) + 1)
    return [n for n in tried if how != "full" or kinds[n - 1] in NEED_SPACE][part - 1 :: parts]


def main(folder: str, how: str, which: str) -> None:
    days, undisturbed, kinds = prepared(Path(folder))
    for number in chosen(kinds, which, how):
        faults = list(faults_at(days, number, how, undisturbed))
        line = {"point": number, "of": len(kinds), "kind": kinds[number - 1], "faults": faults}
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    with beam_asks_once():
        main(*sys.argv[1:])

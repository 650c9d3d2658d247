"""Runs that are disturbed and started again: `python benchmarks/chaos.py --runs 30 --seed 1`.

Each is `copytrail run` with two workers on a copy of the crawl, disturbed once at a random moment:
killed, stopped by SIGTERM or Ctrl-C, robbed of a worker or of the process that reads pages, out of
disk (a tmpfs; superusers only), or with an input replaced under its hands. What it leaves must be a
whole run or none, and the next start must end with the bytes of an undisturbed run in a folder of
its own (of the replaced input where that was the disturbance; there `run.json` and the page, which
name the run before, are not compared). Prints every run, then counts by kind; seeded.
"""

import argparse
import glob
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from as_users import environment
from peak_memory import CRAWL, descendants

from sources.readers.gzip_members import next_record

RUN_ID, AFTER = "chaos", "after"
"""Of the disturbed runs, and of those that read an input that was replaced."""
OF_THE_RUN_BEFORE = ("run.json", "report.html")
"""What names the run that was published before it."""
SHARES = 0.02, 0.95
"""Of an undisturbed run's time, or of its disk, after which one is disturbed."""
DIES_WITHIN_S = 10.0
"""Time that the processes of a killed run have to be gone."""
READER = "sources.extraction.reader_process"


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a run leaves that nobody disturbs."""

    files: Mapping[str, str]
    """SHA-256 by the file's path in the run's folder."""
    took_s: float
    peak_bytes: int
    """Of its output folder, at the most while it ran."""


@dataclass(slots=True)
class Tried:
    """What came of one disturbed run."""

    kind: str
    is_in_time: bool = False
    """Whether the run was still under way when it was disturbed."""
    codes: list[int] = field(default_factory=list)
    said: str = ""
    """The last line of the disturbed start."""
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Start:
    """A run that is under way."""

    process: subprocess.Popen[bytes]
    output: Path
    errors: Path

    def wait(self) -> int:
        """Its exit code."""
        return self.process.wait(1800)

    def said(self) -> str:
        """The last line that it wrote to standard error."""
        lines = self.errors.read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where runs are disturbed."""

    root: Path
    workers: int

    @property
    def inputs(self) -> Path:
        """The files that are read."""
        return self.root / "in"

    def start(self, output: Path, run_id: str = RUN_ID) -> Start:
        """Starts a run in a session of its own, as a terminal does."""
        errors = self.root / "errors"
        named = ["--input", str(self.inputs), "--output", str(output), "--run-id", run_id]
        with errors.open("wb") as stream:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "pipelines",
                    "run",
                    *named,
                    "--quiet",
                    f"--workers={self.workers}",
                ],
                env=environment(),
                stdout=subprocess.DEVNULL,
                stderr=stream,
                start_new_session=True,
            )
        return Start(process, output, errors)

    def undisturbed(self, run_id: str = RUN_ID) -> Undisturbed:
        """A run of the inputs as they are, in a folder that is deleted then."""
        output = self.root / "undisturbed"
        begun, peak = time.monotonic(), 0
        run = self.start(output, run_id)
        while run.process.poll() is None:
            peak = max(peak, size_of(output))
            time.sleep(0.1)
        if run.wait() not in (0, 3):
            raise SystemExit(f"the undisturbed run ended with {run.wait()}: {run.said()}")
        undisturbed = Undisturbed(digests(output, run_id), time.monotonic() - begun, peak)
        shutil.rmtree(output)
        return undisturbed


def digests(output: Path, run_id: str = RUN_ID) -> dict[str, str]:
    """The files of a published run; none where there is none."""
    run = output / "runs" / f"run={run_id}"
    return {
        path.relative_to(run).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(run.rglob("*"))
        if path.is_file()
    }


def size_of(folder: Path) -> int:
    """Bytes of all files below, as far as they stay there while they are looked at."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except FileNotFoundError:
            continue
    return total


def process_of(pid: int, is_reader: bool, chance: random.Random) -> int | None:
    """A worker of the run, or a process that reads pages for one; None where there is none."""
    candidates = []
    for process in descendants(pid)[1:]:
        try:
            command = Path(f"/proc/{process}/cmdline").read_bytes().decode()
            parent = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if (READER in command) if is_reader else (READER not in command and parent != pid):
            candidates.append(process)
    return chance.choice(sorted(candidates)) if candidates else None


def kill_some(run: Start, is_reader: bool, chance: random.Random) -> bool:
    """Kills one of its processes as soon as there is one; whether there was."""
    while run.process.poll() is None:
        if (victim := process_of(run.process.pid, is_reader, chance)) is not None:
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                continue
            return True
        time.sleep(0.02)
    return False


def signalled(number: int, to_group: bool = False) -> Callable[[Start, random.Random], bool]:
    """Sends a signal to the run, or to all of its terminal's processes."""

    def send(run: Start, _: random.Random) -> bool:
        if run.process.poll() is not None:
            return False
        (os.killpg if to_group else os.kill)(run.process.pid, number)
        return True

    return send


DISTURBANCES: Mapping[str, Callable[[Start, random.Random], bool]] = {
    "SIGKILL": signalled(signal.SIGKILL),
    "SIGTERM": signalled(signal.SIGTERM),
    "SIGINT": signalled(signal.SIGINT, to_group=True),
    "killed worker": lambda run, chance: kill_some(run, False, chance),
    "killed reader": lambda run, chance: kill_some(run, True, chance),
}
"""What happens to a run at a moment; whether it was in time."""
KINDS = (*DISTURBANCES, "full disk", "input replaced")


def disturbed(
    scene: Scene, kind: str, whole: Undisturbed, share: float, chance: random.Random
) -> Tried:
    """A run that is disturbed at a moment, and the start after it."""
    tried, output = Tried(kind), scene.root / "out"
    run = scene.start(output)
    time.sleep(whole.took_s * share)
    processes = descendants(run.process.pid)[1:]
    tried.is_in_time = DISTURBANCES[kind](run, chance)
    tried.codes.append(run.wait())
    tried.said = run.said()
    tried.faults += left_alive(processes)
    tried.faults += half_a_run(output, whole.files)
    start_again(scene, output, whole.files, tried)
    shutil.rmtree(output)
    return tried


def left_alive(processes: Sequence[int]) -> list[str]:
    """What is wrong where processes outlive their run."""
    end = time.monotonic() + DIES_WITHIN_S
    while alive := [process for process in processes if is_alive(process)]:
        if time.monotonic() > end:
            return [f"{len(alive)} processes outlived the run"]
        time.sleep(0.05)
    return []


def is_alive(pid: int) -> bool:
    """Whether the process works; one that only waits to be counted does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def half_a_run(output: Path, expected: Mapping[str, str]) -> list[str]:
    """What is wrong where readers see a run that is not whole."""
    there = digests(output)
    return (
        [f"left readers with {difference(there, expected)}"] if there not in ({}, expected) else []
    )


def start_again(scene: Scene, output: Path, expected: Mapping[str, str], tried: Tried) -> None:
    """The next start, which must end with the expected files and leave nothing lying about."""
    again = scene.start(output)
    tried.codes.append(again.wait())
    if tried.codes[-1] not in (0, 3):
        tried.faults.append(f"the next start said: {again.said()}")
        return
    there = digests(output)
    if there != expected:
        tried.faults.append(f"the next start left {difference(there, expected)}")
    left = [path.name for path in (output / "runs").glob(".*")] + [
        path.name for path in output.glob(".l*")
    ]
    tried.faults += [f"{name} was left" for name in left]


def difference(there: Mapping[str, str], expected: Mapping[str, str]) -> str:
    """In which files two runs are not the same."""
    names = sorted({name for name, _ in there.items() ^ expected.items()})
    return f"{len(names)} files that are not the same: {', '.join(names[:4])}"


def out_of_disk(scene: Scene, whole: Undisturbed, share: float) -> Tried:
    """A run on a disk that is too small, and a start when it was made larger."""
    tried, disk = Tried("full disk"), scene.root / "disk"
    disk.mkdir(exist_ok=True)
    size = int(whole.peak_bytes * share)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], check=True)
    try:
        output = disk / "out"
        run = scene.start(output)
        tried.codes.append(run.wait())
        tried.said = run.said()
        tried.is_in_time = tried.codes[-1] == 5
        tried.faults += half_a_run(output, whole.files)
        if tried.is_in_time and "No space" not in tried.said:
            tried.faults.append(f"it did not say why: {tried.said}")
        larger = f"remount,size={4 * whole.peak_bytes}"
        subprocess.run(["mount", "-o", larger, disk], check=True)
        start_again(scene, output, whole.files, tried)
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
    return tried


def replaced(
    scene: Scene, whole: Undisturbed, after: Undisturbed, shorter: bytes, share: float
) -> Tried:
    """A run of which an input is replaced, and a start that reads what is there then."""
    tried, output = Tried("input replaced"), scene.root / "out"
    victim = sorted(scene.inputs.iterdir())[0]
    original = scene.root / "original"
    shutil.copy2(victim, original)
    run = scene.start(output)
    time.sleep(whole.took_s * share)
    tried.is_in_time = run.process.poll() is None
    replace(victim, shorter, scene.root)
    tried.codes.append(run.wait())
    tried.said = run.said()
    is_told = "changed while the run was under way" in run.errors.read_text("utf-8", "replace")
    if tried.codes[-1] not in (0, 3):
        tried.faults.append(f"it said: {tried.said}")
    elif not is_told:
        tried.faults += half_a_run(output, whole.files)
    tried.codes.append(scene.start(output, AFTER).wait())
    there, expected = (_tables(files) for files in (digests(output, AFTER), after.files))
    if there != expected:
        tried.faults.append(f"the next start left {difference(there, expected)}")
    original.replace(victim)  # with its times: the fingerprint of a run holds them
    shutil.rmtree(output)
    return tried


def _tables(files: Mapping[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in files.items() if name not in OF_THE_RUN_BEFORE}


def replace(path: Path, content: bytes, root: Path) -> None:
    """Puts other content in the place of a file, with times that are always the same."""
    fresh = root / "fresh"
    fresh.write_bytes(content)
    os.utime(fresh, (1_780_000_000, 1_780_000_000))
    fresh.replace(path)


def first_half(path: Path) -> bytes:
    """The records of the first half of a packed WARC file."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        end = next_record(stream, size // 2) or size
    return path.read_bytes()[:end]


def may_mount(root: Path) -> bool:
    """Whether this user may mount a disk of memory."""
    disk = root / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False
    )
    if done.returncode == 0:
        subprocess.run(["umount", disk], check=True)
    return done.returncode == 0


def main() -> None:
    """Disturbs so many runs, in turn in each way; ends with 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", default=CRAWL)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kind", choices=KINDS, action="append", help="these alone")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(Path(folder), arguments.workers)
        scene.inputs.mkdir()
        for path in sorted(glob.glob(arguments.input)):  # noqa: PTH207 - it may be absolute
            shutil.copy2(path, scene.inputs)
        kinds = arguments.kind or KINDS
        kinds = [kind for kind in kinds if kind != "full disk" or may_mount(scene.root)]
        tries = report(
            scene, [kinds[n % len(kinds)] for n in range(arguments.runs)], arguments.seed
        )
    summary(tries)
    sys.exit(any(tried.faults for tried in tries))


def report(scene: Scene, kinds: Sequence[str], seed: int) -> list[Tried]:
    """What came of each, printed as it comes."""
    whole = scene.undisturbed()
    print(f"undisturbed: {whole.took_s:.1f} s, {len(whole.files)} files, ", end="")
    print(f"{whole.peak_bytes / 1e6:.1f} MB of disk at most", flush=True)
    victim = sorted(scene.inputs.iterdir())[0]
    shorter = first_half(victim)
    original = scene.root / "original"
    shutil.copy2(victim, original)
    replace(victim, shorter, scene.root)
    after = scene.undisturbed(AFTER)
    original.replace(victim)

    def tried_at(kind: str, share: float, chance: random.Random) -> Tried:
        if kind == "full disk":
            return out_of_disk(scene, whole, share)
        if kind == "input replaced":
            return replaced(scene, whole, after, shorter, share)
        return disturbed(scene, kind, whole, share, chance)

    tries = []
    for number, kind in enumerate(kinds, 1):
        chance = random.Random(f"{seed} {number}")
        share = chance.uniform(*SHARES)
        while not (tried := tried_at(kind, share, chance)).is_in_time and not tried.faults:
            share /= 2  # the machine was quicker than in the undisturbed run
        tries.append(tried)
        faults = "; ".join(tried.faults) or "as undisturbed"
        print(f"{number} {kind} at {share:.2f}: {tried.codes}, {faults}; ", end="")
        print(f"said: {tried.said[:120]}", flush=True)
    return tries


def summary(tries: Sequence[Tried]) -> None:
    """Counts by kind."""
    print("| disturbed by | runs | exit codes | as undisturbed after |\n|" + "---|" * 4)
    for kind in dict.fromkeys(tried.kind for tried in tries):
        own = [tried for tried in tries if tried.kind == kind]
        codes = Counter(tried.codes[0] for tried in own)
        shown = ", ".join(f"{code}: {n}" for code, n in sorted(codes.items()))
        well = sum(not tried.faults for tried in own)
        print(f"| {kind} | {len(own)} | {shown} | {well} |")


if __name__ == "__main__":
    main()

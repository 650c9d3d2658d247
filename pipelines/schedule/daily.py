"""Writes a daily job: a script, a crontab, units of systemd, settings, alerts, and a test of these.

The files are templates beside this module, with the paths of this machine in them; what they do and
why stands in docs/operations/scheduled.md.
"""

import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from pipelines.errors import UsageError

ASSETS = Path(__file__).parent / "assets"
PROGRAMS = ("nightly", "test-alert")
"""Files that are started."""
_PLAIN = re.compile(r"/[\w./+@:-]*")
_NAME = re.compile(r"[a-z_][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class DailyJob:
    """Where the job finds everything, all of it as absolute paths."""

    folder: str
    """Where its own files stand."""
    crawl: str
    """A folder with a folder for each day, `2026-03-02`."""
    output: str
    """Where runs are published."""
    program: str
    """The command copytrail."""
    user: str
    """Who starts it."""

    @property
    def programs(self) -> str:
        """The folder of the command."""
        return str(Path(self.program).parent)


def write_daily(job: DailyJob, is_forced: bool) -> list[Path]:
    """Writes the files of the job into its folder; returns their paths.

    Args:
        job: what stands in the files.
        is_forced: replace files that are there; else they are left, and nothing is written.

    Raises:
        UsageError: a path or name would mean something to a shell, cron or systemd, or a file is
            there.
    """
    for name, value in asdict(job).items():
        if not (_NAME if name == "user" else _PLAIN).fullmatch(value):
            raise UsageError(
                f"{name} {value!r} stands in scripts and units: letters, digits and . _ - + @ : / "
                "only; choose another, or make a link to it"
            )
    folder = Path(job.folder)
    targets = {asset: folder / asset.name for asset in sorted(ASSETS.iterdir())}
    there = [target for target in targets.values() if target.exists()]
    if there and not is_forced:
        raise UsageError(f"{there[0]} is there; --force replaces it, or name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    values = asdict(job) | {"programs": job.programs}
    for asset, target in targets.items():
        target.write_text(Template(asset.read_text("utf-8")).substitute(values), "utf-8")
        if target.name in PROGRAMS:
            target.chmod(0o755)
    return list(targets.values())


def this_program() -> str:
    """The path of the command copytrail of the environment that runs this."""
    return str(Path(sys.executable).parent / "copytrail")

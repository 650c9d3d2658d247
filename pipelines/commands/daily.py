"""`copytrail init-daily`: the files of a daily job, with the paths of this machine."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

daily = typer.Typer()


@daily.command("init-daily")
def init_daily(
    folder: Annotated[Path, typer.Argument(help="Where the job's files go.")],
    crawl: Annotated[
        Path, typer.Option(help="A folder with a folder for each day, 2026-03-02.", metavar="DIR")
    ],
    output: Annotated[Path, typer.Option(help="Where runs are published.", metavar="DIR")],
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Write a daily job: script, crontab, systemd units, settings, alerts, and a test of these."""
    from pipelines.schedule.daily import DailyJob, this_program, write_daily

    own, days, runs = (str(path.expanduser().absolute()) for path in (folder, crawl, output))
    written = write_daily(DailyJob(own, days, runs, this_program(), getpass.getuser()), force)
    for path in written:
        print(path)
    print(
        f"\nnext: {folder}/nightly 2026-03-02 runs one day; crontab {folder}/crontab, or systemctl "
        f"as {folder}/copytrail.service says, runs it each night; {folder}/test-alert fails on "
        "purpose, so that you see who is told"
    )

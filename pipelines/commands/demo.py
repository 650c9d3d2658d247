"""The demo: a crawl that the project makes itself, run like any other."""

from pathlib import Path

import typer
from rich.console import Console

from pipelines.config.settings import Settings
from pipelines.run.execute import execute
from pipelines.run.request import Request
from pipelines.sample.write import write_sample
from pipelines.terminal.run import plain, show_outcome, show_run

NEXT = """
What to look at next:
  {output}/latest/report.html shows the run in a browser
  copytrail inspect {output}
  copytrail explain mirrors lakesidegazette.example --run {output}
    its silent mirror is a candidate, for a clone would look the same: only a person can confirm it
  copytrail registry suggest lakesidegazette.example --run {output} > known.toml
    the entry that confirms it, for copytrail run --set 'sources.registries=["known.toml"]' ...
  {output}/latest/ holds the tables: articles, clusters, cluster_timeline, sources, ...
  duckdb -c "FROM '{output}/latest/clusters/*.parquet'"
"""


def run_demo(output: str, is_forced: bool, progress: Console, printed: Console) -> None:
    """Writes the sample below `output`, runs it in one process, shows the run."""
    sample = Path(output) / "crawl"
    files = write_sample(sample)
    progress.print(
        plain(f"made a crawl of invented outlets: {len(files)} WARC files in {sample}", 400)
    )
    request = Request(
        inputs=tuple(str(file) for file in files),
        output=output,
        settings=Settings(),
        is_forced=is_forced,
        progress="bars" if progress.is_terminal else "none",
    )
    outcome = execute(request)
    show_outcome(outcome, progress)
    show_run(output, 6, printed)
    printed.print(NEXT.format(output=output), markup=False, soft_wrap=True)  # commands stay whole
    if outcome.exit_code:
        raise typer.Exit(outcome.exit_code)

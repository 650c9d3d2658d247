"""Options and arguments that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

OutputDir = Annotated[str, typer.Option("--output", help="The folder that holds the runs.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="A TOML file of settings.")]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", help="section.key=value, goes before the file; may be given again."),
]
RunDir = Annotated[
    str, typer.Option("--run", help="A run, or an output folder for its latest run.")
]
OutputFolder = Annotated[str, typer.Argument(help="The folder that holds the runs.")]
RunName = Annotated[str | None, typer.Option("--run", help="A run; unless named the latest.")]

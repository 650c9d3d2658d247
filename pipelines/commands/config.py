"""`copytrail config`: settings and other files that the user writes."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipelines.commands.options import ConfigFile, Overrides

config = typer.Typer(help="Show, describe or check settings.", no_args_is_help=True)

FileKind = Annotated[
    Literal["settings", "outlets", "ratings"],
    typer.Option("--kind", help="Settings of a run, known outlets, or where ratings stand."),
]


@config.command("show")
def config_show(config_file: ConfigFile = None, overrides: Overrides = None) -> None:
    """Print the settings in force as JSON, with the file and --set applied."""
    from pipelines.config.settings import load_settings, settable

    print(json.dumps(settable(load_settings(config_file, overrides or [])), indent=2))


@config.command("schema")
def config_schema(kind: FileKind = "settings") -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    from pipelines.config.file_kinds import schema_of

    print(json.dumps(schema_of(kind), indent=2))


@config.command("check")
def config_check(
    config_file: Annotated[Path, typer.Argument(help="A TOML file.")],
    kind: FileKind = "settings",
    against: Annotated[
        str | None, typer.Option(help="A run, or an output folder: which of its outlets are known.")
    ] = None,
) -> None:
    """Say whether a file and those it names are right; exit 2 with one line where not."""
    from pipelines.config.file_kinds import check

    lines = check(kind, config_file, against)
    print(f"{config_file} is right")
    for line in lines:
        print(line)

"""Writes the pages that would drift: `uv run python docs/generate.py [--check] [PAGE ...]`.

docs/tables.md comes from schemas/tables.py, docs/cli.md from `--help`, docs/settings.md and
configs/default.toml from the records of rules, the list of rooms in docs/architecture.md from the
folders, and in every page what the commands in ```console blocks print comes from running them.
With --check nothing is written, and the exit code is 1 where a page is out of date.
"""

import argparse
import ast
import difflib
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import typer
from examples import refreshed
from typer.testing import CliRunner

from pipelines import errors
from pipelines.commands.app import app
from pipelines.config.described import default_file, settings_page
from schemas.tables import PURPOSE, SCHEMA_VERSION, TABLES

ROOT = Path(__file__).parent.parent
PACKAGES = ("schemas", "dedupe", "sources", "pipelines")

CODES = {
    errors.PUBLISHED: "published, or shown, or this very run was published before",
    errors.USAGE: "wrong usage or settings; nothing was read",
    errors.PUBLISHED_WITH_WARNINGS: "published with warnings; they stand in `run.json`",
    errors.HELD_BACK: "held back by a check; it waits unpublished, and the message says what to do",
    errors.FAILED: "failed; nothing was published, and the next start goes on from what is staged",
    errors.LOCKED: "another run works on the same output folder",
    130: "stopped by Ctrl-C; nothing was published, and the next start goes on",
}

TABLES_HEAD = f"""# Tables

<!-- made from schemas/tables.py by `uv run python docs/generate.py`; change it there -->

Schema version {SCHEMA_VERSION}. A published run is a folder that never changes again:

```text
OUT/runs/run=<run_id>/<table>/part-*.parquet   the tables
OUT/runs/run=<run_id>/run.json                 settings, versions, counts, sha256, warnings
OUT/latest                                     the newest run; OUT/latest.json holds its id
```

`null` means "could not be computed"; `0` or an empty list means "looked and found none". Times are
UTC. A share is five columns: `X_k` of `X_n`, the rate, and the ends of its Wilson 95 % interval;
rate, lo and hi are null where `X_n` is below `min_n` (30 unless set otherwise). How the figures may
be read: [concepts.md](concepts.md). Adding a column raises the minor version, anything else the
major one.

| table | a row is |
|---|---|
"""

CLI_HEAD = """# Command line

<!-- made from `copytrail --help` by `uv run python docs/generate.py`; change pipelines/commands -->
"""


SETTINGS_HEAD = """# Settings

<!-- made from the records of rules by `uv run python docs/generate.py`; change them there -->

[configs/default.toml](../configs/default.toml) holds the same settings as a file. `copytrail run
--config mine.toml` takes a file with those that are to be other than the default, `--set
section.key=value` one of them; `copytrail config show` prints those in force.

"""


def tables_page() -> str:
    """docs/tables.md: every column of every published table."""
    index = "".join(f"| [{name}](#{name}) | {PURPOSE[name]} |\n" for name in TABLES)
    return TABLES_HEAD + index + "".join(_table(name, schema) for name, schema in TABLES.items())


def cli_page() -> str:
    """docs/cli.md: what each command says of itself, and the exit codes."""
    helps = "".join(
        f"\n## {name}\n\n```text\n{_help(name)}```\n" for name in _names("copytrail", app)
    )
    codes = "".join(f"| {code} | {meaning} |\n" for code, meaning in sorted(CODES.items()))
    return f"{CLI_HEAD}{helps}\n## Exit codes\n\n| code | means |\n|---|---|\n{codes}"


def architecture_page() -> str:
    """docs/architecture.md with the rooms as they are: each folder's own line, and its modules."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = "".join(_room(folder) for package in PACKAGES for folder in _rooms(ROOT / package))
    return re.sub(r"(?<=^```text\n).*?(?=^```$)", lambda _: rooms, page, flags=re.M | re.S)


def _rooms(package: Path) -> list[Path]:
    return sorted(file.parent for file in package.rglob("__init__.py"))


def _room(folder: Path) -> str:
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    names = sorted(file.stem for file in folder.glob("*.py") if not file.stem.startswith("__"))
    modules = textwrap.wrap(", ".join(names), 106, initial_indent="    ", subsequent_indent="    ")
    title = f"{folder.relative_to(ROOT).as_posix()}/"
    return "\n".join([f"{title:<30}{docstring.splitlines()[0]}", *modules]) + "\n"


def settings() -> str:
    """docs/settings.md: every setting and every constant of the rules that a run goes by."""
    return SETTINGS_HEAD + settings_page()


def _table(name: str, schema: pa.Schema) -> str:
    rows = "".join(_row(field) for field in schema)
    head = "| column | type | unit | meaning |\n|---|---|---|---|\n"
    return f"\n## {name}\n\nA row is {PURPOSE[name]}.\n\n{head}{rows}"


def _row(field: pa.Field) -> str:
    told = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    meaning = told["description"].replace("|", "\\|")
    return f"| `{field.name}` | {_type(field.type)} | {told.get('unit', '')} | {meaning} |\n"


def _type(kind: pa.DataType) -> str:
    """A type's name, the same for every version of pyarrow."""
    if pa.types.is_timestamp(kind):
        return f"timestamp({kind.unit}, {kind.tz})"
    if pa.types.is_map(kind):
        return f"map<{_type(kind.key_type)}, {_type(kind.item_type)}>"
    if pa.types.is_list(kind):
        return f"list<{_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(one.name for one in kind)}>"
    return str(kind)


def _names(name: str, commands: typer.Typer) -> Iterator[str]:
    """The name of the command, and of all below it in the order of the help."""
    yield name
    yield from _below(name, commands)


def _below(name: str, commands: typer.Typer) -> Iterator[str]:
    for one in commands.registered_commands:
        yield f"{name} {one.name or getattr(one.callback, '__name__', '')}"
    for group in commands.registered_groups:
        if group.typer_instance is None:
            continue
        if isinstance(group.name, str):
            yield from _names(f"{name} {group.name}", group.typer_instance)
        else:  # commands kept in a module of their own
            yield from _below(name, group.typer_instance)


def _help(command: str) -> str:
    program, *words = command.split()
    told = CliRunner().invoke(app, [*words, "--help"], prog_name=program, terminal_width=100)
    return told.output.strip("\n") + "\n"


def pages() -> list[Path]:
    """All pages that are kept up to date."""
    docs = sorted({*(ROOT / "docs").glob("*.md"), ROOT / "docs" / "settings.md"})
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "configs" / "default.toml", *docs]


def current(page: Path) -> str:
    """What the page should say."""
    made = {
        "tables.md": tables_page,
        "cli.md": cli_page,
        "architecture.md": architecture_page,
        "settings.md": settings,
        "default.toml": default_file,
    }.get(page.name)
    return made() if made else refreshed(page.read_text("utf-8"))


def _stale(chosen: list[Path], is_check: bool) -> Iterator[Path]:
    for page in chosen:
        old = page.read_text("utf-8") if page.exists() else ""
        if (new := current(page)) != old:
            if not is_check:
                page.write_text(new, "utf-8")
            print("\n".join(difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="")))
            yield page


def main() -> int:
    """Writes or checks the pages; 1 where one was found out of date by --check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("page", nargs="*", type=Path, help="all of them unless named")
    told = parser.parse_args()
    stale = list(_stale([one.resolve() for one in told.page] or pages(), told.check))
    for page in stale:
        print(
            f"{page.name} {'is out of date; run' if told.check else 'was written by'} {parser.prog}"
        )
    return 1 if stale and told.check else 0


if __name__ == "__main__":
    sys.exit(main())

"""What each setting is for: the words of the records, as a file of defaults, a page, a schema."""

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from pipelines.config.settings import Settings, marks, sections, settable

WIDTH = 100
BEFORE = 96
"""Settings there were before constants were told from them."""
FILE_HEAD = """\
# Every setting of a run with its default, made by `uv run python docs/generate.py` from the records
# of rules that hold them (docs/settings.md). A file of your own needs only what it changes:
#   copytrail run --config mine.toml ...        or        --set section.key=value
#   copytrail config check mine.toml            says whether it is right
# The editor's help comes from `copytrail config schema`.
"""


def default_file() -> str:
    """Returns configs/default.toml: every setting with its reason above it."""
    return FILE_HEAD + "".join(_section_of_file(name) for name in sections())


def settings_page() -> str:
    """Returns the tables of docs/settings.md: settings with their bounds, then the constants."""
    records = sections()
    n_settings = sum(len(marks(record)) for record in records.values())
    n_constants = sum(len(fields(record)) for record in records.values()) - n_settings
    settings = "".join(_settings_table(name, record) for name, record in records.items())
    constants = "".join(_constants_table(name, record) for name, record in records.items())
    return (
        f"A run has {n_settings} settings and {n_constants} constants; {BEFORE} were "
        f"settings before.\n{settings}\n"
        f"## Constants\n\n{_CONSTANTS}\n\n| constant | value | what it is |\n|---|---|---|\n"
        f"{constants}"
    )


_CONSTANTS = """\
Fields of the same records that cannot be set: nobody could choose a value with a reason of their
own, and most move no figure on either side of it ([design](design/matching.md), *What each rule of
matching does*). Benchmarks vary them, `run.json` tells them, and whoever sets one is told what it
became."""


def schema() -> dict[str, Any]:
    """Returns the JSON Schema of a file of settings, with each one's reason and bounds."""
    page = Settings.model_json_schema()
    for record in sections().values():
        part = page["$defs"][record.__name__]
        part["description"] = inspect.getdoc(record)
        part["properties"] = {
            name: part["properties"][name] | {"description": reasons(record)[name]} | _bounds(mark)
            for name, mark in marks(record).items()
        }
    return page


@cache
def reasons(record: type) -> Mapping[str, str]:
    """Returns what the attribute docstrings of a record and its bases say, each in one line."""
    texts: dict[str, str] = {}
    for base in reversed(record.__mro__):
        if is_dataclass(base):
            texts |= dict(_docstrings(base))
    return texts


def _docstrings(record: type) -> Iterator[tuple[str, str]]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(record))).body[0]
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    for statement, following in pairwise(body):
        match statement, following:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, " ".join(text.split())


def _bounds(mark: Any) -> dict[str, float]:
    bounds = {
        "minimum": mark.least,
        "maximum": mark.most,
        "exclusiveMinimum": mark.above,
    }
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _section_of_file(name: str) -> str:
    record = sections()[name]
    values = settable(Settings())[name]
    about = _comment(" ".join((inspect.getdoc(record) or "").split()))
    lines = [
        f"{_comment(reasons(record)[key])}{key} = {_toml(value)}\n" for key, value in values.items()
    ]
    return f"\n{about}[{name}]\n" + "".join(lines)


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in textwrap.wrap(text, WIDTH - 2, break_on_hyphens=False))


def _toml(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:_}" if value >= 1000 else str(value)
    return json.dumps(value)  # what else there is looks the same in TOML


def _settings_table(section: str, record: type) -> str:
    values = settable(Settings())[section]
    rows = "".join(
        f"| `{section}.{name}` | `{_toml(values[name])}` | {_cell(mark.words())} | "
        f"{_cell(reasons(record)[name])} |\n"
        for name, mark in marks(record).items()
    )
    about = " ".join((inspect.getdoc(record) or "").split())
    where = f"{record.__module__.replace('.', '/')}.py"
    return (
        f"\n## {section}\n\n{about} (`{record.__name__}` in `{where}`)\n\n"
        f"| setting | default | must | what it is |\n|---|---|---|---|\n{rows}"
    )


def _constants_table(section: str, record: type) -> str:
    values, marked = Settings().model_dump(mode="json")[section], marks(record)
    return "".join(
        f"| `{record.__name__}.{field.name}` | `{_toml(values[field.name])}` | "
        f"{_cell(reasons(record)[field.name])} |\n"
        for field in fields(record)
        if field.name not in marked
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

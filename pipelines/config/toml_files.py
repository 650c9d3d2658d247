"""TOML files that a user writes beside the settings: checked whole, or refused in one line."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.errors import UsageError


class FilePart(BaseModel):
    """A part of such a file; unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


Checked = TypeVar("Checked", bound=FilePart)


def read_checked(kind: type[Checked], what: str, path: str) -> Checked:
    """The file as a record of this kind; `what` it is stands in errors.

    Raises:
        UsageError: it cannot be read, or says what cannot be.
    """
    try:
        document = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{what} {path} cannot be read as TOML: {error}") from error
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        raise UsageError(f"{what} {path}: {_first_fault(error, document)}") from error


def _first_fault(error: ValidationError, document: Any) -> str:
    """The first fault in one line: whose entry it is in, what was got and what was wanted."""
    fault = error.errors()[0]
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    where = ".".join(str(part) for part in fault["loc"])
    match fault["loc"]:
        case (str() as table, int() as place, *_) if isinstance(document[table][place], dict):
            name = document[table][place].get("id") or document[table][place].get("dataset")
            where += f" ({name})" if name else ""
    if fault["type"] == "extra_forbidden":
        return f"{where} is no key of it{more}; see `copytrail config schema`"
    if fault["type"] == "value_error":
        return f"{where}: {fault['ctx']['error']}{more}"
    got = "" if fault["type"] == "missing" else f", got {str(fault['input'])[:80]!r}"
    return f"{where}: {fault['msg']}{got}{more}"

"""The kinds of files a user writes: the schema of each, and whether one is right."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pipelines.config import described
from pipelines.config.named_files import described_files
from pipelines.config.ratings_file import RatingsFile, load_ratings
from pipelines.config.registry_file import RegistryFile, load_registries
from pipelines.config.sections import SourceSettings
from pipelines.config.settings import Settings, load_settings

KINDS: Mapping[str, tuple[type[BaseModel], Callable[[Path], object]]] = {
    "settings": (Settings, load_settings),
    "outlets": (RegistryFile, lambda path: load_registries([str(path)])),
    "ratings": (RatingsFile, lambda path: load_ratings([str(path)])),
}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file."""
    return described.schema() if kind == "settings" else KINDS[kind][0].model_json_schema()


def check(kind: str, path: Path, folder: str | None = None) -> list[str]:
    """What is in the files that the file names, where all of them are right.

    Args:
        kind: of KINDS.
        path: of the file.
        folder: of a published run, whose outlets are looked up in them; None: in none.

    Raises:
        UsageError: the file, or one that it names, is not right.
    """
    if kind == "settings":
        return described_files(load_settings(path), folder)
    KINDS[kind][1](path)
    paths = (str(path),)
    is_ratings = kind == "ratings"
    named = SourceSettings(ratings=paths) if is_ratings else SourceSettings(registries=paths)
    return described_files(Settings(sources=named), folder)

"""How a run was made: its settings, versions and inputs, and how far each measure may be read."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipelines.config.settings import Settings, settings_that_change_results
from pipelines.report.limits import short
from pipelines.report.measures import measures

READINGS = Path(__file__).parent / "assets" / "readings.toml"
INPUTS = 40


def method(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Part e of the page."""
    inputs = manifest["inputs"]
    return {
        "versions": manifest["versions"],
        "schema_version": manifest["schema_version"],
        "settings": list(_settings(manifest["settings"])),
        "inputs": [(short(file["path"], 300), file["bytes"]) for file in inputs[:INPUTS]],
        "n_inputs": len(inputs),
        "input_bytes": sum(file["bytes"] for file in inputs),
        "warnings": [short(warning, 300) for warning in manifest["warnings"][:INPUTS]],
        "readings": list(_readings()),
    }


def _settings(settings: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every setting with its value and, where it was changed, its default."""
    usual = settings_that_change_results(Settings())
    for section, values in settings.items():
        for name, value in values.items():
            default = usual.get(section, {}).get(name)
            changed = default if default != value else None
            yield {"name": f"{section}.{name}", "value": str(value), "default": changed}


def _readings() -> Iterator[dict[str, str]]:
    """What each measure may be taken to say; one of which nobody wrote has its description."""
    limits = tomllib.loads(READINGS.read_text("utf-8"))
    for measure in measures():
        described = f"{measure.description}, of {measure.of}" if measure.of else measure.description
        yield {"name": measure.name, "means": described, "limit": limits.get(measure.name, "")}

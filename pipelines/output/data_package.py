"""datapackage.json: every table of a run with its files, columns and what they mean, for machines.

A Data Package (https://datapackage.org, version 2.0; Frictionless): catalogues and readers that
know nothing of copytrail find names, types, units and keys in it, where Parquet's own metadata are
not shown (DuckDB and Polars keep them, and list them nowhere).
"""

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipelines.output.publish import write_beside
from schemas.tables import PURPOSE, TABLES

NAME = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_UNIQUE = ("articles", "clusters", "sources", "mirror_groups")
"""Tables whose first column is different in every row of a run."""
_KEYS = {table: TABLES[table].names[0] for table in _UNIQUE}
_REFERS = {
    "cluster_id": "clusters",
    "source_id": "sources",
    "to_source": "sources",
}
"""Columns whose values are rows of another table of the run; not `from_source`, which may be an
agency, nor ids of articles, which may be of an earlier day."""


def with_data_package(folder: str, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Writes datapackage.json beside the tables in `folder`; gives the manifest with its digest."""
    written = json.dumps(data_package(manifest), indent=1, ensure_ascii=False) + "\n"
    content = written.encode("utf-8", "replace")
    return {**manifest, "package": write_beside(folder, NAME, content)}


def data_package(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The description of a run's tables.

    Args:
        manifest: with `run_id`, `schema_version`, and `tables`: the files of each.
    """
    return {
        "$schema": _PROFILE,
        "name": "copytrail-run",
        "id": manifest["run_id"],
        "version": manifest["schema_version"],
        "title": f"copytrail: run {manifest['run_id']}",
        "description": "Stories, their copies and their outlets, as one run of copytrail found "
        "them. null: could not be computed; 0 or an empty list: looked for and not found.",
        "resources": [_resource(name, manifest["tables"][name]["files"]) for name in TABLES],
    }


def _resource(name: str, files: list[Mapping[str, Any]]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(field) for field in TABLES[name]]}
    if name in _KEYS:
        schema["primaryKey"] = [_KEYS[name]]
    refers = [
        {"fields": [column], "reference": {"resource": table, "fields": [_KEYS[table]]}}
        for column, table in _REFERS.items()
        if column in TABLES[name].names and table != name
    ]
    if refers:
        schema["foreignKeys"] = refers
    resource: dict[str, Any] = {
        "name": name,
        "type": "table",
        "description": f"a row is {PURPOSE[name]}",
        "path": [f"{name}/{file['name']}" for file in files],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": sum(file["bytes"] for file in files),
        "schema": schema,
    }
    if len(files) == 1:
        resource["hash"] = f"sha256:{files[0]['sha256']}"
    return resource


def _field(field: pa.Field) -> dict[str, Any]:
    metadata = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    described = {
        "name": field.name,
        "type": _type(field.type),
        "description": metadata["description"],
        "arrowType": str(field.type),
    }
    return described | ({"unit": metadata["unit"]} if "unit" in metadata else {})


def _type(kind: pa.DataType) -> str:
    """The type of the Table Schema that holds all values of an Arrow type."""
    if pa.types.is_list(kind):
        return "array"
    if pa.types.is_map(kind) or pa.types.is_struct(kind):
        return "object"
    names = {pa.string(): "string", pa.int64(): "integer", pa.float64(): "number"}
    names |= {pa.bool_(): "boolean", pa.timestamp("us", tz="UTC"): "datetime"}
    names |= {pa.date32(): "date"}
    return names[kind]

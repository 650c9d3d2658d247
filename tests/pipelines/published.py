"""A small maker of published and waiting runs, without a pipeline: rows in, a folder out."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.output.table_files import table_of, write_part
from schemas.tables import SCHEMA_VERSION, TABLES

Rows = Sequence[Mapping[str, Any]]
START = datetime(2026, 3, 1, tzinfo=UTC)


def row(table: str, **values: Any) -> dict[str, Any]:
    """A row of the table; what is not named is null, or empty where it must be something."""
    return {field.name: _empty(field) for field in TABLES[table]} | values


def _empty(field: pa.Field) -> Any:
    if field.nullable:
        return None
    if pa.types.is_string(field.type):
        return ""
    if pa.types.is_timestamp(field.type):
        return START
    if pa.types.is_date(field.type):
        return date(2026, 3, 1)
    return [] if pa.types.is_nested(field.type) else 0


def articles(*ids: int, source: str = "a.example", **values: Any) -> list[dict[str, Any]]:
    """Rows of articles of one source, by the numbers of their ids."""
    return [
        row("articles", article_id=f"{number:016x}", source_id=source, **values) for number in ids
    ]


def sources(**pages: int) -> list[dict[str, Any]]:
    """Rows of sources: `a=3` is the outlet a.example of three pages, all of them articles."""
    return [
        row("sources", source_id=f"{name}.example", n_pages=n, n_articles=n)
        for name, n in pages.items()
    ]


def staged(output: Path, run_id: str, tables: Mapping[str, Rows], **says: Any) -> dict[str, Any]:
    """A run that waits unpublished under the fingerprint `f-RUN_ID`; returns its manifest."""
    fingerprint = f"f-{run_id}"
    folder = Output(str(output)).staged(fingerprint)
    for name, rows in tables.items():
        write_part(folder, name, 0, table_of(name, list(rows)))
    publish.add_missing_parts(folder)
    described = publish.described_tables(folder)
    n_articles, n_rejected = (described[name]["rows"] for name in ("articles", "rejected"))
    counts = {"pages": n_articles + n_rejected, "skipped": 0}
    manifest = {
        "run_id": run_id,
        "fingerprint": fingerprint,
        "schema_version": SCHEMA_VERSION,
        "counts": counts | {"articles": n_articles, "rejected": n_rejected},
        "tables": described,
        "warnings": [],
    } | says
    publish.keep_staged(Output(str(output)), fingerprint, manifest)
    return manifest


def published(output: Path, run_id: str, tables: Mapping[str, Rows], **says: Any) -> str:
    """A published run; returns its path."""
    manifest = staged(output, run_id, tables, **says)
    return publish.publish(Output(str(output)), manifest["fingerprint"], manifest)

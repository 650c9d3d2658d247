"""One row of a table as a TextRow: which cell is which field, and which cells are of no use."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from schemas.page import Rejected, TextRow
from sources.readers.column_mappings import FIELDS, Columns
from sources.urls import canonical_url, public_url

RowMaker = Callable[[int, Mapping[str, Any]], TextRow | Rejected]
BatchMaker = Callable[[int, pa.RecordBatch], Iterator[TextRow | Rejected]]
_MAX_AUTHORS = 50
_MISSING = object()
_NOTHING = frozenset(("", "None", "NaT", "nan", "NaN"))
"""As tools write in Python that a value is missing."""


def row_maker(name: str, columns: Columns) -> RowMaker:
    """A function that makes a TextRow, or a Rejected, of a position and a row's cells.

    Raises:
        ValueError: a key of `columns` is no field of ours, or none is named for the text.
    """
    paths = _paths(columns)

    def make(position: int, row: Mapping[str, Any]) -> TextRow | Rejected:
        return _text_row(name, position, {field: _first(row, paths[field]) for field in paths})

    return make


def batch_maker(name: str, columns: Columns) -> BatchMaker:
    """What row_maker makes of each row of a batch whose first row has the given position."""
    paths, make_row = _paths(columns), row_maker(name, columns)

    def make(position: int, batch: pa.RecordBatch) -> Iterator[TextRow | Rejected]:
        if not _is_flat(batch.schema.names, paths):
            yield from map(make_row, itertools.count(position), batch.to_pylist())
            return
        told = {field: _column(batch, names) for field, names in paths.items()}
        for number, row in enumerate(zip(*told.values(), strict=True), position):
            yield _text_row(name, number, dict(zip(told, row, strict=True)))

    return make


def _paths(columns: Columns) -> dict[str, tuple[str, ...]]:
    unknown = sorted(set(columns) - set(FIELDS))
    if unknown or "text" not in columns:
        raise ValueError(
            f"columns names {unknown or 'no text column'}; its keys are {', '.join(FIELDS)}"
        )
    return {field: tuple(names.split("|")) for field, names in columns.items()}


def _is_flat(present: Sequence[str], paths: Mapping[str, Sequence[str]]) -> bool:
    """Whether each field is a column of its own: none stands within one, none is there twice."""
    asked = {one for names in paths.values() for one in names}
    nested = {one.partition(".")[0] for one in asked.difference(present) if "." in one}
    return nested.isdisjoint(present) and len(set(present)) == len(present)


def _column(batch: pa.RecordBatch, names: Sequence[str]) -> Sequence[Any]:
    """The cells of a field in all rows."""
    found = [batch.column(name).to_pylist() for name in names if name in batch.schema.names]
    if len(found) == 1:
        return [None if _is_nothing(value) else value for value in found[0]]
    rows = zip(*found, strict=True) if found else [()] * batch.num_rows
    return [next((one for one in row if not _is_nothing(one)), None) for row in rows]


def _text_row(name: str, position: int, cells: Mapping[str, Any]) -> TextRow | Rejected:
    def refused(reason: str, message: str) -> Rejected:
        url = cells.get("url")
        shown = public_url(url) if isinstance(url, str) else None
        return Rejected(name, position, shown, "read", reason, message)

    text, url = _prose(cells["text"]), cells.get("url")
    if text is None:
        return refused("missing-text", "no column that the mapping names for the text is filled")
    if not isinstance(text, str):
        return refused("wrong-type", f"the text is a {type(text).__name__}, not a string")
    if url is not None and not isinstance(url, str):
        return refused("wrong-type", f"the address is a {type(url).__name__}, not a string")
    if url and canonical_url(url) is None:
        return refused("bad-address", f"{url[:200]!r} is no http or https address")
    return TextRow(
        input=name,
        position=position,
        text=text,
        url=public_url(url.strip()) if url else None,
        outlet=_text(cells.get("outlet")),
        title=_text(cells.get("title")),
        authors=_names(cells.get("authors")),
        published_at=_text(cells.get("published_at")),
        modified_at=_text(cells.get("modified_at")),
        fetched_at=_text(cells.get("fetched_at")),
        language=_text(cells.get("language")),
        section=_text(cells.get("section")),
    )


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    for name in names:
        value = row.get(name, _MISSING)
        if value is _MISSING and "." in name:
            value = _nested(row, name)
        if value is not _MISSING and not _is_nothing(value):
            return value
    return None


def _is_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value in _NOTHING)


def _nested(row: Mapping[str, Any], path: str) -> Any:
    value: Any = row
    for step in path.split("."):
        if not isinstance(value, Mapping) or step not in value:
            return _MISSING
        value = value[step]
    return value


def _text(value: Any) -> str | None:
    """A cell as one text: dates in ISO form, the first of a list, None for what has no text."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, (list, tuple)):
        return _text(value[0]) if value and not isinstance(value[0], (list, tuple)) else None
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return str(value).strip() or None


def _prose(value: Any) -> Any:
    """A body in sections (fundus) as one text; anything else as it is."""
    if not isinstance(value, Mapping) or not isinstance(value.get("sections"), list):
        return value
    sections = [one for one in value["sections"] if isinstance(one, Mapping)]
    parts = [value.get("summary")]
    parts += [section.get(name) for section in sections for name in ("headline", "paragraphs")]
    lines = [line for part in parts if isinstance(part, list) for line in part]
    return "\n".join(line for line in lines if isinstance(line, str))


def _names(value: Any) -> tuple[str, ...]:
    many = value if isinstance(value, (list, tuple)) else [value]
    found = (_text(one.get("name") if isinstance(one, Mapping) else one) for one in many)
    return tuple(name for name in found if name)[:_MAX_AUTHORS]

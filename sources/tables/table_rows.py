"""One row of a table as a TextRow: which cell is which field, and which cells are of no use.

An odd cell costs its own field, which is flagged, and never its row; only a row without a text, or
whose address is none, is rejected.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from schemas.page import Rejected, TextRow
from sources.tables.column_mappings import FIELDS, Columns
from sources.tables.table_dates import written_time
from sources.urls import canonical_url, public_url, with_scheme

RowMaker = Callable[[int, Mapping[str, Any], bool], TextRow | Rejected]
"""Makes a TextRow, or a Rejected, of a position, a row's cells, and whether its text was decoded
without loss."""
MAX_CELL_CHARS = 4_000_000
"""A novel has a million; a cell beyond is no article's text."""
_MAX_AUTHORS = 50
_MISSING = object()
_NOTHING = frozenset(("", "None", "NaT", "nan", "NaN", "null", "NULL", "<NA>"))
"""As tools write that a value is missing."""
_TIMES = ("published_at", "modified_at", "fetched_at")
_REPLACED = "\ufffd"


class Unreadable:
    """Stands in the place of a cell that its file's format cannot give us."""


UNREADABLE = Unreadable()


def row_maker(name: str, columns: Columns, constants: Mapping[str, str] | None = None) -> RowMaker:
    """A function that makes rows of a file's cells.

    Args:
        name: of the file.
        columns: which of our fields is which of its columns.
        constants: columns that are the same in all rows, as a path `outlet=post/` says; what
            stands in a row goes before them.

    Raises:
        ValueError: a key of `columns` is no field of ours, or none is named for the text.
    """
    paths = field_paths(columns)
    always = constants or {}

    def make(position: int, row: Mapping[str, Any], is_decoded: bool = True) -> TextRow | Rejected:
        cells = {field: _first(row, paths[field]) for field in paths}
        if cells["text"] is None:  # capitals in a header do not make another column
            folded = {str(key).strip().casefold(): value for key, value in row.items()}
            cells = {field: _first(folded, paths[field]) for field in paths}
        for field, value in cells.items():
            if value is None and always:
                cells[field] = _first(always, paths[field])
        return _text_row(name, position, cells, is_decoded)

    return make


def field_paths(columns: Columns) -> dict[str, tuple[str, ...]]:
    """For each of our fields the columns it may stand in, the best first.

    Raises:
        ValueError: a key of `columns` is no field of ours, or none is named for the text.
    """
    unknown = sorted(set(columns) - set(FIELDS))
    if unknown or "text" not in columns:
        raise ValueError(
            f"columns names {unknown or 'no text column'}; its keys are {', '.join(FIELDS)}"
        )
    return {field: tuple(names.split("|")) for field, names in columns.items()}


def _text_row(
    name: str, position: int, cells: Mapping[str, Any], is_decoded: bool
) -> TextRow | Rejected:
    flags: set[str] = set()
    url = _address(cells.get("url"), flags)

    def refused(reason: str, message: str) -> Rejected:
        return Rejected(name, position, public_url(url) if url else None, "read", reason, message)

    text = _prose(cells["text"])
    if text is None:
        return refused("missing-text", "no column that the mapping names for the text is filled")
    if not isinstance(text, str):
        return refused("wrong-type", f"the text is a {type(text).__name__}, not a string")
    if len(text) > MAX_CELL_CHARS:
        return refused("too-large", f"{len(text)} characters, at most {MAX_CELL_CHARS} are read")
    if url and canonical_url(url) is None:
        return refused("bad-address", f"{url[:200]!r} is no http or https address")
    if not is_decoded or _REPLACED in text:
        flags.add("text-undecodable")
    times = {field: written_time(cells.get(field)) for field in _TIMES}
    flags |= {_unread(item) for item in _TIMES if isinstance(cells.get(item), Unreadable)}
    return TextRow(
        input=name,
        position=position,
        text=text,
        url=public_url(url) if url else None,
        outlet=_text(cells.get("outlet")),
        title=_text(cells.get("title")),
        authors=_names(cells.get("authors")),
        **times,
        language=_text(cells.get("language")),
        section=_text(cells.get("section")),
        flags=tuple(sorted(flags)),
    )


def _unread(field: str) -> str:
    return f"{field.replace('_', '-')}-unread"


def _address(cell: Any, flags: set[str]) -> str | None:
    """The address as a text; what is none at all is flagged."""
    cell = _plain(cell[0] if isinstance(cell, (list, tuple)) and cell else cell)
    if cell is None or cell == "":
        return None
    if not isinstance(cell, str):
        flags.add("address-unread")
        return None
    return with_scheme(cell.strip())


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    for name in names:
        value = row.get(name, _MISSING)
        if value is _MISSING and "." in name:
            value = _nested(row, name)
        if value is not _MISSING and not _is_nothing(value):
            return value
    return None


def _is_nothing(value: Any) -> bool:
    if isinstance(value, str):
        return value in _NOTHING
    return value is None or (isinstance(value, float) and not math.isfinite(value))


def _nested(row: Mapping[str, Any], path: str) -> Any:
    value: Any = row
    for step in path.split("."):
        if not isinstance(value, Mapping) or step not in value:
            return _MISSING
        value = value[step]
    return value


def _plain(value: Any) -> Any:
    """Bytes as the text that they hold; anything else as it is."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _text(value: Any) -> str | None:
    """A cell as one text: dates in ISO form, the first of a list, None for what has no text."""
    value = _plain(value)
    if isinstance(value, str):
        return value[:MAX_CELL_CHARS].strip() or None
    if isinstance(value, (list, tuple)):
        return _text(value[0]) if value and not isinstance(value[0], (list, tuple)) else None
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return str(value).strip() or None


def _prose(value: Any) -> Any:
    """The text of a list of paragraphs, or of a body in sections (fundus); else as it is."""
    value = _plain(value)
    if isinstance(value, (list, tuple)):
        return _joined(value) if value else None
    if not isinstance(value, Mapping) or not isinstance(value.get("sections"), list):
        return value
    sections = [item for item in value["sections"] if isinstance(item, Mapping)]
    parts = [value.get("summary")]
    parts += [section.get(name) for section in sections for name in ("headline", "paragraphs")]
    lines = [line for part in parts if isinstance(part, list) for line in part]
    return "\n".join(line for line in lines if isinstance(line, str))


def _joined(paragraphs: list[Any] | tuple[Any, ...]) -> Any:
    """The paragraphs as one text; the list itself where it holds anything but texts."""
    lines = [_plain(item) for item in paragraphs if item is not None]
    if not all(isinstance(item, str) for item in lines):
        return paragraphs
    return "\n".join(lines) or None


def _names(value: Any) -> tuple[str, ...]:
    many = value if isinstance(value, (list, tuple)) else [value]
    names = (_text(item.get("name") if isinstance(item, Mapping) else item) for item in many)
    return tuple(name for name in names if name)[:_MAX_AUTHORS]

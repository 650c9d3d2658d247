"""Times as the cells of tables hold them, written in a form that sources.metadata.dates reads."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_EARLIEST_S = datetime(1990, 1, 1, tzinfo=UTC).timestamp()
_LATEST_S = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
_UNITS = (1, 1_000, 1_000_000, 1_000_000_000)
"""Of a second, of what epochs count: a number between 1990 and 2100 is so in one of them alone."""
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{0,20})?(?:[eE][+-]?\d{1,2})?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?Z?)?")
"""20260302, 202603020930 or 20260302093000, the last as CDX files have it."""
_ZONE_BRACKET = re.compile(r"^(.{10,40}?)\[([A-Za-z0-9_+/-]{1,40})\]$")
_ZONE_NAME = re.compile(r"^(.{10,40}?)\s+([A-Z]{3,5})$")
_MAX_CHARS = 80
_EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)


def written_time(cell: Any) -> str | None:
    """The time that a cell holds: ISO 8601 where it can be told, else as it is written.

    None where the cell holds nothing. Epochs may count seconds, milli-, micro- or nanoseconds, as
    numbers or as texts, with or without a fraction.

    >>> written_time(1772443800.0), written_time("20260302093000")
    ('2026-03-02T09:30:00+00:00', '2026-03-02T09:30:00+00:00')
    >>> written_time("2026-03-02T10:30:00[Europe/Berlin]")
    '2026-03-02T10:30:00+01:00'
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return _of_number(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, Mapping):
        return _of_mapping(cell)
    if isinstance(cell, list | tuple):
        return written_time(cell[0]) if cell and not isinstance(cell[0], list | tuple) else None
    return _of_text(cell.strip()) if isinstance(cell, str) else None


def _of_number(number: float) -> str | None:
    if isinstance(number, float) and not math.isfinite(number):
        return None
    if number == int(number) and (compact := _of_compact(str(int(number)))):
        return compact
    return _of_epoch(number) or str(number)


def _of_epoch(number: float) -> str | None:
    for unit in _UNITS:
        if _EARLIEST_S * unit <= number <= _LATEST_S * unit:
            whole, rest = divmod(number, unit)
            moment = _EPOCH_START + timedelta(seconds=whole, microseconds=round(rest * 1e6 / unit))
            return moment.isoformat()
    return None


def _of_compact(text: str) -> str | None:
    match = _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month, day, *clock = match.groups()
    try:
        parts = [int(part) for part in (year, month, day, *(part or 0 for part in clock))]
        moment = datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]  # six numbers
    except ValueError:
        return None
    return moment.isoformat() if clock[0] else f"{year}-{month}-{day}"


def _of_mapping(cell: Mapping[Any, Any]) -> str | None:
    """A time as MongoDB's extended JSON writes it; anything else as text, which is no time."""
    for key in ("$date", "$numberLong", "$numberDouble"):
        if key in cell and not (key == "$date" and cell[key] is cell):
            inner = cell[key]
            return written_time(inner) if not isinstance(inner, Mapping) else _of_long(inner)
    return str(dict(list(cell.items())[:3]))[:_MAX_CHARS] if cell else None


def _of_long(cell: Mapping[Any, Any]) -> str | None:
    return next((_of_text(str(part)) for part in cell.values()), None)


def _of_text(text: str) -> str | None:
    if not text or len(text) > _MAX_CHARS:
        return text[: _MAX_CHARS + 1] or None
    if compact := _of_compact(text):
        return compact
    if _NUMBER.fullmatch(text):
        return _of_epoch(int(text) if text.isdigit() else float(text)) or text
    zoned = _ZONE_BRACKET.match(text) or _ZONE_NAME.match(text)
    return (_in_zone(zoned[1], zoned[2]) if zoned else None) or text


def _in_zone(written: str, name: str) -> str | None:
    """The time with the zone's offset; None where the tz database has no such zone."""
    try:
        moment = datetime.fromisoformat(written.strip())
        zone = ZoneInfo(name)
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return None
    except KeyError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()

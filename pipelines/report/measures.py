"""Which columns of the table of sources are measures, told by their names and types alone.

A new column of `sources` shows in the page without a word here: a share by its five columns, a
figure with an interval by its `_lo` and `_hi`, anything else by its type.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from schemas.tables import SOURCES

SHARE = ("_k", "_n", "_rate", "_lo", "_hi")
# told elsewhere in the page, or about the run and not the outlet
ELSEWHERE = (
    *("source_id", "source_name", "hosts", "lookalike_of", "run_id", "mirror_group_id"),
    "practice_absence",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of sources, or some that belong together."""

    name: str
    kind: str
    """share, interval, number, time, text or list"""
    description: str
    of: str = ""
    """What a share is a share of."""
    unit: str = ""
    ends: tuple[str, ...] = ()
    """The columns of its interval, where it has one that is no share's."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it is made of."""
        if self.kind == "share":
            return tuple(self.name + end for end in SHARE)
        if self.kind == "interval":
            return (self.name, *self.ends)
        return (self.name,)


def measures(schema: pa.Schema = SOURCES) -> list[Measure]:
    """The measures of the table, in its order."""
    names = set(schema.names)
    parts = {
        name.removesuffix("_k") + end
        for name in names
        if name.endswith("_k") and all(name.removesuffix("_k") + end in names for end in SHARE)
        for end in SHARE
    }
    ends = {name: _ends(name, names - parts) for name in schema.names}
    told_with = {end for pair in ends.values() for end in pair}
    listed = []
    for field in schema:
        if field.name in parts:
            if field.name.endswith("_k"):
                listed.append(_share(schema, field.name.removesuffix("_k")))
        elif field.name not in ELSEWHERE and field.name not in told_with:
            listed.append(_plain(field, ends[field.name]))
    return listed


def why_absent(measure: Measure, row: Mapping[str, Any], min_n: int) -> str | None:
    """Why a measure of an outlet is null, in words; None where it is not.

    Args:
        measure: of the table.
        row: of the table `sources`.
        min_n: articles from which on rates are given.
    """
    if row[measure.columns[0]] is not None:
        return None
    if measure.name.startswith("practice_") and row["practice_absence"]:
        return str(row["practice_absence"])
    if "null below min_n" in measure.description:
        counted = row[_count_of(measure.name, row)]
        return "nothing was counted" if counted is None else f"{counted} of {min_n} articles"
    return measure.description.partition("null: ")[2] or None


def _count_of(name: str, columns: Collection[str]) -> str:
    """The column that counts what a mean or ratio is of: X_n of the longest X it begins with."""
    stems = [column[: -len("n")] for column in columns if column.endswith("_n")]
    return max((stem for stem in stems if name.startswith(stem)), key=len) + "n"


def _ends(name: str, names: set[str]) -> tuple[str, ...]:
    """The columns of its interval: `X_lo` and `X_hi` of X, and of X_index."""
    for stem in (name, name.removesuffix("_index")):
        if {name, f"{stem}_lo", f"{stem}_hi"} <= names:
            return (f"{stem}_lo", f"{stem}_hi")
    return ()


def _plain(field: pa.Field, ends: tuple[str, ...]) -> Measure:
    kind = "interval" if ends else _kind(field.type)
    return Measure(field.name, kind, _told(field), unit=_told(field, "unit"), ends=ends)


def _share(schema: pa.Schema, name: str) -> Measure:
    counted, of = (_told(schema.field(f"{name}_{end}")) for end in "kn")
    return Measure(name, "share", counted, of)


def _told(field: pa.Field, key: str = "description") -> str:
    metadata = field.metadata or {}
    return str(metadata.get(key.encode(), b"").decode())


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind):
        return "time"
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return "number"
    return "list" if pa.types.is_nested(kind) else "text"

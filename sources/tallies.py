"""Facts of articles added up by source, part by part and in any order: all sums are of integers."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from schemas.measured import COUNTED, LISTED, SUMS, VALUES


@dataclass(frozen=True, slots=True)
class Tally:
    """What some articles add up to; as large as there are sources and values, not articles."""

    sums: pa.Table
    """Schema SUMS."""
    values: pa.Table
    """Schema VALUES."""


def tally(facts: pa.Table) -> Tally:
    """The facts of some articles (schema FACTS) added up by source."""
    one_each = [
        pa.array([1] * facts.num_rows, pa.int64()),
        *[facts.column("fetched_at")] * 2,
        *(facts.column(name) for name in COUNTED),
    ]
    sums = pa.table([facts.column("source_id"), *one_each], schema=SUMS)
    return added_up([Tally(sums, pa.concat_tables([_values(facts, name) for name in LISTED]))])


def added_up(tallies: Sequence[Tally]) -> Tally:
    """All tallies as one, sorted by source; the same whatever the order and the parts."""
    sums = pa.concat_tables([SUMS.empty_table(), *(one.sums for one in tallies)])
    values = pa.concat_tables([VALUES.empty_table(), *(one.values for one in tallies)])
    added = [(name, "sum") for name in ("n_articles", *COUNTED)]
    window = [("window_start", "min"), ("window_end", "max")]
    return Tally(
        _grouped(sums, ["source_id"], [*added, *window], SUMS),
        _grouped(values, ["source_id", "name", "value"], [("n", "sum")], VALUES),
    )


def _grouped(
    table: pa.Table, keys: list[str], added: list[tuple[str, str]], schema: pa.Schema
) -> pa.Table:
    found = table.group_by(keys, use_threads=False).aggregate(added)
    told = {f"{name}_{how}": name for name, how in added}
    named = found.rename_columns([told.get(name, name) for name in found.column_names])
    return named.select(schema.names).sort_by([(name, "ascending") for name in keys])


def _values(facts: pa.Table, name: str) -> pa.Table:
    found = facts.column(name)
    kept = facts.select(["source_id"]).filter(pc.is_valid(found))
    columns = [
        kept.column("source_id"),
        pa.array([name] * kept.num_rows, pa.string()),
        found.drop_null().cast(pa.string()),
        pa.array([1] * kept.num_rows, pa.int64()),
    ]
    return pa.table(columns, schema=VALUES)

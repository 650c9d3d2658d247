"""Facts of articles added up by source, part by part and in any order: all sums are of integers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from schemas.article import PolicyLink
from schemas.measures import COUNTED, LISTED, POLICY_LINKS, SUMS, VALUES
from sources.metadata.policies import few_of_each, rank

KEYS = ["source_id", "name", "value"]


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
    values = [_values(facts, name) for name in LISTED]
    return added_up([Tally(sums, pa.concat_tables([*values, _link_values(facts)]))])


def added_up(tallies: Sequence[Tally]) -> Tally:
    """All tallies as one, sorted by source; the same whatever the order and the parts."""
    sums = pa.concat_tables([SUMS.empty_table(), *(tally.sums for tally in tallies)])
    values = pa.concat_tables([VALUES.empty_table(), *(tally.values for tally in tallies)])
    added = [(name, "sum") for name in ("n_articles", *COUNTED)]
    window = [("window_start", "min"), ("window_end", "max")]
    counted = _grouped(values, KEYS, [("n", "sum")], VALUES)
    return Tally(_grouped(sums, ["source_id"], [*added, *window], SUMS), _with_few_links(counted))


def _grouped(
    table: pa.Table, keys: list[str], added: list[tuple[str, str]], schema: pa.Schema
) -> pa.Table:
    grouped = table.group_by(keys, use_threads=False).aggregate(added)
    names = {f"{name}_{how}": name for name, how in added}
    named = grouped.rename_columns([names.get(name, name) for name in grouped.column_names])
    return named.select(schema.names).sort_by([(name, "ascending") for name in keys])


def _values(facts: pa.Table, name: str) -> pa.Table:
    values = facts.column(name)
    rows = facts.select(["source_id"]).filter(pc.is_valid(values))
    columns = [
        rows.column("source_id"),
        pa.array([name] * rows.num_rows, pa.string()),
        values.drop_null().cast(pa.string()),
        pa.array([1] * rows.num_rows, pa.int64()),
    ]
    return pa.table(columns, schema=VALUES)


def _link_values(facts: pa.Table) -> pa.Table:
    links = facts.column("policy_links").combine_chunks()
    if isinstance(links, pa.ChunkedArray):  # pyarrow keeps zero chunks chunked
        return VALUES.empty_table()
    owners = pc.list_parent_indices(links)
    names = pa.array([POLICY_LINKS] * len(owners), pa.string())
    ones = pa.array([1] * len(owners), pa.int64())
    sources = facts.column("source_id").take(owners)
    return pa.table([sources, names, links.flatten(), ones], schema=VALUES)


def _with_few_links(values: pa.Table) -> pa.Table:
    """The values less the links beyond the few that are shown of each source, kind and way.

    Those with the smallest rank of all parts are among the smallest of each, so that nothing
    depends on the parts; and a site with another address on every page makes nothing large.
    """
    is_link = pc.equal(values.column("name"), POLICY_LINKS)
    rows = values.filter(is_link).to_pylist()
    by_source: dict[str, dict[PolicyLink, dict[str, object]]] = defaultdict(dict)
    for row in rows:
        by_source[row["source_id"]][link_of(row["value"])] = row
    few = [urls[url] for urls in by_source.values() for url in few_of_each(sorted(urls, key=rank))]
    others = values.filter(pc.invert(is_link))
    links = pa.Table.from_pylist(few, schema=VALUES)
    return pa.concat_tables([others, links]).sort_by([(key, "ascending") for key in KEYS])


def link_of(value: str) -> PolicyLink:
    """The link that a value of POLICY_LINKS is."""
    kind, how, url = value.split(" ", 2)
    return PolicyLink(kind, url, how)

"""What can be counted about each outlet: volume, reuse and credit, from its articles' facts.

Facts of articles are added up by source part by part (`tally`), the tallies are joined, and one
row a source comes out (`source_rows`). Mirrors are one source, and what they repeat counts once.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import TIMESTAMP
from sources.intervals import share
from sources.outlets import Source, common_name

FACTS = pa.schema(
    [
        pa.field("source_id", pa.string()),
        pa.field("host", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("language", pa.string()),
        pa.field("fetched_at", TIMESTAMP),
        pa.field("words", pa.int64()),
        pa.field("is_distinct", pa.int64()),
        pa.field("is_clustered", pa.int64()),
        pa.field("is_repeated", pa.int64()),
        pa.field("is_directed", pa.int64()),
        pa.field("is_first", pa.int64()),
        pa.field("is_copy", pa.int64()),
        pa.field("is_wire_credited", pa.int64()),
        pa.field("is_outlet_credited", pa.int64()),
        pa.field("has_wire_photo", pa.int64()),
        pa.field("lag_s", pa.int64()),
    ]
)
"""One row an article; the is_ columns are 0 or 1, lag_s is null unless it is a copy."""

COUNTED = tuple(field.name for field in FACTS if pa.types.is_int64(field.type))[:-1]


@dataclass(frozen=True, slots=True)
class Tally:
    """Facts added up by source; tables with one row a source, or a source and a value."""

    sums: pa.Table
    hosts: pa.Table
    names: pa.Table
    languages: pa.Table
    lags: pa.Table


def tally(facts: pa.Table) -> Tally:
    """The facts of some articles (schema FACTS) added up by source."""
    grouped = facts.group_by("source_id", use_threads=False)
    added = [(name, "sum") for name in COUNTED]
    times = [("fetched_at", "min"), ("fetched_at", "max")]
    sums = grouped.aggregate([*added, ([], "count_all"), *times])
    return Tally(
        sums.rename_columns([_plain(name) for name in sums.column_names]),
        _counts(facts, "host"),
        _counts(facts, "outlet"),
        _counts(facts, "language"),
        facts.select(["source_id", "lag_s"]).filter(pc.is_valid(facts.column("lag_s"))),
    )


def joined(tallies: Sequence[Tally]) -> Tally:
    """All tallies as one; there is at least one."""
    return Tally(
        *(
            pa.concat_tables([getattr(one, field.name) for one in tallies])
            for field in fields(Tally)
        )
    )


def source_rows(
    told: Tally,
    sources: Mapping[str, Source],
    rejected: Mapping[str, int],
    partners: Mapping[str, int],
    min_n: int,
) -> list[dict[str, Any]]:
    """The rows of the table `sources`, sorted by source_id, without their run_id.

    Args:
        told: all tallies joined.
        sources: how each source is identified, by source_id.
        rejected: rejected pages by source_id.
        partners: how many other sources it shares copies with, by source_id.
        min_n: shares of fewer have no rate and no interval.
    """
    sums = _sums(told.sums)
    hosts, names, languages = (_by_source(one) for one in (told.hosts, told.names, told.languages))
    lags = _lags(told.lags)
    return [
        _row(sums[one], sources[one], min_n)
        | {
            "source_id": one,
            "source_name": common_name(names[one]),
            "hosts": sorted(hosts[one]),
            "languages": sorted(languages[one].items()),
            "n_pages": sums[one]["n_articles"] + rejected.get(one, 0),
            "n_partners": partners.get(one, 0),
            "lookalike_of": None,
        }
        | _lag_quantiles(lags.get(one, []))
        for one in sorted(sums)
    ]


def _plain(name: str) -> str:
    return {
        "count_all": "n_articles",
        "fetched_at_min": "window_start",
        "fetched_at_max": "window_end",
    }.get(name, name.removesuffix("_sum"))


def _counts(facts: pa.Table, name: str) -> pa.Table:
    counted = facts.group_by(["source_id", name], use_threads=False).aggregate([([], "count_all")])
    return counted.rename_columns(["source_id", "value", "n"])


def _sums(table: pa.Table) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for row in table.to_pylist():
        held = rows.setdefault(row["source_id"], dict.fromkeys(("n_articles", *COUNTED), 0))
        for name in ("n_articles", *COUNTED):
            held[name] += row[name]
        for name, choose in (("window_start", min), ("window_end", max)):
            seen = [at for at in (held.get(name), row[name]) if at]
            held[name] = choose(seen) if seen else None
    return rows


def _by_source(table: pa.Table) -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for source, value, n in zip(*(column.to_pylist() for column in table.columns), strict=True):
        if value is not None:
            counted[source][value] += n
    return counted


def _lags(table: pa.Table) -> dict[str, list[int]]:
    lags: dict[str, list[int]] = defaultdict(list)
    for source, lag in zip(*(column.to_pylist() for column in table.columns), strict=True):
        lags[source].append(lag)
    return lags


def _row(sums: Mapping[str, Any], source: Source, min_n: int) -> dict[str, Any]:
    copies = sums["is_copy"]
    shares = {
        "clustered": (sums["is_clustered"], sums["is_distinct"]),
        "duplicated_within": (sums["is_repeated"], sums["is_distinct"]),
        "earliest_observed": (sums["is_first"], sums["is_directed"]),
        "credited_wire": (sums["is_wire_credited"], copies),
        "credited_outlet": (sums["is_outlet_credited"], copies),
        "photo_credit_wire": (sums["has_wire_photo"], sums["is_distinct"]),
    }
    row = {
        "identity_basis": source.basis,
        "mirror_group_id": source.mirror_group_id,
        "window_start": sums["window_start"],
        "window_end": sums["window_end"],
        "n_articles": sums["n_articles"],
        "n_distinct_articles": sums["is_distinct"],
        "n_words": sums["words"],
    }
    for name, (k, n) in shares.items():
        row |= share_columns(name, k, n, min_n)
    return row


def share_columns(name: str, k: int, n: int, min_n: int) -> dict[str, Any]:
    """The five columns of a share."""
    found = share(k, n, min_n)
    return {f"{name}_{field.name}": getattr(found, field.name) for field in fields(found)}


def _lag_quantiles(lags: list[int]) -> dict[str, float | None]:
    names = {"lag_p25_s": 0.25, "lag_p50_s": 0.5, "lag_p90_s": 0.9}
    if not lags:
        return dict.fromkeys(names)
    found = pc.quantile(pa.array(lags), q=list(names.values())).to_pylist()
    return dict(zip(names, found, strict=True))

"""The rows of the table articles, and the facts of each that its source is measured by."""

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.host_sources import HostSources, day_of
from schemas.exchange import ASSIGNMENTS
from schemas.tables import ARTICLES
from sources.agencies import agencies_in
from sources.measures import FACTS


def published_articles(staged: pa.Table, assigned: pa.Table, sources: HostSources) -> pa.Table:
    """The staged articles with source, cluster and role, sorted by id, each article once."""
    order = [("article_id", "ascending"), ("fetched_at", "ascending"), ("input", "ascending")]
    table = staged.sort_by([*order, ("position", "ascending")])
    ids = table.column("article_id").combine_chunks()
    if len(ids) > 1:  # of a page fetched twice with the same text the first fetch stands
        is_new = pc.not_equal(ids.slice(1), ids.slice(0, len(ids) - 1))
        table = table.filter(pa.chunked_array([pa.array([True]), is_new]))
    told = _aligned(table.column("article_id").to_pylist(), assigned)
    added = {"source_id": pa.array(_sources(table, sources), pa.string())}
    added |= {name: told.column(name) for name in ("cluster_id", "role")}
    columns = [added.get(field.name, None) for field in ARTICLES]
    return pa.table(
        [
            table.column(field.name) if one is None else one
            for field, one in zip(ARTICLES, columns, strict=True)
        ],
        schema=ARTICLES,
    )


def facts_of(articles: pa.Table, assigned: pa.Table) -> pa.Table:
    """One row an article of a known source (schema FACTS)."""
    rows = articles.select(
        [
            "source_id",
            "host",
            "outlet",
            "language",
            "fetched_at",
            "word_count",
            "wire_credits",
            "outlet_credits",
            "photo_credits",
        ]
    ).to_pylist()
    told = _aligned(articles.column("article_id").to_pylist(), assigned).to_pylist()
    facts = [_facts(row, one) for row, one in zip(rows, told, strict=True) if row["source_id"]]
    return pa.Table.from_pylist(facts, schema=FACTS)


def _facts(row: dict[str, object], told: dict[str, object]) -> dict[str, object]:
    is_copy = int(told["role"] == "copy")
    photos: list[str] = row["photo_credits"]  # type: ignore[assignment]
    kept = ("source_id", "host", "outlet", "language", "fetched_at")
    return {name: row[name] for name in kept} | {
        "words": row["word_count"],
        "is_distinct": int(not told["is_mirrored"]),
        "is_clustered": int(bool(told["is_clustered"]) and not told["is_mirrored"]),
        "is_repeated": int(bool(told["is_repeated"]) and not told["is_mirrored"]),
        "is_directed": int(
            bool(told["is_directed"] and told["is_clustered"]) and not told["is_mirrored"]
        ),
        "is_first": int(told["role"] == "earliest_observed" and bool(told["is_clustered"])),
        "is_copy": is_copy,
        "is_wire_credited": int(is_copy and bool(row["wire_credits"])),
        "is_outlet_credited": int(is_copy and bool(row["outlet_credits"])),
        "has_wire_photo": int(any(agencies_in(one) for one in photos) and not told["is_mirrored"]),
        "lag_s": told["lag_s"],
    }


def _sources(table: pa.Table, sources: HostSources) -> list[str | None]:
    names = ("host", "outlet", "published_at", "fetched_at")
    rows = zip(*(table.column(name).to_pylist() for name in names), strict=True)
    found = (sources.of(host, outlet, day_of(*times)) for host, outlet, *times in rows)
    return [one.source_id if one else None for one in found]


def _aligned(ids: list[str], assigned: pa.Table) -> pa.Table:
    """The assignments of these articles in their order; nulls where there is none."""
    by_id = {row["article_id"]: row for row in assigned.to_pylist()}
    empty = dict.fromkeys(ASSIGNMENTS.names)
    return pa.Table.from_pylist([by_id.get(one, empty) for one in ids], schema=ASSIGNMENTS)

"""The rows of the table articles, and what they add up to for their sources."""

from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.stages.outlets.host_sources import HostSources
from schemas.tables import ARTICLES, STRINGS
from sources.measures.article_measures import article_facts
from sources.measures.source_totals import Tally, tally
from sources.outlets.usual_days import FAR_BEFORE_HOST

MOST_OTHER_URLS = 20
"""Further addresses that a row lists: a calendar of links may lead to one page in thousands."""


def published_articles(staged: pa.Table, assigned: pa.Table, sources: HostSources) -> pa.Table:
    """The staged articles with source, cluster and role, sorted by id, each article once."""
    order = [("article_id", "ascending"), ("fetched_at", "ascending"), ("input", "ascending")]
    table = staged.sort_by([*order, ("position", "ascending")])
    ids = table.column("article_id").combine_chunks()
    elsewhere = _other_urls(table)
    if len(ids) > 1:  # of a page fetched twice with the same text the first fetch stands
        is_new = pc.not_equal(ids.slice(1), ids.slice(0, len(ids) - 1))
        table = table.filter(pa.chunked_array([pa.array([True]), is_new]))
    aligned = _aligned(table, assigned)
    added = {"source_id": pa.array(_sources(table, sources), pa.string())}
    added["other_urls"] = pa.array(
        [elsewhere.get(article_id, []) for article_id in table.column("article_id").to_pylist()],
        STRINGS,
    )
    added["flags"] = _flags(table, sources)
    added |= {name: aligned.column(name) for name in ("cluster_id", "role")}
    columns = [added.get(field.name, None) for field in ARTICLES]
    return pa.table(
        [
            table.column(field.name) if added_column is None else added_column
            for field, added_column in zip(ARTICLES, columns, strict=True)
        ],
        schema=ARTICLES,
    )


def _other_urls(table: pa.Table) -> dict[str, list[str]]:
    """The further addresses of articles that stand in several rows of a table sorted by id."""
    ids = table.column("article_id")
    counts = ids.value_counts().to_pylist()
    several = pa.array([count["values"] for count in counts if count["counts"] > 1], pa.string())
    rows = table.filter(pc.is_in(ids, several)).select(["article_id", "url"]).to_pylist()
    urls: dict[str, dict[str, None]] = {}
    for row in rows:
        urls.setdefault(row["article_id"], {})[row["url"]] = None
    return {
        name: sorted(url for url in list(all_urls)[1:] if url)[:MOST_OTHER_URLS]
        for name, all_urls in urls.items()
    }


def _flags(table: pa.Table, sources: HostSources) -> pa.Array | pa.ChunkedArray:
    """The flags of staged articles, and of claims years before nearly all else of their host."""
    if not sources.usual_since:
        return table.column("flags")  # of most runs
    days = table.column("published_at").cast(pa.date32()).to_pylist()
    rows = zip(
        table.column("flags").to_pylist(), table.column("host").to_pylist(), days, strict=True
    )
    return pa.array(
        [
            sorted([*flags, FAR_BEFORE_HOST]) if sources.is_odd_claim(host, day) else flags
            for flags, host, day in rows
        ],
        STRINGS,
    )


def tally_of(articles: pa.Table, assigned: pa.Table) -> Tally:
    """What published articles add up to for their sources."""
    return tally(article_facts(articles, _aligned(articles, assigned)))


def _sources(table: pa.Table, sources: HostSources) -> list[str | None]:
    at = pc.coalesce(table.column("published_at"), table.column("fetched_at"))
    days = at.cast(pa.date32()).to_pylist()
    names = (table.column(name).to_pylist() for name in ("host", "outlet"))
    source_of = lru_cache(None)(sources.of)
    of_rows = (source_of(*row) for row in zip(*names, days, strict=True))
    return [source.source_id if source else None for source in of_rows]


def _aligned(articles: pa.Table, assigned: pa.Table) -> pa.Table:
    """The assignments of these articles in their order; nulls where there is none."""
    ids = assigned.column("article_id").combine_chunks()
    return assigned.take(pc.index_in(articles.column("article_id"), ids))

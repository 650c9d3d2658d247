"""The rows of the table articles, and what they add up to for their sources."""

from dataclasses import replace

import pyarrow as pa

from pipelines.stages.outlets.host_sources import HostSources
from pipelines.stages.tables.articles import published_articles, tally_of
from schemas.tables import ARTICLES
from sources.outlets.outlets import Source, Tenure
from sources.outlets.registry import Domain
from tests.pipelines.stages.makers import article, assigned, at, host_sources, staged
from tests.sources.makers import PARAGRAPHS

FIRST, SECOND = "\n".join(PARAGRAPHS), "\n".join(PARAGRAPHS[::-1])
HOSTS = host_sources(a="a.example", m="a.example")
NOTHING = assigned()


def test_rows_stand_in_the_order_of_their_ids_with_all_columns_of_the_table() -> None:
    rows = [article(text, f"https://a.example/{n}") for text in (FIRST, SECOND) for n in range(3)]
    table = published_articles(staged(*rows), NOTHING, HOSTS)
    assert table.schema.equals(ARTICLES)
    assert table["article_id"].to_pylist() == sorted(row.article_id for row in rows)


def test_of_a_page_fetched_twice_with_the_same_text_the_first_fetch_stands() -> None:
    page = article(FIRST)
    fetches = [replace(page, fetched_at=at(minutes), position=minutes) for minutes in (9, 3, 6)]
    table = published_articles(staged(*fetches), NOTHING, HOSTS)
    assert table["fetched_at"].to_pylist() == [at(3)]


def test_an_article_has_the_source_of_its_host_and_of_an_unknown_host_none() -> None:
    rows = staged(
        article(FIRST, "https://m.example/1"),
        article(SECOND, "https://elsewhere.example/1"),
    )
    table = published_articles(rows, NOTHING, HOSTS)
    sources = dict(zip(table["host"].to_pylist(), table["source_id"].to_pylist(), strict=True))
    assert sources == {"m.example": "a.example", "elsewhere.example": None}


def test_a_host_that_changed_hands_is_the_outlets_of_the_day_claimed_or_else_fetched() -> None:
    before = Tenure(Domain("a.example", until=at(0).date()), Source("before", "registry"))
    after = Tenure(Domain("a.example", since=at(24 * 60).date()), Source("after", "registry"))
    rows = [
        replace(article(FIRST), published_at=at(0), fetched_at=at(24 * 60)),
        replace(article(SECOND), published_at=None, fetched_at=at(24 * 60)),
    ]
    table = published_articles(staged(*rows), NOTHING, HostSources({"a.example": (before, after)}))
    sources = dict(zip(table["text"].to_pylist(), table["source_id"].to_pylist(), strict=True))
    assert sources == {FIRST: "before", SECOND: "after"}


def test_cluster_and_role_are_those_assigned_and_null_where_there_are_none() -> None:
    first, second = article(FIRST), article(SECOND)
    roles = assigned({"article_id": first.article_id, "cluster_id": "c", "role": "copy"})
    table = published_articles(staged(first, second), roles, HOSTS)
    rows = {row["article_id"]: (row["cluster_id"], row["role"]) for row in table.to_pylist()}
    assert rows == {first.article_id: ("c", "copy"), second.article_id: (None, None)}


def test_articles_add_up_for_their_source_whatever_the_order_of_assignments() -> None:
    rows = [article(FIRST), article(SECOND, "https://m.example/2")]
    roles = [
        {"article_id": row.article_id, "cluster_id": "c", "role": "copy", "is_clustered": 1}
        | dict.fromkeys(("is_copy", "is_repeated", "is_mirrored", "is_directed"), 0)
        for row in rows
    ]
    table = published_articles(staged(*rows), assigned(*roles), HOSTS)
    sums = [tally_of(table, assigned(*order)).sums for order in (roles, roles[::-1])]
    assert sums[0].equals(sums[1])
    assert sums[0].select(["source_id", "n_articles", "is_clustered"]).to_pylist() == [
        {"source_id": "a.example", "n_articles": 2, "is_clustered": 2}
    ]


def test_no_article_makes_no_row() -> None:
    table = published_articles(staged(), NOTHING, HOSTS)
    assert (table.num_rows, table.schema) == (0, pa.schema(ARTICLES))


def test_a_claim_years_before_nearly_all_else_of_its_host_is_flagged() -> None:
    odd, usual = article(FIRST), article(SECOND)
    rows = staged(
        replace(odd, published_at=at(-60 * 24 * 9_000)), replace(usual, published_at=at(0))
    )
    hosts = HostSources(HOSTS.by_host, {"a.example": at(0).date()})
    table = published_articles(rows, NOTHING, hosts)
    flags = dict(zip(table["text"].to_pylist(), table["flags"].to_pylist(), strict=True))
    assert flags == {FIRST: sorted([*odd.flags, "date-far-before-host"]), SECOND: list(usual.flags)}

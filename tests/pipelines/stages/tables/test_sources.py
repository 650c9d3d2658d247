"""The rows of sources: what articles, edges and rejected pages of a run add up to."""

from typing import Any

import pyarrow as pa

from pipelines.stages.outlets.host_sources import HostSources
from pipelines.stages.tables.articles import published_articles, tally_of
from pipelines.stages.tables.sources import rejected_by_source, source_table, tally_bytes
from pipelines.storage.arrow import to_bytes
from schemas.article import Article
from schemas.exchange import REJECTED_SEEN
from tests.pipelines.stages.makers import article, assigned, at, host_sources, staged
from tests.sources.makers import PARAGRAPHS

TEXT = "\n".join(PARAGRAPHS)
HOSTS = host_sources(a="a.example", m="a.example", b="b.example")


def rejected(*rows: tuple[str, int, int]) -> pa.Table:
    """Pages of a host, fetched between two minutes of one day."""
    return pa.Table.from_pylist(
        [
            {
                "host": f"{host}.example",
                "on": at(0).date(),
                "pages": pages,
                "first_at": at(minute),
                "last_at": at(minute + 1),
            }
            for host, pages, minute in rows
        ],
        schema=REJECTED_SEEN,
    )


def tallied(*articles: Article) -> tuple[bytes, bytes]:
    table = published_articles(staged(*articles), assigned(), HOSTS)
    return tally_bytes(tally_of(table, assigned()))


def rows(
    *tallies: tuple[bytes, bytes], seen: pa.Table | None = None, hosts: HostSources = HOSTS
) -> dict[str, dict[str, Any]]:
    batches = [to_bytes(rejected() if seen is None else seen)]
    table = source_table(tallies, hosts, batches, [], 30, None)
    assert [row["source_id"] for row in table] == sorted(row["source_id"] for row in table)
    return {row["source_id"]: row for row in table}


def test_parts_add_up_to_one_row_for_each_source() -> None:
    ours = [article(f"{TEXT} {n}", f"https://a.example/{n}") for n in range(3)]
    mirror = article(f"{TEXT} 9", "https://m.example/9")
    other = article(f"{TEXT} 1", "https://b.example/1")
    table = rows(tallied(*ours, other), tallied(mirror))
    assert {name: row["n_articles"] for name, row in table.items()} == {
        "a.example": 4,
        "b.example": 1,
    }


def test_an_outlet_of_which_nothing_could_be_read_has_a_row_with_its_host_and_no_article() -> None:
    table = rows(tallied(article(TEXT)), seen=rejected(("b", 4, 10), ("b", 1, 0)))
    row = table["b.example"]
    assert (row["n_articles"], row["n_pages"], row["hosts"]) == (0, 5, ["b.example"])
    assert (row["window_start"], row["window_end"]) == (at(0), at(11))
    assert table["a.example"]["n_pages"] == 1


def test_rejected_pages_count_for_the_source_of_their_host_and_for_none_where_it_is_unknown() -> (
    None
):
    seen = rejected(("a", 2, 0), ("m", 3, 0), ("elsewhere", 7, 0))
    assert rejected_by_source(seen, HOSTS) == {"a.example": 5}


def test_without_weights_no_source_has_an_index_of_practice() -> None:
    assert rows(tallied(article(TEXT)))["a.example"]["practice_index"] is None


def test_a_run_without_anything_has_no_row() -> None:
    assert rows() == {}

"""What a run with a window publishes of clusters that reach back before it."""

from datetime import date

from dedupe.verification.relations import Relation, Thresholds
from pipelines.stages.tables.clusters import Described, describe, member_records
from pipelines.stages.tables.window import of_window, reached
from sources.stories.sightings import TimeRules
from tests.pipelines.stages.makers import (
    articles_of,
    ends,
    host_sources,
    identifier,
    member,
    members,
    pair,
    pairs,
)

OLD, NEW = date(2026, 3, 1), date(2026, 3, 2)
HOSTS = host_sources(**{f"h{article}": f"s{article}.example" for article in range(1, 9)})


def test_a_cluster_without_an_article_of_the_window_is_not_reached() -> None:
    rows = members(
        member(1, day=OLD), member(2, 1, day=OLD), member(3, day=OLD), member(4, 3, day=NEW)
    )
    verified = pairs(pair(1, 2, Relation.NEAR), pair(3, 4, Relation.NEAR))
    left, remaining = reached(rows, verified, NEW)
    assert (articles_of(left), ends(remaining)) == ([3, 4], [(3, 4)])


def test_a_whole_cluster_is_reached_by_a_passage_in_an_article_of_the_window() -> None:
    rows = members(
        member(1, day=OLD), member(2, 1, day=OLD), member(3, day=NEW), member(4, day=OLD)
    )
    verified = pairs(
        pair(1, 2, Relation.NEAR), pair(2, 3, Relation.EXCERPT), pair(1, 4, Relation.EXCERPT)
    )
    left, remaining = reached(rows, verified, NEW)
    assert (articles_of(left), ends(remaining)) == ([1, 2, 3], [(1, 2), (2, 3)])


def test_a_pair_verified_in_vain_reaches_nothing() -> None:
    rows = members(member(1, day=OLD), member(2, day=NEW))
    left, remaining = reached(rows, pairs(pair(1, 2, Relation.NONE)), NEW)
    assert (articles_of(left), ends(remaining)) == ([2], [])


def published(*rows: dict[str, object], verified: list[dict[str, object]]) -> Described:
    table = members(*rows)
    records = member_records(table, HOSTS)
    whole = describe(
        table,
        records,
        pairs(*verified),
        TimeRules(),
        Thresholds(),
        lambda asked_for: {record.article_id: "A text." for record in asked_for},
    )
    return of_window(whole, table, records, NEW)


def test_a_cluster_is_published_whole_and_of_its_pairs_and_edges_what_is_new() -> None:
    tables = published(
        *(member(1, day=OLD, former=1), member(2, 1, day=OLD, former=1), member(3, 1, day=NEW)),
        verified=[pair(1, 2, Relation.NEAR), pair(1, 3, Relation.NEAR)],
    )
    assert tables.clusters["n_articles"].to_pylist() == [3]
    assert tables.cluster_timeline["day"].to_pylist() == [OLD, OLD, NEW]
    assert tables.duplicate_pairs["right_id"].to_pylist() == [identifier(3)]
    assert tables.assignments["article_id"].to_pylist() == [identifier(3)]
    assert tables.edges["to_source"].to_pylist() == ["s3.example"]
    assert tables.cluster_changes.num_rows == 0


def test_a_cluster_whose_only_new_article_stands_beside_it_is_not_published_again() -> None:
    tables = published(
        *(member(1, day=OLD, former=1), member(2, 1, day=OLD, former=1), member(3, day=NEW)),
        verified=[pair(1, 2, Relation.NEAR), pair(1, 3, Relation.EXCERPT, 20)],
    )
    assert tables.clusters.num_rows == tables.cluster_timeline.num_rows == 0
    assert tables.duplicate_pairs["relation"].to_pylist() == ["excerpt"]


def test_a_former_cluster_that_a_new_article_ties_to_another_is_said_to_have_joined_it() -> None:
    tables = published(
        *(member(1, day=OLD, former=1), member(2, 1, day=OLD, former=1)),
        *(member(3, 1, day=OLD, former=3), member(4, 1, day=OLD, former=3), member(5, 1, day=NEW)),
        verified=[
            *(pair(1, 2, Relation.NEAR), pair(3, 4, Relation.NEAR)),
            *(pair(1, 5, Relation.NEAR), pair(3, 5, Relation.NEAR)),
        ],
    )
    (change,) = tables.cluster_changes.to_pylist()
    (cluster,) = tables.clusters["cluster_id"].to_pylist()
    assert (change["change"], change["n_articles"]) == ("joined", 2)
    assert change["cluster_id"] == cluster != change["former_id"]

"""The run at a glance: who is most often first, most carried, most often without a found credit.

Each answer is k of n with the articles that are counted; what it may not be taken to say stands
beside it in the page. Counts favour outlets of which much was crawled: they say "most often", and
the table of outlets has the shares.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.output.read_run import batches, read
from pipelines.report.limits import ReportLimits
from pipelines.report.stories import headlines

OUTLETS = 5
"""Outlets of each answer."""
ARTICLES = 6
"""Articles shown of those that are counted for an outlet."""
BATCH = 20_000


@dataclass(frozen=True, slots=True)
class OutletPlace:
    """What is counted of an outlet in an answer."""

    outlet: str
    k: int
    n: int
    also: int
    """A second count: outlets that carry it, or copies in stories in which others credit an
    agency."""


def answers(path: str, limits: ReportLimits) -> dict[str, Any]:
    """The answers at the top of the page.

    Args:
        path: of the run.
        limits: `chars` of a headline.

    Returns:
        `first`, `carried` and `uncredited`: a list of outlets each, the largest count first, with
        `outlet`, `k`, `n`, `also` and the `articles` behind k; and `n_stories` of which
        `n_undecided` have nobody who was clearly first.
    """
    outlets = read(path, "sources", _COUNTS).to_pylist()
    places = {
        "first": _first(outlets),
        "carried": _carried(path),
        "uncredited": _uncredited(outlets),
    }
    examples = _examples(path, places)
    ids = {article for rows in examples.values() for _, article, _ in rows}
    titles = headlines(path, ids, limits.chars)
    decided, stories = _decided(path)
    return {
        "n_stories": stories,
        "n_undecided": stories - decided,
        **{
            name: [
                {
                    "outlet": place.outlet,
                    "k": place.k,
                    "n": place.n,
                    "also": place.also,
                    "articles": [
                        [cluster, titles.get(article), source]
                        for cluster, article, source in examples[name, place.outlet]
                    ],
                }
                for place in listed
            ]
            for name, listed in places.items()
        },
    }


def _most(places: list[OutletPlace]) -> list[OutletPlace]:
    counted = [place for place in places if place.k]
    return sorted(counted, key=lambda place: (-place.k, place.n, place.outlet))[:OUTLETS]


_COUNTS = [
    *("source_id", "earliest_observed_k", "earliest_observed_n", "credited_k", "credited_n"),
    "uncredited_in_agency_story_k",
]


def _first(outlets: Sequence[Mapping[str, Any]]) -> list[OutletPlace]:
    """Of its stories of which the timeline names a first: those in which that is the outlet."""
    k, n = "earliest_observed_k", "earliest_observed_n"
    return _most([OutletPlace(row["source_id"], row[k], row[n], also=0) for row in outlets])


def _carried(path: str) -> list[OutletPlace]:
    """Of the articles of others that carry its text: those with a credit are k, all are n."""
    names = ["from_source", "n_articles", "n_credited"]
    carried: Counter[str] = Counter()
    credited: Counter[str] = Counter()
    carriers: Counter[str] = Counter()
    for row in read(path, "copy_edges", names).to_pylist():
        if row["n_articles"]:
            carried[row["from_source"]] += row["n_articles"]
            credited[row["from_source"]] += row["n_credited"]
            carriers[row["from_source"]] += 1
    order = sorted(carried, key=lambda outlet: (-carried[outlet], outlet))[:OUTLETS]
    return [OutletPlace(name, credited[name], carried[name], carriers[name]) for name in order]


def _uncredited(outlets: Sequence[Mapping[str, Any]]) -> list[OutletPlace]:
    """Of its copies of others' texts: those in which no credit was found."""
    return _most(
        [
            OutletPlace(
                row["source_id"],
                row["credited_n"] - row["credited_k"],
                row["credited_n"],
                row["uncredited_in_agency_story_k"],
            )
            for row in outlets
        ]
    )


_IS_COPY = pc.field("role") == "copy"
_BEHIND: Mapping[str, tuple[str, pc.Expression]] = {
    "first": ("source_id", pc.field("role") == "earliest_observed"),
    # not only copies: the first of an agency's story carries the agency's text too
    "carried": ("from_source", pc.field("from_source") != pc.field("source_id")),
    "uncredited": ("source_id", _IS_COPY & pc.field("credit").is_null()),
}
"""What is counted: the column that names the outlet, and which rows of the timeline count."""


def _examples(
    path: str, places: Mapping[str, list[OutletPlace]]
) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """The first articles behind each count, in the table's order: their story, id and outlet."""
    articles_of: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    columns = ["cluster_id", "article_id", "source_id", "role", "credit", "from_source"]
    for batch in batches(path, "cluster_timeline", columns, BATCH):
        for name, (column, is_counted) in _BEHIND.items():
            outlets = pa.array([place.outlet for place in places[name]], pa.string())
            of_them = is_counted & pc.field(column).isin(outlets)
            for row in pa.Table.from_batches([batch]).filter(of_them).to_pylist():
                articles = articles_of[name, row[column]]
                if len(articles) < ARTICLES:
                    articles.append((row["cluster_id"], row["article_id"], row["source_id"]))
    return articles_of


def _decided(path: str) -> tuple[int, int]:
    """The stories of which the timeline names a first, and all stories."""
    decided = stories = 0
    for batch in batches(path, "clusters", ["earliest_article_id"], BATCH):
        stories += batch.num_rows
        decided += batch.num_rows - batch.column("earliest_article_id").null_count
    return decided, stories

"""Stories: the list of clusters, and of each its timeline, its texts and its disagreements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.output.read_run import read, read_rows
from pipelines.report.limits import FACTS, MEMBERS, VERSIONS, ReportLimits, short
from pipelines.report.packing import seconds
from pipelines.report.versions import versions

Row = Mapping[str, Any]
POINTS = 60
"""Times of a sparkline; of larger stories the first ones, the middle is left out, the last ones."""
AT_ONCE = 8_000
"""Articles of stories that are held in memory at once: 24 MB, for a reading of the whole table."""
FIRST_WORDS = 80
"""Characters that stand for a headline where there is none."""
FIRST_CHARS = 400
"""Of a text, in which they are looked for: it may begin with white space."""
PASSAGES = ("wire_credit", "outlet_credit", "dateline")


def listed(path: str, limits: ReportLimits) -> list[Row]:
    """The clusters that the page lists: those with most outlets, then most articles."""
    names = ["n_sources", "n_articles", "cluster_id"]
    order = list(zip(names, ("descending", "descending", "ascending"), strict=True))
    first = read(path, "clusters", names).sort_by(order).slice(0, limits.stories)
    ids = first.column("cluster_id").to_pylist()
    known = {row["cluster_id"]: row for row in _rows(path, "clusters", ids)}
    return [known[cluster_id] for cluster_id in ids]


def story(path: str, cluster_id: str, limits: ReportLimits) -> tuple[dict[str, Any], Any] | None:
    """The line of one cluster and what opens with it; None where the run has no such cluster."""
    chosen = _rows(path, "clusters", [cluster_id])
    if not chosen:
        return None
    return stories(path, chosen, limits)[0], dict(details(path, chosen, limits))[cluster_id]


def stories(path: str, chosen: Sequence[Row], limits: ReportLimits) -> list[dict[str, Any]]:
    """Part d of the page: a line for each of the chosen clusters."""
    times, roles = _times(path, chosen)
    titles = headlines(path, [row["representative_id"] for row in chosen], limits.chars)
    facts = _fact_counts(path, chosen)
    return [
        {
            "id": row["cluster_id"],
            "title": titles.get(row["representative_id"]),
            "articles": row["n_articles"],
            "outlets": row["n_sources"],
            "independent": row["n_independent"],
            "first": seconds(row["first_published_at"]),
            "last": seconds(row["last_published_at"]),
            "wires": row["wire_credits"][:8],
            "languages": row["languages"][:8],
            "facts": facts.get(row["cluster_id"], 0),
            "earliest": roles.get(row["cluster_id"]),
            "times": _points(times[row["cluster_id"]]),
        }
        for row in chosen
    ]


def details(path: str, chosen: Sequence[Row], limits: ReportLimits) -> Iterator[tuple[str, Any]]:
    """What opens with each story, in the order of the list."""
    for ids in _together(chosen):
        timeline = _by_cluster(_rows(path, "cluster_timeline", ids))
        articles = _articles(
            path, [row for cluster_id in ids for row in _shown(timeline[cluster_id])]
        )
        facts = _by_cluster(_rows(path, "cluster_disagreements", ids, FACT))
        for cluster_id in ids:
            yield cluster_id, _detail(timeline[cluster_id], articles, facts[cluster_id], limits)


def _together(chosen: Sequence[Row]) -> Iterator[list[str]]:
    """The ids of stories whose articles are read together."""
    ids: list[str] = []
    held = 0
    for row in chosen:
        n = min(row["n_articles"], MEMBERS)
        if ids and held + n > AT_ONCE:
            yield ids
            ids, held = [], 0
        ids.append(row["cluster_id"])
        held += n
    if ids:
        yield ids


def _shown(timeline: list[Row]) -> list[Row]:
    """The members of a story that the page shows."""
    return sorted(timeline, key=_in_time)[:MEMBERS]


def _articles(path: str, members: Sequence[Row]) -> dict[str, Row]:
    """The articles of these members by id."""
    ids = pa.array([row["article_id"] for row in members], pa.string())
    wanted = pc.field("article_id").isin(ids)
    return {row["article_id"]: row for row in read_rows(path, "articles", wanted, ARTICLE)}


ARTICLE = [
    *("cluster_id", "article_id", "url", "title", "authors", "language", "text", "published_zone"),
    "snippets",
]
ELSEWHERE: Row = dict.fromkeys(ARTICLE)
"""A member from before the run's window: its article is in the run of its day."""
FACT = [
    *("cluster_id", "fact_id", "kind", "context", "value", "source_ids", "n_versions"),
    *("n_independent", "first_claimed_at", "time_ordered", "revising_source_ids"),
]


def _detail(
    timeline: list[Row], articles: Mapping[str, Row], facts: list[Row], limits: ReportLimits
) -> dict[str, Any]:
    shown = _shown(timeline)
    known = [articles[row["article_id"]] for row in shown if row["article_id"] in articles]
    texts = {row["article_id"]: row["text"] or "" for row in known}
    languages = {row["article_id"]: row["language"] or "" for row in known}
    compared = versions(texts, languages, VERSIONS)
    return {
        "members": [
            _member(row, articles.get(row["article_id"], ELSEWHERE), compared.version_of, limits)
            for row in shown
        ],
        "sentences": compared.sentences,
        "texts": compared.texts,
        "marks": compared.marks,
        "facts": [_fact(row, limits) for row in facts[:FACTS]],
        "n_facts": len(facts),
    }


def _member(
    row: Row, article: Row, version_of: Mapping[str, int], limits: ReportLimits
) -> dict[str, Any]:
    passages = [
        snippet["snippet"] for snippet in article["snippets"] or () if snippet["kind"] in PASSAGES
    ]
    return {
        "id": row["article_id"],
        "outlet": row["source_id"],
        "claimed": seconds(row["claimed_at"]),
        "zone": article["published_zone"],
        "seen": seconds(row["first_seen_at"]),
        "lag": row["lag_s"],
        "role": row["role"],
        "credit": short(row["credit"], 120),
        "reason": short(row["reason"], limits.chars),
        "from": row["from_source"],
        "contained": None
        if row["containment_in_earlier"] is None
        else round(row["containment_in_earlier"], 3),
        "renamed": row["headline_changed"],
        "title": short(headline_of(article["title"], article["text"]), limits.chars),
        "authors": [short(author, 80) for author in (article["authors"] or ())[:6]],
        "url": short(article["url"], 600),
        "language": article["language"],
        "passages": [short(passage, limits.chars) for passage in dict.fromkeys(passages)][:3],
        "version": version_of.get(row["article_id"]),
    }


def _fact(row: Row, limits: ReportLimits) -> dict[str, Any]:
    return {
        "fact": row["fact_id"],
        "kind": row["kind"],
        "context": short(row["context"], limits.chars),
        "value": short(row["value"], limits.chars),
        "outlets": row["source_ids"][:20],
        "n_outlets": len(row["source_ids"]),
        "versions": row["n_versions"],
        "independent": row["n_independent"],
        "first": seconds(row["first_claimed_at"]),
        "ordered": row["time_ordered"],
        "revising": row["revising_source_ids"][:8],
    }


def _in_time(row: Row) -> tuple[bool, str, str, str]:
    """By claim, those without one last; then by first fetch and id."""
    claimed, seen = row["claimed_at"], row["first_seen_at"]
    return (claimed is None, str(claimed), str(seen), row["article_id"])


def _rows(
    path: str, table: str, clusters: list[str], columns: list[str] | None = None
) -> list[Row]:
    wanted = pc.field("cluster_id").isin(pa.array(clusters, pa.string()))
    return list(read_rows(path, table, wanted, columns))


def _by_cluster(rows: list[Row]) -> dict[str, list[Row]]:
    by_cluster: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_cluster[row["cluster_id"]].append(row)
    return by_cluster


def headlines(path: str, ids: Iterable[str], chars: int) -> dict[str, str | None]:
    """The headline of each article; of one without, its first words in quotation marks.

    Args:
        path: of the run.
        ids: of its articles.
        chars: the longest that is given of a headline.
    """
    titles = _of_articles(path, ids, "title")
    untitled = [article for article, title in titles.items() if not title]
    texts = _of_articles(path, untitled, "text") if untitled else {}
    return {
        article: short(title, chars) if title else headline_of(title, texts.get(article))
        for article, title in titles.items()
    }


def headline_of(title: str | None, text: str | None) -> str | None:
    """The headline, or the first words of a text that has none, in quotation marks.

    >>> headline_of(None, "The ferry sails. It rained.")
    '“The ferry sails. It rained.”'
    """
    words = " ".join((text or "")[:FIRST_CHARS].split())
    return title or (f"“{short(words, FIRST_WORDS)}”" if words else None)


def _of_articles(path: str, ids: Iterable[str], column: str) -> dict[str, str | None]:
    wanted = pc.field("article_id").isin(pa.array(sorted(ids), pa.string()))
    rows = read_rows(path, "articles", wanted, ["article_id", column])
    return {row["article_id"]: row[column] for row in rows}


def _times(path: str, chosen: Sequence[Row]) -> tuple[dict[str, list[int]], dict[str, str]]:
    """The claims of each cluster in order, and the source observed first where one was."""
    ids = [row["cluster_id"] for row in chosen]
    names = ["cluster_id", "source_id", "claimed_at", "role"]
    times: dict[str, list[int]] = defaultdict(list)
    earliest: dict[str, str] = {}
    for row in _rows(path, "cluster_timeline", ids, names):
        if row["claimed_at"]:
            times[row["cluster_id"]].append(int(row["claimed_at"].timestamp()))
        if row["role"] == "earliest_observed":
            earliest[row["cluster_id"]] = row["source_id"]
    return times, earliest


def _points(times: list[int]) -> list[int]:
    """Seconds after the first claim."""
    ordered = sorted(times)
    if len(ordered) > POINTS:
        ordered = ordered[: POINTS // 2] + ordered[-POINTS // 2 :]
    return [moment - ordered[0] for moment in ordered]


def _fact_counts(path: str, chosen: Sequence[Row]) -> dict[str, int]:
    """How many facts each cluster's versions differ on."""
    ids = [row["cluster_id"] for row in chosen]
    rows = _rows(path, "cluster_disagreements", ids, ["cluster_id", "fact_id"])
    facts_of: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        facts_of[row["cluster_id"]].add(row["fact_id"])
    return {cluster: len(facts) for cluster, facts in facts_of.items()}

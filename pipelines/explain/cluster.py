"""Why a cluster's articles have the roles they have, and on what its versions differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from pipelines.errors import UsageError
from pipelines.explain.named_articles import named_articles, several
from pipelines.output.read_run import find_run, read_rows

_CREDITS = ("wire_credit", "outlet_credit", "dateline")


@dataclass(frozen=True, slots=True)
class ExplainedCluster:
    """A cluster, its articles in time order, and its disagreements."""

    cluster: Mapping[str, Any]
    timeline: Sequence[Mapping[str, Any]]
    titles: Mapping[str, str | None]
    """By article id."""
    credits: Mapping[str, Sequence[str]]
    """By article id: the passages that its credits were read from."""
    disagreements: Sequence[Mapping[str, Any]]


def explain_cluster(folder: str, name: str) -> ExplainedCluster:
    """All that the run in `folder` says of a cluster, named by an id, an address or words.

    Raises:
        UsageError: there is no run, no such cluster in it, or the article is in none.
    """
    path = find_run(folder)
    cluster_id = _cluster_id(path, name)
    wanted = pc.field("cluster_id") == cluster_id
    columns = ["cluster_id", "article_id", "title", "snippets"]
    articles = read_rows(path, "articles", wanted, columns)
    return ExplainedCluster(
        read_rows(path, "clusters", wanted)[0],
        sorted(read_rows(path, "cluster_timeline", wanted), key=_in_time),
        {row["article_id"]: row["title"] for row in articles},
        {row["article_id"]: _passages(row["snippets"]) for row in articles},
        read_rows(path, "cluster_disagreements", wanted),
    )


def _cluster_id(path: str, name: str) -> str:
    if read_rows(path, "clusters", pc.field("cluster_id") == name, ["cluster_id"]):
        return name
    rows = named_articles(path, name, ["article_id", "title", "cluster_id"])
    if not rows:
        way_out = "give a cluster_id, an article_id or address in it, or words of a headline"
        raise UsageError(f"{path} has no cluster or article {name}; {way_out}")
    clusters = sorted({row["cluster_id"] for row in rows} - {None})
    if not clusters:
        raise UsageError(f"{name} is in no cluster: no copy of it was found")
    if len(clusters) > 1:
        way_out = f"of {len(clusters)} clusters; give one of these ids, or more words"
        raise UsageError(f"{several(name, rows)}, {way_out}")
    return str(clusters[0])


def _in_time(row: Mapping[str, Any]) -> tuple[bool, str, str, str]:
    """By claim, those without one last; then by first fetch and id."""
    claimed, seen = row["claimed_at"], row["first_seen_at"]
    return (claimed is None, str(claimed), str(seen), row["article_id"])


def _passages(snippets: Sequence[Mapping[str, str]] | None) -> list[str]:
    texts = [snippet["snippet"] for snippet in snippets or () if snippet["kind"] in _CREDITS]
    return list(dict.fromkeys(texts))

"""Why the run says what it says of two articles, or of a text against all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc

from dedupe.passages import Passage, passages
from dedupe.reading import read
from dedupe.reasons import reasons
from dedupe.relations import Verified, verified
from pipelines.errors import UsageError
from pipelines.published_run import find_run, manifest_of, read_rows
from pipelines.settings import Settings
from sources.addresses import canonical_url


@dataclass(frozen=True, slots=True)
class Explained:
    """Two articles, what the run published of the pair, and why."""

    left: Mapping[str, Any]
    right: Mapping[str, Any]
    published: Mapping[str, Any] | None
    """The row of duplicate_pairs; None where the pair is not in it."""
    computed: Mapping[str, float]
    """Similarity of the published texts: Jaccard, containment of either, shared shingles."""
    reasons: Sequence[str]
    passages: tuple[Sequence[Passage], Sequence[Passage]]


def explain_pair(folder: str, left: str, right: str) -> Explained:
    """Compares two articles of the run in `folder`, named by id or address.

    Raises:
        UsageError: there is no run, or no such article in it.
    """
    path = find_run(folder)
    settings = Settings.model_validate(manifest_of(path)["settings"])
    rows = [_article(path, one) for one in (left, right)]
    rows.sort(key=lambda row: str(row["article_id"]))
    found = _compared(rows, settings)
    both = found.shingles
    return Explained(
        rows[0],
        rows[1],
        _published(path, rows[0]["article_id"], rows[1]["article_id"]),
        {
            "jaccard": float(both.jaccard()[0]),
            "containment_left": float(both.containment_left()[0]),
            "containment_right": float(both.containment_right()[0]),
            "shared_shingles": float(both.shared[0]),
        },
        reasons(found, 0, settings.copies),
        passages(rows[0]["text"], rows[1]["text"], settings.match.shingle_words),
    )


def _compared(rows: Sequence[Mapping[str, Any]], settings: Settings) -> Verified:
    reading = read([row["text"] for row in rows], settings.match.shingle_words)
    hosts = np.unique([row["host"] or row["article_id"] for row in rows], return_inverse=True)[1]
    sources = np.unique(
        [row["source_id"] or row["article_id"] for row in rows], return_inverse=True
    )[1]
    pair = np.array([[0, 1]])
    return verified(
        reading.shingles, reading.facts, pair, hosts, sources, settings.copies, settings.roundups
    )


def _article(path: str, name: str) -> Mapping[str, Any]:
    """The article with this id or address; the first by id where an address has several."""
    columns = ["article_id", "canonical_url", "url", "host", "source_id", "title", "text"]
    columns += ["cluster_id", "published_at"]
    wanted = canonical_url(name)
    field = "canonical_url" if wanted else "article_id"
    rows = read_rows(path, "articles", pc.field(field) == (wanted or name), columns)
    if not rows:
        raise UsageError(f"{path} has no article {name}; give an article_id or an address in it")
    return rows[0]


def _published(path: str, left: str, right: str) -> Mapping[str, Any] | None:
    wanted = (pc.field("left_id") == left) & (pc.field("right_id") == right)
    rows = read_rows(path, "duplicate_pairs", wanted)
    return rows[0] if rows else None

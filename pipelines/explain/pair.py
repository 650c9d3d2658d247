"""Why the run says what it says of two articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from dedupe.text.features import TextFeatures, text_features
from dedupe.verification.reasons import reasons
from dedupe.verification.relations import Relation, VerifiedPairs, verify_pairs
from dedupe.verification.roundups import roundup_members
from dedupe.verification.side_by_side import Line, side_by_side
from pipelines.config.settings import Settings, settings_of_run
from pipelines.errors import UsageError
from pipelines.explain.named_articles import named_article
from pipelines.explain.sharing_articles import partners
from pipelines.output.read_run import find_run, manifest_of, read_rows

Row = Mapping[str, Any]
COLUMNS = [
    *("article_id", "canonical_url", "url", "host", "source_id", "title", "text"),
    *("cluster_id", "published_at"),
]


@dataclass(frozen=True, slots=True)
class Explained:
    """Two articles, what the run published of the pair, and why."""

    left: Row
    right: Row
    published: Row | None
    """The row of duplicate_pairs; None where the pair is not in it."""
    computed: Mapping[str, float]
    """Similarity of the published texts: Jaccard, containment of either, shared shingles."""
    reasons: Sequence[str]
    rows: Sequence[tuple[Line, Line]]
    """The lines of both texts as passages, side by side."""


def explain_pair(folder: str, left: str, right: str) -> Explained:
    """Compares two articles of the run in `folder`, named by id, address or words of the headline.

    Raises:
        UsageError: there is no run, or no such article in it, or both names are one article's.
    """
    path = find_run(folder)
    settings = settings_of_run(manifest_of(path)["settings"])
    both = sorted((named_article(path, name, COLUMNS) for name in (left, right)), key=_id)
    if _id(both[0]) == _id(both[1]):
        raise UsageError(f"{left} and {right} are one article, {_id(both[0])}; give two")
    reading = _reading(both, settings)
    alone = _compared(both, reading, np.array([[0, 1]]), settings)
    published = _published(path, both)
    lines = reasons(alone, 0, reading, settings.copies)
    lines += _what_else(path, both, alone, published, settings)
    size = settings.match.shingle_words
    rows = side_by_side(both[0]["text"], both[1]["text"], size)
    return Explained(both[0], both[1], published, _figures(alone), lines, rows)


def _id(row: Row) -> str:
    return str(row["article_id"])


def _figures(alone: VerifiedPairs) -> dict[str, float]:
    both = alone.shingles
    return {
        "jaccard": float(both.jaccard()[0]),
        "containment_left": float(both.containment_left()[0]),
        "containment_right": float(both.containment_right()[0]),
        "shared_shingles": float(both.shared[0]),
    }


def _what_else(
    path: str, both: Sequence[Row], alone: VerifiedPairs, published: Row | None, settings: Settings
) -> list[str]:
    """What else the run went by than the two texts alone."""
    lines = []
    is_copy = bool(alone.is_copy()[0])
    relation = Relation[published["relation"].upper()] if published else Relation.NONE
    if is_copy and relation == Relation.EXCERPT:
        lines += _as_roundup(path, both, settings)
    if published and published["is_cut"]:
        guard = settings.guard
        lines.append(
            f"cut: the weakest link to a text that resembles its cluster's most typical one by "
            f"less than {guard.resemblance} and shares less than {guard.contained:.0%} with it"
            " (guard)"
        )
    if relation != Relation.NONE and alone.relations[0] == Relation.NONE:
        lines.append(
            "what they share recurs over an outlet's pages and was taken out of its texts; it was "
            "compared all the same, being a story of the other's, or other texts of the run decided"
        )
    if relation == Relation.NONE and alone.relations[0] != Relation.NONE:
        lines.append(
            "not published: the pair was no candidate (too few bands or samples in common), or "
            "what the texts share recurs over an outlet's pages and was taken out as boilerplate"
        )
    return lines


def _as_roundup(path: str, both: Sequence[Row], settings: Settings) -> list[str]:
    """Which of the two is a round-up, as the other articles that it shares text with say."""
    articles = [*both, *partners(path, [_id(row) for row in both], COLUMNS)]
    reading = _reading(articles, settings)
    verified = _compared(
        articles, reading, np.stack(np.triu_indices(len(articles), 1), axis=1), settings
    )
    is_related = verified.relations != Relation.NONE
    is_roundup = roundup_members(
        reading.shingles,
        reading.facts,
        verified.pairs,
        verified.shingles,
        is_related,
        is_related,
        settings.roundups,
    )
    return [
        f"{side} is a round-up: it holds parts of several stories and is a copy of none; "
        f"what it shares is an excerpt (roundups): {', '.join(parts)}"
        for place, side in enumerate("AB")
        if is_roundup[place]
        for parts in [_parts(verified, place, articles, settings)]
    ]


def _parts(
    verified: VerifiedPairs, place: int, articles: Sequence[Row], settings: Settings
) -> list[str]:
    """The largest parts of one text: how much of it stands in which article."""
    shares = np.where(
        verified.pairs[:, 0] == place,
        verified.shingles.containment_left(),
        np.where(verified.pairs[:, 1] == place, verified.shingles.containment_right(), 0),
    )
    order = np.lexsort((np.arange(len(shares)), -shares))
    largest = [row for row in order[:4].tolist() if shares[row] >= settings.roundups.minimum_part]
    other = verified.pairs.sum(axis=1) - place
    return [f"{shares[row]:.0%} stand in {_id(articles[other[row]])}" for row in largest]


def _reading(rows: Sequence[Row], settings: Settings) -> TextFeatures:
    return text_features([row["text"] for row in rows], settings.match.shingle_words)


def _compared(
    rows: Sequence[Row], reading: TextFeatures, pairs: NDArray[np.int64], settings: Settings
) -> VerifiedPairs:
    hosts, sources = (
        np.unique([row[name] or row["article_id"] for row in rows], return_inverse=True)[1]
        for name in ("host", "source_id")
    )
    is_bare = np.zeros(len(reading), np.bool_)
    return verify_pairs(reading, pairs, hosts, sources, is_bare, settings.copies, settings.roundups)


def _published(path: str, both: Sequence[Row]) -> Row | None:
    wanted = (pc.field("left_id") == _id(both[0])) & (pc.field("right_id") == _id(both[1]))
    rows = read_rows(path, "duplicate_pairs", wanted)
    return rows[0] if rows else None

"""What can be counted about each outlet: one row a source, out of what its articles add up to.

Mirrors are one source, and what they repeat counts once. Every share keeps its k and n; what could
not be looked for is null and never 0.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.measures import NEW, POLICY_LINKS
from sources.attribution.statements import RULES_VERSION
from sources.intervals import Share, share
from sources.measures.partners import TOP, Partner
from sources.measures.source_totals import Tally, link_of
from sources.metadata.policies import rank
from sources.outlets.outlets import Source, common_name

SHARES: Mapping[str, tuple[str, str]] = {
    "date_present": ("has_date", "is_observed"),
    "zone_present": ("has_zone", "has_date"),
    "name_present": ("has_name", "is_observed"),
    "byline_present": ("has_byline", "is_own"),
    "dateline": ("has_dateline", "is_distinct"),
    "correction_notice": ("has_correction", "is_whole"),
    "clustered": ("is_clustered", "is_distinct"),
    "duplicated_within": ("is_repeated", "is_distinct"),
    "earliest_observed": ("is_first", "is_directed"),
    "earliest_claimed": ("is_claim_first", "is_claim_directed"),
    "credited": ("is_credited", "is_copy"),
    "credited_wire": ("is_wire_credited", "is_copy"),
    "credited_outlet": ("is_outlet_credited", "is_copy"),
    "uncredited_in_agency_story": ("is_uncredited_in_agency_story", "is_uncredited"),
    "wire_text": ("is_agency_copy", "is_distinct"),
    "photo_credit_wire": ("has_wire_photo", "is_observed"),
    "near_copy_of_wire_uncredited": ("is_uncredited_wire_text", "is_wire_text"),
    "headline_changed": ("has_new_headline", "is_headlined"),
    "attributed": ("is_attributed", "is_ruled"),
    "unnamed_source": ("is_unnamed", "is_attributed"),
    "disagreeing_number": ("is_disagreeing", "is_compared"),
    "number_changed": ("has_new_number", "is_kept"),
    "caption_without_entity_overlap": ("has_odd_caption", "has_caption"),
}
"""Share -> what is counted, of what."""

NEEDS: Mapping[str, str] = {
    "attributed": "is_ruled",
    "unnamed_source": "is_ruled",
    "caption_without_entity_overlap": "is_caption_readable",
}
"""Shares that are null, k and n too, where nothing of this kind was looked at."""
NEED_AGENCIES = ("near_copy_of_wire_uncredited",)
"""And those that are null where the run has no article of an agency's own site."""

_LAGS = {"lag_p25_s": 0.25, "lag_p50_s": 0.5, "lag_p90_s": 0.9}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of sources besides their articles, by source_id."""

    sources: Mapping[str, Source]
    rejected: Mapping[str, int]
    """Rejected pages."""
    partners: Mapping[str, Sequence[Partner]]
    """Other sources it shares copies with, those it shares most with first."""


def source_rows(tally: Tally, around: Surroundings, min_n: int) -> list[dict[str, Any]]:
    """The rows of the table `sources`, sorted by source_id, without their run_id.

    Shares of fewer than min_n have no rate and no interval.
    """
    sums = tally.sums.to_pylist()
    listed = _listed(tally.values)
    coverage = {
        "coverage_sources": len(sums),
        "coverage_articles": sum(map(_stories, sums)),
    }
    has_agency = any(
        _stories(counted) and around.sources[counted["source_id"]].agency for counted in sums
    )
    blank = {} if has_agency else dict.fromkeys(_share_names(NEED_AGENCIES))
    return [
        _row(counted, listed[counted["source_id"]], around, min_n) | coverage | blank
        for counted in sorted(sums, key=lambda counted: str(counted["source_id"]))
    ]


def share_columns(name: str, k: int | None, n: int | None, min_n: int) -> dict[str, Any]:
    """The five columns of a share; all null where k or n is not known."""
    if k is None or n is None:
        return dict.fromkeys(_share_names([name]))
    shared = share(k, n, min_n)
    return {f"{name}_{field.name}": getattr(shared, field.name) for field in fields(shared)}


def _share_names(shares: Iterable[str]) -> list[str]:
    return [f"{name}_{field.name}" for name in shares for field in fields(Share)]


def _row(
    sums: Mapping[str, Any],
    listed: Mapping[str, Counter[str]],
    around: Surroundings,
    min_n: int,
) -> dict[str, Any]:
    name = sums["source_id"]
    source, partners = around.sources[name], around.partners.get(name, ())
    row = {
        "source_id": name,
        "source_name": source.name or common_name(listed["outlet"]),
        "identity_basis": source.basis,
        "hosts": sorted(listed["host"]),
        "mirror_group_id": source.mirror_group_id,
        "window_start": sums["window_start"],
        "window_end": sums["window_end"],
        "n_pages": sums["n_articles"] + around.rejected.get(name, 0),
        "n_articles": _stories(sums),
        "n_no_articles": sums["is_no_article"],
        "n_stubs": sums["is_stub"],
        "n_distinct_articles": sums["is_distinct"],
        "n_words": sums["words"],
        "languages": sorted(listed["language"].items()),
        "n_partners": len(partners),
        "top_partners": [
            {"source_id": partner.source_id, "n_articles": partner.n_articles}
            for partner in partners[:TOP]
        ],
    }
    row["lookalike_of"] = None
    row["policy_links"] = _policies(listed[POLICY_LINKS]) if sums["is_observed"] else None
    row |= _lag_quantiles(listed["lag_s"]) | _statements(sums, min_n)
    row |= _novel_share(sums, min_n)
    for share_name, (k, n) in SHARES.items():
        is_known = sums[NEEDS[share_name]] > 0 if share_name in NEEDS else True
        row |= share_columns(share_name, sums[k] if is_known else None, sums[n], min_n)
    return row


def _stories(sums: Mapping[str, Any]) -> int:
    """Rows of the table articles less those that hold no story."""
    return int(sums["n_articles"] - sums["is_no_article"])


def _listed(values: pa.Table) -> dict[str, dict[str, Counter[str]]]:
    """Source -> name of the column -> how often each value stands."""
    listed: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    columns = (values.column(name).to_pylist() for name in ("source_id", "name", "value", "n"))
    for source, name, value, n in zip(*columns, strict=True):
        listed[source][name][value] = n
    return listed


def _novel_share(sums: Mapping[str, Any], min_n: int) -> dict[str, Any]:
    n = sums["is_weighed"]
    mean = sums["novel_ppm"] / (n * NEW) if n >= max(1, min_n) else None
    return {"novel_share_mean": mean, "novel_share_n": n}


def _policies(links: Iterable[str]) -> list[dict[str, str]]:
    return [asdict(link) for link in sorted(map(link_of, links), key=rank)]


def _statements(sums: Mapping[str, Any], min_n: int) -> dict[str, Any]:
    """How often texts of its own say who says so; null where no rules know their language."""
    is_ruled = sums["is_ruled"] > 0
    statements, words = sums["attributed_statements"], sums["ruled_words"]
    is_rated = sums["is_ruled"] >= max(1, min_n) and words > 0
    return {
        "attributed_statements": statements if is_ruled else None,
        "attributed_words": words if is_ruled else None,
        "attributed_statements_per_1000_words": 1000 * statements / words if is_rated else None,
        "rules_version": RULES_VERSION if is_ruled else None,
    }


def _lag_quantiles(lags: Counter[str]) -> dict[str, float | None]:
    if not lags:
        return dict.fromkeys(_LAGS)
    pairs = sorted((int(lag), n) for lag, n in lags.items())
    values = np.repeat([lag for lag, _ in pairs], [n for _, n in pairs])
    quantiles = pc.quantile(pa.array(values), q=list(_LAGS.values())).to_pylist()
    return dict(zip(_LAGS, quantiles, strict=True))

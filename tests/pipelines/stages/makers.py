"""Small makers of tables for the tests of stages: members, pairs, staged articles, hosts' sources.

Articles are numbers here; `identifier(1)` is the id that tables have for article 1.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from dedupe.verification.relations import Relation
from pipelines.stages.outlets.host_sources import HostSources
from schemas.article import Article
from schemas.exchange import ASSIGNMENTS, VERIFIED
from schemas.member import CLUSTERED, MOMENT
from schemas.staged_articles import article_table
from sources.outlets.outlets import Source, Tenure
from sources.outlets.registry import Domain
from tests.sources.makers import from_text

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(minutes: int) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def identifier(article: int) -> str:
    return f"{article:016x}"


def member(article: int, cluster: Any = None, **changes: Any) -> dict[str, Any]:
    """A row of CLUSTERED: on a host of its own, claimed by its number, alone without a cluster."""
    row: dict[str, Any] = {
        "article": article,
        "host": f"h{article}.example",
        "language": "en",
        "path": f"p{article}",
        "text_key": article,
        "path_key": article,
        "title_key": article,
        "claimed_at": at(60 * article),
        "claim_kind": MOMENT,
        "is_weakly_dated": False,
        "fetched_at": at(60 * article + 30),
        "wire_credits": [],
        "outlet_credits": [],
        "is_bare": False,
        "split": "split",
        "cluster": article if cluster is None else cluster,
        "representative": article if cluster is None else cluster,
        "novel_ppm": 0,
    }
    return row | changes


def members(*rows: Mapping[str, Any]) -> pa.Table:
    """Rows of `member` as a table, which is ascending by article."""
    return pa.Table.from_pylist(sorted(rows, key=lambda row: row["article"]), schema=CLUSTERED)


def pair(left: int, right: int, relation: Relation, shared: int = 80, size: int = 100) -> Any:
    """A row of VERIFIED: two texts of as many shingles, of which so many are common."""
    return {
        "left": left,
        "right": right,
        "relation": relation,
        "shared": shared,
        "size_left": size,
        "size_right": size,
        "is_cut": False,
    }


def pairs(*rows: Mapping[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=VERIFIED)


def ends(rows: pa.Table) -> list[tuple[int, int]]:
    """The articles of each pair."""
    return list(zip(rows["left"].to_pylist(), rows["right"].to_pylist(), strict=True))


def articles_of(rows: pa.Table) -> list[int]:
    return [int(article) for article in rows["article"].to_pylist()]


def host_sources(**source_of_host: str) -> HostSources:
    """Sources by host, for all time: `h1="a.example"` is the host h1.example of a.example."""
    return HostSources(
        {
            f"{name}.example": (
                Tenure(Domain(f"{name}.example"), Source(source, "declared_mirrors", home=source)),
            )
            for name, source in source_of_host.items()
        }
    )


def staged(*articles: Article) -> pa.Table:
    return article_table(articles)


def article(text: str, url: str = "https://a.example/1", **changes: Any) -> Article:
    """A row of text as extraction stages it."""
    return from_text(text, url=url, **changes)


def assigned(*rows: Mapping[str, Any]) -> pa.Table:
    """Rows of ASSIGNMENTS; what is not named is null."""
    return pa.Table.from_pylist(list(rows), schema=ASSIGNMENTS)

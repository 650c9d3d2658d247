"""What matching knows of an article: its shingles as numbers, and the few facts that roles need."""

from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from schemas.tables import STRINGS, TIMESTAMP

MOMENT = "moment"
"""A claim with a time and a zone."""
NO_ZONE = "no-zone"
"""A claim with a time in an unknown zone."""
DAY = "day"
"""A claim of a bare day."""
WEAK = "weak"
"""A claim that cannot be true, or is doubtful for what else is known of its page."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a cluster, without its text."""

    article_id: str
    source_id: str
    mirror_group_id: str | None
    host: str | None
    outlet: str | None
    language: str | None
    text_key: int
    """Hash of the text: equal for exact copies."""
    path_key: int
    """Hash of the address without its host; 0 where there is no address."""
    title_key: int
    """Hash of the normalised title; 0 where there is none."""
    claimed_at: datetime | None
    is_weakly_dated: bool
    """The claim is implausible, later than the fetch or has no zone."""
    fetched_at: datetime | None
    wire_credits: tuple[str, ...]
    outlet_credits: tuple[str, ...]
    declared_host: str | None = None
    """The host of the address that the page names as its canonical one, where it is another's."""
    is_bare: bool = False
    """The page says neither when it was published nor by whom, nor has a title for others."""
    split: str = ""
    """Where its text is staged."""
    agency: str | None = None
    """The agency whose own site its source is, by the registry."""
    is_at_home: bool = True
    """False on a mirror: a host that is not under its source's main domain."""
    day: date | None = None
    """The day it counts for; None in a run without a window."""
    claim_kind: str | None = None
    """moment, no-zone, day or weak; None without a claim."""
    registered_name: str | None = None
    """Its source's name in the registry."""
    candidate_sources: frozenset[str] = frozenset()
    """Sources that may be the same outlet's, by evidence too weak to say so."""
    answering: tuple[tuple[str, frozenset[str]], ...] = ()
    """Names that it credits, or gives its own outlet where others answer to that, folded, with the
    sources of the whole run that answer to each."""


MEMBERS = pa.schema(
    [
        pa.field("article", pa.uint64()),
        pa.field("host", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("language", pa.string()),
        pa.field("path", pa.string()),
        pa.field("text_key", pa.uint64()),
        pa.field("path_key", pa.uint64()),
        pa.field("title_key", pa.uint64()),
        pa.field("claimed_at", TIMESTAMP),
        pa.field("is_weakly_dated", pa.bool_()),
        pa.field("claim_kind", pa.string()),
        pa.field("fetched_at", TIMESTAMP),
        pa.field("wire_credits", STRINGS),
        pa.field("outlet_credits", STRINGS),
        pa.field("declared_host", pa.string()),
        pa.field("is_bare", pa.bool_()),
        pa.field("split", pa.string()),
        pa.field("day", pa.date32()),
        pa.field("shingles", pa.list_(pa.uint32())),
        pa.field("facts", pa.list_(pa.uint32())),
        pa.field("quoted", pa.list_(pa.uint32())),
        pa.field("sequences", pa.list_(pa.uint32())),
        pa.field("repeated", pa.list_(pa.uint32())),
        pa.field("repeated_facts", pa.list_(pa.uint32())),
    ]
)

COMPARED = ("shingles", "facts", "quoted", "sequences")
"""The columns of MEMBERS by which texts are compared (dedupe.text.features.TextFeatures)."""

REPEATED = ("repeated", "repeated_facts")
"""Shingles and facts of what its outlet repeats and this article is the carrier of
(dedupe.text.boilerplate): not of its own text, but looked up among other outlets' stories."""

CLUSTERED = pa.schema(
    [
        *(field for field in MEMBERS if field.name not in (*COMPARED, *REPEATED)),
        pa.field("cluster", pa.uint64()),
        pa.field("representative", pa.uint64()),
        pa.field("novel_ppm", pa.int64()),
        pa.field("former", pa.uint64()),
    ]
)
"""Members less their arrays, with the smallest article of their cluster, its representative, how
much of the text stands in no earlier one (novelty), and the smallest article of the cluster
they would be in without the run's window: null in it, and without one."""

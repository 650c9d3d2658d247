"""What matching knows of an article: its shingles as numbers, and the few facts that roles need."""

from dataclasses import dataclass
from datetime import datetime


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

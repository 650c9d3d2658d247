"""What its cluster says of each article: the facts that sources are measured by, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.member import Member
from sources.disagreements.disputed_articles import Compared
from sources.stories.timeline import TimelineRow


@dataclass(frozen=True, slots=True)
class Assignment:
    """An article; a row of the schema ASSIGNMENTS. The is_ fields are 0 or 1."""

    article_id: str
    cluster_id: str | None = None
    """None where only a passage of it stands elsewhere."""
    role: str | None = None
    lag_s: int | None = None
    """That of its timeline; None unless it is a copy of another source's text."""
    is_copy: int = 0
    """Of another source's text: what its own source had already is none."""
    is_clustered: int = 0
    """Another source has a copy, too."""
    is_repeated: int = 0
    is_mirrored: int = 0
    is_directed: int = 0
    """The timeline says who was observed first, and its source had not published it before."""
    is_claim_directed: int = 0
    """It is its source's first claim, and the claims alone say which source was first."""
    is_claim_first: int = 0
    headline_changed: int | None = None
    """None unless it is a verbatim copy of the first and both have a headline."""
    is_compared: int = 0
    """It is in a cluster of several sources, and its text was laid beside their versions."""
    is_disagreeing: int = 0
    """It states a number otherwise than another source at the same time (disputed_articles)."""
    is_kept: int = 0
    """It carries the first's text and no agency's, and both were compared."""
    has_new_number: int = 0
    """It does, and disagrees with the first."""
    is_in_agency_story: int = 0
    """It is a copy, and another article of its story credits an agency or is an agency's own."""
    is_wire_text: int = 0
    """It is a copy, and an agency's own site had the text before."""
    novel_ppm: int | None = None
    """Millionths of it that stand in no earlier article it is tied to; None: nobody knows."""


def assignments(
    rows: Sequence[TimelineRow],
    members: Mapping[str, Member],
    compared: Compared,
    novel: Mapping[str, int | None],
    min_gap_s: int,
) -> list[Assignment]:
    """The assignments of one cluster, in the order of its timeline.

    Args:
        rows: the cluster's timeline.
        members: its articles by id.
        compared: what came of comparing its versions.
        novel: millionths of articles that are new, by id.
        min_gap_s: claims of two sources closer than this do not say who was first, seconds.
    """
    is_clustered = int(len({row.source_id for row in rows}) > 1)
    first = next((row for row in rows if row.role == "earliest_observed"), None)
    claimed = first_claim([members[row.article_id] for row in rows], min_gap_s)
    with_agency = {
        member.source_id for member in members.values() if member.wire_credits or member.agency
    }
    wires = [members[row.article_id] for row in rows if members[row.article_id].agency]
    copies = copies_of_others(rows, first)
    claims = _first_claims(rows, members) if claimed else {}
    carriers = _carriers(rows, first, members, compared) & copies
    at_odds = compared.disagreeing_with(first.article_id) if first else frozenset()
    return [
        Assignment(
            article_id=row.article_id,
            cluster_id=row.cluster_id,
            role=row.role,
            lag_s=row.lag_s if row.article_id in copies else None,
            is_copy=int(row.article_id in copies),
            is_clustered=is_clustered,
            is_repeated=int(_is_repeated(row, copies)),
            is_mirrored=int(row.role == "mirror"),
            is_directed=int(first is not None and not _is_repeated(row, copies)),
            is_claim_directed=int(claims.get(row.source_id) == row.article_id),
            is_claim_first=int(
                claimed is not None
                and row.source_id == claimed.source_id
                and claims.get(row.source_id) == row.article_id
            ),
            headline_changed=_headline_changed(row, first, members, copies),
            is_compared=int(is_clustered and members[row.article_id].text_key in compared.texts),
            is_disagreeing=int(row.article_id in compared.disagreeing),
            is_kept=int(row.article_id in carriers),
            has_new_number=int(row.article_id in carriers & at_odds),
            is_in_agency_story=int(
                row.article_id in copies and bool(with_agency - {row.source_id})
            ),
            is_wire_text=int(
                row.article_id in copies
                and _is_wire_text(members[row.article_id], wires, first, min_gap_s)
            ),
            novel_ppm=novel[row.article_id],
        )
        for row in rows
    ]


def copies_of_others(rows: Sequence[TimelineRow], first: TimelineRow | None) -> frozenset[str]:
    """The copies among a cluster's articles, less those whose source had the text already."""
    owners = {first.source_id} if first else set()
    copies = set()
    for row in rows:
        if row.role == "copy" and row.source_id not in owners:
            copies.add(row.article_id)
        owners.add(row.source_id)
    return frozenset(copies)


def _is_repeated(row: TimelineRow, copies: frozenset[str]) -> bool:
    """Whether its source published it again: another version, a mirror's, or the same text."""
    is_own_copy = row.role == "copy" and row.article_id not in copies
    return is_own_copy or row.role in ("mirror", "revision")


def _claim(member: Member) -> datetime | None:
    return None if member.is_weakly_dated else member.claimed_at


def _first_claims(rows: Sequence[TimelineRow], members: Mapping[str, Member]) -> dict[str, str]:
    """Each source's article with the earliest claim; a mirror's, which counts for nothing, is none.

    A source that claims by a mirror only is left out.
    """
    first_claims: dict[str, str] = {}
    for row in rows:
        if row.role != "mirror" and _has_claim(members[row.article_id]):
            first_claims.setdefault(row.source_id, row.article_id)
    return first_claims


def _carriers(
    rows: Sequence[TimelineRow],
    first: TimelineRow | None,
    members: Mapping[str, Member],
    compared: Compared,
) -> frozenset[str]:
    """The articles that carry the first's text, where theirs and the first's were compared."""
    if first is None or members[first.article_id].text_key not in compared.texts:
        return frozenset()
    return frozenset(
        row.article_id
        for row in rows
        if row.from_source == first.source_id and members[row.article_id].text_key in compared.texts
    )


def first_claim(members: Sequence[Member], min_gap_s: int) -> Member | None:
    """The member whose claimed time is first; None where it ties with another source's.

    Only plausible claims with a zone count, and there have to be two sources that make one.
    """
    claims = [member for member in members if _has_claim(member)]
    claims.sort(key=lambda member: (member.claimed_at, member.article_id))
    rival = next((claim for claim in claims if claim.source_id != claims[0].source_id), None)
    if rival is None or rival.claimed_at is None or claims[0].claimed_at is None:
        return None
    gap_s = (rival.claimed_at - claims[0].claimed_at).total_seconds()
    return claims[0] if gap_s >= min_gap_s else None


def _is_wire_text(
    member: Member, wires: Sequence[Member], first: TimelineRow | None, min_gap_s: int
) -> bool:
    """Whether an agency's own article was first, or claims to be older than this one by the gap."""
    if member.agency:
        return False
    return any(
        (first is not None and wire.article_id == first.article_id)
        or first_claim([wire, member], min_gap_s) is wire
        for wire in wires
    )


def _has_claim(member: Member) -> bool:
    return _claim(member) is not None


def _headline_changed(
    row: TimelineRow,
    first: TimelineRow | None,
    members: Mapping[str, Member],
    copies: frozenset[str],
) -> int | None:
    if first is None or row.article_id not in copies or row.headline_changed is None:
        return None
    is_verbatim = members[row.article_id].text_key == members[first.article_id].text_key
    return int(row.headline_changed) if is_verbatim else None

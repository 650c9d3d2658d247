"""The versions of a story that are read again: one text each, near the cluster's representative."""

from collections.abc import Mapping, Sequence

from schemas.member import Member
from sources.naming import named_sources

MAX_VERSIONS = 24
"""Different texts of a cluster that are read, so that a cluster of 2,000 stays linear."""


def versions(
    members: Sequence[Member], representative: str, shares: Mapping[str, float]
) -> list[Member]:
    """One member for each text that is read: the representative first, the nearest to it next.

    None where all members have one text from one source: there is nothing to compare.

    Args:
        members: a cluster's.
        representative: an article id.
        shares: for other article ids, the share of the representative's shingles they have.
    """
    if len({one.source_id for one in members}) < 2 and len({one.text_key for one in members}) < 2:
        return []
    ordered = sorted(
        members,
        key=lambda one: (
            one.article_id != representative,
            -shares.get(one.article_id, 0.0),
            one.article_id,
        ),
    )
    by_text: dict[int, Member] = {}
    for one in ordered:
        by_text.setdefault(one.text_key, one)
    return list(by_text.values())[:MAX_VERSIONS]


def named_by(
    members: Sequence[Member], texts: Sequence[tuple[Member, str]]
) -> dict[str, frozenset[str]]:
    """The other sources of the cluster that each article's text names as reporting.

    An article whose text was not read names nobody.
    """
    names = {one.outlet: one.source_id for one in members if one.outlet}
    named_in = {one.text_key: named_sources(text, names) for one, text in texts}
    found: dict[str, frozenset[str]] = {}
    for one in members:
        named = named_in.get(one.text_key, frozenset()) - {one.source_id}
        if named:
            found[one.article_id] = named
    return found

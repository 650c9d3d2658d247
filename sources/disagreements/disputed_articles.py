"""Which articles of a cluster were compared with its other versions, and disagree on a number.

All who state such a number are named, whatever they state: copies do not vote on who is right
(design/sources.md, Never).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas.member import Member
from sources.disagreements.disagreements import (
    MAX_TEXT_CHARS,
    DisagreementRow,
    claims_of,
    time_ordered,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of laying a cluster's versions beside each other."""

    texts: frozenset[int] = frozenset()
    """Keys of the texts that were read."""
    disputed: tuple[tuple[frozenset[str], ...], ...] = ()
    """For each number that is stated otherwise at the same time, the articles by what they say."""

    @property
    def disagreeing(self) -> frozenset[str]:
        """Articles that state a number otherwise than another source's at the same time."""
        return frozenset(
            article_id for values in self.disputed for articles in values for article_id in articles
        )

    def disagreeing_with(self, article_id: str) -> frozenset[str]:
        """Those of them that state another value than this article."""
        return frozenset(
            article
            for values in self.disputed
            if any(article_id in articles for articles in values)
            for articles in values
            if article_id not in articles
            for article in articles
        )


def compared(
    texts: Sequence[tuple[Member, str]],
    rows: Iterable[DisagreementRow],
    members: Mapping[str, Member],
) -> Compared:
    """What was compared, and who disagrees.

    Args:
        texts: the versions that were read, as for sources.disagreements.disagreements.
        rows: the disagreements found in them.
        members: the cluster's articles by id.
    """
    language = texts[0][0].language if texts else None
    read = frozenset(
        member.text_key
        for member, text in texts
        if len(text) <= MAX_TEXT_CHARS and member.language == language
    )
    facts: dict[str, list[DisagreementRow]] = defaultdict(list)
    for row in rows:
        if row.kind == "number":
            facts[row.fact_id].append(row)
    disputed = (_disputed(rows_of_fact, members) for rows_of_fact in facts.values())
    return Compared(read, tuple(values for values in disputed if values))


def _disputed(
    rows: Sequence[DisagreementRow], members: Mapping[str, Member]
) -> tuple[frozenset[str], ...]:
    """The articles that state the fact, by value, less those of sources that changed their own.

    Nobody where fewer than two values are left, where they followed each other in time, or where
    nobody knows whether they did.
    """
    revising = {source for row in rows for source in row.revising_source_ids}
    saying = [[members[article_id] for article_id in row.article_ids] for row in rows]
    left = [
        [member for member in members_saying if member.source_id not in revising]
        for members_saying in saying
    ]
    claims = sorted(claims_of(members_saying) for members_saying in left if members_saying)
    if len(claims) < 2 or time_ordered(claims) is not False:
        return ()
    return tuple(
        frozenset(member.article_id for member in members_saying)
        for members_saying in left
        if members_saying
    )

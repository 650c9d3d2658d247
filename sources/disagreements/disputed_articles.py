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
        return frozenset(one for values in self.disputed for some in values for one in some)

    def disagreeing_with(self, article_id: str) -> frozenset[str]:
        """Those of them that state another value than this article."""
        return frozenset(
            one
            for values in self.disputed
            if any(article_id in some for some in values)
            for some in values
            if article_id not in some
            for one in some
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
        one.text_key
        for one, text in texts
        if len(text) <= MAX_TEXT_CHARS and one.language == language
    )
    facts: dict[str, list[DisagreementRow]] = defaultdict(list)
    for row in rows:
        if row.kind == "number":
            facts[row.fact_id].append(row)
    disputed = (_disputed(some, members) for some in facts.values())
    return Compared(read, tuple(values for values in disputed if values))


def _disputed(
    rows: Sequence[DisagreementRow], members: Mapping[str, Member]
) -> tuple[frozenset[str], ...]:
    """The articles that state the fact, by value, less those of sources that changed their own.

    Nobody where fewer than two values are left, where they followed each other in time, or where
    nobody knows whether they did.
    """
    revising = {source for row in rows for source in row.revising_source_ids}
    saying = [[members[one] for one in row.article_ids] for row in rows]
    left = [[one for one in some if one.source_id not in revising] for some in saying]
    claims = sorted(claims_of(some) for some in left if some)
    if len(claims) < 2 or time_ordered(claims) is not False:
        return ()
    return tuple(frozenset(one.article_id for one in some) for some in left if some)

"""The days that a host's pages are of, and claims that stand years before nearly all of them.

Whoever claims an old time for a few pages gives itself away by all of its others. A host whose
pages are of many years, as those of an archive, says nothing against any of them.
"""

from collections.abc import Sequence
from datetime import date, timedelta

FEWEST_PAGES = 6
"""Of a host, below which nothing is usual of it."""
ODD_PAGES = 10
"""One in so many of a host's pages may be odd, and the first in any case."""
GAP = timedelta(days=2 * 365)
"""In which a host has no page, between the odd ones and all others."""
FAR_BEFORE_HOST = "date-far-before-host"
"""The flag of an article that claims a time before that gap."""


def usual_since(days: Sequence[date]) -> date | None:
    """The day since when nearly all of a host's pages are, where few are years before it.

    Args:
        days: of its pages, ascending.

    >>> days = [date(1999, 1, 1), *(date(2026, 3, day) for day in range(1, 8))]
    >>> usual_since(days), usual_since(days[1:])
    (datetime.date(2026, 3, 1), None)
    """
    if len(days) < FEWEST_PAGES:
        return None
    for place in range(max(1, len(days) // ODD_PAGES), 0, -1):
        if days[place] - days[place - 1] >= GAP:
            return days[place]
    return None


def is_before_gap(claimed: date | None, since: date | None) -> bool:
    """Whether a claim stands years before what is usual of its host."""
    return claimed is not None and since is not None and since - claimed >= GAP

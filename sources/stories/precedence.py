"""Whether one article of a story was there before another, by times alone, and which comparison
says so.

Four comparisons, the surest first. None of them lets a page gain by a claim that nobody confirms:
an unwitnessed claim counts where it says that the page came later, and against another claim only
where no fetch contradicts it: a witnessed page has to have been seen after it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sources.stories.sightings import FAR, ONE_CRAWL, Sighting, TimeRules

CLAIM_AFTER_WITNESSED = "claim_after_witnessed"
"""Its claim is later than a witnessed claim; or the same, and not witnessed."""
CLAIM_AFTER_FETCH = "claim_after_fetch"
"""Its claim is later than the moment at which the other was seen."""
FETCH_AFTER_FETCH = "fetch_after_fetch"
"""It was seen later, so much so that its own claim, which nobody confirms, does not count."""
CLAIM_AFTER_CLAIM = "claim_after_claim"
"""Its claim is later than an unwitnessed one, and no fetch contradicts them."""
MOST_COMPARED = 64
"""Unwitnessed claims that one such claim is compared with: the earliest of the story."""


@dataclass(frozen=True, slots=True)
class Precedence:
    """The comparison that puts an article after another."""

    evidence: str
    before: Sighting


def precedes(before: Sighting, after: Sighting, rules: TimeRules) -> str | None:
    """The comparison by which `before` was there before `after`, None where none says so."""
    if before.is_witnessed and _concedes(before, after, rules):
        return CLAIM_AFTER_WITNESSED
    if _apart(before.seen, after.earliest, rules):
        return CLAIM_AFTER_FETCH
    if _is_seen_long_before(before, after, rules):
        return FETCH_AFTER_FETCH
    return CLAIM_AFTER_CLAIM if _claims_say_so(before, after, rules) else None


def is_confirmed_before(before: Sighting, after: Sighting, rules: TimeRules) -> bool:
    """Whether the crawl, and not a claim alone, says that `before` was there first."""
    return precedes(before, after, rules) not in (None, CLAIM_AFTER_CLAIM)


class Story:
    """The articles of a story that credit nobody, ready to be asked what precedes each."""

    def __init__(self, free: Sequence[Sighting], rules: TimeRules) -> None:
        self._rules = rules
        self._witnessed = _first_of_two(
            (entry.latest, entry) for entry in free if entry.is_witnessed and entry.latest
        )
        self._seen = _first_of_two((entry.seen, entry) for entry in free if entry.seen)
        self._unclaimed = _first_of_two(
            (entry.seen, entry) for entry in free if entry.seen and entry.earliest is None
        )
        claims = [entry for entry in free if entry.latest is not None and not entry.is_witnessed]
        self._claims = sorted(claims, key=lambda entry: (entry.latest, entry.member.article_id))
        self._ends = [entry.latest or FAR for entry in self._claims]

    def before(self, entry: Sighting) -> Precedence | None:
        """The surest comparison that puts an article after one of another source, if any does."""
        for other in self._others(entry):
            if other.member.source_id != entry.member.source_id:
                evidence = precedes(other, entry, self._rules)
                if evidence is not None:
                    return Precedence(evidence, other)
        return None

    def _others(self, entry: Sighting) -> Iterator[Sighting]:
        """Those that would precede it if any did, the surest first."""
        yield from self._witnessed
        yield from self._seen
        yield from self._unclaimed
        if entry.earliest is not None:
            end = bisect_right(self._ends, entry.earliest - self._rules.gap)
            yield from self._claims[: min(end, MOST_COMPARED)]


def _first_of_two(timed: Iterable[tuple[datetime, Sighting]]) -> list[Sighting]:
    """The earliest, and the earliest of another source: one of them is nobody's own."""
    ordered = sorted(timed, key=lambda pair: (pair[0], pair[1].member.article_id))
    first = ordered[:1]
    own = {entry.member.source_id for _, entry in first}
    second = [pair for pair in ordered if pair[1].member.source_id not in own][:1]
    return [entry for _, entry in [*first, *second]]


def _concedes(before: Sighting, after: Sighting, rules: TimeRules) -> bool:
    """Whether a claim is later than a witnessed one.

    By the gap, for clocks differ. One that nobody witnessed, of a page that was seen later, does
    not even say that it was earlier if it claims the same minute.
    """
    if _apart(before.latest, after.earliest, rules):
        return True
    if after.is_witnessed or None in (before.latest, after.earliest, before.seen, after.seen):
        return False
    return after.earliest >= before.latest and after.seen > before.seen  # type: ignore[operator]


def _apart(earlier: datetime | None, later: datetime | None, rules: TimeRules) -> bool:
    return earlier is not None and later is not None and later - earlier >= rules.gap


def _is_seen_long_before(before: Sighting, after: Sighting, rules: TimeRules) -> bool:
    """Whether fetches alone tell: hours apart where neither claims a time, else days.

    Within the bound of witnessing the order of fetches is that of the crawl's visits. Within twice
    that, a claim which puts the later one first is a contradiction that nobody can decide.
    """
    if before.seen is None or after.seen is None or after.is_witnessed:
        return False
    if after.earliest is None:
        needed = ONE_CRAWL if before.earliest is None else rules.bound
    else:
        needed = 2 * rules.bound
    return after.seen - before.seen >= max(needed, ONE_CRAWL)


def _claims_say_so(before: Sighting, after: Sighting, rules: TimeRules) -> bool:
    if before.is_witnessed or not _apart(before.latest, after.earliest, rules):
        return False
    if after.member.source_id in before.member.candidate_sources:
        return False  # of hosts that may be one outlet's an unwitnessed claim orders nothing
    if before.seen is None or after.seen is None:
        return not after.is_witnessed
    latest = after.seen if after.is_witnessed else after.seen + rules.bound
    return before.seen <= latest

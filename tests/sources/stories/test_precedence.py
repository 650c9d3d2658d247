from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.member import DAY, MOMENT, NO_ZONE, WEAK
from sources.stories.precedence import (
    CLAIM_AFTER_CLAIM,
    CLAIM_AFTER_FETCH,
    CLAIM_AFTER_WITNESSED,
    FETCH_AFTER_FETCH,
    Story,
    precedes,
)
from sources.stories.sightings import Sighting, TimeRules, sightings
from tests.sources.makers import story_member

RULES = TimeRules()


def sighting(
    name: str, claimed: str | None = None, seen: str | None = None, kind: str = MOMENT
) -> Sighting:
    """What is known of one article by itself."""
    at, fetched_at = (datetime.fromisoformat(side) if side else None for side in (claimed, seen))
    member = story_member(name, at, fetched_at, kind=kind if claimed else None)
    return sightings([member], {}, RULES)[0]


V = sighting("v", "2026-03-04T09:00Z", "2026-03-04T10:00Z")


@pytest.mark.parametrize(
    ("other", "evidence"),
    [
        (("2026-03-04T12:00Z", "2026-03-04T13:00Z"), CLAIM_AFTER_WITNESSED),
        (("2026-03-04T12:00Z", "2026-03-09T13:00Z"), CLAIM_AFTER_WITNESSED),
        (("2026-03-04T08:00Z", "2026-03-06T10:00Z"), FETCH_AFTER_FETCH),
        (("1999-01-01T08:00Z", "2026-03-06T10:00Z"), FETCH_AFTER_FETCH),
        (("2026-03-04T09:00Z", "2026-03-05T17:00Z"), CLAIM_AFTER_WITNESSED),
        (("2026-03-04T09:00Z", "2026-03-04T11:00Z"), None),
        ((None, "2026-03-05T10:00Z"), FETCH_AFTER_FETCH),
        ((None, "2026-03-04T19:00Z"), None),
        (("2026-03-03T08:00Z", "2026-03-04T21:00Z"), None),
        (("2026-03-04T09:01Z", "2026-03-04T10:00Z"), None),
    ],
)
def test_a_witnessed_claim_precedes_by_the_surest_comparison(
    other: tuple[str | None, str], evidence: str | None
) -> None:
    assert precedes(V, sighting("e", *other), RULES) == evidence


@pytest.mark.parametrize("claimed", ["1999-01-01T08:00Z", "2026-03-03T20:00Z", "2026-03-04T08:00Z"])
def test_an_old_claim_of_a_page_that_was_fetched_days_later_precedes_nobody(claimed: str) -> None:
    assert precedes(sighting("e", claimed, "2026-03-06T10:00Z"), V, RULES) is None


def test_who_was_seen_before_another_claims_to_be_published_precedes_it() -> None:
    undated = sighting("u", None, "2026-03-04T08:00Z")
    assert precedes(undated, V, RULES) == CLAIM_AFTER_FETCH


def test_of_two_claims_that_nobody_witnessed_the_earlier_precedes() -> None:
    early, late = sighting("a", "2026-01-01T09:00Z"), sighting("b", "2026-01-02T09:00Z")
    assert precedes(early, late, RULES) == CLAIM_AFTER_CLAIM
    assert precedes(late, early, RULES) is None


@pytest.mark.parametrize(("kind", "hours"), [(NO_ZONE, 26), (DAY, 50)])
def test_a_claim_without_zone_or_time_precedes_only_where_it_does_in_every_zone(
    kind: str, hours: int
) -> None:
    weak = sighting("a", "2026-01-01T00:00Z", kind=kind)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    near = sighting("b", (start + timedelta(hours=hours - 15)).isoformat())
    far = sighting("b", (start + timedelta(hours=hours)).isoformat())
    assert precedes(weak, near, RULES) is None
    assert precedes(weak, far, RULES) == CLAIM_AFTER_CLAIM


def test_a_doubtful_claim_is_no_claim() -> None:
    doubtful = sighting("a", "1999-01-01T00:00Z", "2026-03-04T10:00Z", WEAK)
    assert doubtful.earliest is None
    assert precedes(doubtful, V, RULES) is None


def test_fetches_of_one_crawl_say_nothing() -> None:
    early, late = sighting("a", None, "2026-03-04T10:00Z"), sighting("b", None, "2026-03-04T10:59Z")
    assert precedes(early, late, RULES) is None


moments = st.none() | st.integers(0, 200).map(
    lambda hours: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=hours)
)
kinds = st.sampled_from([MOMENT, NO_ZONE, DAY, WEAK])


@st.composite
def known(draw: st.DrawFn, name: str = "a") -> Sighting:
    claimed, seen = draw(moments), draw(moments)
    if claimed and seen and claimed > seen:
        claimed, seen = seen, claimed
    member = story_member(name, claimed, seen, kind=draw(kinds) if claimed else None)
    return sightings([member], {}, RULES)[0]


@given(known("a"), known("b"))
def test_no_two_articles_precede_each_other(a: Sighting, b: Sighting) -> None:
    assert None in (precedes(a, b, RULES), precedes(b, a, RULES))


@given(known("e"), known("v"))
def test_an_unwitnessed_claim_never_beats_an_earlier_sighting_of_a_witnessed_one(
    e: Sighting, v: Sighting
) -> None:
    if v.is_witnessed and not e.is_witnessed and e.seen and v.seen and v.seen < e.seen:
        evidence = precedes(e, v, RULES)
        assert evidence in (None, CLAIM_AFTER_FETCH)  # which it cannot have written itself
        assert evidence is None or e.seen < (v.earliest or e.seen)


@given(st.permutations("abcde").flatmap(lambda names: st.tuples(*(known(name) for name in names))))
def test_what_precedes_an_article_in_a_story_is_what_precedes_it_of_any_of_its_articles(
    sighted: tuple[Sighting, ...],
) -> None:
    story = Story(sighted, RULES)
    pairs = {b.member.article_id for a, b in permutations(sighted, 2) if precedes(a, b, RULES)}
    assert {
        sighting_of.member.article_id for sighting_of in sighted if story.before(sighting_of)
    } == pairs

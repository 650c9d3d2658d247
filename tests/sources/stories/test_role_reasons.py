"""What a row of a timeline says is what its own values, and those of the compared row, say."""

from datetime import UTC, datetime

from hypothesis import given

from schemas.member import MOMENT, Member
from sources.stories.precedence import (
    CLAIM_AFTER_CLAIM,
    CLAIM_AFTER_FETCH,
    CLAIM_AFTER_WITNESSED,
    FETCH_AFTER_FETCH,
)
from sources.stories.role_reasons import written
from sources.stories.timeline import TimelineRow, timeline
from tests.sources.stories.test_timeline import RULES, members

FAR = datetime(9999, 1, 1, tzinfo=UTC)


def contradiction(row: TimelineRow, other: TimelineRow) -> str:
    """What the values of two rows say against the evidence; empty where nothing."""
    claimed, other_claimed = row.claimed_at or FAR, other.claimed_at or FAR
    seen, other_seen = row.sighted_at or FAR, other.sighted_at or FAR
    match row.evidence:
        case "claim_after_witnessed":
            is_so = other.is_witnessed and (other.claim_kind == MOMENT)
            is_so &= claimed >= other_claimed or row.claim_kind != MOMENT
        case "claim_after_fetch":
            is_so = other.sighted_at is not None
            is_so &= claimed > other_seen or row.claim_kind != MOMENT
        case "fetch_after_fetch":
            is_so = seen > other_seen and not row.is_witnessed
        case _:
            is_so = not (row.is_witnessed and other.is_witnessed)
            is_so &= claimed > other_claimed or MOMENT not in (row.claim_kind, other.claim_kind)
    return "" if is_so else f"{row.reason}: {row} {other}"


@given(members)
def test_the_evidence_of_a_row_is_what_its_values_and_those_of_the_compared_row_say(
    given_: list[Member],
) -> None:
    rows = {row.article_id: row for row in timeline("x", given_, {}, RULES)}
    by_times = (CLAIM_AFTER_WITNESSED, CLAIM_AFTER_FETCH, FETCH_AFTER_FETCH, CLAIM_AFTER_CLAIM)
    for row in rows.values():
        if row.evidence in by_times:
            other = rows[row.compared_with or ""]
            assert contradiction(row, other) == ""
            assert other.source_id != row.source_id
            assert other.source_id in row.reason


@given(members)
def test_a_reason_has_the_values_that_were_compared(given_: list[Member]) -> None:
    rows = {row.article_id: row for row in timeline("x", given_, {}, RULES)}
    for row in rows.values():
        if row.evidence in (CLAIM_AFTER_WITNESSED, CLAIM_AFTER_CLAIM):
            assert written(row.claimed_at) in row.reason
            assert written(rows[row.compared_with or ""].claimed_at) in row.reason
        if row.evidence == FETCH_AFTER_FETCH:
            assert written(row.sighted_at) in row.reason


@given(members)
def test_the_lag_of_a_row_is_its_claim_less_that_of_the_first_row(given_: list[Member]) -> None:
    rows = timeline("x", given_, {}, RULES)
    first = next((row for row in rows if row.role == "earliest_observed"), None)
    for row in rows:
        if row.lag_s is not None:
            assert first is not None
            assert first.claimed_at is not None
            assert row.claimed_at is not None
            assert row.lag_s == round((row.claimed_at - first.claimed_at).total_seconds()) >= 0

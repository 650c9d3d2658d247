"""Claims that stand years before nearly all else of their host."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sources.outlets.usual_days import GAP, is_before_gap, usual_since

MARCH = date(2026, 3, 1)
DAYS = st.lists(st.dates(date(1990, 1, 1), MARCH), max_size=60).map(sorted)


def test_one_claim_of_years_before_all_others_is_odd() -> None:
    days = [date(1999, 1, 1), *(MARCH + timedelta(days=n) for n in range(9))]
    assert usual_since(days) == MARCH
    assert is_before_gap(days[0], MARCH)
    assert not is_before_gap(days[1], MARCH)


def test_pages_of_many_years_are_an_archive_and_none_is_odd() -> None:
    assert usual_since([date(1996 + n, 1, 1) for n in range(30)]) is None
    assert usual_since([date(1999, 1, 1)] * 5 + [MARCH] * 20) is None


def test_of_few_pages_nothing_is_usual() -> None:
    assert usual_since([date(1999, 1, 1), MARCH, MARCH, MARCH]) is None


@given(DAYS)
def test_no_more_than_a_tenth_or_one_are_odd_and_all_of_them_before_a_gap(days: list[date]) -> None:
    since = usual_since(days)
    odd = [day for day in days if is_before_gap(day, since)]
    assert len(odd) <= max(1, len(days) // 10)
    assert all(day >= odd[-1] + GAP for day in days[len(odd) :] if odd)

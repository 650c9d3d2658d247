"""Times as people and tools write them into tables; what cannot be read is flagged."""

from datetime import UTC, date, datetime

import pytest

from schemas.article import Article
from schemas.page import TextRow
from sources.extraction.text_rows import article_from_row
from sources.limits import Limits
from sources.tables.column_mappings import DEFAULT
from sources.tables.table_dates import written_time
from sources.tables.table_rows import UNREADABLE, row_maker

MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
EPOCH = int(MOMENT.timestamp())
STORY = "The council of the small town voted on Tuesday evening to keep the old bridge open. " * 6


def row(**cells: object) -> TextRow:
    made = row_maker("in.jsonl", DEFAULT)(1, {"text": STORY, **cells}, True)
    assert isinstance(made, TextRow)
    return made


def article(**cells: object) -> Article:
    made = article_from_row(row(fetched_at="2026-03-03T00:00:00Z", **cells), Limits(min_words=1))
    assert isinstance(made, Article), made
    return made


@pytest.mark.parametrize(
    "cell",
    [
        *(EPOCH, float(EPOCH), str(EPOCH), f"{EPOCH}.0", EPOCH * 1_000, EPOCH * 1_000.0),
        *(EPOCH * 10**6, EPOCH * 10**9, f"{EPOCH * 1_000}"),
        *("20260302093000", 20260302093000, "202603020930", "20260302T093000Z"),
        *("2026-03-02T09:30:00Z", "2026-03-02 09:30:00+00:00", "2026-03-02T10:30:00+01:00"),
        *("2026-03-02T10:30:00[Europe/Berlin]", "2026-03-02T10:30:00+01:00[Europe/Berlin]"),
        *("Mon, 02 Mar 2026 09:30:00 GMT", "Mon, 02 Mar 2026 09:30:00 UT"),
        *("Mon, 02 Mar 2026 04:30:00 EST", "Mon, 02 Mar 2026 10:30:00 +0100"),
        *("2026-03-02 04:30:00 EST", MOMENT, [MOMENT], {"$date": "2026-03-02T09:30:00Z"}),
        *({"$date": EPOCH * 1_000}, {"$date": {"$numberLong": str(EPOCH * 1_000)}}),
    ],
    ids=repr,
)
def test_a_time_is_read_however_it_is_written(cell: object) -> None:
    made = article(published_at=cell)
    assert made.published_at == MOMENT
    assert "published-at-unread" not in made.flags


@pytest.mark.parametrize("cell", ["2026-03-02", "20260302", 20260302, date(2026, 3, 2)], ids=repr)
def test_a_day_is_read_however_it_is_written(cell: object) -> None:
    made = article(published_at=cell).published_at
    assert made is not None
    assert made.date() == MOMENT.date()


def flags_of(**cells: object) -> set[str]:
    """Flags of an article of the row, or of the row."""
    made = article_from_row(row(**cells), Limits(min_words=1))
    assert isinstance(made, Article), made
    return {flag for flag in made.flags if "unread" in flag or "date" in flag or "fetched" in flag}


@pytest.mark.parametrize("cell", ["yesterday at noon", "32/13/2026", "x" * 5_000, 7, {"a": 1}])
def test_what_is_there_and_cannot_be_read_is_null_with_a_flag(cell: object) -> None:
    made = article(published_at=cell)
    assert made.published_at is None
    assert made.flags != article().flags
    assert flags_of(fetched_at=cell) != flags_of()


def test_a_cell_that_its_format_cannot_give_is_flagged() -> None:
    made = row(published_at=UNREADABLE, fetched_at=UNREADABLE)
    assert {"published-at-unread", "fetched-at-unread"} <= set(made.flags)


@pytest.mark.parametrize("cell", [None, "", "NaT", "nan", "None", float("nan"), float("inf")])
def test_what_tools_write_for_nothing_is_nothing(cell: object) -> None:
    assert article(published_at=cell).flags == article().flags


@pytest.mark.parametrize("cell", [True, False, [[1]], [], {}, 10**30, -(10**30), 1e300, "9" * 400])
def test_no_cell_makes_it_raise(cell: object) -> None:
    written_time(cell)

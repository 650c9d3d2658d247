"""The date that readers see counts where metadata has none with a time."""

import pytest
from lxml.html import document_fromstring

from sources.metadata.visible_dates import read_shown, shown_date


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Published 5 March 2026, 10:42 UTC", "2026-03-05T10:42:00+00:00"),
        ("March 5, 2026 at 10:42 p.m.", "2026-03-05T22:42:00+00:00"),
        ("Veröffentlicht am 5. März 2026, 10:42 Uhr MEZ", "2026-03-05T09:42:00+00:00"),
        ("05.03.2026, 10.42 Uhr", "2026-03-05T10:42:00+00:00"),
        ("Publié le 5 mars 2026 à 10h42", "2026-03-05T10:42:00+00:00"),
        ("5 de marzo de 2026 - 10:42", "2026-03-05T10:42:00+00:00"),
        ("5 марта 2026, 10:42 MSK", "2026-03-05T07:42:00+00:00"),
        ("2026年3月5日 10:42", "2026-03-05T10:42:00+00:00"),
        ("2026년 3월 5일 10:42 KST", "2026-03-05T01:42:00+00:00"),
    ],
)
def test_dates_are_read_in_the_words_of_many_languages(written: str, moment: str) -> None:
    date = read_shown(written)
    assert date is not None
    assert (date.moment.isoformat(), date.has_time) == (moment, True)


@pytest.mark.parametrize("written", ["3/4/2026", "31 February 2026", "By Ann Lee", "In 2026"])
def test_what_is_no_clear_day_is_no_date(written: str) -> None:
    assert read_shown(written) is None


def test_an_update_is_not_the_day_of_publication() -> None:
    lines = "<p class=date>Updated 7 March 2026, 08:00 UTC</p><p class=date>5 March 2026</p>"
    date = shown_date(document_fromstring(f"<html><h1>Bridge</h1>{lines}</html>"))
    assert date is not None
    assert date.moment.day == 5


def test_dates_in_lists_of_other_stories_do_not_count() -> None:
    others = "<ul><li><span class=date>1 January 2020</span></li></ul>"
    assert shown_date(document_fromstring(f"<html>{others}<h1>Bridge</h1></html>")) is None

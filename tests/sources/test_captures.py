from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.captures import PageAddress, page_address

STORY = "https://harbourpost.example/2026/03/02/a?id=7"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "captured_by", "captured_at"),
    [
        (f"https://web.archive.org/web/20260302093000/{STORY}", "web.archive.org", AT),
        (f"http://web.archive.org/web/20260302093000id_/{STORY}", "web.archive.org", AT),
        (f"https://archive.ph/2026.03.02-093000/{STORY}", "archive.today", AT),
        (f"https://archive.is/newest/{STORY}", "archive.today", None),
        (
            f"https://webarchive.nationalarchives.gov.uk/ukgwa/20260302093000/{STORY}",
            "national archives",
            AT,
        ),
        (f"https://arquivo.pt/wayback/20260302093000/{STORY}", "national archives", AT),
        (
            "https://webcache.googleusercontent.com/search?q=cache:abcdefgh-12:"
            "harbourpost.example/2026/03/02/a%3Fid%3D7",
            "Google cache",
            None,
        ),
        (
            "https://translate.google.com/translate?sl=de&u="
            "https%3A%2F%2Fharbourpost.example%2F2026%2F03%2F02%2Fa%3Fid%3D7",
            "Google Translate",
            None,
        ),
        ("https://harbourpost-example.translate.goog/2026/03/02/a?id=7", "Google Translate", None),
        (
            "https://harbourpost-example.cdn.ampproject.org/c/s/harbourpost.example/2026/03/02/a?id=7",
            "AMP cache",
            None,
        ),
        (
            "https://www.google.com/amp/s/harbourpost.example/2026/03/02/a?id=7",
            "AMP viewer",
            None,
        ),
    ],
)
def test_a_capture_is_a_page_of_the_outlet_whose_address_it_holds(
    url: str, captured_by: str, captured_at: datetime | None
) -> None:
    assert page_address(url) == PageAddress(STORY, captured_by, captured_at)


@pytest.mark.parametrize("url", ["https://archive.ph/AbC1d", "https://perma.cc/ABCD-1234"])
def test_a_capture_that_holds_no_address_is_of_an_unknown_outlet(url: str) -> None:
    address = page_address(url)
    assert address.url is None
    assert address.captured_by is not None


@pytest.mark.parametrize(
    "url",
    [
        STORY,
        "https://www.google.com/about",
        f"https://evil.example/web/20260302093000/{STORY}",
        f"https://web.archive.org.evil.example/web/20260302093000/{STORY}",
        "https://notarchive.ph/AbC1d",
        "https://[::1",
    ],
)
def test_any_other_address_is_its_own(url: str) -> None:
    assert page_address(url) == PageAddress(url)


def test_a_capture_of_a_capture_is_a_page_of_the_innermost_address() -> None:
    inner = f"https://web.archive.org/web/20260302093000/{STORY}"
    address = page_address(f"https://archive.ph/2026.03.04-101112/{inner}")
    assert (address.url, address.captured_by, address.captured_at) == (STORY, "archive.today", AT)


@given(st.text(max_size=60), st.sampled_from(["web.archive.org/web/", "archive.ph/", "perma.cc/"]))
def test_no_address_is_too_odd_to_be_looked_at(rest: str, service: str) -> None:
    page_address(f"https://{service}{rest}")

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.urls import article_id, canonical_url, host_of, public_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://u:p@WWW.a.com:8443/x?utm_source=q&id=7#top", "https://a.com:8443/x?id=7"),
        ("http://a.com:80", "https://a.com/"),
        ("https://a.com/b?z=1&a=2&fbclid=3", "https://a.com/b?a=2&z=1"),
        ("https://a.com/../../etc/%70asswd%00.html", "https://a.com/etc/passwd%00.html"),
        ("https://a.com/ü ber", "https://a.com/%C3%BC%20ber"),
        ("http://[2001:db8::7]:8080/a", "https://[2001:db8::7]:8080/a"),
    ],
)
def test_addresses_are_normalised(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "mailto:a@b.com", "/a", "http://", "http://[::1", "http://a:x/"]
)
def test_what_is_no_web_address_has_no_canonical_form(url: str) -> None:
    assert canonical_url(url) is None


@given(
    st.text(max_size=40)
    | st.from_regex(r"https?://[a-z]{1,5}\.com(:[0-9]{1,5})?/[ -~ü%./]{0,20}(\?[ -~ü]{0,20})?")
)
@example("http://a.com/%2E%2e/x")
@example("http://a.com/?%61=1&%41=%e4")
def test_a_canonical_address_is_its_own_canonical_form(url: str) -> None:
    canonical = canonical_url(url)
    assert canonical is None or canonical_url(canonical) == canonical


def test_user_and_password_are_never_published() -> None:
    assert public_url("https://reader:s@cret@a.com/b?c=d@e") == "https://a.com/b?c=d@e"


def test_the_host_of_an_address_is_normal() -> None:
    assert host_of("https://www.A.com:8443/x") == "a.com"


def test_the_same_text_at_two_addresses_is_two_articles() -> None:
    assert article_id("https://a.com/", "text") != article_id("https://b.com/", "text")


def test_an_article_id_is_sixteen_hexadecimal_digits() -> None:
    assert len(article_id("https://a.com/", "text")) == 16
    assert int(article_id("https://a.com/", "text"), 16) >= 0


@pytest.mark.parametrize(
    ("written", "shown", "host"),
    [
        ("https://u:secret@a.example/x", "https://a.example/x", "a.example"),
        ("https:///u:secret@a.example/x", "https:///a.example/x", "a.example"),
        ("https://u:se/cret@a.example/x", "https://a.example/x", None),
        ("https://u:secret\\@a.example/x", "https://a.example/x", None),
        ("https://u:secret?x@a.example/x", "https://a.example/x", None),
        ("https://a.example\\@evil.test/x", "https://a.example\\@evil.test/x", "a.example"),
        ("https:\\\\a.example\\x", "https:\\\\a.example\\x", "a.example"),
        ("ht\ntps://a.exa\tmple/x", "ht\ntps://a.exa\tmple/x", "a.example"),
        ("https://a.example/x?to=b@c", "https://a.example/x?to=b@c", "a.example"),
    ],
)
def test_addresses_are_split_as_browsers_do_and_show_no_password(
    written: str, shown: str, host: str | None
) -> None:
    assert public_url(written) == shown
    canonical = canonical_url(written)
    assert (host_of(canonical) if canonical else None) == host


STORY = "https://harbourpost.example/2026/03/02/ferry-talks-end"


@pytest.mark.parametrize(
    "url",
    [
        "http://harbourpost.example/2026/03/02/ferry-talks-end",
        "https://www.harbourpost.example/2026/03/02/ferry-talks-end/",
        "https://amp.harbourpost.example/2026/03/02/ferry-talks-end",
        "https://harbourpost.example/amp/2026/03/02/ferry-talks-end",
        "https://harbourpost.example/2026/03/02/ferry-talks-end.amp",
        "https://harbourpost.example/2026/03/02/ferry-talks-end/amp/?amp=1",
        "https://harbourpost.example/2026/03/02/ferry-talks-end?outputType=amp&print=1",
        "https://harbourpost.example/2026/03/02/ferry-talks-end/print",
        "https://harbourpost.example/2026/03/02/ferry-talks-end;jsessionid=0A1B2C3D",
        "https://harbourpost.example/2026/03/02/ferry-talks-end?PHPSESSID=9f8e7d#comments",
        "https://harbourpost.example:443/2026/03/02/ferry-talks-end?",
        "https://m.harbourpost.example/2026/03/02/ferry-talks-end?ref=homepage&source=rss",
    ],
)
def test_whatever_leads_to_a_page_is_one_address(url: str) -> None:
    assert canonical_url(url) == STORY


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("https://a.com/a?sid=7", "https://a.com/a?sid=8"),
        ("https://a.com/a?view=list", "https://a.com/a"),
        ("https://a.com/amp", "https://a.com/"),
        ("https://a.com/a?page=2", "https://a.com/a"),
        ("https://a.com/a;v=2", "https://a.com/a"),
        ("https://a.com/A", "https://a.com/a"),
        ("https://a.com/lamp", "https://a.com/l"),
        ("https://a.com:8443/a", "https://a.com/a"),
    ],
)
def test_what_may_be_another_page_is_another_address(left: str, right: str) -> None:
    assert canonical_url(left) != canonical_url(right)

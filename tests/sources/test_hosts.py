import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.hosts import has_registrable_domain, normal_host, registrable_domain


@pytest.mark.parametrize(
    ("raw", "host"),
    [
        ("WWW.Example.COM", "example.com"),
        ("m.example.com", "example.com"),
        ("amp.www.example.com", "example.com"),
        ("example.com.:8443", "example.com"),
        ("brückenbote.de", "xn--brckenbote-beb.de"),
        ("xn--brckenbote-beb.de", "xn--brckenbote-beb.de"),
        ("m.de", "m.de"),
        ("www.co.uk", "www.co.uk"),
        ("[2001:DB8::7]:8080", "2001:db8::7"),
        ("192.0.2.1:80", "192.0.2.1"),
        ("foo_bar.example.com", "foo_bar.example.com"),
        ("www-harbour--post-example-com.cdn.ampproject.org", "harbour-post.example.com"),
        ("a-1.cdn.ampproject.org", "a-1.cdn.ampproject.org"),
    ],
)
def test_hosts_lose_case_port_dot_and_serving_labels(raw: str, host: str) -> None:
    assert normal_host(raw) == host


@pytest.mark.parametrize("raw", ["", ".", "a..b", "256.1.1.1", "-a.com", "a" * 300, "a b.com"])
def test_what_is_no_host_name_has_no_normal_form(raw: str) -> None:
    assert normal_host(raw) is None


@given(st.text(max_size=60) | st.from_regex(r"(www\.|m\.)?[a-zü-]{1,9}\.(com|co\.uk)(:\d+)?\.?"))
def test_a_normal_host_is_its_own_normal_form(raw: str) -> None:
    host = normal_host(raw)
    assert host is None or normal_host(host) == host


def test_the_registrable_domain_lies_under_a_public_suffix() -> None:
    assert registrable_domain("news.example.co.uk") == "example.co.uk"


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::7", "localhost", "news.intranet"])
def test_a_host_without_public_suffix_is_its_own_registrable_domain(host: str) -> None:
    assert registrable_domain(host) == host


@pytest.mark.parametrize(
    "host", ["ferry.blogspot.com", "ferry.blogspot.de", "ferry.github.io", "ferry.wordpress.com"]
)
def test_each_customer_of_a_platform_has_a_domain_of_its_own(host: str) -> None:
    assert registrable_domain(f"pages.{host}") == host
    assert has_registrable_domain(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::7", "localhost", "co.uk", "blogspot.com"])
def test_an_address_a_bare_name_and_a_suffix_were_registered_by_nobody(host: str) -> None:
    assert not has_registrable_domain(host)


def test_the_suffix_list_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert registrable_domain("fresh.example.com.br") == "example.com.br"

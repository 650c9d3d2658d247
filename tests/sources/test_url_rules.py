import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.captures import PageAddress, page_address
from sources.url_rules import SHIPPED, AddressRules, url_rules
from sources.urls import canonical_url

STORY = "https://harbourpost.example/2026/03/02/ferry-talks-end"
OWN = AddressRules(
    parameters=("hp_trail", "knopf_*"),
    values=("skin=print", "ansicht=*"),
    forms=("drucken",),
    endings=(".druck",),
    captures=("archiv.stadtbuecherei.example/blatt/*/{time}/{url}", "spiegel.example/{url}"),
)


@pytest.mark.parametrize(
    "url",
    [
        f"{STORY}?hp_trail=17",
        f"{STORY}?Knopf_oben=1&knopf_unten=2",
        f"{STORY}?skin=print&ansicht=kurz",
        f"{STORY}/drucken/",
        f"{STORY}.druck",
        "https://harbourpost.example/drucken/2026/03/02/ferry-talks-end",
        f"{STORY}?utm_source=x&hp_trail=17",
    ],
)
def test_what_a_user_adds_leads_to_the_same_page(url: str) -> None:
    assert canonical_url(url, OWN) == STORY
    assert canonical_url(url) != STORY


@pytest.mark.parametrize(
    "url",
    [
        f"{STORY}?hp_trails=17",
        f"{STORY}?skin=dark",
        f"{STORY}?hpxtrail=1",
        "https://harbourpost.example/drucken",
        f"{STORY}/abdrucken",
    ],
)
def test_what_is_not_listed_is_another_page(url: str) -> None:
    assert canonical_url(url, OWN) == canonical_url(url) != STORY


def test_services_that_a_user_adds_capture_pages() -> None:
    at = f"https://archiv.stadtbuecherei.example/blatt/b12/20260302093000/{STORY}"
    captured = page_address(at, OWN)
    assert (captured.url, captured.captured_by) == (STORY, "archiv.stadtbuecherei.example")
    assert captured.captured_at is not None
    assert captured.captured_at.isoformat() == "2026-03-02T09:30:00+00:00"
    assert page_address(f"https://spiegel.example/{STORY}", OWN).url == STORY
    assert page_address(at) == PageAddress(at)


def test_a_name_that_ends_in_the_service_s_is_somebody_else() -> None:
    at = f"https://notspiegel.example/{STORY}"
    assert page_address(at, OWN) == PageAddress(at)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (AddressRules(parameters=("Trail",)), "'Trail' is no name in lower case"),
        (AddressRules(parameters=("*",)), "'*' is no name in lower case"),
        (AddressRules(forms=("a/b",)), "'a/b' is no name in lower case"),
        (AddressRules(values=("skin",)), "'skin' has no value; write name=value"),
        (AddressRules(endings=("",)), "'' is no name in lower case"),
        (AddressRules(captures=("spiegel.example/",)), "not of the form host/path/{time}/{url}"),
        (AddressRules(captures=("spiegel.example/{url}/x",)), "not of the form host/path"),
        (AddressRules(captures=("/{url}",)), "not of the form host/path/{time}/{url}"),
    ],
)
def test_what_can_stand_in_no_address_is_told(rules: AddressRules, message: str) -> None:
    faults = rules.faults()
    assert len(faults) == 1
    assert message in faults[0]


def test_what_comes_with_copytrail_could_be_a_users_own() -> None:
    shipped, written = url_rules(), re.compile(r"[^/{}]+")
    values = [f"{name}={value}" for name, listed in shipped["values"].items() for value in listed]
    own = AddressRules(
        tuple(name for listed in shipped["parameters"].values() for name in listed),
        tuple(values),
        tuple(shipped["paths"]["forms"]),
        tuple(shipped["paths"]["endings"]),
        tuple(
            f"{host}/{{url}}" for entry in shipped["captures"] for host in entry.get("hosts", ())
        ),
    )
    assert own.faults() == []
    assert all(written.fullmatch(value) for value in values)
    assert SHIPPED.faults() == []


@given(st.text(alphabet="abz/.?&=;%_-", max_size=60))
def test_rules_of_ones_own_leave_a_normal_address_normal(rest: str) -> None:
    once = canonical_url(f"https://harbourpost.example/{rest}", OWN)
    assert once is not None
    assert canonical_url(once, OWN) == once

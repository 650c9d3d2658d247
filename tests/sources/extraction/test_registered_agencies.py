"""Agencies of the user's own registry become wire credits."""

import pytest

from sources.extraction.registered_agencies import with_agencies
from sources.outlets.registry import Outlet, Registry
from tests.sources.makers import PARAGRAPHS, from_text

NORTHLIGHT = Outlet("nla", "Northlight", "agency", names=("Northlight News Agency",), tags=("NLA",))
REGISTRY = Registry((NORTHLIGHT,))
STORY = "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        f"KELMAR (NLA) — {STORY}",
        f"{STORY}\nSource: Northlight News Agency",
        f"{STORY}\nThis article was originally published by Northlight news Agency.",
    ],
)
def test_a_registered_agency_is_a_wire_credit(text: str) -> None:
    before = from_text(text)
    assert (before.wire_credits, len(before.outlet_credits)) == ((), 1)
    after = with_agencies(before, REGISTRY)
    assert (after.wire_credits, after.outlet_credits) == (("Northlight",), ())
    assert [snippet.snippet for snippet in after.snippets] == [
        snippet.snippet for snippet in before.snippets
    ]


def test_case_counts_in_a_tag() -> None:
    article = from_text(f"KELMAR (Nla Post) — {STORY}")
    assert with_agencies(article, REGISTRY).wire_credits == ()


def test_other_credits_stay_as_they_are() -> None:
    article = from_text(f"GENEVA (AFP) — {STORY}\nSource: The Quay Herald")
    assert with_agencies(article, REGISTRY) == article
    assert article.wire_credits == ("AFP",)

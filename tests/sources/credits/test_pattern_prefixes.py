import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.credits import agencies, agency_credits, datelines, notices, outlet_credits
from sources.credits.pattern_prefixes import Openings, openings
from sources.text.lines import clean_line

PATTERNS = (*notices.NOTICES, *agency_credits.OPENED, *outlet_credits.OPENED, *datelines.OPENED)
GATE = Openings(PATTERNS)


@given(st.sampled_from(PATTERNS).flatmap(st.from_regex))
def test_a_line_that_a_pattern_matches_may_open_it(written: str) -> None:
    line = clean_line(written)
    if any(pattern.match(line) for pattern in PATTERNS):
        assert GATE.may_open(line)


@pytest.mark.parametrize(
    "line", ["SHARE THIS ARTICLE", "ſhare", "Qᴜelle: dpa", "Quelle: dpa", "(AP)"]
)
def test_case_and_its_odd_variants_open_as_they_match(line: str) -> None:
    assert GATE.may_open(line) or not any(pattern.match(line) for pattern in PATTERNS)


def test_the_lines_of_a_story_open_nothing() -> None:
    assert not GATE.may_open("Ferries to Brackwater stopped on Monday.")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a|bcde", {"a", "bcd"}),
        ("x{0,2}yz", {"yz", "xyz", "xxy"}),
        ("(?i:k)a", {"ka", "Ka", "\u212aa"}),
        ("(?i)(?-i:k)", {"k"}),
        ("ab.+", {"ab"}),
        ("ab(?=c)[^d]", {"ab"}),
        ("a[01]?b", {"a0b", "a1b", "ab"}),
    ],
)
def test_openings_are_all_that_a_match_can_begin_with(pattern: str, expected: set[str]) -> None:
    assert openings(re.compile(pattern)) == expected


@pytest.mark.parametrize("pattern", [".+", "x?", r"\w{2}", "[^a]b"])
def test_a_pattern_that_can_begin_with_anything_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="can begin with anything"):
        openings(re.compile(pattern))


NAMED: list[tuple[Any, Any]] = [
    (agency_credits._CONTRIBUTED, agency_credits.names_contributor),
    (outlet_credits._NAME_FIRST, outlet_credits.may_name),
    (outlet_credits._REPORTED_FOR, outlet_credits.may_name),
]


@pytest.mark.parametrize(("pattern", "may_match"), NAMED)
@given(data=st.data())
def test_a_line_that_names_somebody_within_is_looked_at(
    pattern: re.Pattern[str], may_match: Any, data: st.DataObject
) -> None:
    line = clean_line(data.draw(st.from_regex(pattern, fullmatch=True)))
    if len(line) <= 140 and pattern.match(line):
        assert may_match(line)


FILED = [datelines._BRACKETED, datelines._SLASHED, datelines._DASHED, datelines._TAG_FIRST]
FILED += [datelines._UNSPACED, datelines._BARE]


@given(st.sampled_from(FILED).flatmap(st.from_regex))
def test_a_line_with_a_dateline_is_looked_at(written: str) -> None:
    line = clean_line(written)
    if any(pattern.match(line[: datelines._MAX_CHARS]) for pattern in FILED):
        assert Openings(datelines.OPENED).may_open(line) or datelines.may_file(line)


def test_every_agency_alone_on_a_line_is_looked_at() -> None:
    names = [tag for one in agencies.shipped_registry().outlets for tag in (*one.tags, *one.names)]
    assert all(GATE.may_open(line) for name in names for line in (name, f"({name})", f"- {name}"))


@given(
    st.sampled_from(datelines._WITH_MARKS).flatmap(
        lambda one: st.tuples(st.just(one), st.from_regex(one[0], fullmatch=True))
    )
)
def test_a_dateline_has_a_mark_of_its_pattern(
    told: tuple[tuple[re.Pattern[str], Sequence[str]], str],
) -> None:
    (_, marks), written = told
    assert any(mark in written for mark in marks)

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.credits import agencies, agency_credits, datelines, notices, outlet_credits
from sources.credits.pattern_prefixes import Openings, openings
from sources.text.lines import clean_line

PATTERNS = (*notices.NOTICES, *agency_credits.OPENED, *outlet_credits.OPENED, *datelines.OPENED)
GATE = Openings(PATTERNS)


FILED = [datelines._BRACKETED, datelines._SLASHED, datelines._DASHED, datelines._TAG_FIRST]
FILED += [datelines._WRITTEN_OTHERWISE, datelines._BARE]


def opens(line: str) -> bool:
    return GATE.may_open(line)


def may_have_dateline(line: str) -> bool:
    return Openings(datelines.OPENED).may_open(line) or datelines.may_file(line)


def unless_long(line: str) -> str:
    return line if len(line) <= 140 else ""


# patterns, which part of a line they are tried on, and the look before they are tried
GATES: list[tuple[Sequence[re.Pattern[str]], Callable[[str], str], Callable[[str], bool]]] = [
    (PATTERNS, lambda line: line, opens),
    (FILED, lambda line: line[: datelines._MAX_CHARS], may_have_dateline),
    ((agency_credits._CONTRIBUTED,), unless_long, agency_credits.names_contributor),
    (
        (outlet_credits._NAME_FIRST, outlet_credits._REPORTED_FOR),
        unless_long,
        outlet_credits.may_name,
    ),
]


@given(st.data())
def test_a_line_that_a_pattern_matches_is_not_passed_over(data: st.DataObject) -> None:
    patterns, tried, may_match = data.draw(st.sampled_from(GATES))
    pattern, is_whole = data.draw(st.tuples(st.sampled_from(patterns), st.booleans()))
    line = clean_line(data.draw(st.from_regex(pattern, fullmatch=is_whole)))
    if any(pattern.match(tried(line)) for pattern in patterns):
        assert may_match(line)


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


def test_every_agency_alone_on_a_line_is_looked_at() -> None:
    names = [
        tag
        for outlet in agencies.shipped_registry().outlets
        for tag in (*outlet.tags, *outlet.names)
    ]
    assert all(GATE.may_open(line) for name in names for line in (name, f"({name})", f"- {name}"))


@given(
    st.sampled_from(datelines._WITH_MARKS).flatmap(
        lambda case: st.tuples(st.just(case), st.from_regex(case[0], fullmatch=True))
    )
)
def test_a_dateline_has_a_mark_of_its_pattern(
    case: tuple[tuple[re.Pattern[str], Sequence[str]], str],
) -> None:
    (_, marks), written = case
    assert any(mark in written for mark in marks)

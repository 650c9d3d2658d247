"""Which shares of a row make the index, and which rows have none."""

from collections.abc import Mapping
from typing import Any

import pytest

from schemas.tables import SOURCES
from sources.measures.practice_columns import (
    AN_AGENCY,
    COLUMNS,
    NO_WEIGHTS,
    PRACTICES,
    with_practice,
)
from sources.measures.practice_index import FAMILIES, PracticeWeights, why_no_index

WEIGHTS = PracticeWeights()
SHARES = [entry.share for entry in PRACTICES]


def row(
    source: str = "a",
    shares: Mapping[str, tuple[int | None, int | None]] | None = None,
    n_articles: int = 60,
    language: str = "en",
) -> dict[str, Any]:
    """A row of sources in which half of everything is seen, but for `shares`."""
    both = {**dict.fromkeys(SHARES, (30, 60)), **(shares or {})}
    counts = {
        f"{name}_{part}": n for name in both for part, n in zip("kn", both[name], strict=True)
    }
    languages = [(language, n_articles)]
    return counts | {
        "source_id": source,
        "n_distinct_articles": n_articles,
        "languages": languages,
    }


def practice(*rows: dict[str, Any], agencies: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return with_practice(rows, agencies, WEIGHTS)


def test_every_column_is_one_of_the_table() -> None:
    names = [name for name in SOURCES.names if name.startswith("practice_")]
    assert names == list(COLUMNS)


def test_every_family_has_its_column_and_its_entry() -> None:
    (columns,) = practice(row())
    assert [family["family"] for family in columns["practice_families"]] == [
        name for name in FAMILIES if columns[f"practice_{name}"] is not None
    ]
    for family in columns["practice_families"]:
        assert (
            family["lo"]
            <= family["value"]
            == columns[f"practice_{family['family']}"]
            <= family["hi"]
        )


@pytest.mark.parametrize(
    "name",
    [entry.share for entry in PRACTICES if entry.is_wanted],
)
def test_more_of_a_practice_is_a_higher_index(name: str) -> None:
    few, many = practice(row("a", {name: (10, 60)}), row("b", {name: (50, 60)}))
    assert few["practice_index"] < many["practice_index"]


@pytest.mark.parametrize(
    "name",
    [entry.share for entry in PRACTICES if not entry.is_wanted],
)
def test_more_of_what_is_not_wanted_is_a_lower_index(name: str) -> None:
    few, many = practice(row("a", {name: (5, 60)}), row("b", {name: (50, 60)}))
    assert few["practice_index"] > many["practice_index"]


def test_an_outlet_that_copies_nobody_has_no_family_of_credit_and_loses_nothing_by_it() -> None:
    others = [row(f"o{n}") for n in range(20)]
    alone, *rest = practice(row("a", {"credited": (0, 0)}), *others)
    assert alone["practice_credit"] is None
    assert "credit" not in [family["family"] for family in alone["practice_families"]]
    assert alone["practice_index"] == pytest.approx(rest[0]["practice_index"], abs=0.01)


def test_a_share_that_is_not_known_is_no_zero() -> None:
    others = [row(f"o{n}") for n in range(20)]
    unruled = row("a", {"attributed": (None, None), "unnamed_source": (None, None)})
    first, *rest = practice(unruled, *others)
    assert first["practice_sourcing"] is None
    assert first["practice_index"] == pytest.approx(rest[0]["practice_index"], abs=0.01)


def test_thin_data_have_nulls_in_every_column() -> None:
    thin, _ = practice(row("a", n_articles=29), row("b"))
    assert [thin[name] for name in COLUMNS[:-1]] == [None] * (len(COLUMNS) - 1)
    assert thin["practice_absence"] == "29 of 30 articles"


def test_what_an_index_lacks_is_said_in_words() -> None:
    assert why_no_index([], 3) == "3 of 30 articles; 0 of 3 families of practice"
    assert why_no_index(["credit"], 30) == "1 of 3 families of practice (credit)"
    assert why_no_index(["credit", "disclosure", "identity"], 30) is None


def test_an_agency_has_no_index_and_is_compared_with_nobody() -> None:
    wire, plain = practice(row("wire", dict.fromkeys(SHARES, (0, 60))), row(), agencies=("wire",))
    assert [wire[name] for name in COLUMNS[:-1]] == [None] * (len(COLUMNS) - 1)
    assert wire["practice_absence"] == AN_AGENCY
    (alone,) = practice(row())
    assert {name: plain[name] for name in COLUMNS} == {name: alone[name] for name in COLUMNS}


def test_without_weights_there_is_no_index() -> None:
    (columns,) = with_practice([row()], (), None)
    assert [columns[name] for name in COLUMNS[:-1]] == [None] * (len(COLUMNS) - 1)
    assert columns["practice_absence"] == NO_WEIGHTS
    assert columns["source_id"] == "a"


def test_a_source_is_compared_with_those_of_most_of_its_articles_language() -> None:
    mixed = row("a") | {"languages": [("de", 20), ("en", 40)]}
    first, *_ = practice(mixed, row("b"), row("c", language="de"))
    assert (first["practice_language"], first["practice_n_compared"]) == ("en", 2)


def test_texts_without_a_language_are_compared_with_each_other() -> None:
    first, *_ = practice(row("a") | {"languages": []}, row("b"))
    assert (first["practice_language"], first["practice_n_compared"]) == (None, 1)
    assert first["practice_index"] is not None


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [row(f"s{n}", {"credited": (n, 60)}) for n in range(9)]
    assert practice(*rows) == practice(*reversed(rows))[::-1]

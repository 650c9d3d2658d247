from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from schemas.exchange import ASSIGNMENTS
from schemas.measures import COUNTED
from schemas.tables import ARTICLES
from sources.measures.article_measures import ODD_CAPTION, article_facts

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = "The bridge will close on Monday, Mayor Ines Aldane said. It opened in 1911."


def facts(assignment: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """The facts of one article of a page."""
    article: dict[str, Any] = {
        "article_id": "1",
        "source_id": "a.example",
        "host": "a.example",
        "outlet": "A",
        "title_source": "h1",
        "authors": ["Ines Aldane"],
        "published_at": NOON,
        "published_zone": "+01:00",
        "language": "en",
        "text": TEXT,
        "word_count": 14,
    }
    lists = [field.name for field in ARTICLES if pa.types.is_list(field.type)]
    rows = [{name: [] for name in lists} | article | changes]
    articles = pa.Table.from_pylist(rows, schema=ARTICLES)
    (row,) = article_facts(
        articles, pa.Table.from_pylist([assignment or {}], ASSIGNMENTS)
    ).to_pylist()
    return dict(row)


def test_a_page_shows_its_date_zone_name_and_byline() -> None:
    measured = facts()
    assert [measured[name] for name in ("has_date", "has_zone", "has_name", "has_byline")] == [
        1
    ] * 4


def test_a_page_without_them_is_counted_and_shows_none() -> None:
    measured = facts(published_at=None, published_zone=None, outlet=None, authors=[])
    assert [measured[name] for name in ("has_date", "has_zone", "has_name", "has_byline")] == [
        0
    ] * 4
    assert [measured[name] for name in ("is_observed", "is_own")] == [1, 1]


@pytest.mark.parametrize("author", ["AFP", "Reuters", "A", "Editorial staff", "Redaktion"])
def test_an_agency_a_desk_and_the_outlet_are_no_byline(author: str) -> None:
    assert facts(authors=[author])["has_byline"] == 0
    assert facts(authors=[author, "Ines Aldane"])["has_byline"] == 1


def test_a_page_without_a_story_is_counted_apart_and_measures_nothing() -> None:
    row = facts(page_kind="section", page_kind_source="teasers", policy_links=[])
    assert row["is_no_article"] == 1
    measured = {name: row[name] for name in COUNTED if name != "is_no_article"}
    assert measured == dict.fromkeys(measured, 0)
    assert (row["host"], row["language"]) == ("a.example", None)


def test_a_page_that_only_claims_to_be_no_article_is_measured_as_any() -> None:
    assert facts(page_kind="video", page_kind_source="declared") == facts()


def test_a_stub_shows_its_byline_and_is_asked_for_nothing_that_its_rest_may_hold() -> None:
    stub = facts(flags=["stub"], corrections=["Corrected on Monday."])
    assert (stub["is_stub"], stub["has_byline"], stub["is_distinct"]) == (1, 1, 1)
    flags = ("is_whole", "has_correction", "is_ruled", "is_attributed", "is_weighed")
    assert [stub[name] for name in flags] == [0] * len(flags)


def test_of_a_text_that_was_extracted_before_nobody_knows_what_its_page_showed() -> None:
    measured = facts(title_source="input", authors=[], published_at=None)
    assert [measured[name] for name in ("is_distinct", "is_observed", "is_own")] == [1, 0, 0]


def test_a_credited_text_needs_no_byline() -> None:
    assert facts(wire_credits=["AFP"], authors=[])["is_own"] == 0
    assert facts(outlet_credits=["The Post"], authors=[])["is_own"] == 0


def test_nor_does_a_copy() -> None:
    assert facts({"role": "copy"}, authors=[])["is_own"] == 0


def test_statements_are_counted_in_texts_of_its_own() -> None:
    measured = facts()
    assert (measured["is_ruled"], measured["ruled_words"], measured["attributed_statements"]) == (
        1,
        14,
        1,
    )
    assert facts(wire_credits=["AFP"])["is_ruled"] == 0


def test_statements_are_not_looked_for_where_no_rules_know_the_language() -> None:
    measured = facts(language="fr")
    assert (measured["is_ruled"], measured["ruled_words"], measured["attributed_statements"]) == (
        0,
        0,
        0,
    )
    assert facts(language=None)["is_ruled"] == 0


def test_what_a_mirror_repeats_is_counted_nowhere() -> None:
    measured = facts({"role": "mirror", "is_mirrored": 1, "is_clustered": 1}, corrections=["Corr."])
    counted = {name for name, value in measured.items() if value == 1}
    assert counted == set()


def test_a_photo_credit_is_no_text_credit() -> None:
    measured = facts({"role": "copy", "is_copy": 1}, photo_credits=["Ann Lee", "Reuters"])
    assert (measured["has_wire_photo"], measured["is_wire_credited"], measured["is_credited"]) == (
        1,
        0,
        0,
    )


def test_of_a_text_without_its_page_nobody_knows_the_pictures() -> None:
    measured = facts(title_source="input", photo_credits=["Reuters"])
    assert (measured["has_wire_photo"], measured["is_observed"]) == (0, 0)


def test_a_text_is_an_agencys_by_its_credit_or_by_the_agencys_own_page() -> None:
    copy = {"role": "copy", "is_copy": 1}
    assert facts(wire_credits=["dpa"])["is_agency_copy"] == 1
    assert facts(copy | {"is_wire_text": 1})["is_agency_copy"] == 1
    assert facts(copy)["is_agency_copy"] == 0
    assert facts(outlet_credits=["The Gazette"])["is_agency_copy"] == 0


def test_a_photographer_is_no_agency() -> None:
    assert facts(photo_credits=["Ann Lee"])["has_wire_photo"] == 0


def test_a_copy_that_credits_agency_and_outlet_is_credited_once() -> None:
    measured = facts(
        {"role": "copy", "is_copy": 1}, wire_credits=["AFP"], outlet_credits=["The Post"]
    )
    assert [measured[name] for name in ("is_wire_credited", "is_outlet_credited")] == [1, 1]
    assert measured["is_credited"] == 1


def test_what_its_own_source_had_already_needs_no_credit() -> None:
    measured = facts({"role": "copy", "is_copy": 0, "is_repeated": 1})
    assert (measured["is_copy"], measured["is_repeated"], measured["is_own"]) == (0, 1, 0)


def test_a_caption_that_shares_no_name_is_a_flag_among_captions() -> None:
    measured = facts(captions=["Two ships"], flags=[ODD_CAPTION, "text-cut"])
    assert (measured["has_caption"], measured["has_odd_caption"]) == (1, 1)
    assert facts(captions=["Two ships"])["has_odd_caption"] == 0


def test_an_article_of_no_known_source_measures_nobody() -> None:
    articles = pa.Table.from_pylist([{"article_id": "1", "text": TEXT}], schema=ARTICLES)
    assert article_facts(articles, pa.Table.from_pylist([{}], ASSIGNMENTS)).num_rows == 0


def test_a_copy_that_credits_nobody_is_uncredited_and_one_that_credits_anybody_is_not() -> None:
    copied = {"article_id": "1", "role": "copy", "is_copy": 1, "is_wire_text": 1}
    measured = facts(copied)
    assert (measured["is_wire_text"], measured["is_uncredited_wire_text"]) == (1, 1)
    for credit in ({"wire_credits": ["dpa"]}, {"outlet_credits": ["The Post"]}):
        measured = facts(copied, **credit)
        assert (measured["is_wire_text"], measured["is_uncredited_wire_text"]) == (1, 0)


def test_a_text_of_which_nothing_stands_elsewhere_is_new() -> None:
    measured = facts()
    assert (measured["is_weighed"], measured["novel_ppm"]) == (1, 1_000_000)


def test_a_text_of_which_nobody_knows_how_new_it_is_counts_for_nothing() -> None:
    measured = facts({"article_id": "1", "role": "copy", "novel_ppm": None})
    assert (measured["is_weighed"], measured["novel_ppm"]) == (0, 0)
    measured = facts({"article_id": "1", "role": "mirror", "is_mirrored": 1, "novel_ppm": 7})
    assert (measured["is_weighed"], measured["novel_ppm"]) == (0, 0)
    assert facts({"article_id": "1", "role": "copy", "novel_ppm": 7})["novel_ppm"] == 7


def test_no_articles_have_no_facts() -> None:
    assert article_facts(ARTICLES.empty_table(), ASSIGNMENTS.empty_table()).num_rows == 0

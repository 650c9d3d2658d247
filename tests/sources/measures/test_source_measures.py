from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from schemas.measures import COUNTED, FACTS, NEW
from sources.measures.partners import Partner, partners
from sources.measures.source_measures import SHARES, Surroundings, source_rows
from sources.measures.source_totals import added_up, tally
from sources.outlets.outlets import Source, common_name, outlet_name
from sources.text.keys import path_key, path_of, text_key, title_key

DAY = datetime(2026, 3, 2, tzinfo=UTC)


def fact(source: str = "a.example", **changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = dict.fromkeys(COUNTED, 0)
    fields |= {"source_id": source, "host": source, "outlet": "A", "language": "en"}
    fields |= {"policy_links": [], "fetched_at": DAY, "words": 100, "is_distinct": 1, "lag_s": None}
    return fields | changes


def source(name: str) -> Source:
    """An agency's own, where its name says so."""
    agency = "AFP" if name.startswith("agency") else None
    return Source(name, "registrable_domain", agency=agency)


def measured(*facts: dict[str, Any], min_n: int = 30, parts: int = 1) -> list[dict[str, Any]]:
    tables = [pa.Table.from_pylist(list(facts[at::parts]), schema=FACTS) for at in range(parts)]
    names = {row["source_id"] for row in facts}
    around = Surroundings({name: source(name) for name in names}, {}, {})
    return source_rows(added_up([tally(table) for table in tables]), around, min_n)


def test_articles_and_words_are_added_up() -> None:
    (row,) = measured(fact(), fact(words=50))
    assert (row["n_articles"], row["n_words"]) == (2, 150)


def test_what_a_mirror_repeats_counts_once() -> None:
    (row,) = measured(fact(), fact(is_distinct=0))
    assert (row["n_articles"], row["n_distinct_articles"]) == (2, 1)


def test_a_share_of_few_articles_is_counted_and_not_rated() -> None:
    (row,) = measured(fact(is_clustered=1))
    assert (row["clustered_k"], row["clustered_n"], row["clustered_rate"]) == (1, 1, None)


def test_a_share_of_many_articles_has_a_rate_inside_its_interval() -> None:
    (row,) = measured(*[fact(is_clustered=n % 2) for n in range(40)])
    assert row["clustered_lo"] < row["clustered_rate"] == 0.5 < row["clustered_hi"]


def test_credit_is_a_share_of_the_copies() -> None:
    (row,) = measured(fact(is_copy=1, is_wire_credited=1), fact(is_copy=1), fact())
    assert (row["credited_wire_k"], row["credited_wire_n"]) == (1, 2)


def test_lags_are_those_of_copies() -> None:
    (row,) = measured(fact(lag_s=10), fact(lag_s=30), fact())
    assert row["lag_p50_s"] == 20


def test_no_copy_has_no_lag() -> None:
    assert measured(fact())[0]["lag_p50_s"] is None


def test_the_name_is_the_one_given_most_often() -> None:
    assert measured(fact(outlet="B"), fact(outlet="B"), fact())[0]["source_name"] == "B"


def test_a_source_that_names_itself_nowhere_has_no_name() -> None:
    assert measured(fact(outlet=None))[0]["source_name"] is None


def test_languages_are_counted() -> None:
    (row,) = measured(fact(), fact(language="fr"), fact(language=None))
    assert row["languages"] == [("en", 1), ("fr", 1)]


def test_a_source_without_any_fetch_time_has_no_window() -> None:
    assert measured(fact(fetched_at=None))[0]["window_start"] is None


facts = st.lists(
    st.builds(
        fact,
        st.sampled_from(["a.example", "b.example"]),
        is_clustered=st.integers(0, 1),
        language=st.sampled_from(["en", "fr", None]),
        outlet=st.sampled_from(["A", "B", None]),
        lag_s=st.none() | st.integers(0, 100),
    ),
    min_size=1,
)


@given(facts, st.integers(1, 4))
def test_measuring_in_parts_gives_the_same(given_: list[dict[str, Any]], parts: int) -> None:
    assert measured(*given_, parts=parts) == measured(*given_)


@given(facts)
def test_no_share_counts_more_than_there_is(given_: list[dict[str, Any]]) -> None:
    for row in measured(*given_, min_n=1):
        for name in SHARES:
            if row[f"{name}_rate"] is not None:
                assert row[f"{name}_lo"] <= row[f"{name}_rate"] <= row[f"{name}_hi"]


def test_statements_are_counted_per_thousand_words() -> None:
    ruled: dict[str, Any] = {
        "is_ruled": 1,
        "ruled_words": 250,
        "attributed_statements": 3,
        "is_attributed": 1,
    }
    (row,) = measured(fact(**ruled), fact(**ruled), min_n=2)
    assert row["attributed_statements_per_1000_words"] == 12
    assert (row["attributed_k"], row["attributed_n"]) == (2, 2)


def test_where_no_rules_know_the_language_nothing_is_said_of_its_statements() -> None:
    (row,) = measured(fact(language="fa"), min_n=1)
    names = ("attributed_statements", "attributed_k", "unnamed_source_k", "rules_version")
    assert [row[name] for name in names] == [None] * 4


def test_where_names_cannot_be_told_nothing_is_said_of_captions() -> None:
    (row,) = measured(fact(language="ru"), min_n=1)
    assert row["caption_without_entity_overlap_n"] is None
    (row,) = measured(fact(is_caption_readable=1), min_n=1)
    assert row["caption_without_entity_overlap_n"] == 0


def test_a_text_whose_language_has_rules_and_no_statement_was_looked_at() -> None:
    (row,) = measured(fact(is_ruled=1, ruled_words=90), min_n=1)
    assert (row["attributed_k"], row["attributed_n"]) == (0, 1)
    assert (row["unnamed_source_k"], row["unnamed_source_n"]) == (0, 0)


def test_a_row_says_how_much_the_run_saw() -> None:
    rows = measured(fact(), fact("b.example"), fact("b.example"))
    assert [(row["coverage_sources"], row["coverage_articles"]) for row in rows] == [(2, 3)] * 2


def test_how_new_texts_are_is_the_mean_over_those_that_could_be_compared() -> None:
    facts = fact(is_weighed=1, novel_ppm=NEW), fact(is_weighed=1, novel_ppm=500_000), fact()
    (row,) = measured(*facts, min_n=2)
    assert (row["novel_share_mean"], row["novel_share_n"]) == (0.75, 2)
    assert measured(*facts, min_n=3)[0]["novel_share_mean"] is None


def test_copies_of_agencies_are_asked_for_only_where_an_agencys_own_page_is_in_the_run() -> None:
    copied = fact(is_copy=1, is_wire_text=1, is_uncredited_wire_text=1)
    (row,) = measured(copied)
    names = [name for name in row if name.startswith("near_copy_of_wire_uncredited")]
    assert (len(names), {row[name] for name in names}) == (5, {None})
    row = next(
        counted
        for counted in measured(copied, fact("agency.example"))
        if counted["n_partners"] == 0
    )
    assert (row["near_copy_of_wire_uncredited_k"], row["near_copy_of_wire_uncredited_n"]) == (1, 1)


def test_disagreements_are_a_share_of_the_articles_that_were_compared() -> None:
    (row,) = measured(fact(is_compared=1, is_disagreeing=1), fact(is_compared=1), fact())
    assert (row["disagreeing_number_k"], row["disagreeing_number_n"]) == (1, 2)


def test_copies_that_changed_a_number_are_a_share_of_those_that_carry_the_firsts_text() -> None:
    (row,) = measured(fact(is_kept=1, has_new_number=1), fact(is_kept=1), fact(is_compared=1))
    assert (row["number_changed_k"], row["number_changed_n"]) == (1, 2)


def linked(*links: str, **changes: Any) -> dict[str, Any]:
    return fact(policy_links=list(links), is_observed=1, **changes)


def test_links_to_policies_are_those_of_all_its_pages_once_each() -> None:
    (row,) = measured(
        linked("ethics link https://a.example/e", "about link https://a.example/a"),
        linked("ethics link https://a.example/e"),
    )
    assert row["policy_links"] == [
        {"kind": "about", "url": "https://a.example/a", "how": "link"},
        {"kind": "ethics", "url": "https://a.example/e", "how": "link"},
    ]


def test_a_site_that_links_to_another_address_on_every_page_shows_the_few_shortest() -> None:
    pages = [linked(f"ethics link https://a.example/{'x' * n}") for n in range(50, 0, -1)]
    for parts in (1, 7, 50):
        (row,) = measured(*pages, parts=parts)
        assert [link["url"][18:] for link in row["policy_links"]] == ["x", "xx", "xxx"]


def test_of_texts_without_pages_nobody_knows_what_their_pages_link_to() -> None:
    assert measured(fact(), min_n=1)[0]["policy_links"] is None
    assert measured(linked(), min_n=1)[0]["policy_links"] == []


def edge(left: str, right: str, n_shared: int = 1) -> dict[str, Any]:
    return {"from_source": left, "to_source": right, "n_shared": n_shared}


def test_partners_are_those_it_shares_most_with_first() -> None:
    partner_lists = partners([edge("a", "b"), edge("c", "a", 2)])
    assert partner_lists["a"] == (Partner("c", 2), Partner("b", 1))


def test_what_two_sources_share_counts_once_though_it_went_both_ways() -> None:
    assert partners([edge("a", "b", 3), edge("b", "a", 3)])["a"] == (Partner("b", 3),)


def test_an_agency_that_is_only_credited_is_no_partner() -> None:
    assert partners([edge("wire:AFP", "a")]) == {}


def test_ties_of_names_are_broken_by_name() -> None:
    assert common_name(Counter("BABA")) == "A"


def test_an_outlet_without_host_goes_by_its_name() -> None:
    assert outlet_name(None, "The Post") == "The Post"
    assert outlet_name("news.post.example", "The Post") == "post.example"


def test_keys_of_a_path_leave_scheme_and_host_out() -> None:
    assert path_key("https://a.example/x?y=1") == path_key("http://b.example/x?y=1")


def test_a_front_page_has_no_path() -> None:
    assert path_of("https://a.example/") == ""
    assert path_key("https://a.example/") == path_key(None) == 0


def test_titles_match_whatever_their_case_and_punctuation() -> None:
    assert title_key("“Fish” – and chips!") == title_key("FISH and chips")


def test_no_words_no_title() -> None:
    assert title_key(None) == title_key("—") == 0


@given(st.text())
def test_white_space_changes_no_text_key(text: str) -> None:
    assert text_key(f"  {text}\n") == text_key(text)

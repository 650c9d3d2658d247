"""What the page holds, before a browser has it."""

import base64
import gzip
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.output.read_run import manifest_of
from pipelines.report.limits import ReportLimits
from pipelines.report.measures import measures, why_absent
from pipelines.report.packing import chunks, packed
from pipelines.report.reading import counted_days, reading
from pipelines.report.stories import details, headline_of, listed
from pipelines.report.versions import facts, versions
from pipelines.run.outcome import Outcome
from schemas.tables import SOURCES, described
from sources.disagreements.sentences import sentences
from tests.runs.makers import table

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=10,
)
TEXTS = st.lists(
    st.lists(
        st.sampled_from(["The ferry sails.", "It rained 3 days.", "No one came.", "早上好。", ""]),
        max_size=6,
    ).map("\n".join),
    max_size=6,
)


@given(JSON)
def test_what_is_packed_comes_out_again(value: object) -> None:
    assert json.loads(gzip.decompress(base64.b64decode(packed(value)))) == value


@given(st.dictionaries(st.text("abc"), st.text("abc", max_size=50)), st.integers(1, 100))
def test_chunks_hold_every_part_once_and_in_order(parts: dict[str, str], size: int) -> None:
    chunks_made = list(chunks(parts.items(), size))
    assert [entry for chunk in chunks_made for entry in chunk.items()] == list(parts.items())
    assert all(chunks_made)


@given(TEXTS)
def test_versions_read_back_are_the_texts(texts: list[str]) -> None:
    named = {str(n): text for n, text in enumerate(texts)}
    versions_read = versions(named, {}, most=10)
    for name, text in named.items():
        places = versions_read.texts[versions_read.version_of[name]]
        assert [versions_read.sentences[place] for place in places] == sentences(text)


@given(TEXTS, st.integers(1, 3))
def test_of_many_versions_the_first_ones_are_kept(texts: list[str], most: int) -> None:
    versions_read = versions({str(n): text for n, text in enumerate(texts)}, {}, most)
    assert len(versions_read.texts) <= most
    assert all(version < len(versions_read.texts) for version in versions_read.version_of.values())


def test_sentences_that_all_versions_have_carry_no_marks() -> None:
    versions_read = versions(
        {"a": "It has 12 rooms.\nIn May.", "b": "It has 12 rooms."}, {}, most=10
    )
    assert versions_read.sentences[0] == "It has 12 rooms."
    assert 0 not in versions_read.marks


def test_numbers_dates_and_quotations_are_marked_where_they_stand() -> None:
    sentence = "On 4 May he said: “We counted 1,200 boats in the bay.”"
    marked = {(sentence[start:end], kind) for start, end, kind in facts(sentence, "en")}
    assert {("4 May", "date"), ("1,200", "number")} <= marked
    assert ("“We counted 1,200 boats in the bay.”", "quote") in marked


def test_a_new_share_or_figure_with_an_interval_is_a_measure_by_itself() -> None:
    added = [
        described(f"new_{end}", pa.float64(), "how new") for end in ("k", "n", "rate", "lo", "hi")
    ]
    added += [described(f"index{end}", pa.float64(), "an index") for end in ("", "_lo", "_hi")]
    kinds = {measure.name: measure.kind for measure in measures(pa.schema([*SOURCES, *added]))}
    assert kinds["new"] == "share"
    assert kinds["index"] == "interval"
    assert "index_lo" not in kinds


def test_the_index_is_never_shown_without_its_interval() -> None:
    by_name = {measure.name: measure for measure in measures()}
    assert by_name["practice_index"].columns == ("practice_index", "practice_lo", "practice_hi")
    assert not {"practice_lo", "practice_hi"} & by_name.keys()


def test_every_column_of_sources_is_shown_somewhere() -> None:
    columns = {column for measure in measures() for column in measure.columns}
    elsewhere = {"source_id", "source_name", "hosts", "lookalike_of", "run_id", "mirror_group_id"}
    elsewhere |= {"practice_absence"}
    assert columns | elsewhere == set(SOURCES.names)


def test_pages_of_every_day_and_language_are_articles_again(sample_run: Outcome) -> None:
    content = reading(sample_run.path, manifest_of(sample_run.path), ReportLimits())
    n = content["counts"]["articles"]
    days = content["days"]
    assert sum(count for _, count in content["languages"]) == n
    assert sum(count for _, count in days["bins"]) + days["earlier"] + days["unknown"] == n


DAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("days", "unit", "first", "n_bins", "earlier"),
    [
        ({DAY: 3}, "day", "2026-03-14", 1, 0),
        ({DAY: 3, date(2026, 3, 2): 1}, "day", "2026-03-02", 13, 0),
        ({DAY: 3, date(2025, 12, 24): 1}, "month", "2025-12-01", 4, 0),
        ({DAY: 3, date(2012, 6, 1): 1}, "year", "2012-01-01", 15, 0),
        ({DAY: 500, date(1970, 1, 1): 1}, "day", "2026-03-14", 1, 1),
        ({DAY: 1, date(1066, 10, 14): 1}, "year", "1965-01-01", 62, 1),
    ],
)
def test_days_are_counted_by_the_finest_unit_that_has_room(
    days: dict[date | None, int], unit: str, first: str, n_bins: int, earlier: int
) -> None:
    counted = counted_days(days | {None: 2})
    assert (counted["unit"], counted["bins"][0][0], len(counted["bins"])) == (unit, first, n_bins)
    assert (counted["earlier"], counted["unknown"]) == (earlier, 2)
    assert sum(n for _, n in counted["bins"]) + counted["earlier"] == sum(days.values())


def test_every_measure_that_may_be_null_says_why(crawl_run: Outcome) -> None:
    for row in table(crawl_run, "sources"):
        for measure in measures():
            is_null = row[measure.columns[0]] is None
            assert bool(why_absent(measure, row, 30)) == is_null, (measure.name, row["source_id"])


def test_an_index_that_is_null_says_what_it_lacks(crawl_run: Outcome) -> None:
    index = next(measure for measure in measures() if measure.name == "practice_index")
    row = table(crawl_run, "sources")[0]
    assert row["practice_index"] is None
    why = why_absent(index, row, 30)
    assert why is not None
    assert f"{row['n_distinct_articles']} of 30 articles" in why


def test_a_story_without_a_headline_is_called_by_its_first_words() -> None:
    assert headline_of("Boats", "The ferry sails.") == "Boats"
    assert headline_of(None, " The  ferry sails.") == "“The ferry sails.”"
    long = headline_of("", "word " * 100)
    assert long is not None
    assert len(long) <= 82
    assert headline_of(None, None) is None


def test_every_reason_has_its_count_and_examples(sample_run: Outcome) -> None:
    rejected = reading(sample_run.path, manifest_of(sample_run.path), ReportLimits())["rejected"]
    assert {f"{entry['stage']}/{entry['reason']}": entry["n"] for entry in rejected} == dict(
        sample_run.manifest["counts"]["rejected_by_reason"]
    )
    assert all(entry["examples"] for entry in rejected)


def test_every_article_of_a_story_is_in_its_details(sample_run: Outcome) -> None:
    chosen = listed(sample_run.path, ReportLimits())
    details_by_key = dict(details(sample_run.path, chosen, ReportLimits()))
    shown_ids = {member["id"] for detail in details_by_key.values() for member in detail["members"]}
    assert shown_ids == {row["article_id"] for row in table(sample_run, "cluster_timeline")}


def test_halving_ends_at_one_of_each() -> None:
    limits = ReportLimits()
    for _ in range(20):
        limits = limits.halved()
    assert limits == ReportLimits(1, 1, 1, 1, 1, 1, 1)


def test_run_folder_holds_the_page_beside_the_tables(sample_run: Outcome) -> None:
    assert Path(sample_run.path, "report.html").is_file()

"""Staged articles become members; pages without a story are members that meet nobody."""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from dedupe.candidates.keys import CandidateRules, match_keys
from pipelines.exchange.article_keys import boilerplate_outlets, outlet_keys
from pipelines.stages.boilerplate.samples import boilerplate_of
from pipelines.stages.match.keys import band_rows, sample_rows
from pipelines.stages.match.members import key_shingles, member_table
from pipelines.stages.outlets.host_paths import day_looked_up, paths
from pipelines.storage.arrow import column
from schemas.article import Article
from tests.pipelines.stages.makers import article, staged
from tests.sources.makers import PARAGRAPHS

STORY = "\n".join(PARAGRAPHS)
RULES = CandidateRules()
NOTHING = boilerplate_of([], np.uint32)


def of_kind(kind: str, source: str | None, number: int) -> Article:
    """One text on a page of the kind, each on a host of its own under one path."""
    row = article(STORY, f"https://h{number}.example/news/bridge")
    return replace(row, page_kind=kind, page_kind_source=source)


def members(*rows: Article) -> pa.Table:
    hashes = np.zeros(len(rows), np.uint64)
    nothing = [""] * len(rows)
    return member_table(staged(*rows), NOTHING, RULES.shingle_words, "split", nothing, hashes)


def shared_keys(rows: pa.Table) -> int:
    """How many keys two members share."""
    keys = match_keys(key_shingles(rows), RULES)
    articles = column(rows, "article")
    bands = column(band_rows(keys.bands, column(rows, "text_key"), articles), "key")
    samples = column(sample_rows(keys.samples, articles), "key")
    return sum(len(values) - len(np.unique(values)) for values in (bands, samples))


def test_pages_without_a_story_share_no_key_with_a_copy_of_what_they_show() -> None:
    listed = [of_kind("section", "teasers", number) for number in range(2)]
    assert shared_keys(members(*listed, of_kind("article", None, 2))) == 0


def test_what_a_page_claims_to_be_takes_no_key_from_it() -> None:
    story = members(of_kind("article", None, 0), of_kind("article", None, 1))
    for kind, source in (("video", "declared"), ("front", "address"), ("other", "undated")):
        assert shared_keys(members(of_kind(kind, source, 0), of_kind("article", None, 1))) > 0
        claimed = members(of_kind(kind, source, 0), of_kind(kind, source, 1))
        assert shared_keys(claimed) == shared_keys(story)


def test_a_page_without_a_story_keeps_its_host_and_no_path() -> None:
    rows = members(of_kind("front", "teasers", 1))
    assert paths(rows, day_looked_up(rows), rows["outlet"]).select(
        ["host", "path"]
    ).to_pylist() == [{"host": "h1.example", "path": None}]


def test_an_outlet_learns_nothing_of_what_it_repeats_from_its_sections() -> None:
    rows = staged(of_kind("section", "teasers", 1), of_kind("video", "declared", 2))
    assert boilerplate_outlets(rows).tolist() == [0, outlet_keys(rows).tolist()[1]]

"""Intervals and the index of practice on made outlets; benchmarks/intervals.py draws more.

Where nothing differs but size, language and what can be seen, the index shows no difference. This
decides whether it is on by default (sources.practice_index).
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from intervals import CASES, PAIRS, Gaps, crawl, harm, wilson_coverage
from practice_corpus import outlets, tallied
from practice_harm import PAIRS as PAGE_PAIRS
from practice_harm import gaps, half_width, measured_sources

from pipelines.config.settings import load_settings
from pipelines.exchange.work_folder import Work
from pipelines.stages.outlets.host_sources import HostSources
from pipelines.stages.tables.transforms import MeasureSources
from pipelines.storage.arrow import from_bytes

Row = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> tuple[dict[str, Gaps], float]:
    return harm(crawls=5, seed=100)


@pytest.mark.parametrize("pair", [name for name, *_ in PAIRS])
def test_a_gap_between_outlets_that_do_not_differ_is_chance_and_far_inside_an_interval(
    made: tuple[dict[str, Gaps], float], pair: str
) -> None:
    harms, half = made
    harm_of_pair = harms[pair]
    assert np.abs(harm_of_pair.ours).max() < half
    assert abs(harm_of_pair.ours.mean()) < half / 4
    assert np.mean(np.abs(harm_of_pair.ours) <= harm_of_pair.chance) >= 0.8


def test_plain_rates_would_have_held_languages_and_missing_copies_against_outlets(
    made: tuple[dict[str, Gaps], float],
) -> None:
    for pair in ("en, de", "en, fr (no rules for sourcing)", "with and without copies"):
        harm_of_pair = made[0][pair]
        assert np.square(harm_of_pair.plain).mean() > 2 * np.square(harm_of_pair.ours).mean()


def test_the_interval_of_the_index_holds_what_an_outlet_does_about_as_often_as_it_says() -> None:
    held = [
        row["practice_lo"] <= outlet.practice <= row["practice_hi"]
        for seed in range(12)
        for outlet, row in crawl(seed, CASES[0])
    ]
    assert 0.92 <= np.mean(held) <= 0.98


@pytest.mark.parametrize("n", [30, 100, 1_000])
def test_the_wilson_interval_holds_a_rate_in_95_of_100_cases_on_the_mean(n: int) -> None:
    rates = np.linspace(0.01, 0.99, 99)
    coverage = wilson_coverage(n, rates)
    inner = coverage[(rates >= 5 / n) & (rates <= 1 - 5 / n)]
    assert 0.945 <= coverage.mean() <= 0.955
    assert 0.92 <= inner.min() <= inner.max() <= 0.98


@pytest.mark.parametrize("is_on", [True, False])
def test_the_setting_turns_the_index_off_and_nothing_else(is_on: bool) -> None:
    made = outlets(np.random.default_rng(1), (200,) * 4, ("en",))
    settings = load_settings(None, [f"sources.practice_index={str(is_on).lower()}"])
    tallies = [tallied(np.random.default_rng(2), made)]
    measure = MeasureSources(settings, Work("", "nothing was staged"), "run", ())
    output, *_ = measure.process(None, tallies, [], [], [], HostSources({}).to_bytes())
    rows = from_bytes(output.value[1]).to_pylist()
    assert [row["practice_index"] is not None for row in rows] == [is_on] * 4
    assert [row["n_articles"] for row in rows] == [200] * 4


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The sources of a run on pages of twelve outlets that all do the same."""
    folder = tmp_path_factory.mktemp("practice")
    return measured_sources(folder, small=(3, 36), large=(1, 72), seed=5, workers=1)


@pytest.mark.parametrize("pair", PAGE_PAIRS)
def test_from_pages_to_tables_the_index_tells_no_groups_apart(pages: list[Row], pair: str) -> None:
    gap, _, _ = gaps(pages, large=72)[pair]
    assert abs(gap) < half_width(pages) / 2


def test_every_outlet_of_the_pages_has_an_index_and_french_ones_no_family_of_sourcing(
    pages: list[Row],
) -> None:
    assert [row for row in pages if row["practice_index"] is None] == []
    unseen = {row["practice_language"] for row in pages if row["practice_sourcing"] is None}
    assert unseen == {"fr"}

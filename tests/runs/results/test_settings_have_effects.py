"""No setting is without effect: a number changed changes some table, or it is said why not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipelines.config.settings import Settings, marks, sections, settable
from tests.runs.makers import all_tables, run
from tests.runs.results.prepared_corpus import page, text_rows

CHANGED: Mapping[str, float] = {
    "extract.max_page_bytes": 1000,
    "extract.max_markup_chars": 1000,
    "extract.max_tags": 100,
    "extract.max_text_chars": 1000,
    "extract.min_words": 5,
    "boilerplate.minimum_witnesses": 6,
    "boilerplate.minimum_share": 1.0,
    "match.shingle_words": 8,
    "match.sample_one_in": 10**9,
    "match.min_shared_samples": 10**6,
    "copies.near_jaccard": 1.0,
    "copies.same_text": 0.5,
    "copies.shared_facts": 1.0,
    "copies.shared_numbers": 1.0,
    "copies.excerpt_shingles": 10**6,
    "roundups.minimum_part": 1.0,
    "roundups.largest_part": 0.0,
    "guard.resemblance": 1.0,
    "guard.contained": 1.0,
    "mirrors.candidate_paths": 17,
    "sources.min_gap_s": 10**6,
    "sources.min_n": 1,
    "sources.witness_h": 96,
}
"""A value of each setting by which the tables of the prepared corpus are other than by default."""
WHY_NOT: Mapping[str, str] = {
    "input.split_bytes": "splits change no table (tests/runs/inputs/test_extremes.py)",
    "extract.timeout_s": "needs a page that takes long (tests/sources/extraction)",
    "extract.max_memory_bytes": "needs a page of a gigabyte (the same)",
    "extract.slow_host_s": "needs pages that take long (the same)",
    "extract.slow_file_s": "needs pages that take long (the same)",
    "extract.slow_run_s": "needs pages that take long (the same)",
    "match.history_days": "needs a window (tests/runs/windows/test_windowed_runs.py)",
    "mirrors.habit_bound": "needs hosts that announce (tests/sources/mirrors)",
    "mirrors.clone_paths": "needs a host that repeats another (tests/sources/mirrors)",
    "mirrors.clone_bound": "needs a host that repeats another (tests/sources/mirrors)",
}
"""Settings that change no table of this corpus, and where their effect is tested."""
NO_TABLE = {
    "checks": "hold a run back (tests/pipelines/run/test_checks.py)",
    "run": "say how the work is done (tests/runs/results/test_sample_run.py)",
    "practice_weights": "other weights want another version, which stands in every row",
}
"""Sections that change no table, or change one by their name alone."""


OF_PAGES = {"extract.max_page_bytes", "extract.max_markup_chars", "extract.max_tags"}


def numeric() -> set[str]:
    """Every setting that is a number, of the sections that may change a table."""
    values = settable(Settings())
    return {
        f"{section}.{name}"
        for section, record in sections().items()
        for name in marks(record)
        if type(values[section][name]) in (int, float) and section not in NO_TABLE
    }


def published(source: Path, folder: Path, *sets: str) -> dict[str, Any]:
    """The tables of a run on this part of the corpus."""
    outcome = run([source], folder, "run.partitions=1", *sets)
    return {name: sorted(map(repr, rows)) for name, rows in all_tables(outcome).items()}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The rows, and the page, which a process of its own reads."""
    folder = tmp_path_factory.mktemp("corpus")
    return {"page": page(folder / "page.html"), "rows": text_rows(folder / "rows.jsonl")}


@pytest.fixture(scope="module")
def usual(
    corpus: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, dict[str, Any]]:
    """The tables by default."""
    return {kind: published(path, tmp_path_factory.mktemp(kind)) for kind, path in corpus.items()}


def test_every_number_is_changed_or_it_is_said_why_not() -> None:
    assert numeric() == CHANGED.keys() | WHY_NOT.keys()
    assert not CHANGED.keys() & WHY_NOT.keys()


@pytest.mark.parametrize("kind", ["page", "rows"])
def test_the_same_settings_give_the_same_tables(
    corpus: Mapping[str, Path], usual: Mapping[str, dict[str, Any]], tmp_path: Path, kind: str
) -> None:
    assert published(corpus[kind], tmp_path) == usual[kind]


@pytest.mark.parametrize(("setting", "value"), CHANGED.items())
def test_no_setting_is_without_effect(
    corpus: Mapping[str, Path],
    usual: Mapping[str, dict[str, Any]],
    tmp_path: Path,
    setting: str,
    value: float,
) -> None:
    kind = "page" if setting in OF_PAGES else "rows"
    assert published(corpus[kind], tmp_path, f"{setting}={value}") != usual[kind]

"""How finely a run is cut: elements of an exchange are bounded, whatever the input's size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.config.sections import InputSettings
from pipelines.exchange.partitions import MOST_ELEMENTS, MOST_TEXTS_PER_PART, parts_for
from pipelines.stages.extract.inputs import (
    LARGEST,
    LARGEST_OF_TEXTS,
    WANTED_SPLITS,
    InputFile,
    Split,
    split_size,
    splits,
)

ASKED = InputSettings().split_bytes
PAGE_BYTES, TEXT_BYTES = 30_000, 1150
"""Of a page in a WARC, of a text in a file of texts."""
sizes = st.integers(0, 10**14)
formats = st.sampled_from(["warc", "parquet", "jsonl"])


def archives(number: int, of: int = 10**9) -> list[InputFile]:
    """WARC files of one size."""
    return [InputFile(f"{place:06}.warc.gz", of, 0.0, "warc") for place in range(number)]


def work(files: list[InputFile]) -> list[Split]:
    return splits(files, ASKED)


@pytest.mark.parametrize("pages", [10**4, 10**6, 10**8])
def test_up_to_a_hundred_million_pages_elements_are_bounded(pages: int) -> None:
    n_splits = len(work(archives(pages // 1000, of=1000 * PAGE_BYTES)))
    assert n_splits * parts_for(pages, n_splits) <= MOST_ELEMENTS


@pytest.mark.parametrize("texts", [10**4, 10**6, 10**8])
def test_up_to_a_hundred_million_texts_elements_are_bounded(texts: int) -> None:
    n_splits = -(-texts * TEXT_BYTES // split_size("parquet", texts * TEXT_BYTES, ASKED))
    assert n_splits * parts_for(texts, n_splits) <= MOST_ELEMENTS


def test_of_a_billion_pages_an_exchange_has_fewer_elements_than_a_fifth_of_the_pages() -> None:
    n_splits = len(work(archives(30_000)))
    assert n_splits * parts_for(10**9, n_splits) <= 10**9 / 5


@given(st.integers(0, 10**11), st.integers(1, 10**7))
def test_no_part_holds_more_texts_than_a_worker_can(texts: int, found: int) -> None:
    assert texts <= parts_for(texts, found) * MOST_TEXTS_PER_PART


@given(formats, sizes, sizes)
def test_splits_of_a_larger_input_are_no_smaller(kind: str, one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert split_size(kind, small, ASKED) <= split_size(kind, large, ASKED)


@given(formats, sizes)
def test_splits_grow_only_where_there_would_be_too_many_and_not_beyond_a_worker(
    kind: str, size: int
) -> None:
    size_found, largest = split_size(kind, size, ASKED), LARGEST.get(kind, LARGEST_OF_TEXTS)
    assert ASKED <= size_found <= largest
    assert size_found == ASKED or size > size_found // 2 * WANTED_SPLITS


@given(sizes, st.integers(10_000, 10**12))
def test_a_split_is_never_smaller_than_asked(size: int, asked: int) -> None:
    assert split_size("parquet", size, asked) >= asked


def test_one_more_file_keeps_the_splits_of_a_large_input() -> None:
    before, after = work(archives(5000)), work(archives(5001))
    assert set(before) <= set(after)
    assert len(before) < len(after)


def test_small_files_of_a_large_input_are_bundled_more_to_a_split() -> None:
    texts = [InputFile(f"{place:06}.txt", 10**6, 0.0, "text") for place in range(20_000)]
    assert len(work(texts)) <= WANTED_SPLITS


def test_small_archives_are_bundled_only_in_a_large_input() -> None:
    usual, large = work(archives(3, of=10**6)), work(archives(20_000, of=10**6))
    assert [len(split.files) for split in usual] == [1, 1, 1]
    assert len(large) <= WANTED_SPLITS
    assert sum(len(split.files) for split in large) == 20_000


@given(st.integers(1, 10**10), st.integers(10_000, 10**9))
def test_the_shares_of_the_parts_of_a_file_add_up_to_one(size: int, asked: int) -> None:
    parts = splits([InputFile("a.warc.gz", size, 0.0, "warc")], max(asked, size // 1_000))
    assert sum(part.share() for part in parts) == pytest.approx(1.0)

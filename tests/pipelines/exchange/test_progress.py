"""How far a run is said to be: shards that are read half count half, and the time left follows."""

from pathlib import Path

import pytest

from pipelines.exchange.progress import Count, Standing, read_counts, share_done, tell
from pipelines.stages.extract.inputs import InputFile, Split


def archive(name: str, size: int = 1_000) -> InputFile:
    return InputFile(name, size, 0.0, "warc")


def test_a_shard_that_is_not_done_counts_as_far_as_it_is(tmp_path: Path) -> None:
    tell(str(tmp_path), "extract", "one", Count(10, 1, is_done=False, share=0.5))
    tell(str(tmp_path), "extract", "two", Count(40, 2, is_done=True))
    counts = read_counts(str(tmp_path))
    own = {shard: count for (_, shard), count in counts.items()}
    assert [own[shard].is_done for shard in ("one", "two")] == [False, True]
    assert own["two"].share == 1.0
    assert share_done(own, {"one": 100, "two": 300}) == pytest.approx(0.875, abs=0.001)


def test_a_whole_share_of_what_is_not_done_is_not_done(tmp_path: Path) -> None:
    tell(str(tmp_path), "extract", "one", Count(10, 0, is_done=False, share=1.0))
    assert not read_counts(str(tmp_path))["extract", "one"].is_done


def test_the_last_word_of_a_shard_is_the_one_that_counts(tmp_path: Path) -> None:
    for pages, share in ((5, 0.1), (50, 0.9), (20, 0.4)):
        tell(str(tmp_path), "extract", "one", Count(pages, 0, is_done=False, share=share))
    assert read_counts(str(tmp_path))["extract", "one"].pages == 50


@pytest.mark.parametrize(
    ("split", "path", "position", "share"),
    [
        (Split((archive("a"),)), "a", 250, 0.25),
        (Split((archive("a"),), 500, 700), "a", 600, 0.5),
        (Split((archive("a"),), 500, 9_000), "a", 750, 0.5),
        (Split((archive("a", 100), archive("b", 300))), "b", 150, 0.625),
        (Split((InputFile("a", 10, 0.0, "parquet"),), 100, 300), "a", 250, 0.75),
        (Split((InputFile("a", 10, 0.0, "jsonl"), InputFile("b", 30, 0.0, "jsonl"))), "b", 9, 0.25),
        (Split((archive("a"),)), "a", 5_000, 1.0),
        (Split(()), "a", 5, 0.0),
    ],
)
def test_a_position_says_which_share_of_a_split_was_read(
    split: Split, path: str, position: int, share: float
) -> None:
    assert split.share_read(path, position) == pytest.approx(share)


def test_the_time_left_is_that_of_the_rest_at_the_speed_so_far() -> None:
    assert Standing("extract", 0.25, 500, 0, 10.0).left_s() == pytest.approx(30.0)
    assert Standing("extract", 0.0, 5, 0, 10.0).left_s() is None

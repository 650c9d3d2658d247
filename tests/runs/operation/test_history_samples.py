"""Lines and shingles of the history's sampled texts are kept, as far as there is room."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.exchange.article_keys import text_hashes
from pipelines.exchange.work_folder import Work
from pipelines.history.history import History
from pipelines.history.history_split import KeptSplit, kept_splits
from pipelines.output.publish import Output
from pipelines.stages.boilerplate.samples import sample_values
from pipelines.stages.history import samples
from pipelines.stages.history.samples import ROOM, kept_values
from pipelines.storage import filesystem
from pipelines.window import window_of
from tests.runs.makers import page_rows, run_day, story

DAY, WORDS = "2026-03-01", 5
TEXTS = 12


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Of a run that looks back on a day of twelve texts."""
    output = tmp_path / "out"
    run_day(output, DAY, page_rows(DAY, *(("one", story(n, 60 + n)) for n in range(TEXTS))))
    return looking_back(output, tmp_path / "work")


def looking_back(output: Path, root: Path) -> Work:
    history = History(Output(str(output)))
    splits = kept_splits(history.look_back(window_of(DAY), "").days, "these settings")
    work = Work(str(root), "run", splits, history.folder, "these settings")
    work.make()
    return work


def key_of(work: Work) -> str:
    [key] = work.history_splits
    return key


def part_of(work: Work) -> KeptSplit:
    return work.history_splits[key_of(work)]


def hashes_of(work: Work) -> NDArray[np.uint64]:
    return text_hashes(part_of(work).articles(["text"]).column(0))


def asked(
    work: Work, rows: list[int], hashes: NDArray[np.uint64] | None = None
) -> dict[str, list[list[int]]]:
    places = np.array(rows, np.int64)
    known = hashes_of(work) if hashes is None else hashes
    values_kept = kept_values(work, key_of(work), places, known, WORDS)
    return {
        name: [values[n].tolist() for n in range(len(values))]
        for name, values in values_kept.items()
    }


def read(work: Work, rows: list[int]) -> dict[str, list[list[int]]]:
    texts = part_of(work).articles(["text"]).column(0).take(np.array(rows, np.int64)).to_pylist()
    sampled = sample_values(texts, WORDS)
    return {
        name: [values[n].tolist() for n in range(len(values))] for name, values in sampled.items()
    }


def published(work: Work) -> bool:
    """Puts what was kept where the next run looks for it; whether there was any."""
    name = part_of(work).samples_name
    written = work.derived(name)
    if not filesystem.exists(written):
        return False
    filesystem.move(written, filesystem.join(work.history, name))
    return True


def test_what_is_kept_is_what_the_texts_say_whichever_are_asked_for(work: Work) -> None:
    for rows in ([0, 3, 4, 7], [3, 4, 5, 9, 11], [1], [], list(range(TEXTS))):
        assert asked(work, rows) == read(work, rows)
        published(work)


def test_texts_that_are_kept_are_not_read_again(work: Work) -> None:
    assert asked(work, [2, 5, 8])
    assert published(work)
    expected, hashes = read(work, [2, 5, 8]), hashes_of(work)
    filesystem.delete(part_of(work).path)
    assert asked(work, [2, 5, 8], hashes) == expected


def test_the_same_sample_is_not_written_twice(work: Work) -> None:
    assert asked(work, [2, 5, 8])
    assert published(work)
    assert asked(work, [2, 5, 8])
    assert not published(work)


def test_a_day_keeps_no_more_than_there_is_room_for(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = list(range(TEXTS))
    expected = read(work, every)
    room = ROOM // 3
    monkeypatch.setattr(samples, "ROOM", room)
    for _ in range(2):
        assert asked(work, every) == expected
        wrote = published(work)
    assert not wrote
    size = len(filesystem.read_bytes(filesystem.join(work.history, part_of(work).samples_name)))
    # the head and foot of a Parquet file come to 2 kB
    assert room * TEXTS / 2 < size < room * TEXTS + 2_000


def test_a_damaged_file_is_read_past(work: Work) -> None:
    assert asked(work, [2, 5, 8])
    assert published(work)
    path = filesystem.join(work.history, part_of(work).samples_name)
    content = filesystem.read_bytes(path)
    filesystem.write_bytes(path, content[:-40] + bytes(40))
    assert asked(work, [2, 5, 8]) == read(work, [2, 5, 8])
    assert published(work)

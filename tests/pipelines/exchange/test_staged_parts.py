"""Rows staged by part come back whole, each part with its own."""

import threading
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipelines.engine.forked_worker import may_fork
from pipelines.exchange.staged_parts import read_parts, staged_parts
from pipelines.exchange.work_folder import Work
from schemas.exchange import KEYS


def rows(*keys: int) -> pa.Table:
    return pa.table([pa.array(keys, pa.uint64()), pa.array(keys, pa.uint64())], schema=KEYS)


def test_each_part_reads_its_own_rows_of_all_splits_in_any_order(tmp_path: Path) -> None:
    work = Work(str(tmp_path), "run")
    work.make()
    places = dict(staged_parts(work, "bands", "a", rows(1, 2, 3), np.array([5, 0, 5])))
    other = dict(staged_parts(work, "bands", "b", rows(9), np.array([5])))
    rows_read = read_parts(work, "bands", [other[5], places[5]], KEYS)
    assert rows_read.column("key").to_pylist() == [1, 3, 9]
    assert read_parts(work, "bands", [places[0]], KEYS).column("key").to_pylist() == [2]


def test_a_split_without_rows_names_no_part(tmp_path: Path) -> None:
    work = Work(str(tmp_path), "run")
    work.make()
    assert list(staged_parts(work, "bands", "a", rows(), np.empty(0, np.int64))) == []
    assert read_parts(work, "bands", [], KEYS).num_rows == 0


def test_a_process_with_threads_does_not_fork_workers() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not may_fork()
    finally:
        done.set()
        thread.join()

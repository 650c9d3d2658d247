"""What is derived of the history is used while it fits, and is as if it were not there if not."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from pipelines.history.derived_file import derived_content, derived_tables
from pipelines.history.history import SETTLED as FILE
from pipelines.maintenance.forget import forget_days
from pipelines.stages.match.known_components import NOTHING, Settled, known_labels, signatures
from schemas.exchange import COMPONENTS
from schemas.history import CONTENTS
from tests.runs.makers import all_tables, page_rows, run_day, story

DAYS = ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04")
FOOT = "The harbour office keeps its rooms open on weekdays and sells maps of the old sea wall."
TABLE = pa.table({"article": pa.array([1, 2], pa.uint64()), "host": ["one.example", None]})


def derived_of(output: Path, day: str) -> Path:
    return output / "state" / f"day={day}.derived-0"


def publish(output: Path, *days: str, is_forced: bool = False) -> None:
    for day in days:
        pages = [(host, story(hash_of(day), 90)) for host in ("one", "two")]
        rows = page_rows(day, *pages, ("three", story(hash_of(day) + 50, 90)))
        run_day(output, day, rows, is_forced=is_forced)


def hash_of(day: str) -> int:
    return int(day.replace("-", ""))


def test_tables_come_back_as_they_were_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(derived_content("these", [TABLE, TABLE.slice(0, 0)]))
    tables_read = derived_tables(str(tmp_path / "file"), "these")
    assert tables_read is not None
    assert [table_read.to_pylist() for table_read in tables_read] == [TABLE.to_pylist(), []]


def changed(content: bytes) -> bytes:
    return content[:60] + bytes([content[60] ^ 1]) + content[61:]


@pytest.mark.parametrize(
    "damage", [changed, lambda written: written[:-1], lambda _: b"", bytes.upper]
)
def test_a_damaged_file_is_as_if_it_were_not_there(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "file").write_bytes(damage(derived_content("these", [TABLE])))
    assert derived_tables(str(tmp_path / "file"), "these") is None


def test_a_file_that_was_made_of_something_else_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(derived_content("these", [TABLE]))
    assert derived_tables(str(tmp_path / "file"), "those") is None
    assert derived_tables(str(tmp_path / "missing"), "these") is None


def test_a_day_is_prepared_once_and_then_read(tmp_path: Path) -> None:
    publish(tmp_path / "out", *DAYS[:2])
    file = derived_of(tmp_path / "out", DAYS[0])
    before = file.stat()
    publish(tmp_path / "out", *DAYS[2:])
    assert file.stat().st_ino == before.st_ino
    assert derived_of(tmp_path / "out", DAYS[2]).exists()


def test_articles_are_prepared_anew_when_their_outlet_is_found_to_repeat_a_line(
    tmp_path: Path,
) -> None:
    sets = ("boilerplate.minimum_witnesses=2",)
    pages = [[("one", f"{story(10 * n + k, 60)}\n{FOOT}") for k in range(n)] for n in (1, 1, 3)]
    for day, pages_of_day in zip(DAYS, pages, strict=False):
        run_day(tmp_path / "out", day, page_rows(day, *pages_of_day), *sets)
        known = derived_of(tmp_path / "out", DAYS[0])
        content = known.read_bytes() if known.exists() else None
        if day == DAYS[1]:
            before = content
    assert before is not None
    assert content != before


def test_a_forgotten_day_leaves_nothing_that_was_derived_of_it(tmp_path: Path) -> None:
    publish(tmp_path / "out", *DAYS[:2])
    assert derived_of(tmp_path / "out", DAYS[0]).exists()
    forget_days(str(tmp_path / "out"), DAYS[0])
    assert not list((tmp_path / "out" / "state").glob("*derived*"))


def test_the_same_run_gives_the_same_files_whether_or_not_it_found_some(tmp_path: Path) -> None:
    publish(tmp_path / "out", *DAYS[:3])
    files = sorted((tmp_path / "out" / "state").glob("*derived*"))
    before = [file.read_bytes() for file in files]
    for file in files:
        file.unlink()
    publish(tmp_path / "out", DAYS[2], is_forced=True)
    assert len(before) == 5
    assert [file.read_bytes() for file in files] == before


def labelled(*rows: tuple[int, int]) -> pa.Table:
    articles, labels = zip(*rows, strict=True)
    return pa.table([pa.array(side, pa.uint64()) for side in (articles, labels)], schema=COMPONENTS)


def contents(*rows: tuple[int, int, bool]) -> pa.Table:
    columns = [
        pa.array(values, field.type)
        for values, field in zip(zip(*rows, strict=True), CONTENTS, strict=True)
    ]
    return pa.table(columns, schema=CONTENTS)


BOTH = labelled((1, 1), (2, 1), (5, 5), (6, 5))
OLD = ((1, 11, False), (2, 12, False), (5, 15, False), (6, 16, False), (9, 19, False))


def known_again(*rows: tuple[int, int, bool]) -> list[int]:
    before, _ = signatures(BOTH, contents(*OLD))
    known = Settled(before, NOTHING.clustered, NOTHING.evidence)
    labels: list[int] = known_labels(*signatures(BOTH, contents(*rows)), known).tolist()
    return labels


def test_components_of_the_same_articles_are_known_in_any_order() -> None:
    assert known_again(*OLD) == known_again(*OLD[::-1]) == [1, 5]


def test_a_component_is_another_when_a_member_changed_or_was_fetched_once_more() -> None:
    assert known_again((1, 10, False), *OLD[1:]) == [5]
    assert known_again(*OLD, (6, 16, False)) == [1]


def test_a_component_that_the_window_reaches_is_verified() -> None:
    assert known_again(*OLD[:2], (5, 15, True), *OLD[3:]) == [1]


def test_without_candidates_there_are_no_components() -> None:
    seen, is_reached = signatures(COMPONENTS.empty_table(), contents(*OLD))
    assert seen.num_rows == len(is_reached) == 0
    assert known_labels(seen, is_reached, NOTHING).size == 0
    assert np.array_equal(known_labels(*signatures(BOTH, contents(*OLD)), NOTHING), [])


def test_components_that_were_verified_before_still_tell_of_mirrors(tmp_path: Path) -> None:
    """The third day sees nothing of the first day's pages but what is kept of their component."""
    pages = [(host, story(seed, 90)) for seed in range(6) for host in ("one", "two")]
    rows = page_rows(DAYS[0], *pages)
    for row in rows:
        row["url"] = row["url"].rsplit("/", 1)[0] + f"/{row['text'][:12]}"
    run_day(tmp_path / "out", DAYS[0], rows)
    for day in DAYS[1:3]:
        last = run_day(tmp_path / "out", day, page_rows(day, ("three", story(hash_of(day), 90))))
    assert (tmp_path / "out" / "state" / FILE).exists()
    evidence = all_tables(last)["mirror_evidence"]
    assert [(row["host_a"], row["host_b"], row["n_observed"]) for row in evidence] == [
        ("one.example", "two.example", 6)
    ]

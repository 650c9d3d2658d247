"""What a split leaves behind, and what a next start makes of it."""

import os
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipelines.config.settings import Settings
from pipelines.exchange.work_folder import Summary, Work, run_id_of, summary_from_json, total
from pipelines.stages.extract.inputs import Split, find_files, splits
from pipelines.stages.extract.staged_split import stage_split
from sources.extraction.isolated_reader import IsolatedReader
from sources.limits import Limits
from tests.runs.makers import jsonl, story

READER = IsolatedReader(Limits())
"""For splits of texts: it starts no process before the first page."""

counts = st.dictionaries(st.sampled_from(["text/too-short", "gate/too-deep"]), st.integers(1, 9))
summaries = st.builds(
    Summary,
    articles=st.integers(0, 9),
    rejected=counts,
    skipped=counts,
    warnings=st.lists(st.text()).map(tuple),
    newest_fetch=st.sampled_from(["", "2026-03-02T101500Z"]),
)


def only_split(file: Path) -> Split:
    (split,) = splits(find_files([str(file)]).files, 1_000_000)
    return split


def work(folder: Path) -> Work:
    made = Work(str(folder / "work"), "f")
    made.make()
    return made


def test_a_finished_split_is_not_read_again(tmp_path: Path) -> None:
    file = jsonl(tmp_path / "rows.jsonl", [{"text": story(1)}])
    split, folders = only_split(file), work(tmp_path)
    first = stage_split(split, "key", Settings(), folders, READER)
    file.unlink()
    counted = {str(file): 1}
    whole = Summary(articles=1, records=counted, there=counted)
    assert stage_split(split, "key", Settings(), folders, READER) == first == whole


def test_nothing_of_a_file_that_changed_is_staged(tmp_path: Path) -> None:
    file = jsonl(tmp_path / "rows.jsonl", [{"text": story(1)}])
    split, folders = only_split(file), work(tmp_path)
    times = file.stat()
    file.write_bytes(jsonl(tmp_path / "other.jsonl", [{"text": story(2)}]).read_bytes())
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    summary = stage_split(split, "key", Settings(), folders, READER)
    assert (summary.articles, summary.changed) == (0, (str(file),))
    assert summary.rejected == {"read/changed": 1}


def test_a_split_without_its_summary_is_read_again(tmp_path: Path) -> None:
    split, folders = (
        only_split(jsonl(tmp_path / "rows.jsonl", [{"text": story(1)}])),
        work(tmp_path),
    )
    stage_split(split, "key", Settings(), folders, READER)
    Path(folders.summary("key")).unlink()
    Path(folders.articles("key")).write_bytes(b"half a file")
    assert stage_split(split, "key", Settings(), folders, READER).articles == 1


def test_a_changed_file_is_another_split(tmp_path: Path) -> None:
    split = only_split(jsonl(tmp_path / "rows.jsonl", [{"text": story(1)}]))
    newer = replace(split, files=(replace(split.files[0], modified_s=1.0),))
    assert split.key("code") != newer.key("code")


def test_other_code_or_settings_are_another_split(tmp_path: Path) -> None:
    split = only_split(jsonl(tmp_path / "rows.jsonl", [{"text": story(1)}]))
    assert split.key("code") != split.key("other code")


@given(summaries)
def test_a_summary_survives_its_file(summary: Summary) -> None:
    assert summary_from_json(summary.to_json()) == summary


@given(st.lists(summaries), st.randoms())
def test_splits_add_up_in_any_order(summaries: list[Summary], chance: object) -> None:
    shuffled = summaries.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # random.Random
    assert total(shuffled) == total(summaries)


@given(st.lists(summaries))
def test_pages_add_up(summaries: list[Summary]) -> None:
    assert total(summaries).pages == sum(summary.pages for summary in summaries)


def test_a_run_of_undated_pages_is_named_so() -> None:
    assert run_id_of(None, Summary(), ["undated"]) == "undated-2"

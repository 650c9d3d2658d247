"""What is read is what was listed: a file that changes meanwhile is told and read anew."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.stages.extract import read_split, staged_split
from pipelines.stages.extract.read_split import Result
from tests.runs.makers import jsonl, run, story, table


def rows(*seeds: int) -> list[dict[str, str]]:
    return [{"text": story(seed), "url": f"https://a{seed}.example/"} for seed in seeds]


def appended(path: Path) -> None:
    with path.open("a") as stream:
        stream.write("{}\n")


def replaced(path: Path) -> None:
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    other = jsonl(path.with_suffix(".fresh"), rows(7, 8))
    os.utime(other, ns=times)
    other.replace(path)


@pytest.mark.parametrize("change", [appended, replaced, Path.unlink])
def test_a_file_that_changes_while_it_is_read_is_told_and_read_anew(
    change: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changing = jsonl(tmp_path / "changing.jsonl", rows(1, 2))
    quiet = jsonl(tmp_path / "quiet.jsonl", rows(3))
    whole, is_first = read_split.results, True

    def disturbed(*arguments: Any) -> Iterator[Result]:
        nonlocal is_first
        for result in whole(*arguments):
            if is_first:
                is_first = False
                change(changing)
            yield result

    monkeypatch.setattr(staged_split, "results", disturbed)
    outcome = run([changing, quiet], tmp_path / "out")
    assert outcome.exit_code == 3
    warning = f"{changing} changed while the run was under way; nothing of it is published"
    assert warning in outcome.warnings
    assert {row["input"] for row in table(outcome, "articles")} == {str(quiet)}
    assert [(row["input"], row["reason"]) for row in table(outcome, "rejected")] == [
        (str(changing), "changed")
    ]
    inputs = [path for path in (changing, quiet) if path.exists()]
    again = run(inputs, tmp_path / "out")
    assert again.is_new
    assert {row["input"] for row in table(again, "articles")} == set(map(str, inputs))


def test_a_changed_file_is_read_anew_also_where_everything_looks_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changing = jsonl(tmp_path / "changing.jsonl", rows(1, 2))
    monkeypatch.setattr(staged_split, "has_changed", lambda _: True)
    assert run([changing], tmp_path / "out").exit_code == 3
    monkeypatch.undo()
    again = run([changing], tmp_path / "out")
    assert (again.is_new, again.exit_code, len(table(again, "articles"))) == (True, 0, 2)


def test_our_own_output_is_never_input(tmp_path: Path) -> None:
    jsonl(tmp_path / "rows.jsonl", rows(1, 2))
    output = tmp_path / "out"
    first = run([tmp_path], output)
    for number in (2, 3):  # published tables, staged ones, links and metrics lie there by now
        outcome = run([tmp_path], output, run_id=f"again-{number}")
        assert [file["path"] for file in outcome.manifest["inputs"]] == [
            file["path"] for file in first.manifest["inputs"]
        ]


def test_formats_and_records_are_told_file_by_file(tmp_path: Path) -> None:
    jsonl(tmp_path / "a.jsonl", [*rows(1, 2), "no JSON"])
    (tmp_path / "b.txt").write_text(story(3))
    outcome = run([tmp_path], tmp_path / "out")
    assert [
        (Path(file["path"]).name, file["format"], file["records"], file["there"])
        for file in outcome.manifest["inputs"]
    ] == [("a.jsonl", "jsonl", 3, 3), ("b.txt", "text", 1, 1)]


def test_a_record_that_a_reader_lost_is_a_warning_that_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = jsonl(tmp_path / "a.jsonl", rows(1, 2, 3))
    whole = read_split.results
    monkeypatch.setattr(staged_split, "results", lambda *arguments: list(whole(*arguments))[1:])
    outcome = run([path], tmp_path / "out")
    assert outcome.exit_code == 3
    [warning] = outcome.warnings
    assert warning.startswith(f"{path} holds 3 records by a count of its own, 2 were accounted for")

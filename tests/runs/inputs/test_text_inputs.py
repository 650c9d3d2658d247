"""Texts that somebody extracted before us: rows and files of every format that is read."""

import csv
import gzip
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.runs.makers import jsonl, run, run_rows, story, table

UNKNOWN = ("url", "host", "source_id", "outlet", "published_at", "title", "fetched_at", "section")


def test_what_a_text_does_not_say_is_null(tmp_path: Path) -> None:
    (article,) = run_rows(tmp_path, [{"text": story(1)}])
    assert {name: article[name] for name in UNKNOWN} == dict.fromkeys(UNKNOWN)


def test_an_outlet_without_address_is_a_source_by_its_name(tmp_path: Path) -> None:
    (article,) = run_rows(tmp_path, [{"text": story(1), "outlet": "The Post"}])
    assert article["source_id"] == "The Post"


def test_a_host_of_which_only_the_front_page_is_known_is_a_source(tmp_path: Path) -> None:
    (article,) = run_rows(tmp_path, [{"text": story(1), "url": "https://post.example/"}])
    assert article["source_id"] == "post.example"


def test_texts_without_any_outlet_are_matched_and_no_source(tmp_path: Path) -> None:
    outcome = run([jsonl(tmp_path / "a.jsonl", [{"text": story(1)}] * 3)], tmp_path / "out")
    (cluster,) = table(outcome, "clusters")
    assert (cluster["n_articles"], table(outcome, "sources")) == (3, [])


def test_odd_values_of_other_columns_cost_no_article(tmp_path: Path) -> None:
    odd = ['"\\ud800"', '"a\\u0000b"', "1e400", "-9" + "9" * 300, "[[[]]]", '{"a": 1}', "true"]
    names = ("title", "outlet", "author", "date", "section", "language")
    rows = [
        f'{{"text": "{story(number)}", ' + ", ".join(f'"{name}": {value}' for name in names) + "}"
        for number, value in enumerate(odd)
    ]
    articles = run_rows(tmp_path, rows)
    assert [article["published_at"] for article in articles] == [None] * len(odd)


def test_a_lone_surrogate_in_the_text_is_replaced(tmp_path: Path) -> None:
    (article,) = run_rows(tmp_path, [f'{{"text": "{story(1)} \\ud800 end"}}'])
    assert article["text"].endswith("\ufffd end")


def test_nul_bytes_are_taken_out_of_a_text(tmp_path: Path) -> None:
    (article,) = run_rows(tmp_path, [{"text": f"{story(1)} a\0b"}])
    assert article["text"].endswith("ab")


def test_json_lines_are_read_compressed_or_not(tmp_path: Path) -> None:
    suffixes = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
    files = [
        jsonl(tmp_path / f"{at}{suffix}", [{"text": story(at)}])
        for at, suffix in enumerate(suffixes)
    ]
    assert len(table(run(files, tmp_path / "out"), "articles")) == len(suffixes)


def test_csv_is_read_compressed_or_not(tmp_path: Path) -> None:
    plain, packed = tmp_path / "rows.csv", tmp_path / "rows.csv.gz"
    with plain.open("w", newline="") as stream:
        csv.writer(stream).writerows([["title", "text"], ["One, two", story(1)]])
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    articles = table(run([plain, packed], tmp_path / "out"), "articles")
    assert [article["title"] for article in articles] == ["One, two"] * 2


def test_a_folder_of_texts_is_one_article_each(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    (folder / "below").mkdir(parents=True)
    for place in ("a.txt", "ü ñ=[1]*.txt", "below/b.txt"):
        (folder / place).write_text(f"A headline\n{story(len(place))}\n{story(1)}")
    (folder / "c.txt.gz").write_bytes(gzip.compress(story(9).encode()))
    names = {Path(row["input"]).name for row in table(run([folder], tmp_path / "out"), "articles")}
    assert names == {"a.txt", "ü ñ=[1]*.txt", "b.txt", "c.txt.gz"}


def test_a_folder_of_pages_is_one_article_each(tmp_path: Path) -> None:
    for number in range(2):
        html = f"<html><body><h1>Fish</h1><p>{story(number)}</p></body></html>"
        (tmp_path / f"{number}.html").write_text(html)
    assert len(table(run([tmp_path / "*.html"], tmp_path / "out"), "articles")) == 2


def test_a_file_of_unknown_format_in_a_folder_is_a_warning(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(story(1))
    (folder / "notes.docx").write_bytes(b"PK")
    outcome = run([folder], tmp_path / "out")
    assert outcome.exit_code == 3
    assert outcome.warnings == (f"{folder}/notes.docx was not read: its format is unknown",)


def test_dot_folders_are_no_input(tmp_path: Path) -> None:
    for place in ("a.txt", ".git/b.txt"):
        (tmp_path / "in" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / place).write_text(story(len(place)))
    assert len(table(run([tmp_path / "in"], tmp_path / "out"), "articles")) == 1


def test_a_file_name_that_is_no_utf_8_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text(story(1))
    (article,) = table(run([folder], tmp_path / "out"), "articles")
    assert article["input"].endswith("/\ufffd.txt")


def test_damage_inside_a_compressed_file_is_rejected_and_the_rest_kept(tmp_path: Path) -> None:
    content = bytearray(jsonl(tmp_path / "a.jsonl.gz", rows(400)).read_bytes())
    half = len(content) // 2
    content[half : half + 20] = b"\xff" * 20
    (tmp_path / "a.jsonl.gz").write_bytes(content)
    outcome = run([tmp_path / "a.jsonl.gz"], tmp_path / "out")
    assert "unreadable" in {row["reason"] for row in table(outcome, "rejected")}
    assert table(outcome, "articles")


@pytest.mark.parametrize("split_bytes", [10_000, 100_000_000])
def test_rows_of_a_parquet_file_are_the_same_however_it_is_split(
    tmp_path: Path, split_bytes: int
) -> None:
    values = rows(2500)
    pq.write_table(pa.Table.from_pylist(values), tmp_path / "rows.parquet", row_group_size=700)
    outcome = run([tmp_path / "rows.parquet"], tmp_path / "out", f"input.split_bytes={split_bytes}")
    texts = {row["position"]: row["text"] for row in table(outcome, "articles")}
    assert texts == {place: row["text"] for place, row in enumerate(values, 1)}


def test_odd_types_of_parquet_cost_no_row(tmp_path: Path) -> None:
    columns: dict[str, Any] = {
        "text": pa.array([story(1), story(2)]).dictionary_encode(),
        "title": pa.array([b"\xff\xfe"] * 2, pa.binary()),
        "date": pa.array([1_772_445_600_123_456_000] * 2, pa.timestamp("ns")),
        "section": pa.array([[1], []]),
        "url": pa.array(["https://a.example/1", None], pa.large_string()),
    }
    pq.write_table(pa.table(columns), tmp_path / "odd.parquet")
    assert len(table(run([tmp_path / "odd.parquet"], tmp_path / "out"), "articles")) == 2


def test_columns_of_other_names_are_mapped(tmp_path: Path) -> None:
    (article,) = run_rows(tmp_path, [{"rumpf": story(1)}], "input.columns.text=rumpf")
    assert article["word_count"] == 80


def rows(count: int) -> list[dict[str, str]]:
    return [{"text": story(number)} for number in range(count)]

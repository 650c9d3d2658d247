"""Tables as spreadsheets, databases and scripts write them, packed or not, whatever their names."""

import bz2
import gzip
import json
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.config.settings import Settings
from pipelines.stages.extract.inputs import InputFile, Split, find_files
from pipelines.stages.extract.read_split import Record, read_stream
from schemas.page import Rejected, TextRow
from sources.tables import text_stream
from sources.tables.column_mappings import DEFAULT
from sources.tables.csv_rows import read_csv
from sources.tables.json_rows import read_json

ROWS = [
    {"url": "https://a.example/1", "text": 'He said: "no; never, at all|once".'},
    {"url": "https://a.example/2", "text": "Two\nlines, and\tmore"},
]


def read(data: bytes, kind: str, name: str = "in/file") -> list[Record]:
    file = InputFile(name, len(data), 0.0, kind)
    return list(read_stream(BytesIO(data), file, Split((file,)), Settings()))


def texts(data: bytes, kind: str = "csv") -> list[str]:
    return [record.text for record in read(data, kind) if isinstance(record, TextRow)]


def written(delimiter: str, quote_all: bool = False) -> str:
    quoted = [f'"{row["text"]}"' for row in ROWS]
    inner = [text[0] + text[1:-1].replace('"', '""') + text[-1] for text in quoted]
    lines = [
        delimiter.join([f'"{row["url"]}"' if quote_all else row["url"], text])
        for row, text in zip(ROWS, inner, strict=True)
    ]
    return "\n".join([delimiter.join(("url", "text")), *lines, ""])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("before", ["", "# a note\n", "\n\n", "\ufeff"])
@pytest.mark.parametrize("quote_all", [True, False])
def test_the_delimiter_is_told_by_the_header(delimiter: str, before: str, quote_all: bool) -> None:
    data = (before + written(delimiter, quote_all)).encode()
    assert texts(data) == [row["text"] for row in ROWS]


def test_a_line_that_names_the_delimiter_is_believed() -> None:
    assert texts(("sep=;\n" + written(";")).encode()) == [row["text"] for row in ROWS]


def test_a_delimiter_that_is_set_goes_before_what_is_seen() -> None:
    rows = list(
        read_csv(BytesIO(b"url,a:text,b\nx,1:words said\n"), "in.csv", DEFAULT, "auto", ":")
    )
    assert [row.message for row in rows if isinstance(row, Rejected)] != []
    rows = list(read_csv(BytesIO(b"url:text\n:words, said\n"), "in.csv", DEFAULT, "auto", ":"))
    assert [row.text for row in rows if isinstance(row, TextRow)] == ["words, said"]


def test_quotes_that_are_escaped_by_a_backslash_are_read() -> None:
    data = b'url,text\n,"He said: \\"no\\", twice"\n,"and a \\\\ in it"\n'
    assert texts(data) == ['He said: "no", twice', "and a \\ in it"]


def test_a_quote_that_never_closes_costs_its_row_which_is_told_by_its_line() -> None:
    rows = read(b'url,text\n,before\n,"open\n,after\n,"whole\nrow"\n,last\n', "csv")
    positions = [row.position for row in rows if isinstance(row, Rejected)]
    assert positions == [3]
    assert [row.text for row in rows if isinstance(row, TextRow)] == [
        *("before", "after", "whole\nrow", "last"),
    ]


@pytest.mark.parametrize("name", ["a.CSV.GZ", "a.csv.gz", "a.csv", "a.csv.zst", "a.tsv.gz"])
@pytest.mark.parametrize("packing", ["none", "gzip", "zstd"])
def test_whether_a_file_is_packed_is_told_by_its_content(
    name: str, packing: str, tmp_path: Path
) -> None:
    data = written(",").encode()
    packed = {
        "none": data,
        "gzip": gzip.compress(data),
        "zstd": pa.compress(data, codec="zstd", asbytes=True),
    }[packing]
    (tmp_path / name).write_bytes(packed)
    [file] = find_files([str(tmp_path)]).files
    records = list(read_stream(BytesIO(packed), file, Split((file,)), Settings()))
    assert [record.text for record in records if isinstance(record, TextRow)] == [
        row["text"] for row in ROWS
    ]


def test_a_packing_that_is_not_known_is_told() -> None:
    records = read(bz2.compress(written(",").encode()), "csv")
    assert records == [] or all(isinstance(record, Rejected) for record in records)
    assert records


def test_what_a_file_unpacks_to_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_stream, "MOST_UNPACKED", 100_000)
    monkeypatch.setattr(text_stream, "MOST_TIMES", 2)
    lines = "".join(json.dumps({"text": f"number {n}"}) + "\n" for n in range(20_000))
    records = read(gzip.compress(lines.encode()), "jsonl")
    assert isinstance(records[-1], Rejected)
    assert records[-1].reason == "unreadable"
    assert 1_000 < len(records) < 19_000


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("is_array", [True, False])
def test_json_is_read_as_an_array_or_as_objects(indent: int | None, is_array: bool) -> None:
    dumped = [json.dumps(row, indent=indent) for row in ROWS]
    data = ("[" + ",".join(dumped) + "]" if is_array else "\n".join(dumped)).encode()
    assert texts(data, "jsonl") == [row["text"] for row in ROWS]


def test_nan_is_no_value_and_no_fault() -> None:
    line = b'{"text": "words said", "title": NaN, "url": NaN, "published_at": -Infinity}'
    [row] = read(line, "jsonl")
    assert isinstance(row, TextRow)
    assert (row.title, row.url, row.published_at, row.flags) == (None, None, None, ())


def test_columns_of_hive_folders_are_those_of_all_rows() -> None:
    name = "in/outlet=The%20Post/language=en/day=__HIVE_DEFAULT_PARTITION__/part.jsonl"
    rows = read(b'{"text": "a"}\n{"text": "b", "outlet": "Own"}\n', "jsonl", name)
    constants = [(row.outlet, row.language) for row in rows if isinstance(row, TextRow)]
    assert constants == [("The Post", "en"), ("Own", "en")]


def test_paragraphs_become_one_text_and_addresses_get_a_scheme() -> None:
    line = {
        "text": ["One.", None, "Two."],
        "url": "www.harbourpost.example/a",
        "author": ["A", "B"],
    }
    [row] = read_json(BytesIO(json.dumps(line).encode()), "in.jsonl", DEFAULT)
    assert isinstance(row, TextRow)
    assert (row.text, row.authors) == ("One.\nTwo.", ("A", "B"))
    assert row.url is not None
    assert row.url.endswith("://www.harbourpost.example/a")

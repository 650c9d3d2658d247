"""The outside count: what a run says it read is what stands there, in every form of file."""

import json
import random
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.config.settings import Settings
from pipelines.errors import UsageError
from pipelines.stages.extract.inputs import InputFile, Split, find_files
from pipelines.stages.extract.outside_count import outside_count
from pipelines.stages.extract.read_split import Record, read_stream
from schemas.page import Rejected
from tests.sources.makers import member, warc_record
from tests.sources.readers.test_wacz import wacz

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def records(data: bytes, kind: str, name: str = "in/file") -> list[Record]:
    file = InputFile(name, len(data), 0.0, kind)
    return list(read_stream(BytesIO(data), file, Split((file,)), Settings()))


def accounted_for(outcomes: Sequence[Record]) -> int:
    return sum(record.records if isinstance(record, Rejected) else 1 for record in outcomes)


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 2]))
def test_an_array_is_counted_as_it_is_read(values: list[object], indent: int | None) -> None:
    data = json.dumps(values, ensure_ascii=False, indent=indent).encode()
    assert (
        outside_count(BytesIO(data), "jsonl")
        == len(values)
        == accounted_for(records(data, "jsonl"))
    )


@given(st.lists(st.dictionaries(st.text(max_size=3), VALUES, min_size=1), min_size=1, max_size=4))
def test_objects_of_several_lines_are_counted_as_they_are_read(values: list[object]) -> None:
    data = "\n".join(json.dumps(value, indent=1) for value in values).encode()
    assert (
        outside_count(BytesIO(data), "jsonl")
        == len(values)
        == accounted_for(records(data, "jsonl"))
    )


@pytest.mark.parametrize("broken", [b"[{]", b"[{}", b'[{"a": "b]', b"[1] [2]", b"[1]]"])
def test_an_array_that_is_none_is_not_counted(broken: bytes) -> None:
    assert outside_count(BytesIO(broken), "jsonl") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("packing", ["plain", "gzip", "zstd"])
@pytest.mark.parametrize("kind", ["jsonl", "csv", "array"])
def test_tables_are_counted_however_they_are_written(
    kind: str, packing: str, encoding: str
) -> None:
    rows = [{"url": f"https://a.example/{n}", "text": "é said,\n\nand"} for n in range(7)]
    lines = [f'{row["url"]},"{row["text"]}"' for row in rows]
    text = {
        "jsonl": "\n".join(map(json.dumps, rows)),
        "csv": "\n".join(["url,text", *lines]),
        "array": json.dumps(rows),
    }[kind]
    data = text.encode(encoding)
    if packing != "plain":
        data = pa.compress(data, codec=packing, asbytes=True)
    form = "csv" if kind == "csv" else "jsonl"
    assert outside_count(BytesIO(data), form) == 7 == accounted_for(records(data, form))


def test_joined_lines_are_counted_as_they_are_read() -> None:
    data = b'{"text": "a"}{"text": "} {"} \r{"text": "c"}\n{"text": "d"}\n'
    assert outside_count(BytesIO(data), "jsonl") == accounted_for(records(data, "jsonl")) == 4
    assert outside_count(BytesIO(b"url,text\na,b\rc,d\n"), "csv") is None


def test_a_table_of_odd_quotes_is_not_counted() -> None:
    rows = 'https://a.example/1,No. 1","a\n\nb"\n' * 2
    assert outside_count(BytesIO(f"url,title,text\n{rows}".encode()), "csv") is None


def test_what_a_zip_cannot_give_is_not_counted_and_costs_nothing_else() -> None:
    archive = bytearray(wacz({"archive/a.warc.gz": member(warc_record(b"<p>x</p>"))}).getvalue())
    entry = archive.index(b"PK\x01\x02")
    archive[entry + 10 : entry + 12] = (99).to_bytes(2, "little")  # a method that nobody has
    assert outside_count(BytesIO(bytes(archive)), "wacz") is None
    [rejected] = records(bytes(archive), "wacz")
    assert isinstance(rejected, Rejected)


def test_records_packed_by_zstd_are_counted() -> None:
    whole = b"".join(warc_record(b"<p>x</p>", url=f"https://a.example/{n}") for n in range(5))
    data = pa.compress(whole, codec="zstd", asbytes=True)
    assert outside_count(BytesIO(data), "warc") == 5 == accounted_for(records(data, "warc"))


def test_what_a_member_unpacks_to_is_bounded() -> None:
    bomb = member(b"WARC/1.0\r\nContent-Length: 600000000\r\n\r\n" + bytes(300 << 20))
    assert outside_count(BytesIO(bomb), "warc") is None


@pytest.mark.parametrize("folder", ["data/crawl", "data/real", "data/hostile", "cases/inputs"])
def test_every_shared_input_is_accounted_for(folder: str, shared: Path) -> None:
    root = shared.parent / folder
    if not root.is_dir():
        pytest.skip(f"{root} is not here")
    files = 0
    for path in sorted(entry for entry in root.rglob("*") if entry.is_file()):
        try:
            [file] = find_files([str(path)]).files
        except UsageError:
            continue
        if file.format in ("html", "text") or path.name in ("case.json", "truth.json"):
            continue
        outcomes = records(path.read_bytes(), file.format, str(path))
        there = outside_count(BytesIO(path.read_bytes()), file.format)
        is_damaged = any(isinstance(record, Rejected) and not record.url for record in outcomes)
        files += 1
        if there is None:
            continue
        read = accounted_for(outcomes)
        assert read == there or (is_damaged and read > there), (path, read, there)
    assert files


def test_a_row_group_that_ends_before_its_last_row_is_told() -> None:
    rows = [{"url": f"https://a.example/{n}", "text": "words said"} for n in range(3)]
    sink = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink, use_dictionary=False, compression="none")
    whole = sink.getvalue()
    for at in range(4, 40):  # the header of a page, which tells how many values it has
        data = whole[:at] + b"\0" + whole[at + 1 :]
        assert outside_count(BytesIO(data), "parquet") == 3
        assert accounted_for(records(data, "parquet")) == 3, at


def test_no_byte_of_a_footer_ends_the_process_or_loses_rows_without_a_word() -> None:
    rows = [{"url": f"https://a.example/{n}", "text": "words said"} for n in range(4)]
    sink = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink, row_group_size=2)
    whole = sink.getvalue()
    footer = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    for at in range(footer, len(whole) - 8):
        for byte in (whole[at] ^ 1, whole[at] ^ 4, 0x7F):
            data = whole[:at] + bytes([byte]) + whole[at + 1 :]
            outcomes, there = records(data, "parquet"), outside_count(BytesIO(data), "parquet")
            is_told = any(isinstance(record, Rejected) for record in outcomes)
            assert is_told or there is None or accounted_for(outcomes) >= there, (at, byte)


class Read(BytesIO):
    """A file that knows how many bytes were read of it."""

    bytes_read = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.bytes_read += len(piece)
        return piece


def test_a_split_reads_no_more_than_its_part_of_a_packed_file() -> None:
    members = [member(warc_record(random.Random(n).randbytes(90_000))) for n in range(20)]
    data, half = b"".join(members), sum(map(len, members[:10]))
    first, whole = Read(data), Read(data)
    assert (outside_count(first, "warc", 0, half), outside_count(whole, "warc")) == (10, 20)
    assert first.bytes_read < 0.6 * whole.bytes_read

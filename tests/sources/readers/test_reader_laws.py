"""Every reader on files that were damaged: nothing is lost, nothing raises, nothing is read twice.

What each of them accounts for is held against a count that knows nothing of it. The short version
runs always; `pytest -m slow` looks at 60 times as many, seeded, so that a failure can be had again.
"""

import gzip
import json
from collections.abc import Callable, Sequence
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from pipelines.config.settings import Settings
from pipelines.stages.extract.inputs import InputFile, Split
from pipelines.stages.extract.outside_count import outside_count
from pipelines.stages.extract.read_split import Record, read_stream
from schemas.page import Rejected, Skipped
from tests.sources.makers import member, warc_record

SHORT = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=3_600, deadline=None, suppress_health_check=list(HealthCheck))
PAGE = b"<html><p>The council met. \xc3\xa9</p></html>"
PIECES = st.sampled_from(
    [
        *(b"\r\n\r\n", b"\n", b"\r", b"WARC/1.0\r\n", b"Content-Length: 9\r\n", b"\x1f\x8b\x08"),
        *(b'"', b'""', b",", b";", b"\\", b"[", b"{", b"}", b"NaN", b"null", b"\xff\xfe", b"\0"),
        *(b"HTTP/1.1 100 Continue\r\n\r\n", b"WARC-Type: revisit\r\n", b"PAR1", b"99999999999"),
    ]
)
Damage = Sequence[tuple[int, bytes, bool]]
DAMAGES = st.lists(
    st.tuples(st.integers(0, 6_000), PIECES | st.binary(max_size=30), st.booleans()), max_size=4
)


def damaged(data: bytes, damage: Damage) -> bytes:
    """The data with bytes put over others, or in between."""
    changed = bytearray(data)
    for at, put, is_over in damage:
        changed[at : at + (len(put) if is_over else 0)] = put
    return bytes(changed)


def outcomes(data: bytes, kind: str, start: int = 0, end: int | None = None) -> list[Record]:
    file = InputFile("in/file", len(data), 0.0, kind)
    return list(read_stream(BytesIO(data), file, Split((file,), start, end), Settings()))


def accounted_for(records: Sequence[Record]) -> int:
    return sum(record.records if isinstance(record, Rejected) else 1 for record in records)


def warc(n: int, is_packed: bool, is_one_member: bool) -> bytes:
    records = [
        warc_record(PAGE * (1 + number), url=f"https://a.example/{number}") for number in range(n)
    ]
    if not is_packed:
        return b"".join(records)
    return gzip.compress(b"".join(records)) if is_one_member else b"".join(map(member, records))


def rows(n: int) -> list[dict[str, object]]:
    return [
        {"url": f"https://a.example/{number}", "title": f"No. {number}", "text": "é \n\n said" * 9}
        for number in range(n)
    ]


def jsonl(n: int) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(n)).encode()


def csv(n: int) -> bytes:
    lines = [f'{row["url"]},"{row["title"]}","{row["text"]}"' for row in rows(n)]
    return "\n".join(["url,title,text", *lines, ""]).encode()


def parquet(n: int) -> bytes:
    sink = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows(n)), sink, row_group_size=4)
    return sink.getvalue()


MAKERS: dict[str, Callable[[int], bytes]] = {"jsonl": jsonl, "csv": csv, "parquet": parquet}


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("n", [0, 1, 9])
def test_whole_tables_hold_what_is_there(kind: str, n: int) -> None:
    data = MAKERS[kind](n)
    assert accounted_for(outcomes(data, kind)) == outside_count(BytesIO(data), kind) == n


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("is_one_member", [True, False])
@pytest.mark.parametrize("n", [1, 9])
def test_whole_archives_hold_what_is_there(n: int, is_packed: bool, is_one_member: bool) -> None:
    data = warc(n, is_packed, is_one_member)
    assert accounted_for(outcomes(data, "warc")) == outside_count(BytesIO(data), "warc") == n


def check_archive(damage: Damage, n: int, is_packed: bool, is_one_member: bool) -> None:
    data = damaged(warc(n, is_packed, is_one_member), damage)
    records = outcomes(data, "warc")
    there = outside_count(BytesIO(data), "warc")
    assert there is None or accounted_for(records) >= there, (accounted_for(records), there)
    half = len(data) // 2
    parts = [*outcomes(data, "warc", 0, half), *outcomes(data, "warc", half)] if half else records
    assert _pages(parts) == _pages(records)


def _pages(records: Sequence[Record]) -> list[tuple[int, str | None]]:
    return [
        (record.position, record.url)
        for record in records
        if not isinstance(record, Rejected | Skipped)
    ]


def check_table(damage: Damage, n: int, kind: str) -> None:
    data = damaged(MAKERS[kind](n), damage)
    records = outcomes(data, kind)
    there = outside_count(BytesIO(data), kind)
    is_told = any(isinstance(record, Rejected) for record in records)
    assert there is None or is_told or accounted_for(records) >= there
    positions = [record.position for record in records]
    assert positions == sorted(positions)


@seed(1)
@SHORT
@given(DAMAGES, st.integers(1, 6), st.booleans(), st.booleans())
def test_a_damaged_archive_loses_nothing_without_a_word(
    damage: Damage, n: int, is_packed: bool, is_one_member: bool
) -> None:
    check_archive(damage, n, is_packed, is_one_member)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_damaged_table_loses_nothing_without_a_word(kind: str) -> None:
    seed(2)(SHORT(given(DAMAGES, st.integers(0, 9), st.just(kind))(check_table)))()


@pytest.mark.slow
def test_many_damaged_archives_lose_nothing_without_a_word() -> None:
    seed(3)(LONG(given(DAMAGES, st.integers(1, 6), st.booleans(), st.booleans())(check_archive)))()


@pytest.mark.slow
@pytest.mark.parametrize("kind", MAKERS)
def test_many_damaged_tables_lose_nothing_without_a_word(kind: str) -> None:
    seed(4)(LONG(given(DAMAGES, st.integers(0, 9), st.just(kind))(check_table)))()

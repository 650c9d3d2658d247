import gzip
import itertools
import json
import tracemalloc
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.page import Page, Rejected
from sources.readers.warc import read_warc
from sources.urls import public_url
from tests.sources.makers import kinds, member, read, warc_record

PAGE = b"<html><p>text</p></html>"
RECORDS = [
    warc_record(PAGE, url="https://a.com/1"),
    warc_record(PAGE, url="https://a.com/2", status="404 Not Found"),
    warc_record(PAGE * 40, url="https://a.com/3"),
    warc_record(b"\x89PNG", url="https://a.com/4", headers=["Content-Type: image/png"]),
    warc_record(PAGE, url="javascript:alert(1)"),
    warc_record(b"", url="https://a.com/6", kind="request"),
]
COMPRESSED = b"".join(map(member, RECORDS))
DAMAGED = (
    member(RECORDS[0])
    + b"garbage between members"
    + member(RECORDS[2])[:-9]
    + member(RECORDS[1])
    + member(RECORDS[2])[:40]
)


def test_every_record_is_a_page_or_has_a_reason() -> None:
    assert kinds(read(COMPRESSED)) == [
        "page",
        "status-404",
        "page",
        "media-type",
        "bad-address",
        "record-type",
    ]


def test_compressed_and_plain_files_hold_the_same_records() -> None:
    assert kinds(read(b"".join(RECORDS))) == kinds(read(COMPRESSED))


def test_the_position_is_the_offset_of_the_member() -> None:
    second = len(member(RECORDS[0]))
    assert [outcome.position for outcome in read(COMPRESSED)][:2] == [0, second]


@given(st.lists(st.integers(0, len(COMPRESSED) + 9), max_size=5), st.booleans())
def test_splits_anywhere_give_the_same_records(cuts: list[int], is_damaged: bool) -> None:
    data = DAMAGED if is_damaged else COMPRESSED
    bounds: list[int | None] = [0, *sorted(cuts), None]
    parts = [read(data, a or 0, b) for a, b in itertools.pairwise(bounds)]
    assert [outcome for part in parts for outcome in part] == read(data)


@given(st.lists(st.integers(0, sum(map(len, RECORDS)) + 9), max_size=4))
def test_splits_of_a_plain_file_give_the_same_records(cuts: list[int]) -> None:
    data = b"".join(RECORDS)
    bounds: list[int | None] = [0, *sorted(cuts), None]
    parts = [read(data, a or 0, b) for a, b in itertools.pairwise(bounds)]
    assert [outcome for part in parts for outcome in part] == read(data)


@given(st.integers(0, len(COMPRESSED) - 1), st.binary(min_size=1, max_size=30))
def test_damage_anywhere_never_raises_and_is_never_silent(at: int, junk: bytes) -> None:
    damaged = COMPRESSED[:at] + junk + COMPRESSED[at + len(junk) :]
    outcomes = read(damaged)
    if damaged != COMPRESSED:
        lost = [outcome for outcome in read(COMPRESSED) if outcome not in outcomes]
        new = [outcome for outcome in outcomes if outcome not in read(COMPRESSED)]
        assert new or not lost


@given(st.integers(1, len(COMPRESSED) - 1))
def test_a_truncated_file_says_so(size: int) -> None:
    outcomes = read(COMPRESSED[:size])
    ends = {sum(len(member(record)) for record in RECORDS[:n]) for n in range(len(RECORDS) + 1)}
    assert size in ends or isinstance(outcomes[-1], Rejected)


def test_a_corrupt_member_does_not_cost_its_neighbours() -> None:
    corrupt = bytearray(member(RECORDS[2]))
    corrupt[30:60] = b"\xff" * 30
    data = member(RECORDS[0]) + bytes(corrupt) + member(RECORDS[2])
    assert kinds(read(data)) == ["page", "corrupt", "page"]


def test_a_checksum_that_does_not_match_rejects_the_page() -> None:
    wrong = bytearray(member(RECORDS[0]))
    wrong[-8] ^= 1
    assert kinds(read(bytes(wrong))) == ["corrupt"]


@pytest.mark.parametrize("error", [7, 4000])
def test_a_length_that_promises_too_much_is_reported(error: int) -> None:
    wrong = warc_record(PAGE, length_error=error)
    assert kinds(read(member(wrong) + member(RECORDS[0]))) == ["wrong-length", "page"]


def test_a_length_that_promises_too_little_is_reported() -> None:
    wrong = warc_record(PAGE, length_error=-9)
    assert kinds(read(member(wrong) + member(RECORDS[0]))) == ["wrong-length", "page"]


def test_a_plain_file_goes_on_after_damage() -> None:
    data = RECORDS[0] + b"junk that is no record\r\n\r\n" + RECORDS[2]
    assert kinds(read(data)) == ["page", "corrupt", "page"]


CORRUPT = member(RECORDS[2])[:30] + b"\xff" * 30 + member(RECORDS[2])[60:]
LONG_LENGTH = warc_record(PAGE, length_error=4000)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ([member(RECORDS[0]), CORRUPT, member(RECORDS[2])], "corrupt"),
        ([member(RECORDS[0]), b"between members", member(RECORDS[2])], "corrupt"),
        ([member(RECORDS[0]), member(LONG_LENGTH), member(RECORDS[2])], "wrong-length"),
        ([member(RECORDS[0]), member(RECORDS[2])[:120]], "truncated"),
        ([RECORDS[0], b"no record here\r\n\r\n", RECORDS[2]], "corrupt"),
    ],
)
def test_what_is_lost_is_rejected_at_its_offset(parts: list[bytes], reason: str) -> None:
    lost = [outcome for outcome in read(b"".join(parts)) if isinstance(outcome, Rejected)]
    assert [(outcome.reason, outcome.position, outcome.stage) for outcome in lost] == [
        (reason, len(parts[0]), "read")
    ]


def test_damage_of_any_size_is_passed_over_in_pieces() -> None:
    """Forty megabytes that are no member, and what looks like the beginning of many."""
    junk = (b"\x1f\x8b\x08" + bytes(range(1, 256)) * 257) * 600
    data = BytesIO(member(RECORDS[0]) + junk + member(RECORDS[2]))
    tracemalloc.start()
    try:
        assert kinds(list(read_warc(data, "file.warc"))) == ["page", "corrupt", "page"]
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_an_empty_file_holds_nothing() -> None:
    assert read(b"") == []


@pytest.mark.parametrize("data", [b"hello world" * 9, gzip.compress(b"hello world", mtime=0)])
def test_a_file_that_is_no_warc_is_rejected_once(data: bytes) -> None:
    assert kinds(read(data)) == ["not-a-warc"]


def test_zeros_after_the_last_member_are_padding() -> None:
    assert kinds(read(member(RECORDS[0]) + b"\0" * 512)) == ["page"]


def test_a_file_compressed_as_one_member_is_read_by_the_first_split() -> None:
    data = member(RECORDS[0] + RECORDS[2])
    assert kinds(read(data, 0, 5)) == ["page", "page"]
    assert read(data, 5) == []


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("gzip", PAGE),
        ("br", PAGE),
    ],
)
def test_content_encodings_are_undone_where_they_were_applied(encoding: str, body: bytes) -> None:
    headers = ["Content-Type: text/html", f"Content-Encoding: {encoding}"]
    [outcome] = read(member(warc_record(body, headers=headers)))
    assert isinstance(outcome, Page)
    assert outcome.body == PAGE


def test_chunks_are_joined() -> None:
    headers = ["Content-Type: text/html", "Transfer-Encoding: chunked"]
    body = b"6\r\n<html>\r\n4\r\ntext\r\n0\r\n\r\n"
    [outcome] = read(member(warc_record(body, headers=headers)))
    assert isinstance(outcome, Page)
    assert outcome.body == b"<html>text"


def test_a_compression_bomb_is_too_large() -> None:
    headers = ["Content-Type: text/html", "Content-Encoding: gzip"]
    bomb = gzip.compress(b"a" * 10_000_000)
    assert kinds(read(member(warc_record(bomb, headers=headers)), max_page_bytes=10**6)) == [
        "too-large"
    ]


def test_a_page_over_the_limit_is_never_held() -> None:
    data = member(warc_record(b"a" * 60_000_000))
    tracemalloc.start()
    try:
        assert kinds(read(data)) == ["too-large"]
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_headers_say_charset_media_type_and_time() -> None:
    headers = ['Content-Type: Text/HTML; charset="Windows-1251"']
    [outcome] = read(member(warc_record(PAGE, headers=headers)))
    assert isinstance(outcome, Page)
    assert (outcome.media_type, outcome.charset) == ("text/html", "windows-1251")
    assert outcome.fetched_at is not None
    assert outcome.fetched_at.isoformat() == "2026-03-05T10:00:00+00:00"


def test_user_and_password_never_leave_the_reader() -> None:
    [outcome] = read(member(warc_record(PAGE, url="https://u:secret@a.com/")))
    assert outcome.url == "https://a.com/"


def test_the_hostile_files_are_read_as_their_truth_says(shared: Path) -> None:
    truth = json.loads((shared / "hostile/truth.json").read_text())["hostile.warc.gz"]
    wanted = {public_url(url): case["expected"] for url, case in truth.items()}
    with (shared / "hostile/hostile.warc.gz").open("rb") as stream:
        for outcome in read_warc(stream, "hostile"):
            expected = wanted.get(outcome.url or "", "article")
            assert expected != "skipped" or not isinstance(outcome, Page | Rejected), outcome.url


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("truncated", ["page", "page", "truncated"]),
        ("corrupt-middle", ["page", "corrupt", "page"]),
        ("not-a-warc", ["not-a-warc"]),
        ("empty", []),
    ],
)
def test_damaged_files_report_what_was_lost(shared: Path, name: str, expected: list[str]) -> None:
    data = (shared / f"hostile/{name}.warc.gz").read_bytes()
    assert kinds(list(read_warc(BytesIO(data), name))) == expected

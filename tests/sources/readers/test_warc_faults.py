"""One bad header, length or member costs itself, and nothing behind it."""

import gzip
import itertools
from collections.abc import Sequence
from io import BytesIO

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.page import Page, Rejected, Revisit, TextRow
from sources.readers.http_head import MAX_HEAD_BYTES
from sources.readers.warc import read_payloads
from tests.sources.makers import kinds, member, read, warc_record

PAGE = b"<html><p>text</p></html>"
GOOD = warc_record(PAGE, url="https://a.example/good")


def bodies(data: bytes) -> list[bytes]:
    return [outcome.body for outcome in read(data) if isinstance(outcome, Page)]


def with_head(head: bytes, kind: str = "response", body: bytes = PAGE) -> bytes:
    """A record whose block is this head and the body."""
    block = head + body
    fields = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/odd\r\n"
    media = "Content-Type: application/http; msgtype=response\r\n"
    return f"{fields}{media}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nSet-Cookie: " + b"c" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n",
        b"HTTP/1.1 200 OK\nContent-Type: text/html\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\n",
        b"HTTP/1.1 200 OK\rContent-Type: text/html\r\r",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 3 + b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"http/1.1 200 ok\r\ncontent-type: TEXT/HTML\r\n\r\n",
        b"HTTP/1.1 200\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Type: image/png\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n:status: 200\r\nno colon\r\n folded\r\n\r\n",
    ],
)
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_page_is_read_whatever_stands_before_it(head: bytes, is_packed: bool) -> None:
    data = GOOD + with_head(head) + GOOD
    assert bodies(member(data) if is_packed else data) == [PAGE] * 3


def test_a_header_without_end_costs_its_page_alone() -> None:
    endless = with_head(b"HTTP/1.1 200 OK\r\nCookie: " + b"c" * (MAX_HEAD_BYTES + 9))
    outcomes = read(member(GOOD + endless + GOOD))
    assert kinds(outcomes) == ["page", "long-header", "page"]
    assert outcomes[1].url == "https://a.example/odd"


def test_field_names_and_media_types_are_read_in_any_case() -> None:
    record = GOOD.replace(b"WARC-Type: response", b"warc-TYPE: Response")
    record = record.replace(b"Content-Type: application/http", b"CONTENT-type: Application/HTTP")
    record = record.replace(b"Content-Length", b"content-length")
    assert bodies(record) == [PAGE]


def test_a_response_whose_record_names_no_media_type_is_a_page() -> None:
    lines = GOOD.split(b"\r\n")
    record = b"\r\n".join(
        outcome for outcome in lines if not outcome.startswith(b"Content-Type: application")
    )
    assert bodies(record) == [PAGE]


@pytest.mark.parametrize("wrong", [b"", b"Content-Length: many\r\n", b"Content-Length: -4\r\n"])
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_record_without_length_costs_itself(wrong: bytes, is_packed: bool) -> None:
    length = GOOD[GOOD.index(b"Content-Length") : GOOD.index(b"\r\n\r\n") + 2]
    data = GOOD + GOOD.replace(length, wrong) + GOOD
    assert kinds(read(member(data) if is_packed else data)) == ["page", "wrong-length", "page"]


@pytest.mark.parametrize("error", [-20, -1, 100, 9_000, 10**12])
@pytest.mark.parametrize("is_packed", [True, False])
def test_a_wrong_length_costs_its_record_alone(error: int, is_packed: bool) -> None:
    wrong = warc_record(PAGE, url="https://a.example/wrong", length_error=error)
    data = GOOD + wrong + GOOD * 20
    outcomes = read(member(data) if is_packed else data)
    assert kinds(outcomes) == ["page", "wrong-length", *["page"] * 20]


@given(st.lists(st.integers(5, 3 * len(GOOD) - 1), max_size=4, unique=True))
def test_a_record_may_stand_in_several_members(cuts: list[int]) -> None:
    data = GOOD * 3
    bounds = [0, *sorted(cuts), len(data)]
    pieces = [data[a:b] for a, b in itertools.pairwise(bounds)]
    assert bodies(b"".join(map(gzip.compress, pieces))) == [PAGE] * 3


def test_damage_behind_a_whole_record_leaves_it() -> None:
    more = gzip.compress(b"\r\n" + b"no record" * 400)
    outcomes = read(member(GOOD) + more[:-6] + member(GOOD))
    assert kinds(outcomes).count("page") == 2


def test_texts_of_conversion_records_are_rows() -> None:
    wet = (
        b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://a.example/t\r\n"
        b"WARC-Date: 2026-03-02T10:00:00Z\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n"
        b"words\r\n\r\n"
    )
    [row] = read(member(wet))
    assert isinstance(row, TextRow)
    assert (row.url, row.text, row.fetched_at) == (
        "https://a.example/t",
        "words",
        "2026-03-02T10:00:00+00:00",
    )


@pytest.mark.parametrize(
    ("written", "year", "flags"),
    [
        ("2026-03-02T10:00:00.123456Z", 2026, ()),
        ("20260302100000", 2026, ()),
        ("2026-03-02", 2026, ("fetched-at-day-only",)),
        ("2026-03", None, ("fetched-at-unread",)),
        ("yesterday", None, ("fetched-at-unread",)),
    ],
)
def test_a_time_that_cannot_be_read_is_flagged(
    written: str, year: int | None, flags: tuple[str, ...]
) -> None:
    [page] = read(GOOD.replace(b"2026-03-05T10:00:00Z", written.encode()))
    assert isinstance(page, Page)
    assert (page.fetched_at.year if page.fetched_at else None, page.flags) == (year, flags)


def test_damage_between_records_stands_for_no_record() -> None:
    data = member(GOOD) + b"junk" + member(GOOD)
    counted = sum(outcome.records for outcome in read(data) if isinstance(outcome, Rejected))
    assert counted == 0


@pytest.mark.parametrize("is_packed", [True, False])
def test_arc_files_are_read_as_warc_files_are(is_packed: bool) -> None:
    body = b"<html><p>of an ARC file</p></html>"
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    line = b"http://a.example/1 192.0.2.1 20260302100000 text/html %d\n" % len(block)
    first = b"filedesc://a.arc 0.0.0.0 20260302100000 text/plain 9\n1 0 crawl\n"
    parts = [first, line + block + b"\n", b"junk without meaning\n", line + block + b"\n"]
    data = b"".join(map(gzip.compress, parts)) if is_packed else b"".join(parts)
    outcomes = read(data)
    assert kinds(outcomes) == ["record-type", "page", "corrupt", "page"]
    assert isinstance(outcomes[1], Page)
    assert (outcomes[1].body, outcomes[1].url) == (body, "http://a.example/1")
    assert outcomes[1].fetched_at is not None


ARC_PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE


def arc_record(size: int = len(ARC_PAGE)) -> bytes:
    return b"http://a.example/1 192.0.2.1 20260302100000 text/html %d\n%s\n" % (size, ARC_PAGE)


@pytest.mark.parametrize("size", [0, 40, len(ARC_PAGE) + 58, 10**6, 10**14])
def test_an_arc_record_of_a_wrong_length_costs_itself(size: int) -> None:
    first = b"filedesc://a.arc 0.0.0.0 20260302100000 text/plain 4\n1 0 \n"
    outcomes = read(first + arc_record(size) + 3 * arc_record())
    assert kinds(outcomes)[-3:] == ["page"] * 3
    assert {"wrong-length", "corrupt"} & set(kinds(outcomes))


def test_an_arc_file_whose_first_line_is_damaged_is_read() -> None:
    first = b"f/ledesc://a.arc 0.0.0.0 20260302100000 text/plain 4\n1 0 \n"
    assert bodies(first + 2 * arc_record()) == [PAGE] * 2


def test_an_arc_file_of_a_page_that_holds_a_warc_record_is_one() -> None:
    first = b"filedesc://a.arc 0.0.0.0 20260302100000 text/plain 4\n1 0 \n"
    inside = arc_record().replace(PAGE, b"\nWARC/1.0\r\n" + PAGE[11:])
    assert len(bodies(first + inside + arc_record())) == 2


def test_an_arc_record_without_a_block_costs_itself() -> None:
    first = b"filedesc://a.arc 0.0.0.0 20260302100000 text/plain 4\n1 0 \n"
    line = arc_record().partition(b"\n")[0] + b"\n"
    assert kinds(read(first + line + 2 * arc_record()))[1:] == ["wrong-length", "page", "page"]


def test_a_header_that_is_cut_by_the_next_record_costs_its_own() -> None:
    for size in range(len(GOOD) - len(PAGE)):
        cut = GOOD[:size].rstrip() + b"\r\n"
        assert bodies(GOOD + cut + 2 * GOOD) == [PAGE] * 3, cut


def test_a_length_that_ends_behind_the_next_header_takes_no_page_along() -> None:
    head = GOOD.index(b"\r\n\r\n") + 4
    lying = GOOD.replace(
        b"Content-Length: %d" % (len(GOOD) - head - 4),
        b"Content-Length: %d" % (len(GOOD) - 4),
    )
    assert kinds(read(lying + 2 * GOOD)) == ["wrong-length", "page", "page"]


@pytest.mark.parametrize("mark", [b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18"])
def test_damage_that_looks_like_another_format_costs_its_record(mark: bytes) -> None:
    assert bodies(mark + GOOD[len(mark) :] + 2 * GOOD) == [PAGE] * 2


def revisit(url: str, digest: str, profile: str = "identical-payload-digest") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    fields = (
        f"WARC/1.1\r\nWARC-Type: revisit\r\nWARC-Target-URI: {url}\r\nWARC-Profile: x/{profile}\r\n"
        f"WARC-Date: 2026-03-06T10:00:00Z\r\nWARC-Payload-Digest: {digest}\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(head)}\r\n\r\n"
    )
    return fields.encode() + head + b"\r\n\r\n"


STORED = GOOD.replace(b"WARC-Date", b"WARC-Payload-Digest: sha1:AAA\r\nWARC-Date")


def packings(records: Sequence[bytes]) -> dict[str, bytes]:
    """The records as files are packed."""
    whole = b"".join(records)
    return {
        "plain": whole,
        "one-member": member(whole),
        "members": b"".join(map(member, records)),
        "zstd": pa.compress(whole, codec="zstd", asbytes=True),
    }


@pytest.mark.parametrize("packing", ["plain", "one-member", "members", "zstd"])
def test_a_revisit_names_the_payload_that_a_page_has(packing: str) -> None:
    copy = revisit("https://mirror.example/good", "SHA1:AAA")
    data = packings([GOOD, STORED, STORED, copy, GOOD])[packing]
    outcomes = read(data)
    assert kinds(outcomes) == ["page", "page", "page", "revisit-of", "page"]
    _, target, _, again, _ = outcomes
    assert isinstance(target, Page)
    assert isinstance(again, Revisit)
    assert again.payload_digest == target.payload_digest == "sha1:AAA"
    wanted = {target.position: {"sha1:AAA"}, outcomes[0].position: {"sha1:AAA", "sha1:BBB"}}
    pages = list(read_payloads(BytesIO(data), "file.warc", wanted))
    assert {page.body for page in pages} == {PAGE}
    assert {page.payload_digest for page in pages} == {"sha1:AAA"}


@pytest.mark.parametrize("packing", ["plain", "one-member", "members", "zstd"])
def test_a_payload_that_is_not_where_it_was_gives_nothing(packing: str) -> None:
    data = packings([GOOD, STORED])[packing]
    wanted = {3: {"sha1:AAA"}, 10**6: {"sha1:AAA"}}
    assert not list(read_payloads(BytesIO(data), "file.warc", wanted))


def test_a_revisit_of_a_page_that_was_not_modified_is_no_copy() -> None:
    data = STORED + revisit("https://a.example/good", "sha1:AAA", "server-not-modified")
    assert kinds(read(data)) == ["page", "revisit"]

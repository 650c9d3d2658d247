"""WARC files in a WACZ archive are read like any others."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from sources.readers.wacz import read_wacz
from tests.sources.makers import html, kinds, member, warc_record

RECORDS = b"".join(
    member(warc_record(html().encode(), url=f"https://a.example/{n}")) for n in range(3)
)


def wacz(parts: dict[str, bytes], method: int = ZIP_STORED) -> BytesIO:
    made = BytesIO()
    with ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
def test_every_page_of_every_warc_file_is_read(method: int) -> None:
    parts = {
        "datapackage.json": b"{}",
        "indexes/index.cdx.gz": RECORDS,
        "archive/b.warc.gz": RECORDS,
        "archive/a.warc.gz": RECORDS,
    }
    outcomes = list(read_wacz(wacz(parts, method), "crawl.wacz"))
    assert kinds(outcomes) == ["page"] * 6
    assert [outcome.input for outcome in outcomes][::3] == [
        "crawl.wacz/archive/a.warc.gz",
        "crawl.wacz/archive/b.warc.gz",
    ]


def test_damage_inside_is_found_and_what_follows_is_read() -> None:
    record = member(warc_record(html().encode()))
    broken = record + record[: len(record) // 2] + record
    kinds_read = kinds(list(read_wacz(wacz({"archive/a.warc.gz": broken}), "crawl.wacz")))
    assert kinds_read.count("page") == 2
    assert len(kinds_read) == 3


@pytest.mark.parametrize("content", [b"", b"no zip", wacz({"readme.txt": b"x"}).getvalue()])
def test_what_holds_no_warc_file_is_rejected_once(content: bytes) -> None:
    (rejected,) = read_wacz(BytesIO(content), "crawl.wacz")
    assert kinds([rejected]) == ["bad-wacz"]


def test_a_part_whose_length_is_wrong_is_rejected_and_the_next_one_is_read() -> None:
    record = member(warc_record(html().encode()))
    whole = wacz({"archive/a.warc.gz": record, "archive/b.warc.gz": record}).getvalue()
    entry = whole.index(b"PK\x01\x02")
    damaged = bytearray(whole)
    damaged[entry + 20 : entry + 28] = (len(whole) * 2).to_bytes(4, "little") * 2
    kinds_read = kinds(list(read_wacz(BytesIO(bytes(damaged)), "crawl.wacz")))
    assert kinds_read[-1] == "page"
    assert len(kinds_read) >= 2

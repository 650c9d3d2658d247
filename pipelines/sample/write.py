"""The sample crawl as WARC files, one for each day of crawling."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

from pipelines.sample.odd import odd_pages
from pipelines.sample.pages import Visit, visit_html, visits
from pipelines.sample.warc import response_record, warcinfo_record


def write_sample(folder: Path) -> list[Path]:
    """Write the sample crawl into the folder and return its files, the first day first.

    The bytes are the same on every call: dates are fixed and no clock is read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    records = sorted(_records(), key=lambda record: record[:2])
    days = groupby(records, key=lambda record: record[0].date())
    return [_write_day(folder, f"{day}", [record[2] for record in rows]) for day, rows in days]


def _write_day(folder: Path, day: str, records: list[bytes]) -> Path:
    path = folder / f"crawl-{day}.warc.gz"
    start = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    path.write_bytes(warcinfo_record(path.name, start) + b"".join(records))
    return path


def _records() -> Iterator[tuple[datetime, str, bytes]]:
    """Yield fetch time, address and WARC record of every page."""
    for visit in visits():
        record = response_record(
            visit.url, visit.fetched_at, "200 OK", _media_type(visit), visit_html(visit)
        )
        yield visit.fetched_at, visit.url, record
    for odd in odd_pages():
        record = response_record(odd.url, odd.fetched_at, odd.status, odd.media_type, odd.body)
        yield odd.fetched_at, odd.url, record


def _media_type(visit: Visit) -> str:
    """Return the Content-Type header; gb18030 hosts leave the charset to the page's own meta."""
    charset = visit.outlet.charset
    return "text/html" if charset == "gb18030" else f"text/html; charset={charset}"

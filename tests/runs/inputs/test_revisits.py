"""Revisit records: pages met again are articles, wherever in run or history their payload is."""

from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.run.outcome import Outcome
from pipelines.window import window_of
from tests.runs.makers import digests, run, story, table
from tests.sources.makers import html, member, warc_record
from tests.sources.readers.test_wacz import wacz

TEXT = story(1, 120)
PAGE = html([TEXT]).encode()
MIRROR = "https://mirror.example/news/bridge"


def stored(url: str = "https://harbour.example/news/bridge", digest: str = "sha1:AAA") -> bytes:
    record = warc_record(PAGE, url=url)
    return record.replace(b"WARC-Date", f"WARC-Payload-Digest: {digest}\r\nWARC-Date".encode())


def revisit(url: str = MIRROR, digest: str = "sha1:AAA", day: int = 6) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    fields = (
        f"WARC/1.1\r\nWARC-Type: revisit\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
        f"WARC-Date: 2026-03-0{day}T10:00:00Z\r\nWARC-Payload-Digest: {digest}\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(head)}\r\n\r\n"
    )
    return fields.encode() + head + b"\r\n\r\n"


def write(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def article_at(outcome: Outcome, url: str) -> dict[str, object]:
    [row] = [row for row in table(outcome, "articles") if row["url"] == url]
    return row


TARGETS = {
    "same.warc.gz": member(stored()) + member(revisit()),
    "z.warc": stored(),
    "z.warc.gz": member(stored()),
    "z.warc.zst": pa.compress(stored(), codec="zstd", asbytes=True),
    "z.wacz": wacz({"archive/a.warc.gz": member(stored())}).getvalue(),
}


@pytest.mark.parametrize("name", TARGETS)
def test_a_revisit_is_an_article_whatever_file_its_payload_stands_in(
    name: str, tmp_path: Path
) -> None:
    files = {name: TARGETS[name]}
    if name != "same.warc.gz":
        files["a.warc.gz"] = member(revisit())
    outcome = run([write(tmp_path / "in", files)], tmp_path / "out")
    copy = article_at(outcome, MIRROR)
    assert (copy["text"], copy["host"], copy["title"]) == (
        TEXT,
        "mirror.example",
        "Bridge stays open",
    )
    assert str(copy["fetched_at"])[:10] == "2026-03-06"
    assert copy["payload_digest"] == "sha1:AAA"
    assert outcome.manifest["counts"]["pages"] == 2
    assert all(file["records"] == file["there"] for file in outcome.manifest["inputs"][:1])
    [pair] = table(outcome, "duplicate_pairs")
    assert pair["relation"] == "exact"


def test_revisits_give_the_same_bytes_with_two_workers_and_wherever_they_stand(
    tmp_path: Path,
) -> None:
    revisits = [revisit(f"https://mirror.example/{n}", f"sha1:{n % 3}") for n in range(60)]
    pages = [stored(f"https://harbour.example/{n}", f"sha1:{n}") for n in range(3)]
    files = {f"{n}.warc.gz": member(page) for n, page in enumerate([*revisits, *pages])}
    inputs = write(tmp_path / "in", files)
    sets = ("input.split_bytes=10_000", "run.small_input_bytes=0")
    first = run([inputs], tmp_path / "one", *sets)
    second = run([inputs], tmp_path / "two", *sets, "run.workers=2")
    assert digests(first) == digests(second)
    assert first.manifest["counts"]["articles"] == 63


def test_a_revisit_whose_payload_is_nowhere_is_rejected_by_that_reason(tmp_path: Path) -> None:
    records = [stored(), revisit(digest="sha1:BBB"), stored("https://harbour.example/b", "sha1:C")]
    inputs = write(tmp_path / "in", {"a.warc.gz": b"".join(map(member, records))})
    outcome = run([inputs], tmp_path / "out")
    counts = outcome.manifest["counts"]
    assert counts["rejected_by_reason"] == {"read/revisit-target-missing": 1}
    assert (counts["pages"], counts["articles"]) == (3, 2)
    [rejected] = table(outcome, "rejected")
    assert (rejected["url"], str(rejected["fetched_at"])[:10]) == (MIRROR, "2026-03-06")


def test_a_revisit_of_a_page_of_an_earlier_day_is_that_article_again(tmp_path: Path) -> None:
    first = write(tmp_path / "1", {"a.warc.gz": member(stored())})
    again = member(revisit()) + member(revisit("https://harbour.example/news/bridge"))
    second = write(tmp_path / "2", {"b.warc.gz": again})
    third = write(tmp_path / "3", {"c.warc.gz": member(revisit("https://third.example/x", day=7))})
    output = tmp_path / "out"
    stored_flags = table(run([first], output, window=window_of("2026-03-05")), "articles")[0][
        "flags"
    ]
    outcome = run([second], output, window=window_of("2026-03-06"))
    copy = article_at(outcome, MIRROR)
    assert (copy["text"], copy["host"]) == (TEXT, "mirror.example")
    assert copy["flags"] == [*stored_flags, "read-from-history"]
    assert outcome.manifest["counts"]["rejected"] == 0
    assert outcome.manifest["counts"]["skipped_by_reason"] == {"repeated": 1}
    later = run([third], output, window=window_of("2026-03-07"))
    assert article_at(later, "https://third.example/x")["text"] == TEXT


def test_an_interrupted_run_takes_up_what_its_revisits_became(tmp_path: Path) -> None:
    files = {"a.warc.gz": member(revisit()), "b.warc.gz": member(stored())}
    inputs = write(tmp_path / "in", files)
    outcome = run([inputs], tmp_path / "out")
    again = run([inputs], tmp_path / "out", is_forced=True)
    assert table(outcome, "articles") == table(again, "articles")
    assert not list((tmp_path / "out").glob(".work/extracted/*"))

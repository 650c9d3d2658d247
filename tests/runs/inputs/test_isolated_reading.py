"""What cannot be read costs a run itself alone, and is told: pages that hang, and damaged files."""

from pathlib import Path

import pytest

from pipelines.run.outcome import Outcome
from tests.runs.makers import run, table
from tests.sources.makers import html, member, warc_record

LINKS = "<div><a href=x>a b c</a></div>"
HANGS = html(["The council of the small town met. " * 40]).replace("</body>", LINKS * 100_000)
ROOMY = (
    *("extract.max_tags=10000000", "extract.max_markup_chars=1000000000"),
    "extract.timeout_s=1",
)


def crawl(folder: Path) -> list[Path]:
    """Two files of nine pages, of which nothing can read the middle ones within the limits."""
    folder.mkdir()
    for name in "ab":
        pages = [html([f"{name}{n} {line}" for line in LINES]) for n in range(9)]
        pages[4] = HANGS
        records = (
            member(warc_record(page.encode(), url=f"https://{name}.example/{n}"))
            for n, page in enumerate(pages)
        )
        (folder / f"{name}.warc.gz").write_bytes(b"".join(records))
    return sorted(folder.iterdir())


LINES = (
    "The harbour board of the small town voted on Tuesday to keep the old ferry in service.",
    "More than two hundred residents had written to it, and nearly all asked for the same.",
    "Work on the landing stage begins next week and is to take four months in all, it said.",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return crawl(tmp_path_factory.mktemp("apart") / "in")


@pytest.fixture(scope="module")
def in_two_workers(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return run(files, tmp_path_factory.mktemp("two"), "run.workers=2", *ROOMY)


def test_the_page_is_rejected_with_its_reason_and_place(
    in_two_workers: Outcome, files: list[Path]
) -> None:
    rows = table(in_two_workers, "rejected")
    assert [(row["url"], row["stage"], row["reason"]) for row in rows] == [
        ("https://a.example/4", "extract", "timeout"),
        ("https://b.example/4", "extract", "timeout"),
    ]
    for row, file in zip(rows, files, strict=True):
        assert file.read_bytes()[row["position"] :].startswith(b"\x1f\x8b")


def test_its_neighbours_are_neither_lost_nor_there_twice(in_two_workers: Outcome) -> None:
    urls = sorted(row["url"] for row in table(in_two_workers, "articles"))
    good = [f"https://{name}.example/{n}" for name in "ab" for n in range(9) if n != 4]
    assert urls == good
    counts = in_two_workers.manifest["counts"]
    assert (counts["pages"], counts["articles"], counts["rejected"]) == (18, 16, 2)


def test_a_damaged_file_gives_its_other_pages_and_is_reported(tmp_path: Path) -> None:
    good = [member(warc_record(html([f"{n} {line}" for line in LINES]).encode())) for n in range(3)]
    torn = good[1][:60] + b"\xff" * 60 + good[1][120:]
    path = tmp_path / "torn.warc.gz"
    path.write_bytes(good[0] + torn + good[2] + good[1][:200])
    outcome = run([path], tmp_path / "out")
    lost = [(row["position"], row["reason"]) for row in table(outcome, "rejected")]
    assert lost == [
        (len(good[0]), "corrupt"),
        (sum(map(len, (good[0], torn, good[2]))), "truncated"),
    ]
    assert len(table(outcome, "articles")) == 2
    assert outcome.exit_code == 3
    assert [
        word for warning in outcome.warnings for word in ("corrupt", "truncated") if word in warning
    ]
    assert outcome.manifest["counts"]["rejected_by_reason"] == {
        "read/corrupt": 1,
        "read/truncated": 1,
    }

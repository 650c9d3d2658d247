"""Settings, inputs and folders at the edge of what anybody would use."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.run.outcome import Outcome
from pipelines.sample.warc import response_record
from tests.runs.makers import command, digests, jsonl, run, story, table


def copies(folder: Path, count: int, *sets: str) -> Outcome:
    """A run of one text at as many outlets, claimed a day apart."""
    rows = [
        {"text": story(1), "url": f"https://h{n}.example/p{n}", "date": f"2026-01-{1 + n % 28:02d}"}
        for n in range(count)
    ]
    return run([jsonl(folder / "copies.jsonl", rows)], folder / "out", *sets)


def pages(folder: Path, *bodies: bytes) -> Path:
    """A WARC file with one capture after the other of the same address."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    records = [
        response_record(
            "https://a.example/x", start + timedelta(days=day), "200 OK", "text/html", body
        )
        for day, body in enumerate(bodies)
    ]
    (folder / "pages.warc.gz").write_bytes(b"".join(records))
    return folder / "pages.warc.gz"


def page(text: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><h1>Fish</h1><p>{text}</p></body></html>".encode()


def test_no_article_at_all_is_a_run_with_a_warning(tmp_path: Path) -> None:
    outcome = run([jsonl(tmp_path / "a.jsonl", ["nonsense"])], tmp_path / "out")
    assert (outcome.exit_code, len(table(outcome, "rejected"))) == (3, 1)


def test_a_file_of_blank_lines_has_no_page(tmp_path: Path) -> None:
    outcome = run([jsonl(tmp_path / "a.jsonl", ["", ""])], tmp_path / "out")
    assert outcome.manifest["counts"]["pages"] == 0


def test_thousands_of_copies_are_one_cluster_of_as_many_pairs(tmp_path: Path) -> None:
    outcome = copies(tmp_path, 1500)
    (cluster,) = table(outcome, "clusters")
    assert (cluster["n_articles"], cluster["n_sources"]) == (1500, 1500)
    assert len(table(outcome, "duplicate_pairs")) <= 3 * 1500


def test_the_number_of_partitions_changes_no_byte(tmp_path: Path) -> None:
    rows = [{"text": story(n // 3), "url": f"https://h{n % 7}.example/p{n}"} for n in range(60)]
    file = jsonl(tmp_path / "rows.jsonl", rows)
    made = [run([file], tmp_path / f"{n}", f"run.partitions={n}") for n in (0, 1, 64)]
    assert digests(made[0]) == digests(made[1]) == digests(made[2])


def test_smaller_splits_change_no_article(
    sample: list[Path], sample_run: Outcome, tmp_path: Path
) -> None:
    outcome = run(sample[:1], tmp_path, "input.split_bytes=30000")
    first = str(sample[0])
    wanted = [row["article_id"] for row in table(sample_run, "articles") if row["input"] == first]
    assert [row["article_id"] for row in table(outcome, "articles")] == wanted


def test_two_captures_of_the_same_text_are_one_article_and_one_repetition(tmp_path: Path) -> None:
    outcome = run([pages(tmp_path, page(story(1)), page(story(1)))], tmp_path / "out")
    assert outcome.manifest["counts"]["skipped_by_reason"] == {"repeated": 1}
    (article,) = table(outcome, "articles")
    assert article["fetched_at"].day == 2


def test_two_captures_of_changed_text_are_two_articles(tmp_path: Path) -> None:
    outcome = run([pages(tmp_path, page(story(1)), page(story(1) + " More."))], tmp_path / "out")
    assert len(table(outcome, "articles")) == 2


def test_a_lone_surrogate_in_the_metadata_of_a_page_ends_no_run(tmp_path: Path) -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "a \ud800 b", "author": "J \udc00"})
    head = f'<script type="application/ld+json">{data}</script>'
    outcome = run([pages(tmp_path, page(story(1), head))], tmp_path / "out")
    assert len(table(outcome, "articles")) == 1


def test_folders_and_files_may_have_any_name(tmp_path: Path) -> None:
    file = jsonl(tmp_path / "in ü=[1]*?{x}%41.jsonl", [{"text": story(1)}])
    outcome = run([file], tmp_path / "out ü=[1]*?{x}%41 run=7")
    assert len(table(outcome, "articles")) == 1


def test_what_pages_say_is_shown_as_plain_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "\x1b[31mred\x1b[0m [bold]fat[/bold] [/] \u202eevil\x07"
    rows = [
        {"text": story(1), "title": title, "outlet": f"{title} {n}", "date": f"2026-03-0{n}"}
        for n in (1, 2)
    ]
    run([jsonl(tmp_path / "a.jsonl", rows)], tmp_path / "out")
    assert command("inspect", tmp_path / "out") == 0
    shown = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "[bold]fat[/bold] [/]" in " ".join(shown.split())

"""What a run says of two articles: copies that an outlet hides, speeches that two quote."""

from pathlib import Path
from typing import Any

from tests.dedupe.makers import sentences
from tests.runs.makers import jsonl, run, table


def relations(folder: Path, pages: dict[str, str]) -> dict[frozenset[str], str]:
    """The relation of each published pair, by the addresses of the two."""
    rows: list[dict[str, Any]] = [{"url": url, "text": text} for url, text in pages.items()]
    outcome = run([jsonl(folder / "rows.jsonl", rows)], folder / "out")
    urls = {row["article_id"]: row["url"] for row in table(outcome, "articles")}
    return {
        frozenset((urls[row["left_id"]], urls[row["right_id"]])): row["relation"]
        for row in table(outcome, "duplicate_pairs")
    }


def lines(count: int, seed: int) -> str:
    return "\n".join(sentences(count, seed))


def test_a_story_that_an_outlet_prints_on_every_page_is_found_all_the_same(tmp_path: Path) -> None:
    story = lines(12, 1)
    pages = {f"https://thief.example/{n}": f"{lines(5, 100 + n)}\n{story}" for n in range(10)}
    pages |= {f"https://home.example/{n}": lines(12, 200 + n) for n in range(4)}
    by_pair = relations(tmp_path, {"https://home.example/story": story, **pages})
    carriers = [pair for pair in by_pair if "https://home.example/story" in pair]
    assert len(carriers) == 1
    assert by_pair[carriers[0]] == "near"


def test_what_an_outlet_repeats_of_its_own_ties_none_of_its_pages(tmp_path: Path) -> None:
    foot = lines(6, 1)
    pages = {f"https://paper.example/{n}": f"{lines(8, 100 + n)}\n{foot}" for n in range(10)}
    assert relations(tmp_path, pages) == {}


def test_two_reports_of_one_speech_are_a_quotation(tmp_path: Path) -> None:
    speech = "\n".join(f"“{line}”" for line in sentences(8, 1))
    pages = {f"https://{n}.example/a": f"{lines(4, n)}\n{speech}" for n in (7, 8)}
    assert list(relations(tmp_path, pages).values()) == ["quotation"]

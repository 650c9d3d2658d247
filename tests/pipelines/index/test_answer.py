"""`copytrail match`: a text finds where it has been, by the index and without it."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipelines.errors import UsageError
from pipelines.index.answer import Answer, answer
from pipelines.index.build import update_index
from pipelines.run.outcome import Outcome
from pipelines.sample.expected import sample_truth
from tests.runs.makers import command, jsonl, run, story, table


def lines(*seeds: int) -> str:
    return "\n".join(story(seed, 30) for seed in seeds)


@pytest.fixture(scope="module", params=["by the index", "by reading the run"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three stories, a text of their openings, one of them without its opening, and a quotation."""
    folder = tmp_path_factory.mktemp("compiled")
    texts = [lines(*range(first, first + 6)) for first in (0, 20, 40)]
    texts += [lines(*range(4), *range(20, 24), *range(40, 44)), lines(2, 3, 4, 5)]
    texts.append(f"{lines(60, 61)}\nThe mayor said: “{story(70, 30)}”\n{lines(62)}")
    rows = [
        {
            "url": f"https://outlet{n}.example/{n}/story",
            "text": text,
            "title": f"Headline {n}",
            "published_at": f"2026-03-0{9 - n}T08:00:00Z",
        }
        for n, text in enumerate(texts)
    ]
    run([jsonl(folder / "rows.jsonl", rows)], folder / "out")
    if request.param == "by the index":
        update_index(str(folder / "out"))
    return folder / "out"


def asked(folder: Path, tmp_path: Path, text: str) -> Answer:
    file = tmp_path / "asked.txt"
    file.write_text(text, "utf-8")
    return answer(str(file), str(folder))


def relations(answer: Answer) -> dict[str, str]:
    return {str(match.article.url)[8:15]: match.relation for match in answer.matches}


def test_copies_and_the_round_up_that_holds_a_part_are_found_in_the_order_of_time(
    folder: Path, tmp_path: Path
) -> None:
    answer = asked(folder, tmp_path, lines(*range(6)) + "\n" + story(99, 10))
    assert list(relations(answer).items()) == [
        ("outlet4", "near"),
        ("outlet3", "excerpt"),
        ("outlet0", "near"),
    ]
    assert answer.matches[-1].share_of_article == 1


def test_shared_and_differing_passages_are_those_of_the_article(
    folder: Path, tmp_path: Path
) -> None:
    answer = asked(folder, tmp_path, lines(*range(6)))
    roundup = next(match for match in answer.matches if match.relation == "excerpt")
    assert roundup.shared is not None
    assert roundup.differing is not None
    assert story(0, 30) in roundup.shared[0]
    assert any(story(20, 30)[:200] in passage for passage in roundup.differing)


@pytest.mark.parametrize("words", [5, 8, 11, 12, 13, 20])
def test_a_sentence_of_few_words_finds_every_text_that_holds_it(
    folder: Path, tmp_path: Path, words: int
) -> None:
    sentence = " ".join(story(3, 30).split()[6 : 6 + words])
    answer = asked(folder, tmp_path, sentence)
    assert relations(answer) == dict.fromkeys(("outlet0", "outlet3", "outlet4"), "passage")


def test_words_that_both_only_quote_are_a_quotation(folder: Path, tmp_path: Path) -> None:
    text = f"{lines(80, 81)}\nHe heard her say “{story(70, 30)}” on the steps."
    assert relations(asked(folder, tmp_path, text)) == {"outlet5": "quotation"}


def test_a_text_that_nobody_published_matches_nothing(folder: Path, tmp_path: Path) -> None:
    assert not asked(folder, tmp_path, lines(200, 201, 202)).matches


def test_a_text_of_fewer_words_than_a_shingle_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has 4 words"):
        asked(folder, tmp_path, "four words are few")


def test_what_is_not_looked_for_is_said(folder: Path, tmp_path: Path) -> None:
    assert "under 12 words are not looked for" in asked(folder, tmp_path, lines(1)).notes[-1]
    assert "word for word" in asked(folder, tmp_path, "five words are just enough").notes[-1]


def test_a_published_article_finds_the_others_and_not_itself(folder: Path) -> None:
    answered = answer("http://www.outlet0.example/0/story", str(folder))
    assert relations(answered) == {"outlet4": "near", "outlet3": "excerpt"}
    assert answer(str(answered.question.article_id), str(folder)).matches == answered.matches


def test_a_name_of_nothing_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="neither a file nor an address or id"):
        answer("https://outlet0.example/elsewhere", str(folder))


def test_standard_input_is_read_as_a_text_or_a_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = f"<html><body><article><p>{'</p><p>'.join(lines(*range(6)).splitlines())}</p>"
    for content in (lines(*range(6)), page):
        stdin = SimpleNamespace(buffer=io.BytesIO(content.encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        assert command("match", "-", "--against", str(folder), "--json") == 0
        matches = json.loads(capsys.readouterr().out)["matches"]
        assert [match["relation"] for match in matches] == ["near", "excerpt", "exact"]
        assert "text" not in matches[0]


def test_the_command_shows_a_row_an_article_and_what_was_not_looked_for(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "asked.txt"
    file.write_text(lines(*range(6)), "utf-8")
    assert command("match", str(file), "--against", str(folder)) == 0
    shown = capsys.readouterr().out
    assert shown.index("2026-03-05 08:00") < shown.index("2026-03-09 08:00")
    assert "note: passages under 12 words" in shown


def test_a_page_of_the_sample_finds_every_published_copy_of_its_story(
    sample_run: Outcome, tmp_path: Path
) -> None:
    wanted = {row.url for row in sample_truth() if row.cluster == "dam"}
    articles = {row["url"]: row for row in table(sample_run, "articles")}
    text = articles[min(wanted & articles.keys())]["text"]
    answer = asked(Path(str(sample_run.path)), tmp_path, text)
    copies = {match.article.url for match in answer.matches if match.relation != "excerpt"}
    assert wanted & articles.keys() <= copies


def test_passages_are_shown_of_the_earliest_matches_and_what_was_cut_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.index.answer.PASSAGES_OF", 1)
    monkeypatch.setattr("pipelines.index.run_index.CANDIDATES", 3)
    result = asked(folder, tmp_path, lines(*range(6)))
    assert [match.shared is None for match in result.matches] == [False, True, True]
    is_indexed = (folder / "index").is_dir()
    assert any("the 3 articles that share most" in note for note in result.notes) is is_indexed

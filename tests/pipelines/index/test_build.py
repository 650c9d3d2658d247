"""`copytrail index` and `copytrail search`: all published runs, kept up to date."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from datasketch import MinHash, MinHashLSH

from dedupe.text.shingles import shingle_hashes
from pipelines.errors import UsageError
from pipelines.index.answer import answer
from pipelines.index.build import update_index
from pipelines.index.search import search
from pipelines.storage.filesystem import delete_local
from tests.runs.makers import command, jsonl, run, story


def published(folder: Path, name: str, *seeds: int) -> None:
    rows = [
        {
            "url": f"https://outlet{seed}.example/{name}/story",
            "text": f"{story(seed, 60)}\n{story(seed + 100, 60)}",
            "title": f"Überschrift {name}",
            "published_at": f"2026-03-{1 + seed:02d}T08:00:00Z",
        }
        for seed in seeds
    ]
    run([jsonl(folder / f"{name}.jsonl", rows)], folder / "out", run_id=name)


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs")
    published(folder, "first", 1, 2)
    published(folder, "second", 3, 4)
    return folder / "out"


@pytest.fixture
def output(two_runs: Path, tmp_path: Path) -> str:
    """A copy that a test may change."""
    shutil.copytree(two_runs, tmp_path / "out", symlinks=True)
    return str(tmp_path / "out")


def found_runs(output: str, tmp_path: Path, seed: int) -> set[str]:
    file = tmp_path / "asked.txt"
    file.write_text(story(seed, 60), "utf-8")
    return {match.run_id for match in answer(str(file), output).matches}


def test_all_runs_are_searched_once_they_are_indexed(output: str, tmp_path: Path) -> None:
    assert found_runs(output, tmp_path, 1) == set()
    update = update_index(output)
    assert (update.made, update.articles) == (("first", "second"), 4)
    assert found_runs(output, tmp_path, 1) == {"first"}
    assert found_runs(output, tmp_path, 3) == {"second"}


def test_only_new_runs_are_read(output: str, tmp_path: Path) -> None:
    update_index(output)
    published(tmp_path, "third", 5)
    assert found_runs(output, tmp_path, 5) == {"third"}  # read whole until it is indexed
    assert update_index(output).made == ("third",)
    assert update_index(output).made == ()


def test_runs_that_are_gone_leave_the_index(output: str, tmp_path: Path) -> None:
    update_index(output)
    delete_local(tmp_path / "out" / "runs" / "run=first")
    assert found_runs(output, tmp_path, 1) == set()  # at once
    assert update_index(output).removed == ("first",)


@pytest.mark.parametrize(
    "name", ["articles.sqlite", "fingerprints.npy", "owners.npy", "buckets.npy", "../index.json"]
)
def test_a_damaged_file_is_told_and_made_anew(output: str, tmp_path: Path, name: str) -> None:
    update_index(output)
    file = tmp_path / "out" / "index" / "run=first" / "part-00000" / name
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(UsageError, match=r"damaged .* `copytrail index"):
        found_runs(output, tmp_path, 1)
    assert update_index(output).damaged == ("first",)
    assert found_runs(output, tmp_path, 1) == {"first"}


def test_a_changed_byte_is_found_by_its_digest(output: str, tmp_path: Path) -> None:
    update_index(output)
    file = tmp_path / "out" / "index" / "run=second" / "part-00000" / "owners.npy"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    assert update_index(output).damaged == ("second",)


def test_equal_runs_are_equal_bytes_but_for_sqlites_own(output: str, tmp_path: Path) -> None:
    update_index(output)
    folder = tmp_path / "out" / "index"
    before = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    delete_local(folder)
    update_index(output)
    assert {path: path.read_bytes() for path in before} == before


def test_signatures_are_those_of_datasketch(output: str, tmp_path: Path) -> None:
    update_index(output)
    file = tmp_path / "out" / "index" / "run=first" / "part-00000" / "signatures.parquet"
    table = pq.read_table(file)
    how = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    lsh = MinHashLSH(threshold=0.5, num_perm=int(how["permutations"]))
    for row in table.to_pylist():
        signature = MinHash(
            num_perm=int(how["permutations"]),
            seed=int(how["seed"]),
            hashvalues=row["minhash"],
            scheme=how["scheme"],
        )
        lsh.insert(row["article_id"], signature)
    minhash = MinHash(num_perm=int(how["permutations"]), seed=int(how["seed"]), hashfunc=int)
    text = f"{story(2, 60)}\n{story(102, 60)}"
    minhash.update_batch(shingle_hashes([text], int(how["shingle_words"]))[0].tolist())
    [article_id] = lsh.query(minhash)
    assert answer(article_id, output).question.text == text


def test_words_are_found_in_headlines_first_and_newest_first(output: str) -> None:
    update_index(output)
    match = search("ÜBERSCHRIFT second", output, 10)
    assert [hit.article.published_at.day for hit in match.hits if hit.article.published_at] == [
        5,
        4,
    ]
    assert all(hit.is_in_title for hit in match.hits)
    word = story(1, 60).split()[0]
    in_text = search(f"first {word}", output, 10)
    assert [hit.is_in_title for hit in in_text.hits][:1] == [False]
    assert search("nowhere to be found", output, 10).count == 0


def test_a_search_without_words_or_without_an_index_is_refused(output: str) -> None:
    with pytest.raises(UsageError, match="has no index"):
        search("story", output, 10)
    update_index(output)
    with pytest.raises(UsageError, match="no word"):
        search("… !", output, 10)


def test_the_commands_say_what_they_did(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("index", output) == 0
    assert "run first: indexed" in capsys.readouterr().out
    assert command("search", output, "Überschrift", "--json") == 0
    assert json.loads(capsys.readouterr().out)["count"] == 4
    assert command("search", output, "Überschrift") == 0
    assert "headline" in capsys.readouterr().out


def test_a_folder_without_a_run_has_nothing_to_index(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no published run"):
        update_index(str(tmp_path))


def test_a_run_with_the_setting_indexes_itself(tmp_path: Path) -> None:
    rows = [{"url": "https://outlet.example/1/story", "text": story(1, 90), "title": "One"}]
    run([jsonl(tmp_path / "rows.jsonl", rows)], tmp_path / "out", "run.index=true")
    assert search(story(1, 2), str(tmp_path / "out"), 5).count == 1
    assert update_index(str(tmp_path / "out")).made == ()


def test_an_index_is_no_input(output: str) -> None:
    update_index(output)
    with pytest.raises(UsageError, match="holds nothing to read"):
        run([output], Path(output), run_id="again")

"""Ratings of others: what is refused in one line, what is joined, and what is never passed on."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.config.ratings_file import load_ratings
from pipelines.errors import UsageError
from pipelines.run.outcome import Outcome
from tests.runs.makers import ROOT, command, jsonl, run, story, table

MAPPING = """
[[dataset]]
dataset = "made"
file = "ratings.csv"
key = "site"
value = "score"
scale = "0 to 1"
licence = "CC0-1.0"
"""
OBSERVED = 'observed = { column = "basis", values = ["seen"] }\n'
REGISTRY = """
[[outlet]]
id = "quay"
name = "The Quay"
domains = ["quay.example", "quaynews.example"]
"""


def mapping(folder: Path, csv: str, text: str = MAPPING, name: str = "ratings.csv") -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(csv, "utf-8")
    (folder / "ratings.toml").write_text(text.replace("ratings.csv", name), "utf-8")
    return str(folder / "ratings.toml")


def loaded(path: str) -> dict[str, str]:
    ratings = load_ratings([path])
    assert ratings is not None
    return dict(zip(*(ratings.column(name).to_pylist() for name in ("key", "value")), strict=True))


def rated(folder: Path, csv: str, hosts: list[str], text: str = MAPPING) -> list[dict[str, Any]]:
    """The rows of sources of a run with one article on each host."""
    return table(rated_run(folder, csv, hosts, text), "sources")


def rated_run(folder: Path, csv: str, hosts: list[str], text: str = MAPPING) -> Outcome:
    rows = [{"text": story(n), "url": f"https://{host}/{n}"} for n, host in enumerate(hosts)]
    (folder / "outlets.toml").write_text(REGISTRY, "utf-8")
    sets = [
        f"sources.ratings=['{mapping(folder, csv, text)}']",
        f"sources.registries=['{folder / 'outlets.toml'}']",
    ]
    inputs = folder / "rows.jsonl"
    return run([inputs if inputs.exists() else jsonl(inputs, rows)], folder / "out", *sets)


def test_the_example_is_right_and_takes_what_was_observed() -> None:
    assert loaded(str(ROOT / "configs" / "ratings.toml")) == {
        "harbour-post.example": "4",
        "harbourpost.example": "7.5",
        "lakesidegazette.example": "6",
    }


def test_keys_become_normal_hosts_and_pages_of_a_host_are_no_keys(tmp_path: Path) -> None:
    csv = "site,score\nWWW.A.example,1\nhttps://b.example:443/,2\nc.example/page,3\nno host,4\n,5\n"
    assert loaded(mapping(tmp_path, csv)) == {"a.example": "1", "b.example": "2"}


def test_parquet_and_tab_separated_files_are_read_alike(tmp_path: Path) -> None:
    path = mapping(tmp_path / "tsv", "site\tscore\na.example\t0.5\n", name="ratings.tsv")
    assert loaded(path) == {"a.example": "0.5"}
    path = mapping(tmp_path / "pq", "", name="ratings.parquet")
    pq.write_table(
        pa.table({"site": ["a.example"], "score": [0.5], "more": [1]}),
        tmp_path / "pq" / "ratings.parquet",
    )
    assert loaded(path) == {"a.example": "0.5"}


@pytest.mark.parametrize(
    ("csv", "text", "told"),
    [
        ("site,score\na.example,1\n", MAPPING.replace("score", "mark"), "'?mark'? "),
        ("site,score\na.example,1\n", MAPPING + OBSERVED, "'?basis'? "),
        ("site,score,basis\na.example,1,no\n", MAPPING + OBSERVED, "none of 1 rows .* can be used"),
        ("site,score\nno host,1\n", MAPPING, "site has to hold hosts or addresses"),
        ("site,score\na.example,1,2\n", MAPPING, "cannot be read"),
        ("", MAPPING, "cannot be read"),
        ("site,score\na.example,1\n", MAPPING.replace("ratings.csv", "none.csv"), "cannot be read"),
        ("site,score\na.example,1\n", MAPPING.replace("licence", "license"), r"\(made\)"),
        ("site,score\na.example,1\n", MAPPING.replace("[[dataset]]", "[[data]]"), "no key of it"),
        ("site,score\na.example,1\n", "[[dataset]\n", "cannot be read as TOML"),
    ],
)
def test_bad_ratings_are_refused_in_one_line(
    tmp_path: Path, csv: str, text: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told) as refused:
        load_ratings([mapping(tmp_path, csv, text)])
    assert "\n" not in str(refused.value)


def test_a_parquet_file_without_the_column_is_refused(tmp_path: Path) -> None:
    path = mapping(tmp_path, "", name="ratings.parquet")
    pq.write_table(pa.table({"site": ["a.example"]}), tmp_path / "ratings.parquet")
    with pytest.raises(UsageError, match="score"):
        load_ratings([path])


def test_bad_ratings_stop_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = mapping(tmp_path, "site,score\nno host,1\n")
    words = ["run", "--input", "nowhere.warc", "--output", str(tmp_path / "out")]
    code = command(*words, "--set", f"sources.ratings=['{path}']")
    assert (code, capsys.readouterr().err.count("\n")) == (2, 1)
    assert command("config", "check", "--kind", "ratings", path) == 2
    assert not (tmp_path / "out").exists()


def test_a_rating_of_a_host_is_listed_with_what_it_covers(tmp_path: Path) -> None:
    (row,) = rated(tmp_path, "site,score\na.example,0.5\n", ["a.example", "sport.a.example"])
    assert row["ext_ratings"] == [
        {
            "dataset": "made",
            "key_matched": "a.example",
            "match_level": "host",
            "value": "0.5",
            "scale": "0 to 1",
            "licence": "CC0-1.0",
            "hosts": ["a.example"],
        }
    ]
    assert row["rating_conflicts"] == []


def test_a_rating_of_the_domain_covers_the_hosts_below_it(tmp_path: Path) -> None:
    (row,) = rated(tmp_path, "site,score\na.example,1\n", ["news.a.example", "sport.a.example"])
    (rating,) = row["ext_ratings"]
    assert (rating["match_level"], rating["hosts"]) == (
        "registrable_domain",
        ["news.a.example", "sport.a.example"],
    )


def test_a_rating_of_one_mirror_says_nothing_of_the_other(tmp_path: Path) -> None:
    csv = "site,score\nquay.example,0.2\n"
    (row,) = rated(tmp_path, csv, ["quay.example", "quaynews.example"])
    assert [rating["hosts"] for rating in row["ext_ratings"]] == [["quay.example"]]


def test_ratings_that_differ_inside_a_mirror_group_are_listed_as_a_conflict(tmp_path: Path) -> None:
    csv = "site,score\nquay.example,0.2\nquaynews.example,0.7\n"
    (row,) = rated(tmp_path, csv, ["quay.example", "quaynews.example"])
    assert [rating["value"] for rating in row["ext_ratings"]] == ["0.2", "0.7"]
    assert row["rating_conflicts"] == [
        {"dataset": "made", "keys": ["quay.example", "quaynews.example"], "values": ["0.2", "0.7"]}
    ]


def test_two_ways_of_writing_one_number_are_no_conflict(tmp_path: Path) -> None:
    csv = "site,score\nquay.example,0.5\nquaynews.example,0.50\n"
    (row,) = rated(tmp_path, csv, ["quay.example", "quaynews.example"])
    assert row["rating_conflicts"] == []


def test_a_key_that_is_rated_twice_is_a_conflict_with_itself(tmp_path: Path) -> None:
    (row,) = rated(tmp_path, "site,score\na.example,1\na.example,2\n", ["a.example"])
    assert row["rating_conflicts"][0]["values"] == ["1", "2"]


def test_a_registry_id_is_a_key_where_the_mapping_says_so(tmp_path: Path) -> None:
    text = MAPPING + 'key_kind = "outlet"\n'
    rows = rated(tmp_path, "site,score\nquay,high\n", ["quay.example", "a.example"], text)
    rows_read = {
        row["source_id"]: [rating["match_level"] for rating in row["ext_ratings"]] for row in rows
    }
    assert rows_read == {"quay": ["registry"], "a.example": []}


def test_without_ratings_the_columns_are_null(tmp_path: Path) -> None:
    rows = [{"text": story(1), "url": "https://a.example/1"}]
    (row,) = table(run([jsonl(tmp_path / "r.jsonl", rows)], tmp_path / "out"), "sources")
    assert (row["ext_ratings"], row["rating_conflicts"]) == (None, None)


def test_another_content_of_the_ratings_is_another_run(tmp_path: Path) -> None:
    hosts = ["a.example"]
    runs = [
        rated_run(tmp_path, csv, hosts)
        for csv in (
            "site,score\na.example,1\n",
            "score,site\n1,a.example\n",
            "site,score\na.example,2\n",
        )
    ]
    assert [outcome.is_new for outcome in runs] == [True, False, True]

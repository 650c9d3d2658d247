"""Files that settings name are found from their folder, opened, and matched to a run."""

from pathlib import Path

import pytest

from pipelines.config.file_kinds import check
from pipelines.config.settings import load_settings
from pipelines.errors import UsageError
from tests.pipelines.published import published, row

OUTLETS = """
[[outlet]]
id = "harbour"
name = "Harbour Post"
domains = ["harbourpost.example"]

[[outlet]]
id = "quay"
name = "The Quay"
domains = ["quay.example"]
"""
RATINGS = """
[[dataset]]
dataset = "made"
file = "ratings.csv"
key = "site"
value = "score"
scale = "0 to 10"
licence = "CC0-1.0"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """A file of settings that names its neighbours."""
    folder = tmp_path / "configs"
    folder.mkdir()
    (folder / "outlets.toml").write_text(OUTLETS)
    (folder / "ratings.toml").write_text(RATINGS)
    (folder / "ratings.csv").write_text("site;score\nharbourpost.example;7\nother.example;3,5\n")
    path = folder / "mine.toml"
    path.write_text('[sources]\nregistries = ["outlets.toml"]\nratings = ["ratings.toml"]\n')
    return path


def test_files_are_found_from_the_folder_of_the_settings(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sources = load_settings(Path("configs/mine.toml")).sources
    assert sources.registries == ("configs/outlets.toml",)
    assert check("settings", Path("configs/mine.toml")) == [
        "sources.registries: 2 outlets",
        "sources.ratings: 2 keys of made",
    ]


def test_a_path_from_the_root_stays_what_it_is(settings: Path) -> None:
    settings.write_text('[sources]\nregistries = ["/etc/outlets.toml"]\n')
    assert load_settings(settings).sources.registries == ("/etc/outlets.toml",)


def test_an_override_names_files_from_where_the_run_is_started(settings: Path) -> None:
    changed = load_settings(settings, ['sources.registries=["x.toml"]'])
    assert changed.sources.registries == ("x.toml",)


def test_a_named_file_that_is_not_there_is_a_fault_of_the_settings(settings: Path) -> None:
    (settings.parent / "ratings.csv").unlink()
    with pytest.raises(UsageError, match=r"made: .*ratings\.csv cannot be read"):
        check("settings", settings)


def test_what_concerns_outlets_of_a_run_is_counted(settings: Path, tmp_path: Path) -> None:
    hosts = ["harbourpost.example", "lake.example"]
    rows = [
        row("sources", source_id="harbour", identity_basis="registry", hosts=hosts[:1]),
        row("sources", source_id="lake.example", identity_basis="domain", hosts=hosts[1:]),
    ]
    published(tmp_path / "out", "day", {"sources": rows})
    assert check("settings", settings, str(tmp_path / "out")) == [
        "sources.registries: 2 outlets, 1 of them in the run",
        "sources.ratings: 2 keys of made, 1 outlet of the run rated",
    ]
    outlets = settings.parent / "outlets.toml"
    assert check("outlets", outlets, str(tmp_path / "out")) == [
        "sources.registries: 2 outlets, 1 of them in the run"
    ]


def test_a_run_that_is_not_there_is_told(settings: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no published run"):
        check("settings", settings, str(tmp_path / "nowhere"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_ratings_is_the_one_that_parts_the_columns(
    settings: Path, delimiter: str
) -> None:
    lines = [("name, long", "site", "score"), ("A", "a.example", "3"), ("B", "b.example", "4")]
    quoted = [[f'"{cell}"' for cell in line] for line in lines]
    text = "\n".join(delimiter.join(line) for line in quoted)
    (settings.parent / "ratings.csv").write_text(text + "\n")
    assert check("ratings", settings.parent / "ratings.toml") == ["sources.ratings: 2 keys of made"]

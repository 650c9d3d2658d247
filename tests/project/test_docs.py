"""Pages: generated ones are fresh, shown commands print what is shown, links lead somewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.tables import TABLES

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *DOCS,
    *sorted((ROOT / "docs").glob("*/*.md")),
]
# what the tables never say of an outlet (docs/concepts.md)
JUDGEMENTS = re.compile(
    r"\b(?:un)?trust(?:s|ed|worth\w*)?\b|\btruth\w*|\bfake\w*|\bcredibility\b|\bplagiar\w*",
    re.IGNORECASE,
)


def name_of(page: Path) -> str:
    return page.name


def generate(*words: str) -> tuple[int, str]:
    """The exit code of docs/generate.py and what it wrote."""
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    return done.returncode, done.stdout + done.stderr


GENERATED = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS]


@pytest.fixture(scope="module")
def checked() -> str:
    """What docs/generate.py says of all pages: what differs, and a line for each out of date."""
    code, printed = generate("--check", *map(str, GENERATED))
    assert code == int("is out of date" in printed), printed
    return printed


@pytest.mark.parametrize("page", GENERATED, ids=name_of)
def test_pages_are_up_to_date(page: Path, checked: str) -> None:
    assert f"{page.name} is out of date" not in checked, checked


def test_a_page_out_of_date_is_told_from_one_that_is_not(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo one\ntwo\n```\n", "utf-8")
    assert generate("--check", str(page))[0] == 1
    assert generate(str(page))[0] == 0
    assert page.read_text("utf-8") == "```console\n$ echo one\none\n```\n"
    assert generate("--check", str(page))[0] == 0


def test_a_command_that_fails_is_a_failure(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ false\n```\n", "utf-8")
    code, printed = generate(str(page))
    assert code == 1
    assert "RuntimeError: false ended with exit code 1" in printed


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).is_file()]
    assert missing == []


def test_every_column_stands_in_the_page_of_tables() -> None:
    page = (ROOT / "docs" / "tables.md").read_text("utf-8")
    names = [field.name for schema in TABLES.values() for field in schema]
    assert [name for name in names if f"| `{name}` |" not in page] == []


def test_every_table_stands_in_the_readme() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in TABLES if f"`{name}`" not in page] == []


@pytest.mark.parametrize(
    "page",
    [*PAGES, ROOT / "schemas" / "tables.py", ROOT / "configs" / "default.toml"],
    ids=name_of,
)
def test_no_page_passes_judgement_on_outlets(page: Path) -> None:
    assert JUDGEMENTS.findall(page.read_text("utf-8")) == []


def test_no_column_passes_judgement_on_outlets() -> None:
    names = [field.name for schema in TABLES.values() for field in schema]
    assert [name for name in names if re.search("trust|truth|fake|credib|score|rank", name)] == []


def test_the_readme_names_the_two_commands_and_the_line_without_uv() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    for line in ("uv run copytrail demo", "uv run pytest", "pip install -e '.[dev]'"):
        assert line in page

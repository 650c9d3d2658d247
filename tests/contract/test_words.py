"""No table and no page has a word for what a crawl cannot see of an outlet (design/sources.md).

Whatever a run publishes is read: a report beside the tables is looked at without a change here.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.config.file_kinds import KINDS, schema_of
from pipelines.run.outcome import Outcome
from schemas.tables import PURPOSE, TABLES
from tests.runs.makers import ROOT, command

NEVER = re.compile(r"(?i)\b(?:un|mis|dis)?(?:trust|truth|fake)\w*")
NAMES = ("Press Trust of India", "require-trusted-types-for", "trusted-types")
"""Names that somebody else chose: an agency's, and of rules in the policy of the report page."""
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("configs/*")])


def words_in(text: str) -> list[str]:
    for name in NAMES:
        text = re.sub(name, "", text, flags=re.IGNORECASE)
    return NEVER.findall(text)


def published(folder: Path) -> Iterator[tuple[str, str]]:
    """The name and the whole text of every file of a run."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".parquet":
            table = pq.ParquetFile(path).read()
            yield (
                path.name,
                f"{table.schema.to_string(show_field_metadata=True, truncate_metadata=False)}",
            )
            yield path.name, "\n".join(map(str, table.to_pylist()))
        else:
            yield path.name, path.read_text("utf-8")


@pytest.mark.parametrize("text", ["Trustworthy", "the truth", "FAKE news", "distrusted"])
def test_the_words_are_found_in_any_form(text: str) -> None:
    assert words_in(text)


def test_nothing_that_a_run_publishes_has_them(sample_run: Outcome) -> None:
    # the sample's stories are our own and do without these words, so that columns of text count too
    words_by_place = {
        name: words for name, text in published(Path(sample_run.path)) if (words := words_in(text))
    }
    assert words_by_place == {}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_of_the_documentation_has_them(path: Path) -> None:
    assert words_in(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "words",
    [
        lambda run: ("inspect", run),
        lambda run: ("explain", "mirrors", "meridianherald.example", "--run", run),
    ],
)
def test_no_command_prints_them_of_an_outlet(
    words: Callable[[str], tuple[str, ...]],
    sample_run: Outcome,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command(*words(sample_run.path)) == 0
    assert words_in(capsys.readouterr().out) == []


def test_no_description_has_them() -> None:
    texts = [
        schema.to_string(show_field_metadata=True, truncate_metadata=False)
        for schema in TABLES.values()
    ]
    texts += [str(PURPOSE), *(str(schema_of(kind)) for kind in KINDS)]
    assert words_in("\n".join(texts)) == []

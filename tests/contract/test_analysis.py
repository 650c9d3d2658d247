"""docs/analysis: twelve questions, answered alike in SQL and in Polars, shown as they come out."""

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.run.outcome import Outcome

FOLDER = Path(__file__).parents[2] / "docs" / "analysis"


def loaded() -> ModuleType:
    """docs/analysis/answer.py, which is in no package."""
    spec = importlib.util.spec_from_file_location("answer", FOLDER / "answer.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["answer"] = module
    spec.loader.exec_module(module)
    return module


answer = loaded()
QUESTIONS = answer.questions()


def test_there_are_twelve_questions() -> None:
    assert len({question.title for question in QUESTIONS}) == 12


@pytest.mark.parametrize("number", range(10))
def test_sql_and_polars_give_the_same_rows(number: int, sample_run: Outcome) -> None:
    answered = answer.by_sql(QUESTIONS[number], sample_run.path)
    assert answered.rows
    assert answer.by_polars(QUESTIONS[number], sample_run.path) == answered


def test_the_page_shows_what_comes_out(sample_run: Outcome) -> None:
    assert (FOLDER / "questions.md").read_text("utf-8") == answer.page(sample_run.path)


def test_the_notebook_runs_and_shows_what_comes_out(sample_run: Outcome) -> None:
    assert (FOLDER / "notebook.ipynb").read_text("utf-8") == answer.notebook(sample_run.path)


def test_the_notebook_runs_cell_by_cell_where_the_demo_is(
    sample_run: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copytrail-demo").mkdir()
    (tmp_path / "copytrail-demo" / "latest").symlink_to(sample_run.path)
    monkeypatch.chdir(tmp_path)
    document = json.loads((FOLDER / "notebook.ipynb").read_text("utf-8"))
    assert document["nbformat"] == 4
    names: dict[str, object] = {}
    for cell in document["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"], names)


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in FOLDER.glob("*.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            assert "://" in link or (FOLDER / link).exists(), link

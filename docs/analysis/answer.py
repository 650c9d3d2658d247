"""Writes questions.md and notebook.ipynb: `uv run python docs/analysis/answer.py [--check]`.

Each question of questions.toml is answered in SQL and in Polars from the tables of the demo. With
--check nothing is written, and the exit code is 1 where one of the two is out of date.
"""

import argparse
import ast
import json
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

HERE = Path(__file__).parent
SHOWN = "copytrail-demo/latest"
HEAD = """# Twelve questions

<!-- made from questions.toml by `uv run python docs/analysis/answer.py`; change it there -->

Each is answered twice, in SQL for DuckDB and with Polars, from the tables of `copytrail demo`,
whose outlets are invented. A test runs both and holds them to the same rows. How far the figures
may be read: [concepts.md](../concepts.md). How other tools load the tables:
[loading.md](loading.md). To try and change them: [notebook.ipynb](notebook.ipynb).
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its two ways to the answer; RUN in them stands for a run's folder."""

    title: str
    note: str
    sql: str
    polars: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of plain values."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


def questions() -> list[Question]:
    """The questions of questions.toml."""
    told = tomllib.loads((HERE / "questions.toml").read_text("utf-8"))
    return [
        Question(**{name: one.strip("\n") for name, one in row.items()}) for row in told["question"]
    ]


def by_sql(question: Question, run: str) -> Answer:
    """The answer of DuckDB."""
    with duckdb.connect() as connection:
        found = connection.execute(question.sql.replace("RUN", run))
        columns = [one[0] for one in found.description]
        return Answer(columns, [tuple(map(_plain, row)) for row in found.fetchall()])


def by_polars(question: Question, run: str) -> Answer:
    """The answer of Polars."""
    names: dict[str, Any] = {"pl": pl}
    exec(question.polars.replace("RUN", run), names)
    told: pl.DataFrame = names["answer"]
    return Answer(told.columns, [tuple(map(_plain, row)) for row in told.rows()])


def page(run: str) -> str:
    """questions.md with the answers of this run."""
    parts = [_part(n, one, by_sql(one, run)) for n, one in enumerate(questions(), 1)]
    return HEAD + "".join(parts)


def _part(number: int, question: Question, answer: Answer) -> str:
    sql, polars = (one.replace("RUN", SHOWN) for one in (question.sql, question.polars))
    code = f"```sql\n{sql}\n```\n\n```python\nimport polars as pl\n\n{polars}\n```\n"
    return f"\n## {number}. {question.title}\n\n{question.note}\n\n{code}\n{_table(answer)}"


def _table(answer: Answer) -> str:
    head = f"| {' | '.join(answer.columns)} |\n|{'---|' * len(answer.columns)}\n"
    return head + "".join(f"| {' | '.join(map(_cell, row))} |\n" for row in answer.rows)


def _cell(value: Any) -> str:
    return "unknown" if value is None else str(value).replace("|", "\\|")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def notebook(run: str) -> str:
    """notebook.ipynb: the questions with code that runs cell by cell, and what each cell gives."""
    names: dict[str, Any] = {}
    cells = [_words(INTRODUCTION), _code(SETUP, "", names)]
    for number, one in enumerate(questions(), 1):
        cells += [_words(f"## {number}. {one.title}\n\n{one.note}")]
        cells += [_code(f"{one.polars}\nanswer", run, names)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    told = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _code(code: str, run: str, names: dict[str, Any]) -> dict[str, Any]:
    """A cell with what it gives: the value of its last line, if that is one."""
    body = ast.parse(code.replace("RUN", run))
    last = body.body.pop() if isinstance(body.body[-1], ast.Expr) else None
    exec(compile(body, "cell", "exec"), names)
    outputs = []
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        outputs = [_output(str(value))]
    shown = code.replace("RUN", SHOWN)
    cell = {"cell_type": "code", "metadata": {}, "source": shown, "outputs": outputs}
    return cell | {"execution_count": None}


def _output(text: str) -> dict[str, Any]:
    told = {"data": {"text/plain": text}, "metadata": {}, "execution_count": None}
    return {"output_type": "execute_result", **told}


INTRODUCTION = """# Reading a run with Polars

Run `copytrail demo` first, and start this notebook in the folder that then holds `copytrail-demo`.
Each cell stands for itself. Nulls are what could not be computed; they are not zeros."""
SETUP = """import polars as pl

_ = pl.Config.set_tbl_rows(20)
_ = pl.Config.set_fmt_str_lengths(60)
_ = pl.Config.set_tbl_width_chars(130)"""


def demo_run(folder: Path) -> str:
    """The demo's run, made in this folder."""
    from pipelines.config.settings import Settings
    from pipelines.run.execute import execute
    from pipelines.run.request import Request
    from pipelines.sample.write import write_sample

    files = write_sample(folder / "crawl")
    request = Request(tuple(map(str, files)), str(folder), Settings())
    return execute(request).path


def main() -> int:
    """Writes or checks the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = pages(demo_run(Path(folder)))
    stale = [path for path, text in made.items() if not is_fresh(path, text)]
    for path in stale:
        print(f"{path.name} is out of date" if told.check else f"wrote {path}")
        if not told.check:
            path.write_text(made[path], "utf-8")
    return 1 if stale and told.check else 0


def pages(run: str) -> dict[Path, str]:
    """What the two pages should say, from the tables of this run."""
    return {HERE / "questions.md": page(run), HERE / "notebook.ipynb": notebook(run)}


def is_fresh(path: Path, text: str) -> bool:
    """Whether the page says this already."""
    return path.exists() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main())

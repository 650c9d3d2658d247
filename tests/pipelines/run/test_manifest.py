"""What run.json says, from a job, what its splits counted, and the tables that wait."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.config.settings import Settings
from pipelines.exchange.work_folder import Summary
from pipelines.history.history import Looked
from pipelines.run.job import Job
from pipelines.run.manifest import manifest
from pipelines.run.request import Request
from pipelines.stages.extract.inputs import InputFile, InputFiles
from pipelines.storage import filesystem, staged_tables
from pipelines.window import Window
from schemas.tables import TABLES
from sources.outlets.registry import Registry


def file(name: str, size: int = 100, form: str = "warc") -> InputFile:
    return InputFile(name, size, 0.0, form)


def job(folder: Path, *files: InputFile, articles: int = 0, window: Window | None = None) -> Job:
    """A job whose tables wait in the folder, with so many rows of articles."""
    request = Request((), str(folder), Settings(), window=window)
    listing = InputFiles(files, ("a link that leads out is not read",))
    looked = Looked(warnings=("a day is damaged",))
    made = Job(request, listing, (), "b", "fingerprint", Registry(()), None, "e", "p", looked)
    for name, schema in TABLES.items():
        table = pa.Table.from_pylist([{}] * (articles if name == "articles" else 0), schema=schema)
        filesystem.make_folder(filesystem.join(made.tables, name))
        staged_tables.write_table(filesystem.join(made.tables, name, "part-00000.parquet"), table)
    return made


def of(job: Job, **counted: Any) -> Mapping[str, Any]:
    return manifest(job, Summary(**counted), "night")


def test_pages_are_articles_rejected_and_skipped(tmp_path: Path) -> None:
    says = of(
        job(tmp_path, articles=3),
        articles=5,
        rejected={"text/too-short": 2, "read/corrupt": 1},
        skipped={"redirect": 4, "repeated": 1},
    )
    counts = says["counts"]
    assert counts["pages"] == 13 == counts["articles"] + counts["rejected"] + counts["skipped"]
    # two articles of the splits are pages that were fetched again with the same text
    assert counts["skipped_by_reason"] == {"redirect": 4, "repeated": 3}
    assert counts["articles"] == says["tables"]["articles"]["rows"] == 3


def test_a_file_of_which_records_are_missing_is_told_of(tmp_path: Path) -> None:
    says = of(
        job(tmp_path, file("a.warc"), file("b.warc"), file("c.warc"), file("d.warc")),
        records={"a.warc": 3, "b.warc": 2, "c.warc": 4, "d.warc": 4},
        there={"a.warc": 3, "b.warc": 3, "c.warc": 3, "d.warc": None},
        warnings=("c.warc is damaged (crc)",),
    )
    lost = [warning for warning in says["warnings"] if "by a count of its own" in warning]
    # what is damaged may hold more than its own count reaches; an uncounted file says nothing
    assert len(lost) == 1
    assert lost[0].startswith("b.warc holds 3 records")
    assert [entry["records"] for entry in says["inputs"]] == [3, 2, 4, 4]


def test_records_of_an_archive_are_those_of_its_parts(tmp_path: Path) -> None:
    says = of(
        job(tmp_path, file("x.wacz", form="wacz")),
        records={"x.wacz/archive/1.warc.gz": 2, "x.wacz/archive/2.warc.gz": 3, "x.wacz2/1": 7},
        there={"x.wacz": 5},
    )
    assert says["inputs"][0]["records"] == 5
    assert not any("by a count of its own" in warning for warning in says["warnings"])


def test_empty_inputs_and_pages_without_any_article_are_warned_of(tmp_path: Path) -> None:
    says = of(job(tmp_path, file("a.warc", size=0)), rejected={"text/too-short": 2})
    assert says["warnings"] == sorted(
        [
            "a day is damaged",
            "a link that leads out is not read",
            "a.warc is empty",
            "none of 2 pages became an article; see the table rejected",
        ]
    )


def test_only_a_run_with_a_window_says_what_it_looked_back_on(tmp_path: Path) -> None:
    assert "window" not in of(job(tmp_path / "whole"))
    window = Window(date(2026, 3, 2), date(2026, 3, 2))
    says = of(job(tmp_path / "day", window=window))
    assert says["window"] == {"days": window.name, "history": []}


def test_the_same_run_says_the_same(tmp_path: Path) -> None:
    made = job(tmp_path, file("a.warc"), articles=1)
    assert of(made, articles=1) == of(made, articles=1)

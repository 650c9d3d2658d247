"""Figures of runs out of their tables, and what the checks make of them."""

from pathlib import Path

from pipelines.config.sections import CheckSettings
from pipelines.output.publish import Output
from pipelines.run.checks import OutletFigures
from pipelines.run.run_figures import check, figures, figures_before
from tests.pipelines.published import START, articles, published, sources, staged

RULES = CheckSettings()


def test_an_outlets_figures_are_its_pages_its_articles_and_those_with_a_date(
    tmp_path: Path,
) -> None:
    rows = [*articles(1, 2, published_at=START), *articles(3), *articles(4, source="b.example")]
    tables = {"articles": rows, "sources": sources(a=3, b=1, c=0)}
    run_figures = figures(published(tmp_path, "run", tables), "run")
    assert run_figures.run_id == "run"
    assert run_figures.outlets == {
        "a.example": OutletFigures(3, 3, 2),
        "b.example": OutletFigures(1, 1, 0),
        "c.example": OutletFigures(0, 0, 0),
    }


def test_earlier_runs_are_read_newest_first_and_no_more_than_wanted(tmp_path: Path) -> None:
    for day in range(4):
        published(tmp_path, f"day-{day}", {"sources": sources(a=day)})
    before = figures_before(Output(str(tmp_path)), "f-now", 2)
    assert [run.run_id for run in before] == ["day-3", "day-2"]


def test_the_same_pages_made_anew_and_damaged_runs_have_no_say(tmp_path: Path) -> None:
    for run_id in ("whole", "damaged", "again"):
        path = published(tmp_path, run_id, {"sources": sources(a=1)})
        if run_id == "damaged":
            (Path(path) / "sources" / "part-00000.parquet").write_bytes(b"no table")
    before = figures_before(Output(str(tmp_path)), "f-again", 5)
    assert [run.run_id for run in before] == ["whole"]


def test_a_run_with_far_fewer_pages_of_an_outlet_is_held_or_warned_of(tmp_path: Path) -> None:
    for day in range(RULES.runs):
        tables = {"articles": articles(*range(40)), "sources": sources(a=40)}
        published(tmp_path, f"day-{day}", tables)
    manifest = staged(tmp_path, "now", {"articles": articles(1), "sources": sources(a=1)})
    output = Output(str(tmp_path))
    checked = check(output, output.staged("f-now"), manifest, RULES)
    breaches = [*checked.held, *checked.warned]
    assert [breach.source_id for breach in breaches] == ["a.example"]
    assert checked.record["against"] == [f"day-{day}" for day in reversed(range(RULES.runs))]
    assert [breach["holds"] for breach in checked.record["breaches"]] == [bool(checked.held)]


def test_the_largest_cluster_is_counted_among_the_articles_of_the_run(tmp_path: Path) -> None:
    rows = [*articles(1, 2, 3, cluster_id="c1"), *articles(4, cluster_id="c2"), *articles(5)]
    manifest = staged(tmp_path, "now", {"articles": rows, "sources": sources(a=5)})
    output = Output(str(tmp_path))
    checked = check(output, output.staged("f-now"), manifest, RULES)
    assert checked.record["largest_cluster"] == 3
    assert (checked.held, checked.warned) == ((), ())

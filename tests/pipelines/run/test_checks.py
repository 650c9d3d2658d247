"""Checks before publishing: what holds a run back, what only warns, what is too little to say."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.config.sections import CheckSettings
from pipelines.run.checks import (
    OutletFigures,
    RunFigures,
    cluster_breaches,
    is_held,
    outlet_breaches,
    sum_breaches,
    usual,
)
from pipelines.run.outcome import Outcome, shortened
from tests.runs.makers import command, jsonl, run, story

RULES = CheckSettings()
SHORT = "The page needs a browser."
OUTLETS = ("meridianherald.example", "harbourpost.example")


def outlet(pages: int, articles: int, dated: int | None = None) -> OutletFigures:
    return OutletFigures(pages, articles, articles if dated is None else dated)


def runs(name: str, *figures: OutletFigures) -> list[RunFigures]:
    return [RunFigures(str(day), {name: figure}) for day, figure in enumerate(figures)]


def checks_of(now: OutletFigures, before: Sequence[RunFigures]) -> list[str]:
    return [
        breach.check for breach in outlet_breaches(RunFigures("now", {"a": now}), before, RULES)
    ]


@pytest.mark.parametrize(
    ("now", "breaches"),
    [
        (outlet(40, 38), []),
        (outlet(20, 18), []),
        (outlet(40, 8), ["count", "extraction"]),
        (outlet(40, 38, dated=3), ["dates"]),
        (outlet(3, 1), ["count"]),
        (outlet(400, 380), ["count"]),
        (outlet(0, 0), ["count"]),
    ],
    ids=["as usual", "half", "new layout", "no dates", "too few to tell", "flood", "gone"],
)
def test_an_outlet_is_compared_with_its_own_median(now: OutletFigures, breaches: list[str]) -> None:
    usually = runs("a", outlet(40, 38), outlet(44, 42), outlet(40, 39))
    assert checks_of(now, usually) == breaches


def test_an_outlet_that_is_missing_is_named() -> None:
    (breach,) = outlet_breaches(RunFigures("now", {}), runs("a", *[outlet(40, 38)] * 3), RULES)
    assert breach.message == "a has 0 articles, far fewer than its usual 38"


def test_nothing_is_usual_of_an_outlet_before_three_runs() -> None:
    assert checks_of(outlet(40, 2), runs("a", outlet(40, 38), outlet(40, 38))) == []


def test_runs_of_other_outlets_make_no_usual() -> None:
    before = runs("a", *[outlet(40, 38)] * 3) + runs("b", *[outlet(40, 38)] * 4)
    assert usual("a", before, RULES.min_runs) is not None
    now = RunFigures("now", {"b": outlet(40, 38)})
    assert outlet_breaches(now, before, RULES) == []  # a's median over all runs is no articles


figures = st.integers(0, 60).flatmap(
    lambda pages: st.integers(0, pages).map(lambda articles: outlet(pages, articles))
)


@given(st.lists(figures, max_size=6), figures, st.randoms())
def test_the_order_of_earlier_runs_does_not_matter(
    before: list[OutletFigures], now: OutletFigures, chance: Random
) -> None:
    shuffled = list(before)
    chance.shuffle(shuffled)
    assert checks_of(now, runs("a", *before)) == checks_of(now, runs("a", *shuffled))


@given(figures)
def test_an_outlet_as_it_always_was_breaches_nothing(figure: OutletFigures) -> None:
    assert checks_of(figure, runs("a", *[figure] * 3)) == []


def test_pages_that_do_not_add_up_hold_a_run_back_whatever_is_set() -> None:
    counts = {"pages": 10, "articles": 7, "rejected": 2, "skipped": 1}
    assert sum_breaches(counts, {"articles": 7, "rejected": 2}) == []
    (lost,) = sum_breaches(counts, {"articles": 6, "rejected": 2})
    (miscounted,) = sum_breaches(counts | {"pages": 11}, {"articles": 7, "rejected": 2})
    rules = CheckSettings(hold=())
    assert is_held(lost, rules)
    assert is_held(miscounted, rules)


def test_a_cluster_of_too_many_articles_is_a_breach_in_a_large_run_only() -> None:
    assert cluster_breaches(100, 1000, RULES) == []
    assert [breach.check for breach in cluster_breaches(101, 1000, RULES)] == ["cluster"]
    assert cluster_breaches(5, 5, RULES) == []


def test_ten_thousand_damaged_files_are_not_ten_thousand_lines() -> None:
    shown = shortened([f"{number} is damaged" for number in range(10_000)])
    assert (len(shown), shown[-1][:20]) == (101, "and 9900 more warnin")


def day(folder: Path, number: int, articles: int) -> Path:
    """Twenty pages of each of two outlets, of the first of which so many are articles."""
    rows = [
        {
            "url": f"https://{host}/{number}/{page}",
            "text": SHORT if place == 0 and page >= articles else story(seed(number, place, page)),
            "published_at": f"2026-03-{number:02d}T06:00:00Z",
        }
        for place, host in enumerate(OUTLETS)
        for page in range(20)
    ]
    return jsonl(folder / f"2026-03-{number:02d}.jsonl", rows)


def seed(*numbers: int) -> int:
    return sum(number * 1000**place for place, number in enumerate(numbers))


def publish_days(folder: Path, *articles: int) -> list[Outcome]:
    return [
        run([day(folder, number, n)], folder / "out", run_id=f"2026-03-{number:02d}")
        for number, n in enumerate(articles, 1)
    ]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """Three days as usual, and one on which an outlet's layout is new: 19 of 20 pages, then 4."""
    folder = tmp_path_factory.mktemp("held")
    return folder, publish_days(folder, 19, 19, 18, 4)[-1]


def test_a_day_with_a_new_layout_is_held_back_with_the_outlets_name(
    held: tuple[Path, Outcome],
) -> None:
    _, outcome = held
    assert outcome.exit_code == 4
    assert outcome.held == (
        "meridianherald.example: 4 of 20 pages became articles (20%, usual 95%); "
        "has its layout changed?",
    )


def test_readers_do_not_see_what_is_held_back(held: tuple[Path, Outcome]) -> None:
    folder, outcome = held
    assert (folder / "out" / "latest").resolve().name == "run=2026-03-03"
    assert len(list((folder / "out" / "runs").glob("run=*"))) == 3
    assert Path(outcome.path).name.startswith(".staged-")


def test_run_json_names_the_runs_and_figures_that_it_was_compared_with(
    held: tuple[Path, Outcome],
) -> None:
    checks = json.loads(Path(held[1].path, "run.json").read_text())["checks"]
    assert checks["against"] == ["2026-03-03", "2026-03-02", "2026-03-01"]
    (outlet,) = (entry for entry in checks["outlets"] if entry["source_id"] == OUTLETS[0])
    assert (outlet["articles"], outlet["pages"]) == (4, 20)
    assert outlet["usual"] == {"articles": 19, "extraction": 0.95, "dates": 1}


def test_a_run_held_back_is_published_by_a_command_or_by_other_checks_with_the_same_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = publish_days(tmp_path, 20, 20, 20, 3)[-1]
    output, name = tmp_path / "out", "2026-03-04"
    rows = str(tmp_path / f"{name}.jsonl")
    again = ["run", "--input", rows, "--output", str(output), "--run-id", name]
    assert command(*again) == 4
    printed = capsys.readouterr().err
    assert f"`copytrail publish {output} {name}` publishes it" in printed
    staged = {path.name: path.stat().st_mtime_ns for path in Path(outcome.path).glob("*/*")}
    assert command(*again, "--set", "checks.hold=[]") == 3
    run_folder = output / "runs" / f"run={name}"
    assert {path.name: path.stat().st_mtime_ns for path in run_folder.glob("*/*")} == staged
    manifest = json.loads((output / "latest" / "run.json").read_text())
    assert [
        warning for warning in manifest["warnings"] if warning.startswith(f"{OUTLETS[0]}: 3 of 20")
    ]


def test_a_held_run_is_published_with_what_held_it_as_a_warning(
    held: tuple[Path, Outcome], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    copy_tree(held[0] / "out", output)
    assert command("publish", output, "2026-03-04") == 3
    assert (output / "latest").resolve().name == "run=2026-03-04"
    manifest = json.loads((output / "latest" / "run.json").read_text())
    assert set(held[1].held) <= set(manifest["warnings"])
    assert command("publish", output, "2026-03-04") == 2  # it waits no longer


def test_a_discarded_run_is_gone_and_the_published_ones_are_not(
    held: tuple[Path, Outcome], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    copy_tree(held[0] / "out", output)
    assert command("discard", output, "2026-03-04") == 0
    assert sorted(path.name for path in (output / "runs").iterdir()) == [
        f"run=2026-03-0{number}" for number in (1, 2, 3)
    ]
    assert command("discard", output, "2026-03-03") == 2  # it is published


def copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True)


def test_one_damaged_manifest_of_an_earlier_run_stops_nothing(
    held: tuple[Path, Outcome], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    copy_tree(held[0] / "out", output)
    (output / "runs" / "run=2026-03-02" / "run.json").write_text('{"run_id": "2026')
    outcome = run([day(tmp_path, 5, 20)], output, run_id="2026-03-05")
    assert (outcome.exit_code, outcome.manifest["checks"]["against"]) == (
        3,
        ["2026-03-03", "2026-03-01"],
    )
    assert outcome.warnings == (
        f"{output}/runs/run=2026-03-02 is damaged and was left out; "
        f"see `copytrail verify {output}`",
    )


def test_a_damaged_input_is_a_warning_that_names_the_file(tmp_path: Path) -> None:
    rows = jsonl(tmp_path / "rows.jsonl", [{"text": story(1)}, "nonsense", "more of it"])
    outcome = run([rows], tmp_path / "out")
    assert outcome.exit_code == 3
    assert outcome.warnings == (f"{rows} is damaged (bad-json); what could be read of it was",)

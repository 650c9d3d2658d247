"""Runs with --window: what they publish of their days, and what they find in the days before."""

import shutil
from pathlib import Path

import pytest

from pipelines.history.history import History
from pipelines.maintenance.forget import forget_days
from pipelines.output import publish
from pipelines.run.outcome import Outcome
from tests.runs.makers import (
    all_tables,
    command,
    jsonl,
    page_row,
    page_rows,
    run,
    run_day,
    story,
    table,
)

FERRY, COUNCIL, BRIDGE = (story(seed, 120) for seed in (1, 2, 3))
WHOLE = story(4, 200).split()
HEAD, TAIL = " ".join(WHOLE[:110]), " ".join(WHOLE[90:])
FIRST, SECOND, THIRD = "2026-03-01", "2026-03-02", "2026-03-03"
DAYS = {
    FIRST: page_rows(
        FIRST,
        *(("one", FERRY), ("two", FERRY), ("three", HEAD), ("four", HEAD)),
        *(("five", TAIL), ("six", TAIL), ("seven", COUNCIL)),
    ),
    SECOND: page_rows(
        SECOND,
        *(("eight", FERRY), ("seven", COUNCIL + " " + story(9, 20)), ("two", BRIDGE)),
        ("nine", " ".join(WHOLE)),
    ),
}


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Outcome]:
    """Two days, one after the other."""
    output = tmp_path_factory.mktemp("days") / "out"
    first, second = (run_day(output, day, rows) for day, rows in DAYS.items())
    return first, second


@pytest.fixture
def begun(two_days: tuple[Outcome, Outcome], tmp_path: Path) -> Path:
    """An output folder of its own that has the first day alone."""
    before = Path(two_days[0].path).parents[1]
    output = tmp_path / "out"
    shutil.copytree(before, output, ignore=shutil.ignore_patterns(f"*{SECOND}*", "latest"))
    return output


def ids_by_host(outcome: Outcome) -> dict[str, str]:
    return {row["host"].partition(".")[0]: row["article_id"] for row in table(outcome, "articles")}


def cluster_by_host(outcome: Outcome) -> dict[str, str]:
    return {row["host"].partition(".")[0]: row["cluster_id"] for row in table(outcome, "articles")}


def test_a_run_is_named_after_its_window_and_publishes_its_articles_alone(
    two_days: tuple[Outcome, Outcome],
) -> None:
    assert [day.run_id for day in two_days] == list(DAYS)
    urls = [{row["url"] for row in table(day, "articles")} for day in two_days]
    assert urls == [{row["url"] for row in rows} for rows in DAYS.values()]
    assert two_days[1].manifest["window"] == {"days": SECOND, "history": [FIRST]}


def test_a_copy_of_an_older_story_joins_its_cluster_which_keeps_its_name(
    two_days: tuple[Outcome, Outcome],
) -> None:
    before, now = (cluster_by_host(day) for day in two_days)
    assert now["eight"] == before["one"] is not None


def test_a_member_of_the_history_has_its_day_and_stands_in_that_days_run(
    two_days: tuple[Outcome, Outcome],
) -> None:
    first, second = two_days
    rows = [row for row in table(second, "cluster_timeline") if row["day"].isoformat() == FIRST]
    known = {row["article_id"] for row in table(first, "articles")}
    assert rows
    assert {row["article_id"] for row in rows} <= known
    of_today = {row["article_id"] for row in table(second, "cluster_timeline")} - known
    assert of_today <= {row["article_id"] for row in table(second, "articles")}


def test_the_first_of_a_cluster_is_first_though_it_was_published_before(
    two_days: tuple[Outcome, Outcome],
) -> None:
    first, second = two_days
    (edge,) = [row for row in table(second, "copy_edges") if row["to_source"] == "eight.example"]
    assert edge["from_source"] == "one.example"
    assert edge["example_pairs"] == [f"{ids_by_host(first)['one']} {ids_by_host(second)['eight']}"]


def test_every_pair_of_a_run_has_an_article_of_its_window(
    two_days: tuple[Outcome, Outcome],
) -> None:
    own = set(ids_by_host(two_days[1]).values())
    pairs = table(two_days[1], "duplicate_pairs")
    assert pairs
    assert [row for row in pairs if own.isdisjoint((row["left_id"], row["right_id"]))] == []


def test_clusters_without_an_article_of_the_window_are_not_told_again(begun: Path) -> None:
    day_run = run_day(begun, SECOND, page_rows(SECOND, ("two", BRIDGE)))
    assert [table(day_run, name) for name in ("clusters", "cluster_timeline", "copy_edges")] == [
        [] for _ in range(3)
    ]


def test_two_clusters_that_a_new_article_joins_are_in_cluster_changes(
    two_days: tuple[Outcome, Outcome],
) -> None:
    before, now = (cluster_by_host(day) for day in two_days)
    assert len({before["three"], before["five"], None}) == 3
    assert now["nine"] == before["three"]
    assert table(two_days[1], "cluster_changes") == [
        {
            "former_id": before["five"],
            "cluster_id": before["three"],
            "change": "joined",
            "n_articles": 2,
        }
    ]


def test_days_one_by_one_find_the_pairs_and_clusters_of_all_days_at_once(
    two_days: tuple[Outcome, Outcome], tmp_path: Path
) -> None:
    rows = [row for pages_of_day in DAYS.values() for row in pages_of_day]
    at_once = run([jsonl(tmp_path / "all.jsonl", rows)], tmp_path / "out")
    key = ("left_id", "right_id", "relation")
    pairs = {
        tuple(row[column] for column in key)
        for day in two_days
        for row in table(day, "duplicate_pairs")
    }
    assert pairs == {
        tuple(row[column] for column in key) for row in table(at_once, "duplicate_pairs")
    }
    assert members(two_days[1]) <= members(at_once)


def members(outcome: Outcome) -> set[frozenset[str]]:
    clusters: dict[str, set[str]] = {}
    for row in table(outcome, "cluster_timeline"):
        clusters.setdefault(row["cluster_id"], set()).add(row["article_id"])
    return {frozenset(cluster) for cluster in clusters.values()}


def test_pages_of_other_days_are_skipped_and_counted(tmp_path: Path) -> None:
    rows = [row for day in DAYS.values() for row in day]
    day_run = run_day(tmp_path / "out", SECOND, rows)
    counts = day_run.manifest["counts"]
    assert counts["skipped_by_reason"] == {"outside-window": len(DAYS[FIRST])}
    assert counts["pages"] == counts["articles"] + counts["rejected"] + counts["skipped"]


def test_a_page_fetched_again_unchanged_was_published_before(tmp_path: Path) -> None:
    first = page_row(FIRST, "one", FERRY)
    again = first | {"fetched_at": f"{SECOND}T12:00:00Z"}
    run_day(tmp_path / "out", FIRST, [first])
    day_run = run_day(tmp_path / "out", SECOND, [again, page_row(SECOND, "two", FERRY)])
    assert [row["host"] for row in table(day_run, "articles")] == ["two.example"]
    assert day_run.manifest["counts"]["skipped_by_reason"] == {"repeated": 1}
    (seen,) = [
        row for row in table(day_run, "cluster_timeline") if row["source_id"] == "one.example"
    ]
    assert seen["first_seen_at"].isoformat() == f"{FIRST}T12:00:00+00:00"


def test_a_page_that_claims_an_older_time_does_not_take_over_the_clusters_name(
    tmp_path: Path,
) -> None:
    first = run_day(
        tmp_path / "out",
        SECOND,
        DAYS[FIRST][:0] + page_rows(SECOND, ("one", FERRY), ("two", FERRY)),
    )
    late = page_row(THIRD, "nine", FERRY, published_at=f"{FIRST}T08:00:00Z")
    day_run = run_day(tmp_path / "out", THIRD, [late])
    assert cluster_by_host(day_run)["nine"] == cluster_by_host(first)["one"] is not None
    (cluster,) = table(day_run, "clusters")
    # nobody saw the page when it claims to have been there: such a claim makes nobody first
    assert cluster["earliest_article_id"] is None


def test_older_days_than_history_days_are_not_looked_back_on(begun: Path) -> None:
    day_run = run_day(begun, THIRD, page_rows(THIRD, ("nine", FERRY)), "match.history_days=1")
    assert cluster_by_host(day_run) == {"nine": None}
    assert day_run.manifest["window"]["history"] == []


FOOT = "The harbour office keeps its rooms open on weekdays and sells maps of the old sea wall."


def framed(seed: int) -> str:
    return f"{story(seed, 60)}\n{FOOT}"


def test_boilerplate_of_an_outlet_with_one_page_today_is_learnt_from_the_history(
    tmp_path: Path,
) -> None:
    today = page_rows(SECOND, ("one", framed(50)))
    alone = run_day(tmp_path / "alone", SECOND, today)
    run_day(tmp_path / "out", FIRST, page_rows(FIRST, *(("one", framed(n)) for n in range(40, 46))))
    day_run = run_day(tmp_path / "out", SECOND, today)
    texts = [table(side, "articles")[0]["text"] for side in (alone, day_run)]
    assert texts == [framed(50), story(50, 60)]


MIRROR = "Our pages can also be accessed at the following alternate addresses:\n"


def mirrored(host: str, seed: int) -> tuple[str, str]:
    """A page of one of two mirrors, which names the other below its foot."""
    other = {"one": "two", "two": "one"}[host]
    return host, f"{framed(seed)}\n{MIRROR}www.{other}.example"


def test_three_pages_lose_their_frame_and_no_story_that_is_published_again_or_on_mirrors(
    tmp_path: Path,
) -> None:
    """The outlet published 44 three times, and its mirror once more: it is no frame."""
    before = [mirrored("one", seed) for seed in (40, 41, 42, 43, 44, 44)]
    before += [mirrored("two", seed) for seed in (41, 42, 44)]
    today = [mirrored("one", 45), mirrored("two", 45), mirrored("one", 44)]
    run_day(tmp_path / "out", FIRST, page_rows(FIRST, *before))
    day_run = run_day(tmp_path / "out", SECOND, page_rows(SECOND, *today))
    texts = [row["text"] for row in table(day_run, "articles")]
    assert sorted(texts) == sorted(story(seed, 60) for seed in (45, 45, 44))
    assert {row["source_id"] for row in table(day_run, "articles")} == {"one.example"}


def test_the_same_window_on_the_same_pages_is_found_published(tmp_path: Path) -> None:
    first = run_day(tmp_path / "out", FIRST, DAYS[FIRST])
    again = run_day(tmp_path / "out", FIRST, DAYS[FIRST])
    assert (first.is_new, again.is_new) == (True, False)
    assert again.run_id == FIRST


def test_a_day_that_was_backfilled_makes_the_later_window_new_and_is_told(tmp_path: Path) -> None:
    before = run_day(tmp_path / "out", SECOND, DAYS[SECOND])
    backfilled = run_day(tmp_path / "out", FIRST, DAYS[FIRST])
    after = run_day(tmp_path / "out", SECOND, DAYS[SECOND])
    assert backfilled.notes == (
        f"runs of {SECOND} looked back on {FIRST} as it was; start them again",
    )
    assert (after.is_new, after.run_id) == (True, f"{SECOND}-2")
    assert cluster_by_host(before)["eight"] is None
    assert cluster_by_host(after)["eight"] == cluster_by_host(backfilled)["one"]


def test_a_forgotten_day_is_as_if_it_had_never_been_read(begun: Path, tmp_path: Path) -> None:
    assert forget_days(str(begun), FIRST).startswith(f"forgot {FIRST};")
    day_run = run_day(begun, SECOND, DAYS[SECOND])
    never = run_day(tmp_path / "never", SECOND, DAYS[SECOND])
    assert all_tables(day_run) == all_tables(never)


def test_a_forgotten_day_that_is_run_again_is_in_the_history_again(tmp_path: Path) -> None:
    run_day(tmp_path / "out", FIRST, DAYS[FIRST])
    forget_days(str(tmp_path / "out"), FIRST)
    run_day(tmp_path / "out", FIRST, DAYS[FIRST])
    day_run = run_day(tmp_path / "out", SECOND, DAYS[SECOND])
    assert cluster_by_host(day_run)["eight"] is not None


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def test_a_damaged_day_is_set_aside_and_rebuilt_from_its_run_with_a_warning(
    begun: Path, two_days: tuple[Outcome, Outcome]
) -> None:
    path = begun / "state" / f"day={FIRST}.state"
    damage(path)
    day_run = run_day(begun, SECOND, DAYS[SECOND])
    assert day_run.exit_code == 3
    aside, rebuilt = day_run.warnings
    assert "is damaged: its checksum does not fit; it was set aside" in aside
    assert rebuilt.startswith(f"{FIRST} of the history was rebuilt from run {FIRST}")
    assert all_tables(day_run) == all_tables(two_days[1])
    assert (path.parent / f".aside-{FIRST}.state").exists()


def test_a_lost_history_is_rebuilt_from_the_published_runs(
    begun: Path, two_days: tuple[Outcome, Outcome]
) -> None:
    (begun / "state" / f"day={FIRST}.state").unlink()
    day_run = run_day(begun, SECOND, DAYS[SECOND])
    assert all_tables(day_run) == all_tables(two_days[1])


def test_days_read_with_other_settings_of_extraction_are_told(tmp_path: Path) -> None:
    run_day(tmp_path / "out", FIRST, DAYS[FIRST], "extract.min_words=30")
    day_run = run_day(tmp_path / "out", SECOND, DAYS[SECOND])
    assert day_run.warnings == (
        f"1 days of the history, {FIRST} to {FIRST}, were read with other settings of [extract]; "
        "run them again to read them alike",
    )


class Killed(BaseException):
    """The process ends here."""


def killed(*_: object) -> None:
    raise Killed


def test_a_start_after_a_kill_between_publishing_and_filing_files_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(History, "commit", killed)
    with pytest.raises(Killed):
        run_day(tmp_path / "out", FIRST, DAYS[FIRST])
    monkeypatch.undo()
    assert not run_day(tmp_path / "out", FIRST, DAYS[FIRST]).is_new
    day_run = run_day(tmp_path / "out", SECOND, DAYS[SECOND])
    assert day_run.warnings == ()
    assert day_run.manifest["window"]["history"] == [FIRST]


def test_a_day_whose_run_was_not_published_is_not_in_the_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "publish", killed)
    with pytest.raises(Killed):
        run_day(tmp_path / "out", FIRST, DAYS[FIRST])
    monkeypatch.undo()
    day_run = run_day(tmp_path / "out", SECOND, DAYS[SECOND])
    assert day_run.manifest["window"]["history"] == []
    assert list((tmp_path / "out" / "state").glob(".staged*")) == []


def test_a_run_without_a_window_keeps_no_history(tmp_path: Path) -> None:
    outcome = run([jsonl(tmp_path / "rows.jsonl", DAYS[FIRST])], tmp_path / "out")
    assert not (tmp_path / "out" / "state").exists()
    assert "window" not in outcome.manifest
    assert {row["day"] for row in table(outcome, "cluster_timeline")} == {None}


@pytest.mark.slow
def test_two_workers_look_back_on_the_same_bytes(
    tmp_path: Path,
) -> None:
    outcomes = []
    for name, workers in (("one", 1), ("two", 2)):
        output = tmp_path / name / "out"
        outcomes.append(
            [run_day(output, day, rows, f"run.workers={workers}") for day, rows in DAYS.items()][1]
        )
    assert all_tables(outcomes[0]) == all_tables(outcomes[1])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run", "--input", "x", "--output", "y", "--window", "soon"), "got 'soon'"),
        (("forget", "nowhere", "--window", FIRST), "nowhere holds no runs"),
        (("forget", ".", "--window", "soon"), "got 'soon'"),
    ],
)
def test_a_window_that_makes_no_sense_is_one_line_and_exit_code_2(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(*words) == 2
    assert told in capsys.readouterr().err


def test_a_held_day_enters_the_history_when_it_is_published_and_not_before(tmp_path: Path) -> None:
    output = tmp_path / "out"
    held = ("checks.cluster_articles=1", "checks.max_cluster_share=0.2")
    assert run_day(output, FIRST, DAYS[FIRST], *held).exit_code == 4
    assert not list((output / "state").glob("day=*"))
    alone = run_day(output, SECOND, DAYS[SECOND])
    assert alone.manifest["window"]["history"] == []
    assert command("publish", output, FIRST) == 3
    assert (output / "state" / f"day={FIRST}.state").exists()
    day_run = run_day(output, SECOND, DAYS[SECOND])
    assert day_run.manifest["window"]["history"] == [FIRST]
    for day, rows in DAYS.items():
        scratch = run_day(tmp_path / "scratch" / "out", day, rows)
    assert all_tables(day_run) == all_tables(scratch)


def test_a_held_day_that_is_discarded_leaves_nothing_in_the_history(tmp_path: Path) -> None:
    output = tmp_path / "out"
    held = ("checks.cluster_articles=1", "checks.max_cluster_share=0.2")
    assert run_day(output, FIRST, DAYS[FIRST], *held).exit_code == 4
    assert command("discard", output, FIRST) == 0
    run_day(output, SECOND, DAYS[SECOND])
    assert [path.name for path in (output / "state").glob("*day=*")] == [f"day={SECOND}.state"]
    assert not list((output / "state").glob(".staged-*"))


def test_runs_that_the_history_may_have_to_be_rebuilt_from_are_not_pruned(
    two_days: tuple[Outcome, Outcome], capsys: pytest.CaptureFixture[str]
) -> None:
    output = Path(two_days[0].path).parents[1]
    assert command("prune", output, "--keep", "29d") == 2
    assert "match.history_days = 30" in capsys.readouterr().err
    assert command("prune", output, "--keep", "30d") == 0

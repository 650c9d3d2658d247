"""However days came and went: a window's tables are those of computing everything from scratch."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from pipelines.history.history import History
from pipelines.maintenance.forget import forget_days
from pipelines.output import publish
from pipelines.window import window_of
from tests.runs.makers import all_tables, page_row, rows_file, run, run_day, story

Rows = tuple[dict[str, Any], ...]

WHOLE = story(4, 200).split()
FOOT = "The harbour office keeps its rooms open on weekdays and sells maps of the old sea wall."
TEXTS = (
    *(story(1, 90), story(1, 90) + " " + story(2, 25), story(2, 90)),
    *(" ".join(WHOLE[:110]), " ".join(WHOLE[90:]), " ".join(WHOLE)),
    *(f"{story(seed, 60)}\n{FOOT}" for seed in range(20, 26)),
)
DAYS = ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-05")
CHANGES = (
    *("match.history_days=1", "match.history_days=2", "match.history_days=30"),
    *("copies.near_jaccard=0.6", "boilerplate.minimum_witnesses=2"),
)
# where a start may be killed, and whether its run is published then
KILLS = ((History, "stage", False), (publish, "publish", False), (publish, "point_latest", True),
         (History, "commit", True))  # fmt: skip


def pages_of(day: str) -> st.SearchStrategy[Rows]:
    """Some pages of the day; a page at an address of its own may be fetched on many days."""
    host, number = st.sampled_from(("one", "two", "three")), st.integers(0, 11)
    return st.lists(
        st.tuples(host, number, st.integers(0, len(TEXTS) - 1), st.booleans()),
        min_size=1,
        max_size=7,
        unique_by=lambda page: page[:2],
    ).map(lambda pages: tuple(page_of(day, *page) for page in pages))


def page_of(day: str, host: str, number: int, text: int, is_lasting: bool) -> dict[str, Any]:
    address = {"url": f"https://{host}.example/{text}"} if is_lasting else {}
    return page_row(day, host, TEXTS[text], number, **address)


class Killed(BaseException):
    """The process ends here."""


class Days(RuleBasedStateMachine):
    """One output folder, and what is known to it."""

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.known: dict[str, Rows] = {}
        self.sets: tuple[str, ...] = ()

    @rule(data=st.data(), day=st.sampled_from(DAYS))
    def add_or_replace(self, data: st.DataObject, day: str) -> None:
        rows = data.draw(pages_of(day))
        self.known[day] = rows
        self.publish(day)

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def run_again(self, data: st.DataObject) -> None:
        self.publish(data.draw(st.sampled_from(sorted(self.known))))

    @precondition(lambda self: len(self.known) > 1)
    @rule(data=st.data())
    def forget(self, data: st.DataObject) -> None:
        day = data.draw(st.sampled_from(sorted(self.known)))
        assert forget_days(str(self.root / "out"), day).startswith(f"forgot {day};")
        del self.known[day]

    @rule(data=st.data(), how=st.sampled_from(("change", "cut", "delete", "swap")))
    def damage_what_was_derived(self, data: st.DataObject, how: str) -> None:
        """It is made anew, and nothing of it is believed."""
        files = sorted((self.root / "out" / "state").glob("*derived*"))
        if not files:
            return
        chosen = data.draw(st.sampled_from(files))
        content = chosen.read_bytes()
        place = data.draw(st.integers(0, max(0, len(content) - 1)))
        match how:
            case "change":
                chosen.write_bytes(content[:place] + b"\x00" + content[place + 1 :])
            case "cut":
                chosen.write_bytes(content[:place])
            case "delete":
                chosen.unlink()
            case _:
                chosen.write_bytes(data.draw(st.sampled_from(files)).read_bytes())

    @rule(change=st.sampled_from(CHANGES))
    def change_a_setting(self, change: str) -> None:
        self.sets = (*self.sets, change)

    @rule(data=st.data(), day=st.sampled_from(DAYS), kill=st.sampled_from(KILLS))
    def crash(self, data: st.DataObject, day: str, kill: tuple[Any, str, bool]) -> None:
        owner, name, is_published = kill
        rows = data.draw(pages_of(day))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(owner, name, self.killed)
            try:
                run_day(self.root / "out", day, rows, *self.sets)
            except Killed:
                self.known |= {day: rows} if is_published else {}
            else:  # the same run was published before: nothing was to be done
                assert self.known[day] == rows

    def killed(self, *_: object) -> None:
        raise Killed

    def publish(self, day: str) -> None:
        """Runs the day where all days are known, and where all are read anew."""
        day_run = run_day(self.root / "out", day, self.known[day], *self.sets)
        assert all_tables(day_run) == all_tables(self.from_scratch(day))

    def from_scratch(self, day: str) -> Any:
        scratch = Path(tempfile.mkdtemp(dir=self.root))
        before = sorted(known_day for known_day in self.known if known_day < day)
        if before:
            files = [
                rows_file(scratch / "inputs", known_day, self.known[known_day])
                for known_day in before
            ]
            window = window_of(f"{before[0]}..{before[-1]}")
            run(files, scratch / "out", "run.partitions=1", *self.sets, window=window)
        return run_day(scratch / "out", day, self.known[day], *self.sets)

    def teardown(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)


def machine(examples: int, steps: int) -> Any:
    case: Any = type("Machine", (Days.TestCase,), {})
    case.settings = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    return case


TestDays = machine(4, 4)
TestManyDays = pytest.mark.slow(machine(20, 12))

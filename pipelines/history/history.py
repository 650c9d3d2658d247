"""The days that a run looks back on: OUT/state, one file a day, made whole when a run is published.

What a day holds are the pages of the last published run whose window held it. Files of a run wait
in a dot-folder until it is published and are then renamed one by one; a start that finds such a
folder finishes that, or deletes it where its run was not published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from pipelines.history.day_file import (
    DayFacts,
    DayState,
    DayWriter,
    UnreadableStateError,
    day_state,
)
from pipelines.history.rebuilt_days import published_day, run_with
from pipelines.output import publish
from pipelines.output.publish import Output
from pipelines.storage import filesystem
from pipelines.window import Window, by_day

SUFFIX = ".state"
DERIVED = ".derived-"
"""In the names of what was derived of a day; never believed where the day is another."""
SETTLED = "components.derived"
"""What came of components that runs verified."""
_FORGOTTEN = ".forgotten"
_STAGED = ".staged-"
_REBUILT = "rebuilt from run "


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the history, found whole."""

    day: date
    path: str
    digest: str
    groups: int
    facts: DayFacts
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Looked:
    """The days that a run looks back on, and what is to be told of them."""

    days: tuple[Day, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The folder of the days."""

    output: Output

    @property
    def folder(self) -> str:
        """Private: its form may change with any version."""
        return filesystem.join(self.output.folder, "state")

    def path(self, day: date) -> str:
        """The file of a day."""
        return filesystem.join(self.folder, f"day={day}{SUFFIX}")

    def look_back(self, window: Window | None, extraction: str) -> Looked:
        """The days of `window` that are known, each checked; lost ones are rebuilt.

        Args:
            window: the days before a run's own.
            extraction: digest of the settings that the run reads its pages with.
        """
        if window is None:
            return Looked()
        published = publish.windows(self.output)
        warnings: list[str] = []
        days = [self._day(day, published, warnings) for day in window.days()]
        held = [day for day in days if day is not None]
        others = [day.day for day in held if day.facts.extraction not in ("", extraction)]
        if others:
            warnings.append(
                f"{len(others)} days of the history, {others[0]} to {others[-1]}, were read with "
                "other settings of [extract]; run them again to read them alike"
            )
        warnings += [_told(day) for day in held if day.facts.fingerprint.startswith(_REBUILT)]
        return Looked(tuple(held), tuple(warnings))

    def is_of(self, window: Window, fingerprint: str) -> bool:
        """Whether every day of the window was filed by the run with this fingerprint."""
        try:
            return all(self.read(day).facts.fingerprint == fingerprint for day in window.days())
        except (OSError, UnreadableStateError):
            return False

    def read(self, day: date) -> DayState:
        """A day's file; raises UnreadableStateError, or OSError where there is none."""
        return day_state(filesystem.read_bytes(self.path(day)), day)

    def stage(
        self,
        window: Window,
        articles: Iterable[pa.Table],
        fingerprint: str,
        extraction: str,
        derived: Iterable[str] = (),
    ) -> None:
        """Writes the days of a run that is about to be published, where nobody looks for them.

        And takes there the files of what it derived of days and their history.
        """
        folder = self._staged(fingerprint)
        filesystem.delete(folder)
        filesystem.make_folder(folder)
        days = {day: DayWriter() for day in window.days()}
        for table in articles:
            for day, rows in by_day(table, window):
                days[day].add(rows)
        for day, writer in days.items():
            content = writer.content(DayFacts(day.isoformat(), fingerprint, extraction))
            filesystem.write_bytes(filesystem.join(folder, f"day={day}{SUFFIX}"), content)
        for path in derived:
            filesystem.move(path, filesystem.join(folder, path.rsplit("/", 1)[-1]))
        filesystem.sync_tree(folder)

    def commit(self, fingerprint: str) -> None:
        """Moves the staged days of a published run to their places."""
        folder = self._staged(fingerprint)
        for path in filesystem.list_files(folder, f"day=*{SUFFIX}"):
            target = filesystem.join(self.folder, path.rsplit("/", 1)[-1])
            # before the file: a start that was killed in between finds the file still staged
            filesystem.delete(target.removesuffix(SUFFIX) + _FORGOTTEN)
            filesystem.rename(path, target)
        for path in filesystem.list_files(folder):
            filesystem.rename(path, filesystem.join(self.folder, path.rsplit("/", 1)[-1]))
        filesystem.sync_folder(self.folder)
        filesystem.delete(folder)

    def recover(self) -> None:
        """Finishes what a start left half done between publishing and filing."""
        for folder in filesystem.list_folders(self.folder, f"{_STAGED}*"):
            fingerprint = folder.rpartition(_STAGED)[2]
            if publish.published_with(self.output, fingerprint):
                self.commit(fingerprint)
            elif publish.staged_manifest(self.output, fingerprint) is None:
                filesystem.delete(folder)  # else a check holds the run, and somebody may publish it

    def forget(self, window: Window) -> list[date]:
        """Takes the days out of the history; gives those that were in it."""
        published = publish.windows(self.output)
        forgotten = []
        for day in window.days():
            is_kept = filesystem.exists(self.path(day))
            if is_kept or any(run_window.holds(day) for run_window in published.values()):
                # first the word that nobody is to rebuild it, then the file
                filesystem.make_folder(self.folder)
                filesystem.write_durably(self._forgotten(day), b"\n")
                filesystem.delete(self.path(day))
                self._forget_derived(day)
                forgotten += [day] if is_kept else []
        return forgotten

    def _forget_derived(self, day: date) -> None:
        """Components may hold paths and hosts of any day."""
        paths = filesystem.list_files(self.folder, f"day={day}{DERIVED}*")
        for path in (*paths, filesystem.join(self.folder, SETTLED)):
            filesystem.delete(path)

    def _day(self, day: date, published: Mapping[str, Window], warnings: list[str]) -> Day | None:
        path = self.path(day)
        if filesystem.exists(self._forgotten(day)):
            return None
        if filesystem.exists(path):
            try:
                return self._found(day)
            except UnreadableStateError as error:
                aside = filesystem.join(self.folder, f".aside-{day}{SUFFIX}")
                filesystem.rename(path, aside)
                warnings.append(f"{path} {error}; it was set aside as {aside}")
        run_id = run_with(day, published)
        if run_id is None:
            return None
        writer = DayWriter()
        writer.add(published_day(self.output, run_id, published[run_id], day))
        filesystem.make_folder(self.folder)
        facts = DayFacts(day.isoformat(), f"{_REBUILT}{run_id}", "")
        filesystem.write_durably(path, writer.content(facts))
        return self._found(day)

    def _found(self, day: date) -> Day:
        state = self.read(day)
        size = len(state.articles)
        return Day(day, self.path(day), state.digest(), state.groups(), state.facts, size)

    def _staged(self, fingerprint: str) -> str:
        return filesystem.join(self.folder, f"{_STAGED}{fingerprint}")

    def _forgotten(self, day: date) -> str:
        return filesystem.join(self.folder, f"day={day}{_FORGOTTEN}")


def _told(day: Day) -> str:
    return (
        f"{day.day} of the history was {day.facts.fingerprint}, whose texts lack what their outlets"
        " repeat; run the day again from its pages"
    )

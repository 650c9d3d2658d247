"""A window of days: what a scheduled run publishes, and which days before it it looks back on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import UsageError

LONGEST_DAYS = 3660
_FORM = "--window takes a day or a range of days, 2026-03-02 or 2026-03-01..2026-03-07"


@dataclass(frozen=True, slots=True)
class Window:
    """Days in UTC, both ends included."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """The window as it is written, and as its run is called unless another name is asked for.

        >>> Window(date(2026, 3, 1), date(2026, 3, 2)).name
        '2026-03-01..2026-03-02'
        """
        first, last = self.first.isoformat(), self.last.isoformat()
        return first if first == last else f"{first}..{last}"

    def days(self) -> Iterator[date]:
        """Every day, in order."""
        for place in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=place)

    def before(self, days: int) -> "Window | None":
        """So many days before the window; None for none."""
        last = self.first - timedelta(days=1)
        return Window(self.first - timedelta(days=days), last) if days else None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    def day_of(self, fetched_at: datetime | None, published_at: datetime | None) -> date:
        """The day an article counts for: of its fetch, else of its claim, else the window's last.

        A text without any time was handed in with the window, so it is the window's.
        """
        at = fetched_at or published_at
        return at.astimezone(UTC).date() if at else self.last


def window_of(text: str) -> Window:
    """The window that a text names.

    Raises:
        UsageError: it names none.
    """
    first, dots, last = text.partition("..")
    try:
        window = Window(date.fromisoformat(first), date.fromisoformat(last if dots else first))
    except ValueError:
        raise UsageError(f"{_FORM}, got {text!r}") from None
    if not 0 <= (window.last - window.first).days < LONGEST_DAYS:
        raise UsageError(
            f"{_FORM}, the earlier day first and at most {LONGEST_DAYS} days, got {text!r}"
        )
    return window


def days_of(articles: pa.Table, window: Window) -> list[date]:
    """The day that each article counts for."""
    times = (articles.column(name).to_pylist() for name in ("fetched_at", "published_at"))
    return [window.day_of(*both) for both in zip(*times, strict=True)]


def by_day(articles: pa.Table, window: Window) -> Iterator[tuple[date, pa.Table]]:
    """The articles of each day that has some, in their order."""
    days = pa.array(days_of(articles, window), pa.date32())
    for day in sorted(set(days.to_pylist())):
        yield day, articles.filter(pc.equal(days, day))

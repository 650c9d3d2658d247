"""What a run is held to before readers see it: its own sums, and what is usual of its outlets.

An outlet that changed its layout shows here first: its pages stop being articles, or their dates
are no longer found. It is compared with its own median over the runs published last; a share
counts as fallen where even the upper end of its Wilson interval lies too low, so that three pages
prove nothing and three hundred do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from pipelines.config.sections import CheckSettings
from sources.intervals import wilson


@dataclass(frozen=True, slots=True)
class OutletFigures:
    """What one run has of one outlet."""

    pages: int = 0
    articles: int = 0
    dated: int = 0
    """Articles with a date."""


@dataclass(frozen=True, slots=True)
class RunFigures:
    """What one run has."""

    run_id: str
    outlets: Mapping[str, OutletFigures]
    """By source_id."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Medians of an outlet over earlier runs."""

    articles: float
    extraction: float | None
    """Articles of pages; None where no earlier run had pages."""
    dates: float | None


@dataclass(frozen=True, slots=True)
class Breach:
    """One figure out of its bounds."""

    check: str
    source_id: str | None
    message: str


def usual(outlet: str, before: Sequence[RunFigures], min_runs: int) -> Usual | None:
    """The outlet's medians; None where it has pages in too few runs to have a usual."""
    nothing = OutletFigures()
    seen = [run.outlets.get(outlet, nothing) for run in before]
    if sum(run.pages > 0 for run in seen) < min_runs:
        return None
    return Usual(
        articles=median(run.articles for run in seen),
        extraction=_median([(run.articles, run.pages) for run in seen]),
        dates=_median([(run.dated, run.articles) for run in seen]),
    )


def outlet_breaches(
    now: RunFigures, before: Sequence[RunFigures], rules: CheckSettings
) -> list[Breach]:
    """What is not as usual of the outlets of this run and of those missing from it."""
    breaches: list[Breach] = []
    for outlet in sorted({name for run in (now, *before) for name in run.outlets}):
        if (known := usual(outlet, before, rules.min_runs)) is not None:
            here = now.outlets.get(outlet, OutletFigures())
            breaches += _count(outlet, here, known, rules)
            breaches += _fallen("extraction", outlet, here, known.extraction, rules.extraction_drop)
            breaches += _fallen("dates", outlet, here, known.dates, rules.dates_drop)
    return breaches


def sum_breaches(counts: Mapping[str, int], rows: Mapping[str, int]) -> list[Breach]:
    """Whether pages in = articles + rejected + skipped, as the tables hold them.

    Args:
        counts: as run.json has them.
        rows: of the tables articles and rejected.
    """
    counted = {name: counts[name] for name in ("articles", "rejected")}
    if counted == rows and counts["pages"] == sum(rows.values()) + counts["skipped"]:
        return []
    message = (
        f"{counts['pages']} pages, of which the counts say {counted['articles']} articles and "
        f"{counted['rejected']} rejected, are not {rows['articles']} rows of articles + "
        f"{rows['rejected']} of rejected + {counts['skipped']} skipped"
    )
    return [Breach("sum", None, message)]


def cluster_breaches(largest: int, articles: int, rules: CheckSettings) -> list[Breach]:
    """Whether one cluster holds more of all articles than a story does."""
    if articles < rules.cluster_articles or largest <= rules.max_cluster_share * articles:
        return []
    message = (
        f"one cluster holds {largest} of {articles} articles, more than checks.max_cluster_share "
        f"= {rules.max_cluster_share:g}; `copytrail explain cluster` shows what ties it together"
    )
    return [Breach("cluster", None, message)]


def is_held(breach: Breach, rules: CheckSettings) -> bool:
    """Whether the breach holds the run back; else it is a warning."""
    return breach.check == "sum" or breach.check in rules.hold


def told_outlets(
    now: RunFigures, before: Sequence[RunFigures], rules: CheckSettings
) -> list[dict[str, Any]]:
    """For run.json: the figures of each outlet that was compared, and its medians."""
    names = sorted({name for run in (now, *before) for name in run.outlets})
    known = ((name, usual(name, before, rules.min_runs)) for name in names)
    return [
        {"source_id": name, "usual": asdict(figures)}
        | asdict(now.outlets.get(name, OutletFigures()))
        for name, figures in known
        if figures is not None
    ]


def _count(outlet: str, here: OutletFigures, known: Usual, rules: CheckSettings) -> list[Breach]:
    n, factor = known.articles, rules.count_factor
    if n < rules.min_articles or n / factor <= here.articles <= n * factor:
        return []
    how = "fewer" if here.articles < n else "more"
    message = f"{outlet} has {here.articles} articles, far {how} than its usual {n:g}"
    return [Breach("count", outlet, message)]


def _fallen(
    check: str, outlet: str, here: OutletFigures, known: float | None, drop: float
) -> list[Breach]:
    k, n = (here.articles, here.pages) if check == "extraction" else (here.dated, here.articles)
    if known is None or n == 0 or wilson(k, n)[1] >= known - drop:
        return []
    of = "pages became articles" if check == "extraction" else "articles have a date"
    message = f"{outlet}: {k} of {n} {of} ({k / n:.0%}, usual {known:.0%}); has its layout changed?"
    return [Breach(check, outlet, message)]


def _median(shares: Sequence[tuple[int, int]]) -> float | None:
    known = [k / n for k, n in shares if n]
    return median(known) if known else None

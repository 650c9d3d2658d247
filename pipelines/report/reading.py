"""What was read: counts, languages, days, and examples of what was rejected."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from pipelines.output.read_run import batches
from pipelines.report.limits import ReportLimits, short

BATCH = 20_000
UNITS = ("day", "month", "year")
BINS = 62
"""Bars of the drawing, at most."""
FAR = 0.01
"""Share of the articles that may lie before the first bar."""
REASONS = 40


def reading(path: str, manifest: Mapping[str, Any], limits: ReportLimits) -> dict[str, Any]:
    """Part a of the page."""
    columns = ["language", "published_at", "page_kind", "page_kind_source", "captured_by"]
    counted: dict[str, Counter[Any]] = {name: Counter() for name in columns}
    for batch in batches(path, "articles", columns, BATCH):
        days = batch.column("published_at").cast(pa.date32())
        counted["published_at"].update(_counted(days))
        counted["language"].update(_counted(batch.column("language")))
        counted["captured_by"].update(_counted(batch.column("captured_by")))
        kinds = [batch.column(name).to_pylist() for name in ("page_kind", "page_kind_source")]
        counted["page_kind"].update(zip(*kinds, strict=True))
    counts = manifest["counts"]
    return {
        "counts": {name: counts[name] for name in ("pages", "articles", "rejected", "skipped")},
        "rejected": _rejected(path, limits),
        "skipped": sorted(
            counts["skipped_by_reason"].items(), key=lambda count: (-count[1], count[0])
        ),
        "languages": _most_first(counted["language"]),
        "days": counted_days(counted["published_at"]),
        "kinds": [[*kind, n] for kind, n in _most_first(counted["page_kind"])[:REASONS]],
        "captured_by": [
            [by, n] for by, n in _most_first(counted["captured_by"])[:REASONS] if by is not None
        ],
        "quotations": _quotations(path),
    }


def _counted(values: pa.Array) -> dict[Any, int]:
    """How often each value occurs."""
    return {count["values"]: count["counts"] for count in values.value_counts().to_pylist()}


def _most_first(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda count: (-count[1], str(count[0] or "")))


def _quotations(path: str) -> int:
    """Pairs of texts that share only what both quote: rows of evidence, and no copies."""
    relations: Counter[str] = Counter()
    for batch in batches(path, "duplicate_pairs", ["relation"], BATCH):
        relations.update(_counted(batch.column("relation")))
    return relations["quotation"]


def counted_days(days: Mapping[date | None, int]) -> dict[str, Any]:
    """The days that articles claim, counted by day, month or year, and what has no date.

    The unit is the finest of which the run's days fill no more than BINS. A few dates far before
    all others (a wrong year, an old page) are one number: else they would press the rest together.
    """
    dated = {day: n for day, n in days.items() if day}
    unknown = days.get(None, 0)
    if not dated:
        return {"unit": "day", "bins": [], "earlier": 0, "unknown": unknown}
    start, last = _start(dated), max(dated)
    unit = next(
        unit for unit in UNITS if unit == "year" or _place(last, unit) - _place(start, unit) < BINS
    )
    first = max(_place(start, unit), _place(last, unit) - BINS + 1)
    counts = Counter[int]()
    for day, n in dated.items():
        counts[_place(day, unit)] += n
    return {
        "unit": unit,
        "bins": [
            [_begin(place, unit).isoformat(), counts[place]]
            for place in range(first, _place(last, unit) + 1)
        ],
        "earlier": sum(n for place, n in counts.items() if place < first),
        "unknown": unknown,
    }


def _start(dated: Mapping[date, int]) -> date:
    """The first day before which no more than FAR of the dated articles lie."""
    allowed = FAR * sum(dated.values())
    before = 0
    for day in sorted(dated):
        before += dated[day]
        if before > allowed:
            return day
    return max(dated)


def _place(day: date, unit: str) -> int:
    """The number of the day, month or year that the day lies in."""
    if unit == "day":
        return day.toordinal()
    return day.year * 12 + day.month - 1 if unit == "month" else day.year


def _begin(place: int, unit: str) -> date:
    if unit == "day":
        return date.fromordinal(place)
    return date(place // 12, place % 12 + 1, 1) if unit == "month" else date(place, 1, 1)


def _rejected(path: str, limits: ReportLimits) -> list[dict[str, Any]]:
    """Each reason with how often it was met and the first examples in the table's order."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
    names = ["stage", "reason", "input", "position", "url", "message"]
    for batch in batches(path, "rejected", names, BATCH):
        for row in batch.to_pylist():
            key = (row["stage"], row["reason"])
            counts[key] += 1
            if len(examples[key]) < limits.rejected:
                examples[key].append(_example(row, limits.chars))
    order = sorted(counts, key=lambda key: (-counts[key], key))[:REASONS]
    return [
        {"stage": key[0], "reason": key[1], "n": counts[key], "examples": examples[key]}
        for key in order
    ]


def _example(row: Mapping[str, Any], chars: int) -> list[Any]:
    texts = [short(row[name], chars) for name in ("url", "input", "message")]
    return [texts[0], texts[1], row["position"], texts[2]]

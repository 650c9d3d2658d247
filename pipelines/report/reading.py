"""What was read: counts, languages, days, and examples of what was rejected."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from pipelines.output.read_run import batches
from pipelines.report.limits import Limits, short

BATCH = 20_000
DAYS = 62
"""Days drawn one by one, the last ones of the run; older ones are one number."""
REASONS = 40


def reading(path: str, manifest: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """Part a of the page."""
    languages, days = _articles(path)
    counts = manifest["counts"]
    return {
        "counts": {name: counts[name] for name in ("pages", "articles", "rejected", "skipped")},
        "rejected": _rejected(path, limits),
        "skipped": sorted(
            counts["skipped_by_reason"].items(), key=lambda count: (-count[1], count[0])
        ),
        "languages": sorted(languages.items(), key=lambda count: (-count[1], count[0] or "")),
        "days": _days(days),
    }


def _articles(path: str) -> tuple[Counter[str | None], Counter[date | None]]:
    """How many articles have each language, and claim each day."""
    languages: Counter[str | None] = Counter()
    days: Counter[date | None] = Counter()
    for batch in batches(path, "articles", ["language", "published_at"], BATCH):
        languages.update(_counted(batch.column("language")))
        days.update(_counted(batch.column("published_at").cast(pa.date32())))
    return languages, days


def _counted(values: pa.Array) -> dict[Any, int]:
    """How often each value occurs."""
    return {count["values"]: count["counts"] for count in values.value_counts().to_pylist()}


def _days(days: Mapping[date | None, int]) -> dict[str, Any]:
    """The last days of the run without a gap, what lies before them, and what has no date."""
    dated = {day: n for day, n in days.items() if day}
    last = max(dated, default=None)
    if last is None:
        return {"days": [], "earlier": 0, "unknown": days.get(None, 0)}
    start = max(min(dated), last - timedelta(days=DAYS - 1))
    span = [start + timedelta(days=n) for n in range((last - start).days + 1)]
    return {
        "days": [[day.isoformat(), dated.get(day, 0)] for day in span],
        "earlier": sum(n for day, n in dated.items() if day < start),
        "unknown": days.get(None, 0),
    }


def _rejected(path: str, limits: Limits) -> list[dict[str, Any]]:
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

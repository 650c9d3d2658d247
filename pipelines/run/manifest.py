"""What run.json says of a run."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from pipelines.config.settings import told_settings
from pipelines.exchange.work_folder import Summary
from pipelines.output import publish
from pipelines.run.job import Job
from pipelines.run.outcome import shortened
from pipelines.stages.extract.inputs import Found
from schemas.tables import SCHEMA_VERSION

PACKAGES = ("apache-beam", "datasketch", "numpy", "pyarrow", "trafilatura")


def manifest(job: Job, summary: Summary, run_id: str) -> dict[str, Any]:
    """What run.json says. No clock stands in it: the same run is the same bytes."""
    tables = publish.described_tables(job.tables)
    return {
        "run_id": run_id,
        "fingerprint": job.fingerprint,
        "schema_version": SCHEMA_VERSION,
        "versions": {"copytrail": version("copytrail")} | {one: version(one) for one in PACKAGES},
        "settings": told_settings(job.request.settings),
        "inputs": [{"path": file.path, "bytes": file.size_bytes} for file in job.found.files],
        "counts": _counts(summary, tables),
        "tables": tables,
        "warnings": sorted([*_warnings(job.found, summary), *job.looked.warnings]),
    } | _looked_at(job)


def _looked_at(job: Job) -> dict[str, Any]:
    """The window and the days before it that were known; nothing in a run without one."""
    if job.request.window is None:
        return {}
    days = [one.day.isoformat() for one in job.looked.days]
    return {"window": {"days": job.request.window.name, "history": days}}


def _counts(summary: Summary, tables: Mapping[str, Any]) -> dict[str, Any]:
    """pages = articles + rejected + skipped; a page fetched again with the same text is skipped."""
    articles = tables["articles"]["rows"]
    skipped = dict(summary.skipped)
    if summary.articles > articles:
        skipped["repeated"] = skipped.get("repeated", 0) + summary.articles - articles
    return {
        "pages": summary.pages,
        "articles": articles,
        "rejected": sum(summary.rejected.values()),
        "skipped": sum(skipped.values()),
        "rejected_by_reason": dict(summary.rejected),
        "skipped_by_reason": dict(sorted(skipped.items())),
    }


def _warnings(found: Found, summary: Summary) -> list[str]:
    warnings = [f"{path} was not read: its format is unknown" for path in found.unread]
    warnings += [f"{file.path} is empty" for file in found.files if file.size_bytes == 0]
    if summary.pages and not summary.articles:
        warnings.append(f"none of {summary.pages} pages became an article; see the table rejected")
    return shortened(sorted([*warnings, *summary.warnings]))

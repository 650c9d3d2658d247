"""What run.json says of a run."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from pipelines.config.settings import settings_that_change_results
from pipelines.exchange.work_folder import Summary
from pipelines.output import publish
from pipelines.run.job import Job
from pipelines.run.outcome import shortened
from pipelines.stages.extract.inputs import InputFile, InputFiles
from schemas.tables import SCHEMA_VERSION

PACKAGES = ("apache-beam", "datasketch", "numpy", "pyarrow", "trafilatura")


def manifest(job: Job, summary: Summary, run_id: str) -> dict[str, Any]:
    """What run.json says. No clock stands in it: the same run is the same bytes."""
    tables = publish.described_tables(job.tables)
    return {
        "run_id": run_id,
        "fingerprint": job.fingerprint,
        "schema_version": SCHEMA_VERSION,
        "versions": {"copytrail": version("copytrail")}
        | {package: version(package) for package in PACKAGES},
        "settings": settings_that_change_results(job.request.settings),
        "inputs": [_input(file, summary) for file in job.listing.files],
        "changed": list(summary.changed),
        "counts": _counts(summary, tables),
        "tables": tables,
        "warnings": sorted([*_warnings(job.listing, summary), *job.looked.warnings]),
    } | _looked_at(job)


def _input(file: InputFile, summary: Summary) -> dict[str, Any]:
    """What was read of a file, and how many records stand there as a count of its own says."""
    return {
        "path": file.path,
        "bytes": file.size_bytes,
        "format": file.format,
        "records": _records(file, summary),
        "there": summary.there.get(file.path),
    }


def _records(file: InputFile, summary: Summary) -> int:
    """How many records of the file were accounted for; an archive's parts have names below it."""
    if file.format != "wacz":
        return summary.records.get(file.path, 0)
    parts = (n for path, n in summary.records.items() if path.startswith(f"{file.path}/"))
    return sum(parts)


def _lost(files: Sequence[InputFile], summary: Summary) -> Iterator[str]:
    """A warning for each file of which more or less was accounted for than stands there."""
    damaged = {warning.partition(" is damaged (")[0] for warning in summary.warnings}
    for file in files:
        there, accounted = summary.there.get(file.path), _records(file, summary)
        if there is None or accounted == there or (file.path in damaged and accounted > there):
            continue
        yield (
            f"{file.path} holds {there} records by a count of its own, {accounted} were accounted "
            "for; please report it"
        )


def _looked_at(job: Job) -> dict[str, Any]:
    """The window and the days before it that were known; nothing in a run without one."""
    if job.request.window is None:
        return {}
    days = [day.day.isoformat() for day in job.looked.days]
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


def _warnings(listing: InputFiles, summary: Summary) -> list[str]:
    warnings = list(listing.warnings)
    warnings += _lost(listing.files, summary)
    warnings += [f"{file.path} is empty" for file in listing.files if file.size_bytes == 0]
    if summary.pages and not summary.articles:
        warnings.append(f"none of {summary.pages} pages became an article; see the table rejected")
    return shortened(sorted([*warnings, *summary.warnings]))

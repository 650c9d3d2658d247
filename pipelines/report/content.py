"""What the page holds: everything a person is shown of a run, cut until it fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.report.answers import answers
from pipelines.report.limits import CHUNK_BYTES, DETAIL_CHARS, SUMMARY_CHARS, ReportLimits
from pipelines.report.method import method
from pipelines.report.outlets import mirrors, network, outlets
from pipelines.report.packing import chunks, packed
from pipelines.report.reading import reading
from pipelines.report.stories import details, listed, stories


@dataclass(frozen=True, slots=True)
class Content:
    """The values of the page, packed."""

    summary: str
    chunks: tuple[str, ...]
    reading: Mapping[str, Any]
    """What the page says without any script."""
    answers: Mapping[str, Any]
    """To the question of the page, at its top."""
    method: Mapping[str, Any]


def content(path: str, manifest: Mapping[str, Any]) -> Content:
    """The content of a run's page."""
    limits = ReportLimits()
    details_of, where = _details(path, limits)
    while True:
        summary = _summary(path, manifest, limits)
        squeezed = packed(summary | {"where": where})
        if len(squeezed) <= SUMMARY_CHARS:
            return Content(
                squeezed, details_of, summary["reading"], answers(path, limits), method(manifest)
            )
        limits = limits.halved()


def _summary(path: str, manifest: Mapping[str, Any], limits: ReportLimits) -> dict[str, Any]:
    chosen = listed(path, limits)
    return {
        "run": manifest["run_id"],
        "min_n": manifest["settings"]["sources"]["min_n"],
        "tables": {name: record["rows"] for name, record in manifest["tables"].items()},
        "reading": reading(path, manifest, limits),
        "outlets": outlets(path, limits, manifest["settings"]["sources"]["min_n"]),
        "mirrors": mirrors(path, limits),
        "network": network(path, limits),
        "stories": stories(path, chosen, limits),
    }


def _details(path: str, limits: ReportLimits) -> tuple[tuple[str, ...], dict[str, int]]:
    """Packed chunks within their bound, and the number of the chunk that holds each story."""
    squeezed_chunks: list[str] = []
    where: dict[str, int] = {}
    weight = 0
    for chunk in chunks(details(path, listed(path, limits), limits), CHUNK_BYTES):
        squeezed = packed(chunk)
        weight += len(squeezed)
        if weight > DETAIL_CHARS:
            break
        where |= dict.fromkeys(chunk, len(squeezed_chunks))
        squeezed_chunks.append(squeezed)
    return tuple(squeezed_chunks), where

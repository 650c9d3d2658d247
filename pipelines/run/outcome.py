"""What came of a run: the last step before readers see it, and its exit code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.config.sections import CheckSettings
from pipelines.errors import HELD_BACK, PUBLISHED, PUBLISHED_WITH_WARNINGS, UsageError
from pipelines.output import publish
from pipelines.output.data_package import with_data_package
from pipelines.output.publish import Output
from pipelines.report.write import with_page
from pipelines.run.run_figures import check
from pipelines.storage import filesystem

_MOST_WARNINGS = 100
"""Ten thousand damaged files are told by the table rejected, and not by ten thousand lines."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    run_id: str
    path: str
    exit_code: int
    is_new: bool
    manifest: Mapping[str, Any]
    warnings: tuple[str, ...]
    """Those of the manifest."""
    held: tuple[str, ...] = ()
    """Why it was held back; empty where it was published."""
    notes: tuple[str, ...] = ()
    """What to do next; nothing is amiss."""


def publish_checked(
    output: Output, staged: str, manifest: Mapping[str, Any], rules: CheckSettings
) -> Outcome:
    """Publishes the staged run, or keeps it staged where a check says so."""
    checked = check(output, staged, manifest, rules)
    warnings = [
        warning for warning in manifest["warnings"] if warning not in _told_before(manifest)
    ]
    warnings = sorted([*warnings, *(breach.message for breach in checked.warned)])
    whole = {**manifest, "checks": checked.record, "warnings": warnings}
    if not checked.held:
        return published(output, whole)
    whole = with_page(staged, with_data_package(staged, whole))
    publish.keep_staged(output, str(whole["fingerprint"]), whole)
    held = tuple(breach.message for breach in checked.held)
    return Outcome(whole["run_id"], staged, HELD_BACK, True, whole, tuple(warnings), held)


def publish_held(output: Output, manifest: Mapping[str, Any]) -> Outcome:
    """Publishes a run that was held back, with what held it as warnings.

    Raises:
        UsageError: another run of this name was published meanwhile.
    """
    if filesystem.exists(output.run(manifest["run_id"])):
        raise UsageError(
            f"a run {manifest['run_id']} was published meanwhile; discard this one, or start it "
            "again with --run-id"
        )
    warnings = sorted({*manifest["warnings"], *_told_before(manifest)})
    return published(output, {**manifest, "warnings": warnings})


def published(output: Output, manifest: Mapping[str, Any]) -> Outcome:
    """Publishes the staged run of this manifest."""
    fingerprint = str(manifest["fingerprint"])
    staged = output.staged(fingerprint)
    whole = with_page(staged, with_data_package(staged, manifest))
    path = publish.publish(output, fingerprint, whole)
    warnings = tuple(whole["warnings"])
    code = PUBLISHED_WITH_WARNINGS if warnings else PUBLISHED
    return Outcome(whole["run_id"], path, code, True, whole, warnings)


def shortened(warnings: Sequence[str]) -> list[str]:
    """The first hundred, and how many more there are."""
    more = len(warnings) - _MOST_WARNINGS
    rest = [f"and {more} more warnings of this kind; see the table rejected"] if more > 0 else []
    return [*warnings[:_MOST_WARNINGS], *rest]


def _told_before(manifest: Mapping[str, Any]) -> set[str]:
    """What checks said when the run was held back."""
    return {breach["message"] for breach in manifest.get("checks", {}).get("breaches", ())}

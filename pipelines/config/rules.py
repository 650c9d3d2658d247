"""The rules of matching, put together from the sections of settings that they stand in."""

from dataclasses import dataclass
from datetime import date

from dedupe.verification.clusters import GuardRules
from dedupe.verification.relations import Thresholds
from dedupe.verification.roundups import RoundupRules
from pipelines.config.sections import SourceSettings
from pipelines.config.settings import Settings
from sources.stories.sightings import TimeRules


@dataclass(frozen=True, slots=True)
class MatchRules:
    """Everything that decides over pairs and clusters."""

    thresholds: Thresholds
    roundups: RoundupRules
    guard: GuardRules
    bucket: int
    times: TimeRules
    """When times say who was first."""
    since: date | None = None
    """First day of the run's window; what is older is history."""


def match_rules(settings: Settings, since: date | None = None) -> MatchRules:
    """When a pair is a copy and a cluster one story, in a run whose window begins with `since`."""
    return MatchRules(
        settings.copies,
        settings.roundups,
        settings.guard,
        settings.match.bucket,
        time_rules(settings.sources),
        since,
    )


def time_rules(settings: SourceSettings) -> TimeRules:
    """When times say who was first."""
    return TimeRules(settings.min_gap_s, settings.witness_h)

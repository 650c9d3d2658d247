"""Settings as the rules that the pure packages take."""

from datetime import date

from dedupe.recurring import RecurrenceRules
from pipelines.settings import Settings
from pipelines.verify import MatchRules
from sources.mirror_rules import MirrorRules


def recurrence_rules(settings: Settings) -> RecurrenceRules:
    """When a line or shingle is boilerplate."""
    return settings.boilerplate


def match_rules(settings: Settings, since: date | None = None) -> MatchRules:
    """When a pair is a copy and a cluster one story, in a run whose window begins with `since`."""
    return MatchRules(
        settings.copies,
        settings.roundups,
        settings.guard,
        settings.match.bucket,
        settings.sources.min_gap_s,
        since,
    )


def mirror_rules(settings: Settings) -> MirrorRules:
    """When two hosts are one outlet's."""
    told = settings.sources
    return MirrorRules(
        paths_announced=told.mirror_paths_announced,
        bound_announced=told.mirror_bound_announced,
        paths_silent=told.mirror_paths_silent,
        bound_silent=told.mirror_bound_silent,
    )

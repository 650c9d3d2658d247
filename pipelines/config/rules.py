"""Settings as the rules that the pure packages take."""

from dataclasses import dataclass
from datetime import date

from dedupe.candidates.keys import CandidateRules
from dedupe.text.boilerplate import BoilerplateRules
from dedupe.verification.clusters import GuardRules
from dedupe.verification.relations import Thresholds
from dedupe.verification.roundups import RoundupRules
from pipelines.config.settings import MatchSettings, Settings
from sources.mirrors.rules import MirrorRules


@dataclass(frozen=True, slots=True)
class MatchRules:
    """Everything that decides over pairs and clusters."""

    thresholds: Thresholds
    roundups: RoundupRules
    guard: GuardRules
    bucket: int
    min_gap_s: int
    """Of two texts closer in time neither is earlier, seconds."""
    since: date | None = None
    """First day of the run's window; what is older is history."""


def recurrence_rules(settings: Settings) -> BoilerplateRules:
    """When a line or shingle is boilerplate."""
    return settings.boilerplate


def candidate_rules(match: MatchSettings) -> CandidateRules:
    """How pairs worth verifying are found."""
    return CandidateRules(
        shingle_words=match.shingle_words,
        minimum_shingles=match.min_shingles,
        permutations=match.permutations,
        seed=match.seed,
        bands=match.bands,
        rows=match.band_rows,
        bucket_cap=match.bucket,
        sample_one_in=match.sample_one_in,
        shared_samples=match.min_shared_samples,
    )


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

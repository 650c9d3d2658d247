"""All settings of a run: one TOML file, one frozen Settings, checked before anything is read."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from dedupe.text.boilerplate import BoilerplateRules
from dedupe.verification.clusters import GuardRules
from dedupe.verification.relations import Thresholds
from dedupe.verification.roundups import RoundupRules
from pipelines.errors import UsageError
from sources.measures.practice_index import PracticeWeights
from sources.tables.column_mappings import FIELDS, MAPPINGS


class Section(BaseModel):
    """A part of the settings; unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _bounded(rules: Any) -> Any:
    """The rules of a pure package, which knows no validator: shares in [0, 1], counts of 0 or more.

    Raises:
        ValueError: a rule is out of these bounds.
    """
    for rule in fields(rules):
        value = getattr(rules, rule.name)
        if isinstance(value, float) and not 0 <= value <= 1:
            raise ValueError(f"{rule.name} must lie in [0, 1], got {value:g}")
        if isinstance(value, int) and value < 0:
            raise ValueError(f"{rule.name} must be 0 or more, got {value}")
    return rules


class InputSettings(Section):
    """How inputs are cut up and read."""

    format: Literal["auto", "warc", "wacz", "html", "jsonl", "csv", "parquet", "text"] = Field(
        "auto", description="auto goes by the file name"
    )
    split_bytes: int = Field(
        2_000_000,
        ge=10_000,
        description="size of a unit of work and of resuming, bytes as stored; of 8 GB on it grows",
    )
    encoding: str = Field("auto", description="of tables of text, as Python names it")
    delimiter: str = Field(
        "auto", description="between the fields of CSV files, one character; auto: by the header"
    )
    follow_links: bool = Field(
        False, description="whether links are read that lead out of the folder they stand in"
    )
    mapping: str = Field("default", description="ready mapping of columns for text inputs")
    columns: dict[str, str] = Field(
        default_factory=dict, description="our field = the input's column; goes before the mapping"
    )

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        if self.mapping not in MAPPINGS:
            raise ValueError(f"mapping {self.mapping} is unknown; known are {', '.join(MAPPINGS)}")
        if unknown := sorted(self.columns.keys() - set(FIELDS)):
            raise ValueError(f"{unknown[0]} is no field of ours; known are {', '.join(FIELDS)}")
        if self.delimiter != "auto" and len(self.delimiter) != 1:
            raise ValueError(f"delimiter must be auto or one character, got {self.delimiter!r}")
        if self.encoding != "auto":
            try:
                "".encode(self.encoding)
            except LookupError:
                raise ValueError(f"encoding {self.encoding} is unknown to Python") from None
        return self


class ExtractSettings(Section):
    """Bounds of what a page may be (sources.limits.Limits)."""

    max_page_bytes: int = Field(16 << 20, ge=1000, description="of a page as served, bytes")
    max_markup_chars: int = Field(
        2_000_000, ge=1000, description="without scripts, styles and comments, characters"
    )
    max_tags: int = Field(50_000, ge=100, description="of a page")
    max_depth: int = Field(250, ge=10, description="nesting; deeper text is lost silently")
    max_metadata_chars: int = Field(256 << 10, ge=1000, description="of one JSON-LD block")
    max_title_chars: int = Field(500, ge=50, description="longer titles are cut, characters")
    max_text_chars: int = Field(500_000, ge=1000, description="longer texts are cut, characters")
    max_snippet_chars: int = Field(500, ge=50, description="of a passage kept as evidence")
    max_authors: int = Field(20, ge=1, description="names kept of a byline")
    min_words: int = Field(40, ge=1, description="shorter texts are rejected, words")
    timeout_s: float = Field(5.0, gt=0, description="for reading one page, wall clock, seconds")
    max_memory_bytes: int = Field(
        3 << 30, ge=1 << 30, description="address space of a process that reads pages, bytes"
    )
    pages_per_process: int = Field(
        2000, ge=1, description="after so many the process that reads pages is replaced"
    )
    slow_host_s: float = Field(
        15.0, gt=0, description="CPU time that slow pages of a host may take in a split, seconds"
    )
    slow_file_s: float = Field(
        120.0, gt=0, description="the same of all hosts of a split; less where splits are many"
    )
    slow_run_s: float = Field(
        7200.0, gt=0, description="the same of a run, shared out to its splits, seconds"
    )


class MatchSettings(Section):
    """When two texts are copies."""

    shingle_words: int = Field(5, ge=2, le=16, description="words in a shingle")
    permutations: int = Field(128, ge=16, le=512, description="length of a signature")
    seed: int = Field(1, ge=0, description="of the permutations; datasketch's default")
    bands: int = Field(32, ge=1, description="bands x band_rows <= permutations")
    band_rows: int = Field(4, ge=1, description="values in a band")
    sample_one_in: int = Field(8, ge=1, description="of so many shingles one is sampled")
    min_shared_samples: int = Field(3, ge=1, description="sampled shingles a candidate pair shares")
    min_shingles: int = Field(8, ge=1, description="shorter texts match exactly or not at all")
    bucket: int = Field(32, ge=2, description="larger buckets are linked by heads and neighbours")
    history_days: int = Field(
        30, ge=0, le=3650, description="days before --window in which copies are looked for"
    )

    @model_validator(mode="after")
    def _check_bands(self) -> Self:
        if self.bands * self.band_rows > self.permutations:
            told = f"{self.bands} x {self.band_rows}, more than permutations = {self.permutations}"
            raise ValueError(f"bands x band_rows is {told}; write fewer bands")
        return self


class SourceSettings(Section):
    """How hosts become outlets and what is said of them."""

    min_gap_s: int = Field(120, ge=0, description="claims closer than this are a tie, seconds")
    min_n: int = Field(30, ge=1, description="below it a share has no rate and no interval")
    mirror_paths_announced: int = Field(
        5, ge=1, description="shared paths that corroborate one side's announcement"
    )
    mirror_bound_announced: float = Field(
        0.5, gt=0, le=1, description="and their Wilson lower bound over the smaller host's paths"
    )
    mirror_paths_silent: int = Field(15, ge=1, description="the same without any announcement")
    mirror_bound_silent: float = Field(0.75, gt=0, le=1, description="and its lower bound")
    registries: tuple[str, ...] = Field(
        (), description="files of known outlets, as configs/outlets.toml"
    )
    ratings: tuple[str, ...] = Field(
        (), description="files that say where others' ratings stand, as configs/ratings.toml"
    )
    practice_index: bool = Field(
        True, description="whether sources have an index of practice, with its interval"
    )


def _weighed(weights: PracticeWeights) -> PracticeWeights:
    """Weights that can be told from others by their version.

    Raises:
        ValueError: their sum is not 1, or they are not those that their version stands for.
    """
    told = {field.name: getattr(weights, field.name) for field in fields(weights)}
    known, version = PracticeWeights(), told.pop("version")
    if abs(sum(told.values()) - 1) > 1e-9:
        raise ValueError(f"the weights must add up to 1, got {sum(told.values()):g}")
    if version == known.version and weights != known:
        raise ValueError(f"version {version} has other weights; write a version of your own")
    return weights


class CheckSettings(Section):
    """What holds a run back before it is published; none of these changes a table."""

    runs: int = Field(7, ge=1, le=100, description="published last, that an outlet is compared to")
    min_runs: int = Field(3, ge=1, description="of them an outlet has pages in; else not compared")
    min_articles: int = Field(20, ge=1, description="usual articles below which no count is judged")
    count_factor: float = Field(4.0, gt=1, description="so many times fewer or more is a breach")
    extraction_drop: float = Field(
        0.2, gt=0, le=1, description="by which the share of pages that become articles may fall"
    )
    dates_drop: float = Field(0.2, gt=0, le=1, description="the same of articles with a date")
    max_cluster_share: float = Field(
        0.1, gt=0, le=1, description="of all articles that one cluster may hold"
    )
    cluster_articles: int = Field(
        1000, ge=1, description="articles of a run below which no cluster is too large"
    )
    hold: tuple[Literal["count", "extraction", "dates", "cluster"], ...] = Field(
        ("extraction", "dates", "cluster"), description="breaches that hold back; others only warn"
    )


class RunSettings(Section):
    """How the work is carried out; none of these changes a result."""

    workers: int = Field(0, ge=0, description="processes of the embedded runner; 0: one a core")
    small_input_bytes: int = Field(
        6_000_000, ge=0, description="up to this size one process does it all, bytes as stored"
    )
    partitions: int = Field(0, ge=0, description="parts of an exchange; 0: by its texts and splits")
    rounds: int = Field(
        -1,
        ge=-1,
        le=20,
        description="in which candidate pairs are joined before one worker joins what is left; "
        "0: one joins all; -1: by input size",
    )
    rows_per_file: int = Field(
        25_000, ge=1000, description="articles in a published file; other tables take four times it"
    )


class Settings(Section):
    """Everything that can be set."""

    input: InputSettings = InputSettings()
    extract: ExtractSettings = ExtractSettings()
    boilerplate: Annotated[BoilerplateRules, AfterValidator(_bounded)] = BoilerplateRules()
    match: MatchSettings = MatchSettings()
    copies: Annotated[Thresholds, AfterValidator(_bounded)] = Thresholds()
    roundups: Annotated[RoundupRules, AfterValidator(_bounded)] = RoundupRules()
    guard: Annotated[GuardRules, AfterValidator(_bounded)] = GuardRules()
    sources: SourceSettings = SourceSettings()
    practice_weights: Annotated[
        PracticeWeights, AfterValidator(_bounded), AfterValidator(_weighed)
    ] = PracticeWeights()
    checks: CheckSettings = CheckSettings()
    run: RunSettings = RunSettings()


def load_settings(path: Path | None, overrides: Sequence[str] = ()) -> Settings:
    """The defaults, changed by the TOML file and then by `section.key=value` overrides.

    Raises:
        UsageError: the file cannot be read, a key is unknown or a value out of its bounds.
    """
    told = _read(path) if path else {}
    for override in overrides:
        _apply(told, override)
    try:
        return Settings.model_validate(told)
    except ValidationError as error:
        raise UsageError(_first_fault(error)) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"--config {path} cannot be read as TOML: {error}") from error


def _apply(told: dict[str, Any], override: str) -> None:
    key, equals, value = override.partition("=")
    section, dot, name = key.strip().partition(".")
    if not (equals and dot and name):
        raise UsageError(f"--set takes section.key=value, got {override!r}")
    inner = told
    *path, last = [section, *name.split(".")]
    for step in path:
        inner = inner.setdefault(step, {})
        if not isinstance(inner, dict):
            raise UsageError(f"--set {override!r}: {step} is no section of settings")
    inner[last] = _value(value.strip())


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text  # an unquoted word is a string


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    key = ".".join(str(part) for part in fault["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    if fault["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"{key} is no setting{more}; `copytrail config show` lists them all"
    if fault["type"] == "value_error":  # our own words, which say what was got
        return f"{key}: {fault['ctx']['error']}{more}"
    return f"{key}: {fault['msg']}, got {fault['input']!r}{more}; see `copytrail config schema`"


def told_settings(settings: Settings) -> Mapping[str, Any]:
    """The settings that can change a result, for run.json and for fingerprints."""
    return settings.model_dump(mode="json", exclude={"run", "checks"})

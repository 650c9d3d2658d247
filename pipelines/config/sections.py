"""The sections of settings that are the pipeline's own; those of other layers are their records."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from dedupe.candidates.keys import CandidateRules
from schemas.setting import ANY, FILES, Count, Setting
from sources.limits import Limits
from sources.tables.column_mappings import FIELDS, MAPPINGS

NotNegative = Annotated[int, Setting(least=0)]


@dataclass(frozen=True, slots=True)
class InputSettings:
    """How inputs are cut up and read."""

    format: Annotated[
        Literal["auto", "warc", "wacz", "html", "jsonl", "csv", "parquet", "text"], ANY
    ] = "auto"
    """auto (by the file name), warc, wacz, html, jsonl, csv, parquet or text. Where names say
    nothing or something wrong, this forces one format for all inputs."""
    split_bytes: Annotated[int, Setting(least=10_000)] = 2_000_000
    """Bytes as stored. The unit of work and of resuming: what an interruption loses is at most one
    split a worker; smaller ones cost more staged files. From 8 GB of input on, 4,096 of these,
    splits double instead of becoming more: up to 64 MB of texts, 1 GB of WARC. See
    docs/scale.md."""
    mapping: Annotated[str, ANY] = "default"
    """default, news-please, fundus, mediacloud, dolma or datatrove: which column of a text input
    holds which field. The default knows the usual names."""
    encoding: Annotated[str, ANY] = "auto"
    """Of tables of text, as Python names it: "cp1252", say. auto: by the mark at the beginning,
    else UTF-8 where the first bytes are, else as detected."""
    delimiter: Annotated[str, ANY] = "auto"
    """One character between the fields of CSV files. auto: what a line `sep=;` says, else the
    commonest of comma, semicolon, tab and bar in the header."""
    follow_links: Annotated[bool, ANY] = False
    """Whether a link that leads out of the folder it stands in is read; else it is told only: it
    may show what nobody meant to publish."""
    columns: Annotated[dict[str, str], ANY] = field(default_factory=dict)
    """Our field = "the input's column", before the mapping: { text = "story", url = "meta.link" }.
    Dots lead into nested objects; `|` separates names of which the first that is there counts."""

    def faults(self) -> list[str]:
        """What names nothing that is known."""
        unknown = sorted(self.columns.keys() - set(FIELDS))
        mappings, columns = ", ".join(MAPPINGS), ", ".join(FIELDS)
        faults = [f"{name} is no field of ours; known are {columns}" for name in unknown]
        if self.mapping not in MAPPINGS:
            faults.append(f"mapping {self.mapping} is unknown; known are {mappings}")
        if self.delimiter != "auto" and len(self.delimiter) != 1:
            faults.append(f"delimiter must be auto or one character, got {self.delimiter!r}")
        if self.encoding != "auto" and not _is_encoding(self.encoding):
            faults.append(f"encoding {self.encoding} is unknown to Python")
        return faults


def _is_encoding(name: str) -> bool:
    try:
        "".encode(name)
    except LookupError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class ExtractSettings(Limits):
    """What a page may be, what of it is kept, and what pages may cost; from measured pages."""

    slow_run_s: Annotated[float, Setting(above=0)] = 7200.0
    """The same of a run, whose share goes to each split; twice `timeout_s` at least."""


@dataclass(frozen=True, slots=True)
class MatchSettings(CandidateRules):
    """How pairs worth comparing are found, and how far back."""

    history_days: Annotated[int, Setting(0, 3650)] = 30
    """Days before the window of `--window` in which copies are looked for, in what earlier runs
    kept: a month holds last week's stories and their returns. Each day more costs every run some
    time."""


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What is said of sources."""

    min_gap_s: NotNegative = 120
    """Seconds; claims closer than this are a tie, and nobody counts as first. Pages claim whole
    minutes and clocks differ; yet a quarter of the stories in French online news are repeated in
    under four minutes, so that a longer gap would leave the fast outlets out."""
    witness_h: Annotated[float, Setting(above=0, most=8760)] = 24.0
    """Hours; a claim is witnessed where the page was fetched within them: only then the crawl
    confirms that the text stood there about then. A crawl that visits an outlet less than once a
    day wants more."""
    min_n: Count = 30
    """Articles; below it a share has k and n, and no rate or interval. 3 of 4 is no rate yet."""
    registries: Annotated[tuple[str, ...], FILES] = ()
    """Files of outlets that are known beforehand, in the form of configs/outlets.toml: names,
    domains and the days in which they held. The agencies that come with copytrail are always
    known."""
    ratings: Annotated[tuple[str, ...], FILES] = ()
    """Files that say where ratings of others stand and what their columns mean, in the form of
    configs/ratings.toml. They are joined to sources and enter none of copytrail's own figures."""
    practice_index: Annotated[bool, ANY] = True
    """Whether sources have an index of practice with its interval; false: its columns are null. On,
    as its gap between small and large outlets and between languages is within chance where there is
    none."""


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What a run is held to before readers see it. None of these changes a table.

    A run that was held back and is started again with other checks is published without reading a
    page anew.
    """

    runs: Annotated[int, Setting(1, 100)] = 7
    """Runs published last, with whose median an outlet is compared: a week of days."""
    min_runs: Count = 3
    """Of these runs, in which the outlet has pages; before that nothing is usual about it."""
    min_articles: Count = 20
    """Articles; the median of an outlet below which its number of articles is not judged: from 4 to
    0 is a quiet day."""
    count_factor: Annotated[float, Setting(above=1)] = 4.0
    """So many times fewer or more articles than the median is a breach. Weekends bring half, a dead
    feed nothing."""
    extraction_drop: Annotated[float, Setting(above=0, most=1)] = 0.2
    """By which the share of an outlet's pages that become articles may fall below the median, as
    far as the Wilson interval of its pages can tell: 1 of 3 pages is no fall yet. A new layout
    falls by more."""
    dates_drop: Annotated[float, Setting(above=0, most=1)] = 0.2
    """The same for the share of articles whose date was found."""
    max_cluster_share: Annotated[float, Setting(above=0, most=1)] = 0.1
    """Share of all articles that one cluster may hold: more is no story, but a frame that was not
    taken out."""
    cluster_articles: Count = 1000
    """Articles; smaller runs may be all about one story."""
    hold: Annotated[tuple[Literal["count", "extraction", "dates", "cluster"], ...], ANY] = (
        "extraction",
        "dates",
        "cluster",
    )
    """Breaches that hold a run back, of count, extraction, dates, cluster; the others are warnings.
    A count is one, because feeds end and outlets rest; pages that do not add up always hold
    back."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How the work is carried out; none of these changes a result."""

    workers: NotNegative = 0
    """Processes of the embedded runner; 0: one for each core."""
    small_input_bytes: NotNegative = 6_000_000
    """Bytes as stored; up to this size one process does it all. A worker that cannot be forked
    imports Beam anew, which takes 4 to 10 s on a busy machine."""
    partitions: NotNegative = 0
    """Parts of an exchange; 0: one for each 8,192 texts and at least 8, fewer where splits times
    parts would be more than 4 million, but never more than 262,144 texts in one."""
    rounds: Annotated[int, Setting(-1, 20)] = -1
    """Rounds in which candidate pairs are joined by part before one worker joins what is left; 0:
    one worker joins all, as always with a window; -1: 3 for 100 GB of input and more, else 0. See
    docs/scale.md."""
    rows_per_file: Annotated[int, Setting(least=1000)] = 25_000
    """Articles in a published file, other tables four times as many: files that readers can
    skip."""
    index: Annotated[bool, ANY] = False
    """Whether the index that `copytrail match` and `copytrail search` answer from is brought up to
    date once the run is published, as `copytrail index` does."""

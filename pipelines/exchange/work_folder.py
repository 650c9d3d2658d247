"""Where a run keeps what it makes before it publishes, and what a finished split says of itself.

A split is finished when its summary stands: the summary is written last, and its name binds it to
the input, the settings and the code that made it. What is finished is never made again.
"""

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import pyarrow as pa

from pipelines.history.derived_file import derived_tables
from pipelines.history.history import SETTLED
from pipelines.history.history_split import KeptSplit
from pipelines.storage import filesystem, staged_tables


@dataclass(frozen=True, slots=True)
class Work:
    """The folders of unpublished files.

    Extracted splits are named by what they are made of, so any later run may take them up; the rest
    is one run's own.
    """

    root: str
    fingerprint: str
    history_splits: Mapping[str, KeptSplit] = field(default_factory=dict)
    """Parts of the history that the run looks back on, by key."""
    history: str = ""
    """The folder of the history, if the run has one."""
    prepared_by: str = ""
    """Names the settings and the code by which the history is matched."""

    def staged(self, key: str, columns: list[str] | None = None) -> pa.Table:
        """Articles of a split as extracted, by this run or an earlier one, sorted by id."""
        if key in self.history_splits:
            return self.history_splits[key].articles(columns)
        return staged_tables.read_table(self.articles(key), columns)

    @property
    def folder(self) -> str:
        """What this run alone uses."""
        return filesystem.join(self.root, self.fingerprint)

    def articles(self, key: str) -> str:
        """Articles of a split as extracted, sorted by id."""
        return filesystem.join(self.root, "extracted", f"{key}.articles.parquet")

    def rejected(self, key: str) -> str:
        """Rejected inputs of a split."""
        return filesystem.join(self.root, "extracted", f"{key}.rejected.parquet")

    def summary(self, key: str) -> str:
        """The counts of a split; its presence says that the split is finished."""
        return filesystem.join(self.root, "extracted", f"{key}.json")

    def revisits(self, key: str) -> str:
        """Records of a split that say of a page that it is the copy of one stored elsewhere."""
        return filesystem.join(self.root, "extracted", f"{key}.revisits.parquet")

    def revisits_key(self, key: str) -> str:
        """The key under which this run stages the articles that a split's revisits became.

        They depend on its other splits, so that they are no other run's.
        """
        return f"{key}-{self.fingerprint}"

    def with_revisits(self, keys: Iterable[str]) -> Iterator[str]:
        """The keys of finished splits, each followed by that of its revisits if it has any."""
        for key in keys:
            yield key
            if (summary := self.finished(key)) is not None and summary.revisits:
                yield self.revisits_key(key)

    def begun(self, key: str) -> str:
        """Says that a split was begun (pipelines.stages.extract.poisoned_splits)."""
        return filesystem.join(self.root, "extracted", f"{key}.begun")

    def clean(self, key: str) -> str:
        """Articles of a split without their outlets' boilerplate, sorted by id."""
        return filesystem.join(self.folder, "clean", f"{key}.parquet")

    def members(self, key: str) -> str:
        """Shingles, facts and what matching knows of a split's articles (schema MEMBERS)."""
        return filesystem.join(self.folder, "members", f"{key}.parquet")

    def finished(self, key: str) -> "Summary | None":
        """What a finished split says of itself; None where it is not finished, or damaged."""
        path = self.summary(key)
        try:
            return (
                summary_from_json(filesystem.read_bytes(path)) if filesystem.exists(path) else None
            )
        except (ValueError, TypeError, KeyError):
            return None

    def exchanged(self, name: str, key: str) -> str:
        """Rows of a split that others read by part (pipelines.exchange.staged_parts)."""
        return filesystem.join(self.folder, "exchanged", f"{key}.{name}.arrow")

    def prepared(self, key: str, columns: Sequence[str] | None = None) -> list[pa.Table] | None:
        """What earlier runs prepared of a part of the history; None where that does not fit.

        Its articles, some of their columns if so asked, and what they tell of other hosts.
        """
        split = self.history_splits[key]
        return derived_tables(split.prepared, split.made_of, columns)

    @property
    def settled(self) -> str:
        """What earlier runs kept of the components they verified."""
        return filesystem.join(self.history, SETTLED)

    def derived(self, name: str) -> str:
        """A file that this run derived for later ones, named as in the history's folder."""
        return filesystem.join(self.derived_folder, name)

    @property
    def derived_folder(self) -> str:
        """Where such files wait."""
        return filesystem.join(self.folder, "derived")

    def progress(self) -> str:
        """Empty files in whose names workers say how far they are."""
        return filesystem.join(self.folder, "progress")

    def make(self) -> None:
        """Makes the folders; what an interrupted run finished stays, its counts go."""
        filesystem.delete(self.progress())
        filesystem.make_folder(filesystem.join(self.root, "extracted"))
        for name in ("clean", "members", "exchanged", "derived", "progress"):
            filesystem.make_folder(filesystem.join(self.folder, name))

    def remove(self, keys: Iterable[str]) -> None:
        """Deletes all that the run staged, splits `keys` included."""
        filesystem.delete(self.folder)
        for key in list(self.with_revisits(keys)):
            for name in (self.summary, self.articles, self.rejected, self.begun, self.revisits):
                filesystem.delete(name(key))


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the pages of one split: pages = articles + rejected + skipped."""

    articles: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    """Counts by `stage/reason`."""
    skipped: Mapping[str, int] = field(default_factory=dict)
    """Counts by reason."""
    warnings: tuple[str, ...] = ()
    newest_fetch: str = ""
    """ISO 8601, empty where no page says when it was fetched."""
    records: Mapping[str, int] = field(default_factory=dict)
    """How many records of each input were accounted for, by its path."""
    there: Mapping[str, int | None] = field(default_factory=dict)
    """How many stand there, counted without our readers; None where they were not counted."""
    changed: tuple[str, ...] = ()
    """Inputs that are not what they were when the run began."""
    revisits: int = 0
    """Records that refer to another, of which nothing is counted here: each is an article, or
    rejected, with the split of its own that they become (Work.revisits_key)."""

    @property
    def pages(self) -> int:
        """All inputs of the split."""
        return self.articles + sum(self.rejected.values()) + sum(self.skipped.values())

    def to_json(self) -> bytes:
        """The summary as a file's content, the same bytes for the same summary."""
        return json.dumps(asdict(self), sort_keys=True).encode()


def summary_from_json(content: bytes) -> Summary:
    """The inverse of Summary.to_json."""
    fields = json.loads(content)
    lists = {name: tuple(fields.get(name, ())) for name in ("warnings", "changed")}
    return Summary(**fields | lists)


def total(summaries: list[Summary]) -> Summary:
    """All splits together."""
    return Summary(
        articles=sum(summary.articles for summary in summaries),
        rejected=_sum([summary.rejected for summary in summaries]),
        skipped=_sum([summary.skipped for summary in summaries]),
        warnings=tuple(sorted({warning for summary in summaries for warning in summary.warnings})),
        newest_fetch=max((summary.newest_fetch for summary in summaries), default=""),
        records=_sum([summary.records for summary in summaries]),
        there=_there([summary.there for summary in summaries]),
        changed=tuple(sorted({path for summary in summaries for path in summary.changed})),
        revisits=sum(summary.revisits for summary in summaries),
    )


def _there(counts: Sequence[Mapping[str, int | None]]) -> dict[str, int | None]:
    """Records of each file over all its splits; None where any of them was not counted."""
    added: dict[str, int | None] = {}
    for count in counts:
        for path, n in count.items():
            before = added.get(path, 0)
            added[path] = None if n is None or before is None else before + n
    return dict(sorted(added.items()))


def _sum(counts: list[Mapping[str, int]]) -> dict[str, int]:
    added: Counter[str] = Counter()
    for count in counts:
        added.update(count)
    return dict(sorted(added.items()))


def run_id_of(named: str | None, summary: Summary, taken: Iterable[str]) -> str:
    """The id of a run: as asked, else the time of its newest fetch; numbered where it is taken.

    >>> run_id_of(None, Summary(newest_fetch="2026-03-02T101500Z"), ["2026-03-02T101500Z"])
    '2026-03-02T101500Z-2'
    """
    wanted = named or summary.newest_fetch or "undated"
    used = set(taken)
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in itertools.count(1))
    return next(name for name in names if name not in used)

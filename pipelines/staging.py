"""Where a run keeps what it makes before it publishes, and what a finished split says of itself.

A split is finished when its summary stands: the summary is written last, and its name binds it to
the input, the settings and the code that made it. What is finished is never made again.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from pipelines import storage


@dataclass(frozen=True, slots=True)
class Work:
    """The folders of one run's unpublished files."""

    folder: str

    def articles(self, key: str) -> str:
        """Articles of a split as extracted."""
        return storage.join(self.folder, "extracted", f"{key}.articles.parquet")

    def rejected(self, key: str) -> str:
        """Rejected inputs of a split."""
        return storage.join(self.folder, "extracted", f"{key}.rejected.parquet")

    def summary(self, key: str) -> str:
        """The counts of a split; its presence says that the split is finished."""
        return storage.join(self.folder, "extracted", f"{key}.json")

    def clean(self, key: str) -> str:
        """Articles of a split without their outlets' boilerplate, sorted by id."""
        return storage.join(self.folder, "clean", f"{key}.parquet")

    def shingles(self, key: str) -> str:
        """Shingles, facts and matching metadata of a split's articles."""
        return storage.join(self.folder, "shingles", f"{key}.parquet")

    def table_folder(self, table: str) -> str:
        """Where the parts of a table wait for publishing."""
        return storage.join(self.folder, "tables", table)

    def progress(self) -> str:
        """Small files in which workers say how far they are."""
        return storage.join(self.folder, "progress")

    def make(self, tables: Mapping[str, object]) -> None:
        """Makes the folders; those that are there stay as they are."""
        for name in ("extracted", "clean", "shingles", "progress"):
            storage.make_folder(storage.join(self.folder, name))
        for table in tables:
            storage.make_folder(self.table_folder(table))


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

    @property
    def pages(self) -> int:
        """All inputs of the split."""
        return self.articles + sum(self.rejected.values()) + sum(self.skipped.values())

    def to_json(self) -> bytes:
        """The summary as a file's content, the same bytes for the same summary."""
        return json.dumps(asdict(self), sort_keys=True).encode()


def summary_from_json(content: bytes) -> Summary:
    """The inverse of Summary.to_json."""
    told = json.loads(content)
    return Summary(**told | {"warnings": tuple(told["warnings"])})


def total(summaries: list[Summary]) -> Summary:
    """All splits together."""
    return Summary(
        articles=sum(one.articles for one in summaries),
        rejected=_sum([one.rejected for one in summaries]),
        skipped=_sum([one.skipped for one in summaries]),
        warnings=tuple(sorted({warning for one in summaries for warning in one.warnings})),
        newest_fetch=max((one.newest_fetch for one in summaries), default=""),
    )


def _sum(counts: list[Mapping[str, int]]) -> dict[str, int]:
    added: Counter[str] = Counter()
    for count in counts:
        added.update(count)
    return dict(sorted(added.items()))

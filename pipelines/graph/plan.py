"""What the stages of a run's graph need to know."""

from dataclasses import dataclass
from datetime import date

from pipelines.config.settings import Settings
from pipelines.exchange.partitions import parts_for
from pipelines.exchange.work_folder import Work
from pipelines.graph.history_graph import HistoryStages
from pipelines.window import Window
from sources.outlets.registry import Registry


@dataclass(frozen=True, slots=True)
class Plan:
    """What the stages need to know."""

    settings: Settings
    work: Work
    binding: str
    tables: str
    """The folder the tables are written to."""
    run_id: str | None
    taken_run_ids: tuple[str, ...]
    registry: Registry
    ratings: bytes | None
    """Others' ratings, as pipelines.config.ratings_file has them."""
    window: Window | None = None
    splits: int = 1
    """Of the input."""
    archives: tuple[str, ...] | None = None
    """Its WACZ files; None where no file of it can hold revisits."""
    rounds: int = 0
    """In which candidate pairs are joined (pipelines.stages.match.rounds); 0: by one worker."""

    @property
    def since(self) -> date | None:
        """First day of the window."""
        return self.window.first if self.window else None

    @property
    def history(self) -> HistoryStages:
        """What takes the history in."""
        return HistoryStages(self.settings, self.work, self.registry)

    def parts(self, texts: int) -> int:
        """Parts of an exchange of so many texts, the history's too."""
        splits = self.splits + len(self.work.kept)
        return parts_for(texts, splits, self.settings.run.partitions)

"""What the stages of a run's graph need to know."""

from dataclasses import dataclass
from datetime import date

from pipelines.config.settings import Settings
from pipelines.exchange.work_folder import Work
from pipelines.stages.history.transforms import HistoryStages
from pipelines.stages.tables.transforms import Publication
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
    archives: tuple[str, ...] | None = None
    """The WACZ files of the input; None where no file of it can hold revisits."""
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

    @property
    def publication(self) -> Publication:
        """What tables are written with."""
        names = (self.run_id, self.taken_run_ids)
        return Publication(self.settings, self.work, self.tables, self.since, *names)

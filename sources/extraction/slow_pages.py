"""How long pages that are slow to read may take together: no host and no file takes all night.

A page alone is bounded by its time limit. Where page after page comes near it, a host's or a
split's budget runs out, and its next pages are rejected unread. What is read in usual time fills
the budget again, and so does each page that is not read, so that now and then one is tried.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from sources.limits import Limits

USUAL_S = 1.0
"""CPU time up to which a page is not slow: real ones take .02 s, the slowest of 834 took .4."""
EARNED_S = 0.25
RESTART_S = 1.4
"""What a new process costs after a page that had to be killed."""


@dataclass
class SlowPages:
    """The budgets of one split: what is left of them, in seconds of CPU time."""

    limits: Limits
    _spent: float = 0.0
    _spent_by_host: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def may_read(self, host: str) -> bool:
        """Whether a page of this host is to be read; one that is not earns its host a little."""
        limits = self.limits
        if self._spent < limits.slow_file_s and self._spent_by_host[host] < limits.slow_host_s:
            return True
        self._earn(host)
        return False

    def spend(self, host: str, cpu_s: float) -> None:
        """Counts what the reading of a page took."""
        if cpu_s <= USUAL_S:
            self._earn(host)
            return
        self._spent += cpu_s
        self._spent_by_host[host] += cpu_s

    def _earn(self, host: str) -> None:
        self._spent = max(0.0, self._spent - EARNED_S)
        left = self._spent_by_host[host] - EARNED_S
        if left > 0:
            self._spent_by_host[host] = left
        else:
            self._spent_by_host.pop(host, None)

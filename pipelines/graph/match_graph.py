"""The way of cleaned articles to verified clusters, with a history and without."""

from dataclasses import dataclass

from apache_beam.pvalue import PCollection

from pipelines.config.rules import match_rules
from pipelines.engine.stage import Stage
from pipelines.graph.plan import Plan
from pipelines.stages.boilerplate.transforms import RecurringParts
from pipelines.stages.history.transforms import KeepVerified, Matched, SkipVerified
from pipelines.stages.match.clean_transform import Cleaned
from pipelines.stages.match.rounds import SendInRounds
from pipelines.stages.match.transforms import (
    SPANNING,
    ComponentParts,
    ConnectTexts,
    PairTexts,
    SendMembers,
    SendTexts,
    Verified,
    VerifyTexts,
)


@dataclass
class MatchTexts(Stage):
    """Keys make candidate pairs, pairs make components, and components are verified.

    Stands here, not in the room of a stage, for with a window the history has a part in it.
    """

    plan: Plan
    boilerplate: RecurringParts
    parts: PCollection
    """Of an exchange of so many texts (one int)."""

    def expand(self, cleaned: Cleaned) -> Matched:
        """Matches all articles."""
        plan, work = self.plan, self.plan.work
        candidates = cleaned | "Pair texts" >> PairTexts(plan.settings.match, work, self.parts)
        if plan.rounds and not plan.window:
            in_rounds = SendInRounds(work, plan.rounds, self.parts)
            return _matched(self._verified(candidates | "Send in rounds" >> in_rounds))
        labels = candidates.pairs | "Connect texts" >> ConnectTexts(work, SPANNING)
        if not plan.window:
            return _matched(self._verified(candidates | "Send texts" >> self._send(labels)))
        sifted = labels | "Skip verified" >> SkipVerified(work, cleaned.contents)
        verified = self._verified(candidates | "Send texts" >> self._send(sifted.labels))
        matched: Matched = verified | "Keep verified" >> KeepVerified(work, sifted)
        return matched

    def _send(self, labels: PCollection) -> SendTexts:
        work = self.plan.work
        send = self.plan.history.sent(SendMembers(work))
        return SendTexts(work, send, labels, self.boilerplate, self.parts)

    def _verified(self, components: ComponentParts) -> Verified:
        rules = match_rules(self.plan.settings, self.plan.since)
        verify = VerifyTexts(rules, self.plan.work, self.parts)
        verified: Verified = components | "Verify texts" >> verify
        return verified


def _matched(verified: Verified) -> Matched:
    """Without a history all that is known is what was verified now."""
    return Matched(verified.clusters, verified.evidence, verified.clusters)

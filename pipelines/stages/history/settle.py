"""Components that were verified before go no further; what is verified is kept for later runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from pipelines.exchange.staged_parts import CLUSTERED_ROWS, staged_whole
from pipelines.exchange.work_folder import Work
from pipelines.history.derived_file import derived_content, derived_tables
from pipelines.history.history import SETTLED
from pipelines.stages.match.known_components import (
    NOTHING,
    Settled,
    joined_settled,
    known_labels,
    signatures,
    without,
)
from pipelines.storage import filesystem
from pipelines.storage.arrow import from_bytes, joined, to_bytes
from schemas.exchange import EVIDENCE
from schemas.history import CONTENTS

NO_PART = -1


@dataclass
class SiftComponents(beam.DoFn):
    """The articles whose components are to be verified; tagged, what came of all the others."""

    work: Work

    def process(self, _: object, labelled: bytes, contents: Sequence[bytes]) -> Iterator[Any]:
        """Once for the run."""
        labels = from_bytes(labelled)
        seen, is_reached = signatures(labels, joined(list(contents), CONTENTS))
        tables = derived_tables(self.work.settled, self.work.prepared_by)
        known = Settled(*tables) if tables else NOTHING
        again = known_labels(seen, is_reached, known)
        settled = known.of(again)
        yield TaggedOutput("evidence", to_bytes(settled.evidence.select(EVIDENCE.names)))
        place = staged_whole(self.work, CLUSTERED_ROWS, "settled", settled.clustered)
        yield TaggedOutput("clustered", (NO_PART, place, b""))
        yield TaggedOutput("settled", (to_bytes(settled.clustered), to_bytes(settled.evidence)))
        yield TaggedOutput("signatures", to_bytes(seen))
        yield to_bytes(without(labels, again))


@dataclass
class KeepSettled(beam.DoFn):
    """Writes what came of all components of a run, for later ones."""

    work: Work

    def process(self, seen: bytes, settled: Sequence[tuple[bytes, bytes]]) -> Iterator[Any]:
        """Once for the run, with the signatures of its components."""
        parts = [
            Settled(NOTHING.signatures, *(from_bytes(content) for content in contents))
            for contents in settled
        ]
        all_of_it = joined_settled([*parts, Settled(from_bytes(seen), *NOTHING.tables()[1:])])
        content = derived_content(self.work.prepared_by, all_of_it.tables())
        filesystem.write_bytes(self.work.derived(SETTLED), content)
        yield from ()

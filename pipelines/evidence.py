"""Evidence about hosts as batches and back."""

from collections.abc import Iterable, Sequence
from dataclasses import fields

import pyarrow as pa

from pipelines.batches import joined, table_from, to_bytes
from schemas.exchange import EVIDENCE
from sources.mirrors import MirrorEvidence, merge_evidence


def evidence_bytes(facts: Sequence[MirrorEvidence]) -> bytes:
    """The facts as a batch."""
    return to_bytes(evidence_table(facts))


def evidence_table(facts: Sequence[MirrorEvidence]) -> pa.Table:
    """The facts as rows."""
    return table_from(facts, EVIDENCE)


def evidence_of(batches: Iterable[bytes]) -> list[MirrorEvidence]:
    """All facts of all batches, added up."""
    table = joined(list(batches), EVIDENCE)
    columns = [table.column(field.name).to_pylist() for field in fields(MirrorEvidence)]
    return merge_evidence(MirrorEvidence(*row) for row in zip(*columns, strict=True))

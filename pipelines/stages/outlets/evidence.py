"""Evidence about hosts as batches and back."""

from collections.abc import Iterable, Sequence
from dataclasses import fields

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.storage.arrow import joined, table_from, to_bytes
from schemas.article import Article
from schemas.exchange import EVIDENCE
from schemas.staged_articles import article_records
from sources.mirrors.evidence import HREFLANG, MirrorEvidence, merge_evidence


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


def announcing(articles: pa.Table) -> list[Article]:
    """The articles that may say something of another host."""
    return article_records(articles.filter(pa.array(is_announcing(articles))))


def is_announcing(articles: pa.Table) -> NDArray[np.bool_]:
    """Whether each of the articles may."""
    snippets = articles.column("snippets").combine_chunks()
    is_told: NDArray[np.bool_] = pc.is_valid(articles.column("declared_url")).to_numpy().copy()
    is_told |= pc.list_value_length(articles.column("announced_hosts")).to_numpy() > 0
    is_link = pc.equal(snippets.flatten().field("kind"), HREFLANG)
    is_told[pc.list_parent_indices(snippets).filter(is_link).to_numpy()] = True
    return is_told

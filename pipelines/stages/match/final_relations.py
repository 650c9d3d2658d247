"""The final relation of each pair, when it is known which hosts are one outlet's."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.verification.relations import Relation, Thresholds, VerifiedPairs, kinds_of_copy
from dedupe.verification.similarity import Overlaps
from pipelines.storage.arrow import column
from schemas.member import Member
from schemas.ragged import places_in


def final_relations(
    members: pa.Table, pairs: pa.Table, records: Sequence[Member], thresholds: Thresholds
) -> NDArray[np.uint8]:
    """The relation of each pair: exact, near, revision and mirror depend on whose hosts they are.

    Whether a pair is a copy or an excerpt at all was decided before and does not.

    Args:
        members: schema CLUSTERED, ascending by article.
        pairs: schema VERIFIED, of these articles.
        records: the members in the same order, with the sources of their hosts.
        thresholds: of the run.
    """
    articles = column(members, "article")
    ends = [places_in(articles, column(pairs, name)) for name in ("left", "right")]
    places = np.stack(ends, axis=1)
    relations: NDArray[np.uint8] = column(pairs, "relation")
    both = Overlaps(
        column(pairs, "shared"), column(pairs, "size_left"), column(pairs, "size_right")
    )
    verified = VerifiedPairs(places, both, both, both, relations)
    hosts = _numbers([record.host or record.article_id for record in records])
    outlets = _numbers([record.source_id for record in records])
    kinds = kinds_of_copy(verified, hosts, outlets, thresholds)
    return np.where(relations > Relation.EXCERPT, kinds, relations).astype(np.uint8)


def _numbers(names: Sequence[str]) -> NDArray[np.int64]:
    return np.unique(np.array(names, dtype=np.str_), return_inverse=True)[1].astype(np.int64)

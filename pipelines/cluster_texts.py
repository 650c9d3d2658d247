"""Texts of some members, read from where they are staged: texts cross no exchange."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipelines import storage
from pipelines.staging import Work
from schemas.member import Member


def staged_texts(work: Work, members: Sequence[Member]) -> Mapping[str, str]:
    """The texts by article id, each split's file opened once."""
    by_split: dict[str, list[str]] = defaultdict(list)
    for one in members:
        by_split[one.split].append(one.article_id)
    found: dict[str, str] = {}
    for split, ids in sorted(by_split.items()):
        table = storage.read_table(work.clean(split), ["article_id", "text"])
        kept = table.filter(pc.is_in(table.column("article_id"), pa.array(ids, pa.string())))
        found.update(zip(*(column.to_pylist() for column in kept.columns), strict=True))
    return found

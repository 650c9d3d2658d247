"""Texts of the members of components: staged by part, so that each part reads its own only.

Texts cross no exchange. To look them up where they were cleaned would read every text once for each
part: 36 times in a run on a million.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.exchange.staged_parts import read_part, staged_parts
from pipelines.exchange.work_folder import Work
from pipelines.storage import staged_tables
from schemas.member import MEMBERS, Member

TEXTS, MATCHED = "texts", "matched"
"""Names of what is staged."""
_PLACE = MEMBERS.get_field_index("split")


def staged_by_part(
    work: Work, key: str, members: pa.Table, is_found: NDArray[np.bool_], parts: NDArray[np.int64]
) -> Iterator[tuple[int, bytes]]:
    """Where the members of each part are staged; their `split` says where their texts are.

    Args:
        work: the run's folders.
        key: of the split.
        members: all of the split, in the order of its clean articles.
        is_found: for each whether it has a component.
        parts: the part of each that has one.
    """
    wanted = pa.array(is_found)
    texts = staged_tables.read_table(work.clean(key), ["article_id", "text"]).filter(wanted)
    yield from staged_with_texts(work, key, members.filter(wanted), texts, parts)


def staged_with_texts(
    work: Work, key: str, members: pa.Table, texts: pa.Table, parts: NDArray[np.int64]
) -> Iterator[tuple[int, bytes]]:
    """As staged_by_part, of members that all have a component, with their clean articles."""
    places = dict(staged_parts(work, TEXTS, key, texts.select(["article_id", "text"]), parts))
    where = pa.array([places[part].decode() for part in parts.tolist()], pa.string())
    placed = members.set_column(_PLACE, MEMBERS.field(_PLACE), where)
    yield from staged_parts(work, MATCHED, key, placed, parts)


def staged_texts(work: Work, members: Sequence[Member]) -> Mapping[str, str]:
    """The texts by article id, each batch read once."""
    by_place: dict[str, list[str]] = defaultdict(list)
    for member in members:
        by_place[member.split].append(member.article_id)
    texts: dict[str, str] = {}
    for place, ids in sorted(by_place.items()):
        table = read_part(work, TEXTS, place)
        rows = table.filter(pc.is_in(table.column("article_id"), pa.array(ids, pa.string())))
        texts.update(zip(*(column.to_pylist() for column in rows.columns), strict=True))
    return texts

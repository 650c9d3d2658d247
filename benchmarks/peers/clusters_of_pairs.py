"""What every peer's script shares: texts in, cluster labels out, connected components between.

The scripts run in environments of their own, where nothing of copytrail is installed.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa
import pyarrow.parquet as pq


def job(made: Callable[[Sequence[str], float, int], Iterable[tuple[int, int]]]) -> None:
    """Reads IN (id, text), writes OUT (id, label) by the pairs that `made` finds.

    Args:
        made: the pairs of texts, by place, of texts, a threshold and a shingle size.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--threshold", type=float, required=True)
    parser.add_argument("--shingle", type=int, required=True)
    arguments = parser.parse_args()
    table = pq.read_table(arguments.source, columns=["id", "text"])
    pairs = made(table.column("text").to_pylist(), arguments.threshold, arguments.shingle)
    write(arguments.target, table.column("id"), components(pairs, table.num_rows))


def write(target: str, ids: pa.ChunkedArray, labels: Sequence[int]) -> None:
    """The label of each id."""
    pq.write_table(pa.table({"id": ids, "label": pa.array(labels, pa.int64())}), target)


def components(pairs: Iterable[tuple[int, int]], count: int) -> list[int]:
    """The smallest member of each place's component."""
    parent = list(range(count))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for left, right in pairs:
        smaller, other = sorted((root(left), root(right)))
        parent[other] = smaller
    return [root(place) for place in range(count)]


def shingles(text: str, size: int) -> set[bytes]:
    """Runs of `size` lower-case words; the whole text where it has fewer."""
    words = text.lower().split()
    runs = range(max(1, len(words) - size + 1))
    return {" ".join(words[start : start + size]).encode() for start in runs}

"""datasketch: MinHash of 128 permutations, LSH at a threshold, components of what it returns."""

from collections.abc import Iterator, Sequence

from clusters_of_pairs import job, shingles
from datasketch import MinHash, MinHashLSH


def pairs(texts: Sequence[str], threshold: float, size: int) -> Iterator[tuple[int, int]]:
    """Each text with those before it that the index returns."""
    index = MinHashLSH(threshold=threshold, num_perm=128)
    sketches = MinHash.generator([list(shingles(text, size)) for text in texts], num_perm=128)
    for place, sketch in enumerate(sketches):
        for other in index.query(sketch):
            yield other, place
        index.insert(place, sketch)


job(pairs)

"""rensa: RMinHash of 128 permutations in Rust over shingles made in Python, its LSH index."""

from collections.abc import Iterator, Sequence

from clusters_of_pairs import job, shingles
from rensa import RMinHash, RMinHashLSH

BANDS = {0.3: 64, 0.4: 64, 0.5: 32, 0.6: 32, 0.7: 16, 0.8: 16}
"""Of 128 values; rensa leaves the choice to its user: the nearest that divides for (1/b)^(1/r)."""


def pairs(texts: Sequence[str], threshold: float, size: int) -> Iterator[tuple[int, int]]:
    """Each text with those before it that the index returns."""
    index = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=BANDS[round(threshold, 1)])
    for place, text in enumerate(texts):
        tokens = [shingle.decode() for shingle in shingles(text, size)]
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(tokens)
        yield from ((other, place) for other in index.query(sketch))
        index.insert(place, sketch)


job(pairs)

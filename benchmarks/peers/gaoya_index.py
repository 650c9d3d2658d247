"""gaoya: its own word n-grams in Rust, its index with the bands it chooses, its parallel query."""

from collections.abc import Iterator, Sequence

from clusters_of_pairs import job
from gaoya.minhash import MinHashStringIndex


def pairs(texts: Sequence[str], threshold: float, size: int) -> Iterator[tuple[int, int]]:
    """Each text with those that the index returns; gaoya checks the estimated similarity itself."""
    index = MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=threshold,
        num_bands=None,
        band_size=None,
        num_hashes=128,
        analyzer="word",
        lowercase=True,
        ngram_range=(size, size),
        id_container="vec",
    )
    index.par_bulk_insert_docs(list(range(len(texts))), list(texts))
    for place, alike in enumerate(index.par_bulk_query(list(texts))):
        yield from ((other, place) for other in alike)


job(pairs)

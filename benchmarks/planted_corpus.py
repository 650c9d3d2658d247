"""Made news texts with planted clusters: `python benchmarks/planted_corpus.py NUMBER FOLDER`.

For speed and memory, not for quality (benchmarks/matching_corpus.py is for that): some 400 words a
text, words as unequal as real ones, some hundred outlets with a foot each, of which the largest has
5 % of all texts, clusters of all sizes, one of 2,000. A text is a list of sentences and a sentence
a hash, so that any part of the corpus can be made without the rest: copies stand far from each
other, and memory is bounded.
"""

import argparse
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

LARGEST = 2_000
OUTLETS = 400
SKEW = 2.0
"""Of outlets: the largest has 400 ** (-1 / SKEW) of all texts, 5 %; with 1 all have as many."""
ROWS_PER_FILE = 50_000
_BATCH = 5_000
_VOCABULARY = 60_000
_TABLE = 1 << 20
_START = 1_772_000_000  # a day in 2026, in Unix time
_SCHEMA = pa.schema(
    [
        *(("url", pa.string()), ("outlet", pa.string()), ("title", pa.string())),
        *(("published_at", pa.string()), ("fetched_at", pa.string()), ("text", pa.string())),
        ("cluster", pa.int64()),
    ]
)
Numbers = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A vocabulary in four forms, and how often each word is drawn."""

    forms: pa.Array
    """All words, then all capitalised, then all closing a sentence, then closing a paragraph."""
    drawn: NDArray[np.int64]
    """Word numbers, a common one as many times as it deserves of _TABLE."""


def mixed(numbers: Numbers) -> Numbers:
    """Numbers that look random, the same for the same (SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def vocabulary(seed: int) -> Words:
    """Invented words; some are names and numbers, which keep their form."""
    random = np.random.default_rng(seed)
    syllables = np.array([c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n")])
    lengths = 1 + np.minimum(2, np.log2(1 + np.arange(_VOCABULARY) / 40)).astype(int)
    words = ["".join(random.choice(syllables, length)) for length in lengths]
    for place in range(200, _VOCABULARY, 11):
        words[place] = words[place].capitalize()
    for place in range(205, _VOCABULARY, 23):
        words[place] = str(int(random.integers(2, 9_999)))
    weights = 1 / (np.arange(_VOCABULARY) + 2.7) ** 1.05
    counts = np.diff(np.round(np.cumsum(weights) / weights.sum() * _TABLE), prepend=0).astype(int)
    capital = [word[:1].upper() + word[1:] for word in words]
    forms = [f"{word}{end}" for form, end in zip(
        (words, capital, words, words), (" ", " ", ". ", ".\n"), strict=True
    ) for word in form]  # fmt: skip
    return Words(pa.array(forms), np.repeat(np.arange(_VOCABULARY), counts))


def planted_sizes(documents: int, seed: int, largest: int = LARGEST) -> NDArray[np.int64]:
    """Sizes of clusters that add up to `documents`: most texts alone, one cluster of `largest`."""
    random = np.random.default_rng(seed)
    drawn = np.minimum(random.zipf(2.1, documents), 300)
    sizes = np.concatenate([[min(largest, documents // 2)], drawn])
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), documents)) + 1]
    sizes[-1] -= sizes.sum() - documents
    return sizes


def sentences_of(story: int, copy: int, outlet: int) -> Numbers:
    """The sentences of a story's copy: whole, cut, or edited here and there; then the foot."""
    lengths = np.random.default_rng([story, 7]).lognormal(3.05, 0.45)
    sentences = mixed(
        (np.uint64(story + 1) << np.uint64(20)) + np.arange(max(6, int(lengths)), dtype=np.uint64)
    )
    random = np.random.default_rng([story, copy, 11])
    kind = random.random()
    if copy and kind < 0.3:
        sentences = sentences[: max(5, int(len(sentences) * random.uniform(0.6, 1)))]
    elif copy and kind < 0.75:
        is_new = random.random(len(sentences)) < random.uniform(0.03, 0.2)
        own = mixed(sentences + np.uint64(copy << 40))
        sentences = np.where(is_new, own, sentences)
    foot = mixed(np.uint64(1 << 60) + np.arange(2 * outlet, 2 * outlet + 2, dtype=np.uint64))
    return np.concatenate([sentences, foot])


def texts_of(stories: list[Numbers], words: Words) -> pa.Array:
    """The texts of lists of sentences."""
    flat = np.concatenate(stories)
    lengths = 8 + (flat % np.uint64(19)).astype(np.int64)
    ends = np.cumsum(lengths)
    sentence = np.repeat(np.arange(len(flat)), lengths)
    within = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    drawn = mixed(flat[sentence] + (within.astype(np.uint64) << np.uint64(32)))
    numbers = words.drawn[(drawn % np.uint64(_TABLE)).astype(np.int64)]
    numbers[ends - lengths] += _VOCABULARY
    last = np.cumsum([len(story) for story in stories]) - 1
    closes = (flat // np.uint64(19) % np.uint64(3)) == 0
    for back in (0, 1, 2):  # each sentence of the foot is a line, and so is what is before it
        closes[last - back] = True
    numbers[ends - 1] += np.where(closes, 3, 2) * _VOCABULARY
    offsets = np.concatenate([[0], ends[last]]).astype(np.int32)
    tokens = words.forms.take(pa.array(numbers))
    return pc.binary_join(pa.ListArray.from_arrays(offsets, tokens), "")


def batches(
    documents: int, seed: int = 1, largest: int = LARGEST, skew: float = SKEW
) -> Iterator[pa.Table]:
    """The corpus in batches of rows, `cluster` being what a run should find."""
    words = vocabulary(seed)
    sizes = planted_sizes(documents, seed, largest)
    story = np.repeat(np.arange(len(sizes)), sizes)
    copy = np.arange(documents) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    order = np.random.default_rng(seed).permutation(documents)
    for first in range(0, documents, _BATCH):
        rows = order[first : first + _BATCH]
        # some outlets publish far more than others
        even = mixed(rows.astype(np.uint64)) / 2.0**64
        outlets = (OUTLETS * even**skew).astype(np.int64)
        yield _rows(rows, story[rows] + seed * 10_000_000, copy[rows], outlets, words)


def _rows(
    numbers: NDArray[np.int64],
    story: NDArray[np.int64],
    copy: NDArray[np.int64],
    outlets: NDArray[np.int64],
    words: Words,
) -> pa.Table:
    rows = zip(story.tolist(), copy.tolist(), outlets.tolist(), strict=True)
    texts = texts_of([sentences_of(*row) for row in rows], words)
    wire = pa.array(np.where(story % 5 == 0, "GENEVA (AFP) - ", "").astype(object))
    texts = pc.binary_join_element_wise(wire, texts, "")
    at = _START + story * 7919 % 2_000_000 + copy * 601 % 90_000
    claimed = np.char.add(np.datetime_as_string(at.astype("datetime64[s]")), "+00:00")
    fetched = np.datetime_as_string(np.full(len(at), _START + 2_200_000, "datetime64[s]"))
    columns = [
        [f"https://outlet{o}.example/{n}/story" for n, o in zip(numbers, outlets, strict=True)],
        [f"Outlet {outlet} Post" for outlet in outlets],
        pc.utf8_slice_codeunits(texts, 0, 60),
        *(pa.array(column.astype(object)) for column in (claimed, np.char.add(fetched, "+00:00"))),
        texts,
        story,
    ]
    return pa.table([pa.array(column) for column in columns], schema=_SCHEMA)


def write(
    documents: int, folder: Path, seed: int = 1, largest: int = LARGEST, skew: float = SKEW
) -> None:
    """The corpus as Parquet files of ROWS_PER_FILE rows."""
    folder.mkdir(parents=True, exist_ok=True)
    per_file = ROWS_PER_FILE // _BATCH
    made = batches(documents, seed, largest, skew)
    for number in itertools.count():
        batch = list(itertools.islice(made, per_file))
        if not batch:
            return
        path = folder / f"texts-{number:04d}.parquet"
        pq.write_table(pa.concat_tables(batch), path, compression="zstd", row_group_size=_BATCH)


def main() -> None:
    """Writes a corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--largest", type=int, default=LARGEST, help="texts of the largest cluster")
    arguments = parser.parse_args()
    write(arguments.documents, arguments.folder, arguments.seed, arguments.largest)


if __name__ == "__main__":
    main()

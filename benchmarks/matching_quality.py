"""Quality of copytrail and its peers on the made corpus, plain and less our boilerplate.

uv run python benchmarks/matching_quality.py [--stories 300] [--tuning 1] [--held-out 2]

Each peer's threshold and shingle size are chosen on other seeds of the corpus than it is judged on,
and for plain and cleaned texts apart; copytrail runs as a command with its defaults.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent))
from matching_corpus import Document, corpus
from matching_scores import b_cubed, f1, pair_counts
from peer_jobs import PEERS, Peer, copytrail_job, peer_job

from dedupe.text.boilerplate import BoilerplateRules, is_boilerplate, outlet_sample, recurring
from dedupe.text.features import features_of_words
from dedupe.text.shingles import placed_shingles
from dedupe.text.words import read_words, word_bounds_of

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
SHINGLES = (3, 5)
SIZE = 5
"""Words of a shingle by which boilerplate is found, as in the defaults."""


def pair_scores(truth: Mapping[int, str], labels: Mapping[int, object]) -> tuple[float, ...]:
    """Precision, recall and F1 over pairs; a text without a label is alone."""
    return scores_of(truth, labels)[:3]


def scores_of(truth: Mapping[int, str], labels: Mapping[int, object]) -> tuple[float, ...]:
    """Precision, recall and F1 over pairs, F1 over texts; a text without a label is alone."""
    predicted = [labels.get(document, f"alone {document}") for document in truth]
    real = list(truth.values())
    return *f1(pair_counts(real, predicted)), b_cubed(real, predicted)


def cleaned(documents: Sequence[Document]) -> list[str]:
    """The words that do not stand in a shingle that recurs over the outlet's texts."""
    texts = [document.text for document in documents]
    outlets = np.array([document.outlet for document in documents])
    words = read_words(texts)
    first = features_of_words(words, SIZE)
    known = recurring(outlet_sample(outlets, first.text_hashes, first.shingles), BoilerplateRules())
    parts = []
    for place, text in enumerate(texts):
        shingles = placed_shingles(read_words([text]).hashes, SIZE)
        starts = np.flatnonzero(is_boilerplate(shingles, outlets[place : place + 1], known))
        starts_of, ends_of = word_bounds_of(text)
        is_own = np.ones(len(starts_of), np.bool_)
        is_own[(starts[:, None] + np.arange(SIZE)).ravel()] = False
        spans = zip(starts_of[is_own].tolist(), ends_of[is_own].tolist(), strict=True)
        parts.append(" ".join(text[start:end] for start, end in spans))
    return parts


def written(path: Path, documents: Sequence[Document], texts: Sequence[str]) -> Path:
    """The texts as a peer reads them."""
    ids = [document.number for document in documents]
    pq.write_table(pa.table({"id": ids, "text": list(texts)}), path)
    return path


def for_copytrail(path: Path, documents: Sequence[Document]) -> Path:
    """The texts as copytrail reads them: with an address, from which it knows the outlet."""
    urls = [
        f"https://outlet{document.outlet}.example/{document.number}/story" for document in documents
    ]
    pq.write_table(pa.table({"url": urls, "text": [document.text for document in documents]}), path)
    return path


def best(peer: Peer, tuning: Sequence[tuple[Path, Mapping[int, str]]]) -> tuple[float, int]:
    """The threshold and shingle size with the best mean F1."""
    means = {
        (threshold, shingle): np.mean(
            [
                scores_of(truth, peer_job(peer, texts, threshold, shingle).labels)[2]
                for texts, truth in tuning
            ]
        )
        for threshold in THRESHOLDS
        for shingle in SHINGLES
    }
    return max(sorted(means), key=lambda mean: means[mean])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--tuning", type=int, default=1, help="corpora to choose settings on")
    parser.add_argument("--held-out", type=int, default=2, help="other corpora to judge on")
    parser.add_argument(
        "--peers", default="", help="those whose name contains this, also copytrail"
    )
    arguments = parser.parse_args()
    seeds = range(1000, 1000 + arguments.tuning + arguments.held_out)
    made = [corpus(arguments.stories, seed) for seed in seeds]
    truths = [{document.number: document.cluster for document in documents} for documents in made]
    columns = "| | texts | threshold | shingle | precision | recall | F1 | F1 over texts |"
    print(f"{columns}\n{'|---' * 8}|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        judged = list(zip(made, truths, strict=True))[arguments.tuning :]
        if arguments.peers in "copytrail":
            jobs = [
                (truth, copytrail_job(str(for_copytrail(work / f"c{n}.parquet", docs))))
                for n, (docs, truth) in enumerate(judged)
            ]
            scores = [scores_of(truth, job.labels) for truth, job in jobs]
            show("copytrail", "as published", "", "", scores)
        for variant in ("as published", "less our boilerplate"):
            files = [
                written(
                    work / f"{variant}-{n}.parquet",
                    docs,
                    [document.text for document in docs]
                    if variant == "as published"
                    else cleaned(docs),
                )
                for n, docs in enumerate(made)
            ]
            corpora = list(zip(files, truths, strict=True))
            for peer in (candidate for candidate in PEERS if arguments.peers in candidate.name):
                threshold, shingle = best(peer, corpora[: arguments.tuning])
                scores = [
                    scores_of(truth, peer_job(peer, file, threshold, shingle).labels)
                    for file, truth in corpora[arguments.tuning :]
                ]
                show(peer.name, variant, str(threshold), str(shingle), scores)


def show(
    name: str, texts: str, threshold: str, shingle: str, scores: Sequence[tuple[float, ...]]
) -> None:
    means = " | ".join(f"{mean:.3f}" for mean in np.mean(scores, axis=0))
    print(f"| {name} | {texts} | {threshold} | {shingle} | {means} |", flush=True)


if __name__ == "__main__":
    main()

"""datatrove: its three MinHash steps on two workers, 128 values cut by the threshold."""

import struct
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
from clusters_of_pairs import write
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import ParquetReader

BANDS = {0.3: (43, 3), 0.4: (32, 4), 0.5: (25, 5), 0.6: (18, 7), 0.7: (14, 8), 0.8: (11, 11)}
"""Buckets and values in each, (1/b)^(1/r) near the threshold; (14, 8) is its default."""


def labels(folder: Path, count: int) -> list[int]:
    """The number of each text's cluster; a text alone has a number of its own."""
    clusters = list(range(count, 2 * count))
    for path in folder.glob("*.clusters"):
        for place, label in struct.iter_unpack("<2I", path.read_bytes()):
            clusters[place] = label
    return clusters


def run(source: str, target: str, threshold: float, shingle: int, folder: str) -> None:
    """One file in, one file out; what is between stands in `folder`."""
    buckets, rows = BANDS[round(threshold, 1)]
    config = MinhashConfig(n_grams=shingle, num_buckets=buckets, hashes_per_bucket=rows)
    path = Path(source).resolve()
    reader = ParquetReader(str(path.parent), glob_pattern=path.name, id_key="id")
    signatures, pairs, clusters = (f"{folder}/{name}" for name in ("sigs", "pairs", "clusters"))
    first = [reader, MinhashDedupSignature(signatures, config=config)]
    second = [MinhashDedupBuckets(signatures, pairs, config=config)]
    third = [MinhashDedupCluster(pairs, clusters, config=config, save_cluster_id=True)]
    for name, steps, tasks in (("1", first, 1), ("2", second, buckets), ("3", third, 1)):
        # a folder for each: it skips what a folder says is done
        LocalPipelineExecutor(steps, tasks, workers=2, logging_dir=f"{folder}/logs/{name}").run()
    ids = pq.read_table(source, columns=["id"]).column("id")
    write(target, ids, labels(Path(clusters), len(ids)))


if __name__ == "__main__":
    options = dict(zip(sys.argv[3::2], sys.argv[4::2], strict=True))
    with tempfile.TemporaryDirectory() as work:
        run(
            sys.argv[1], sys.argv[2], float(options["--threshold"]), int(options["--shingle"]), work
        )

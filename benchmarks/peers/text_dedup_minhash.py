"""text-dedup: its MinHash command as it stands, on two processes, and the components it joined."""

import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
from clusters_of_pairs import write
from text_dedup import minhash

source, target = sys.argv[1:3]
chosen = dict(zip(sys.argv[3::2], sys.argv[4::2], strict=True))
with tempfile.TemporaryDirectory() as folder:
    options = {
        "--path": "parquet",
        "--data_files": str(Path(source).resolve()),
        "--split": "train",
        "--column": "text",
        "--cache_dir": folder,
        "--output": f"{folder}/kept",
        "--num_proc": "2",
        "--num_perm": "128",
        "--min_length": "1",
        "--threshold": chosen["--threshold"],
        "--ngram": chosen["--shingle"],
    }
    words = [word for option in options.items() for word in option]
    minhash.main.main(words, standalone_mode=False)
    ids = pq.read_table(source, columns=["id"]).column("id")
    write(target, ids, [minhash.uf.find(place) for place in range(len(ids))])

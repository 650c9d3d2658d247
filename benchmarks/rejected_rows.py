"""What a million rejected rows cost in memory: `python benchmarks/rejected_rows.py [--rows N]`.

Runs the command on a file of so many rows that are rejected, and on one of a hundred, for each
format of tables, and prints the peak memory of both (PSS, all processes together) and what the rows
added. They are streamed to their table, so that it has to stay under 100 MB (ends with 1 if not).
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from peak_memory import peaks

FEW_ROWS = 100
MOST_BYTES = 100_000_000
GROUP_ROWS = 50_000


def addresses(rows: int) -> Iterator[str]:
    """An address for each row, which has nothing else."""
    return (f"https://a{number % 97}.example/story/{number}" for number in range(rows))


def write_jsonl(path: Path, rows: int) -> None:
    """Objects without a text."""
    with path.open("w") as stream:
        stream.writelines(f'{{"url": "{address}", "text": ""}}\n' for address in addresses(rows))


def write_csv(path: Path, rows: int) -> None:
    """Rows of one field too many."""
    with path.open("w") as stream:
        stream.write("url,text\n")
        stream.writelines(f"{address},a,b\n" for address in addresses(rows))


def write_parquet(path: Path, rows: int) -> None:
    """Rows whose text is null."""
    schema = pa.schema([("url", pa.string()), ("text", pa.string())])
    every = list(addresses(rows))
    with pq.ParquetWriter(path, schema) as writer:
        for first in range(0, rows, GROUP_ROWS):
            urls = pa.array(every[first : first + GROUP_ROWS])
            columns = [urls, pa.nulls(len(urls), pa.string())]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
}


def peak_bytes(kind: str, rows: int, workers: int) -> int:
    """The peak memory of a run on so many rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rows.{kind}"
        WRITERS[kind](path, rows)
        call = ["run", "--input", str(path), "--output", f"{folder}/out", f"--workers={workers}"]
        pss, _ = peaks([sys.executable, "-m", "pipelines", *call, "--quiet"])
    return pss


def main() -> None:
    """Prints a row for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--kind", choices=WRITERS, action="append")
    arguments = parser.parse_args()
    print(
        f"| format | peak of {FEW_ROWS} rows, MB | of {arguments.rows} | added |\n"
        + "|---" * 4
        + "|"
    )
    is_small = True
    for kind in arguments.kind or WRITERS:
        few, many = (
            peak_bytes(kind, rows, arguments.workers) for rows in (FEW_ROWS, arguments.rows)
        )
        print(
            f"| {kind} | {few / 1e6:.0f} | {many / 1e6:.0f} | {(many - few) / 1e6:.0f} |",
            flush=True,
        )
        is_small = is_small and many - few < MOST_BYTES
    sys.exit(not is_small)


if __name__ == "__main__":
    main()

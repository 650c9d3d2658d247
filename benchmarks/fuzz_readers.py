"""Every reader on mutated files for some minutes: nothing lost, raised, hung, or held in memory.

    uv run python benchmarks/fuzz_readers.py --minutes 2 --seed 1 [--shared ../shared] [--kind csv]

Each example is a file of our own making, or a small shared one, with bytes changed, cut, doubled or
put in between. What its reader accounts for is held against the outside count, and of our own files
each record, line or row that stands whole must be read, whatever happened to its neighbours. Prints
for each kind how many examples there were, how many the outside count could count, how many whole
parts were looked for, the slowest, and what went wrong; findings are written to `--findings`, each
before it is read: one that ends the process is left there too.
"""

import argparse
import gzip
import json
import random
import resource
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.config.settings import Settings
from pipelines.errors import UsageError
from pipelines.stages.extract.inputs import InputFile, Split, find_files
from pipelines.stages.extract.outside_count import outside_count
from pipelines.stages.extract.read_split import Record, read_stream
from schemas.page import Page, Rejected, TextRow

HANG_S = 20
"""CPU time of one example, whose file has some kilobytes."""
MAGIC = b"\x1f\x8b\x08"
LARGEST_BYTES = 200_000
"""Of a shared file that is mutated."""
PIECES = (
    *(b"\r\n\r\n", b"\n", b"\r", b"WARC/1.0\r\n", b"Content-Length: 9\r\n", b"\x1f\x8b\x08"),
    *(b'"', b'""', b",", b";", b"\\", b"[", b"{", b"}", b"NaN", b"null", b"\xff\xfe", b"\0" * 9),
    *(b"HTTP/1.1 100 Continue\r\n\r\n", b"WARC-Type: revisit\r\n", b"PAR1", b"99999999999"),
    *(b"\x28\xb5\x2f\xfd", b"sep=;\n", b"# ", b"\x1e", b"filedesc://a 0.0.0.0 2026 t 9\n"),
)


class HangError(Exception):
    """An example took too long."""


@dataclass
class Tally:
    """What came of the examples of one kind."""

    examples: int = 0
    counted: int = 0
    unchanged: int = 0
    """Parts of own files that stood whole in an example."""
    slowest_s: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Original:
    """A file that is mutated."""

    kind: str
    format: str
    content: bytes
    parts: tuple[bytes, ...] = ()
    """Of files of our own making: its records, lines or rows, or the members that hold them. Where
    one stands unchanged in an example, the reader must give what is named by `mark` of its number.
    """
    head: bytes = b""
    """What tells the format or the columns, without which no part can be read."""


def mark(number: int) -> bytes:
    """What stands in the page or text of a part, and nowhere else."""
    return b"page-%03d-here" % number


def http_answer(number: int) -> bytes:
    """A small page with its header."""
    body = b"<html><p>The council met, %b, again. \xc3\xa9</p></html>" % mark(number)
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body * (1 + number)


def warc_record(number: int) -> bytes:
    """A WARC record of a small page."""
    http = http_answer(number)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-03-05T10:00:00Z\r\n"
        f"WARC-Target-URI: https://a.example/{number}\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def arc_record(number: int) -> bytes:
    """An ARC record of a small page."""
    http = http_answer(number)
    line = b"http://a.example/%d 1.2.3.4 20260302093000 text/html %d\n" % (number, len(http))
    return line + http + b"\n"


def rows() -> list[dict[str, str]]:
    """Of a table of texts."""
    return [
        {
            "url": f"https://a.example/{n}",
            "title": f"No. {n}",
            "text": f"{mark(n).decode()} é \n\n said, so" * 9,
        }
        for n in range(9)
    ]


def own_files() -> Iterator[Original]:
    """Files of our own making."""
    records = tuple(map(warc_record, range(6)))
    whole = b"".join(records)
    yield Original("warc", "warc", whole, records, b"WARC/")
    members = tuple(gzip.compress(content, mtime=0) for content in records)
    yield Original("warc.gz", "warc", b"".join(members), members, MAGIC)
    yield Original("warc.gz in one", "warc", gzip.compress(whole, mtime=0))
    yield Original("warc.zst", "warc", pa.compress(whole, codec="zstd", asbytes=True))
    archive = BytesIO()
    with ZipFile(archive, "w") as made:
        made.writestr("archive/a.warc.gz", b"".join(members[:3]))
        made.writestr("archive/b.warc.gz", b"".join(members[3:]))
    yield Original("wacz", "wacz", archive.getvalue())
    first = b"filedesc://a.arc 0.0.0.0 20260302 text/plain 4\n1 0 \n"
    pages = tuple(map(arc_record, range(6)))
    yield Original("arc", "warc", first + b"".join(pages), pages, b"filedesc:")
    yield Original("arc.gz", "warc", b"".join(map(gzip.compress, (first, *pages))))
    table = rows()
    lines = tuple(json.dumps(row).encode() + b"\n" for row in table)
    yield Original("jsonl", "jsonl", b"".join(lines), lines, b"{")
    yield Original("json", "jsonl", json.dumps(table, indent=1).encode())
    yield Original(
        "jsonl.zst", "jsonl", pa.compress(json.dumps(table).encode(), codec="zstd", asbytes=True)
    )
    cells = tuple(f'{row["url"]},"{row["title"]}","{row["text"]}"\n'.encode() for row in table)
    written = b"url,title,text\n" + b"".join(cells)
    yield Original("csv", "csv", written, cells, b"url,title,text\n")
    yield Original("csv utf-16", "csv", written.decode().encode("utf-16"))
    sink = BytesIO()
    pq.write_table(pa.Table.from_pylist(table), sink, row_group_size=4)
    yield Original("parquet", "parquet", sink.getvalue())


def shared_files(folder: Path) -> Iterator[Original]:
    """Small shared inputs, each under its format."""
    for path in sorted(folder.glob("cases/inputs/*/input/**/*")):
        if not path.is_file() or path.stat().st_size > LARGEST_BYTES:
            continue
        try:
            [file] = find_files([str(path)]).files
        except UsageError:
            continue
        yield Original(f"shared {file.format}", file.format, path.read_bytes())


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with up to five changes."""
    changed = bytearray(data)
    for _ in range(chance.randint(0, 5)):
        at = chance.randrange(len(changed) + 1)
        to = min(len(changed), at + int(2 ** chance.uniform(0, 11)))
        match chance.randrange(6):
            case 0:
                changed[at : at + 1] = chance.randbytes(1)
            case 1:
                del changed[at:to]
            case 2:
                changed[at:at] = changed[at:to]
            case 3:
                changed[at:at] = chance.choice(PIECES)
            case 4:
                piece = chance.choice(PIECES)
                changed[at : at + len(piece)] = piece
            case _:
                changed[at:to] = chance.randbytes(to - at)
    return bytes(changed)


def read(data: bytes, file_format: str) -> list[Record]:
    """All that the reader gives."""
    file = InputFile("in/file", len(data), 0.0, file_format)
    return list(read_stream(BytesIO(data), file, Split((file,)), Settings()))


def fault(data: bytes, original: Original, tally: Tally) -> str | None:
    """What is wrong with how one example is read."""
    begun = time.process_time()
    try:
        outcomes = read(data, original.format)
        there = outside_count(BytesIO(data), original.format)
    except HangError:
        return "hang"
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"raised {type(error).__name__}: {error}"[:200]
    finally:
        tally.slowest_s = max(tally.slowest_s, time.process_time() - begun)
    texts = b"\n".join(map(content_of, outcomes))
    for number, part in enumerate(original.parts):
        if data.startswith(original.head) and stands_whole(part, data):
            tally.unchanged += 1
            if mark(number) not in texts:
                return "a part that is whole was lost with its neighbour"
    if there is None:
        return None
    tally.counted += 1
    accounted = sum(item.records if isinstance(item, Rejected) else 1 for item in outcomes)
    is_told = any(isinstance(item, Rejected) for item in outcomes)
    return (
        f"{there} there, {accounted} accounted for" if accounted < there and not is_told else None
    )


def content_of(record: Record) -> bytes:
    """The page or the text of what was read."""
    match record:
        case Page():
            return record.body
        case TextRow():
            return record.text.encode("utf-8", "replace")
        case _:
            return b""


def stands_whole(part: bytes, data: bytes) -> bool:
    """Whether the part is there as it was, and begins where something else ends."""
    place = data.find(part)
    return place == 0 or (place > 0 and (part.startswith(MAGIC) or data[place - 1] in b"\n"))


def fuzz(files: Sequence[Original], seconds: float, seed: str, findings: Path) -> Tally:
    """Examples of one kind for so many seconds by the clock."""
    findings.mkdir(parents=True, exist_ok=True)
    chance, tally, end = random.Random(seed), Tally(), time.monotonic() + seconds
    while time.monotonic() < end:
        original = chance.choice(files)
        example = mutated(original.content, chance)
        tally.examples += 1
        path = findings / f"{seed.replace(' ', '-')}-{tally.examples}.{original.format}"
        path.write_bytes(example)
        signal.setitimer(signal.ITIMER_PROF, HANG_S)
        wrong = fault(example, original, tally)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if wrong:
            tally.faults.append(wrong)
        else:
            path.unlink()
    return tally


def _hang(*_: object) -> None:
    raise HangError


def main() -> None:
    """Fuzzes all kinds, or one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0, help="of each kind")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--kind", default="", help="only kinds that begin so")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    arguments = parser.parse_args()
    signal.signal(signal.SIGPROF, _hang)
    by_kind: dict[str, list[Original]] = {}
    for original in (*own_files(), *shared_files(arguments.shared)):
        if original.kind.startswith(arguments.kind):
            by_kind.setdefault(original.kind, []).append(original)
    print(
        "kind | minutes | examples | counted outside | whole parts | slowest, s | peak, MB | faults"
    )
    for kind, files in by_kind.items():
        tally = fuzz(files, 60 * arguments.minutes, f"{arguments.seed} {kind}", arguments.findings)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        faults = "; ".join(sorted(set(tally.faults))[:5]) or "none"
        print(
            f"{kind} | {arguments.minutes:g} | {tally.examples} | {tally.counted} | "
            f"{tally.unchanged} | {tally.slowest_s:.2f} | {peak} | {len(tally.faults)}: {faults}",
            flush=True,
        )


if __name__ == "__main__":
    main()

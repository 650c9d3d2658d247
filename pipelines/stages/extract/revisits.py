"""Pages that a crawler met again and did not store again: found by their payload, made articles.

They are the verbatim copies, of a mirror say. Each is read from the page of the run that has the
payload it names, with its own address and time; where only the history has it, it is that article
again. Splits are read before any of this: what one refers to may stand in any file.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.config.settings import Settings
from pipelines.exchange.work_folder import Work
from pipelines.storage import filesystem, staged_tables
from schemas.article import Article
from schemas.page import Page, Rejected, Revisit
from schemas.staged_articles import article_records
from schemas.tables import TIMESTAMP
from sources.extraction.article import seen_again
from sources.extraction.isolated_reader import IsolatedReader
from sources.readers.wacz import read_wacz_payloads
from sources.readers.warc import read_payloads
from sources.url_rules import AddressRules

MISSING = "revisit-target-missing"
REVISITS = pa.schema(
    [
        ("input", pa.string()),
        ("position", pa.int64()),
        ("url", pa.string()),
        ("payload_digest", pa.string()),
        ("fetched_at", TIMESTAMP),
        ("flags", pa.list_(pa.string())),
    ]
)
_ROWS = 2_000
_LEAST_TEXT_CHARS = 128 << 20
_CHARS_A_REVISIT = 100_000
"""Characters of text that the revisits of a split may become together, one with another: a record
of three hundred bytes may refer to a text of megabytes."""


@dataclass(frozen=True, slots=True)
class Payload:
    """Where an article stands that was read from a payload which revisits name."""

    digest: str
    input: str
    position: int
    key: str
    """Of the split that it was staged with."""


def revisit_table(revisits: Sequence[Revisit]) -> pa.Table:
    """The revisits as rows of REVISITS."""
    columns = [
        pa.array([getattr(revisit, field.name) for revisit in revisits], field.type)
        for field in REVISITS
    ]
    return pa.Table.from_arrays(columns, schema=REVISITS)


def staged_revisits(work: Work, key: str) -> Iterator[Revisit]:
    """The revisits of a split, in the order of their places."""
    for table in staged_tables.read_batches(work.revisits(key), _ROWS):
        for row in table.to_pylist():
            yield Revisit(**row | {"flags": tuple(row["flags"])})


def wanted_digests(work: Work, key: str) -> list[str]:
    """The payloads that the revisits of a split refer to, each once."""
    table = staged_tables.read_table(work.revisits(key), ["payload_digest"])
    digests: list[str] = table.column(0).unique().to_pylist()
    return digests


def payloads_of(work: Work, key: str, digests: Iterable[str]) -> Iterator[Payload]:
    """Those of some payloads from which articles of a split, or of the history, were read."""
    table = work.staged(key, ["payload_digest", "input", "position"])
    wanted = pa.array(sorted(set(digests)), pa.string())
    for row in table.filter(pc.is_in(table.column("payload_digest"), wanted)).to_pylist():
        yield Payload(row["payload_digest"], row["input"], row["position"], key)


def articles_of_revisits(
    work: Work,
    key: str,
    of_run: Iterable[Payload],
    of_history: Iterable[Payload],
    archives: Sequence[str],
    isolated: IsolatedReader,
    settings: Settings,
) -> Iterator[Article | Rejected]:
    """What becomes of each revisit of a split.

    Args:
        work: where splits are staged.
        key: of the split.
        of_run: where the payloads stand that the run's own files have.
        of_history: where those stand that the history has.
        archives: the run's WACZ files, whose parts have names below theirs.
        isolated: reads pages.
        settings: of the run.
    """
    waiting: dict[str, list[Revisit]] = defaultdict(list)
    for revisit in staged_revisits(work, key):
        waiting[revisit.payload_digest].append(revisit)
    left = max(_LEAST_TEXT_CHARS, _CHARS_A_REVISIT * sum(map(len, waiting.values())))
    isolated.begin()
    for result in _read_again(
        waiting, _first(of_run), archives, isolated, settings.extract.max_page_bytes
    ):
        left -= len(result.text) if isinstance(result, Article) else 0
        yield result if left >= 0 else _more(result)
    for result in _from_history(work, waiting, _last(of_history), settings.addresses):
        left -= len(result.text)
        yield result if left >= 0 else _more(result)
    for digest, revisits in waiting.items():
        message = f"no article of the run or its history has the payload {digest}"
        for revisit in revisits:
            yield rejected_revisit(revisit, MISSING, message)


def rejected_revisit(revisit: Revisit, reason: str, message: str) -> Rejected:
    """The revisit as one that became no article."""
    place = revisit.input, revisit.position, revisit.url
    return Rejected(*place, "read", reason, message, revisit.fetched_at)


def _more(result: Article | Rejected) -> Rejected:
    if isinstance(result, Rejected):
        return result
    place = result.input, result.position, result.url
    message = "the revisits of its file refer to more text than is read for so many"
    return Rejected(*place, "read", "too-large", message, result.fetched_at)


def _first(payloads: Iterable[Payload]) -> dict[str, Payload]:
    """Of each payload the first place, so that it is the same in whatever order they came."""
    places: dict[str, Payload] = {}
    for payload in sorted(payloads, key=lambda payload: (payload.input, payload.position)):
        places.setdefault(payload.digest, payload)
    return places


def _last(payloads: Iterable[Payload]) -> dict[str, Payload]:
    """Of each payload the place of the newest day, with which keys of the history begin."""
    by_key = sorted(payloads, key=lambda payload: (payload.key, payload.input, payload.position))
    return {payload.digest: payload for payload in by_key}


def _read_again(
    waiting: dict[str, list[Revisit]],
    places: Mapping[str, Payload],
    archives: Sequence[str],
    isolated: IsolatedReader,
    max_page_bytes: int,
) -> Iterator[Article | Rejected]:
    """What the run's own pages give; their revisits wait no longer."""
    by_file: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for digest in waiting.keys() & places.keys():
        by_file[places[digest].input][places[digest].position].add(digest)
    for page in _pages(by_file, archives, max_page_bytes):
        for revisit in waiting.pop(page.payload_digest or "", ()):
            again = replace(
                page,
                input=revisit.input,
                position=revisit.position,
                url=revisit.url,
                fetched_at=revisit.fetched_at,
                flags=revisit.flags,
            )
            yield from isolated.send(again)
    yield from isolated.drain()


def _pages(
    by_file: Mapping[str, Mapping[int, set[str]]], archives: Sequence[str], max_page_bytes: int
) -> Iterator[Page]:
    parts: dict[str, dict[str, Mapping[int, set[str]]]] = defaultdict(dict)
    for name, places in sorted(by_file.items()):
        archive = next((path for path in archives if name.startswith(f"{path}/")), None)
        if archive is not None:
            parts[archive][name] = places
            continue
        with filesystem.opened(name) as stream:
            yield from read_payloads(stream, name, places, max_page_bytes)
    for archive, inside in sorted(parts.items()):
        with filesystem.opened(archive) as stream:
            yield from read_wacz_payloads(stream, archive, inside, max_page_bytes)


def _from_history(
    work: Work,
    waiting: dict[str, list[Revisit]],
    places: Mapping[str, Payload],
    addresses: AddressRules,
) -> Iterator[Article]:
    """What the history's articles give; their revisits wait no longer."""
    by_key: dict[str, list[Payload]] = defaultdict(list)
    for digest in sorted(waiting.keys() & places.keys()):
        by_key[places[digest].key].append(places[digest])
    for key, payloads in sorted(by_key.items()):
        wanted = pa.array([payload.digest for payload in payloads])
        table = work.staged(key)
        rows = table.filter(pc.is_in(table.column("payload_digest"), wanted))
        for article in article_records(rows):
            for revisit in waiting.pop(article.payload_digest or "", ()):
                yield seen_again(article, revisit, addresses)

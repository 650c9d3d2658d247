"""What a person sees in the terminal: a run's tables, clusters, sources and rejected inputs.

Titles and hosts come from pages: they are printed as text, never as markup, without control
characters.
"""

import logging
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines import log
from pipelines.output.read_run import find_run, manifest_of, read
from schemas.tables import PURPOSE, TABLES

if TYPE_CHECKING:
    from pipelines.run.outcome import Outcome

MOST_FILES = 5
"""Of one format, that are named."""
MOST_HOSTS = 5
"""Of a source, beside the one that it is named after."""


def plain(value: object, width: int = 80) -> Text:
    """A cell: a page's text without control or direction characters, cut to `width`."""
    text = "" if value is None else str(value)
    shown = "".join(
        character
        for character in text[: width * 2]
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return Text(shown if len(shown) <= width else shown[: width - 1] + "…")


def show_line(text: str, console: Console, style: str = "") -> None:
    """Prints on one line, cut where the terminal ends."""
    console.print(plain(text, 400), style=style, no_wrap=True, overflow="ellipsis")


def show_outcome(outcome: "Outcome", console: Console) -> None:
    """Says what came of a run, in a few lines; each stays whole, for a log or to be copied."""
    if log.is_json():
        _log_outcome(outcome)
        return
    verb = "published" if outcome.is_new else "was published before:"
    verb = "held back, waits in" if outcome.held else verb
    lines = [
        (f"run {outcome.run_id} {verb} {outcome.path}", ""),
        (counts_line(outcome.manifest["counts"]), ""),
        *((line, "") for line in inputs_lines(outcome.manifest.get("inputs", ()))),
        *((f"held back: {reason}", "red") for reason in outcome.held),
        *((f"warning: {warning}", "yellow") for warning in outcome.warnings),
        *((note, "") for note in outcome.notes),
        *([(way_out(outcome), "")] if outcome.held else []),
    ]
    for line, style in lines:
        console.print(plain(line, 400), style=style, soft_wrap=True)


def _log_outcome(outcome: "Outcome") -> None:
    for kind, lines in (("held back because", outcome.held), ("warning", outcome.warnings)):
        for line in lines:
            log.event(kind, {"message": line}, logging.WARNING)
    facts = {
        "run_id": outcome.run_id,
        "path": outcome.path,
        "exit_code": outcome.exit_code,
        "counts": outcome.manifest["counts"],
    }
    if outcome.held:
        log.event("held back", facts | {"way_out": way_out(outcome)}, logging.WARNING)
    else:
        log.event("published" if outcome.is_new else "published before", facts)


def way_out(outcome: "Outcome") -> str:
    """What to do about a run that was held back."""
    output = outcome.path.rpartition("/runs/")[0]
    names = f"{output} {outcome.run_id}"
    return f"`copytrail publish {names}` publishes it, `copytrail discard {names}` deletes it"


def counts_line(counts: Mapping[str, Any]) -> str:
    """Pages in = articles + rejected + skipped, as a sentence."""
    return "{pages} pages = {articles} articles + {rejected} rejected + {skipped} skipped".format(
        **counts
    )


def inputs_lines(inputs: Sequence[Mapping[str, Any]]) -> list[str]:
    """What was read, a line for each format, where there are several.

    >>> csv = {"path": "in/a.csv", "format": "csv", "records": 3}
    >>> inputs_lines([csv, csv | {"path": "in/b.warc.gz", "format": "warc"}])
    ['read as csv: 3 records of 1 files (a.csv)', 'read as warc: 3 records of 1 files (b.warc.gz)']
    """
    formats = sorted({file.get("format", "") for file in inputs})
    return [_format_line(name, inputs) for name in formats] if len(formats) > 1 else []


def _format_line(name: str, inputs: Sequence[Mapping[str, Any]]) -> str:
    files = [file for file in inputs if file.get("format", "") == name]
    records = sum(file.get("records", 0) for file in files)
    names = ", ".join(file["path"].rpartition("/")[2] for file in files[:MOST_FILES])
    more = f" and {len(files) - MOST_FILES} more" if len(files) > MOST_FILES else ""
    return f"read as {name}: {records} records of {len(files)} files ({names}{more})"


def show_run(folder: str, top: int, console: Console) -> None:
    """Shows a published run; an output folder stands for its latest run."""
    path = find_run(folder)
    manifest = manifest_of(path)
    console.print(plain(f"run {manifest['run_id']}  ({path})", 400), style="bold")
    console.print(plain(counts_line(manifest["counts"]), 400))
    console.print(_tables(manifest["tables"]))
    articles = read(path, "articles", ["article_id", "title", "source_id", "cluster_id"])
    console.print(_clusters(read(path, "clusters"), articles, top))
    console.print(_sources(read(path, "sources"), top))
    console.print(_rejected(manifest["counts"]))


def _tables(tables: Mapping[str, Any]) -> Table:
    shown = grid("table", "rows", "a row is")
    for name in TABLES:
        shown.add_row(name, str(tables[name]["rows"]), PURPOSE[name])
    return shown


def _clusters(clusters: pa.Table, articles: pa.Table, top: int) -> Table:
    titles = dict(
        zip(*(articles.column(name).to_pylist() for name in ("article_id", "title")), strict=True)
    )
    shown = grid("articles", "sources", "credits", "first claimed", "story", title="top clusters")
    rows = sorted(clusters.to_pylist(), key=lambda row: (-row["n_articles"], row["cluster_id"]))
    for row in rows[:top]:
        first = row["first_published_at"]
        shown.add_row(
            str(row["n_articles"]),
            str(row["n_sources"]),
            plain(", ".join(row["wire_credits"]), 20),
            f"{first:%Y-%m-%d %H:%M}" if first else "unknown",
            plain(titles.get(row["representative_id"]), 160),
        )
    # a headline on one line, cut where the terminal ends; figures are never cut for it
    for column in shown.columns[:-1]:
        cells = [column.header, *column.cells]
        column.no_wrap, column.min_width = True, max(len(str(cell)) for cell in cells)
    shown.columns[-1].no_wrap, shown.columns[-1].overflow = True, "ellipsis"
    return shown


def _sources(sources: pa.Table, top: int) -> Table:
    shown = grid("source", "articles", "clustered", "first seen", title="sources")
    rows = sorted(sources.to_pylist(), key=lambda row: (-row["n_articles"], row["source_id"]))
    for row in rows[:top]:
        shown.add_row(
            _hosts(row["source_id"], row["hosts"]),
            str(row["n_articles"]),
            _share(row, "clustered"),
            _share(row, "earliest_observed"),
        )
    return shown


def _hosts(source: str, hosts: list[str]) -> Text:
    """A source and below it its other hosts, so that both fit into a terminal of 80 columns."""
    others = [host for host in hosts if host != source]
    lines = [source, *(f"  also {host}" for host in others[:MOST_HOSTS])]
    lines += [f"  and {len(others) - MOST_HOSTS} more"] if len(others) > MOST_HOSTS else []
    return Text("\n").join(plain(line, 40) for line in lines)


def _share(row: Mapping[str, Any], name: str) -> str:
    """k of n, with its interval where n supports one."""
    counted = f"{row[f'{name}_k']} of {row[f'{name}_n']}"
    if row[f"{name}_rate"] is None:
        return counted
    return counted + f" ({row[f'{name}_lo']:.2f}–{row[f'{name}_hi']:.2f})"


def _rejected(counts: Mapping[str, Any]) -> Table:
    shown = grid("inputs", "stage/reason", title="rejected and skipped")
    for reason, n in Counter(counts["rejected_by_reason"]).most_common():
        shown.add_row(str(n), plain(reason))
    for reason, n in Counter(counts["skipped_by_reason"]).most_common():
        shown.add_row(str(n), plain(f"skipped: {reason}"))
    return shown


def grid(*columns: str, title: str | None = None) -> Table:
    """An empty table in the manner of all our tables; columns of numbers to the right."""
    shown = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in columns:
        is_number = name in ("rows", "articles", "sources", "inputs", "observed", "of")
        shown.add_column(name, justify="right" if is_number else "left", overflow="fold")
    return shown

"""What is done to staged articles before they are matched, a split's table at once.

They lose the lines that recur at their outlet; only rows whose evidence changes become records.
"""

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dedupe.text.boilerplate import Boilerplate, carriers_of, is_boilerplate
from pipelines.exchange.article_keys import boilerplate_outlets, text_hashes
from schemas.article import Article
from schemas.ragged import Ragged
from schemas.staged_articles import article_records, article_table
from sources.extraction.boilerplate_removal import MIN_WORDS, bears_evidence, parted, without_lines
from sources.extraction.registered_agencies import with_agencies
from sources.outlets.registry import Registry
from sources.text.line_hashes import line_hashes
from sources.text.lines import word_counts


def clean_table(articles: pa.Table, boilerplate: Boilerplate) -> pa.Table:
    """The staged articles without their outlets' recurring lines, in the same order."""
    return clean_articles(articles, boilerplate)[0]


def clean_articles(articles: pa.Table, boilerplate: Boilerplate) -> tuple[pa.Table, list[str]]:
    """As clean_table, and for each article the recurring lines that it is the carrier of.

    These are "" for all but a text or two of each outlet, and where they are no long prose.
    """
    texts = articles.column("text").to_pylist()
    hashes, outlets = line_hashes(texts), boilerplate_outlets(articles)
    marked = Ragged(is_boilerplate(hashes, outlets, boilerplate), hashes.offsets)
    cleaned = _less_marked(articles, texts, marked)
    rows = np.flatnonzero(marked.keep(marked.values).lengths())
    repeated = [""] * len(texts)
    own = text_hashes(articles.column("text").take(rows))
    carriers = Ragged(carriers_of(hashes, outlets, boilerplate), hashes.offsets)
    for row, text_hash in zip(rows.tolist(), own.tolist(), strict=True):
        lines = itertools.compress(texts[row].split("\n"), carriers[row] == text_hash)
        repeated[row] = "\n".join(lines)
    return cleaned, [
        prose if words >= MIN_WORDS else ""
        for prose, words in zip(repeated, word_counts(repeated), strict=True)
    ]


def _less_marked(articles: pa.Table, texts: Sequence[str], marked: Ragged) -> pa.Table:
    """The articles without the lines of their texts that are marked."""
    rows = np.flatnonzero(marked.keep(marked.values).lengths())
    if not rows.size:
        return articles
    cleaned, removed = zip(*(parted(texts[row], marked[row]) for row in rows.tolist()), strict=True)
    counts = np.array(word_counts(cleaned))
    evidence = zip(removed, _snippets(articles.take(rows)), strict=True)
    is_plain = (counts >= MIN_WORDS) & ~np.array([bears_evidence(*lines) for lines in evidence])
    plain = np.flatnonzero(is_plain)
    shorter = _with_texts(articles, rows[plain], [cleaned[row] for row in plain], counts[plain])
    return _with_records(
        shorter, rows[~is_plain], lambda record, row: without_lines(record, marked[row])
    )


def _snippets(articles: pa.Table) -> list[list[str]]:
    """The passages kept as evidence of each article."""
    snippets = articles.column("snippets").combine_chunks()
    passages = snippets.flatten().field("snippet").to_pylist()
    ends = np.cumsum(pc.list_value_length(snippets).to_numpy()).tolist()
    return [passages[first:end] for first, end in itertools.pairwise([0, *ends])]


def _with_texts(
    articles: pa.Table, rows: NDArray[np.int64], texts: Sequence[str], counts: NDArray[np.int64]
) -> pa.Table:
    """The articles with other texts in some rows, of which nothing else changes."""
    is_changed = np.zeros(articles.num_rows, np.bool_)
    is_changed[rows] = True
    for name, values in (("text", pa.array(texts)), ("word_count", pa.array(counts))):
        place = articles.schema.get_field_index(name)
        column = articles.column(place).combine_chunks()
        changed = pc.replace_with_mask(column, pa.array(is_changed), values.cast(column.type))
        articles = articles.set_column(place, articles.schema.field(place), changed)
    return articles


def with_registered_agencies(articles: pa.Table, registry: Registry) -> pa.Table:
    """The articles, credits of the registry's agencies as wire credits."""
    has_credit = pc.list_value_length(articles.column("outlet_credits")).to_numpy() > 0
    return _with_records(
        articles, np.flatnonzero(has_credit), lambda record, _: with_agencies(record, registry)
    )


def _with_records(
    articles: pa.Table, rows: NDArray[np.int64], change: Callable[[Article, int], Article]
) -> pa.Table:
    """The articles, those at `rows` changed one by one."""
    if not rows.size:
        return articles
    records = zip(article_records(articles.take(rows)), rows.tolist(), strict=True)
    changed = article_table([change(record, row) for record, row in records])
    places = np.arange(articles.num_rows)
    places[rows] = articles.num_rows + np.arange(len(rows))
    return pa.concat_tables([articles, changed]).take(places)

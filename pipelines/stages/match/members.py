"""Clean articles become members: numbers to match by, and the few facts that roles need."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dedupe.hashing import mix64
from dedupe.text.boilerplate import Boilerplate
from dedupe.text.features import (
    TextFeatures,
    carried_features,
    features_of_words,
    text_features,
)
from dedupe.text.shingles import union_of_lists
from dedupe.text.words import read_words
from pipelines.exchange.article_keys import boilerplate_outlets, id_keys
from pipelines.storage.arrow import list_array, ragged_column
from schemas.member import COMPARED, DAY, MEMBERS, MOMENT, NO_ZONE, WEAK
from schemas.ragged import Ragged
from schemas.staged_articles import are_left_out
from sources.outlets.outlets import domain_of
from sources.text.keys import path_key, path_of, title_key
from sources.urls import canonical_url, host_of


def member_table(
    articles: pa.Table,
    boilerplate: Boilerplate,
    shingle_words: int,
    split: str,
    repeated: Sequence[str],
    hashes: NDArray[np.uint64],
    days: Sequence[date] | None = None,
) -> pa.Table:
    """The staged articles of a split as members (schema MEMBERS), in the same order.

    Pages without a story are members that meet nobody: without a word, a path or a title.

    Args:
        articles: without their outlets' recurring lines.
        boilerplate: recurring shingles.
        shingle_words: words in a shingle.
        split: where their texts are staged.
        repeated: the recurring lines that each is the carrier of; "" for most.
        hashes: of each text as it was extracted, before its lines were taken out.
        days: those they count for, in a run that has a window.
    """
    is_left_out = are_left_out(articles)
    articles = _without_pages(articles, is_left_out)
    words = read_words(articles.column("text").to_pylist())
    outlets = boilerplate_outlets(articles)
    features = features_of_words(words, shingle_words, outlets, boilerplate)
    carried = _carried(repeated, shingle_words).with_more(
        *carried_features(words, shingle_words, outlets, boilerplate, hashes)
    )
    urls = articles.column("canonical_url").to_pylist()
    titles = articles.column("title").to_pylist()
    ids = id_keys(articles.column("article_id").to_pylist())
    columns: dict[str, Any] = {
        "article": ids,
        "path": [path_of(url)[:200] for url in urls],
        "text_key": np.where(is_left_out, mix64(ids), features.text_hashes),
        "path_key": np.array([path_key(url) for url in urls], np.uint64),
        "title_key": np.array([title_key(title) for title in titles], np.uint64),
        "claimed_at": articles.column("published_at"),
        "is_weakly_dated": [
            is_weakly_dated(flags) for flags in articles.column("flags").to_pylist()
        ],
        "claim_kind": [
            claim_kind(*row)
            for row in zip(
                articles.column("published_at").to_pylist(),
                articles.column("flags").to_pylist(),
                strict=True,
            )
        ],
        "declared_host": declared_hosts(articles),
        "is_bare": are_bare(articles),
        "split": [split] * articles.num_rows,
        "day": days or [None] * articles.num_rows,
        **{name: list_array(getattr(features, name)) for name in COMPARED},
        "repeated": list_array(carried.shingles),
        "repeated_facts": list_array(carried.facts),
    }
    return pa.table([_column(field, columns, articles) for field in MEMBERS], schema=MEMBERS)


def _without_pages(articles: pa.Table, is_left_out: NDArray[np.bool_]) -> pa.Table:
    """The articles; of pages that are left out no text, address or title."""
    if not is_left_out.any():
        return articles
    nothing = {"text": "", "canonical_url": None, "title": None}
    for name, value in nothing.items():
        place = articles.schema.get_field_index(name)
        column = articles.column(place)
        emptied = pc.if_else(pa.array(is_left_out), pa.scalar(value, column.type), column)
        articles = articles.set_column(place, articles.schema.field(place), emptied)
    return articles


def _carried(repeated: Sequence[str], shingle_words: int) -> TextFeatures:
    """Features of the recurring lines; most are empty, and cost nothing."""
    rows = np.array([place for place, prose in enumerate(repeated) if prose], np.int64)
    places = np.zeros(len(repeated), np.int64)
    places[rows] = np.arange(1, len(rows) + 1)
    return text_features(["", *(repeated[row] for row in rows)], shingle_words).take(places)


def key_shingles(members: pa.Table) -> Ragged:
    """The shingles by which members find their candidates: their own, and what they carry."""
    return union_of_lists(ragged_column(members, "shingles"), ragged_column(members, "repeated"))


def is_weakly_dated(flags: list[str]) -> bool:
    """Whether its date may make nobody first: implausible, after the fetch, or without a zone."""
    return any(flag.startswith("date-") for flag in flags)


def are_bare(articles: pa.Table) -> NDArray[np.bool_]:
    """Which pages say nothing of themselves: no date, no author, and a title for readers only.

    Rows of text that come with an address alone are no pages, and say nothing either way.
    """
    has_authors = pc.list_value_length(articles.column("authors")).to_numpy() > 0
    has_date = articles.column("date_source").is_valid().to_numpy()
    is_shown = pc.is_in(articles.column("title_source"), pa.array(["h1", "title"]))
    is_bare: NDArray[np.bool_] = is_shown.to_numpy() & ~has_date & ~has_authors
    return is_bare


def claim_kind(claimed_at: datetime | None, flags: Sequence[str]) -> str | None:
    """What kind of claim a date with such flags is; None without a date."""
    if claimed_at is None:
        return None
    date_flags = {flag for flag in flags if flag.startswith("date-")}
    if date_flags - {"date-without-zone", "date-day-only"}:
        return WEAK
    if "date-day-only" in date_flags:
        return DAY
    return NO_ZONE if date_flags else MOMENT


def declared_hosts(articles: pa.Table) -> list[str | None]:
    """The host of the canonical address that each page declares, where its domain is another's."""
    pairs = (articles.column(name).to_pylist() for name in ("declared_url", "host"))
    return [declared_host(*pair) for pair in zip(*pairs, strict=True)]


def declared_host(declared_url: str | None, own: str | None) -> str | None:
    """The host of a declared address where its domain is another's than that of `own`."""
    host = host_of(canonical_url(declared_url) or "") if declared_url else None
    if host is None or own is None or domain_of(host) == domain_of(own):
        return None
    return host


def _column(
    field: pa.Field, columns: dict[str, Any], articles: pa.Table
) -> pa.Array | pa.ChunkedArray:
    values = columns[field.name] if field.name in columns else articles.column(field.name)
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    return pa.array(values, field.type)

"""Clean articles become members: numbers to match by, and the few facts that roles need."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from dedupe.reading import read_from_words
from dedupe.recurring import Recurring
from dedupe.words import read_words
from pipelines.batches import list_array
from pipelines.outlet_samples import outlet_keys
from pipelines.partitions import id_keys
from schemas.article import Article
from schemas.member import MEMBERS
from schemas.staged import article_table
from sources.addresses import canonical_url, host_of
from sources.keys import path_key, path_of, title_key
from sources.outlets import domain_of


def member_table(
    articles: Sequence[Article], boilerplate: Recurring, shingle_words: int, split: str
) -> pa.Table:
    """The articles of a split as members (schema MEMBERS), in the same order."""
    outlets = outlet_keys(article_table(articles))
    words = read_words([one.text for one in articles])
    found = read_from_words(words, shingle_words, outlets, boilerplate)
    columns: dict[str, Any] = {
        "article": id_keys([one.article_id for one in articles]),
        "path": [path_of(one.canonical_url)[:200] for one in articles],
        "text_key": found.text_hashes,
        "path_key": np.array([path_key(one.canonical_url) for one in articles], np.uint64),
        "title_key": np.array([title_key(one.title) for one in articles], np.uint64),
        "claimed_at": [one.published_at for one in articles],
        "is_weakly_dated": [is_weakly_dated(one) for one in articles],
        "declared_host": [declared_host(one) for one in articles],
        "split": [split] * len(articles),
        "shingles": list_array(found.shingles),
        "facts": list_array(found.facts),
    }
    return pa.table(
        [_column(field, columns.get(field.name), articles) for field in MEMBERS], schema=MEMBERS
    )


def is_weakly_dated(article: Article) -> bool:
    """Whether its date may make nobody first: implausible, after the fetch, or without a zone."""
    return any(flag.startswith("date-") for flag in article.flags)


def declared_host(article: Article) -> str | None:
    """The host of the canonical address that the page declares, where its domain is another's."""
    host = host_of(canonical_url(article.declared_url or "") or "")
    if host is None or article.host is None or domain_of(host) == domain_of(article.host):
        return None
    return host


def _column(field: pa.Field, values: Any, articles: Sequence[Article]) -> pa.Array:
    if isinstance(values, pa.Array):
        return values
    if values is None:
        values = [getattr(one, field.name) for one in articles]
    return pa.array(values, field.type)

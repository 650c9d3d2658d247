"""The Arrow form of articles between stages, and how records turn into it and back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.article import LEFT_OUT, Article, PolicyLink, Snippet
from schemas.page import Rejected
from schemas.tables import ARTICLES, REJECTED

# Everything of an article that is known before matching: the published schema without the columns
# that later stages add.
STAGED_ARTICLES = pa.schema([ARTICLES.field(field.name) for field in fields(Article)])

_STRUCTS: Mapping[str, type[Snippet | PolicyLink]] = {
    "snippets": Snippet,
    "policy_links": PolicyLink,
}
_SURROGATE = re.compile("[\ud800-\udfff]")


def article_table(articles: Sequence[Article]) -> pa.Table:
    """The articles as one staged table, in the same order."""
    columns = []
    rows = map(attrgetter(*STAGED_ARTICLES.names), articles)
    by_field = list(zip(*rows, strict=True)) or [()] * len(STAGED_ARTICLES)
    for field, of_articles in zip(STAGED_ARTICLES, by_field, strict=True):
        values: list[Any] = list(of_articles)
        if field.name in _STRUCTS:
            values = [list(map(_struct, records)) for records in values]
        columns.append(_column(values, field.type))
    return pa.Table.from_arrays(columns, schema=STAGED_ARTICLES)


def article_records(table: pa.Table) -> list[Article]:
    """The staged rows as records; the inverse of article_table."""
    columns = [table.column(field.name).to_pylist() for field in fields(Article)]
    return [_article(row) for row in zip(*columns, strict=True)]


def are_left_out(articles: pa.Table) -> NDArray[np.bool_]:
    """Which articles are pages without a story, by their structure (`schemas.article.LEFT_OUT`).

    They are rows of the table articles, and nothing more: nothing is matched with them, and no
    measure of an outlet counts them.
    """
    sources = pc.is_in(articles.column("page_kind_source"), pa.array(LEFT_OUT))
    return np.asarray(sources).astype(np.bool_)


def rejected_table(rejected: Sequence[Rejected]) -> pa.Table:
    """The rejected inputs as rows of the published table, in the same order."""
    columns = [
        _column([getattr(page, field.name) for page in rejected], field.type) for field in REJECTED
    ]
    return pa.Table.from_arrays(columns, schema=REJECTED)


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([_storable(value) for value in values], kind)


def _storable(value: Any) -> Any:
    """The value with U+FFFD for lone surrogates, which JSON and file names may hold, UTF-8 not."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {name: _storable(inner) for name, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _struct(record: Snippet | PolicyLink) -> dict[str, str]:
    return {name: getattr(record, name) for name in record.__slots__}


def _article(row: Sequence[Any]) -> Article:
    values = zip(fields(Article), row, strict=True)
    return Article(*(_frozen(field.name, value) for field, value in values))


def _frozen(name: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    record = _STRUCTS.get(name)
    return tuple(record(**fields) for fields in value) if record else tuple(value)

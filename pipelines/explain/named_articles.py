"""Articles of a run as a person names them: by id, by address, or by words of the headline."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow.compute as pc

from dedupe.text.words import read_words
from pipelines.config.settings import settings_of_run
from pipelines.errors import UsageError
from pipelines.output.read_run import batches, manifest_of, read_rows
from sources.urls import canonical_url

Row = Mapping[str, Any]
BATCH_ROWS = 20_000
NAMED = 5
"""Articles that are named where words fit several."""
CHARACTERS = 80
"""Of a headline that is named."""


def named_articles(path: str, name: str, columns: Sequence[str]) -> list[Row]:
    """The articles with this id or address, or else those whose headline holds all these words.

    Args:
        path: of the run.
        name: an article_id, an address, or words.
        columns: of the table articles.

    Returns:
        The rows by id; none where nothing is called so.
    """
    wanted = _address(path, name)
    field = "canonical_url" if wanted else "article_id"
    rows = read_rows(path, "articles", pc.field(field) == (wanted or name), [*columns, field])
    if not rows:
        ids = _with_words(path, name)
        rows = read_rows(path, "articles", pc.field("article_id").isin(ids), columns) if ids else []
    return sorted(rows, key=lambda row: str(row["article_id"]))


def named_article(path: str, name: str, columns: Sequence[str]) -> Row:
    """The article of this name; the first by id where an address has several.

    Args:
        path: of the run.
        name: an article_id, an address, or words that stand in one headline alone.
        columns: of the table articles, with article_id, canonical_url and title.

    Raises:
        UsageError: there is none, or the words stand in several headlines.
    """
    rows = named_articles(path, name, columns)
    if not rows:
        raise UsageError(
            f"{path} has no article {name}; give an article_id, an address in it, or words that "
            "stand in its headline"
        )
    if len(rows) > 1 and {row["canonical_url"] for row in rows} != {_address(path, name)}:
        raise UsageError(f"{several(name, rows)}; give one of these ids, or more words")
    return rows[0]


def _address(path: str, name: str) -> str | None:
    """The address as the run writes it, by its rules; None for what is none."""
    return canonical_url(name, settings_of_run(manifest_of(path)["settings"]).addresses)


def several(name: str, rows: Sequence[Row]) -> str:
    """Says which articles some words could mean."""
    listed = [f"{row['article_id']} ({str(row['title'])[:CHARACTERS]})" for row in rows[:NAMED]]
    more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    return f"{name!r} stands in {len(rows)} headlines: {', '.join(listed)}{more}"


def _with_words(path: str, words: str) -> list[str]:
    """The ids of the articles whose headline holds all words."""
    wanted = np.unique(read_words([words]).hashes.values)
    ids: list[str] = []
    if not wanted.size:
        return ids
    for batch in batches(path, "articles", ("article_id", "title"), BATCH_ROWS):
        titles = read_words([title or "" for title in batch.column("title").to_pylist()]).hashes
        held = titles.keep(np.isin(titles.values, wanted))
        places = [
            place
            for place in np.flatnonzero(held.lengths() >= wanted.size).tolist()
            if len(np.unique(held[place])) == wanted.size
        ]
        ids += [batch.column("article_id")[place].as_py() for place in places]
    return ids

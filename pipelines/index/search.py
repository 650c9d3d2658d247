"""Published articles that hold given words, in the headline or in the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dedupe.text.words import read_words
from pipelines.errors import UsageError
from pipelines.index.against import opened_runs
from pipelines.index.part import IndexedArticle
from pipelines.index.run_index import RunIndex

LOOKED_AT = 2_000
"""Articles of a run that are looked at, its last ones."""
_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that holds all words."""

    article: IndexedArticle
    run_id: str
    is_in_title: bool
    """All words stand in its headline."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of some words."""

    hits: tuple[Hit, ...]
    """Those with all words in the headline first, of each the newest first."""
    count: int
    """Of all articles found."""
    is_cut: bool
    """Whether a run holds more of them than were looked at."""
    notes: tuple[str, ...]


def search(words: str, folder: str, most: int) -> Hits:
    """The articles of all published runs that hold all words, at most `most` of them.

    Case, accents of compatibility forms and digits of other scripts are folded as matching does.

    Raises:
        UsageError: there are no words, no run, or no index.
    """
    with opened_runs(folder) as against:
        indexes = against.indexes()
        if not indexes:
            raise UsageError(f"{folder} has no index; `copytrail index {folder}` makes it")
        return search_runs(words, indexes, most, against.notes)


def search_runs(
    words: str, indexes: Sequence[RunIndex], most: int, notes: Sequence[str] = ()
) -> Hits:
    """As `search`, in indexes that are open, the newest first.

    Raises:
        UsageError: there are no words.
    """
    if not len(read_words([words]).hashes.values):
        raise UsageError(f"there is no word in {words!r}; give letters or digits")
    hits: dict[str, Hit] = {}
    is_cut = False
    for index in indexes:
        for column in ("title", None):
            articles = index.holding(words, column, LOOKED_AT)
            is_cut = is_cut or len(articles) == LOOKED_AT
            for article in articles:
                hit = Hit(article, index.run_id, column is not None)
                hits.setdefault(article.article_id, hit)
    ordered = sorted(hits.values(), key=lambda hit: hit.article.article_id)
    ordered.sort(key=lambda hit: hit.article.published_at or _FIRST, reverse=True)
    ordered.sort(key=lambda hit: not hit.is_in_title)
    return Hits(tuple(ordered[:most]), len(ordered), is_cut, tuple(notes))

"""Published articles that hold given words, or are of an outlet or of some days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dedupe.text.words import read_words
from pipelines.errors import UsageError
from pipelines.index.against import opened_runs
from pipelines.index.part import ANY, IndexedArticle, Wanted
from pipelines.index.run_index import RunIndex
from sources.hosts import normal_host

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


def wanted_articles(outlet: str, since: str, until: str) -> Wanted:
    """What articles are to be like, as a person writes it; an empty string wants nothing.

    >>> wanted_articles("www.Example.com", "", "2026-03-02").before
    datetime.datetime(2026, 3, 3, 0, 0, tzinfo=datetime.timezone.utc)

    Raises:
        UsageError: a day is none.
    """
    name = outlet.strip()
    return Wanted((normal_host(name) or name) or None, _midnight(since), _midnight(until, 1))


def _midnight(day: str, later: int = 0) -> datetime | None:
    if not day:
        return None
    try:
        moment = datetime.combine(date.fromisoformat(day), time(), UTC)
    except ValueError as error:
        raise UsageError(f"{day!r} is no day; write it as 2026-03-02") from error
    last = datetime.max.replace(tzinfo=UTC)
    return moment + timedelta(days=later) if last - moment > timedelta(days=later) else last


def search(words: str, folder: str, most: int, wanted: Wanted = ANY) -> Hits:
    """The articles of all published runs that hold all words, at most `most` of them.

    Case, accents of compatibility forms and digits of other scripts are folded as matching does.

    Raises:
        UsageError: there are no words, no run, or no index.
    """
    with opened_runs(folder) as against:
        indexes = against.indexes()
        if not indexes:
            raise UsageError(f"{folder} has no index; `copytrail index {folder}` makes it")
        return search_runs(words, indexes, most, against.notes, wanted)


def search_runs(
    words: str,
    indexes: Sequence[RunIndex],
    most: int,
    notes: Sequence[str] = (),
    wanted: Wanted = ANY,
) -> Hits:
    """As `search`, in indexes that are open, the newest first.

    Args:
        words: none are needed where something else is wanted.
        indexes: of the runs to search.
        most: articles.
        notes: what to know of the runs.
        wanted: what the articles are like besides.

    Raises:
        UsageError: there are no words, and nothing else is wanted.
    """
    has_words = bool(len(read_words([words]).hashes.values))
    if not has_words and (words.strip() or wanted == ANY):
        raise UsageError(f"there is no word in {words!r}; give letters or digits")
    hits: dict[str, Hit] = {}
    is_cut = False
    for index in indexes:
        for articles, is_in_title in _found(index, words, has_words, wanted):
            is_cut = is_cut or len(articles) >= LOOKED_AT
            for article in articles:
                hits.setdefault(article.article_id, Hit(article, index.run_id, is_in_title))
    ordered = sorted(hits.values(), key=lambda hit: hit.article.article_id)
    ordered.sort(key=_day, reverse=True)
    ordered.sort(key=lambda hit: not hit.is_in_title)
    return Hits(tuple(ordered[:most]), len(ordered), is_cut, tuple(notes))


def _found(
    index: RunIndex, words: str, has_words: bool, wanted: Wanted
) -> Iterator[tuple[list[IndexedArticle], bool]]:
    """Articles, and whether their headline holds all words."""
    if not has_words:
        yield index.newest(wanted, LOOKED_AT), False
        return
    yield index.holding(words, "title", LOOKED_AT, wanted), True
    yield index.holding(words, None, LOOKED_AT, wanted), False


def _day(hit: Hit) -> datetime:
    return hit.article.published_at or hit.article.fetched_at or _FIRST

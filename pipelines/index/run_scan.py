"""A published run without an index: every text is read, so nothing can be out of date."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow.compute as pc

from dedupe.candidates.winnowing import WINDOW, fingerprints
from dedupe.text.shingles import placed_shingles
from dedupe.text.words import read_words
from pipelines.config.settings import settings_of_run
from pipelines.explain.sharing_articles import partners
from pipelines.index.part import COLUMNS, IndexedArticle
from pipelines.index.run_rows import BATCH_ROWS, article_columns, credits_of, with_credit
from pipelines.output.read_run import batches, manifest_of, read_rows


class RunScan:
    """Answers as RunIndex does, from the tables of the run.

    Args:
        run: path of the published run.
    """

    def __init__(self, run: str) -> None:
        self.run = run
        self.most: int | None = None
        manifest = manifest_of(run)
        self.run_id = str(manifest["run_id"])
        self.settings = settings_of_run(manifest["settings"])
        self._credits = credits_of(run)

    def close(self) -> None:
        """Nothing is open."""

    def candidates(self, text: str) -> Iterator[list[IndexedArticle]]:
        """Yields the articles that may share a passage with a text, in the order of the table."""
        size = self.settings.match.shingle_words
        words = read_words([text]).hashes
        prints = fingerprints(placed_shingles(words, size)).values
        is_short = len(words.values) < WINDOW + size - 1
        for batch in batches(self.run, "articles", article_columns(), BATCH_ROWS):
            texts = read_words(batch.column("text").to_pylist()).hashes
            # a text shorter than a window is no fingerprint of what holds it
            lists, wanted = (
                (texts, words.values)
                if is_short
                else (fingerprints(placed_shingles(texts, size)), prints)
            )
            shared = lists.keep(np.isin(lists.values, wanted)).lengths()
            places = np.flatnonzero(shared)
            if places.size:
                yield [self._article(row) for row in batch.take(places.tolist()).to_pylist()]

    def partners(self, articles: Sequence[IndexedArticle], most: int) -> list[IndexedArticle]:
        """Other articles that the run found to share text with one of these, at most `most`."""
        names = [article.article_id for article in articles]
        return [self._article(row) for row in partners(self.run, names, article_columns())][:most]

    def named(self, column: str, value: str) -> list[IndexedArticle]:
        """The articles whose article_id or canonical_url is this value, by id."""
        rows = read_rows(self.run, "articles", pc.field(column) == value, article_columns())
        articles = [self._article(row) for row in rows]
        return sorted(articles, key=lambda article: article.article_id)

    def _article(self, row: Mapping[str, Any]) -> IndexedArticle:
        shown = with_credit(row, self._credits)
        return IndexedArticle(**{name: shown[name] for name in COLUMNS}, text=shown["text"])

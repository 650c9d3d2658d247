"""One text against all published articles: which of them is it a copy of?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.text.features import TextFeatures, text_features
from dedupe.verification.relations import Relation, verify_pairs
from pipelines.config.settings import Settings, settings_of_run
from pipelines.errors import UsageError
from pipelines.explain.sharing_articles import LIMIT, articles_named, partners
from pipelines.output.read_run import batches, find_run, manifest_of
from pipelines.stages.extract.inputs import InputFile, Split, find_files
from pipelines.stages.extract.read_split import article_from, read_split
from schemas.article import Article
from schemas.page import Rejected

BATCH_ROWS = 2000
EXCERPT = Relation.EXCERPT.name.lower()
COLUMNS = ("article_id", "url", "source_id", "title", "published_at", "cluster_id", "text")


@dataclass(frozen=True, slots=True)
class Match:
    """A published article that shares text with the one asked about."""

    article_id: str
    url: str | None
    source_id: str | None
    title: str | None
    published_at: datetime | None
    cluster_id: str | None
    relation: str
    jaccard: float
    share_of_text: float
    """How much of the text asked about stands in the article."""
    share_of_article: float


def match_text(file: str, folder: str) -> tuple[Article, list[Match]]:
    """The text in `file`, and the articles of the run that are copies or excerpts of it.

    Every published text is compared, exactly: no index is needed and none can be out of date.
    They are sorted by Jaccard similarity, then by id.

    Raises:
        UsageError: there is no run, or no article can be read out of the file.
    """
    path = find_run(folder)
    settings = settings_of_run(manifest_of(path)["settings"])
    article = _article(file, settings)
    asked = text_features([article.text], settings.match.shingle_words)
    found = [
        match
        for batch in batches(path, "articles", COLUMNS, BATCH_ROWS)
        for match in _matches(asked, batch, settings)
    ]
    told = _less_roundups(path, article.text, found, settings)
    return article, sorted(told, key=lambda one: (-one.jaccard, one.article_id))


def _article(file: str, settings: Settings) -> Article:
    found: InputFile = find_files([file], settings.input.format).files[0]
    for record in read_split(Split((found,)), settings):
        article = article_from(record, settings.extract)
        if isinstance(article, Article):
            return article
        if isinstance(article, Rejected):
            raise UsageError(f"{file} holds no article: {article.message} ({article.reason})")
    raise UsageError(f"{file} holds no article; give an HTML page or a text file")


def _matches(asked: TextFeatures, batch: pa.RecordBatch, settings: Settings) -> Iterator[Match]:
    told = text_features(batch.column("text").to_pylist(), settings.match.shingle_words)
    near = _sharing(asked, told, settings.copies.excerpt_shingles // 2)
    reading = TextFeatures.joined([asked, told.take(near)])
    others = np.arange(1, len(near) + 1)
    pairs = np.stack([np.zeros_like(others), others], axis=1)
    apart = np.arange(len(near) + 1)  # no host or outlet in common: what counts is the text
    is_bare = np.zeros(len(reading), np.bool_)
    rules = (settings.copies, settings.roundups)
    found = verify_pairs(reading, pairs, apart, apart, is_bare, *rules)
    for place in np.flatnonzero(found.relations).tolist():
        row = batch.slice(int(near[place]), 1).to_pylist()[0]
        both = found.shingles
        yield Match(
            **{name: row[name] for name in COLUMNS if name != "text"},
            relation=Relation(found.relations[place]).name.lower(),
            jaccard=float(both.jaccard()[place]),
            share_of_text=float(both.containment_left()[place]),
            share_of_article=float(both.containment_right()[place]),
        )


def _less_roundups(path: str, text: str, found: Sequence[Match], settings: Settings) -> list[Match]:
    """The matches, those that are round-ups as excerpts: what else they hold, the run knows."""
    same_story = settings.roundups.same_story
    names = [
        one.article_id for one in found if one.relation != EXCERPT and one.jaccard < same_story
    ][:LIMIT]
    if not names:
        return list(found)
    columns = ["article_id", "text"]
    rows = [*articles_named(path, names, columns), *partners(path, names, columns)]
    reading = text_features([text, *(row["text"] for row in rows)], settings.match.shingle_words)
    pairs = np.stack(np.triu_indices(len(reading), 1), axis=1)
    apart = np.arange(len(reading))
    is_bare = np.zeros(len(reading), np.bool_)
    rules = (settings.copies, settings.roundups)
    judged = verify_pairs(reading, pairs, apart, apart, is_bare, *rules)
    told = {row["article_id"]: judged.relations[place] for place, row in enumerate(rows)}
    return [
        replace(one, relation=EXCERPT)
        if told.get(one.article_id) == Relation.EXCERPT and one.article_id in names
        else one
        for one in found
    ]


def _sharing(asked: TextFeatures, told: TextFeatures, least: int) -> NDArray[np.int64]:
    """The texts that share at least so many shingles, or all of a short text's."""
    is_shared = np.isin(told.shingles.values, asked.shingles.values)
    counts = np.bincount(told.shingles.owners()[is_shared], minlength=len(told))
    shortest = np.minimum(told.shingles.lengths(), len(asked.shingles.values))
    return np.flatnonzero((counts >= np.minimum(least, shortest)) & (counts > 0))

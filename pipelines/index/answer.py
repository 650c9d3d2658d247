"""Where a text has been before: copies, excerpts, quotations and passages, in the order of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.winnowing import WINDOW
from dedupe.text.features import TextFeatures, features_of_words, text_features
from dedupe.text.shingles import placed_shingles
from dedupe.text.words import read_words
from dedupe.verification.relations import Relation, verify_pairs
from dedupe.verification.side_by_side import passages
from pipelines.config.settings import Settings
from pipelines.errors import UsageError
from pipelines.index.against import Searched, opened_runs
from pipelines.index.part import IndexedArticle
from pipelines.index.question import Question, question_of
from schemas.ragged import Ragged

EXCERPT = Relation.EXCERPT.name.lower()
QUOTATION = Relation.QUOTATION.name.lower()
PASSAGE = "passage"
"""A run of words that is too short for an excerpt."""
AT_ONCE = 500
"""Articles that are compared together."""
PARTNERS = 64
"""Other articles of a run by which a round-up is known: they are compared each with each."""
PASSAGES_OF = 20
"""Matches, the earliest ones, whose passages are set against the question."""
SHOWN_PASSAGES, PASSAGE_CHARACTERS = 20, 400
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Match:
    """A published article that shares text with the question."""

    article: IndexedArticle
    run_id: str
    """The newest run that holds the article."""
    relation: str
    """As in duplicate_pairs, or `passage`."""
    jaccard: float
    share_of_text: float
    """How much of the question stands in the article, in [0, 1]."""
    share_of_article: float
    shared: tuple[str, ...] | None = None
    """Passages of the article that stand in the question, in their order, shortened; None beyond
    the first PASSAGES_OF matches: 3 ms each, and 2,000 copies of one story would take 6 s."""
    differing: tuple[str, ...] | None = None
    """Passages of the article that do not; None as above."""

    @property
    def time(self) -> datetime | None:
        """What the page claims, or else when it was fetched."""
        return self.article.published_at or self.article.fetched_at


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found of a question."""

    question: Question
    matches: tuple[Match, ...]
    """The earliest first, those without any time last; each article once."""
    searched_runs: int
    notes: tuple[str, ...]


def answer(name: str, folder: str) -> Answer:
    """Looks up a text in the published runs of a folder.

    Args:
        name: a file, `-` for standard input, or the address or id of a published article.
        folder: a run, or an output folder.

    Raises:
        UsageError: there is no run, no such text, too short a one, or a damaged index.
    """
    with opened_runs(folder) as against:
        question = question_of(name, against.runs)
        return answer_question(question, against.runs, against.notes)


def answer_question(
    question: Question, runs: Sequence[Searched], notes: Sequence[str] = ()
) -> Answer:
    """As `answer`, in runs that are open, the newest first.

    Raises:
        UsageError: the text has fewer words than a shingle.
    """
    size = min(run.settings.match.shingle_words for run in runs)
    words = len(read_words([question.text]).hashes.values)
    if words < size:
        raise UsageError(
            f"the text has {words} words, and fewer than {size} stand everywhere; give a sentence, "
            "or look for words with `copytrail search`"
        )
    matches: dict[str, tuple[Match, Searched]] = {}
    cut: list[str] = []
    for run in runs:
        articles = [article for batch in run.candidates(question.text) for article in batch]
        if run.most is not None and len(articles) >= run.most:
            cut.append(
                f"of run {run.run_id} the {run.most:,} articles that share most were compared"
            )
        for match in _matches(question, articles, run):
            matches.setdefault(match.article.article_id, (match, run))
    ordered = sorted(matches.values(), key=lambda pair: _in_time(pair[0]))
    answered = [
        _with_passages(question, match, run.settings) if place < PASSAGES_OF else match
        for place, (match, run) in enumerate(ordered)
    ]
    limit = WINDOW + size - 1
    more = (
        f"passages under {limit} words are not looked for in a longer text"
        if words >= limit
        else f"a text under {limit} words is looked for as it stands, word for word"
    )
    return Answer(question, tuple(answered), len(runs), (*notes, *cut, more))


def _in_time(match: Match) -> tuple[datetime, str]:
    return match.time or _LAST, match.article.article_id


def _matches(question: Question, articles: Sequence[IndexedArticle], run: Searched) -> list[Match]:
    compared = [
        match
        for start in range(0, len(articles), AT_ONCE)
        for match in _compared(question, articles[start : start + AT_ONCE], run)
        if match.article.article_id != question.article_id
    ]
    return _less_roundups(question, compared, run)


def _compared(
    question: Question, articles: Sequence[IndexedArticle], run: Searched
) -> Iterator[Match]:
    settings = run.settings
    texts = [question.text, *(article.text for article in articles)]
    size = settings.match.shingle_words
    words = read_words(texts)
    features = features_of_words(words, size)
    relations, jaccard, left, right = _verified(features, settings, only_first=True)
    own = _runs_of_words(placed_shingles(words.hashes, size), features.quoted)
    for place, article in enumerate(articles):
        decided = Relation(relations[place])
        relation = own[place] if decided == Relation.NONE else decided.name.lower()
        if relation is None:
            continue
        yield Match(
            article,
            run.run_id,
            relation,
            float(jaccard[place]),
            float(left[place]),
            float(right[place]),
        )


def _verified(
    features: TextFeatures, settings: Settings, *, only_first: bool
) -> tuple[NDArray[np.uint8], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Relation, Jaccard and both containments of the first text with each, or of all pairs."""
    count = len(features)
    pairs = (
        np.stack([np.zeros(count - 1, np.int64), np.arange(1, count)], axis=1)
        if only_first
        else np.stack(np.triu_indices(count, 1), axis=1)
    )
    apart = np.arange(count)  # no host or outlet in common: what counts is the text
    is_bare = np.zeros(count, np.bool_)
    rules = (settings.copies, settings.roundups)
    verified = verify_pairs(features, pairs, apart, apart, is_bare, *rules)
    both = verified.shingles
    order = np.lexsort((verified.pairs[:, 1], verified.pairs[:, 0]))
    return (
        verified.relations[order],
        both.jaccard()[order],
        both.containment_left()[order],
        both.containment_right()[order],
    )


def _runs_of_words(placed: Ragged, quoted: Ragged) -> list[str | None]:
    """What each text but the first is for the longest run of words that it shares with the first.

    `passage` where that is as long as the index promises to find, or all of the first text;
    `quotation` where every shingle of it stands in quotation marks in both.
    """
    own = placed[0]
    least = min(WINDOW, len(own))
    kinds: list[str | None] = []
    for place in range(1, len(placed)):
        is_shared = np.isin(placed[place], own)
        if _longest(is_shared) < least:
            kinds.append(None)
            continue
        shared = placed[place][is_shared]
        is_quoted = np.isin(shared, quoted[0]) & np.isin(shared, quoted[place])
        kinds.append(QUOTATION if is_quoted.all() else PASSAGE)
    return kinds


def _longest(is_shared: NDArray[np.bool_]) -> int:
    """The longest run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_shared, [False]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _less_roundups(question: Question, compared: Sequence[Match], run: Searched) -> list[Match]:
    """The matches, those that are round-ups as excerpts: what else they hold, the run knows."""
    settings = run.settings
    copies = [
        match
        for match in compared
        if match.relation not in (EXCERPT, QUOTATION, PASSAGE)
        and match.jaccard < settings.roundups.same_story
    ][:PARTNERS]
    if not copies:
        return list(compared)
    articles = [match.article for match in copies]
    texts = [article.text for article in (*articles, *run.partners(articles, PARTNERS))]
    features = text_features([question.text, *texts], settings.match.shingle_words)
    relations, *_ = _verified(features, settings, only_first=False)
    # pairs come in the order of both places: the first ones are those of the question
    as_part = {
        article.article_id
        for article, relation in zip(articles, relations.tolist(), strict=False)
        if relation == Relation.EXCERPT
    }
    return [
        replace(match, relation=EXCERPT) if match.article.article_id in as_part else match
        for match in compared
    ]


def _with_passages(question: Question, match: Match, settings: Settings) -> Match:
    size = settings.match.shingle_words
    _, stretches = passages(question.text, match.article.text, size)
    shared, differing = (
        tuple(
            _shortened(stretch.text)
            for stretch in stretches
            if stretch.is_shared is is_shared and stretch.text.strip()
        )[:SHOWN_PASSAGES]
        for is_shared in (True, False)
    )
    return replace(match, shared=shared, differing=differing)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= PASSAGE_CHARACTERS else f"{line[: PASSAGE_CHARACTERS - 2]} …"

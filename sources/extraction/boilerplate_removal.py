"""A text without the paragraphs that recur across its outlet's pages.

Which paragraphs recur is decided where all of an outlet's articles are known (boilerplate).
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from schemas.article import Article, Snippet
from sources.credits.line_classifier import values_of
from sources.extraction.article import of_others
from sources.mirrors.announced_hosts import announced_hosts
from sources.text.lines import word_count

MIN_WORDS = 40
_MAX_SNIPPET_CHARS = 500


def parted(text: str, is_recurring: NDArray[np.bool_]) -> tuple[str, list[str]]:
    """The text without its recurring paragraphs, and these.

    Args:
        text: paragraphs, each on a line.
        is_recurring: for each paragraph whether it is boilerplate.
    """
    lines = text.split("\n")
    return "\n".join(compress(lines, ~is_recurring)), list(compress(lines, is_recurring))


def without_lines(
    article: Article, is_recurring: NDArray[np.bool_], min_words: int = MIN_WORDS
) -> Article:
    """The article without its recurring paragraphs; the hosts they announce are kept as evidence.

    Credits that were read out of a recurring paragraph are dropped with it: they are the page's,
    not the story's. Where fewer than `min_words` would be left the text stays whole and is flagged
    `all-boilerplate`. The identifier stays that of the whole text.
    """
    if not is_recurring.any():
        return article
    text, removed = parted(article.text, is_recurring)
    words = word_count(text)
    if words < min_words:
        return replace(article, flags=tuple(sorted({*article.flags, "all-boilerplate"})))
    return _with_snippets(replace(article, text=text, word_count=words), removed)


def bears_evidence(removed: Sequence[str], snippets: Sequence[str]) -> bool:
    """Whether anything but the text and its length changes where these paragraphs go.

    Args:
        removed: the paragraphs.
        snippets: the passages kept as evidence of the article.
    """
    gone = {line[:_MAX_SNIPPET_CHARS] for line in removed}
    return not gone.isdisjoint(snippets) or bool(announced_hosts(removed))


def _with_snippets(article: Article, removed: Sequence[str]) -> Article:
    gone = {line[:_MAX_SNIPPET_CHARS] for line in removed}
    snippets = [snippet for snippet in article.snippets if snippet.snippet not in gone]
    for index, hosts in announced_hosts(removed).items():
        shown = removed[index][:_MAX_SNIPPET_CHARS]
        snippets.extend(Snippet("announced_host", host, shown) for host in hosts)
    unique = tuple(dict.fromkeys(snippets))
    return replace(
        article,
        snippets=unique,
        dateline=next(iter(values_of(unique, "dateline")), None),
        wire_credits=values_of(unique, "wire_credit"),
        outlet_credits=of_others(
            values_of(unique, "outlet_credit"), article.outlet, article.canonical_url
        ),
        announced_hosts=values_of(unique, "announced_host"),
    )

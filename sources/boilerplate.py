"""Paragraphs that recur across an outlet's pages: their hashes, and a text without them.

Which hashes recur is decided where all of an outlet's articles are known (dedupe.recurring).
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from schemas.article import Article, Snippet
from sources.announced import announced_hosts
from sources.lines import word_count
from sources.sifting import values_of

Hashes = NDArray[np.uint64]
_MIN_WORDS = 40
_NO_LETTERS = re.compile(r"[\W\d_]+")
_MAX_SNIPPET_CHARS = 500


def line_hashes(text: str) -> Hashes:
    """A 64-bit hash for each paragraph of the text, in order; shape (paragraphs,).

    Case, digits and punctuation do not count, so `12 shares` and `7 shares` are the same line.
    """
    lines = text.split("\n") if text else []
    return np.array([_line_hash(line) for line in lines], dtype=np.uint64)


def without_lines(
    article: Article, recurring: AbstractSet[int] | Hashes, min_words: int = _MIN_WORDS
) -> Article:
    """The article without its recurring paragraphs; the hosts they announce are kept as evidence.

    Credits that were read out of a recurring paragraph are dropped with it: they are the page's,
    not the story's. Where fewer than `min_words` would be left the text stays whole and is flagged
    `all-boilerplate`. The identifier stays that of the whole text.
    """
    lines = article.text.split("\n")
    is_recurring = _is_among(line_hashes(article.text), recurring)
    if not is_recurring.any():
        return article
    kept = [line for line, gone in zip(lines, is_recurring, strict=True) if not gone]
    text = "\n".join(kept)
    words = word_count(text)
    if words < min_words:
        return replace(article, flags=tuple(sorted({*article.flags, "all-boilerplate"})))
    removed = [line for line, gone in zip(lines, is_recurring, strict=True) if gone]
    return _with_snippets(replace(article, text=text, word_count=words), removed)


def _with_snippets(article: Article, removed: list[str]) -> Article:
    gone = {line[:_MAX_SNIPPET_CHARS] for line in removed}
    snippets = [one for one in article.snippets if one.snippet not in gone]
    for index, hosts in announced_hosts(removed).items():
        shown = removed[index][:_MAX_SNIPPET_CHARS]
        snippets.extend(Snippet("announced_host", host, shown) for host in hosts)
    unique = tuple(dict.fromkeys(snippets))
    return replace(
        article,
        snippets=unique,
        dateline=next(iter(values_of(unique, "dateline")), None),
        wire_credits=values_of(unique, "wire_credit"),
        outlet_credits=values_of(unique, "outlet_credit"),
        announced_hosts=values_of(unique, "announced_host"),
    )


def _is_among(hashes: Hashes, recurring: AbstractSet[int] | Hashes) -> NDArray[np.bool_]:
    if isinstance(recurring, np.ndarray):
        return np.isin(hashes, recurring)
    return np.array([int(one) in recurring for one in hashes], dtype=np.bool_)


def _line_hash(line: str) -> int:
    normal = _NO_LETTERS.sub("", line.casefold())
    digest = blake2b((normal or line).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")

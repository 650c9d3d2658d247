"""How a text says from whom it knows: attributed statements and unnamed sources, by rules.

A statement is a sentence. The rules are patterns for RE2, which is linear in the text whatever a
page holds, and run over whole columns; where a language's file has none they say nothing.
Their precision and recall on made sentences: benchmarks/sourcing.py.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sources.attribution.rules import Rules, rules_by_language
from sources.languages.language_files import words_of_all

RULES_VERSION = "2"
"""Raise it with every change of a rule: figures of two versions are not comparable."""
RULES = rules_by_language()

_SPLIT = "\x1e"
# A full stop behind an initial, a title or a small number ends no sentence: `Dr. Hale`, `3. März`.
_ABBREVIATED = (
    r"\b([A-ZÀ-Þ]|"
    + "|".join(words_of_all(lambda each: each.attribution.abbreviations))
    + r"|[0-9]{1,2})\. "
)
_NO_STOP = "\\1\u2024 "
_ENDS = r"([.!?…][”\"“’'»)\]]{0,2})\s+"


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Counts of some texts, each of shape (texts,)."""

    is_ruled: NDArray[np.bool_]
    """Whether there are rules for its language."""
    attributed: NDArray[np.int64]
    """Sentences that say who says so."""
    unnamed: NDArray[np.int64]
    """Of them those whose speaker has no name."""


def sourcing_of(texts: pa.Array, languages: pa.Array) -> Sourcing:
    """The counts of each text; 0 where its language has no rules."""
    counts = Sourcing(
        np.zeros(len(texts), np.bool_), *(np.zeros(len(texts), np.int64) for _ in range(2))
    )
    for language, rules in RULES.items():
        places = np.flatnonzero(pc.fill_null(pc.equal(languages, language), False))
        if len(places):
            attributed, unnamed = _counted(texts.take(pa.array(places)), rules)
            counts.is_ruled[places] = True
            counts.attributed[places], counts.unnamed[places] = attributed, unnamed
    return counts


def sentences(texts: pa.Array) -> pa.Array:
    """The sentences of each text as a list."""
    without_stops = pc.replace_substring_regex(texts, _ABBREVIATED, _NO_STOP)
    cut = pc.replace_substring_regex(without_stops, _ENDS, f"\\1{_SPLIT}")
    return pc.split_pattern_regex(cut, f"[{_SPLIT}\n]+")


def _counted(texts: pa.Array, rules: Rules) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    lists = sentences(pc.replace_substring_regex(texts, rules.unsaid, " "))
    owners = np.repeat(np.arange(len(lists)), pc.list_value_length(lists))
    flat = pc.list_flatten(lists)
    attributed = np.flatnonzero(pc.match_substring_regex(flat, rules.attributed))
    unnamed = pc.match_substring_regex(flat.take(pa.array(attributed)), rules.unnamed)
    texts_of = owners[attributed]
    return (
        np.bincount(texts_of, minlength=len(lists)),
        np.bincount(texts_of[np.asarray(unnamed)], minlength=len(lists)),
    )

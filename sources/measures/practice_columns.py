"""The columns of practice_index in the rows of sources, once the rows of all sources are known.

Never in it: originality, speed, volume, style, sentiment, politics, country, ownership, suffix,
age, ratings of others. Nor links to policies, which most pages lack whatever their outlet does, nor
corrections, nor captions that name nobody of the text (design/sources.md).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sources.measures.practice_index import (
    FAMILIES,
    PracticeIndex,
    PracticePart,
    PracticeWeights,
    practice_index,
    seen_families,
    why_no_index,
)
from sources.measures.practice_priors import Priors, priors_of

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Practice:
    """A share of sources that says how an outlet documents what it publishes."""

    family: str
    share: str
    is_wanted: bool = True
    """Else what is counted is the rest of it."""


PRACTICES = (
    Practice("disclosure", "date_present"),
    Practice("disclosure", "zone_present"),
    Practice("disclosure", "byline_present"),
    # a copy of another source's text needs a credit; who carries none shows nothing here
    Practice("credit", "credited"),
    Practice("sourcing", "attributed"),
    Practice("sourcing", "unnamed_source", is_wanted=False),
    Practice("identity", "name_present"),
    # not disagreeing_number, which counts whoever is copied with another number as well
    Practice("consistency", "number_changed", is_wanted=False),
)
COLUMNS = (
    *("practice_index", "practice_lo", "practice_hi", *(f"practice_{name}" for name in FAMILIES)),
    *("practice_families", "practice_sensitivity", "practice_language", "practice_n_compared"),
    *("practice_weights_version", "practice_absence"),
)


AN_AGENCY = "an agency: its texts name itself, and it is compared with nobody"
NO_WEIGHTS = "the run was told to make none (sources.practice_index)"


def with_practice(
    rows: Sequence[Row], agencies: Collection[str], weights: PracticeWeights | None
) -> list[dict[str, Any]]:
    """The rows of sources with their columns on practice; null in all of them without weights.

    An agency has no index and is compared with nobody: its texts name itself as their credit, so
    that none of them counts as a text of its own.
    """
    compared_rows = [row for row in rows if row["source_id"] not in agencies] if weights else []
    language_of = {row["source_id"]: _language(row) for row in compared_rows}
    priors = _priors(compared_rows, language_of)
    compared: dict[str | None, int] = defaultdict(int)
    for row in compared_rows:
        compared[language_of[row["source_id"]]] += any(
            _counts(row, practice)[1] for practice in PRACTICES
        )
    rated = []
    for row in rows:
        columns: dict[str, Any] = dict.fromkeys(COLUMNS)
        if weights and row["source_id"] in language_of:
            language = language_of[row["source_id"]]
            parts = _parts(row, priors, language)
            of = practice_index(row["source_id"], parts, row["n_distinct_articles"], weights)
            if of:
                columns |= _columns(of, language, compared[language], weights)
            else:
                seen = seen_families(parts, weights)
                columns["practice_absence"] = why_no_index(seen, row["n_distinct_articles"])
        else:
            columns["practice_absence"] = NO_WEIGHTS if weights is None else AN_AGENCY
        rated.append({**row, **columns})
    return rated


def _language(row: Row) -> str | None:
    """The language of most of its articles, ties by name."""
    return min(row["languages"], key=lambda entry: (-entry[1], entry[0]), default=(None,))[0]


def _counts(row: Row, practice: Practice) -> tuple[int, int]:
    k, n = row[f"{practice.share}_k"], row[f"{practice.share}_n"]
    if k is None or n is None:
        return 0, 0
    return (k if practice.is_wanted else n - k), n


def _priors(rows: Sequence[Row], language_of: Mapping[str, str | None]) -> dict[Practice, Priors]:
    """The priors of the practices that some source shows."""
    of_practices = {
        practice: priors_of(
            (language_of[row["source_id"]], *_counts(row, practice)) for row in rows
        )
        for practice in PRACTICES
    }
    return {practice: priors for practice, priors in of_practices.items() if priors is not None}


def _parts(
    row: Row, priors: Mapping[Practice, Priors], language: str | None
) -> dict[str, list[PracticePart]]:
    parts: dict[str, list[PracticePart]] = defaultdict(list)
    for practice, known in priors.items():
        parts[practice.family].append(PracticePart(*_counts(row, practice), known.of(language)))
    return parts


def _columns(
    index: PracticeIndex, language: str | None, n_compared: int, weights: PracticeWeights
) -> dict[str, Any]:
    families = [{"family": name, **asdict(family)} for name, family in index.families.items()]
    values = {f"practice_{name}": family.value for name, family in index.families.items()}
    return {
        "practice_index": index.index,
        "practice_lo": index.lo,
        "practice_hi": index.hi,
        **values,
        "practice_families": families,
        "practice_sensitivity": index.sensitivity,
        "practice_language": language,
        "practice_n_compared": n_compared,
        "practice_weights_version": weights.version,
    }

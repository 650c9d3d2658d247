"""What each article adds to the measures of its source, as numbers: whole columns at a time.

Only what a page shows can be missing from it: of texts that somebody extracted before us nobody
knows whether their page had a byline, so that they are left out of what an outlet discloses. Nor
is a credited text of somebody else held against who carried it: bylines and sources are those of
texts of one's own.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.article import STUB
from schemas.measures import FACTS, NEW
from schemas.staged_articles import are_left_out
from sources.attribution.statements import sourcing_of
from sources.credits.agencies import agencies_in, agency
from sources.metadata.person_names import CAPTION_LANGUAGES, folded, is_no_person

Flags = NDArray[np.bool_]

_NOT_A_PAGE = ("input", "first-line")
ODD_CAPTION = "caption-without-shared-name"


def article_facts(articles: pa.Table, assignments: pa.Table) -> pa.Table:
    """One row an article of a known source (schema FACTS).

    Args:
        articles: rows of the table articles.
        assignments: their assignments in the same order, null where an article is in no cluster.
    """
    columns = _seen(articles, assignments) | _told(articles, assignments)
    counted = {name: np.asarray(column).astype(np.int64) for name, column in columns.items()}
    for name in ("source_id", "host", "outlet", "language", "fetched_at"):
        counted[name] = articles.column(name)
    is_story = pa.array(~are_left_out(articles))
    counted["language"] = pc.if_else(is_story, _chunk(articles, "language"), None)
    counted |= {
        "words": pc.if_else(is_story, _chunk(articles, "word_count"), 0),
        "lag_s": assignments.column("lag_s"),
    }
    counted["policy_links"] = _policy_links(articles)
    facts = pa.table([counted[name] for name in FACTS.names], schema=FACTS)
    return facts.filter(pc.is_valid(facts.column("source_id")))


def _seen(articles: pa.Table, assignments: pa.Table) -> dict[str, NDArray[Any]]:
    """What the page itself shows."""
    is_story = ~are_left_out(articles)
    distinct = is_story & ~_is(assignments, "is_mirrored")
    is_stub = _contains(articles, "flags", STUB.__eq__)
    whole = distinct & ~is_stub
    credited = _any(articles, "wire_credits") | _any(articles, "outlet_credits")
    own = distinct & ~credited & ~_equals(assignments, "role", "copy")
    page = _is_page(articles)
    dated = _valid(articles, "published_at")
    languages = pa.array(sorted(CAPTION_LANGUAGES))
    readable = distinct & np.asarray(pc.is_in(_chunk(articles, "language"), languages))
    captioned = readable & _any(articles, "captions")
    return {
        "is_no_article": ~is_story,
        "is_stub": is_story & is_stub,
        "is_distinct": distinct,
        "is_whole": whole,
        "is_observed": distinct & page,
        "has_date": distinct & page & dated,
        "has_zone": distinct & page & dated & _valid(articles, "published_zone"),
        "has_name": distinct & page & _valid(articles, "outlet"),
        "is_own": own & page,
        "has_byline": own & page & _names_person(articles),
        "has_dateline": distinct & _valid(articles, "dateline"),
        "has_correction": whole & _any(articles, "corrections"),
        "has_wire_photo": distinct & page & _contains(articles, "photo_credits", _is_agency),
        "is_caption_readable": readable,
        "has_caption": captioned,
        "has_odd_caption": captioned & _contains(articles, "flags", ODD_CAPTION.__eq__),
    } | _sourcing(articles, own & whole)


def _sourcing(articles: pa.Table, own: Flags) -> dict[str, NDArray[Any]]:
    text, language = (_chunk(articles, name) for name in ("text", "language"))
    # a text of somebody else is not read at all: this is the dearest of the facts
    own_language = pc.if_else(pa.array(own), language, None)
    sourcing = sourcing_of(text, own_language)
    words = np.asarray(_chunk(articles, "word_count"))
    return {
        "is_ruled": sourcing.is_ruled,
        "ruled_words": np.where(sourcing.is_ruled, words, 0),
        "attributed_statements": sourcing.attributed,
        "is_attributed": sourcing.attributed > 0,
        "is_unnamed": sourcing.unnamed > 0,
    }


def _told(articles: pa.Table, assignments: pa.Table) -> dict[str, NDArray[Any]]:
    """What its cluster says of it."""
    is_story = ~are_left_out(articles)
    distinct = is_story & ~_is(assignments, "is_mirrored")
    clustered = distinct & _is(assignments, "is_clustered")
    copy = _is(assignments, "is_copy")
    wire, outlet = (_any(articles, name) for name in ("wire_credits", "outlet_credits"))
    return {
        "is_clustered": clustered,
        "is_repeated": distinct & _is(assignments, "is_repeated"),
        "is_directed": clustered & _is(assignments, "is_directed"),
        "is_first": _equals(assignments, "role", "earliest_observed")
        & _is(assignments, "is_clustered"),
        "is_claim_directed": clustered & _is(assignments, "is_claim_directed"),
        "is_claim_first": clustered & _is(assignments, "is_claim_first"),
        "is_copy": copy,
        "is_wire_credited": copy & wire,
        "is_outlet_credited": copy & outlet,
        "is_credited": copy & (wire | outlet),
        "is_uncredited": copy & ~(wire | outlet),
        "is_uncredited_in_agency_story": _is(assignments, "is_in_agency_story") & ~(wire | outlet),
        "is_compared": distinct & _is(assignments, "is_compared"),
        "is_disagreeing": distinct & _is(assignments, "is_disagreeing"),
        "is_kept": _is(assignments, "is_kept"),
        "has_new_number": _is(assignments, "has_new_number"),
        "is_wire_text": copy & _is(assignments, "is_wire_text"),
        "is_uncredited_wire_text": copy & _is(assignments, "is_wire_text") & ~(wire | outlet),
        "is_agency_copy": distinct & (wire | (copy & _is(assignments, "is_wire_text"))),
        "is_headlined": copy & _valid(assignments, "headline_changed"),
        "has_new_headline": copy & _is(assignments, "headline_changed"),
    } | _novel(assignments, distinct & ~_contains(articles, "flags", STUB.__eq__))


def _novel(assignments: pa.Table, distinct: Flags) -> dict[str, NDArray[Any]]:
    """How much of it is new: all of it, where nothing of it stands elsewhere."""
    is_alone = ~_valid(assignments, "article_id")
    parts = np.asarray(pc.fill_null(_chunk(assignments, "novel_ppm"), 0))
    is_known = distinct & (is_alone | _valid(assignments, "novel_ppm"))
    return {
        "is_weighed": is_known,
        "novel_ppm": np.where(is_known, np.where(is_alone, NEW, parts), 0),
    }


def _policy_links(articles: pa.Table) -> pa.Array:
    """Each article's links as texts: kind, way and address."""
    lists = _chunk(articles, "policy_links")
    structs = lists.flatten()
    parts = [pc.struct_field(structs, name) for name in ("kind", "how", "url")]
    written = pc.binary_join_element_wise(*parts, " ")
    counts = pc.fill_null(pc.list_value_length(lists), 0)
    offsets = np.concatenate([[0], np.cumsum(np.asarray(counts))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), written)


def _is_page(articles: pa.Table) -> Flags:
    """Whether it was read from a page; a row of an input with extracted texts was not."""
    source = _chunk(articles, "title_source")
    return ~np.asarray(pc.is_in(source, pa.array(_NOT_A_PAGE))) & _valid(articles, "title_source")


def _names_person(articles: pa.Table) -> Flags:
    """Whether an author is a person: no agency, no desk or role, and not the outlet itself."""
    authors = _chunk(articles, "authors")
    names = pc.list_flatten(authors)
    owners = np.asarray(pc.list_parent_indices(authors))
    outlets = _chunk(articles, "outlet").take(pa.array(owners))
    pairs = zip(names.to_pylist(), outlets.to_pylist(), strict=True)
    has_person = np.zeros(len(authors), np.bool_)
    has_person[owners[[_is_person(*pair) for pair in pairs]]] = True
    return has_person


@lru_cache(maxsize=20_000)
def _is_person(author: str, outlet: str | None) -> bool:
    is_own = outlet is not None and folded(author) == folded(outlet)
    return not (is_own or is_no_person(author) or agency(author))


def _is_agency(credit: str) -> bool:
    return bool(agencies_in(credit))


def _chunk(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name).combine_chunks()
    # pyarrow keeps zero chunks chunked
    return pa.array([], column.type) if isinstance(column, pa.ChunkedArray) else column


def _valid(table: pa.Table, name: str) -> Flags:
    return np.asarray(pc.is_valid(_chunk(table, name)))


def _is(table: pa.Table, name: str) -> Flags:
    return np.asarray(pc.fill_null(_chunk(table, name), 0)).astype(np.bool_)


def _equals(table: pa.Table, name: str, value: str) -> Flags:
    return np.asarray(pc.fill_null(pc.equal(_chunk(table, name), value), False))


def _any(table: pa.Table, name: str) -> Flags:
    return np.asarray(pc.fill_null(pc.list_value_length(_chunk(table, name)), 0)) > 0


def _contains(table: pa.Table, name: str, is_meant: Callable[[str], bool]) -> Flags:
    """Whether a value of the row's list is meant; each different value is asked about once."""
    lists = _chunk(table, name)
    values = pc.list_flatten(lists)
    meant = [value for value in values.unique().to_pylist() if is_meant(value)]
    is_held = np.zeros(len(lists), np.bool_)
    owners = pc.list_parent_indices(lists)
    is_held[np.asarray(owners)[np.asarray(pc.is_in(values, pa.array(meant, pa.string())))]] = True
    return is_held

"""A day of the history as matching finds it: what it hangs on, and what of it is made anew."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from dedupe.candidates.keys import CandidateRules
from dedupe.text.boilerplate import Boilerplate
from pipelines.exchange.article_keys import outlet_keys, text_hashes
from pipelines.stages.boilerplate.samples import boilerplate_of
from pipelines.stages.match.members import member_table
from pipelines.stages.match.prepared_days import (
    Preparation,
    contents,
    contents_table,
    renewed,
)
from pipelines.storage.arrow import column
from schemas.history import CONTENTS, PREPARED
from sources.outlets.registry import Registry
from tests.pipelines.stages.makers import article, staged
from tests.sources.makers import PARAGRAPHS

NO_LINES, NO_SHINGLES = (boilerplate_of([], dtype) for dtype in (np.uint64, np.uint32))
ARTICLES = staged(
    article("\n".join(PARAGRAPHS), "https://a.example/1"),
    article("\n".join(reversed(PARAGRAPHS)), "https://b.example/2"),
    article("\n".join((*PARAGRAPHS[1:], PARAGRAPHS[0])), "https://a.example/3"),
)


def preparation(lines: Boilerplate = NO_LINES) -> Preparation:
    return Preparation(lines, NO_SHINGLES, CandidateRules(), Registry(()))


def repeating(outlet: int, value: int = 5, carrier: int = 9) -> Boilerplate:
    """One line that recurs at an outlet, in the text with this hash."""
    return Boilerplate(
        np.array([outlet]), np.array([value], np.uint64), np.array([carrier], np.uint64)
    )


def members(texts: Sequence[str], key: str = "split", repeated: str = "") -> pa.Table:
    rows = staged(*(article(text, f"https://a.example/{n}") for n, text in enumerate(texts)))
    words = CandidateRules().shingle_words
    hashes = text_hashes(rows["text"])
    return member_table(rows, NO_SHINGLES, words, key, [repeated] * len(texts), hashes)


def test_a_day_has_a_row_an_article_in_the_order_of_its_articles() -> None:
    rows = preparation().rows(ARTICLES)
    assert rows.schema == PREPARED
    assert column(rows, "article").tolist() == [
        int(identifier, 16) for identifier in ARTICLES["article_id"].to_pylist()
    ]
    assert column(rows, "outlet").tolist() == outlet_keys(ARTICLES).tolist()


def test_only_articles_of_an_outlet_that_repeats_something_else_are_stale() -> None:
    rows = preparation().rows(ARTICLES)
    outlet = column(rows, "outlet")[0]
    assert preparation().stale(rows).size == 0
    changed = preparation(repeating(outlet))
    assert changed.stale(rows).tolist() == np.flatnonzero(column(rows, "outlet") == outlet).tolist()
    assert changed.stale(changed.rows(ARTICLES)).size == 0
    # the same line with another carrier, and another line, are other frames
    for other in (repeating(outlet, carrier=10), repeating(outlet, value=6)):
        assert preparation(other).stale(changed.rows(ARTICLES)).size > 0


def test_rows_that_are_made_anew_stand_where_the_old_ones_stood() -> None:
    rows = preparation().rows(ARTICLES)
    stale = np.array([2, 0])
    fresh = rows.take(stale)
    assert renewed(rows, stale, fresh).equals(rows)
    swapped = renewed(rows, stale, fresh.take([1, 0]))
    order = [2, 1, 0]
    assert swapped.equals(rows.take(order).combine_chunks())
    assert renewed(rows, np.empty(0, np.int64), rows.slice(0, 0)).equals(rows)


def test_contents_hang_on_the_text_and_not_on_where_it_is_staged() -> None:
    story, other = "\n".join(PARAGRAPHS), "\n".join(reversed(PARAGRAPHS))
    first, second = contents(members([story, other])).tolist()
    assert first != second
    assert contents(members([story, other], key="another")).tolist() == [first, second]
    assert contents(members([story], repeated=PARAGRAPHS[0])).tolist() != [first]


@pytest.mark.parametrize("is_new", [True, False])
def test_a_table_of_contents_says_of_all_its_members_whether_they_are_new(is_new: bool) -> None:
    rows = members(["\n".join(PARAGRAPHS)])
    table = contents_table(rows, is_new=is_new)
    assert table.schema == CONTENTS
    assert table.column(2).to_pylist() == [is_new]
    assert column(table, "article").tolist() == column(rows, "article").tolist()

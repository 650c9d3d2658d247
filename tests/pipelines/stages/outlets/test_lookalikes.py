"""Resembling names as batches, and the texts that two of them share."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.stages.outlets.lookalikes import (
    likeness_bytes,
    likenesses_of,
    shared_by_pair,
    shared_texts,
)
from pipelines.storage.arrow import to_bytes
from sources.lookalikes.domain_pairs import NamePair
from sources.lookalikes.lookalikes import Likeness
from tests.pipelines.stages.makers import member, members

A, B, C = "herald.example", "heraid.example", "heralds.example"


def likeness(domain_a: str, domain_b: str, n_texts: int = 0) -> Likeness:
    return Likeness(NamePair(domain_a, domain_b, "letter", 1, True), n_texts, False)


PAIRS = [likeness(B, A), likeness(A, C)]
names = st.text("abc.", min_size=1)
likenesses = st.builds(
    Likeness,
    st.builds(NamePair, names, names, st.just("letter"), st.integers(0, 3), st.booleans()),
    st.integers(0, 2**40),
    st.booleans(),
)


@given(st.lists(likenesses))
def test_pairs_of_names_come_back_from_their_batch(pairs: list[Likeness]) -> None:
    assert likenesses_of(likeness_bytes(pairs)) == pairs


def counts(*rows: dict[str, object]) -> dict[tuple[str, str], int]:
    return shared_by_pair([to_bytes(shared_texts(members(*rows), PAIRS))])


def test_a_text_of_both_domains_counts_once_however_many_articles_have_it() -> None:
    stories = [member(1, host=f"www.{A}"), member(2, 1, host=B), member(3, 1, host=f"m.{B}")]
    again = [member(4, host=B), member(5, 4, host=A)]
    assert counts(*stories, *again) == {(B, A): 2}


def test_domains_with_no_resembling_partner_in_the_cluster_share_nothing() -> None:
    assert counts(member(1, host=B), member(2, 1, host=C), member(3, 1, host=None)) == {}
    assert counts(member(1, host=A), member(2, host=B)) == {}


def test_agency_copy_is_left_out_whichever_of_both_credits_it() -> None:
    wire = {"wire_credits": ["AP"]}
    assert counts(member(1, host=A, **wire), member(2, 1, host=B)) == {}
    assert counts(member(1, host=A), member(2, 1, host=B, **wire)) == {}
    assert counts(member(1, host=A), member(2, 1, host=B), member(3, 1, host=C, **wire)) == {
        (B, A): 1
    }


def test_counts_of_parts_add_up() -> None:
    part = shared_texts(members(member(1, host=A), member(2, 1, host=B)), PAIRS)
    assert shared_by_pair([to_bytes(part)] * 3) == {(B, A): 3}
    assert shared_by_pair([]) == {}

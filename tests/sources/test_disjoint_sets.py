from hypothesis import given
from hypothesis import strategies as st

from sources.disjoint_sets import DisjointSets

NAMES = st.sampled_from("abcdefghij")
PAIRS = st.lists(st.tuples(NAMES, NAMES), max_size=20)


def joined(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    sets = DisjointSets()
    for left, right in pairs:
        sets.join(left, right)
    return sets.sets()


@given(PAIRS)
def test_names_are_in_one_set_where_pairs_lead_from_one_to_the_other(
    pairs: list[tuple[str, str]],
) -> None:
    reached = {name: {name} for pair in pairs for name in pair}
    for _ in reached:
        for left, right in pairs:
            reached[left] = reached[right] = reached[left] | reached[right]
    expected = {min(names): sorted(names) for names in reached.values()}
    assert joined(pairs) == expected


@given(PAIRS)
def test_the_order_of_pairs_does_not_matter(pairs: list[tuple[str, str]]) -> None:
    assert joined(pairs) == joined([(right, left) for left, right in reversed(pairs)])


def test_asking_for_a_name_makes_it_a_set_of_its_own() -> None:
    sets = DisjointSets()
    assert sets.name_of("a") == "a"
    assert sets.sets() == {"a": ["a"]}

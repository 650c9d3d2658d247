"""Names that resemble each other: which do, which are telling, and what sources are told."""

import random
from collections.abc import Sequence
from datetime import date

import idna
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.lookalikes.confusables import label_of, skeleton
from sources.lookalikes.domain_pairs import MOST_NEIGHBOURS, NamePair, name_pairs
from sources.lookalikes.edit_distance import edit_of, near_names
from sources.lookalikes.lookalikes import Likeness, likenesses, lookalikes
from sources.mirrors.evidence import ANNOUNCED, SAME_PATH, MirrorEvidence, merged_hosts
from sources.mirrors.groups import mirror_groups
from sources.mirrors.rules import MirrorRules
from sources.outlets.outlets import HostSeen, Tenure, sources_of_hosts, units_of_hosts
from sources.outlets.registry import Domain, Outlet, Registry

HERALD = "brightherald.com"
DAY = date(2026, 3, 1)
EMPTY = Registry()


def pair(other: str, *more: str, known: Sequence[str] = ()) -> NamePair | None:
    """What HERALD and another host make among `more`, with the rule as seen from the other."""
    pairs_of_names = name_pairs([HERALD, other, *more], known)
    return next(
        (
            name_pair
            for name_pair in pairs_of_names
            if HERALD in (name_pair.domain_a, name_pair.domain_b)
        ),
        None,
    )


def a_label(text: str) -> str:
    return idna.encode(text, uts46=True).decode()


@pytest.mark.parametrize(
    ("host", "rule", "distance", "is_telling"),
    [
        ("brighhtherald.com", "letter_added", 1, True),
        ("brightheral.com", "letter_dropped", 1, True),
        ("brigthherald.net", "letters_swapped", 1, True),
        ("brightherold.com", "letter_replaced", 1, True),
        (a_label("brіghtherald") + ".com", "homoglyph", 1, True),
        (a_label("bríghtherald") + ".com", "homoglyph", 1, True),
        ("br1ghtherald.com", "letter_replaced", 1, True),
        ("brightherald.info", "suffix", 1, False),
        ("bright-herald.com", "hyphens", 1, False),
        ("thebrightherald.com", "words_added", 3, False),
        ("brightherald-official.com", "words_added", 8, False),
        ("www.brightherald.com.quay.info", "holds_domain", 10, True),
        ("brightherald.quay.info", "holds_label", 10, True),
        ("brightheralk.com", "letter_replaced", 1, False),
    ],
)
def test_each_rule_finds_its_names(host: str, rule: str, distance: int, is_telling: bool) -> None:
    name_pair = pair(host)
    assert name_pair is not None
    other = name_pair.domain_b if name_pair.domain_a == HERALD else name_pair.domain_a
    assert (name_pair.rule_for(other), name_pair.distance, name_pair.is_telling) == (
        rule,
        distance,
        is_telling,
    )


@pytest.mark.parametrize("host", ["cornerpost.com", "nightherald.net", "right.com", "bri.com"])
def test_other_names_make_no_pair(host: str) -> None:
    assert pair(host) is None


def test_letters_read_as_one_are_homoglyphs() -> None:
    (name_pair,) = name_pairs(["cornerpost.com", "comerpost.com"])
    assert (name_pair.rule, name_pair.distance, name_pair.is_telling) == ("homoglyph", 2, True)


def test_small_letters_of_one_form_as_capitals_are_read_as_those_are() -> None:
    (resembling,) = name_pairs(["kompakttakt.com", a_label("комракттакт") + ".com"])
    assert (resembling.rule, resembling.is_telling) == ("homoglyph", True)


def test_a_letter_that_makes_a_word_of_other_names_is_not_telling() -> None:
    name_pair = pair("brightheralds.com", "coastheralds.com", "mapleherald.com")
    assert name_pair is not None
    assert not name_pair.is_telling


def test_slips_of_one_name_do_not_excuse_each_other() -> None:
    slips = ["brighhtherald.com", "brighhtherold.com", "brighhterald.com"]
    name_pair = pair(slips[0], *slips[1:], "mapleherald.com")
    assert name_pair is not None
    assert name_pair.is_telling


@pytest.mark.parametrize(("a", "b"), [("news24.de", "news25.de"), ("lecourier.fr", "lacourier.it")])
def test_numbers_and_first_letters_are_not_telling(a: str, b: str) -> None:
    assert [name_pair.is_telling for name_pair in name_pairs([a, b])] in ([], [False])


def test_a_word_that_many_names_hold_makes_no_pairs() -> None:
    hosts = ["gazette.com", *(f"town{chr(97 + n)}x{n}gazette.com" for n in range(60))]
    assert [
        name_pair
        for name_pair in name_pairs(hosts)
        if "gazette.com" in (name_pair.domain_a, name_pair.domain_b)
    ] == []


def test_names_of_the_registry_are_compared_with_hosts_and_not_with_each_other() -> None:
    known = ["brighhtherald.com", "brighhherald.com"]
    (name_pair,) = name_pairs(["brighttherald.info", HERALD], [known[0]])[:1]
    assert {name_pair.domain_a, name_pair.domain_b} == {"brighhtherald.com", HERALD}
    assert name_pairs(["quay.example"], known) == []


def test_the_name_of_a_registry_outlet_under_another_suffix_is_telling() -> None:
    (name_pair,) = name_pairs(["brightherald.ltd"], [HERALD])
    assert (name_pair.rule, name_pair.is_telling) == ("suffix", True)


def test_made_up_hosts_cannot_make_the_work_square() -> None:
    chance = random.Random(1)
    hosts = {"brightherald" + "".join(chance.choices("abcdefgh", k=3)) + ".com" for _ in range(500)}
    assert len(name_pairs(hosts)) <= len(hosts) * MOST_NEIGHBOURS


words = st.text("abm-rn1l", min_size=4, max_size=12).map(lambda word: f"x{word}y.com")


@given(st.lists(words, max_size=12), st.randoms())
def test_pairs_do_not_depend_on_the_order_of_hosts(hosts: list[str], chance: random.Random) -> None:
    shuffled = hosts.copy()
    chance.shuffle(shuffled)
    assert name_pairs(shuffled) == name_pairs(hosts)


@given(st.text("abc", min_size=1, max_size=7), st.text("abc", min_size=1, max_size=7))
def test_near_names_are_those_that_one_edit_apart(word: str, other: str) -> None:
    edits = {
        changed
        for at in range(len(word) + 1)
        for changed in (
            word[:at] + word[at + 1 :],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            *(word[:at] + letter + word[at + 1 :] for letter in "abc"),
            *(word[:at] + letter + word[at:] for letter in "abc"),
        )
    }
    is_near = word != other and other in edits
    assert (near_names([word, other], 1) != []) == is_near
    if word != other:
        assert bool(edit_of(word, other)) == is_near


@example("㎴")
@given(st.text(max_size=20))
def test_a_skeleton_is_its_own_skeleton(text: str) -> None:
    once = skeleton(text)
    assert skeleton(once) == once


def test_a_label_is_shown_as_a_browser_shows_it() -> None:
    label = label_of(a_label("spiegеl") + ".example")
    assert (label.text, label.skeleton, label.suffix) == ("spiegеl", "spiegel", "example")


def listed(
    *hosts: str,
    shared: int = 0,
    registry: Registry = EMPTY,
    evidence: Sequence[MirrorEvidence] = (),
) -> dict[str, list[str]]:
    """The look-alikes of each source, where each pair shares so many of 20 texts."""
    seen = {host: HostSeen(20, DAY, DAY) for host in hosts}
    units = units_of_hosts(seen, registry)
    groups = mirror_groups(evidence, MirrorRules(), units)
    tenures = sources_of_hosts(seen, merged_hosts(groups), units, registry)
    resembling = likenesses(seen, groups, tenures, units, registry)
    counts = {(likeness.pair.domain_a, likeness.pair.domain_b): shared for likeness in resembling}
    entries = lookalikes(resembling, counts, tenures)
    return {name: [entry["host"] for entry in listed] for name, listed in entries.items()}


def paths(a: str, b: str, n: int, of: int) -> MirrorEvidence:
    return MirrorEvidence(a, b, SAME_PATH, n, of, "1", "", None, None)


def test_a_telling_name_is_listed_on_both_sides() -> None:
    assert listed(HERALD, "brighhtherald.com") == {
        HERALD: ["brighhtherald.com"],
        "brighhtherald.com": [HERALD],
    }


@pytest.mark.parametrize("host", ["brightherald.net", "bright-herald.com", "thebrightherald.com"])
def test_other_names_are_listed_only_with_shared_text(host: str) -> None:
    assert listed(HERALD, host) == {}
    assert listed(HERALD, host, shared=2) == {}
    assert listed(HERALD, host, shared=3)[HERALD] == [host]


def test_mirrors_are_no_lookalikes_of_each_other() -> None:
    pair = ("brighhtherald.com", HERALD)
    evidence = [
        MirrorEvidence(*ends, ANNOUNCED, 20, 20, "1", "", None, None) for ends in (pair, pair[::-1])
    ]
    assert listed(*pair, shared=20, evidence=evidence) == {}


def test_one_name_under_two_suffixes_that_may_be_mirrors_is_told_in_mirror_groups() -> None:
    evidence = [paths(HERALD, "brightherald.net", 7, 20)]
    assert listed(HERALD, "brightherald.net", shared=20, evidence=evidence) == {}


def test_a_candidate_for_a_mirror_with_another_name_is_listed_and_said_to_be_one() -> None:
    evidence = [paths("brighhtherald.com", HERALD, 7, 20)]
    assert listed(HERALD, "brighhtherald.com", shared=20, evidence=evidence) != {}


def test_domains_of_one_registry_outlet_are_no_lookalikes() -> None:
    domains = (Domain(HERALD), Domain("brighhtherald.com"))
    registry = Registry((Outlet("bright", "Bright", domains=domains),))
    assert listed(HERALD, "brighhtherald.com", registry=registry) == {}
    assert listed("brighhtherald.com", registry=registry) == {}


def test_what_the_registry_says_is_somebody_elses_is_not_listed() -> None:
    outlet = Outlet("bright", "Bright", domains=(Domain(HERALD),), ignore=("brighhtherald.com",))
    assert listed(HERALD, "brighhtherald.com", registry=Registry((outlet,))) == {}


def test_a_host_is_compared_with_the_registry_even_if_the_run_has_no_page_of_it() -> None:
    registry = Registry((Outlet("bright", "Bright", domains=(Domain(HERALD),)),))
    assert listed("brightherald.ltd", registry=registry) == {"brightherald.ltd": [HERALD]}


def test_an_entry_says_rule_distance_and_how_much_text_is_shared() -> None:
    likeness = Likeness(NamePair("a.example", "b.example", "letter_added", 1, True), 12, False)
    seen = {host: HostSeen(12, DAY, DAY) for host in ("www2.a.example", "b.example")}
    tenures: dict[str, tuple[Tenure, ...]] = sources_of_hosts(
        seen, {}, units_of_hosts(seen, EMPTY), EMPTY
    )
    entries = lookalikes([likeness], {("a.example", "b.example"): 8}, tenures)
    assert entries["b.example"] == [
        {
            "host": "www2.a.example",
            "rule": "letter_dropped",
            "distance": 1,
            "shares_text": True,
            "n_shared_texts": 8,
            "n_texts": 12,
            "is_mirror_candidate": False,
        }
    ]


@pytest.mark.parametrize(
    ("a", "b"), [("politico.com", "politics.co.uk"), ("wikipedia.org", "wikimedia.org")]
)
def test_a_letter_far_from_the_other_on_the_keys_makes_another_word(a: str, b: str) -> None:
    assert [name_pair.is_telling for name_pair in name_pairs([a, b])] == [False]

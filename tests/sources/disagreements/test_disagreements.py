from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.member import Member
from sources.disagreements.differences import fact_pairs
from sources.disagreements.disagreements import MAX_FACTS, DisagreementRow, disagreements
from sources.disagreements.fact_tokens import fact_tokens
from sources.disagreements.independent_sources import independent
from sources.disagreements.quotes import quote_pairs, quotes
from sources.disagreements.sentence_alignment import (
    MIN_SIMILARITY,
    Sentence,
    aligned,
    similarity,
    version,
)
from sources.disagreements.sentences import sentences
from sources.disagreements.tokens import NUMBER
from sources.stories.versions import MAX_VERSIONS, versions
from tests.sources.stories.test_timeline import NOON, member

FERRY = (
    "BRACKWATER, March 2 (Lantern) — The ferries to the islands will not sail on Tuesday.\n"
    "Of the 400 members of the union 231 turned the rota down, the harbour office said.\n"
    "“We will not sail before the owners listen to us,” said the captain of the oldest boat."
)


def rows(*texts: str, language: str = "en", **changes: Any) -> list[DisagreementRow]:
    """Versions of one story by sources a, b, c ..., an hour apart."""
    members = [
        member(chr(97 + n), 60 * n, text_key=hash(text), language=language, **changes)
        for n, text in enumerate(texts)
    ]
    return disagreements("x", members, list(zip(members, texts, strict=True)), {})


def values(*texts: str, language: str = "en") -> list[str]:
    return [row.value for row in rows(*texts, language=language)]


def test_a_changed_number_is_told_with_its_words_and_who_says_so() -> None:
    first, second = rows(FERRY, FERRY.replace("231", "238"))
    assert (first.kind, first.value, second.value) == ("number", "231", "238")
    assert (first.article_ids, second.article_ids) == (("a",), ("b",))
    assert "238 turned the rota down" in second.context
    assert first.fact_id == second.fact_id


def test_a_changed_day_is_a_disagreement_on_a_date() -> None:
    differing = rows(FERRY, FERRY.replace("on Tuesday", "on Wednesday"))
    assert [(row.kind, row.value) for row in differing] == [
        ("date", "Tuesday"),
        ("date", "Wednesday"),
    ]


def test_changed_words_of_a_quotation_are_a_disagreement() -> None:
    differing = rows(FERRY, FERRY.replace("before the owners listen", "until the ministers listen"))
    assert [row.kind for row in differing] == ["quote", "quote"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Of the 400 members of the union", "Of the union's 400 members"),
        ("231 turned the rota down", "more than 230 turned the rota down"),
        (
            "“We will not sail before the owners listen to us,”",
            '"We will not sail before the owners listen to us",',
        ),
        ("“We will not sail before the owners listen to us,”", "“We will not sail,”"),
        ("(Lantern)", "(Beacon)"),
        ("March 2", "March 3"),
        ("\nOf the 400", "\nThe dispute is old.\nOf the 400"),
        ("on Tuesday", "tomorrow"),
        ("400 members", "four hundred members"),
    ],
)
def test_another_wording_of_the_same_is_none(old: str, new: str) -> None:
    assert old in FERRY
    assert values(FERRY, FERRY.replace(old, new)) == []


@pytest.mark.parametrize(
    ("language", "left", "right"),
    [
        (
            "de",
            "Die Stadt zahlt 1.200 Euro für jeden Platz.",
            "Die Stadt zahlt 1200 Euro für jeden Platz.",
        ),
        ("de", "Es kamen 21 Menschen in den Saal.", "Es kamen einundzwanzig Menschen in den Saal."),
        (
            "en",
            "It cost $3.4 million to build the bridge.",
            "It cost 3,400,000 dollars to build the bridge.",
        ),
        ("en", "Some 12 hundred people came to the fair.", "Some 1,200 people came to the fair."),
        ("en", "They met on March 5, 2026, in the hall.", "They met on 5 March in the hall."),
        (
            "fr",
            "Le pont a coûté 12 300 euros à la ville.",
            "Le pont a coûté 12.300 euros à la ville.",
        ),
        (
            "es",
            "La obra costó 2 millones a la ciudad vieja.",
            "La obra costó dos millones a la ciudad vieja.",
        ),
        ("en", "The path is 60 miles long and steep.", "The path is 97 km long and steep."),
        (
            "uk",
            "У районі налічують тридцять чотири пари лелек.",
            "У районі налічують 34 пари лелек.",
        ),
        (
            "es",
            "Llegaron treinta y cuatro barcos al puerto viejo.",
            "Llegaron 34 barcos al puerto viejo.",
        ),
        (
            "en",
            "One hundred and twelve people came to the fair.",
            "112 people came to the fair.",
        ),
        ("en", "More than 200 people came to the fair.", "As many as 270 people came to the fair."),
        ("en", "Prices rose by 5 per cent in the town.", "Prices rose by 5% in the town."),
    ],
)
def test_one_number_has_many_spellings(language: str, left: str, right: str) -> None:
    assert values(left, right, language=language) == []


@pytest.mark.parametrize(
    ("language", "left", "right", "stated"),
    [
        (
            "de",
            "Die Stadt zahlt 1.200 Euro für jeden Platz.",
            "Die Stadt zahlt 1.300 Euro für jeden Platz.",
            ["1200 €", "1300 €"],
        ),
        (
            "de",
            "Es kamen zwölf Menschen in den Saal.",
            "Es kamen 14 Menschen in den Saal.",
            ["12", "14"],
        ),
        (
            "en",
            "It took 2 million crowns to build it.",
            "It took 2 billion crowns to build it.",
            ["2000000", "2000000000"],
        ),
        (
            "uk",
            "На засідання прийшли 12 депутатів міської ради.",
            "На засідання прийшли 15 депутатів міської ради.",
            ["12", "15"],
        ),
        ("zh", "市议会以12票对9票通过了计划。", "市议会以13票对9票通过了计划。", ["12", "13"]),
        (
            "en",
            "The team won 2-1 in the old town.",
            "The team won 3-1 in the old town.",
            ["2-1", "3-1"],
        ),
        (
            "es",
            "El concejo votó el 5 de marzo en la sala.",
            "El concejo votó el 6 de marzo en la sala.",
            ["03-05", "03-06"],
        ),
    ],
)
def test_numbers_and_days_are_read_in_their_language(
    language: str, left: str, right: str, stated: list[str]
) -> None:
    assert values(left, right, language=language) == stated


def test_versions_in_two_languages_are_not_compared() -> None:
    texts = (FERRY, FERRY.replace("231", "238"))
    members = [member("a", language="en", text_key=1), member("b", 60, language="de", text_key=2)]
    assert disagreements("x", members, list(zip(members, texts, strict=True)), {}) == []


def test_a_value_that_was_given_up_before_the_next_came_is_ordered_in_time() -> None:
    differing = rows(FERRY, FERRY + "\nMore.", FERRY.replace("231", "238"))
    assert [row.time_ordered for row in differing] == [True, True]
    differing = rows(FERRY, FERRY.replace("231", "238"), FERRY + "\nMore.")
    assert [row.time_ordered for row in differing] == [False, False]


def test_without_a_date_the_order_is_not_known() -> None:
    differing = rows(FERRY, FERRY.replace("231", "238"), is_weakly_dated=True)
    assert [(row.time_ordered, row.first_claimed_at) for row in differing] == [(None, None)] * 2


def test_a_source_that_changed_its_own_number_is_named() -> None:
    texts = (FERRY, FERRY.replace("231", "238"))
    members = [member("a1", text_key=1), member("a2", 60, text_key=2), member("b", 30, text_key=1)]
    differing = disagreements("x", members, [(members[0], texts[0]), (members[1], texts[1])], {})
    assert [row.revising_source_ids for row in differing] == [(), ("a",)]
    assert [row.n_versions for row in differing] == [2, 1]
    assert differing[0].last_claimed_at == NOON + timedelta(minutes=30)


def test_copies_of_a_text_one_source_and_one_agency_are_one_voice() -> None:
    members = [
        member("a", text_key=1),
        member("b1", text_key=1),
        member("b2", text_key=2),
        member("c", text_key=3, wire_credits=("AFP",)),
        member("d", text_key=4, wire_credits=("AFP",)),
        member("e", text_key=5),
        member("f", text_key=6),
    ]
    assert independent(members, {}) == 4
    assert independent(members, {"e": {"f": 0.97}}) == 3


def test_the_representative_and_the_texts_nearest_to_it_are_read() -> None:
    many = [member(f"a{n:04}", source_id=f"s{n}", text_key=n) for n in range(2000)]
    chosen = versions(many, "a0500", {"a1999": 0.9, "a0007": 0.8})
    assert [member.article_id for member in chosen[:3]] == ["a0500", "a1999", "a0007"]
    assert len(chosen) == MAX_VERSIONS


def test_one_text_of_one_source_is_not_read() -> None:
    assert versions([member("a1"), member("a2")], "a1", {}) == []


@given(st.permutations(range(4)))
def test_the_order_of_members_changes_nothing(order: list[int]) -> None:
    texts = [FERRY, FERRY.replace("231", "238"), FERRY.replace("231", "240"), FERRY + "\nMore."]
    members = [member(chr(97 + n), 60 * n, text_key=n) for n in range(4)]
    read = list(zip(members, texts, strict=True))
    shuffled: list[Member] = [members[n] for n in order]
    assert disagreements("x", shuffled, read, {}) == disagreements("x", members, read, {})


@given(st.text(max_size=300))
def test_a_text_never_disagrees_with_itself(text: str) -> None:
    base = version(text, "en")
    for a, b in aligned(base, base).items():
        assert all(pair.is_equal for pair in fact_pairs(base[a].tokens, base[b].tokens))
    quotations = quotes(text)
    assert all(is_same for _, _, is_same in quote_pairs(quotations, quotations, "en"))


Story = list[Sentence]
SAID = [
    *("The harbour office counted 231 boats.", "The harbour office counted 238 boats."),
    *("The harbour office counted many boats.", "The harbour office counted 231 grey boats."),
    *("On 5 March the ferry sails again.", "On 6 March the ferry sails again."),
    *("Again the ferry sails on Thursday.", "Nobody knows when the ferry sails again."),
]
SOME_SAID = st.lists(st.sampled_from(SAID), max_size=7).map(" ".join)


def facts_in(pairs: Iterable[tuple[int, int]], left: Story, right: Story) -> set[tuple[int, int]]:
    both = [(a, b) for a, b in pairs if left[a].words is None and right[b].words is None]
    return {(a, b) for a, b in both if left[a].text != right[b].text}


@given(SOME_SAID, SOME_SAID)
def test_sentences_with_facts_are_paired_as_if_all_were_looked_at(first: str, other: str) -> None:
    left, right = version(first, "en"), version(other, "en")
    pairs_of_sentences = aligned(left, right)
    word_for_word = {a: b for a, b in pairs_of_sentences.items() if left[a].key == right[b].key}
    scores = sorted(
        (-similarity(left[a], right[b]), abs(a - b), a, b)
        for a in range(len(left))
        for b in range(len(right))
        if a not in word_for_word and b not in word_for_word.values()
    )
    pairs: dict[int, int] = {}
    for score, _, a, b in scores:
        if -score >= MIN_SIMILARITY and a not in pairs and b not in pairs.values():
            pairs[a] = b
    assert facts_in(pairs_of_sentences.items(), left, right) == facts_in(pairs.items(), left, right)


@given(st.text(st.characters(max_codepoint=300), min_size=1))
def test_sentences_are_alike_by_their_letters_and_digits(text: str) -> None:
    letters = "".join(letter for letter in text.casefold() if letter.isalnum())
    assert Sentence(text, "en").key == letters


@given(st.integers(0, 10**9), st.sampled_from(["en", "de", "fr", "es", "ru", "fa", "zh"]))
def test_a_number_is_the_same_with_and_without_its_marks(number: int, language: str) -> None:
    mark = "," if language in ("en", "zh") else "."
    (plain,) = [token for token in fact_tokens(f"x {number} y", language) if token.form == "#"]
    (marked,) = [
        token
        for token in fact_tokens(f"x {number:,} y".replace(",", mark), language)
        if token.form == "#"
    ]
    assert not plain.value.isdisjoint(marked.value)


def test_initials_titles_and_days_end_no_sentence() -> None:
    sentences_read = sentences("Dr. J. Holt came on the 5. März. She left. “Why?” he asked.")
    assert len(sentences_read) == 3


def test_native_digits_are_numbers() -> None:
    (number,) = [token for token in fact_tokens("۱۲۳ نفر", "fa") if token.kind == NUMBER]
    assert number.shown == "123"


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "1,2" * 20_000,
        "“" * 50_000,
        '"a b c d e" ' * 4_000,
        "a. " * 20_000,
        "one " * 15_000,
        "1 2 3 4 5 6. " * 4_000,
        "“a b c d e f g " * 3_000,
        "de 5 de mayo " * 4_000,
    ],
)
def test_what_is_told_of_an_endless_text_is_bounded(text: str) -> None:
    assert len({row.fact_id for row in rows(text, text + "x", text[1:])}) <= MAX_FACTS


def test_what_one_speaker_says_in_two_versions_may_differ_in_most_words() -> None:
    said = "“Nobody has ever asked us whether we want the bridge at all,” {} to the council."
    other = "“They always told us how much we want the bridge to be built,” {} to the council."
    speaker = "said Ines Aldane, who came from the harbour"
    assert len(values(said.format(speaker), other.format(speaker))) == 2
    assert values(said.format(speaker), other.format("said Osmund Fell of the union")) == []

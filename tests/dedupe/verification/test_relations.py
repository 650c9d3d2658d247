import random
import re

import numpy as np
import pytest

from dedupe.text.features import text_features
from dedupe.verification.relations import Relation, Thresholds, VerifiedPairs, verify_pairs
from dedupe.verification.roundups import RoundupRules
from tests.dedupe.makers import VOCABULARY, judged, matched, none_bare, sentences, story


def relation(left: str, right: str, outlets: tuple[int, int] = (0, 1)) -> Relation:
    return Relation(int(judged([left, right], outlets).relations[0]))


def edited(text: str, share: float = 0.03, seed: int = 1) -> str:
    chance = random.Random(seed)
    words = [chance.choice(VOCABULARY) if chance.random() < share else w for w in text.split(" ")]
    return " ".join(words)


def framed(seed: int) -> str:
    """A match report: the frame is the same, the facts are the seed's."""
    chance = random.Random(seed)
    home, away, hero = (chance.choice(VOCABULARY).capitalize() for _ in range(3))
    numbers = [str(chance.randint(1, 99999)) for _ in range(6)]
    return (
        f"On Saturday the hosts {home} met {away} before a crowd of {numbers[0]} and the match "
        f"was decided early. The first goal by {hero} came after {numbers[1]} seconds and it was "
        f"followed by {numbers[2]} shots before the whistle for the break went. After that the "
        f"side from {home} made {numbers[3]} changes and finished with {numbers[4]} passes in "
        f"all. The result leaves the team of {away} with {numbers[5]} points in the table."
    )


def test_the_same_text_elsewhere_is_an_exact_copy() -> None:
    assert relation(story(), story()) is Relation.EXACT


def test_the_same_text_on_another_host_of_the_outlet_is_a_mirror() -> None:
    assert relation(story(), story(), (7, 7)) is Relation.MIRROR


def test_a_changed_text_of_the_same_outlet_is_a_revision() -> None:
    changed = story() + "\n" + "\n".join(sentences(2, seed=50))
    assert relation(story(), changed, (7, 7)) is Relation.REVISION


def test_an_edited_text_elsewhere_is_a_near_copy() -> None:
    assert relation(story(), edited(story())) is Relation.NEAR


def test_the_first_third_of_a_text_is_a_near_copy() -> None:
    assert relation(story(30), "\n".join(sentences(30, 0)[:10])) is Relation.NEAR


def test_a_rewritten_text_with_foreign_paragraphs_is_a_near_copy() -> None:
    own, foreign = sentences(30, 0)[::2], sentences(6, seed=9)
    mixed = [*own[:5], *foreign[:3], *own[5:10], *foreign[3:], *own[10:]]
    assert relation(story(30), "\n".join(mixed)) is Relation.NEAR


def test_a_paragraph_in_another_story_is_an_excerpt() -> None:
    paragraph = sentences(30, 0)[3:9]
    assert relation(story(30), "\n".join([*paragraph, story(25, 1)])) is Relation.EXCERPT


def test_a_single_shared_sentence_is_nothing() -> None:
    other = "\n".join([sentences(30, 0)[3], story(25, 1)])
    assert relation(story(30), other) is Relation.NONE


def test_stories_of_one_template_with_other_facts_are_nothing_to_each_other() -> None:
    assert set(judged([framed(seed) for seed in range(8)]).relations.tolist()) == {Relation.NONE}


def test_a_copied_template_story_is_a_copy() -> None:
    assert relation(framed(1), framed(1) + " More to follow.") is Relation.NEAR


def test_a_byline_left_in_a_short_copy_with_few_facts_does_not_part_it() -> None:
    plain = " ".join(random.Random(3).choices(VOCABULARY, k=150))
    short = plain.replace(" ", " in 1994 by Sanner of Vundel and Kilm, 70, at Dorre ", 1)
    byline = "Leanda Cifuen 2026-03-03 12:00 "
    assert relation(byline + short, short + " First seen in Lavoz Delmon Tena.") is Relation.NEAR


def test_a_text_without_facts_shares_half_of_its_shingles_or_stands_whole_in_the_other() -> None:
    words, others = (random.Random(seed).choices(VOCABULARY, k=200) for seed in (3, 4))
    assert relation(" ".join(words), " ".join(words[:150])) is Relation.NEAR
    assert relation(" ".join(words), " ".join(words[:60])) is Relation.NEAR
    mixed = " ".join(words[:60] + others[:60])
    assert relation(" ".join(words), mixed) is not Relation.NEAR


def bulletin(seed: int) -> str:
    """A weather report in a language that capitalises nouns: half of the frame looks like facts."""
    chance = random.Random(seed)
    numbers = [str(chance.randint(1, 999)) for _ in range(6)]
    return (
        f"am Morgen bleibt die Luft im Tal kalt und der Wind weht mit {numbers[0]} Knoten aus dem "
        f"Norden über die See. im Laufe des Tages zieht der Regen vom Gebirge an die Küste und "
        f"bringt {numbers[1]} Liter auf den Boden. am Abend steht das Wasser im Hafen bei "
        f"{numbers[2]} Metern und die Flut kommt um {numbers[3]} Minuten zu spät an den Steg. "
        f"die Warte misst am Turm {numbers[4]} Grad und am Ufer {numbers[5]} Grad im Schatten."
    )


def test_where_nouns_are_capitalised_the_numbers_tell_a_template_from_a_copy() -> None:
    assert relation(bulletin(1), bulletin(2)) is Relation.NONE
    assert relation(bulletin(1), bulletin(1) + " mehr dazu am Abend.") is Relation.NEAR


def roundup() -> list[str]:
    """Three stories and a text of their openings."""
    stories = [sentences(24, seed) for seed in range(3)]
    openings = [line for lines in stories for line in lines[:8]]
    return ["\n".join(lines) for lines in stories] + ["\n".join(openings)]


def test_a_roundup_is_linked_with_its_parts_but_is_a_copy_of_none() -> None:
    verified = judged(roundup())
    with_roundup = verified.pairs[:, 1] == 3
    assert verified.relations[with_roundup].tolist() == [Relation.EXCERPT] * 3
    assert len(set(matched(roundup()).labels.tolist())) == 4


def test_a_roundup_of_short_stories_is_a_copy_of_none() -> None:
    stories = [*(story(6, seed) for seed in range(2)), story(24, 2)]
    texts = [*stories, "\n".join([*stories[:2], *sentences(24, 2)[:6]])]
    assert len(set(matched(texts).labels.tolist())) == 4


def test_a_roundup_of_whole_stories_is_told_by_their_different_facts() -> None:
    stories = [story(8, seed) for seed in range(3)]
    verified = judged([*stories, "\n".join(stories)])
    with_roundup = verified.pairs[:, 1] == 3
    assert verified.relations[with_roundup].tolist() == [Relation.EXCERPT] * 3


def test_a_roundup_is_no_part_of_a_story_that_it_took_a_passage_of() -> None:
    long = sentences(20, 0)
    half = "\n".join([*long[:12], *sentences(8, 7)])
    made = "\n".join([*long[12:], *sentences(20, 1)[:8], *sentences(20, 2)[:8]])
    others = [story(20, 1), story(20, 2)]
    labels = matched(["\n".join(long), half, made, *others]).labels.tolist()
    assert labels[0] == labels[1]
    assert len(set(labels)) == 4


def test_two_halves_quoted_elsewhere_do_not_make_a_story_a_roundup() -> None:
    cast = ("Ida Brandt", "Harrowby", "Tomas Weil", "Kessel")
    lines = [f"{sentence[:-1]} {cast[n % 4]} told." for n, sentence in enumerate(sentences(24, 0))]
    lines = [re.sub(r"\d+ \w+", "twelve times", line) for line in lines]
    texts = ["\n".join(lines), "\n".join(lines[:11]), "\n".join(lines[11:])]
    assert len(set(matched(texts).labels.tolist())) == 1


def test_a_copied_roundup_is_a_copy() -> None:
    labels = matched([*roundup(), roundup()[3]]).labels.tolist()
    assert labels[3] == labels[4]
    assert len(set(labels)) == 4


@pytest.mark.parametrize("seed", range(5))
def test_relations_do_not_depend_on_sides_or_order(seed: int) -> None:
    texts = [*roundup(), edited(story(24, 0)), framed(1), framed(2), story(8, 0)]
    order = random.Random(seed).sample(range(len(texts)), len(texts))
    verified, again = judged(texts), judged([texts[place] for place in order])
    assert relations_of(verified, list(range(len(texts)))) == relations_of(again, order)


def relations_of(verified: VerifiedPairs, names: list[int]) -> dict[frozenset[int], int]:
    return {
        frozenset(names[place] for place in pair): int(relation)
        for pair, relation in zip(verified.pairs.tolist(), verified.relations, strict=True)
    }


def test_thresholds_are_followed() -> None:
    reading = text_features([story(), edited(story())])
    pairs, numbers = np.array([[0, 1]]), np.arange(2)
    strict = Thresholds(near_jaccard=1, contained=1, rewritten=1)
    verified = verify_pairs(
        reading, pairs, numbers, numbers, none_bare(reading), strict, RoundupRules()
    )
    assert verified.relations.tolist() == [Relation.EXCERPT]


def digests() -> list[str]:
    """Five short stories, a digest of them whole, and a briefing of their openings."""
    stories = [sentences(9, seed) for seed in range(5)]
    whole = [line for lines in stories for line in lines]
    briefing = [line for lines in stories for line in lines[:4]]
    return ["\n".join(lines) for lines in [*stories, whole, briefing]]


def test_a_digest_and_a_briefing_of_the_same_stories_tie_none_of_them() -> None:
    assert len(set(matched(digests()).labels.tolist()[:5])) == 5


def test_digests_that_cover_each_other_tie_no_story() -> None:
    *stories, whole, briefing = digests()
    turned = "\n".join(reversed(stories))
    labels = matched([*stories, whole, turned, briefing, briefing + "\nand so on"]).labels.tolist()
    assert len(set(labels[:5])) == 5
    assert set(labels[:5]).isdisjoint(labels[5:])


def test_a_digest_of_many_stories_ties_none_of_them() -> None:
    stories = [story(9, seed) for seed in range(7)]
    assert len(set(matched([*stories, "\n".join(stories)]).labels.tolist())) == 8
